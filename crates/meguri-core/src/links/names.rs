//! How much two names are alike: the same however they are spelled ([`spelling_key`]), else by what
//! their keys have in common ([`name_key`]).

use crate::text::{name_key, spelling_key};

/// A name shorter than this many characters says too little to be found within another.
const WITHIN_LEAST: usize = 5;

/// A key without what stands in brackets: `（累計）`.
pub(super) fn without_brackets(key: &str) -> String {
    let mut depth = 0_u32;
    let mut bare = String::new();
    for c in key.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// A name prepared for being compared with many others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The name by its spelling.
    spelling: String,
    /// The name by its key.
    key: String,
    /// The same without what stands in brackets.
    bare: String,
    /// Pairs of neighbouring characters of the bare name, in order, each once.
    pairs: Vec<(char, char)>,
}

impl Shape {
    /// Of a name as printed, or of its key.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let spelling = spelling_key(name);
        let key = name_key(name);
        let bare = without_brackets(&key);
        let mut pairs: Vec<(char, char)> = bare.chars().zip(bare.chars().skip(1)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self {
            spelling,
            key,
            bare,
            pairs,
        }
    }

    /// The key under which all spellings of the name are one.
    #[must_use]
    pub fn spelling(&self) -> &str {
        &self.spelling
    }

    /// Does one name hold the other, brackets of the part aside?
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        let holds = |whole: &Self, part: &Self| {
            whole.key.contains(&part.bare) && part.bare.chars().count() >= WITHIN_LEAST
        };
        holds(self, other) || holds(other, self)
    }

    /// How much two names are alike, from 0 to 100: the share of pairs of neighbouring characters
    /// that both have (Dice), brackets aside; all for two spellings of one name.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> usize {
        if self.spelling == other.spelling && !self.pairs.is_empty() {
            return 100;
        }
        let all = self.pairs.len() + other.pairs.len();
        let (mut one, mut two) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut common = 0_usize;
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            let order = a.cmp(b);
            common += usize::from(order.is_eq());
            if order.is_le() {
                one.next();
            }
            if order.is_ge() {
                two.next();
            }
        }
        (200 * common).checked_div(all).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_of_what_stands_outside_brackets() {
        let cases = [
            ("移動支援事業", "移動支援事業（夜間）", 100),
            ("みどり推進", "みずべ整備", 0),
            ("", "", 0),
            ("あいう", "あいえ", 50),
        ];
        for (one, other, want) in cases {
            let (one, other) = (Shape::new(one), Shape::new(other));
            assert_eq!(one.likeness(&other), want, "{one:?} {other:?}");
            assert_eq!(other.likeness(&one), want, "{other:?} {one:?}");
        }
    }

    #[test]
    fn a_short_name_is_within_no_other() {
        let is_within = |one, other| Shape::new(one).is_within(&Shape::new(other));
        assert!(is_within("子育て相談事業の拡充", "子育て相談事業"));
        assert!(is_within(
            "支援体制整備（子育て相談事業）",
            "子育て相談事業"
        ));
        assert!(!is_within("相談事業の拡充", "相談"));
        assert!(!is_within("みどり", ""));
    }
}
