//! What ties a document to the others of its plan. It takes a look at all nodes or figures of all of
//! them, so that it is found once for each document of a picture, when it is asked for first.

use crate::web::data::{Entry, Library, Place, whole};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::NodeId;
use meguri_core::summary::compare::{node_changes, years};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The ties of one document.
#[derive(Debug, Default)]
pub(super) struct Ties {
    years: OnceLock<Vec<FiscalYear>>,
    /// By its sheets: the same sheet in other documents, as entry and number from 1.
    same: OnceLock<Vec<Vec<(usize, usize)>>>,
}

impl Library {
    /// The years of which a document tells something.
    #[must_use]
    pub fn years_told(&self, entry: &Entry) -> Vec<FiscalYear> {
        let found = || years(&whole::of(entry));
        self.ties_of(entry).map_or_else(found, |ties| ties.years.get_or_init(found).clone())
    }

    /// The sheets of the same node in the other current documents of the plan, in their order. The
    /// number of the sheet counts from 1.
    #[must_use]
    pub fn same_elsewhere(&self, entry: &Entry, number: usize) -> Vec<Place<'_>> {
        let found = || same(self, entry);
        let of_sheet = |same: &Vec<Vec<(usize, usize)>>| {
            let places = number.checked_sub(1).and_then(|place| same.get(place));
            places.into_iter().flatten().filter_map(|place| self.place(*place)).collect()
        };
        match self.ties_of(entry) {
            Some(ties) => of_sheet(ties.same.get_or_init(found)),
            None => of_sheet(&found()),
        }
    }

    /// The ties of an entry of this picture.
    fn ties_of(&self, entry: &Entry) -> Option<&Ties> {
        let place = self.all.iter().position(|known| std::ptr::eq(known, entry))?;
        self.ties.get(place)
    }
}

fn same(library: &Library, entry: &Entry) -> Vec<Vec<(usize, usize)>> {
    let own = whole::of(entry);
    let mut found = vec![Vec::new(); own.sheets.len()];
    for (place, other) in library.entries().iter().enumerate() {
        if other.document.plan.key != entry.document.plan.key || std::ptr::eq(other, entry) {
            continue;
        }
        let there = whole::of(other);
        let mut numbers: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (number, sheet) in (1..).zip(&there.sheets) {
            if let Some(node) = sheet.node {
                numbers.entry(node).or_insert(number);
            }
        }
        let changes = node_changes(there.plan, own.plan);
        let pairs = changes.iter().filter_map(|change| Some((change.after?, change.before?)));
        let before: BTreeMap<NodeId, NodeId> = pairs.collect();
        for (sheet, found) in own.sheets.iter().zip(&mut found) {
            let node = sheet.node.and_then(|node| before.get(&node));
            if let Some(number) = node.and_then(|node| numbers.get(node)) {
                found.push((place, *number));
            }
        }
    }
    found
}
