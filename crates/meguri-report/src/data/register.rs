//! The indexes of a book: where each project and each section stands.

use crate::report::Report;
use meguri_core::text::name_key;
use serde::Serialize;
use std::collections::BTreeMap;

/// One line of an index.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Code of a project; empty where it has none.
    pub code: String,
    /// The name.
    pub name: String,
    /// The places of the sheets that name it, in order.
    pub sheets: Vec<usize>,
}

/// All lines by what makes two names the same.
#[derive(Debug, Default)]
struct Lines(BTreeMap<(String, String), Line>);

impl Lines {
    fn add(&mut self, code: &str, name: &str, sheet: usize) {
        let key = (code.to_owned(), name_key(name));
        let line = self.0.entry(key).or_insert_with(|| Line {
            code: code.to_owned(),
            name: name.to_owned(),
            sheets: Vec::new(),
        });
        if line.sheets.last() != Some(&sheet) {
            line.sheets.push(sheet);
        }
    }

    fn sorted(self) -> Vec<Line> {
        self.0.into_values().collect()
    }
}

/// The projects by code, those without one by name behind them.
pub(super) fn projects(report: &Report<'_>) -> Vec<Line> {
    let mut lines = Lines::default();
    for (place, sheet) in report.sheets.iter().enumerate() {
        for row in &sheet.listings {
            if let Some(name) = &row.name {
                let code = row.code.as_ref().map_or("", |code| code.value.as_str());
                lines.add(code, &name.value, place);
            }
        }
    }
    let mut lines = lines.sorted();
    lines.sort_by_key(|line| line.code.is_empty());
    lines
}

/// The sections by name, with the sheets for which they answer and those that name them in a row.
pub(super) fn sections(report: &Report<'_>) -> Vec<Line> {
    let mut lines = Lines::default();
    for (place, sheet) in report.sheets.iter().enumerate() {
        let rows = sheet.listings.iter().flat_map(|row| &row.sections);
        let all = sheet.sections.iter().chain(&sheet.related_sections);
        for section in all.chain(rows) {
            lines.add("", &section.value, place);
        }
    }
    lines.sorted()
}
