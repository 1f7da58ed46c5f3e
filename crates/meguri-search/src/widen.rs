//! From what was typed to what is looked for: each word with its spellings, its readings and the
//! words of administration for it, as far as the index holds them.
//!
//! What was typed always stands first and weighs most; a phrase in quotes stays as it is.

use crate::figures;
use crate::found::Widened;
use crate::grams::at_most;
use crate::normal::normal;
use crate::parts;
use crate::query::Typed;
use crate::readings;
use crate::schema::Fields;
use crate::spelling::spellings;
use crate::words::{Meant, WordList};
use std::cell::RefCell;
use std::collections::HashMap;
use tantivy::Searcher;

/// The most spellings of a word that are looked for.
const MOST_SPELLINGS: usize = 12;
/// The most spellings of a word of the list.
const MOST_OF_MEANT: usize = 3;
/// The most words that are looked for beside a typed one.
const MOST_MEANT: usize = 16;
/// The most words for one reading.
const MOST_READINGS: usize = 8;

/// A word that so many titles have is one of the papers themselves, and needs no other.
const OF_TITLES: u64 = 8;

/// How much a spelling weighs beside what was typed.
const SPELLING_WEIGHT: f32 = 0.95;
/// How much the first word weighs that the list gives for a typed one; further ones a little less.
const MEANT_WEIGHT: f32 = 0.7;
/// By how much less each further word weighs.
const MEANT_STEP: f32 = 0.02;
/// The least that a word of the list weighs.
const LEAST_WEIGHT: f32 = 0.4;
/// How much a word weighs of which a part was replaced.
const REPLACED_WEIGHT: f32 = 0.5;
/// How much the parts of a word weigh beside the whole.
const PARTS_WEIGHT: f32 = 0.5;

/// What is looked for in place of one typed word: any of these.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    pub(crate) alternatives: Vec<Alternative>,
    /// Must not be there for an entry to be found: it only ranks.
    pub(crate) soft: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Alternative {
    pub(crate) what: What,
    /// Beside what was typed, which weighs 1.
    pub(crate) weight: f32,
}

/// One thing to look for.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// A text in normal form.
    Text(String),
    /// All of several words.
    Parts(Vec<Group>),
    /// A fiscal year, by its calendar year.
    Year(u16),
    /// An amount in yen.
    Yen(i64),
}

impl Group {
    /// Exactly what was typed.
    pub(crate) fn literal(text: &str) -> Self {
        let mut group = Self::default();
        group.add(What::Text(text.to_owned()), 1.0);
        group
    }

    fn add(&mut self, what: What, weight: f32) {
        self.alternatives.push(Alternative { what, weight });
    }

    fn add_text(&mut self, text: String, weight: f32) -> bool {
        let held = |alternative: &Alternative| matches!(&alternative.what, What::Text(held) if *held == text);
        let is_new = !self.alternatives.iter().any(held);
        if is_new {
            self.add(What::Text(text), weight);
        }
        is_new
    }

    /// The runs of the typed word, which stands first.
    fn typed_runs(&self) -> f32 {
        match self.alternatives.first().map(|first| &first.what) {
            Some(What::Text(text)) => runs(text),
            _ => 1.0,
        }
    }

    /// Is it a fiscal year? Then it says when, not what.
    pub(crate) fn is_year(&self) -> bool {
        self.alternatives
            .iter()
            .any(|a| matches!(a.what, What::Year(_)))
    }

    /// Also all of several words.
    pub(crate) fn or_parts(mut self, parts: Vec<Self>) -> Self {
        self.add(What::Parts(parts), PARTS_WEIGHT);
        self
    }

    /// All texts that are looked for, to be marked where they stand.
    pub(crate) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for alternative in &self.alternatives {
            match &alternative.what {
                What::Text(text) => texts.push(text.clone()),
                What::Parts(groups) => texts.extend(groups.iter().flat_map(Self::texts)),
                What::Year(year) => texts.extend(figures::printed_year(*year)),
                What::Yen(yen) => texts.extend(figures::printed(*yen)),
            }
        }
        texts
    }
}

