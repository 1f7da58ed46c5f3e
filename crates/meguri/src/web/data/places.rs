//! Addresses of pages, all of them. They are promises: an address goes by ids that survive
//! renaming, new documents and new years, and what was published keeps its own for ever.
//!
//! `/search` and `/compare` are taken for pages to come.

use crate::web::data::{Entry, Found};

/// Lines that a page of a source shows.
pub const LINES_A_PAGE: u32 = 100;

/// The page of a plan: that of its newest document, else the document's own.
#[must_use]
pub fn plan(entry: &Entry) -> String {
    if entry.leads { format!("/plans/{}", entry.key) } else { document(entry) }
}

/// The page of a document, of the version that the entry is.
#[must_use]
pub fn document(entry: &Entry) -> String {
    match &entry.published {
        Some(edition) if !edition.current => version(entry.id, edition.number),
        _ => current_document(entry.id),
    }
}

/// The page of what is in force of a document.
#[must_use]
pub fn current_document(id: i64) -> String {
    format!("/documents/{id}")
}

/// The page of a document as it was published under a number.
#[must_use]
pub fn version(id: i64, number: i64) -> String {
    format!("/documents/{id}/v{number}")
}

/// What changed between publications of a document.
#[must_use]
pub fn changes(id: i64) -> String {
    format!("/documents/{id}/changes")
}

/// The page of a sheet, by its number from 1 in the document.
#[must_use]
pub fn sheet(entry: &Entry, number: usize) -> String {
    let Some(sheet) = entry.sheet_id(number) else {
        return document(entry);
    };
    match sheet.edition {
        Some(edition) if !sheet.current => sheet_edition(sheet.id, edition),
        _ => current_sheet(sheet.id),
    }
}

/// The page of what is in force of a sheet.
#[must_use]
pub fn current_sheet(id: i64) -> String {
    format!("/sheets/{id}")
}

/// The page of a sheet as it was published, by the number of its own edition.
#[must_use]
pub fn sheet_edition(id: i64, edition: i64) -> String {
    format!("/sheets/{id}/v{edition}")
}

/// The page of one value of a sheet.
#[must_use]
pub fn value(entry: &Entry, number: usize, id: &str) -> String {
    format!("{}/values/{id}", sheet(entry, number))
}

/// A line of the source, on its page.
#[must_use]
pub fn line(entry: &Entry, line: u32) -> String {
    let from = line.saturating_sub(1) / LINES_A_PAGE * LINES_A_PAGE + 1;
    format!("{}?from={from}#L{line}", source(entry))
}

/// The beginning of a source.
#[must_use]
pub fn source(entry: &Entry) -> String {
    format!("{}/lines", document(entry))
}

/// The findings in a plan.
#[must_use]
pub fn findings_of(entry: &Entry) -> String {
    format!("/findings?plan={}", entry.key)
}

/// The list of projects.
pub const PROJECTS: &str = "/projects";

/// The list of indicators.
pub const INDICATORS: &str = "/indicators";

/// The list of sections.
pub const SECTIONS: &str = "/sections";

/// The page of a project, by its permanent id.
#[must_use]
pub fn project(id: i64) -> String {
    format!("{PROJECTS}/{id}")
}

/// The page of an indicator, by its permanent id.
#[must_use]
pub fn indicator(id: i64) -> String {
    format!("{INDICATORS}/{id}")
}

/// The page of a section, by its permanent id.
#[must_use]
pub fn section(id: i64) -> String {
    format!("{SECTIONS}/{id}")
}

/// The page of a rule.
#[must_use]
pub fn rule(code: &str) -> String {
    format!("/rules/{code}")
}

/// Where a finding is shown: its sheet, else its line; `None` where it points to neither.
#[must_use]
pub fn finding(entry: &Entry, finding: &Found) -> Option<String> {
    let label = finding.place.sheet.as_deref();
    let number = label.and_then(|label| entry.document.sheets().position(|s| s.label == label));
    match number {
        Some(number) => Some(sheet(entry, number + 1)),
        None => (finding.place.line > 0).then(|| line(entry, finding.place.line)),
    }
}
