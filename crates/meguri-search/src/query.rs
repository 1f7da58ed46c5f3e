//! What a person asks for.

use crate::normal::normal;
use crate::words::WordList;
use std::sync::Arc;

/// The longest query that is read, in characters; the rest is left out.
pub const MOST_CHARS: usize = 300;
/// The most words of a query; the rest is left out.
pub const MOST_WORDS: usize = 12;
/// The most hits on a page.
pub const MOST_HITS: usize = 100;
/// How far one can leaf, in hits.
pub const MOST_FIRST: usize = 10_000;

/// A search.
///
/// The text is words between spaces of any width, all of which must be there, each in any spelling
/// or in the words that lists give for it. 「…」 or "…" is a phrase with spaces, exactly as typed, and
/// a word after a minus must not be there, exactly as typed. Anything else is literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What was typed; no text is an error, and an empty one finds all.
    pub text: String,
    /// What the hits must be.
    pub filters: Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to leave out at the beginning, at most [`MOST_FIRST`].
    pub first: usize,
    /// How many hits to give, at most [`MOST_HITS`].
    pub most: usize,
    /// The city's own list, beside the bundled one.
    pub words: Arc<WordList>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Filters::default(),
            sort: Sort::default(),
            first: 0,
            most: 20,
            words: Arc::default(),
        }
    }
}

/// Filters: of the values in one list any must fit, and every list that is not empty must.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// What they are.
    pub kinds: Vec<String>,
    /// The keys of plans.
    pub plans: Vec<String>,
    /// Fiscal years, by the calendar year in which they begin.
    pub years: Vec<u16>,
    /// Sections.
    pub sections: Vec<String>,
    /// States.
    pub states: Vec<String>,
    /// The least amount in yen; with it, entries without an amount do not fit.
    pub yen_from: Option<i64>,
    /// The greatest amount in yen; with it, entries without an amount do not fit.
    pub yen_to: Option<i64>,
}

/// The lists of values of [`Filters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Kinds,
    Plans,
    Years,
    Sections,
    States,
}

impl Filters {
    /// The lists that filter.
    pub(crate) fn lists(&self) -> impl Iterator<Item = List> + use<> {
        let lists = [
            (List::Kinds, self.kinds.is_empty()),
            (List::Plans, self.plans.is_empty()),
            (List::Years, self.years.is_empty()),
            (List::Sections, self.sections.is_empty()),
            (List::States, self.states.is_empty()),
        ];
        lists
            .into_iter()
            .filter(|(_, empty)| !empty)
            .map(|(list, _)| list)
    }

    /// The same without one list.
    pub(crate) fn without(&self, list: List) -> Self {
        let mut others = self.clone();
        match list {
            List::Kinds => others.kinds.clear(),
            List::Plans => others.plans.clear(),
            List::Years => others.years.clear(),
            List::Sections => others.sections.clear(),
            List::States => others.states.clear(),
        }
        others
    }
}

/// The order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// What fits best first, the newest year first among equals, then the order of addresses.
    #[default]
    Rank,
    /// The newest year first, what fits best first among equals.
    Newest,
}

/// A word that was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    /// In normal form.
    pub(crate) normal: String,
    /// As it was typed.
    pub(crate) spelt: String,
    /// Did it stand in quotes? Then it is looked for exactly.
    pub(crate) quoted: bool,
}

impl Typed {
    pub(crate) fn unquoted(text: &str) -> Self {
        Self {
            normal: normal(text),
            spelt: text.to_owned(),
            quoted: false,
        }
    }
}

/// The words of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Must be there.
    pub(crate) wanted: Vec<Typed>,
    /// Must not be there, in normal form.
    pub(crate) unwanted: Vec<String>,
    /// Was something left out?
    pub(crate) cut: bool,
}

impl Words {
    pub(crate) fn parse(text: &str) -> Self {
        let mut words = Self::default();
        let mut rest = text;
        if let Some((end, _)) = text.char_indices().nth(MOST_CHARS) {
            words.cut = true;
            rest = text.get(..end).unwrap_or_default();
        }
        while let Some(next) = next_word(rest) {
            rest = next.after;
            words.add(&next);
        }
        words
    }

    fn add(&mut self, next: &Next<'_>) {
        let full = self.wanted.len() + self.unwanted.len() >= MOST_WORDS;
        let word = normal(next.word);
        let held = if next.unwanted {
            self.unwanted.contains(&word)
        } else {
            self.wanted.iter().any(|held| held.normal == word)
        };
        if word.is_empty() || held {
            return;
        }
        if full {
            self.cut = true;
        } else if next.unwanted {
            self.unwanted.push(word);
        } else {
            self.wanted.push(Typed {
                normal: word,
                spelt: next.word.to_owned(),
                quoted: next.quoted,
            });
        }
    }
}

