//! The parts of an entry that are summed up: the only place that knows how an entry keeps them; and
//! its texts as pages have place for them.

use crate::read::Entry;
use crate::scheme_file;
use meguri_core::evaluation::Sheet;
use meguri_core::plan::{NodeId, Plan, PlanNode, Programme};
use meguri_core::scheme::{FieldKind, Phase, Required, Scheme, SheetField, Tag};
use meguri_core::source::Sourced;
use meguri_core::summary::{Whole, top_of};
use std::collections::BTreeSet;

/// The plan and the sheets of an entry.
#[must_use]
pub fn of(entry: &Entry) -> Whole<'_> {
    Whole {
        plan: &entry.document.plan,
        sheets: entry.document.sheets().collect(),
    }
}

/// The scheme of an entry.
#[must_use]
pub fn scheme(entry: &Entry) -> Option<&Scheme> {
    entry.scheme.as_deref()
}

/// The words of daily life of an entry: those of its scheme, else the usual ones.
#[must_use]
pub fn words(entry: &Entry) -> Vec<Tag> {
    let own = scheme(entry)
        .map(|scheme| scheme.written().tags.clone())
        .unwrap_or_default();
    if own.is_empty() {
        scheme_file::usual_words()
    } else {
        own
    }
}

/// A text as printed; empty where the paper has none.
#[must_use]
pub fn printed(text: Option<&Sourced<String>>) -> String {
    text.map_or_else(String::new, |text| text.value.clone())
}

/// Texts that say something, each once, in their order.
pub fn each_once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts
        .filter(|text| !text.is_empty() && seen.insert(text.clone()))
        .collect()
}

/// The number and name of a node, or words where the paper has neither.
#[must_use]
pub fn title(node: &PlanNode) -> String {
    match (printed(node.number.as_ref()), printed(node.name.as_ref())) {
        (number, name) if number.is_empty() && name.is_empty() => {
            "（番号・名称の記載なし）".to_owned()
        }
        (number, name) => format!("{number} {name}").trim().to_owned(),
    }
}

/// The number and name of a node by its place; nothing for a place of another plan.
#[must_use]
pub fn title_of(plan: &Plan, node: NodeId) -> String {
    plan.node(node).map_or_else(String::new, title)
}

/// The number and name of a node; where it has no name, its level before the number.
#[must_use]
pub fn title_with_level(entry: &Entry, whole: &Whole<'_>, node: NodeId) -> String {
    let title = title_of(whole.plan, node);
    match whole.plan.node(node).filter(|node| node.name.is_none()) {
        Some(node) => format!("{}{title}", entry.level_label(&node.level)),
        None => title,
    }
}

/// Has a document judgements, directions or a schedule, of which a matrix is made?
#[must_use]
pub fn has_matrix(whole: &Whole<'_>) -> bool {
    let judged = |sheet: &&Sheet| !sheet.judgements.is_empty();
    let directed = |sheet: &&Sheet| sheet.listings.iter().any(|l| !l.next_steps.is_empty());
    let scheduled =
        |programme: Option<&Programme>| programme.is_some_and(|p| !p.schedule.is_empty());
    whole
        .sheets
        .iter()
        .any(|sheet| judged(sheet) || directed(sheet))
        || whole
            .plan
            .nodes
            .iter()
            .any(|node| scheduled(node.programme.as_ref()))
}

/// Has a document any money?
#[must_use]
pub fn has_money(whole: &Whole<'_>) -> bool {
    whole.sheets.iter().any(|sheet| {
        sheet
            .listings
            .iter()
            .any(|listing| !listing.costs.is_empty())
    })
}

/// The topmost nodes that have sheets, in the order of the sheets.
#[must_use]
pub fn tops(whole: &Whole<'_>) -> Vec<Option<NodeId>> {
    let mut tops = Vec::new();
    for sheet in &whole.sheets {
        let top = top_of(whole.plan, sheet);
        if !tops.contains(&top) {
            tops.push(top);
        }
    }
    tops
}

/// The field that says in short what is planned: the last that every sheet must have.
#[must_use]
pub fn planned(scheme: Option<&Scheme>) -> Option<&SheetField> {
    let must = |field: &&SheetField| field.required == Required::Always;
    texts(scheme, Phase::Plan).filter(must).last()
}

/// The field that says in short what was done: the first of its phase.
#[must_use]
pub fn done(scheme: Option<&Scheme>) -> Option<&SheetField> {
    texts(scheme, Phase::Do).next()
}

fn texts(scheme: Option<&Scheme>, phase: Phase) -> impl Iterator<Item = &SheetField> {
    let fields = scheme.map_or(&[][..], |scheme| &scheme.written().fields);
    let is_text = |kind: &FieldKind| matches!(kind, FieldKind::Text | FieldKind::Paragraphs);
    fields
        .iter()
        .filter(move |field| field.phase == phase && is_text(&field.kind))
}

/// The text of a field, its latest year, cut after some characters.
#[must_use]
pub fn short(sheet: &Sheet, field: &str, most: usize) -> String {
    let of_field = sheet.texts.iter().filter(|text| text.field == field);
    let latest = of_field
        .filter(|text| text.paragraphs.is_some())
        .max_by_key(|text| text.year);
    let paragraphs = latest
        .and_then(|text| text.paragraphs.as_deref())
        .unwrap_or(&[]);
    let words: Vec<&str> = paragraphs.iter().map(|p| p.value.as_str()).collect();
    cut(&words.join("　"), most)
}

/// Characters of a name in a heading, a link or a cell.
pub const NAME: usize = 100;

/// A name as a heading, a link or a cell has place for it; the page of the value has all of it.
#[must_use]
pub fn name(text: &str) -> String {
    cut(text, NAME)
}

/// A text of at most some characters; a cut one says so.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
