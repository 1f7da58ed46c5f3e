//! `[[rates]]`: formulas as written.

use crate::scheme_file::fault::FileFault;
use crate::scheme_file::rules::RoundingText;
use crate::scheme_file::value::Number;
use meguri_core::calc::formula::{
    Direction, Edges, Late, Limits, Outside, RateFormula, RateLimit, Reference, Shape,
};
use meguri_core::plan::{Accumulation, Better};
use meguri_core::scheme::{RateRule, When};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::scheme_file) struct RateText {
    key: String,
    label: String,
    when: Option<WhenText>,
    #[serde(default)]
    formula: FormulaText,
    band: Option<BandText>,
    #[serde(default)]
    outside: OutsideText,
    #[serde(default)]
    direction: DirectionText,
    #[serde(default)]
    against: AgainstText,
    #[serde(default)]
    years_late: u8,
    #[serde(default)]
    late_target: LateTargetText,
    above: Option<LimitText>,
    below: Option<LimitText>,
    decimals: Option<u32>,
    #[serde(default)]
    rounding: RoundingText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenText {
    better: Option<BetterText>,
    accumulation: Option<AccumulationText>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BetterText {
    Higher,
    Lower,
    Keep,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AccumulationText {
    Yearly,
    Cumulative,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormulaText {
    #[default]
    Ratio,
    Progress,
    Mirror,
    Difference,
    Deviation,
    Band,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BandText {
    percent: Option<Number>,
    points: Option<Number>,
    from: Option<Number>,
    to: Option<Number>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OutsideText {
    #[default]
    Ratio,
    Zero,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DirectionText {
    #[default]
    Indicator,
    Higher,
    Lower,
    Keep,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AgainstText {
    #[default]
    ThisYear,
    YearBefore,
    Final,
    OnTheWay,
    Baseline,
    LastYearActual,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LateTargetText {
    #[default]
    OwnYear,
    EvaluatedYear,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitText {
    at: Number,
    words: Option<String>,
}

impl BetterText {
    const fn mean(self) -> Better {
        match self {
            Self::Higher => Better::Higher,
            Self::Lower => Better::Lower,
            Self::Keep => Better::Keep,
        }
    }
}

impl WhenText {
    fn mean(self) -> When {
        When {
            better: self.better.map(BetterText::mean),
            accumulation: self.accumulation.map(|a| match a {
                AccumulationText::Yearly => Accumulation::Yearly,
                AccumulationText::Cumulative => Accumulation::Cumulative,
            }),
            units: self.units,
            names: self.names,
        }
    }
}

impl RateText {
    pub(in crate::scheme_file) fn mean(self) -> Result<RateRule, FileFault> {
        let formula = RateFormula {
            shape: self.shape()?,
            direction: match self.direction {
                DirectionText::Indicator => Direction::OfIndicator,
                DirectionText::Higher => Direction::Always(Better::Higher),
                DirectionText::Lower => Direction::Always(Better::Lower),
                DirectionText::Keep => Direction::Always(Better::Keep),
            },
            reference: self.reference(),
            late: Late {
                years: self.years_late,
                own_target: matches!(self.late_target, LateTargetText::OwnYear),
            },
            limits: Limits {
                above: self.above.map(LimitText::mean),
                below: self.below.map(LimitText::mean),
            },
            rounding: self.rounding.with(self.decimals),
        };
        Ok(RateRule {
            key: self.key,
            label: self.label,
            when: self.when.map(WhenText::mean).unwrap_or_default(),
            formula,
        })
    }

    const fn reference(&self) -> Reference {
        match self.against {
            AgainstText::ThisYear => Reference::ThisYear,
            AgainstText::YearBefore => Reference::YearBefore,
            AgainstText::Final => Reference::Final,
            AgainstText::OnTheWay => Reference::OnTheWay,
            AgainstText::Baseline => Reference::Baseline,
            AgainstText::LastYearActual => Reference::LastYearActual,
        }
    }

    fn shape(&self) -> Result<Shape, FileFault> {
        let shape = match self.formula {
            FormulaText::Ratio => Shape::Ratio,
            FormulaText::Progress => Shape::Progress,
            FormulaText::Mirror => Shape::Mirror,
            FormulaText::Difference => Shape::Difference,
            FormulaText::Deviation => Shape::Deviation,
            FormulaText::Band => {
                let outside = match self.outside {
                    OutsideText::Ratio => Outside::Ratio,
                    OutsideText::Zero => Outside::Zero,
                };
                let edges = self.band.as_ref().and_then(BandText::mean);
                return edges
                    .map(|edges| Shape::Band(edges, outside))
                    .ok_or_else(|| self.band_fault());
            }
        };
        if self.band.is_some() {
            return Err(self.band_fault());
        }
        Ok(shape)
    }

    fn band_fault(&self) -> FileFault {
        FileFault::new(
            format!("率「{}」の band の書き方が違います。", self.key),
            "formula = \"band\" のときだけ、band = { percent = 10 }、{ points = 2 } 又は \
             { from = 38, to = 42 } のどれか一つを書いてください。",
        )
    }
}

impl BandText {
    fn mean(&self) -> Option<Edges> {
        match (self.percent, self.points, self.from, self.to) {
            (Some(width), None, None, None) => Some(Edges::Percent(width.0)),
            (None, Some(width), None, None) => Some(Edges::Points(width.0)),
            (None, None, Some(from), Some(to)) => Some(Edges::Fixed(from.0, to.0)),
            _ => None,
        }
    }
}

impl LimitText {
    fn mean(self) -> RateLimit {
        RateLimit {
            at: self.at.0,
            words: self.words,
        }
    }
}
