//! What a strategy's progress list prints, as printed.

use crate::printed::{ByYear, Cell, Unread, Unresolved};
use serde::Serialize;

/// A progress list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StrategyReading {
    /// The last fiscal year that it tells of: of its title, else of its measures.
    pub fiscal_year: Option<Cell<String>>,
    /// 基本目標 in order.
    pub goals: Vec<StrategyGoal>,
    /// What could not be settled.
    pub unresolved: Vec<Unresolved>,
    /// What no part of the reading holds.
    pub unread: Vec<Unread>,
}

/// A basic goal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StrategyGoal {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// Its groups.
    pub groups: Vec<StrategyGroup>,
}

/// A group of measures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StrategyGroup {
    /// As printed: `①`.
    pub no: Option<Cell<String>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// Its measures.
    pub measures: Vec<StrategyMeasure>,
}

/// One measure (施策).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StrategyMeasure {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// 内容.
    pub content: Option<Cell<String>>,
    /// 所管課.
    pub sections: Vec<Cell<String>>,
    /// 関連課, printed in parentheses.
    pub related_sections: Vec<Cell<String>>,
    /// 進捗状況: 実施中, 実施済.
    pub status: Option<Cell<String>>,
    /// What was done, by year.
    pub progress: ByYear<Vec<Cell<String>>>,
}
