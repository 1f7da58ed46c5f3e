//! `[[classes]]` and `[[points]]` as written.

use crate::scheme_file::fault::FileFault;
use crate::scheme_file::value::{Number, Year, year_fault};
use meguri_core::calc::class::{ClassStep, Classes, RankClasses, TakenFrom, Threshold, Tie};
use meguri_core::calc::points::{PointPart, PointSource, PointStep};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::scheme::{ClassInput, ClassMethod, ClassRule, PointRule, Scale};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::scheme_file) struct ClassText {
    key: String,
    label: String,
    scale: String,
    rate: Option<String>,
    points: Option<String>,
    rollup: Option<String>,
    #[serde(default)]
    number: NumberText,
    first_year: Option<Year>,
    #[serde(default)]
    steps: Vec<StepText>,
    #[serde(default)]
    ranks: Vec<RankText>,
    #[serde(default)]
    same_rank: SameRankText,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NumberText {
    #[default]
    Rounded,
    Unrounded,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SameRankText {
    #[default]
    Better,
    Worse,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepText {
    value: String,
    at_least: Option<Number>,
    above: Option<Number>,
    rise: Option<Number>,
    #[serde(default)]
    by_year: BTreeMap<String, Number>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RankText {
    value: String,
    upto: Number,
}

impl ClassText {
    pub(in crate::scheme_file) fn mean(self) -> Result<ClassRule, FileFault> {
        let input = match (self.rate, self.points, self.rollup) {
            (None, None, None) => ClassInput::AnyRate,
            (Some(key), None, None) => ClassInput::Rate(key),
            (None, Some(key), None) => ClassInput::Points(key),
            (None, None, Some(key)) => ClassInput::RollUp(key),
            _ => {
                return Err(FileFault::new(
                    format!("区分け「{}」のもとになる値が二つ以上あります。", self.key),
                    "rate、points、rollup のどれか一つだけを書いてください。",
                ));
            }
        };
        let method = if self.ranks.is_empty() {
            let steps: Result<Vec<ClassStep>, FileFault> =
                self.steps.into_iter().map(StepText::mean).collect();
            ClassMethod::Thresholds(Classes {
                taken_from: match self.number {
                    NumberText::Rounded => TakenFrom::Rounded,
                    NumberText::Unrounded => TakenFrom::Exact,
                },
                first_year: self.first_year.map(|year| year.0),
                steps: steps?,
            })
        } else {
            let step = |rank: RankText| (rank.value, rank.upto.0);
            ClassMethod::Ranks(RankClasses {
                steps: self.ranks.into_iter().map(step).collect(),
                tie: match self.same_rank {
                    SameRankText::Better => Tie::Upper,
                    SameRankText::Worse => Tie::Lower,
                },
            })
        };
        Ok(ClassRule {
            key: self.key,
            label: self.label,
            scale: self.scale,
            input,
            method,
        })
    }
}

impl StepText {
    fn mean(self) -> Result<ClassStep, FileFault> {
        let (at, tie) = match (self.at_least, self.above) {
            (Some(at), None) => (at.0, Tie::Upper),
            (None, Some(at)) => (at.0, Tie::Lower),
            (None, None) => {
                return Ok(ClassStep {
                    value: self.value,
                    from: None,
                });
            }
            (Some(_), Some(_)) => {
                return Err(FileFault::new(
                    format!("「{}」に at_least と above の両方があります。", self.value),
                    "「以上」なら at_least、「超」なら above のどちらか一つにしてください。",
                ));
            }
        };
        let mut by_year = Vec::new();
        for (text, number) in self.by_year {
            let year = FiscalYear::parse(&text).ok_or_else(|| year_of_key(&text))?;
            by_year.push((year, number.0));
        }
        Ok(ClassStep {
            value: self.value,
            from: Some(Threshold {
                at,
                tie,
                rise: self.rise.map_or(Decimal::ZERO, |rise| rise.0),
                by_year,
            }),
        })
    }
}

/// A key of a table that should be a year.
fn year_of_key(text: &str) -> FileFault {
    let fault = year_fault(text);
    let (message, remedy) = fault.split_once('|').unwrap_or((&fault, ""));
    FileFault::new(message, remedy)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::scheme_file) struct PointText {
    key: String,
    label: String,
    parts: Vec<PartText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartText {
    key: String,
    label: String,
    #[serde(default)]
    steps: Vec<PointStepText>,
    scale: Option<String>,
    most: Option<Number>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PointStepText {
    at_least: Option<Number>,
    above: Option<Number>,
    points: Number,
}

impl PointText {
    pub(in crate::scheme_file) fn mean(self, scales: &[Scale]) -> Result<PointRule, FileFault> {
        let parts: Result<Vec<PointPart>, FileFault> = self
            .parts
            .into_iter()
            .map(|part| part.mean(scales))
            .collect();
        Ok(PointRule {
            key: self.key,
            label: self.label,
            parts: parts?,
        })
    }
}

impl PartText {
    fn mean(self, scales: &[Scale]) -> Result<PointPart, FileFault> {
        let source = match (self.steps.is_empty(), &self.scale, self.most) {
            (false, None, None) => {
                PointSource::Number(self.steps.iter().map(PointStepText::mean).collect())
            }
            (true, Some(key), None) => {
                let scale = scales.iter().find(|scale| scale.key == *key);
                PointSource::Grade(scale.map(Scale::points).unwrap_or_default())
            }
            (true, None, Some(most)) => PointSource::Given(most.0),
            _ => {
                return Err(FileFault::new(
                    format!("点数「{}」の付け方が一つに決まりません。", self.key),
                    "steps（数値の基準）、scale（区分の点数）、most（手で付ける満点）の\
                     どれか一つだけを書いてください。",
                ));
            }
        };
        Ok(PointPart {
            key: self.key,
            label: self.label,
            source,
        })
    }
}

impl PointStepText {
    fn mean(&self) -> PointStep {
        let threshold = |at: Number, tie| Threshold {
            tie,
            ..Threshold::at_least(at.0)
        };
        PointStep {
            from: match (self.at_least, self.above) {
                (Some(at), _) => Some(threshold(at, Tie::Upper)),
                (None, Some(at)) => Some(threshold(at, Tie::Lower)),
                (None, None) => None,
            },
            points: self.points.0,
        }
    }
}
