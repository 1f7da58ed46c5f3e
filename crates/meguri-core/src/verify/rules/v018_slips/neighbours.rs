//! Terms that differ in one character, found without comparing each with each: two such terms share
//! what is left of them when one character is taken out.

use std::collections::BTreeMap;

/// Terms by what is left of them without one character.
pub(super) struct Neighbours<'a> {
    by_rest: BTreeMap<String, Vec<&'a str>>,
}

/// The rests of a term: itself, and itself without each of its characters.
fn rests(term: &str) -> impl Iterator<Item = String> {
    let whole = std::iter::once(term.to_owned());
    whole.chain(term.char_indices().map(|(at, c)| {
        let mut rest = String::with_capacity(term.len());
        rest.push_str(&term[..at]);
        rest.push_str(&term[at + c.len_utf8()..]);
        rest
    }))
}

impl<'a> Neighbours<'a> {
    pub(super) fn of(terms: impl Iterator<Item = &'a str>) -> Self {
        let mut by_rest: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
        for term in terms {
            for rest in rests(term) {
                by_rest.entry(rest).or_default().push(term);
            }
        }
        by_rest.retain(|_, terms| terms.len() > 1);
        Self { by_rest }
    }

    /// The terms that may differ from one in one character.
    pub(super) fn of_term<'s>(&'s self, term: &'s str) -> impl Iterator<Item = &'a str> + 's {
        rests(term)
            .filter_map(|rest| self.by_rest.get(&rest))
            .flatten()
            .copied()
            .filter(move |other| *other != term)
    }
}

/// Characters whose difference tells two things apart; one line each.
const APART: [&str; 10] = [
    "東西南北中",
    "男女子親",
    "上下左右前後",
    "大小高低長短",
    "新旧",
    "入出",
    "内外",
    "公私",
    "国都県市町村区",
    "春夏秋冬",
];

/// Do two terms differ in one character as a slip does?
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same_head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - same_head;
    let tails = a.iter().rev().zip(b.iter().rev());
    let same_tail = tails.take_while(|(x, y)| x == y).count().min(rest);
    let odd_a = &a[same_head..a.len() - same_tail];
    let odd_b = &b[same_head..b.len() - same_tail];
    match (odd_a, odd_b) {
        ([x], [y]) => !counts(*x) && !counts(*y) && !tell_apart(*x, *y),
        // At an end of a term, one character more makes another word.
        ([x], []) | ([], [x]) => !counts(*x) && same_head > 0 && same_tail > 0,
        _ => false,
    }
}

/// Figures, letters and marks count things or stand for layout.
fn counts(c: char) -> bool {
    !c.is_alphabetic() || c.is_ascii() || "一二三四五六七八九十百千元第初各両再".contains(c)
}

fn tell_apart(x: char, y: char) -> bool {
    APART
        .iter()
        .any(|group| group.contains(x) && group.contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_may_be_a_slip_or_another_thing() {
        let slips = [("みずほのの森", "みずほの森"), ("きやらばん", "きゃらばん")];
        for (one, other) in slips {
            assert!(is_slip(one, other) && is_slip(other, one), "{one} {other}");
        }
        let others = [
            ("第六期福祉計画", "第七期福祉計画"),
            ("東部公園", "西部公園"),
            ("令和4年度計画", "令和5年度計画"),
            ("市民相談事業", "市民相談事業課"),
            ("子育て支援課", "障害者支援課"),
        ];
        for (one, other) in others {
            assert!(!is_slip(one, other), "{one} {other}");
        }
    }

    #[test]
    fn neighbours_are_found_by_what_is_left() {
        let neighbours =
            Neighbours::of(["あいうえ", "あいいうえ", "あいおえ", "かきくけ"].into_iter());
        let mut found: Vec<&str> = neighbours.of_term("あいうえ").collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, ["あいいうえ", "あいおえ"]);
    }
}
