//! The rules of counting: rates, classes, points, roll-ups and money.

use crate::calc::class::{Classes, RankClasses};
use crate::calc::formula::RateFormula;
use crate::calc::points::PointPart;
use crate::calc::rollup::Missing;
use crate::calc::rounding::{Rounding, RoundingMode};
use crate::fiscal_year::FiscalYear;
use crate::money::{Money, MoneyUnit};
use crate::plan::{Accumulation, Better, Indicator};
use crate::text::name_key;
use rust_decimal::Decimal;

/// A rate: a formula, and the indicators that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRule {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Which indicators it is for; no condition = all that no other rule takes.
    pub when: When,
    /// How it is counted.
    pub formula: RateFormula,
}

/// Which indicators a rule is for; all conditions that are written must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Of this direction.
    pub better: Option<Better>,
    /// Adding up in this way.
    pub accumulation: Option<Accumulation>,
    /// In one of these units.
    pub units: Vec<String>,
    /// With one of these names.
    pub names: Vec<String>,
}

impl When {
    /// Is there no condition?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.better.is_none()
            && self.accumulation.is_none()
            && self.units.is_empty()
            && self.names.is_empty()
    }

    /// Does an indicator meet all conditions?
    #[must_use]
    pub fn holds(&self, indicator: &Indicator) -> bool {
        let says = |list: &[String], text: Option<&str>| {
            list.is_empty() || text.is_some_and(|t| list.iter().any(|l| name_key(l) == name_key(t)))
        };
        let unit = indicator.unit.as_ref().map(|unit| unit.value.as_str());
        let better = || {
            indicator
                .better
                .or_else(|| crate::calc::rate::better_from_targets(indicator))
        };
        self.better.is_none_or(|wanted| better() == Some(wanted))
            && self
                .accumulation
                .is_none_or(|a| a == indicator.accumulation)
            && says(&self.units, unit)
            && says(&self.names, Some(&indicator.label()))
    }
}

/// How classes are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRule {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Key of the scale whose values are the classes.
    pub scale: String,
    /// From what.
    pub input: ClassInput,
    /// By what.
    pub method: ClassMethod,
}

/// From what classes are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassInput {
    /// From the rate that the scheme has for the indicator.
    AnyRate,
    /// From the rate of this key.
    Rate(String),
    /// From the points of this key.
    Points(String),
    /// From the roll-up of this key.
    RollUp(String),
}

/// By what classes are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassMethod {
    /// By thresholds.
    Thresholds(Classes),
    /// By rank among all.
    Ranks(RankClasses),
}

/// How points are added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointRule {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// The parts.
    pub parts: Vec<PointPart>,
}

/// How results are rolled up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollUpRule {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// What is rolled up.
    pub over: RollUpOver,
    /// How.
    pub method: RollUpMethod,
    /// Values that stay outside besides the states of the scale.
    pub leave_out: Vec<String>,
    /// What happens to members without a value.
    pub missing: Missing,
    /// How the result is rounded.
    pub rounding: Rounding,
}

/// What is rolled up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollUpOver {
    /// Numbers: rates, points, results of another roll-up.
    Numbers,
    /// Values of the scale of this key.
    Grades(String),
}

/// How members become one result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollUpMethod {
    /// The share at or above this number.
    ShareAtLeast(Decimal),
    /// The mean; of grades, that of their points.
    Mean,
    /// The mean by weight.
    WeightedMean,
    /// The sum; of grades, that of their points.
    Total,
    /// The lowest number, or the worst grade.
    Worst,
    /// How many of each grade.
    Counts,
}

/// How money is written and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyRule {
    /// What the amounts are; `None` where the papers do not say.
    pub kind: Option<AmountKind>,
    /// The unit that papers print.
    pub unit: MoneyUnit,
    /// How amounts are rounded to it.
    pub rounding: RoundingMode,
    /// The accounts (会計).
    pub accounts: Vec<String>,
    /// The levels of the budget: 款, 項, 目, 事業 …
    pub budget_levels: Vec<String>,
    /// Sources of money: 国庫支出金, 一般財源 …
    pub sources: Vec<String>,
    /// What one person costs a year.
    pub labour: Vec<LabourPrice>,
}

impl Default for MoneyRule {
    fn default() -> Self {
        Self {
            kind: None,
            unit: MoneyUnit::ThousandYen,
            rounding: RoundingMode::HalfUp,
            accounts: Vec::new(),
            budget_levels: Vec::new(),
            sources: Vec::new(),
            labour: Vec::new(),
        }
    }
}

/// What an amount of a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmountKind {
    /// 計画額.
    Plan,
    /// 予算額.
    Budget,
    /// 決算額.
    Settlement,
}

impl AmountKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Plan, Self::Budget, Self::Settlement];

    /// The words for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plan => "計画額",
            Self::Budget => "予算額",
            Self::Settlement => "決算額",
        }
    }

    /// The stable ASCII key of open data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Budget => "budget",
            Self::Settlement => "settlement",
        }
    }
}

/// What one person of a kind of employment costs in a year (人件費単価).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabourPrice {
    /// The kind: 正規, 会計年度任用 …
    pub label: String,
    /// The fiscal year.
    pub year: FiscalYear,
    /// The price.
    pub unit_price: Money,
}
