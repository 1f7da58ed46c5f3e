//! The readers know the words of the forms, not those of one city: with every other kanji of a real
//! document exchanged for another one, the reading is the same but for the exchange.

use crate::score::score;
use crate::shared::{folder, read};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const DOCUMENTS: [(&str, &str); 5] = [
    ("evaluation", "evaluation_r4"),
    ("midterm", "midterm_plan"),
    ("strategy", "strategy_h30"),
    ("programs", "programs_r4"),
    ("reform", "reform_r2"),
];

/// The kanji of the string and character literals of the readers: the words of the forms.
fn known_kanji(folder: &Path, known: &mut BTreeSet<char>) {
    for entry in std::fs::read_dir(folder).expect("the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            known_kanji(&path, known);
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a source");
        for line in source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            known.extend(line.chars().filter(|c| is_kanji(*c)));
        }
    }
}

fn is_kanji(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Exchanges the kanji of a text that the readers do not know, the same one always for the same.
fn exchange(text: &str, known: &BTreeSet<char>, step: usize) -> BTreeMap<char, char> {
    let all: BTreeSet<char> = text
        .chars()
        .filter(|c| is_kanji(*c) && !known.contains(c))
        .collect();
    let all: Vec<char> = all.into_iter().collect();
    let other = |index: usize| all[(index + step) % all.len()];
    all.iter()
        .enumerate()
        .map(|(index, c)| (*c, other(index)))
        .collect()
}

#[test]
fn another_citys_words_read_the_same() {
    let Some(shared) = folder() else { return };
    let mut known = BTreeSet::new();
    known_kanji(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut known,
    );
    for (family, name) in DOCUMENTS {
        let file = |folder: &str, ending: &str| {
            let path = shared.join(folder).join(name).with_extension(ending);
            std::fs::read_to_string(path).expect("a shared file")
        };
        let (text, gold) = (file("seeds", "txt"), file("gold", "json"));
        for step in [7, 101] {
            let words = exchange(&text, &known, step);
            assert!(words.len() > 200, "{family}: hardly a word is exchanged");
            let renamed = |text: &str| -> String {
                text.chars()
                    .map(|c| words.get(&c).copied().unwrap_or(c))
                    .collect()
            };
            let truth: Value = serde_json::from_str(&renamed(&gold)).expect("JSON");
            let score = score(&truth, &read(family, &renamed(&text)));
            assert!(score.differences.is_empty(), "{family} by {step}\n{score}");
        }
    }
}
