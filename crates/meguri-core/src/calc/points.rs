//! Points (点数): of rates, of grades and given ones, added up.

use crate::calc::class::Threshold;
use crate::calc::number::{operand, shown};
use crate::calc::total::sum;
use crate::calc::{Calculation, NoValue};
use crate::fiscal_year::FiscalYear;
use rust_decimal::Decimal;

/// Points from a number on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointStep {
    /// From where; `None` = whatever no other step took.
    pub from: Option<Threshold>,
    /// The points.
    pub points: Decimal,
}

/// Where the points of one part come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointSource {
    /// A number (a rate) by thresholds, the best first.
    Number(Vec<PointStep>),
    /// A value of a scale with its points.
    Grade(Vec<(String, Decimal)>),
    /// Points that a person gives, from 0 to this many.
    Given(Decimal),
}

/// One part of a sum of points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointPart {
    /// Its key in the scheme.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Where its points come from.
    pub source: PointSource,
}

/// What is known for one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointInput {
    /// A number, for [`PointSource::Number`] and [`PointSource::Given`].
    Number(Decimal),
    /// A value of a scale.
    Grade(String),
    /// Nothing, and why.
    Missing(NoValue),
}

impl PointPart {
    /// The points of one part.
    #[must_use]
    pub fn points(&self, input: &PointInput, year: FiscalYear) -> Calculation<Decimal> {
        Calculation::run(|steps| {
            let (shown_input, points) = match (&self.source, input) {
                (_, PointInput::Missing(why)) => return Err(*why),
                (PointSource::Number(table), PointInput::Number(number)) => {
                    (shown(*number), points_of_number(table, *number, year)?)
                }
                (PointSource::Given(most), PointInput::Number(number)) => {
                    if *number < Decimal::ZERO || number > most {
                        return Err(NoValue::NotOnScale);
                    }
                    (shown(*number), *number)
                }
                (PointSource::Grade(table), PointInput::Grade(grade)) => {
                    (grade.clone(), points_of_grade(table, grade)?)
                }
                _ => return Err(NoValue::NoPoints),
            };
            steps.push(format!(
                "{}：{shown_input} → {}点",
                self.label,
                shown(points)
            ));
            Ok(points)
        })
    }
}

fn points_of_number(
    table: &[PointStep],
    number: Decimal,
    year: FiscalYear,
) -> Result<Decimal, NoValue> {
    for step in table {
        let Some(threshold) = &step.from else {
            return Ok(step.points);
        };
        if threshold.reached(number, threshold.in_year(year, None)?) {
            return Ok(step.points);
        }
    }
    Err(NoValue::NoClass)
}

/// The points of a grade.
///
/// # Errors
/// [`NoValue::NoPoints`] where the table does not name it.
pub fn points_of_grade(table: &[(String, Decimal)], grade: &str) -> Result<Decimal, NoValue> {
    let row = table.iter().find(|(value, _)| value == grade);
    row.map(|(_, points)| *points).ok_or(NoValue::NoPoints)
}

/// Adds up the points of all parts; a part without points leaves no sum, since it is not zero.
#[must_use]
pub fn add_up(parts: &[(&PointPart, PointInput)], year: FiscalYear) -> Calculation<Decimal> {
    Calculation::run(|steps| {
        let mut all = Vec::new();
        for (part, input) in parts {
            let points = part.points(input, year);
            steps.extend(points.steps);
            all.push(points.outcome?);
        }
        let total = sum(&all)?;
        let shown_points: Vec<String> = all.iter().map(|p| operand(*p)).collect();
        steps.push(format!(
            "{} ＝ {}点",
            shown_points.join(" ＋ "),
            shown(total)
        ));
        Ok(total)
    })
}
