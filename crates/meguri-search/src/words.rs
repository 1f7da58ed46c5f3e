//! Words of daily life and the words of administration that papers use for them.
//!
//! A list is a plain text, a line for each saying, in either of two forms:
//!
//! ```text
//! ゴミ袋、ごみ袋 → 指定収集袋、廃棄物
//! 子ども ＝ 子供 ＝ こども
//! ```
//!
//! The first says: who types a word on the left also means those on the right; words after a 「；」
//! are wider ones, for where there are none of those before it. The second says:
//! these are one word in several spellings, also within longer words. One list is bundled; a city
//! can add its own.

mod parse;

pub use parse::WordFault;

use crate::normal::normal;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest word of a list, in characters.
pub const LONGEST_WORD: usize = 40;

/// The bundled sayings, by subject.
const BUNDLED: [&str; 4] = [
    include_str!("../data/words-people.txt"),
    include_str!("../data/words-town.txt"),
    include_str!("../data/words-office.txt"),
    include_str!("../data/spellings.txt"),
];

/// A list of sayings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordList {
    /// What is also meant, by the normal form of what is typed, in the order of the list.
    meant: HashMap<String, Vec<Meant>>,
    /// Spellings of one word, in normal form.
    same: Vec<Vec<String>>,
    /// Where in `same` a spelling stands.
    same_at: HashMap<String, usize>,
}

/// A word that is also meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meant {
    /// As spelt in the list.
    pub(crate) word: String,
    /// 0 for what is meant itself, and more for wider words.
    pub(crate) width: usize,
}

impl WordList {
    /// The list that comes with the program.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static LIST: LazyLock<WordList> = LazyLock::new(|| {
            // A test sees that there are no faults.
            let (list, _) = parse::read(&BUNDLED.join("\n"));
            list
        });
        &LIST
    }

    /// A list as written.
    ///
    /// # Errors
    /// All lines that cannot be understood.
    pub fn parse(text: &str) -> Result<Self, Vec<WordFault>> {
        let (list, faults) = parse::read(text);
        if faults.is_empty() {
            Ok(list)
        } else {
            Err(faults)
        }
    }

    /// How many words it has on a left side, or as a spelling.
    #[must_use]
    pub fn len(&self) -> usize {
        self.meant.len() + self.same_at.len()
    }

    /// Does it say nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What else somebody means who types a word (in normal form).
    pub(crate) fn meant(&self, word: &str) -> &[Meant] {
        self.meant.get(word).map_or(&[], Vec::as_slice)
    }

    /// All spellings of a word (in normal form), itself among them; none where it has only one.
    pub(crate) fn spellings(&self, word: &str) -> &[String] {
        let group = self.same_at.get(word).and_then(|at| self.same.get(*at));
        group.map_or(&[], Vec::as_slice)
    }

    /// Does it know the word, on either side?
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.meant.contains_key(word) || self.same_at.contains_key(word)
    }

    /// Words that begin with a text and mean something else, shortest first.
    pub(crate) fn beginning_with(&self, text: &str) -> Vec<&str> {
        let words = self.meant.keys().filter(|word| word.starts_with(text));
        let mut words: Vec<&str> = words.map(String::as_str).collect();
        words.sort_by_key(|word| (word.chars().count(), *word));
        words
    }

    fn add_meant(&mut self, word: &str, meant: &[&str], width: usize) {
        let list = self.meant.entry(normal(word)).or_default();
        for other in meant {
            if normal(other) != normal(word) && !list.iter().any(|held| held.word == *other) {
                let word = (*other).to_owned();
                list.push(Meant { word, width });
            }
        }
    }

    fn add_same(&mut self, spellings: &[&str]) {
        let mut group: Vec<String> = Vec::new();
        for spelling in spellings.iter().map(|spelling| normal(spelling)) {
            if !group.contains(&spelling) {
                group.push(spelling);
            }
        }
        // A word that only the normal form unites needs no line.
        if group.len() < 2 {
            return;
        }
        for spelling in &group {
            self.same_at.insert(spelling.clone(), self.same.len());
        }
        self.same.push(group);
    }
}

#[cfg(test)]
mod tests;
