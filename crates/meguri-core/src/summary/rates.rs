//! The share of indicators that reached their target, over a document or a branch of it.

use crate::calc::formula::RateFormula;
use crate::calc::rate::Rate;
use crate::calc::rollup::{Member, Missing, Rolled, share_at_least};
use crate::calc::rounding::Rounding;
use crate::calc::{Calculation, NoValue};
use crate::evaluation::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::plan::Indicator;
use crate::scheme::{RollUpMethod, RollUpOver, Scheme};
use crate::verify::counted_rate;
use rust_decimal::Decimal;

/// The share of indicators at or above a rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its name, as the scheme calls it.
    pub label: String,
    /// From which rate an indicator counts, percent.
    pub at_least: Decimal,
    /// The share in percent with numerator, denominator and what was left out.
    pub rolled: Calculation<Rolled>,
}

/// A rule of a share: label, rate, what is missing, rounding.
type Rule = (String, Decimal, Missing, Rounding);

/// The shares that the scheme asks for, else those at 100 % and 80 %; none where no sheet has an
/// indicator with an actual.
#[must_use]
pub fn shares<'a>(sheets: impl Iterator<Item = &'a Sheet>, scheme: Option<&Scheme>) -> Vec<Share> {
    let members = members(sheets, scheme);
    if members.iter().all(|member| member.value.is_err()) {
        return Vec::new();
    }
    let share = |(label, at_least, missing, rounding): Rule| Share {
        label,
        at_least,
        rolled: share_at_least(&members, at_least, missing, rounding),
    };
    rules(scheme).into_iter().map(share).collect()
}

/// Whether an indicator reached its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The year of the actual.
    pub year: FiscalYear,
    /// Its rate.
    pub rate: Rate,
    /// Is the rate, rounded as the scheme says, that of a reached target?
    pub is_reached: bool,
}

/// Whether an indicator reached the target of a year.
///
/// # Errors
/// Why that cannot be said.
pub fn reached(
    indicator: &Indicator,
    year: FiscalYear,
    scheme: Option<&Scheme>,
) -> Result<Reached, NoValue> {
    let usual = RateFormula::achievement();
    let formula = scheme.map_or(&usual, |scheme| scheme.rate_formula(indicator));
    let rate = counted_rate(indicator, year, formula).outcome?;
    Ok(Reached {
        year,
        is_reached: rate.value >= formula.reached_at(),
        rate,
    })
}

/// How many indicators of some sheets reached the targets of their sheets' years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReachedCount {
    /// Those that did.
    pub reached: usize,
    /// Those of which it can be said.
    pub rated: usize,
    /// All of them; what is listed again counts where it is first.
    pub all: usize,
}

/// Counts the indicators of some sheets.
#[must_use]
pub fn reached_count<'a>(
    sheets: impl Iterator<Item = &'a Sheet>,
    scheme: Option<&Scheme>,
) -> ReachedCount {
    let mut count = ReachedCount::default();
    for sheet in sheets.filter(|sheet| sheet.relisted_from.is_none()) {
        for indicator in &sheet.indicators {
            count.all += 1;
            let said = sheet.year.map(|year| reached(indicator, year, scheme));
            if let Some(Ok(said)) = said {
                count.rated += 1;
                count.reached += usize::from(said.is_reached);
            }
        }
    }
    count
}

/// The rate of every indicator in its sheet's year; what is listed again counts where it is first.
#[must_use]
pub fn members<'a>(
    sheets: impl Iterator<Item = &'a Sheet>,
    scheme: Option<&Scheme>,
) -> Vec<Member> {
    let usual = RateFormula::achievement();
    let mut found = Vec::new();
    for sheet in sheets {
        for indicator in &sheet.indicators {
            let formula = scheme.map_or(&usual, |scheme| scheme.rate_formula(indicator));
            let value = match sheet.year {
                _ if sheet.relisted_from.is_some() => Err(NoValue::Relisted),
                Some(year) => counted_rate(indicator, year, formula)
                    .outcome
                    .map(|r| r.value),
                None => Err(NoValue::ActualMissing),
            };
            let label = format!("{}：{}", sheet.label, indicator.label());
            found.push(Member {
                label,
                value,
                weight: None,
            });
        }
    }
    found
}

