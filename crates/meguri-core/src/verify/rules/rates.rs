//! Printed rates beside computed ones, in both directions: what two rules judge.

use crate::calc::formula::{Direction, RateFormula};
use crate::calc::rate::{Rate, better_from_targets, rated};
use crate::calc::{Calculation, NoValue};
use crate::figure::{Figure, Limit, Meaning};
use crate::fiscal_year::FiscalYear;
use crate::plan::{Better, Indicator};
use crate::source::Sourced;
use rust_decimal::{Decimal, RoundingStrategy};

/// One printed rate with what the formula gives in each direction.
pub(super) struct PrintedRate<'a> {
    pub(super) year: FiscalYear,
    pub(super) figure: &'a Sourced<Figure>,
    pub(super) percent: Decimal,
    higher: Calculation<Rate>,
    lower: Calculation<Rate>,
}

/// The printed rates of an indicator that are numbers.
pub(super) fn printed_rates<'a>(
    indicator: &'a Indicator,
    formula: &RateFormula,
) -> Vec<PrintedRate<'a>> {
    let towards = |better| RateFormula {
        direction: Direction::Always(better),
        ..formula.clone()
    };
    let (higher, lower) = (towards(Better::Higher), towards(Better::Lower));
    indicator
        .printed_rates
        .iter()
        .filter_map(|printed| {
            Some(PrintedRate {
                year: printed.year,
                figure: &printed.figure,
                percent: printed.figure.value.number()?,
                higher: rated(indicator, printed.year, &higher),
                lower: rated(indicator, printed.year, &lower),
            })
        })
        .collect()
}

/// The direction that the scheme, the indicator or the words of its targets say.
pub(super) fn said_direction(indicator: &Indicator, formula: &RateFormula) -> Option<Better> {
    match formula.direction {
        Direction::Always(better) => Some(better),
        Direction::OfIndicator => indicator.better.or_else(|| better_from_targets(indicator)),
    }
}

/// The other direction.
pub(super) const fn opposite(better: Better) -> Better {
    match better {
        Better::Lower => Better::Higher,
        Better::Higher | Better::Keep => Better::Lower,
    }
}

/// The direction that an indicator's rates are counted in: the one that is said; else the one that
/// more of its printed rates agree with, higher where both do.
pub(super) fn direction(
    indicator: &Indicator,
    formula: &RateFormula,
    rates: &[PrintedRate<'_>],
) -> Better {
    let fits = |better| rates.iter().filter(|rate| rate.fits(better)).count();
    let lower = fits(Better::Lower) > fits(Better::Higher);
    let counted = if lower { Better::Lower } else { Better::Higher };
    said_direction(indicator, formula).unwrap_or(counted)
}

/// The rate of a year by the formula, in the direction in which the indicator's rates are judged.
///
/// For showing a rate beside the printed one: a page and the rule V001 must not disagree.
#[must_use]
pub fn counted_rate(
    indicator: &Indicator,
    year: FiscalYear,
    formula: &RateFormula,
) -> Calculation<Rate> {
    let better = direction(indicator, formula, &printed_rates(indicator, formula));
    let formula = RateFormula {
        direction: Direction::Always(better),
        ..formula.clone()
    };
    rated(indicator, year, &formula)
}

impl PrintedRate<'_> {
    /// What the formula gives in one direction.
    pub(super) const fn computed(&self, better: Better) -> &Calculation<Rate> {
        match better {
            Better::Lower => &self.lower,
            Better::Higher | Better::Keep => &self.higher,
        }
    }

    /// Does the printed rate agree with the formula in one direction, at its printed decimals? A
    /// printed limit (100％超) agrees with every rate beyond it.
    pub(super) fn fits(&self, better: Better) -> bool {
        if let Meaning::Limit(limit, at) = self.figure.value.meaning {
            return self
                .computed(better)
                .value()
                .is_some_and(|rate| match limit {
                    Limit::Above => rate.exact > at,
                    Limit::AtLeast => rate.exact >= at,
                    Limit::AtMost => rate.exact <= at,
                    Limit::Below => rate.exact < at,
                });
        }
        self.rounded(better, RoundingStrategy::MidpointAwayFromZero)
            .is_ok_and(|value| value == self.percent)
    }

    /// Does it agree when the digits behind are cut off?
    pub(super) fn fits_cut(&self, better: Better) -> bool {
        self.rounded(better, RoundingStrategy::ToZero)
            .is_ok_and(|value| value == self.percent)
    }

    /// The computed rate at the printed decimals; a limit of the formula stands as it is.
    fn rounded(&self, better: Better, strategy: RoundingStrategy) -> Result<Decimal, NoValue> {
        let rate = self.computed(better).outcome.as_ref().map_err(|why| *why)?;
        let limited = rate.value != rate.exact && (rate.exact - rate.value).abs() >= Decimal::ONE;
        let value = if limited { rate.value } else { rate.exact };
        Ok(value.round_dp_with_strategy(self.percent.scale(), strategy))
    }
}
