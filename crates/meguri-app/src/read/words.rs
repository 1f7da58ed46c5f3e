//! Words of daily life: the sheets of all plans that a resident means by one.

use crate::read::{Library, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::summary::words::nodes_of;
use std::collections::BTreeSet;

/// A word with what it leads to.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub word: String,
    /// Entries by their place, with places of sheets.
    pub sheets: Vec<(usize, BTreeSet<usize>)>,
}

/// All words that lead to a sheet, in the order of the schemes; one word of several plans is one.
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
            if sheets.is_empty() {
                continue;
            }
            match words.iter_mut().find(|word| word.word == tag.word) {
                Some(word) => word.sheets.push((place, sheets)),
                None => words.push(Word {
                    word: tag.word,
                    sheets: vec![(place, sheets)],
                }),
            }
        }
    }
    words
}
