//! What an indicator's actual is compared with: finding the figures of a formula.

use crate::calc::NoValue;
use crate::calc::formula::{Direction, RateFormula, Reference, Shape};
use crate::calc::number::{add, div, mul, operand, shown, sub};
use crate::figure::{AgainstLastYear, Figure, Limit, Meaning};
use crate::fiscal_year::FiscalYear;
use crate::plan::{Better, Indicator, YearFigure, indicator::figure_of};
use crate::source::Sourced;
use rust_decimal::Decimal;

/// What a formula needs of an indicator in a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) formula: &'a RateFormula,
    /// The year of the actual.
    pub(super) actual_year: FiscalYear,
    /// The year of the target.
    target_year: FiscalYear,
}

/// A reference with its word for the steps.
pub(super) struct Against {
    pub(super) number: Decimal,
    pub(super) better: Better,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        indicator: &'a Indicator,
        year: FiscalYear,
        formula: &'a RateFormula,
    ) -> Result<Self, NoValue> {
        let actual_year = year
            .plus(-i32::from(formula.late.years))
            .ok_or(NoValue::ActualMissing)?;
        let target_year = if formula.late.own_target {
            actual_year
        } else {
            year
        };
        Ok(Self {
            indicator,
            formula,
            actual_year,
            target_year,
        })
    }

    /// The actual.
    pub(super) fn actual(&self, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
        let figure = figure_of(&self.indicator.actuals, self.actual_year);
        let figure = figure.ok_or(NoValue::ActualMissing)?;
        steps.push(format!("{}の実績：{}", self.actual_year, quoted(figure)));
        number_of(&figure.value, NoValue::ActualDash, NoValue::ActualWords)
    }

    /// The baseline.
    pub(super) fn baseline(&self, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
        let baseline = self.indicator.baseline.as_ref();
        let baseline = baseline.ok_or(NoValue::BaselineMissing)?;
        let number = baseline.value.number().ok_or(NoValue::BaselineMissing)?;
        let year = self.indicator.baseline_year;
        let year = year.map_or(String::new(), |y| format!("（{y}）"));
        steps.push(format!("基準値{year}：{}", baseline.value));
        Ok(number)
    }

    /// The reference and the direction that holds with it.
    pub(super) fn against(&self, steps: &mut Vec<String>) -> Result<Against, NoValue> {
        if let Some(word) = self.word_of_last_year() {
            return self.against_last_year(word, steps);
        }
        let number = match self.formula.reference {
            Reference::ThisYear => self.target_of(self.target_year, steps)?,
            Reference::YearBefore => {
                let before = self.target_year.plus(-1).ok_or(NoValue::TargetMissing)?;
                self.target_of(before, steps)?
            }
            Reference::Final => self.last_target(steps)?.1,
            Reference::OnTheWay => self.on_the_way(steps)?,
            Reference::Baseline => self.baseline(steps)?,
            Reference::LastYearActual => self.last_year_actual(steps)?,
        };
        let better = self.better(number);
        Ok(Against { number, better })
    }

    /// Which way is better: the formula's word, the indicator's, the targets', else by the way
    /// from the baseline to the reference, else higher.
    pub(super) fn better(&self, reference: Decimal) -> Better {
        if let Direction::Always(better) = self.formula.direction {
            return better;
        }
        let said = self.indicator.better;
        said.or_else(|| better_from_targets(self.indicator))
            .unwrap_or_else(|| self.better_by_way(reference))
    }

    /// A formula that looks at the way from the baseline shows by it which way is better.
    fn better_by_way(&self, reference: Decimal) -> Better {
        let baseline = self.indicator.baseline.as_ref();
        match baseline.and_then(|b| b.value.number()) {
            Some(from) if self.formula.shape == Shape::Progress && reference < from => {
                Better::Lower
            }
            _ => Better::Higher,
        }
    }

    /// The word of a target that is set against last year's value (前年以下 …).
    fn word_of_last_year(&self) -> Option<AgainstLastYear> {
        if self.formula.reference != Reference::ThisYear {
            return None;
        }
        let target = figure_of(&self.indicator.targets, self.target_year)?;
        match target.value.meaning {
            Meaning::LastYear(word) => Some(word),
            _ => None,
        }
    }

    fn against_last_year(
        &self,
        word: AgainstLastYear,
        steps: &mut Vec<String>,
    ) -> Result<Against, NoValue> {
        if let Some(target) = figure_of(&self.indicator.targets, self.target_year) {
            steps.push(format!("{}の目標：{}", self.target_year, target.value));
        }
        let number = self.last_year_actual(steps)?;
        Ok(Against {
            number,
            better: better_of_word(word),
        })
    }

    fn last_year_actual(&self, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
        let figure = self.indicator.last_year_actual(self.actual_year);
        let figure = figure.ok_or(NoValue::LastYearMissing)?;
        let number = figure.value.number().ok_or(NoValue::LastYearMissing)?;
        steps.push(format!("前年度の実績：{}", figure.value));
        Ok(number)
    }

    fn target_of(&self, year: FiscalYear, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
        let figure = figure_of(&self.indicator.targets, year).ok_or(NoValue::TargetMissing)?;
        steps.push(format!("{year}の目標：{}", quoted(figure)));
        target_number(figure)
    }

    /// The target of the last year; a dash there is not skipped for an earlier year.
    fn last_target(&self, steps: &mut Vec<String>) -> Result<(FiscalYear, Decimal), NoValue> {
        let last = self.indicator.targets.iter().max_by_key(|t| t.year);
        let last: &YearFigure = last.ok_or(NoValue::TargetMissing)?;
        let figure = quoted(&last.figure);
        steps.push(format!("最終目標（{}）：{figure}", last.year));
        Ok((last.year, target_number(&last.figure)?))
    }

    fn on_the_way(&self, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
        let from = self.baseline(steps)?;
        let (last_year, to) = self.last_target(steps)?;
        let first_year = self.indicator.baseline_year.ok_or(NoValue::WayUnknown)?;
        let whole = years_between(first_year, last_year);
        let gone = years_between(first_year, self.target_year);
        if whole <= Decimal::ZERO || gone < Decimal::ZERO {
            return Err(NoValue::WayUnknown);
        }
        let gone = gone.min(whole);
        let expected = add(from, div(mul(sub(to, from)?, gone)?, whole)?)?;
        steps.push(format!(
            "{}までに見込む値：{} ＋（{} － {}）× {gone} ÷ {whole} ＝ {}",
            self.target_year,
            operand(from),
            operand(to),
            operand(from),
            shown(expected)
        ));
        Ok(expected)
    }
}

