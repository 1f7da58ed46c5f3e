//! One sheet.

use super::Year;
use super::field::{self, PhaseData};
use super::indicator::{self, IndicatorData};
use super::project::{self, TableData};
use crate::report::Report;
use meguri_core::evaluation::Sheet;
use meguri_core::source::Sourced;
use meguri_core::summary::way_to;
use serde::Serialize;
use std::collections::BTreeMap;

/// One sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetData {
    /// By what other places of the paper lead to it.
    pub id: String,
    /// How it is called: `テーマ11 …`.
    pub label: String,
    /// The key of its level.
    pub level: String,
    /// The number of its node as printed.
    pub number: String,
    /// The name of its node.
    pub name: String,
    /// The evaluated year.
    pub year: Option<Year>,
    /// The nodes from the top down to its own.
    pub path: Vec<Step>,
    /// The places of these nodes in the plan.
    pub nodes: Vec<usize>,
    /// 所管課.
    pub sections: Vec<String>,
    /// 関連課.
    pub related: Vec<String>,
    /// Number of the sheet that it repeats (再掲).
    pub relisted_from: Option<u32>,
    /// 実施 or 検討, where it is a programme.
    pub programme: String,
    /// What a programme plans for which year.
    pub schedule: Vec<ScheduleData>,
    /// PLAN, DO, CHECK and ACTION with their fields, in the order of the scheme.
    pub phases: Vec<PhaseData>,
    /// The same fields by their keys.
    pub fields: BTreeMap<String, field::FieldData>,
    /// 指標.
    pub indicators: Vec<IndicatorData>,
    /// The tables of projects.
    pub tables: Vec<TableData>,
    /// Projects by direction, as the paper counts them.
    pub printed_counts: Vec<project::Count>,
    /// Projects by direction, counted from the rows.
    pub counts: Vec<project::Count>,
}

/// A node of the way to a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The word for its level.
    pub level: String,
    /// Its number as printed.
    pub number: String,
    /// Its name.
    pub name: String,
}

/// What is planned for a year.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleData {
    /// The year; nothing where the document lost it.
    pub year: Option<Year>,
    /// The word: 準備, 実施 …
    pub word: String,
}

/// A text as printed; empty where there is none.
#[must_use]
pub(crate) fn printed(text: Option<&Sourced<String>>) -> String {
    text.map_or_else(String::new, |text| text.value.clone())
}

/// Texts as printed.
pub(crate) fn each(texts: &[Sourced<String>]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// The data of a sheet by its place among those to print.
pub(super) fn of(report: &Report<'_>, place: usize) -> SheetData {
    let empty = Sheet::default();
    let sheet = report.sheets.get(place).copied().unwrap_or(&empty);
    let node = sheet.node.and_then(|id| report.plan.node(id));
    let way = sheet
        .node
        .filter(|_| node.is_some())
        .map(|id| way_to(report.plan, id))
        .unwrap_or_default();
    let programme = node.and_then(|node| node.programme.as_ref());
    let schedule = programme.map_or(&[][..], |programme| &programme.schedule);
    let phases = field::phases(report, sheet);
    let fields = phases.iter().flat_map(|phase| &phase.fields);
    let fields = fields.map(|field| (field.key.clone(), field.clone()));
    SheetData {
        id: format!("sheet-{}", place + 1),
        label: sheet.label.clone(),
        level: node.map_or_else(String::new, |node| node.level.clone()),
        number: printed(node.and_then(|node| node.number.as_ref())),
        name: printed(node.and_then(|node| node.name.as_ref())),
        year: sheet.year.map(Year::from),
        path: way.iter().filter_map(|id| step(report, *id)).collect(),
        nodes: way.iter().map(|id| id.0).collect(),
        sections: each(&sheet.sections),
        related: each(&sheet.related_sections),
        relisted_from: sheet.relisted_from.as_ref().map(|from| from.value),
        programme: printed(programme.and_then(|programme| programme.kind.as_ref())),
        schedule: schedule
            .iter()
            .map(|step| ScheduleData {
                year: step.year.map(Year::from),
                word: step.word.value.clone(),
            })
            .collect(),
        fields: fields.collect(),
        phases,
        indicators: indicator::all(report, sheet),
        tables: project::tables(report, place, sheet),
        printed_counts: project::printed_counts(report, sheet),
        counts: project::counts(report, sheet),
    }
}

fn step(report: &Report<'_>, id: meguri_core::plan::NodeId) -> Option<Step> {
    let node = report.plan.node(id)?;
    Some(Step {
        level: report.level_label(&node.level),
        number: printed(node.number.as_ref()),
        name: printed(node.name.as_ref()),
    })
}
