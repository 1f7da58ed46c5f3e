//! How the words of administration are read, so that one can search for them in kana.
//!
//! The words are data; a compound is read piece by piece (ほいく, えん). Whatever reading is taken
//! for a word is only tried where the index has that word.

use crate::normal::normal;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// Words with their readings in hiragana, a line each: the reading, a tab, the words by commas.
const WORDS: &str = include_str!("../data/readings.tsv");

/// The most pieces of a compound.
const MOST_PIECES: usize = 5;
/// The longest kana word that is read, in characters.
const LONGEST: usize = 30;

struct Readings {
    /// The words (as spelt) by reading, in normal form (katakana).
    by_reading: BTreeMap<String, Vec<&'static str>>,
    /// The words in normal form.
    words: HashSet<String>,
}

static READINGS: LazyLock<Readings> = LazyLock::new(|| {
    let mut by_reading: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let mut words = HashSet::new();
    let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
    for (reading, of_reading) in lines.filter_map(|line| line.split_once('\t')) {
        let list = by_reading.entry(normal(reading)).or_default();
        for word in of_reading.split(',') {
            list.push(word);
            words.insert(normal(word));
        }
    }
    Readings { by_reading, words }
});

/// Is it a word (in normal form) that has a reading?
pub(crate) fn is_word(word: &str) -> bool {
    READINGS.words.contains(word)
}

/// Is the text, as typed, one that can only be meant by its sound?
pub(crate) fn is_kana(typed: &str) -> bool {
    let mut letters = 0;
    for c in typed.chars() {
        match c {
            'ぁ'..='ゖ' => letters += 1,
            'ー' => {}
            _ => return false,
        }
    }
    (2..=LONGEST).contains(&letters)
}

/// Words that are read as a kana text (in normal form), at most so many; of compounds only those
/// whose beginning `exists`.
pub(crate) fn of(kana: &str, most: usize, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let whole = READINGS.by_reading.get(kana).into_iter().flatten();
    found.extend(
        whole
            .map(|word| (*word).to_owned())
            .filter(|w| exists(&normal(w))),
    );
    // Fewer pieces are the likelier reading.
    let mut begun: Vec<(String, usize)> = vec![(String::new(), 0)];
    for _ in 0..MOST_PIECES {
        let mut longer = Vec::new();
        for (word, at) in &begun {
            extend(kana, word, *at, exists, &mut longer);
        }
        longer.truncate(most * 4);
        found.extend(
            longer
                .iter()
                .filter(|(_, at)| *at == kana.len())
                .map(|(word, _)| word.clone()),
        );
        begun = longer
            .into_iter()
            .filter(|(_, at)| *at < kana.len())
            .collect();
        if found.len() >= most || begun.is_empty() {
            break;
        }
    }
    let mut seen = HashSet::new();
    found.retain(|word| seen.insert(normal(word)));
    found.truncate(most);
    found
}

/// Continues a word, of which the kana up to a place are read, by one piece.
fn extend(
    kana: &str,
    word: &str,
    at: usize,
    exists: &dyn Fn(&str) -> bool,
    longer: &mut Vec<(String, usize)>,
) {
    let rest = kana.get(at..).unwrap_or_default();
    let ends: Vec<usize> = rest
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    for end in ends.into_iter().rev() {
        let Some(pieces) = rest
            .get(..end)
            .and_then(|part| READINGS.by_reading.get(part))
        else {
            continue;
        };
        for piece in pieces {
            let next = format!("{word}{piece}");
            if exists(&normal(&next)) {
                longer.push((next, at + end));
            }
        }
    }
}

/// Words whose reading begins with a kana text (in normal form), those with the shortest reading
/// first, at most so many.
pub(crate) fn beginning_with(kana: &str, most: usize) -> Vec<&'static str> {
    let from = READINGS.by_reading.range(kana.to_owned()..);
    let of_text = from.take_while(|(reading, _)| reading.starts_with(kana));
    let mut found: Vec<(&String, &Vec<&'static str>)> = of_text.collect();
    found.sort_by_key(|(reading, _)| reading.chars().count());
    let words = found
        .into_iter()
        .flat_map(|(_, words)| words.iter().copied());
    words.take(most).collect()
}
