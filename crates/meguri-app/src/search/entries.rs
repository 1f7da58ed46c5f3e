//! What can be found in a picture: whatever has an address of its own, each with its texts.
//!
//! A text is found where it stands: on its sheet, or in its document. What is gathered from sheets
//! (a project, an indicator, a section, a branch of a plan) has only what names it, so that one
//! sentence is not found several times. Older versions are not in it: they are reached from the
//! current ones. Whatever gets a page with an address of its own gets its function here and its line
//! in [`entries`].

mod document;
mod figures;
mod sheet;
mod things;

use crate::read::{Entry, Found, Library};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::verify::RULES;
use meguri_search::Line;
use std::collections::BTreeSet;

/// The kind of a sheet.
pub const SHEET: &str = "評価シート";
/// The kind of a document of a plan.
pub const DOCUMENT: &str = "計画・文書";
/// The kind of a branch of a plan.
pub const BRANCH: &str = "分野";
/// The kind of a project.
pub const PROJECT: &str = "事業";
/// The kind of an indicator.
pub const INDICATOR: &str = "指標";
/// The kind of a section.
pub const SECTION: &str = "担当課";

/// How many percent of its score a project or an indicator gives up: where a word stands in the
/// title of a sheet and in names of its projects, the sheet comes first; a whole name still leads to
/// what has it.
const DISCOUNT: u8 = 20;

/// Everything that can be found in a picture, each address once.
pub fn entries(library: &Library) -> impl Iterator<Item = meguri_search::Entry> {
    let documents = library.entries().iter().map(document::of);
    let branches = library.plans().flat_map(document::branches);
    let sheets = library.entries().iter().flat_map(|entry| {
        // A sheet that another document shows now is found there.
        let current = |number: &usize| entry.sheet_id(*number).is_some_and(|sheet| sheet.current);
        let numbers = (1..=entry.document.sheets.len()).filter(current);
        numbers.filter_map(move |number| sheet::of(entry, number))
    });
    let mut seen = BTreeSet::new();
    let all = documents
        .chain(branches)
        .chain(sheets)
        .chain(things::all(library));
    all.filter(move |entry| seen.insert(entry.address.clone()))
}

fn plan_of(entry: &Entry) -> meguri_search::Plan {
    meguri_search::Plan {
        key: entry.key.clone(),
        label: entry.plan_name().to_owned(),
    }
}

/// Years as the index takes them.
fn calendar(years: impl IntoIterator<Item = FiscalYear>) -> Vec<u16> {
    years.into_iter().map(FiscalYear::calendar_year).collect()
}

/// A finding, with what the city says about it.
fn finding(found: &Found) -> Line {
    let title = RULES
        .iter()
        .find(|rule| rule.code == found.code)
        .map_or("", |rule| rule.title);
    let said = found.said.as_ref().map(|said| said.words());
    let printed = [&found.printed, &found.computed]
        .into_iter()
        .filter_map(|text| text.as_deref());
    let words = [found.code, title, &found.message]
        .into_iter()
        .chain(printed)
        .chain(said);
    line(
        "点検の指摘".to_owned(),
        words.collect::<Vec<_>>().join("　"),
    )
}

/// A direction of next year, as a state: a 「維持」 alone says little.
fn direction(step: &str) -> String {
    format!("来年度の動向：{step}")
}

fn line(label: String, text: String) -> Line {
    Line::new(label, text)
}
