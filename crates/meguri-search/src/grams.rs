//! How a text becomes findable at every place: its runs of one, two and three characters.
//!
//! A word of up to three characters is looked up as it is; a longer one is a phrase of runs of
//! three that cover it, the rarest ones that do. So only the runs of three need their positions,
//! and no dictionary decides what a word is.

use crate::schema::Grams;
use tantivy::query::{EmptyQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Searcher, TantivyError};

/// Stands between two texts of an entry; the normal form has none, so no run reaches over it.
pub(crate) const BORDER: char = '\u{1}';

/// Cuts a normal form into its runs of `size` characters, each at the place of its first.
#[derive(Debug, Clone)]
pub(crate) struct Runs {
    pub(crate) size: usize,
}

/// The runs of one text.
#[derive(Debug)]
pub(crate) struct RunStream<'a> {
    text: &'a str,
    size: usize,
    /// Where the next run begins, in bytes and in characters.
    at: usize,
    position: usize,
    token: Token,
}

impl Tokenizer for Runs {
    type TokenStream<'a> = RunStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunStream<'a> {
        RunStream {
            text,
            size: self.size,
            at: 0,
            position: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for RunStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(rest) = self.text.get(self.at..) else {
                return false;
            };
            let Some(first) = rest.chars().next() else {
                return false;
            };
            let (from, position) = (self.at, self.position);
            self.at += first.len_utf8();
            self.position += 1;
            if let Some(run) = run_at(rest, self.size) {
                self.token.text.clear();
                self.token.text.push_str(run);
                self.token.position = position;
                self.token.offset_from = from;
                self.token.offset_to = from + run.len();
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The first `size` characters, where there are so many before the next border.
fn run_at(text: &str, size: usize) -> Option<&str> {
    let mut left = size;
    let mut end = 0;
    for c in text.chars().take(size) {
        if c == BORDER {
            return None;
        }
        end += c.len_utf8();
        left -= 1;
    }
    if left == 0 { text.get(..end) } else { None }
}

/// The query for a word in normal form: the entries in which it stands, and no others.
pub(crate) fn word_query(
    searcher: &Searcher,
    grams: Grams,
    word: &str,
) -> Result<Box<dyn Query>, TantivyError> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    match starts.len() {
        0 => Ok(Box::new(EmptyQuery)),
        1 => Ok(term(grams.one, word)),
        2 => Ok(term(grams.two, word)),
        3 => Ok(term(grams.three, word)),
        _ => phrase(searcher, grams.three, word, &starts),
    }
}

/// How many entries hold a word in normal form, at most: of a longer word the rarest of its runs of
/// three is counted, wherever it stands. What was removed counts until parts are merged.
pub(crate) fn at_most(searcher: &Searcher, grams: Grams, word: &str) -> Result<u64, TantivyError> {
    let (field, size) = match word.chars().count() {
        0 => return Ok(0),
        1 => (grams.one, 1),
        2 => (grams.two, 2),
        _ => (grams.three, 3),
    };
    let mut least = u64::MAX;
    for (at, _) in word.char_indices() {
        let Some(run) = word.get(at..).and_then(|rest| run_at(rest, size)) else {
            break;
        };
        least = least.min(searcher.doc_freq(&Term::from_field_text(field, run))?);
        if least == 0 {
            break;
        }
    }
    Ok(least)
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, word),
        IndexRecordOption::WithFreqs,
    ))
}

fn phrase(
    searcher: &Searcher,
    field: Field,
    word: &str,
    starts: &[usize],
) -> Result<Box<dyn Query>, TantivyError> {
    let runs: Vec<Term> = starts
        .iter()
        .filter_map(|at| run_at(word.get(*at..)?, 3))
        .map(|run| Term::from_field_text(field, run))
        .collect();
    let mut costs = Vec::with_capacity(runs.len());
    for run in &runs {
        let entries = searcher.doc_freq(run)?;
        if entries == 0 {
            return Ok(Box::new(EmptyQuery));
        }
        costs.push(entries);
    }
    let terms: Vec<(usize, Term)> = cover(&costs)
        .into_iter()
        .filter_map(|at| Some((at, runs.get(at)?.clone())))
        .collect();
    if terms.len() < 2 {
        return Ok(Box::new(EmptyQuery));
    }
    Ok(Box::new(PhraseQuery::new_with_offset(terms)))
}

/// The cheapest choice of runs of three, the first and the last among them, that leaves no
/// character out: from one to the next are at most three steps.
fn cover(costs: &[u64]) -> Vec<usize> {
    // For each run the least cost of a choice that ends with it, and the run before it.
    let mut best: Vec<(u64, usize)> = Vec::with_capacity(costs.len());
    for (at, cost) in costs.iter().enumerate() {
        let before = (at.saturating_sub(3)..at).min_by_key(|from| best.get(*from).map(|b| b.0));
        let so_far = before.and_then(|from| best.get(from)).map_or(0, |b| b.0);
        best.push((so_far.saturating_add(*cost), before.unwrap_or(at)));
    }
    let mut chosen = Vec::new();
    let mut at = costs.len().saturating_sub(1);
    while let Some((_, before)) = best.get(at) {
        chosen.push(at);
        if *before == at {
            break;
        }
        at = *before;
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str, size: usize) -> Vec<(usize, String)> {
        let mut runs = Runs { size };
        let mut stream = runs.token_stream(text);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        seen
    }

    #[test]
    fn runs_stop_at_borders_and_keep_their_places() {
        let text = "市民\u{1}a道";
        let want = |list: &[(usize, &str)]| -> Vec<(usize, String)> {
            list.iter()
                .map(|(at, run)| (*at, (*run).to_owned()))
                .collect()
        };
        assert_eq!(
            runs(text, 1),
            want(&[(0, "市"), (1, "民"), (3, "a"), (4, "道")])
        );
        assert_eq!(runs(text, 2), want(&[(0, "市民"), (3, "a道")]));
        assert_eq!(runs(text, 3), []);
        assert_eq!(runs("", 2), []);
    }

    #[test]
    fn a_cover_has_both_ends_and_takes_the_rare_runs() {
        let cases: &[(&[u64], &[usize])] = &[
            (&[1, 1], &[0, 1]),
            (&[1, 9, 9, 1], &[0, 3]),
            (&[1, 9, 9, 9, 1], &[0, 1, 4]),
            (&[1, 9, 2, 9, 1], &[0, 2, 4]),
            (&[5, 5, 5, 5, 5, 5, 5], &[0, 3, 6]),
        ];
        for (costs, want) in cases {
            assert_eq!(cover(costs), *want, "{costs:?}");
        }
    }
}
