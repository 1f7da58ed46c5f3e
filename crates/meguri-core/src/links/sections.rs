//! Sections: names as printed, joined where the city's list says that one was renamed.
//!
//! A section that was split or put together with another is not the same as what came of it: only
//! a successor that has no other predecessor, of a section that has no other successor, is.

use super::atoms::Atoms;
use super::{Decision, Facts, Group, Kind, Place};
use crate::plan::{Section, SectionRegister};
use crate::text::name_key;
use std::collections::BTreeMap;

/// The sections of the papers, joined.
pub(super) struct Sections {
    atoms: Atoms,
}

impl Sections {
    /// The group of a printed name.
    pub(super) fn group(&self, name: &str) -> Option<usize> {
        self.atoms.find(&key(name)).map(|at| self.atoms.root(at))
    }

    pub(super) fn into_groups(self) -> Vec<Group> {
        self.atoms.into_groups()
    }
}

fn key(name: &str) -> String {
    format!("section {}", name_key(name))
}

/// Joins the printed names of sections.
pub(super) fn link(facts: &Facts, register: &SectionRegister, decisions: &[&Decision]) -> Sections {
    let mut atoms = Atoms::new(Kind::Section);
    let mut add = |name: &String, place| {
        if !name.trim().is_empty() {
            atoms.add(facts, key(name), name, place);
        }
    };
    for (sheet, fact) in facts.sheets.iter().enumerate() {
        for name in fact.sections.iter().chain(&fact.related_sections) {
            add(name, Place { sheet, item: None });
        }
    }
    for listing in &facts.listings {
        for name in &listing.sections {
            add(
                name,
                Place {
                    sheet: listing.sheet,
                    item: Some(listing.item),
                },
            );
        }
    }
    atoms.decide(decisions);
    join_renamed(&mut atoms, register);
    Sections { atoms }
}

/// Joins names of the papers along the list; names in between need not stand in any paper.
fn join_renamed(atoms: &mut Atoms, register: &SectionRegister) {
    let mut predecessors: BTreeMap<&str, u32> = BTreeMap::new();
    for section in &register.sections {
        for successor in &section.successors {
            *predecessors.entry(successor).or_default() += 1;
        }
    }
    let by_key: BTreeMap<&str, &Section> = register
        .sections
        .iter()
        .map(|section| (section.key.as_str(), section))
        .collect();
    for section in &register.sections {
        let Some(first) = atoms.find(&key(&section.name)) else {
            continue;
        };
        let mut now = section;
        // A circle of successors ends the walk at the latest after all of them.
        for _ in 0..register.sections.len() {
            let [only] = now.successors.as_slice() else {
                break;
            };
            let sole = predecessors.get(only.as_str()) == Some(&1);
            let Some(next) = by_key.get(only.as_str()).filter(|_| sole) else {
                break;
            };
            if let Some(at) = atoms.find(&key(&next.name)) {
                atoms.join(first, at);
            }
            now = next;
        }
    }
}
