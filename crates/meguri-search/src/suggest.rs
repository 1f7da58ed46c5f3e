//! Suggestions while one types: titles, names and sections that hold what was typed.

use crate::error::Result;
use crate::grams::{BORDER, word_query};
use crate::index::Index;
use crate::normal::normal;
use crate::query::MOST_CHARS;
use crate::schema::column;
use crate::snapshot::Snapshot;
use std::collections::HashMap;
use tantivy::query::EnableScoring;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, Searcher, TERMINATED, TantivyError};

/// The most suggestions.
pub(crate) const MOST_SUGGESTIONS: usize = 20;
/// The most names that are read for one letter.
const MOST_NAMES: usize = 4_000;
/// The most entries that are read for names that hold the text further within.
const MOST_ENTRIES: usize = 20_000;
/// The most sections that are read.
const MOST_SECTIONS: usize = 4_000;

type Read<T> = std::result::Result<T, TantivyError>;

/// A name that could be suggested.
#[derive(Debug, Default)]
struct Candidate {
    /// The spelling, and the field with the word by which its entries are found.
    spelt: String,
    key: String,
    of_section: bool,
    entries: u64,
}

/// Candidates by their normal form.
type Candidates = HashMap<String, Candidate>;

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
    /// [`normal`] folds; those that begin with it first, frequent ones before rare ones.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, text: &str, most: usize) -> Result<Vec<String>> {
        let most = most.min(MOST_SUGGESTIONS);
        let text: String = text.chars().take(MOST_CHARS).collect();
        let text = normal(&text);
        if text.is_empty() || most == 0 {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let mut candidates = Candidates::new();
        self.names_beginning(searcher, &text, &mut candidates)?;
        sections_with(searcher, self.fields().section, &text, &mut candidates)?;
        if candidates.len() < most {
            self.names_holding(searcher, &text, &mut candidates)?;
        }
        Ok(self.best(searcher, &text, candidates, most)?)
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
                let entries = u64::from(names.value().doc_freq);
                note_name(candidates, names.key(), entries);
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
            let Some(names) = segment.fast_fields().str(column::NAME)? else { continue };
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
            counts.sort_unstable_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
            let mut name = Vec::new();
            for (ord, count) in counts.into_iter().take(MOST_NAMES) {
                name.clear();
                names.dictionary().ord_to_term(ord, &mut name)?;
                if holds(&name, text) {
                    note_name(candidates, &name, count);
                }
            }
        }
        Ok(())
    }

    /// The best candidates that a living entry still has.
    fn best(
        &self,
        searcher: &Searcher,
        text: &str,
        candidates: Candidates,
        most: usize,
    ) -> Read<Vec<String>> {
        let mut candidates: Vec<(String, Candidate)> = candidates.into_iter().collect();
        candidates.sort_by(|(left_normal, left), (right_normal, right)| {
            let key = |normal: &String, candidate: &Candidate| {
                (!normal.starts_with(text), std::cmp::Reverse(candidate.entries), normal.len())
            };
            let (left_key, right_key) = (key(left_normal, left), key(right_normal, right));
            left_key.cmp(&right_key).then_with(|| left_normal.cmp(right_normal))
        });
        let mut best = Vec::new();
        for (_, candidate) in candidates {
            let fields = self.fields();
            let field = if candidate.of_section { fields.section } else { fields.name };
            if best.len() == most {
                break;
            }
            if lives(searcher, field, &candidate.key)? {
                best.push(candidate.spelt);
            }
        }
        Ok(best)
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
            let Ok(section) = std::str::from_utf8(sections.key()) else { continue };
            let normal = normal(section);
            if normal.contains(text) {
                let candidate = candidates.entry(normal).or_default();
                candidate.entries += u64::from(sections.value().doc_freq);
                if candidate.spelt.is_empty() {
                    section.clone_into(&mut candidate.spelt);
                    section.clone_into(&mut candidate.key);
                    candidate.of_section = true;
                }
            }
        }
    }
    Ok(())
}

fn holds(name: &[u8], text: &str) -> bool {
    let normal = name.split(|byte| *byte == BORDER as u8).next().unwrap_or_default();
    std::str::from_utf8(normal).is_ok_and(|normal| normal.contains(text))
}

/// Counts a name of the dictionary, which is its normal form and its spelling.
fn note_name(candidates: &mut Candidates, key: &[u8], entries: u64) {
    let Ok(key) = std::str::from_utf8(key) else { return };
    let Some((normal, spelt)) = key.split_once(BORDER) else { return };
    let candidate = candidates.entry(normal.to_owned()).or_default();
    if candidate.spelt.is_empty() {
        spelt.clone_into(&mut candidate.spelt);
        key.clone_into(&mut candidate.key);
    }
    candidate.entries += entries;
}

/// Is there an entry with this word? What was removed stays in the dictionary for a while.
fn lives(searcher: &Searcher, field: Field, key: &str) -> Read<bool> {
    let term = Term::from_field_text(field, key);
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let Some(mut entries) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while entries.doc() != TERMINATED {
            if !segment.is_deleted(entries.doc()) {
                return Ok(true);
            }
            entries.advance();
        }
    }
    Ok(false)
}
