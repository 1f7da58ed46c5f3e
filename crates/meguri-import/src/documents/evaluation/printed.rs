//! What evaluation sheets print, as printed.

use crate::printed::{Amount, ByYear, Cell, Counts, Unread, Unresolved};
use serde::Serialize;

/// A document of evaluation sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EvaluationReading {
    /// The evaluated year, as printed: `令和4年度`.
    pub fiscal_year: Option<Cell<String>>,
    /// The sheets in the order of their pages.
    pub sheets: Vec<EvaluationSheet>,
    /// What could not be settled.
    pub unresolved: Vec<Unresolved>,
    /// What no part of the reading holds.
    pub unread: Vec<Unread>,
}

/// One sheet: a theme, or the management sheet outside the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvaluationSheet {
    /// `theme` or `management`.
    pub kind: SheetKind,
    /// Number of the theme.
    pub theme_no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// The basic goal above it, as printed: `Ⅱ`.
    pub basic_goal: Option<Cell<String>>,
    /// Number of the policy above it.
    pub policy_no: Option<Cell<u32>>,
    /// Pages of the execution plan, as printed: `31・32`.
    pub plan_pages: Option<Cell<String>>,
    /// 取組の方針・内容, one string an item.
    pub approach: Vec<Cell<String>>,
    /// 成果指標.
    pub indicators: Vec<EvaluationIndicator>,
    /// 成果.
    pub outcomes: Vec<Cell<String>>,
    /// 課題.
    pub issues: Vec<Cell<String>>,
    /// 目標達成度合い.
    pub attainment: Option<Cell<String>>,
    /// Its reason.
    pub reason: Option<Cell<String>>,
    /// 施策の方向性 or 今後の方向性.
    pub directions: Vec<Cell<String>>,
    /// 趣旨 (management sheet only).
    pub purpose: Option<Cell<String>>,
    /// 関連事務事業.
    pub projects: Vec<EvaluationProject>,
    /// How many ★ the sheet shows.
    pub stars: u32,
    /// Amounts in 千円 that the sheet prints but whose row the text no longer tells. Not a part of
    /// the written reading, where they are candidates of `unresolved`.
    #[serde(skip)]
    pub loose_costs: Vec<Cell<Amount>>,
    /// 合計 in 千円.
    pub total: Option<Cell<Amount>>,
    /// 事務事業の動向: number of projects by direction.
    pub trend_counts: Counts,
    /// A second table, such as that of a public enterprise.
    pub extra_projects: Vec<EvaluationProject>,
}

/// The two kinds of sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetKind {
    /// A theme (施策) of the plan.
    Theme,
    /// Projects of the management policy, outside the plan's tree.
    Management,
}

/// One indicator; every figure as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvaluationIndicator {
    /// Its number on the sheet.
    pub no: Option<Cell<u32>>,
    /// Its name.
    pub name: Option<Cell<String>>,
    /// Which of several indicators of one name.
    pub sub: Option<Cell<String>>,
    /// Its unit.
    pub unit: Option<Cell<String>>,
    /// 実績 of the 基準年度.
    pub baseline: Option<Cell<String>>,
    /// 目標 by year.
    pub target: ByYear<Cell<String>>,
    /// 実績 by year.
    pub actual: ByYear<Cell<String>>,
    /// 達成率 by year, with `%`.
    pub rate: ByYear<Cell<String>>,
    /// Footnotes that apply.
    pub notes: Vec<Cell<String>>,
}

/// One row of the list of projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvaluationProject {
    /// Number of the row.
    pub no: Option<Cell<u32>>,
    /// Name of the project, without 【再掲】.
    pub name: Option<Cell<String>>,
    /// 担当課.
    pub section: Option<Cell<String>>,
    /// 会計: 一般, 介護, 後期, 下水道.
    pub account: Option<Cell<String>>,
    /// 款.
    pub kan: Option<Cell<String>>,
    /// 項.
    pub kou: Option<Cell<String>>,
    /// 目.
    pub moku: Option<Cell<String>>,
    /// 事務事業コード.
    pub code: Option<Cell<String>>,
    /// 事業費 in 千円.
    pub cost: Option<Cell<Amount>>,
    /// 来年度の動向.
    pub trend: Option<Cell<String>>,
    /// 【再掲】.
    pub reposted: bool,
}
