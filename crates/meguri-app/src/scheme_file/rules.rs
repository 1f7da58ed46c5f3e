//! The parts of a scheme file about counting: rates, classes, points, roll-ups, money.

mod class;
mod rate;

pub(super) use class::{ClassText, PointText};
pub(super) use rate::RateText;

use crate::scheme_file::fault::FileFault;
use crate::scheme_file::value::{Number, Year};
use meguri_core::calc::rollup::Missing;
use meguri_core::calc::rounding::{Rounding, RoundingMode};
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::scheme::{
    AmountKind, LabourPrice, MoneyRule, RollUpMethod, RollUpOver, RollUpRule,
};
use serde::Deserialize;

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoundingText {
    #[default]
    HalfUp,
    HalfEven,
    Down,
    Up,
}

impl RoundingText {
    const fn mode(self) -> RoundingMode {
        match self {
            Self::HalfUp => RoundingMode::HalfUp,
            Self::HalfEven => RoundingMode::HalfEven,
            Self::Down => RoundingMode::Down,
            Self::Up => RoundingMode::Up,
        }
    }

    fn with(self, decimals: Option<u32>) -> Rounding {
        Rounding {
            decimals: decimals.unwrap_or(1),
            mode: self.mode(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RollUpText {
    key: String,
    label: String,
    scale: Option<String>,
    method: MethodText,
    at_least: Option<Number>,
    #[serde(default)]
    leave_out: Vec<String>,
    #[serde(default)]
    missing: MissingText,
    decimals: Option<u32>,
    #[serde(default)]
    rounding: RoundingText,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodText {
    Share,
    Mean,
    WeightedMean,
    Total,
    Worst,
    Counts,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MissingText {
    #[default]
    LeaveOut,
    CountAsMissed,
    NoResult,
}

impl RollUpText {
    pub(super) fn mean(self) -> Result<RollUpRule, FileFault> {
        let method = match (self.method, self.at_least) {
            (MethodText::Share, Some(at)) => RollUpMethod::ShareAtLeast(at.0),
            (MethodText::Share, None) => {
                return Err(FileFault::new(
                    format!("集計「{}」に at_least がありません。", self.key),
                    "いくつ以上の割合かを at_least = 100 のように書いてください。",
                ));
            }
            (MethodText::Mean, _) => RollUpMethod::Mean,
            (MethodText::WeightedMean, _) => RollUpMethod::WeightedMean,
            (MethodText::Total, _) => RollUpMethod::Total,
            (MethodText::Worst, _) => RollUpMethod::Worst,
            (MethodText::Counts, _) => RollUpMethod::Counts,
        };
        Ok(RollUpRule {
            over: self.scale.map_or(RollUpOver::Numbers, RollUpOver::Grades),
            missing: match self.missing {
                MissingText::LeaveOut => Missing::LeaveOut,
                MissingText::CountAsMissed => Missing::CountAsMissed,
                MissingText::NoResult => Missing::NoResult,
            },
            rounding: self.rounding.with(self.decimals),
            key: self.key,
            label: self.label,
            method,
            leave_out: self.leave_out,
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoneyText {
    kind: Option<KindText>,
    #[serde(default)]
    unit: UnitText,
    #[serde(default)]
    rounding: RoundingText,
    #[serde(default)]
    accounts: Vec<String>,
    #[serde(default)]
    budget_levels: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    labour: Vec<LabourText>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum KindText {
    #[serde(rename = "計画額")]
    Planned,
    #[serde(rename = "予算額")]
    Budget,
    #[serde(rename = "決算額")]
    Spent,
}

impl KindText {
    const fn mean(self) -> AmountKind {
        match self {
            Self::Planned => AmountKind::Plan,
            Self::Budget => AmountKind::Budget,
            Self::Spent => AmountKind::Settlement,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum UnitText {
    #[serde(rename = "円")]
    Yen,
    #[default]
    #[serde(rename = "千円")]
    ThousandYen,
    #[serde(rename = "百万円")]
    MillionYen,
    #[serde(rename = "億円")]
    HundredMillionYen,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabourText {
    label: String,
    year: Year,
    yen: i64,
}

impl MoneyText {
    pub(super) fn mean(self) -> MoneyRule {
        let price = |labour: LabourText| LabourPrice {
            label: labour.label,
            year: labour.year.0,
            unit_price: Money {
                yen: labour.yen,
                unit: MoneyUnit::Yen,
            },
        };
        MoneyRule {
            kind: self.kind.map(KindText::mean),
            unit: match self.unit {
                UnitText::Yen => MoneyUnit::Yen,
                UnitText::ThousandYen => MoneyUnit::ThousandYen,
                UnitText::MillionYen => MoneyUnit::MillionYen,
                UnitText::HundredMillionYen => MoneyUnit::HundredMillionYen,
            },
            rounding: self.rounding.mode(),
            accounts: self.accounts,
            budget_levels: self.budget_levels,
            sources: self.sources,
            labour: self.labour.into_iter().map(price).collect(),
        }
    }
}
