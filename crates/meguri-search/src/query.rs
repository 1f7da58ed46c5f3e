//! What a person asks for.

use crate::normal::normal;

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
/// The text is words between spaces of any width, all of which must be there. 「…」 or "…" is a
/// phrase with spaces, and a word after a minus must not be there. Anything else is literal.
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
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Filters::default(),
            sort: Sort::default(),
            first: 0,
            most: 20,
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

/// The words of a query, in normal form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Must be there.
    pub(crate) wanted: Vec<String>,
    /// Must not be there.
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
        while let Some((word, unwanted, after)) = next_word(rest) {
            rest = after;
            words.add(normal(word), unwanted);
        }
        words
    }

    fn add(&mut self, word: String, unwanted: bool) {
        let full = self.wanted.len() + self.unwanted.len() >= MOST_WORDS;
        let list = if unwanted {
            &mut self.unwanted
        } else {
            &mut self.wanted
        };
        if word.is_empty() || list.contains(&word) {
            return;
        }
        if full {
            self.cut = true;
        } else {
            list.push(word);
        }
    }
}

/// The next word, whether it is unwanted, and what comes after it.
fn next_word(text: &str) -> Option<(&str, bool, &str)> {
    let text = text.trim_start();
    text.chars().next()?;
    let (unwanted, text) = match text.strip_prefix(['-', '－', '−']) {
        Some(rest) if rest.starts_with(|c: char| !c.is_whitespace()) => (true, rest),
        _ => (false, text),
    };
    if let Some((phrase, after)) = quoted(text) {
        return Some((phrase, unwanted, after));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    Some((word, unwanted, after))
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
            assert_eq!(words.wanted, *wanted, "{text:?}");
            assert_eq!(words.unwanted, *unwanted, "{text:?}");
            assert!(!words.cut, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_said() {
        let long = "あ".repeat(10_000);
        let words = Words::parse(&long);
        assert_eq!(words.wanted, ["ア".repeat(MOST_CHARS)]);
        assert!(words.cut);
        let many: String = (0..50).map(|n| format!("{n} ")).collect();
        let words = Words::parse(&many);
        assert_eq!(words.wanted.len(), MOST_WORDS);
        assert!(words.cut);
    }
}
