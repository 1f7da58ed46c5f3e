//! A case file as written.

use crate::scheme_file::value::{Number, Year, Years, float_fault};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// A figure or an expected result: text, or a whole number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed(pub(super) String);

struct PrintedVisitor;

impl Visitor<'_> for PrintedVisitor {
    type Value = Printed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Printed, E> {
        Ok(Printed(number.to_string()))
    }

    // A float would not keep the figure as it is printed: 4.0 and 4 look different on paper.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Printed, E> {
        Err(E::custom(float_fault(number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Printed, E> {
        Ok(Printed(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PrintedVisitor)
    }
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CasesText {
    pub(super) title: String,
    pub(super) scheme: Option<String>,
    pub(super) preset: Option<String>,
    #[serde(default)]
    pub(super) indicators: Vec<IndicatorText>,
    #[serde(default)]
    pub(super) numbers: Vec<NumberText>,
    #[serde(default)]
    pub(super) ranks: Vec<RanksText>,
    #[serde(default)]
    pub(super) points: Vec<PointsText>,
    #[serde(default)]
    pub(super) judgements: Vec<JudgementText>,
    #[serde(default)]
    pub(super) rollups: Vec<RollUpText>,
    #[serde(default)]
    pub(super) totals: Vec<TotalText>,
    #[serde(default)]
    pub(super) amounts: Vec<AmountText>,
    #[serde(default)]
    pub(super) costs: Vec<CostText>,
    #[serde(default)]
    pub(super) shares: Vec<SharesText>,
    #[serde(default)]
    pub(super) splits: Vec<SplitText>,
    #[serde(default)]
    pub(super) periods: Vec<PeriodText>,
}

#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum BetterText {
    Higher,
    Lower,
    Keep,
}

/// Figures or results by fiscal year.
pub(super) type ByYear = BTreeMap<String, Printed>;

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorText {
    pub(super) name: String,
    pub(super) unit: Option<String>,
    pub(super) better: Option<BetterText>,
    #[serde(default)]
    pub(super) cumulative: bool,
    pub(super) baseline: Option<Printed>,
    pub(super) baseline_year: Option<Year>,
    #[serde(default)]
    pub(super) targets: ByYear,
    #[serde(default)]
    pub(super) actuals: ByYear,
    pub(super) rate: Option<String>,
    #[serde(default)]
    pub(super) expect: ByYear,
    pub(super) class: Option<String>,
    #[serde(default)]
    pub(super) expect_class: ByYear,
    /// Years to compute besides those with an expected result.
    #[serde(default)]
    pub(super) years: Vec<Year>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberText {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) year: Year,
    pub(super) number: Number,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RanksText {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) members: Vec<RankedText>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RankedText {
    pub(super) name: String,
    pub(super) number: Number,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PointsText {
    pub(super) name: String,
    pub(super) rule: String,
    pub(super) year: Year,
    pub(super) inputs: BTreeMap<String, Printed>,
    pub(super) expect: Option<Printed>,
    pub(super) class: Option<String>,
    pub(super) expect_class: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JudgementText {
    pub(super) name: String,
    pub(super) scale: String,
    pub(super) computed: Printed,
    #[serde(default)]
    pub(super) decisions: Vec<DecisionText>,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionText {
    pub(super) stage: String,
    pub(super) value: String,
    #[serde(default)]
    pub(super) reason: String,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RollUpText {
    pub(super) name: String,
    pub(super) rule: String,
    pub(super) year: Option<Year>,
    pub(super) members: Vec<MemberText>,
    pub(super) expect: Option<Printed>,
    pub(super) numerator: Option<Printed>,
    pub(super) denominator: Option<Printed>,
    pub(super) left_out: Option<Vec<String>>,
    #[serde(default)]
    pub(super) counts: BTreeMap<String, Printed>,
    #[serde(default)]
    pub(super) groups: BTreeMap<String, Printed>,
    pub(super) class: Option<String>,
    pub(super) expect_class: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberText {
    pub(super) name: String,
    pub(super) number: Option<Number>,
    pub(super) grade: Option<String>,
    /// Why there is no number: the words or the key of a reason.
    pub(super) none: Option<String>,
    pub(super) weight: Option<Number>,
    #[serde(default)]
    pub(super) relisted: bool,
    pub(super) group: Option<String>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TotalText {
    pub(super) name: String,
    pub(super) rows: Vec<i64>,
    pub(super) expect: Option<Printed>,
    pub(super) printed: Option<i64>,
    pub(super) agreement: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmountText {
    pub(super) name: String,
    pub(super) yen: i64,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CostText {
    pub(super) name: String,
    pub(super) year: Year,
    pub(super) direct: i64,
    pub(super) persons: Vec<PersonsText>,
    pub(super) expect: Option<Printed>,
    pub(super) output: Option<Number>,
    pub(super) expect_unit_cost: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonsText {
    pub(super) label: String,
    pub(super) number: Number,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SharesText {
    pub(super) name: String,
    pub(super) whole: i64,
    pub(super) parts: Vec<PartText>,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartText {
    pub(super) label: String,
    pub(super) amount: i64,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitText {
    pub(super) name: String,
    pub(super) whole: i64,
    pub(super) parts: Vec<SplitPartText>,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitPartText {
    pub(super) label: String,
    pub(super) percent: Number,
    pub(super) expect: Option<Printed>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodText {
    pub(super) name: String,
    pub(super) years: Years,
    #[serde(default)]
    pub(super) cumulative: bool,
    pub(super) actuals: ByYear,
    pub(super) expect: Option<Printed>,
}
