//! A word that stands in an entry is found, and one that does not is not.

use crate::{addresses, entry, index_of, query};
use meguri_search::normal::normal;
use meguri_search::{Entry, Index, Line};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng};
use std::collections::BTreeSet;

/// Few characters, so that parts of words stand in other entries, too; all traps among them.
const LETTERS: [&str; 40] = [
    "子",
    "育",
    "て",
    "支",
    "援",
    "市",
    "民",
    "の",
    "を",
    "が",
    "ｶﾞ",
    "カ",
    "ヶ",
    "髙",
    "高",
    "﨑",
    "邊",
    "A",
    "ｂ",
    "b",
    "１",
    "2",
    "ー",
    "－",
    "〜",
    " ",
    "　",
    "\n",
    "。",
    "「",
    "」",
    "\"",
    "-",
    "葛\u{e0100}",
    "㌔",
    "①",
    "か\u{3099}",
    "\u{202e}",
    "👨\u{200d}👩",
    "&",
];
const ENTRIES: usize = 240;
const SEARCHES: usize = 400;

fn text(rng: &mut TestRng, most: usize) -> String {
    let length = (rng.next_u32() as usize) % most;
    (0..length)
        .map(|_| LETTERS[(rng.next_u32() as usize) % LETTERS.len()])
        .collect()
}

fn entries(rng: &mut TestRng) -> Vec<Entry> {
    (0..ENTRIES)
        .map(|number| Entry {
            names: (0..number % 3).map(|_| text(rng, 12)).collect(),
            lines: (0..3)
                .map(|_| Line::new(text(rng, 5), text(rng, 120)))
                .collect(),
            sections: vec![text(rng, 6)],
            states: vec![text(rng, 4)],
            tags: vec![text(rng, 10)],
            plans: crate::plan("plan", &text(rng, 9)),
            ..entry(&format!("/{number}"), &text(rng, 14), "")
        })
        .collect()
}

/// The addresses of all entries found, leafed through page by page.
fn found(index: &Index, text: &str) -> BTreeSet<String> {
    let mut query = query(text);
    let mut seen = BTreeSet::new();
    loop {
        let found = index.search(&query).expect("no query is an error");
        seen.extend(addresses(&found).into_iter().map(str::to_owned));
        query.first += query.most;
        if query.first >= found.total {
            assert_eq!(seen.len(), found.total);
            return seen;
        }
    }
}

#[test]
fn every_part_of_every_text_is_found_where_it_stands_and_nowhere_else() {
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let entries = entries(&mut rng);
    let index = index_of(entries.clone());
    let normals: Vec<(String, Vec<String>)> = entries
        .iter()
        .map(|entry| (entry.address.clone(), entry.texts().map(normal).collect()))
        .collect();
    let mut tried = 0;
    while tried < SEARCHES {
        let (_, texts) = &normals[(rng.next_u32() as usize) % normals.len()];
        let chars: Vec<char> = texts[(rng.next_u32() as usize) % texts.len()]
            .chars()
            .collect();
        if chars.is_empty() {
            continue;
        }
        let from = (rng.next_u32() as usize) % chars.len();
        let to = (from + 1 + (rng.next_u32() as usize) % 20).min(chars.len());
        let part: String = chars[from..to].iter().collect();
        let word = normal(&part);
        // Quotes end a phrase; without them a minus or a blank would mean something.
        if word.is_empty() || word.contains('"') {
            continue;
        }
        tried += 1;
        let want: BTreeSet<String> = normals
            .iter()
            .filter(|(_, texts)| texts.iter().any(|text| text.contains(&word)))
            .map(|(address, _)| address.clone())
            .collect();
        assert!(!want.is_empty());
        assert_eq!(found(&index, &format!("\"{part}\"")), want, "{part:?}");
    }
}

#[test]
fn several_words_are_all_required_and_unwanted_ones_absent() {
    let index = index_of([
        entry("/both", "", "防災の訓練。避難所の運営。"),
        entry("/first", "", "防災の訓練。"),
        entry("/second", "", "避難所の運営。"),
    ]);
    for (text, want) in [
        ("防災 避難所", vec!["/both"]),
        ("避難所　防災", vec!["/both"]),
        ("防災 -避難所", vec!["/first"]),
        ("－防災", vec!["/second"]),
        ("「訓練。避難所」", vec!["/both"]),
        ("ぼうさい", vec!["/both", "/first"]),
        ("\"ぼうさい\"", vec![]),
    ] {
        let found = found(&index, text);
        assert_eq!(
            found.iter().map(String::as_str).collect::<Vec<_>>(),
            want,
            "{text}"
        );
    }
}

#[test]
fn a_word_does_not_reach_from_one_text_into_the_next() {
    let mut torn = entry("/torn", "子育て", "支援");
    torn.names = vec!["窓口".to_owned()];
    let index = index_of([torn]);
    for (text, want) in [
        ("\"子育て支援\"", 0),
        ("て窓", 0),
        ("口支", 0),
        ("子育て 支援", 1),
    ] {
        assert_eq!(found(&index, text).len(), want, "{text}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 64, ..Config::default() })]

    #[test]
    fn any_text_finds_itself(text in "\\PC{1,40}") {
        let index = index_of([entry("/it", &text, ""), entry("/other", "", "別のもの")]);
        let word = normal(&text);
        prop_assume!(!word.is_empty() && !word.contains(['"', ' ']) && !text.contains(['-', '－', '−', '「', '『', '“', '”']));
        let phrase = format!("\"{word}\"");
        prop_assert!(found(&index, &phrase).contains("/it"));
    }
}
