//! By what a value of a sheet is known, so that its address and its history outlive a row that is
//! inserted above it.
//!
//! Inside a sheet a value has a place: `indicator-3-actual-2024`, the third indicator. Its id has in
//! the stead of the number what the item is, in short: of an indicator its name, sub-name and unit, of
//! a project its code, without one its name. Items that are alike in all of that are told apart by
//! their order.

use meguri_core::evaluation::{ItemList, Sheet};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Hexadecimal digits of the short form of a key. A place never has as many digits.
const DIGITS: usize = 10;

/// The lists by the first word of a place.
const LISTS: [(&str, ItemList); 6] = [
    ("indicator", ItemList::Indicators),
    ("project", ItemList::Listings),
    ("text", ItemList::Texts),
    ("judgement", ItemList::Judgements),
    ("total", ItemList::Totals),
    ("count", ItemList::NextStepCounts),
];

/// A place taken apart: `indicator`, 3, `-actual-2024`.
struct Parts<'a> {
    word: &'static str,
    list: ItemList,
    /// The number of the item, from 1.
    number: usize,
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn of(place: &'a str) -> Option<Self> {
        let (word, list) = LISTS.into_iter().find(|(word, _)| {
            let rest = place.strip_prefix(word);
            rest.is_some_and(|rest| rest.starts_with('-'))
        })?;
        let tail = place.get(word.len() + 1..)?;
        let end = tail.find('-').unwrap_or(tail.len());
        let (number, rest) = tail.split_at(end);
        let short = number.len() < DIGITS && number.bytes().all(|b| b.is_ascii_digit());
        Some(Self {
            word,
            list,
            number: short.then(|| number.parse().ok()).flatten()?,
            rest,
        })
    }
}

/// The id of the value at a place of a sheet.
#[must_use]
pub fn id(sheet: &Sheet, place: &str) -> String {
    let known = Parts::of(place).and_then(|parts| {
        let index = parts.number.checked_sub(1)?;
        let own = parts.list.key(sheet, index)?;
        let before = (0..index).filter(|other| parts.list.key(sheet, *other) == Some(own.clone()));
        let head = head(parts.word, &own, before.count());
        Some(format!("{head}{}", parts.rest))
    });
    known.unwrap_or_else(|| place.to_owned())
}

/// The ids of all places of a sheet: as [`id`], with the items looked at once.
pub(super) struct Ids(BTreeMap<&'static str, Vec<String>>);

impl Ids {
    pub(super) fn of(sheet: &Sheet) -> Self {
        Self(
            LISTS
                .map(|(word, list)| (word, heads(word, list, sheet)))
                .into(),
        )
    }

    pub(super) fn id(&self, place: &str) -> String {
        let known = Parts::of(place).and_then(|parts| {
            let heads = self.0.get(parts.word)?;
            let head = heads.get(parts.number.checked_sub(1)?)?;
            Some(format!("{head}{}", parts.rest))
        });
        known.unwrap_or_else(|| place.to_owned())
    }
}

/// The beginnings of the ids of the items of a list.
fn heads(word: &str, list: ItemList, sheet: &Sheet) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let keys = list.keys(sheet).into_iter();
    keys.map(|key| {
        let head = head(word, &key, counts.get(&key).copied().unwrap_or_default());
        *counts.entry(key).or_default() += 1;
        head
    })
    .collect()
}

/// Is it a place, and no id? So were the addresses of values made once.
#[must_use]
pub fn is_place(id: &str) -> bool {
    Parts::of(id).is_some()
}

/// The beginning of the ids of an item, with how many alike stand before it.
fn head(word: &str, key: &str, before: usize) -> String {
    let again = match before {
        0 => String::new(),
        before => format!("_{}", before + 1),
    };
    format!("{word}-{}{again}", short(key))
}

/// The first digits of the SHA-256 of a key: the same for ever, on every computer.
fn short(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let bytes = digest.iter().take(DIGITS / 2);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::plan::Indicator;
    use meguri_core::source::{Settled, Sourced};

    fn sheet(names: &[&str]) -> Sheet {
        let named = |name: &&str| Indicator {
            name: Some(Sourced {
                value: (*name).to_owned(),
                line: 1,
                settled: Settled::Printed,
            }),
            ..Indicator::default()
        };
        Sheet {
            indicators: names.iter().map(named).collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn an_item_is_the_same_wherever_it_stands() {
        let before = sheet(&["来館者数", "満足度"]);
        let after = sheet(&["新しい指標", "来館者数", "満足度"]);
        for (was, is) in [(1, 2), (2, 3)] {
            for rest in ["name", "actual-2024"] {
                let id_before = id(&before, &format!("indicator-{was}-{rest}"));
                let id_after = id(&after, &format!("indicator-{is}-{rest}"));
                assert_eq!(id_before, id_after);
                assert!(id_before.ends_with(rest), "{id_before}");
                assert!(!is_place(&id_before), "{id_before}");
            }
        }
        let spaced = sheet(&["来館者 数"]);
        assert_eq!(
            id(&spaced, "indicator-1-name"),
            id(&before, "indicator-1-name")
        );
    }

    #[test]
    fn items_that_are_alike_are_told_apart_by_their_order() {
        let alike = sheet(&["満足度", "満足度", "来館者数"]);
        let first = id(&alike, "indicator-1-name");
        let second = id(&alike, "indicator-2-name");
        assert_ne!(first, second);
        assert_eq!(second, first.replace("-name", "_2-name"));
        let ids = Ids::of(&alike);
        for place in [
            "indicator-1-name",
            "indicator-2-name",
            "indicator-3-unit",
            "node-name",
        ] {
            assert_eq!(ids.id(place), id(&alike, place), "{place}");
        }
    }

    #[test]
    fn what_is_no_place_of_an_item_stays_as_it_is() {
        let one = sheet(&["満足度"]);
        for other in [
            "node-name",
            "section-1",
            "indicator-0-name",
            "indicator-2-name",
            "indicator",
            "indicator-",
            "indicator--name",
            "indicator-99999999999-name",
            "",
        ] {
            assert_eq!(id(&one, other), other);
        }
        let known = id(&one, "indicator-1-name");
        assert_eq!(id(&one, &known), known);
    }
}
