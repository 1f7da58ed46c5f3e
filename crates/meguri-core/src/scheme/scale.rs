//! Scales (評価の区分): ordered values, which end is better, and states outside the order.

use crate::calc::rollup::Order;
use crate::fiscal_year::FiscalYear;
use rust_decimal::Decimal;

/// A scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Which end of its values is the best.
    pub best: BestEnd,
    /// Its values in order.
    pub values: Vec<ScaleValue>,
    /// States outside the order: 完了, 中止, 対象外, 評価困難 …
    pub states: Vec<ScaleValue>,
}

/// Which end of a scale is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BestEnd {
    /// The value written first.
    First,
    /// The value written last.
    Last,
    /// Neither: the values are kinds, not ranks (directions of next year).
    None,
}

/// One value of a scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScaleValue {
    /// As it is printed and kept: `S`, `拡大`, `5`.
    pub value: String,
    /// What it means, in words.
    pub label: String,
    /// Points, where the city counts them.
    pub points: Option<Decimal>,
    /// A sign beside the colour, so that no value is told by colour alone.
    pub sign: Option<String>,
    /// Colour as `#rrggbb`.
    pub colour: Option<String>,
    /// What it says beyond its place in the order; `None` where it says nothing more.
    pub means: Option<Means>,
}

/// What a value says that readers look for in all plans, whatever the plan's words for it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Means {
    /// The work is behind its schedule (予定より遅れている).
    Late,
    /// The work is to end (廃止).
    Ends,
    /// The work is to become smaller (縮小).
    Shrinks,
}

/// One axis of next year's direction (今後の動向).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStepAxis {
    /// Stable ASCII key: `work`, `money`.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Key of its scale.
    pub scale: String,
    /// How many years after the evaluated one its directions are for; `None` where nobody says.
    pub years_ahead: Option<u8>,
}

impl NextStepAxis {
    /// The year that its directions are for, as said in an evaluated year.
    #[must_use]
    pub fn year(&self, evaluated: Option<FiscalYear>) -> Option<FiscalYear> {
        evaluated?.plus(i32::from(self.years_ahead?))
    }
}

impl Scale {
    /// A value or state by its print.
    #[must_use]
    pub fn value(&self, printed: &str) -> Option<&ScaleValue> {
        let all = self.values.iter().chain(&self.states);
        all.into_iter().find(|value| value.value == printed)
    }

    /// Its place from the best (0); `None` for states and unknown values.
    #[must_use]
    pub fn place(&self, printed: &str) -> Option<usize> {
        let order = self.order();
        order.best_first.iter().position(|value| value == printed)
    }

    /// Is the value one of the states outside the order?
    #[must_use]
    pub fn is_state(&self, printed: &str) -> bool {
        self.states.iter().any(|state| state.value == printed)
    }

    /// Its values from the best to the worst, and its states.
    #[must_use]
    pub fn order(&self) -> Order {
        let own = |value: &ScaleValue| value.value.clone();
        let best_first = match self.best {
            BestEnd::First | BestEnd::None => self.values.iter().map(own).collect(),
            BestEnd::Last => self.values.iter().rev().map(own).collect(),
        };
        Order {
            best_first,
            outside: self.states.iter().map(own).collect(),
        }
    }

    /// Its values with their points.
    #[must_use]
    pub fn points(&self) -> Vec<(String, Decimal)> {
        let all = self.values.iter().chain(&self.states);
        all.filter_map(|v| Some((v.value.clone(), v.points?)))
            .collect()
    }
}
