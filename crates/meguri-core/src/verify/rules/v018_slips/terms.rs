//! The terms of all documents: what stands in 「…」, and the names of things.

use super::term_key;
use crate::evaluation::{Document, Sheet};
use crate::source::Sourced;
use crate::verify::finding::Place;
use crate::verify::rule::Subject;
use crate::verify::running_text::RunningText;
use std::collections::BTreeMap;

/// Terms of fewer or more characters are no names.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=40;

/// One term with the places where it stands.
pub(super) struct Term {
    /// As it is printed first.
    pub(super) printed: String,
    /// All its places.
    pub(super) places: Vec<Place>,
}

/// All terms by key.
pub(super) fn collect(subject: &Subject<'_>) -> BTreeMap<String, Term> {
    let mut terms = BTreeMap::new();
    for (document, running) in subject.running() {
        quoted(document, running, &mut terms);
    }
    for (document, sheet) in subject.sheets() {
        names(document, sheet, &mut terms);
    }
    terms
}

fn add(terms: &mut BTreeMap<String, Term>, printed: &str, place: Place) {
    let key = term_key(printed);
    if !LENGTHS.contains(&key.chars().count()) {
        return;
    }
    let new = || Term {
        printed: printed.to_owned(),
        places: Vec::new(),
    };
    terms.entry(key).or_insert_with(new).places.push(place);
}

/// What stands between 「 and 」 without another bracket or the end of a sentence.
fn quoted(document: &Document, running: &RunningText, terms: &mut BTreeMap<String, Term>) {
    for (open, bracket) in running.text.match_indices('「') {
        let start = open + bracket.len();
        let rest = running.text.get(start..).unwrap_or_default();
        let Some(length) = rest.find(['「', '」', '。']) else {
            continue;
        };
        let Some(term) = rest
            .get(..length)
            .filter(|_| rest[length..].starts_with('」'))
        else {
            continue;
        };
        let mark = running.printed(&document.lines, start, start + length);
        add(
            terms,
            term,
            Place::text(document, running.line_at(start), mark).field("名称"),
        );
    }
}

fn names(document: &Document, sheet: &Sheet, terms: &mut BTreeMap<String, Term>) {
    let mut name = |field: &str, name: &Sourced<String>| {
        let place = Place::sheet(document, sheet).field(field);
        add(terms, &name.value, place.at(name.line, name.value.clone()));
    };
    let node = sheet.node.and_then(|id| document.plan.node(id));
    node.and_then(|node| node.name.as_ref())
        .into_iter()
        .for_each(|n| name("名称", n));
    for indicator in &sheet.indicators {
        indicator.name.iter().for_each(|n| name("指標名", n));
    }
    for listing in &sheet.listings {
        listing.name.iter().for_each(|n| name("事業名", n));
        listing.sections.iter().for_each(|n| name("担当課", n));
    }
    sheet.sections.iter().for_each(|n| name("所管課", n));
}
