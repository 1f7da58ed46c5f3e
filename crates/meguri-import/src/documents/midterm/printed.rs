//! What an execution plan prints, as printed.

use crate::printed::{Amount, ByYear, Cell, Unread, Unresolved};
use meguri_core::fiscal_year::FiscalYear;
use serde::{Serialize, Serializer};

/// An execution plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MidtermReading {
    /// The themes in order.
    pub themes: Vec<MidtermTheme>,
    /// What could not be settled.
    pub unresolved: Vec<Unresolved>,
    /// What no part of the reading holds.
    pub unread: Vec<Unread>,
}

/// One theme (施策).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MidtermTheme {
    /// Its name.
    pub name: Option<Cell<String>>,
    /// 現状と課題.
    pub situation: Vec<Cell<String>>,
    /// 取組の方針・内容.
    pub approach: Vec<Cell<String>>,
    /// 到達目標.
    pub indicators: Vec<MidtermIndicator>,
    /// Notes under the table of targets, whole.
    pub footnotes: Vec<Cell<String>>,
    /// 主要事業の年次計画.
    pub projects: Vec<MidtermProject>,
}

/// One indicator with its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MidtermIndicator {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// Its unit.
    pub unit: Option<Cell<String>>,
    /// 基準値, without its marks.
    pub baseline: Option<Cell<String>>,
    /// The year that the head prints above 基準値. Not a part of the written reading.
    #[serde(skip)]
    pub baseline_year: Option<FiscalYear>,
    /// 目標値 by year, without their marks.
    pub target: ByYear<Cell<String>>,
    /// The years whose target bears a mark of revision.
    #[serde(serialize_with = "short_years")]
    pub revised: Vec<FiscalYear>,
    /// Notes that its marks point to.
    pub notes: Vec<Cell<String>>,
}

/// One main project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MidtermProject {
    /// Its name, without tags and sections.
    pub name: Option<Cell<String>>,
    /// 拡充分, 一部再掲 and the like.
    pub tags: Vec<Cell<String>>,
    /// 所管課.
    pub sections: Vec<Cell<String>>,
    /// `ほか` behind the sections.
    pub and_others: bool,
    /// The account, where it is not the general one.
    pub accounts_note: Option<Cell<String>>,
    /// 費用 in 千円 by year; `None` where the plan prints a dash.
    pub cost: ByYear<Cell<Amount>>,
    /// 概略 by year; empty where the text left the cell empty.
    pub summary: ByYear<Cell<String>>,
}

fn short_years<S: Serializer>(years: &[FiscalYear], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(years.iter().map(|year| year.short()))
}
