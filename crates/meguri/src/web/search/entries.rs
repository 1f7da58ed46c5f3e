//! What can be found in a picture: current documents and sheets, each with its texts.
//!
//! Older versions are not in it: they are reached from the current ones. Whatever gets a page with
//! an address of its own (a project, an indicator, a section) gets its function here and its line
//! in [`entries`].

use crate::web::data::{Entry, Library, places};
use meguri_core::evaluation::Sheet;
use meguri_core::plan::{Indicator, Listing, NodeId};
use meguri_core::source::Sourced;
use meguri_core::summary::money;
use meguri_search::Line;
use std::collections::BTreeSet;

/// The kind of a sheet.
pub const SHEET: &str = "評価シート";
/// The kind of a document of a plan.
pub const DOCUMENT: &str = "計画・文書";
/// All kinds, in the order in which they are offered.
pub const KINDS: [&str; 2] = [SHEET, DOCUMENT];

/// Everything that can be found in a picture, each address once.
pub fn entries(library: &Library) -> impl Iterator<Item = meguri_search::Entry> {
    let documents = library.entries().iter().map(of_document);
    let sheets = library.entries().iter().flat_map(|entry| {
        // A sheet that another document shows now is found there.
        let current = |number: &usize| entry.sheet_id(*number).is_some_and(|sheet| sheet.current);
        let numbers = (1..=entry.document.sheets.len()).filter(current);
        numbers.filter_map(move |number| of_sheet(entry, number))
    });
    let mut seen = BTreeSet::new();
    documents.chain(sheets).filter(move |entry| seen.insert(entry.address.clone()))
}

/// A document; the newest one stands for its plan.
fn of_document(entry: &Entry) -> meguri_search::Entry {
    let plan = &entry.document.plan;
    let name = entry.plan_name();
    let title = if entry.years().is_empty() {
        name.to_owned()
    } else {
        format!("{name}（{}）", entry.short_name())
    };
    let lines = plan.nodes.iter().filter_map(|node| {
        let name = node.name.as_ref()?.value.clone();
        Some(line(entry.level_label(&node.level), name))
    });
    meguri_search::Entry {
        address: places::plan(entry),
        kind: DOCUMENT.to_owned(),
        title,
        lines: lines.collect(),
        plan: Some(plan_of(entry)),
        year: entry.years().last().map(|year| year.calendar_year()),
        tags: vec![entry.kind.to_owned(), entry.document.name.clone()],
        ..meguri_search::Entry::default()
    }
}

/// A sheet by its number from 1.
fn of_sheet(entry: &Entry, number: usize) -> Option<meguri_search::Entry> {
    let sheet = entry.sheet(number)?;
    let mut lines = way(entry, sheet);
    lines.extend(texts(entry, sheet));
    lines.extend(sheet.indicators.iter().flat_map(of_indicator));
    lines.extend(sheet.listings.iter().flat_map(of_listing));
    let indicators = sheet.indicators.iter().filter(|one| one.name.is_some());
    let listings = sheet.listings.iter().filter(|one| one.name.is_some());
    let names = indicators.map(Indicator::label).chain(listings.map(Listing::label));
    Some(meguri_search::Entry {
        address: places::sheet(entry, number),
        kind: SHEET.to_owned(),
        title: sheet.label.clone(),
        names: once(names),
        lines,
        plan: Some(plan_of(entry)),
        year: sheet.year.map(|year| year.calendar_year()),
        sections: once(sheet.sections.iter().map(|section| section.value.clone())),
        states: states(entry, sheet),
        yen: cost(sheet),
        tags: tags(entry, sheet),
    })
}

fn plan_of(entry: &Entry) -> meguri_search::Plan {
    meguri_search::Plan { key: entry.key.clone(), label: entry.plan_name().to_owned() }
}

/// The nodes from the top down to the sheet's.
fn way(entry: &Entry, sheet: &Sheet) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut place: Option<NodeId> = sheet.node;
    while let Some(id) = place {
        let Some(node) = entry.document.plan.node(id) else {
            break;
        };
        if let Some(name) = &node.name {
            lines.push(line(entry.level_label(&node.level), name.value.clone()));
        }
        // A parent stands before its children, so that the way up ends.
        place = node.parent.filter(|parent| *parent < id);
    }
    lines.reverse();
    lines
}

/// Running texts by the labels of their fields, and the sections beside those in charge.
fn texts(entry: &Entry, sheet: &Sheet) -> Vec<Line> {
    let mut lines = Vec::new();
    for text in &sheet.texts {
        let label = entry.field_label(&text.field);
        let label = text.year.map_or_else(|| label.clone(), |year| format!("{label}（{year}）"));
        let paragraphs = text.paragraphs.iter().flatten();
        lines.extend(paragraphs.map(|text| line(label.clone(), text.value.clone())));
    }
    let related = sheet.related_sections.iter();
    lines.extend(related.map(|section| line("関連課".to_owned(), section.value.clone())));
    lines
}

fn of_indicator(indicator: &Indicator) -> Vec<Line> {
    let label = format!("指標「{}」", indicator.label());
    let reasons = indicator.revisions.iter().filter_map(|revision| revision.reason.as_ref());
    let each = indicator.notes.iter().chain(reasons).chain(&indicator.unit);
    each.map(|text| line(label.clone(), text.value.clone())).collect()
}

fn of_listing(listing: &Listing) -> Vec<Line> {
    let label = format!("事業「{}」", listing.label());
    let outlines = listing.outlines.iter().map(|(_, outline)| outline);
    let each = listing.sections.iter().chain(outlines);
    each.map(|text| line(label.clone(), text.value.clone())).collect()
}

/// Judgements and directions, each with what it is about: an 「A」 alone says little.
fn states(entry: &Entry, sheet: &Sheet) -> Vec<String> {
    let judgements = sheet.judgements.iter().map(|judgement| {
        format!("{}：{}", entry.field_label(&judgement.field), judgement.value.value)
    });
    let steps = sheet.listings.iter().flat_map(|listing| &listing.next_steps);
    let steps = steps.map(|(_, step)| format!("来年度の動向：{}", step.value));
    once(judgements.chain(steps))
}

/// The cost of the evaluated year, in yen.
fn cost(sheet: &Sheet) -> Option<i64> {
    let year = sheet.year?;
    Some(money::of_sheet(sheet).years.get(&year)?.value()?.yen)
}

/// Marks, codes and words of a schedule; and the kind of paper.
fn tags(entry: &Entry, sheet: &Sheet) -> Vec<String> {
    let text = |text: &Sourced<String>| text.value.clone();
    let listings = sheet.listings.iter();
    let of_rows = listings.flat_map(|listing| listing.tags.iter().chain(&listing.code).map(text));
    let node = sheet.node.and_then(|id| entry.document.plan.node(id));
    let number = node.and_then(|node| node.number.as_ref()).map(text);
    let programme = node.and_then(|node| node.programme.as_ref());
    let steps = programme.into_iter().flat_map(|programme| {
        let steps = programme.schedule.iter().map(|step| &step.word);
        programme.kind.iter().chain(steps).map(text)
    });
    once(number.into_iter().chain(of_rows).chain(steps).chain([entry.kind.to_owned()]))
}

fn line(label: String, text: String) -> Line {
    Line { label, text }
}

/// Each text once, in the order of the paper.
fn once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| !text.is_empty() && seen.insert(text.clone())).collect()
}
