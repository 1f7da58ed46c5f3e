//! Classes by thresholds: from a number to a value of a scale.

use crate::calc::number::{add, mul, shown};
use crate::calc::rate::Rate;
use crate::calc::rollup::Rolled;
use crate::calc::{Calculation, NoValue};
use crate::fiscal_year::FiscalYear;
use rust_decimal::Decimal;

/// Thresholds of a scale, the best class first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    /// From the rounded or the unrounded number?
    pub taken_from: TakenFrom,
    /// The year in which thresholds that rise stand as written.
    pub first_year: Option<FiscalYear>,
    /// The classes, the best first.
    pub steps: Vec<ClassStep>,
}

/// Which number decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TakenFrom {
    /// The rounded one, which is printed.
    Rounded,
    /// The unrounded one.
    Exact,
}

/// One class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassStep {
    /// Its value on the scale.
    pub value: String,
    /// From where it reaches; `None` = whatever no other class took.
    pub from: Option<Threshold>,
}

/// Where a class begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The number.
    pub at: Decimal,
    /// Who wins a number that lies on it.
    pub tie: Tie,
    /// By how much it rises (falls where below zero) each year after the first.
    pub rise: Decimal,
    /// Years whose number is given one by one; it goes before the rise.
    pub by_year: Vec<(FiscalYear, Decimal)>,
}

/// Who wins a number that lies on a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// 以上: the class that begins there.
    Upper,
    /// 超: the class below.
    Lower,
}

impl Threshold {
    /// A threshold that stays: `at` or more.
    #[must_use]
    pub const fn at_least(at: Decimal) -> Self {
        Self {
            at,
            tie: Tie::Upper,
            rise: Decimal::ZERO,
            by_year: Vec::new(),
        }
    }

    /// Where it stands in a year.
    ///
    /// # Errors
    /// [`NoValue::WayUnknown`] where it rises from an unknown year, [`NoValue::TooLarge`].
    pub fn in_year(
        &self,
        year: FiscalYear,
        first_year: Option<FiscalYear>,
    ) -> Result<Decimal, NoValue> {
        if let Some((_, at)) = self.by_year.iter().find(|(y, _)| *y == year) {
            return Ok(*at);
        }
        if self.rise.is_zero() {
            return Ok(self.at);
        }
        let first = first_year.ok_or(NoValue::WayUnknown)?;
        let years = i32::from(year.calendar_year()) - i32::from(first.calendar_year());
        add(self.at, mul(self.rise, Decimal::from(years.max(0)))?)
    }

    /// Does a number reach it?
    #[must_use]
    pub fn reached(&self, number: Decimal, at: Decimal) -> bool {
        match self.tie {
            Tie::Upper => number >= at,
            Tie::Lower => number > at,
        }
    }

    /// The word behind its number.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.tie {
            Tie::Upper => "以上",
            Tie::Lower => "超",
        }
    }
}

impl Classes {
    /// The class of a rate in a year.
    #[must_use]
    pub fn of_rate(&self, rate: &Rate, year: FiscalYear) -> Calculation<String> {
        self.of_number(self.taken(rate.value, rate.exact), year)
    }

    /// The class of a rolled-up figure in a year.
    #[must_use]
    pub fn of_rolled(&self, rolled: &Rolled, year: FiscalYear) -> Calculation<String> {
        self.of_number(self.taken(rolled.value, rolled.exact), year)
    }

    const fn taken(&self, rounded: Decimal, exact: Decimal) -> Decimal {
        match self.taken_from {
            TakenFrom::Rounded => rounded,
            TakenFrom::Exact => exact,
        }
    }

    /// The class of a number (points, a mean) in a year.
    #[must_use]
    pub fn of_number(&self, number: Decimal, year: FiscalYear) -> Calculation<String> {
        Calculation::run(|steps| {
            for step in &self.steps {
                let Some(threshold) = &step.from else {
                    steps.push(format!(
                        "{}：どの基準にも届かない → {}",
                        shown(number),
                        step.value
                    ));
                    return Ok(step.value.clone());
                };
                let at = threshold.in_year(year, self.first_year)?;
                if threshold.reached(number, at) {
                    let from = format!("{}{}", shown(at), threshold.word());
                    steps.push(format!("{}：{from} → {}", shown(number), step.value));
                    return Ok(step.value.clone());
                }
            }
            Err(NoValue::NoClass)
        })
    }

    /// The thresholds of a year in words: `S：100超`, the best first.
    #[must_use]
    pub fn explain(&self, year: FiscalYear) -> Vec<String> {
        let line = |step: &ClassStep| match &step.from {
            None => format!("{}：それ以外", step.value),
            Some(threshold) => match threshold.in_year(year, self.first_year) {
                Ok(at) => format!("{}：{}{}", step.value, shown(at), threshold.word()),
                Err(why) => format!("{}：{}", step.value, why.label()),
            },
        };
        self.steps.iter().map(line).collect()
    }

    /// Pairs of classes whose thresholds overlap or stand the wrong way round in a year.
    #[must_use]
    pub fn overlaps(&self, year: FiscalYear) -> Vec<(&str, &str)> {
        let limits: Vec<(&str, &Threshold, Decimal)> = self
            .steps
            .iter()
            .filter_map(|step| {
                let threshold = step.from.as_ref()?;
                let at = threshold.in_year(year, self.first_year).ok()?;
                Some((step.value.as_str(), threshold, at))
            })
            .collect();
        limits
            .iter()
            .zip(limits.iter().skip(1))
            .filter(|(better, worse)| !follows(better, worse))
            .map(|(better, worse)| (better.0, worse.0))
            .collect()
    }
}

/// A worse class begins lower, or at the same number where the better one begins behind it.
fn follows(better: &(&str, &Threshold, Decimal), worse: &(&str, &Threshold, Decimal)) -> bool {
    better.2 > worse.2
        || (better.2 == worse.2 && better.1.tie == Tie::Lower && worse.1.tie == Tie::Upper)
}

/// Classes by rank among all members: the best so many percent, then the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankClasses {
    /// Value of the scale and the percent of members that reach it or a better one; the best
    /// first. Members behind the last get no class.
    pub steps: Vec<(String, Decimal)>,
    /// Members of one value stand or fall together: with their best rank or with their worst.
    pub tie: Tie,
}

impl RankClasses {
    /// The class of each number, in the order given.
    #[must_use]
    pub fn of_all(&self, numbers: &[Decimal]) -> Vec<Calculation<String>> {
        numbers
            .iter()
            .map(|number| self.of_one(*number, numbers))
            .collect()
    }

    fn of_one(&self, number: Decimal, all: &[Decimal]) -> Calculation<String> {
        Calculation::run(|steps| {
            let better = all.iter().filter(|other| **other > number).count();
            let same = all.iter().filter(|other| **other == number).count();
            let rank = match self.tie {
                Tie::Upper => better + 1,
                Tie::Lower => better + same,
            };
            let share =
                crate::calc::number::percent(Decimal::from(rank), Decimal::from(all.len()))?;
            steps.push(format!(
                "{}：{}件中{rank}位（同順位{same}件） ＝ 上位{}％",
                shown(number),
                all.len(),
                shown(share)
            ));
            let found = self.steps.iter().find(|(_, upto)| share <= *upto);
            found
                .map(|(value, _)| value.clone())
                .ok_or(NoValue::NoClass)
        })
    }
}

#[cfg(test)]
mod tests;
