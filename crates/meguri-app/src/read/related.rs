//! What relates a document to the others of its plan. It takes a look at all nodes or figures of all of
//! them, so that it is found once for each document of a picture: before the public sees it
//! ([`Library::warm_up`]), else when it is asked for first.

use crate::read::{Entry, Library, Place, whole};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::NodeId;
use meguri_core::summary::compare::{NodeKeys, node_pairs, years};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What is related to one document.
#[derive(Debug, Default)]
pub(super) struct Related {
    years: OnceLock<Vec<FiscalYear>>,
    /// What its nodes are recognised by.
    keys: OnceLock<NodeKeys>,
    /// By its sheets: the same sheet in other documents, as entry and number from 1.
    same: OnceLock<Vec<Vec<(usize, usize)>>>,
}

impl Library {
    /// Finds what is related to the current documents, and what their projects tell of, so that no request
    /// waits for it.
    pub fn warm_up(&self) {
        for (entry, related) in self.entries().iter().zip(&self.related) {
            related.years.get_or_init(|| years(&whole::of(entry)));
            related.same.get_or_init(|| same(self, entry));
        }
        let _ = (self.project_facets(), self.notable());
    }

    /// The years of which a document tells something.
    #[must_use]
    pub fn years_told(&self, entry: &Entry) -> Vec<FiscalYear> {
        let found = || years(&whole::of(entry));
        self.related_of(entry)
            .map_or_else(found, |related| related.years.get_or_init(found).clone())
    }

    /// The sheets of the same node in the other current documents of the plan, in their order. The
    /// number of the sheet counts from 1.
    #[must_use]
    pub fn same_elsewhere(&self, entry: &Entry, number: usize) -> Vec<Place<'_>> {
        let found = || same(self, entry);
        let of_sheet = |same: &Vec<Vec<(usize, usize)>>| {
            let places = number.checked_sub(1).and_then(|place| same.get(place));
            places
                .into_iter()
                .flatten()
                .filter_map(|place| self.place(*place))
                .collect()
        };
        match self.related_of(entry) {
            Some(related) => of_sheet(related.same.get_or_init(found)),
            None => of_sheet(&found()),
        }
    }

    /// The year before the latest one of a document, and the latest: what a link compares by itself.
    #[must_use]
    pub fn latest_years(&self, entry: &Entry) -> Option<(FiscalYear, FiscalYear)> {
        let mut years: Vec<FiscalYear> = self
            .entries()
            .iter()
            .filter(|other| other.document.plan.key == entry.document.plan.key)
            .flat_map(|other| self.years_told(other))
            .collect();
        years.sort_unstable();
        years.dedup();
        let own = entry.years().last().copied();
        let to = own.or(years.last().copied())?;
        let from = years.iter().rev().find(|year| **year < to)?;
        Some((*from, to))
    }

    /// The ties of an entry of this picture.
    fn related_of(&self, entry: &Entry) -> Option<&Related> {
        let place = self
            .all
            .iter()
            .position(|known| std::ptr::eq(known, entry))?;
        self.related.get(place)
    }
}

fn same(library: &Library, entry: &Entry) -> Vec<Vec<(usize, usize)>> {
    let sheets = &entry.document.sheets;
    let mut found = vec![Vec::new(); sheets.len()];
    let made;
    let own = match library.related_of(entry) {
        Some(related) => keys(related, entry),
        None => {
            made = NodeKeys::of(&entry.document.plan);
            &made
        }
    };
    for (place, (other, related)) in library.entries().iter().zip(&library.related).enumerate() {
        if other.document.plan.key != entry.document.plan.key || std::ptr::eq(other, entry) {
            continue;
        }
        let mut numbers: HashMap<NodeId, usize> = HashMap::new();
        for (number, sheet) in (1..).zip(other.document.sheets()) {
            if let Some(node) = sheet.node {
                numbers.entry(node).or_insert(number);
            }
        }
        let pairs = node_pairs(keys(related, other), own);
        let before: HashMap<usize, usize> = pairs.map(|(own, (there, _))| (own, there)).collect();
        for (sheet, found) in sheets.iter().zip(&mut found) {
            let node = sheet.node.and_then(|node| before.get(&node.0));
            if let Some(number) = node.and_then(|node| numbers.get(&NodeId(*node))) {
                found.push((place, *number));
            }
        }
    }
    found
}

fn keys<'a>(related: &'a Related, entry: &Entry) -> &'a NodeKeys {
    related
        .keys
        .get_or_init(|| NodeKeys::of(&entry.document.plan))
}
