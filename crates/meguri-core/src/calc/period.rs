//! One value for several years: yearly values add up, cumulative ones do not.

use crate::calc::number::shown;
use crate::calc::total::sum;
use crate::calc::{Calculation, NoValue};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYearSpan;
use crate::plan::{Accumulation, YearFigure, indicator::figure_of};
use rust_decimal::Decimal;

/// The value of a span of years.
///
/// Yearly values are added up, and each year needs one. Of 累計 values the last year's holds all
/// before it and stands alone; they are never summed again.
#[must_use]
pub fn value_of(
    figures: &[YearFigure],
    span: FiscalYearSpan,
    accumulation: Accumulation,
) -> Calculation<Decimal> {
    Calculation::run(|steps| match accumulation {
        Accumulation::Cumulative => {
            let last = number(figure_of(figures, span.last).map(|f| &f.value))?;
            steps.push(format!(
                "累計のため{}の値をそのまま使う：{}",
                span.last,
                shown(last)
            ));
            Ok(last)
        }
        Accumulation::Yearly => {
            let mut numbers = Vec::new();
            for year in span.years() {
                numbers.push(number(figure_of(figures, year).map(|f| &f.value))?);
            }
            let total = sum(&numbers)?;
            let shown_numbers: Vec<String> = numbers.iter().map(|n| shown(*n)).collect();
            steps.push(format!(
                "{} ＝ {}",
                shown_numbers.join(" ＋ "),
                shown(total)
            ));
            Ok(total)
        }
    })
}

fn number(figure: Option<&Figure>) -> Result<Decimal, NoValue> {
    let figure = figure.ok_or(NoValue::ActualMissing)?;
    if figure.is_dash() {
        return Err(NoValue::ActualDash);
    }
    figure.number().ok_or(NoValue::ActualWords)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fiscal_year::FiscalYear;
    use crate::source::{Settled, Sourced};

    fn figures(printed: &[&str]) -> Vec<YearFigure> {
        let year = |at: usize| FiscalYear::new(2021).and_then(|y| y.plus(i32::try_from(at).ok()?));
        let figure = |(at, text): (usize, &&str)| {
            Some(YearFigure {
                year: year(at)?,
                figure: Sourced {
                    value: Figure::parse(text)?,
                    line: 1,
                    settled: Settled::Printed,
                },
            })
        };
        printed.iter().enumerate().filter_map(figure).collect()
    }

    #[test]
    fn cumulative_values_are_never_summed_again() {
        let span = FiscalYearSpan::parse("令和3～5年度").expect("a span");
        let values = figures(&["315", "630", "945"]);
        let of = |values: &[YearFigure], how| value_of(values, span, how).outcome;
        assert_eq!(
            of(&values, Accumulation::Cumulative),
            Ok(Decimal::from(945))
        );
        assert_eq!(of(&values, Accumulation::Yearly), Ok(Decimal::from(1_890)));
        let gap = figures(&["315", "", "945"]);
        assert_eq!(of(&gap, Accumulation::Yearly), Err(NoValue::ActualMissing));
        let dash = figures(&["315", "－", "945"]);
        assert_eq!(of(&dash, Accumulation::Yearly), Err(NoValue::ActualDash));
    }
}
