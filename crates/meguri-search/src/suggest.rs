//! Suggestions while one types: titles, names and sections that hold what was typed.

use crate::error::Result;
use crate::grams::{BORDER, at_most, word_query};
use crate::index::Index;
use crate::normal::normal;
use crate::query::MOST_CHARS;
use crate::readings;
use crate::schema::column;
use crate::search::living_in;
use crate::snapshot::Snapshot;
use crate::spelling::spellings;
use crate::words::WordList;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use tantivy::query::EnableScoring;
use tantivy::schema::{Field, Term};
use tantivy::{DocSet, Searcher, TERMINATED, TantivyError};

/// The most suggestions.
pub(crate) const MOST_SUGGESTIONS: usize = 20;
/// The most names that are read for one letter.
const MOST_NAMES: usize = 4_000;
/// The most entries that are read for names that hold the text further within.
const MOST_ENTRIES: usize = 20_000;
/// The most words that are tried for a beginning.
const MOST_READ: usize = 30;
/// The most words that are looked for beside what was typed.
const MOST_MEANT: usize = 6;
/// The most sections that are read.
const MOST_SECTIONS: usize = 4_000;

type Read<T> = std::result::Result<T, TantivyError>;

/// Names that could be suggested, by their normal form: the spellings, with how many entries have
/// each. Only living entries count, so that neither the names nor their order tell of others.
type Candidates = HashMap<String, BTreeMap<String, u64>>;

impl Index {
    /// Suggests from what is there now, as [`Snapshot::suggest`].
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, text: &str, most: usize) -> Result<Vec<String>> {
        Snapshot::of(self).suggest(text, most)
    }
}

impl Snapshot {
    /// Titles, names and sections that begin with the text or hold it, in any spelling that
    /// [`normal`] folds; those that begin with it first, frequent ones before rare ones, then short
    /// ones before long ones. Of several spellings the most frequent one is given. Where they are
    /// too few, those follow that hold what else may be meant, such as words read as typed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, text: &str, most: usize) -> Result<Vec<String>> {
        let most = most.min(MOST_SUGGESTIONS);
        let text: String = text.chars().take(MOST_CHARS).collect();
        let text = text.trim().to_owned();
        let normal = normal(&text);
        if normal.is_empty() || most == 0 {
            return Ok(Vec::new());
        }
        let mut found = self.with(&normal, most)?;
        for word in self.meant(&text, &normal) {
            if found.len() >= most {
                break;
            }
            for name in self.with(&word, most - found.len())? {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        found.truncate(most);
        Ok(found)
    }

    /// Names that hold a text in normal form, the best first.
    fn with(&self, text: &str, most: usize) -> Result<Vec<String>> {
        let searcher = self.searcher();
        let mut candidates = Candidates::new();
        self.names_beginning(searcher, text, &mut candidates)?;
        sections_with(searcher, self.fields().section, text, &mut candidates)?;
        if candidates.len() < most {
            self.names_holding(searcher, text, &mut candidates)?;
        }
        Ok(best(text, candidates, most))
    }

    /// What else may be meant by a text, in normal form, as far as names hold it: other spellings,
    /// words whose reading begins with it, and the words of the bundled list.
    fn meant(&self, typed: &str, text: &str) -> Vec<String> {
        let list = WordList::bundled();
        let mut words = spellings(text, &[list]);
        words.extend(list.meant(text).iter().map(|meant| normal(&meant.word)));
        if readings::is_kana(typed) {
            let read = readings::beginning_with(text, MOST_READ).into_iter();
            words.extend(read.map(normal));
        }
        if text.chars().nth(1).is_some() {
            let begun = list.beginning_with(text).into_iter().take(MOST_READ);
            words.extend(
                begun
                    .flat_map(|word| list.meant(word))
                    .map(|meant| normal(&meant.word)),
            );
        }
        let held = |word: &String| {
            let count = at_most(self.searcher(), self.fields().head, word);
            count.is_ok_and(|count| count > 0)
        };
        let mut seen = HashSet::new();
        words.retain(|word| seen.insert(word.clone()) && held(word));
        words.truncate(MOST_MEANT);
        words
    }

    /// Names in the dictionary from the text on.
    fn names_beginning(
        &self,
        searcher: &Searcher,
        text: &str,
        candidates: &mut Candidates,
    ) -> Read<()> {
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(self.fields().name)?;
            let mut names = index.terms().range().ge(text.as_bytes()).into_stream()?;
            let mut left = MOST_NAMES;
            while left > 0 && names.advance() && names.key().starts_with(text.as_bytes()) {
                left -= 1;
                let Ok(name) = std::str::from_utf8(names.key()) else {
                    continue;
                };
                let term = Term::from_field_text(self.fields().name, name);
                let entries = living_in(segment, &term, u64::MAX)?;
                if let Some((normal, spelt)) = name.split_once(BORDER) {
                    note(candidates, normal, spelt, entries);
                }
            }
        }
        Ok(())
    }