/// Which way is better, as far as the words of its targets say; `None` where they say nothing or
/// contradict each other.
#[must_use]
pub(super) fn better_from_targets(indicator: &Indicator) -> Option<Better> {
    let mut said = indicator
        .targets
        .iter()
        .filter_map(|t| word(&t.figure.value));
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

fn word(figure: &Figure) -> Option<Better> {
    match figure.meaning {
        Meaning::Limit(Limit::AtLeast | Limit::Above, _) => Some(Better::Higher),
        Meaning::Limit(Limit::AtMost | Limit::Below, _) => Some(Better::Lower),
        Meaning::LastYear(word) => Some(better_of_word(word)),
        _ => None,
    }
}

const fn better_of_word(word: AgainstLastYear) -> Better {
    match word {
        AgainstLastYear::NotAbove => Better::Lower,
        AgainstLastYear::Like => Better::Keep,
        AgainstLastYear::NotBelow => Better::Higher,
    }
}

/// A figure as a step shows it; what is no number is quoted.
fn quoted(figure: &Sourced<Figure>) -> String {
    match figure.value.meaning {
        Meaning::Sign(_) | Meaning::Words => format!("「{}」", figure.value),
        _ => figure.value.to_string(),
    }
}

fn target_number(figure: &Sourced<Figure>) -> Result<Decimal, NoValue> {
    number_of(&figure.value, NoValue::TargetDash, NoValue::TargetWords)
}

fn number_of(figure: &Figure, dash: NoValue, words: NoValue) -> Result<Decimal, NoValue> {
    match figure.meaning {
        Meaning::Number(n) | Meaning::Limit(_, n) => Ok(n),
        Meaning::Dash => Err(dash),
        Meaning::LastYear(_) | Meaning::Sign(_) | Meaning::Words => Err(words),
    }
}

fn years_between(from: FiscalYear, to: FiscalYear) -> Decimal {
    Decimal::from(i32::from(to.calendar_year()) - i32::from(from.calendar_year()))
}
