//! The share of indicators that reached their target, over a document or a branch of it.

use crate::calc::formula::RateFormula;
use crate::calc::rollup::{Member, Missing, Rolled, share_at_least};
use crate::calc::rounding::Rounding;
use crate::calc::{Calculation, NoValue};
use crate::evaluation::Sheet;
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