    /// Names of entries in whose title or names the text stands.
    fn names_holding(
        &self,
        searcher: &Searcher,
        text: &str,
        candidates: &mut Candidates,
    ) -> Read<()> {
        let query = word_query(searcher, self.fields().head, text)?;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut left = MOST_ENTRIES;
        for segment in searcher.segment_readers() {
            let Some(names) = segment.fast_fields().str(column::NAME)? else {
                continue;
            };
            let mut counts: HashMap<u64, u64> = HashMap::new();
            let mut entries = weight.scorer(segment, 1.0)?;
            while left > 0 && entries.doc() != TERMINATED {
                if !segment.is_deleted(entries.doc()) {
                    for name in names.ords().values_for_doc(entries.doc()) {
                        *counts.entry(name).or_default() += 1;
                    }
                }
                left -= 1;
                entries.advance();
            }
            let mut counts: Vec<(u64, u64)> = counts.into_iter().collect();
            counts.sort_unstable_by_key(|(name, count)| (Reverse(*count), *name));
            let mut name = Vec::new();
            for (ord, count) in counts.into_iter().take(MOST_NAMES) {
                name.clear();
                names.dictionary().ord_to_term(ord, &mut name)?;
                let Ok(name) = std::str::from_utf8(&name) else {
                    continue;
                };
                let Some((normal, spelt)) = name.split_once(BORDER) else {
                    continue;
                };
                // Those that begin with it are counted already.
                if normal.contains(text) && !normal.starts_with(text) {
                    note(candidates, normal, spelt, count);
                }
            }
        }
        Ok(())
    }
}

/// Sections are few: all are read.
fn sections_with(
    searcher: &Searcher,
    field: Field,
    text: &str,
    candidates: &mut Candidates,
) -> Read<()> {
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut sections = index.terms().stream()?;
        let mut left = MOST_SECTIONS;
        while left > 0 && sections.advance() {
            left -= 1;
            let Ok(section) = std::str::from_utf8(sections.key()) else {
                continue;
            };
            let normal = normal(section);
            if normal.contains(text) {
                let entries = living_in(segment, &Term::from_field_text(field, section), u64::MAX)?;
                note(candidates, &normal, section, entries);
            }
        }
    }
    Ok(())
}

/// Counts a spelling of a name.
fn note(candidates: &mut Candidates, normal: &str, spelt: &str, entries: u64) {
    if entries > 0 {
        let spellings = candidates.entry(normal.to_owned()).or_default();
        *spellings.entry(spelt.to_owned()).or_default() += entries;
    }
}

/// The best candidates, each in its most frequent spelling.
fn best(text: &str, candidates: Candidates, most: usize) -> Vec<String> {
    let mut candidates: Vec<_> = candidates.into_iter().collect();
    candidates.sort_by_cached_key(|(normal, spellings)| {
        let entries: u64 = spellings.values().sum();
        (
            !normal.starts_with(text),
            Reverse(entries),
            normal.chars().count(),
            normal.clone(),
        )
    });
    let spelt = |(_, spellings): (String, BTreeMap<String, u64>)| {
        let best = spellings
            .into_iter()
            .max_by_key(|(spelt, count)| (*count, Reverse(spelt.clone())));
        best.map(|(spelt, _)| spelt)
    };
    candidates
        .into_iter()
        .take(most)
        .filter_map(spelt)
        .collect()
}
