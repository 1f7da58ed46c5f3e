//! Rates: an indicator's actual against its target, by a formula.

mod shape;

use crate::calc::Calculation;
use crate::calc::formula::{RateFormula, RateLimit};
use crate::calc::number::shown;
use crate::calc::reference::{self, Subject};
use crate::fiscal_year::FiscalYear;
use crate::plan::{Better, Indicator};
use rust_decimal::Decimal;

/// A rate before and after rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Before rounding and limits.
    pub exact: Decimal,
    /// Rounded, and within the limits.
    pub value: Decimal,
    /// As it is printed: `75.4％`, `100％超`.
    pub printed: String,
}

/// The rate of a year, rounded as the formula says; percent, or points for a difference.
///
/// ```
/// use meguri_core::calc::{formula::RateFormula, rate::rate, NoValue};
/// use meguri_core::{fiscal_year::FiscalYear, plan::Indicator};
/// let year = FiscalYear::new(2022).expect("a fiscal year");
/// let nothing = rate(&Indicator::default(), year, &RateFormula::achievement());
/// assert_eq!(nothing.outcome, Err(NoValue::ActualMissing));
/// ```
#[must_use]
pub fn rate(
    indicator: &Indicator,
    year: FiscalYear,
    formula: &RateFormula,
) -> Calculation<Decimal> {
    rated(indicator, year, formula).map(|rate| rate.value)
}

/// The rate of a year with its unrounded value and its print.
#[must_use]
pub fn rated(indicator: &Indicator, year: FiscalYear, formula: &RateFormula) -> Calculation<Rate> {
    Calculation::run(|steps| {
        let subject = Subject::new(indicator, year, formula)?;
        let exact = shape::compare(&subject, steps)?;
        Ok(settle(exact, formula, steps))
    })
}

/// Which way is better, as far as words of limit or of last year in the targets say.
///
/// `None` where they say nothing or contradict each other.
#[must_use]
pub fn better_from_targets(indicator: &Indicator) -> Option<Better> {
    reference::better_from_targets(indicator)
}

/// Rounds an unrounded result and keeps it within the limits.
#[must_use]
pub fn settle(exact: Decimal, formula: &RateFormula, steps: &mut Vec<String>) -> Rate {
    let rounded = formula.rounding.apply(exact);
    let printed = format!("{}{}", formula.rounding.print(exact), formula.unit());
    steps.push(format!(
        "{}{} → {printed}（{}）",
        shown(exact),
        formula.unit(),
        formula.rounding.label()
    ));
    let above = formula.limits.above.as_ref().filter(|l| rounded > l.at);
    let below = formula.limits.below.as_ref().filter(|l| rounded < l.at);
    let Some(limit) = above.or(below) else {
        return Rate {
            exact,
            value: rounded,
            printed,
        };
    };
    let beyond = if above.is_some() { "上限" } else { "下限" };
    let printed = limit_print(limit, formula);
    steps.push(format!(
        "{beyond}{}{}により「{printed}」",
        shown(limit.at),
        formula.unit()
    ));
    Rate {
        exact,
        value: limit.at,
        printed,
    }
}

fn limit_print(limit: &RateLimit, formula: &RateFormula) -> String {
    let number = || format!("{}{}", formula.rounding.print(limit.at), formula.unit());
    limit.words.clone().unwrap_or_else(number)
}

#[cfg(test)]
mod tests;
