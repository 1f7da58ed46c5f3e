//! Addresses of pages. They are stable: links from outside may be kept.

use crate::web::data::{Entry, Library};
use meguri_core::verify::Finding;

/// Lines that a page of a source shows.
pub const LINES_A_PAGE: u32 = 100;

/// The page of a plan.
#[must_use]
pub fn plan(entry: &Entry) -> String {
    format!("/plans/{}", entry.key)
}

/// The page of a sheet, by its number from 1.
#[must_use]
pub fn sheet(entry: &Entry, number: usize) -> String {
    format!("/plans/{}/sheets/{number}", entry.key)
}

/// The page of one value of a sheet.
#[must_use]
pub fn value(entry: &Entry, number: usize, id: &str) -> String {
    format!("/plans/{}/sheets/{number}/values/{id}", entry.key)
}

/// A line of the source, on its page.
#[must_use]
pub fn line(entry: &Entry, line: u32) -> String {
    let from = line.saturating_sub(1) / LINES_A_PAGE * LINES_A_PAGE + 1;
    format!("/sources/{}/lines?from={from}#L{line}", entry.key)
}

/// The beginning of a source.
#[must_use]
pub fn source(entry: &Entry) -> String {
    format!("/sources/{}/lines", entry.key)
}

/// The page of a rule.
#[must_use]
pub fn rule(code: &str) -> String {
    format!("/rules/{code}")
}

/// The number of the sheet that a finding is in, from 1.
#[must_use]
pub fn sheet_of_finding(entry: &Entry, finding: &Finding) -> Option<usize> {
    let label = finding.place.sheet.as_deref()?;
    let place = entry.document.sheets.iter().position(|sheet| sheet.label == label)?;
    Some(place + 1)
}

/// Where a finding is shown: its sheet, else its line; `None` where it points to neither.
#[must_use]
pub fn finding(library: &Library, finding: &Finding) -> Option<String> {
    let entry = library.named(&finding.place.document)?;
    match sheet_of_finding(entry, finding) {
        Some(number) => Some(sheet(entry, number)),
        None => (finding.place.line > 0).then(|| line(entry, finding.place.line)),
    }
}
