//! What a programmes' progress report prints, as printed.

use crate::printed::{Cell, Unread, Unresolved};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A progress report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProgramsReading {
    /// The evaluated fiscal year.
    pub fiscal_year: Option<Cell<String>>,
    /// The summary table.
    pub summary: ProgramsSummary,
    /// The table of delayed programmes.
    pub delayed: Vec<DelayedProgram>,
    /// 方向性 in order.
    pub directions: Vec<ProgramDirection>,
    /// The programmes, 実施 then 検討.
    pub programs: Vec<Program>,
    /// The loose schedule labels of each page, in text order: their cells are lost.
    pub schedule_words: PageWords,
    /// What could not be settled.
    pub unresolved: Vec<Unresolved>,
    /// What no part of the reading holds.
    pub unread: Vec<Unread>,
}

/// Numbers of programmes by direction and grade.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProgramsSummary {
    /// One row a direction.
    pub rows: Vec<SummaryRow>,
    /// The total row.
    pub total: GradeCounts,
}

/// One row of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SummaryRow {
    /// Number of the direction.
    pub direction: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// How many programmes it has.
    pub programs: Option<Cell<u32>>,
    /// How many of each grade.
    #[serde(flatten)]
    pub grades: GradeCounts,
}

/// Numbers by grade, in the order of the table: `{"S": 0, "A": 6, "B": 0}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradeCounts(pub Vec<(String, Option<Cell<u32>>)>);

impl Serialize for GradeCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (grade, count) in &self.0 {
            map.serialize_entry(grade, count)?;
        }
        map.end()
    }
}

/// A delayed programme: why, and what is done about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DelayedProgram {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// 取組内容・要因.
    pub causes: Vec<Cell<String>>,
    /// 今後の対応.
    pub responses: Vec<Cell<String>>,
}

/// A direction (方向性).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProgramDirection {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
}

/// One programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Program {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// 実施 or 検討.
    pub kind: Option<Cell<String>>,
    /// Number of its direction.
    pub direction: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// 主な取組の方向性.
    pub orientation: Vec<Cell<String>>,
    /// 取組項目.
    pub items: Vec<Cell<String>>,
    /// 年度当初の予定.
    pub initial_plan: Vec<Cell<String>>,
    /// 実績.
    pub achievements: Vec<Cell<String>>,
    /// 課題等.
    pub issues: Vec<Cell<String>>,
    /// S, A or B; none for 検討.
    pub grade: Option<Cell<String>>,
}

/// Words by page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageWords(pub Vec<(String, Vec<Cell<String>>)>);

impl Serialize for PageWords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (page, words) in &self.0 {
            map.serialize_entry(page, words)?;
        }
        map.end()
    }
}
