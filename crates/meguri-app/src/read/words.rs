//! Words of daily life: the sheets, projects and indicators of all plans that a resident means by one.

use crate::read::{Library, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::links::Kind;
use meguri_core::summary::words::{Matcher, nodes_of};
use meguri_core::text::name_key;
use std::collections::BTreeSet;

/// A word with what it leads to.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub word: String,
    /// Entries by their place, with places of sheets.
    pub sheets: Vec<(usize, BTreeSet<usize>)>,
    /// Ids of projects: those that the sheets list, and those whose names mean it.
    pub projects: BTreeSet<i64>,
    /// Ids of indicators: those of the sheets, and those whose names mean it.
    pub indicators: BTreeSet<i64>,
    /// How the word is looked for in names, plan by plan.
    matchers: Vec<Matcher>,
}

impl Word {
    /// All that it leads to.
    #[must_use]
    pub fn count(&self) -> usize {
        let sheets: usize = self.sheets.iter().map(|(_, sheets)| sheets.len()).sum();
        sheets + self.projects.len() + self.indicators.len()
    }
}

/// All words that lead anywhere, in the order of the schemes; one word of several plans is one.
#[must_use]
pub fn all(library: &Library) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (place, entry) in library.entries().iter().enumerate() {
        let whole = whole::of(entry);
        for tag in whole::words(entry) {
            let nodes: BTreeSet<_> = nodes_of(whole.plan, &tag).into_iter().collect();
            let of_node = |sheet: &&Sheet| sheet.node.is_some_and(|node| nodes.contains(&node));
            let sheets = whole
                .sheets
                .iter()
                .enumerate()
                .filter(|(_, sheet)| of_node(sheet));
            let sheets: BTreeSet<usize> = sheets.map(|(index, _)| index).collect();
            let known = words.iter().position(|word| word.word == tag.word);
            let matcher = Matcher::new(&tag);
            let at = known.unwrap_or_else(|| {
                words.push(Word {
                    word: tag.word,
                    sheets: Vec::new(),
                    projects: BTreeSet::new(),
                    indicators: BTreeSet::new(),
                    matchers: Vec::new(),
                });
                words.len() - 1
            });
            if let Some(word) = words.get_mut(at) {
                word.matchers.push(matcher);
                if !sheets.is_empty() {
                    word.sheets.push((place, sheets));
                }
            }
        }
    }
    gather(library, &mut words);
    words.retain(|word| word.count() > 0);
    words
}

/// Adds the projects and indicators of each word.
fn gather(library: &Library, words: &mut [Word]) {
    for kind in [Kind::Project, Kind::Indicator] {
        for thing in library.linked().all(kind) {
            let key = name_key(thing.name());
            for word in &mut *words {
                let on_sheet = || {
                    thing.places.iter().any(|at| {
                        let of_entry = word.sheets.iter().find(|(entry, _)| *entry == at.entry);
                        of_entry.is_some_and(|(_, sheets)| sheets.contains(&(at.number - 1)))
                    })
                };
                let named = word.matchers.iter().any(|matcher| matcher.means_name(&key));
                if named || on_sheet() {
                    match kind {
                        Kind::Project => word.projects.insert(thing.id),
                        _ => word.indicators.insert(thing.id),
                    };
                }
            }
        }
    }
}