fn rules(scheme: Option<&Scheme>) -> Vec<Rule> {
    let written = scheme.map_or(&[][..], |scheme| &scheme.written().rollups);
    let shares = written
        .iter()
        .filter_map(|rule| match (&rule.over, &rule.method) {
            (RollUpOver::Numbers, RollUpMethod::ShareAtLeast(at)) => {
                Some((rule.label.clone(), *at, rule.missing, rule.rounding))
            }
            _ => None,
        });
    let shares: Vec<Rule> = shares.collect();
    if !shares.is_empty() {
        return shares;
    }
    let usual = |at: i64| {
        let label = format!("達成率{at}％以上の指標の割合");
        (
            label,
            Decimal::from(at),
            Missing::LeaveOut,
            Rounding::one_decimal(),
        )
    };
    vec![usual(100), usual(80)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Figure;
    use crate::fiscal_year::FiscalYear;
    use crate::plan::{Indicator, YearFigure};
    use crate::source::{Settled, Sourced};

    fn sheet(actuals: &[&str]) -> Sheet {
        let year = FiscalYear::new(2024).expect("a year");
        let figure = |text: &str| YearFigure {
            year,
            figure: Sourced {
                value: Figure::parse(text).expect("a figure"),
                line: 1,
                settled: Settled::Printed,
            },
        };
        let indicator = |actual: &&str| Indicator {
            targets: vec![figure("100")],
            actuals: vec![figure(actual)],
            ..Indicator::default()
        };
        let indicators = actuals.iter().map(indicator).collect();
        Sheet {
            label: "施策".to_owned(),
            year: Some(year),
            indicators,
            ..Sheet::default()
        }
    }

    #[test]
    fn shares_name_numerator_denominator_and_what_stays_outside() {
        let sheets = [sheet(&["100", "85", "－"]), sheet(&["40"])];
        let shares = shares(sheets.iter(), None);
        let said: Vec<(String, String)> = shares
            .iter()
            .filter_map(|share| {
                let rolled = share.rolled.value()?;
                let of = format!("{}/{}", rolled.numerator, rolled.denominator);
                Some((rolled.printed.clone(), of))
            })
            .collect();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(said, [pair("33.3％", "1/3"), pair("66.7％", "2/3")]);
        let left_out = shares.first().and_then(|share| share.rolled.value());
        let left_out = left_out
            .map(|rolled| rolled.left_out.clone())
            .unwrap_or_default();
        assert_eq!(left_out.len(), 1);
        assert!(
            left_out.iter().all(|left| left.why == "実績が「－」"),
            "{left_out:?}"
        );
    }

    #[test]
    fn reached_are_counted_by_the_rounded_rate_and_again_only_once() {
        let number = Sourced {
            value: 1,
            line: 1,
            settled: Settled::Printed,
        };
        let again = Sheet {
            relisted_from: Some(number),
            ..sheet(&["100"])
        };
        // 99.96 is printed as 100.0 percent, as the share of the plan counts it.
        let sheets = [sheet(&["100", "99.96", "99.9", "－"]), again];
        let count = reached_count(sheets.iter(), None);
        let wanted = ReachedCount {
            reached: 2,
            rated: 3,
            all: 4,
        };
        assert_eq!(count, wanted);
        let none = reached_count([Sheet::default()].iter(), None);
        assert_eq!(none, ReachedCount::default());
    }

    #[test]
    fn a_plan_without_actuals_has_no_share_and_a_relisted_sheet_does_not_count_twice() {
        assert!(shares([Sheet::default()].iter(), None).is_empty());
        assert!(shares([sheet(&["－"])].iter(), None).is_empty());
        let number = Sourced {
            value: 1,
            line: 1,
            settled: Settled::Printed,
        };
        let again = Sheet {
            relisted_from: Some(number),
            ..sheet(&["100"])
        };
        let members = members([sheet(&["100"]), again].iter(), None);
        let counted = members.iter().filter(|member| member.value.is_ok()).count();
        assert_eq!((members.len(), counted), (2, 1));
    }
}