/// How many runs a word is looked up by: so much higher is the score of a longer word, which words of
/// administration mostly are.
fn runs(word: &str) -> f32 {
    word.chars().count().max(1).div_ceil(3) as f32
}

/// A typed word in its parts.
pub(crate) struct InParts {
    /// One for each part.
    pub(crate) groups: Vec<Group>,
    /// What is said of them.
    pub(crate) widened: Vec<Widened>,
    /// The parts as typed.
    pub(crate) words: Vec<String>,
}

/// Widens words over one state of the index.
pub(crate) struct Widener<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    /// The list of the city first.
    lists: [&'a WordList; 2],
    held: RefCell<HashMap<String, bool>>,
}

impl<'a> Widener<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: &'a Fields, city: &'a WordList) -> Self {
        Self {
            searcher,
            fields,
            lists: [city, WordList::bundled()],
            held: RefCell::default(),
        }
    }

    /// Is the word (in normal form) one that titles use?
    fn is_of_titles(&self, word: &str) -> bool {
        at_most(self.searcher, self.fields.head, word).is_ok_and(|count| count >= OF_TITLES)
    }

    /// Does the index hold a word (in normal form)? For longer ones: all of its runs.
    fn holds(&self, word: &str) -> bool {
        if let Some(held) = self.held.borrow().get(word) {
            return *held;
        }
        // An index that cannot be read says so when it is searched.
        let held = at_most(self.searcher, self.fields.body, word).is_ok_and(|count| count > 0);
        self.held.borrow_mut().insert(word.to_owned(), held);
        held
    }

    /// Does somebody know the word, whether the index holds it or not?
    fn knows(&self, word: &str) -> bool {
        readings::is_word(word) || self.lists.iter().any(|list| list.knows(word))
    }

    /// What is looked for in place of a typed word, and what is said of it.
    pub(crate) fn group(&self, typed: &Typed) -> (Group, Option<Widened>) {
        let mut group = Group::literal(&typed.normal);
        if typed.quoted {
            return (group, None);
        }
        if let Some(year) = figures::year(&typed.normal) {
            group.add(What::Year(year), 1.0);
            for form in figures::printed_year(year) {
                group.add_text(form, 1.0);
            }
            return (group, None);
        }
        if let Some(yen) = figures::amount(&typed.normal) {
            group.add(What::Yen(yen), 1.0);
            return (group, None);
        }
        let mut also = Vec::new();
        let forms = spellings(&typed.normal, &self.lists);
        let held = forms.iter().filter(|form| self.holds(form));
        for form in held.take(MOST_SPELLINGS) {
            group.add_text(form.clone(), SPELLING_WEIGHT);
        }
        let words = std::iter::once(&typed.normal).chain(&forms);
        if !words.clone().any(|word| self.is_of_titles(word)) {
            words.for_each(|word| self.add_meant(word, &mut group, &mut also));
        }
        if readings::is_kana(&typed.spelt) {
            self.add_readings(&typed.normal, &mut group, &mut also);
        }
        if also.is_empty() && !self.holds(&typed.normal) {
            self.add_replaced(&typed.normal, &mut group, &mut also);
        }
        let typed = typed.spelt.clone();
        let widened = (!also.is_empty()).then_some(Widened { typed, also });
        (group, widened)
    }

    /// What the lists give for a word; wider words only where the index holds none before them.
    fn add_meant(&self, word: &str, group: &mut Group, also: &mut Vec<String>) {
        let all = || self.lists.iter().flat_map(|list| list.meant(word));
        let widest = all().map(|meant| meant.width).max();
        for width in widest.map_or(0..0, |widest| 0..widest + 1) {
            let before = also.len();
            for Meant { word, .. } in all().filter(|meant| meant.width == width) {
                let weight = MEANT_STEP.mul_add(-(also.len() as f32), MEANT_WEIGHT);
                let weight = weight.max(LEAST_WEIGHT);
                if also.len() < MOST_MEANT && self.add_other(word, weight, group) {
                    also.push(word.clone());
                }
            }
            if also.len() > before {
                break;
            }
        }
    }

    /// Adds a word of a list, where the index holds it in some spelling.
    fn add_other(&self, other: &str, weight: f32, group: &mut Group) -> bool {
        let word = normal(other);
        let typed = group.typed_runs();
        let weight = weight * (typed / runs(&word).max(typed));
        let mut added = self.holds(&word) && group.add_text(word.clone(), weight);
        let forms = spellings(&word, &self.lists).into_iter();
        for form in forms.filter(|form| self.holds(form)).take(MOST_OF_MEANT) {
            added |= group.add_text(form, weight * SPELLING_WEIGHT);
        }
        added
    }

    /// Words that are read as the kana typed, and what the lists give for them.
    fn add_readings(&self, kana: &str, group: &mut Group, also: &mut Vec<String>) {
        let likely = |word: &str| self.holds(word) || self.knows(word);
        for word in readings::of(kana, MOST_READINGS, &likely) {
            if self.add_other(&word, MEANT_WEIGHT, group) {
                also.push(word.clone());
            }
            self.add_meant(&normal(&word), group, also);
        }
    }

    /// Parts of the word in the words of the lists: ゴミ処理 as 廃棄物処理.
    fn add_replaced(&self, word: &str, group: &mut Group, also: &mut Vec<String>) {
        let chars: Vec<char> = word.chars().collect();
        if chars.len() > crate::words::LONGEST_WORD {
            return;
        }
        for from in 0..chars.len() {
            for to in from + 2..=chars.len() {
                if to - from == chars.len() {
                    continue;
                }
                let slice = |part: std::ops::Range<usize>| -> String {
                    chars.get(part).unwrap_or_default().iter().collect()
                };
                let part = slice(from..to);
                for Meant { word: meant, .. } in
                    self.lists.iter().flat_map(|list| list.meant(&part))
                {
                    let head = slice(0..from);
                    let whole = format!("{head}{meant}{}", slice(to..chars.len()));
                    let held = self.holds(&normal(&whole));
                    if held
                        && also.len() < MOST_MEANT
                        && group.add_text(normal(&whole), REPLACED_WEIGHT)
                    {
                        also.push(whole);
                    }
                }
            }
        }
    }

    /// The longest known word within a typed one, widened; `None` where there is none.
    pub(crate) fn within(&self, typed: &Typed) -> Option<InParts> {
        let known = |word: &str| self.knows(word);
        let part = parts::within(&typed.spelt, &known).filter(|_| !typed.quoted)?;
        Some(self.of_parts(vec![part]))
    }

    /// The parts of a typed word, each widened; `None` where it has none.
    pub(crate) fn in_parts(&self, typed: &Typed) -> Option<InParts> {
        if typed.quoted {
            return None;
        }
        let known = |word: &str| self.knows(word);
        let held = |word: &str| self.holds(word);
        let parts = parts::of(&typed.spelt, &known, &held);
        let is_whole = parts.len() < 2 && parts.first().is_none_or(|part| *part == typed.spelt);
        (!is_whole).then(|| self.of_parts(parts))
    }

    fn of_parts(&self, parts: Vec<String>) -> InParts {
        let mut groups = Vec::new();
        let mut widened = Vec::new();
        for part in &parts {
            let (mut group, said) = self.group(&Typed::unquoted(part));
            group.soft = parts::is_soft(part);
            groups.push(group);
            widened.extend(said);
        }
        // Something must be asked for.
        if groups.iter().all(|group| group.soft) {
            groups.iter_mut().for_each(|group| group.soft = false);
        }
        InParts {
            groups,
            widened,
            words: parts,
        }
    }
}