/// The same query with every word in quotes, so that it is looked for exactly as typed.
#[must_use]
pub fn exactly(text: &str) -> String {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(next) = next_word(rest) {
        rest = next.after;
        let minus = if next.unwanted { "-" } else { "" };
        let is_plain = next.unwanted && !next.quoted;
        words.push(match next.word {
            word if is_plain => format!("{minus}{word}"),
            word if word.contains(['"', '＂', '“', '”']) => format!("{minus}「{word}」"),
            word => format!("{minus}\"{word}\""),
        });
    }
    words.join(" ")
}

/// A word with what stands around it.
struct Next<'a> {
    word: &'a str,
    unwanted: bool,
    quoted: bool,
    after: &'a str,
}

/// The next word.
fn next_word(text: &str) -> Option<Next<'_>> {
    let text = text.trim_start();
    text.chars().next()?;
    let (unwanted, text) = match text.strip_prefix(['-', '－', '−']) {
        Some(rest) if rest.starts_with(|c: char| !c.is_whitespace()) => (true, rest),
        _ => (false, text),
    };
    if let Some((word, after)) = quoted(text) {
        let quoted = true;
        return Some(Next {
            word,
            unwanted,
            quoted,
            after,
        });
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    Some(Next {
        word,
        unwanted,
        quoted: false,
        after,
    })
}

/// The phrase in the quotes with which the text begins, and what comes after them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' | '＂' | '“' | '”' => ['"', '＂', '”', '“'],
        '「' => ['」'; 4],
        '『' => ['』'; 4],
        _ => return None,
    };
    text.get(open.len_utf8()..)?.split_once(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_exclusions_are_read_as_typed() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("", &[], &[]),
            ("　 \n", &[], &[]),
            ("子育て　支援", &["子育テ", "支援"], &[]),
            ("子育て 子育て コソダテ", &["子育テ", "コソダテ"], &[]),
            ("\"open data\" x", &["open data", "x"], &[]),
            ("「子育て 支援」窓口", &["子育テ支援", "窓口"], &[]),
            ("防災 -訓練", &["防災"], &["訓練"]),
            ("－「避難 所」 防災", &["防災"], &["避難所"]),
            ("2020-21", &["2020ー21"], &[]),
            ("-", &["ー"], &[]),
            ("- a", &["ー", "a"], &[]),
            ("\"", &["\""], &[]),
            ("\"\"", &[], &[]),
            ("「閉じない", &["「閉ジナイ"], &[]),
            ("<b>&amp;</b>", &["<b>&amp;</b>"], &[]),
            (
                "AND OR NOT * ? ~ title:x",
                &["and", "or", "not", "*", "?", "~", "title:x"],
                &[],
            ),
            ("\u{202e}\u{200b}", &[], &[]),
        ];
        for (text, wanted, unwanted) in cases {
            let words = Words::parse(text);
            let normals: Vec<&str> = words.wanted.iter().map(|w| w.normal.as_str()).collect();
            assert_eq!(normals, *wanted, "{text:?}");
            assert_eq!(words.unwanted, *unwanted, "{text:?}");
            assert!(!words.cut, "{text:?}");
        }
    }

    #[test]
    fn exactly_is_the_same_query_without_other_words() {
        for (text, want) in [
            ("ゴミ袋　収集 -夏", "\"ゴミ袋\" \"収集\" -夏"),
            ("「子育て 支援」 窓口", "\"子育て 支援\" \"窓口\""),
            ("5\"の管", "「5\"の管」"),
            ("-\"a b\"", "-\"a b\""),
            ("", ""),
        ] {
            let exact = exactly(text);
            assert_eq!(exact, want);
            let (one, other) = (Words::parse(text), Words::parse(&exact));
            let normals = |words: &Words| -> Vec<String> {
                words.wanted.iter().map(|w| w.normal.clone()).collect()
            };
            assert_eq!(
                (normals(&one), one.unwanted),
                (normals(&other), other.unwanted)
            );
            assert!(other.wanted.iter().all(|word| word.quoted));
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_said() {
        let long = "あ".repeat(10_000);
        let words = Words::parse(&long);
        assert_eq!(words.wanted.len(), 1);
        assert_eq!(words.wanted[0].normal, "ア".repeat(MOST_CHARS));
        assert!(words.cut);
        let many: String = (0..50).map(|n| format!("{n} ")).collect();
        let words = Words::parse(&many);
        assert_eq!(words.wanted.len(), MOST_WORDS);
        assert!(words.cut);
    }
}
