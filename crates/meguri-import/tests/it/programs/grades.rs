//! Grades in words: the papers of an invented city with other names for the same grades.

use crate::shared;
use meguri_import::documents::family;
use meguri_import::form_words::FormWords;
use meguri_import::source_text::SourceText;
use meguri_papers::{Shape, programs};
use serde_json::Value;

/// The letters of the generated papers, and words for them.
const WORDS: [(char, char, &str); 4] = [
    ('S', 'Ｓ', "極めて順調"),
    ('A', 'Ａ', "順調"),
    ('B', 'Ｂ', "やや遅れ"),
    ('C', 'Ｃ', "遅れ"),
];

fn word(letter: char) -> Option<&'static str> {
    let found = WORDS
        .iter()
        .find(|(narrow, wide, _)| letter == *narrow || letter == *wide);
    found.map(|(.., word)| *word)
}

/// A line with the word for its grade: alone, at its end, in quotes or in parentheses.
fn in_words(line: &str) -> String {
    let text = line.trim_end();
    let mut chars = text.chars().rev();
    let grade = chars.next().and_then(word);
    let apart = chars
        .next()
        .is_none_or(|c| matches!(c, ' ' | '\u{3000}' | '。'));
    if let Some(word) = grade.filter(|_| apart) {
        let before = text
            .char_indices()
            .next_back()
            .map_or("", |(at, _)| &text[..at]);
        // A blank at the end of a line ends a paragraph.
        return format!("{before}{word}{}", &line[text.len()..]);
    }
    WORDS
        .iter()
        .fold(line.to_owned(), |line, (narrow, wide, word)| {
            let framed = [("「", "」"), ("（", "）"), ("(", ")")];
            framed.iter().fold(line, |line, (open, close)| {
                line.replace(
                    &format!("{open}{narrow}{close}"),
                    &format!("{open}{word}{close}"),
                )
                .replace(
                    &format!("{open}{wide}{close}"),
                    &format!("{open}{word}{close}"),
                )
            })
        })
}

/// The reading of a paper with letters, in words.
fn renamed(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let mut chars = text.chars();
            match (chars.next().and_then(word), chars.next()) {
                (Some(word), None) => word.into(),
                _ => value.clone(),
            }
        }
        Value::Array(all) => all.iter().map(renamed).collect(),
        Value::Object(parts) => {
            let named = |key: &String| match key.as_str() {
                "S" | "A" | "B" | "C" => renamed(&key.clone().into())
                    .as_str()
                    .unwrap_or(key)
                    .to_owned(),
                _ => key.clone(),
            };
            parts
                .iter()
                .map(|(key, part)| (named(key), renamed(part)))
                .collect()
        }
        _ => value.clone(),
    }
}

#[test]
fn grades_in_words_are_read_as_letters_are() {
    for seed in 0..12 {
        let paper = programs::generate(&Shape {
            seed,
            units: 6,
            tearing: 0,
        });
        let plain = shared::read("programs", &paper.text);
        let text: String = paper
            .text
            .lines()
            .map(|line| in_words(line) + "\n")
            .collect();
        let read = shared::read("programs", &text);
        for field in ["programs", "summary", "unresolved"] {
            assert_eq!(read[field], renamed(&plain[field]), "seed {seed} {field}");
        }
    }
}

#[test]
fn grades_that_only_the_scheme_names_are_read_too() {
    let paper = programs::generate(&Shape {
        seed: 3,
        units: 6,
        tearing: 0,
    });
    let plain = shared::read("programs", &paper.text);
    // Neither a legend nor the head of the summary names the grades.
    let lines = paper
        .text
        .lines()
        .filter(|line| !line.starts_with('「') && !line.starts_with('（'));
    let text: String = lines.map(|line| in_words(line) + "\n").collect();
    let words = WORDS.map(|(.., word)| word.to_owned()).to_vec();
    let source = SourceText::from_text(&text).with_words(FormWords::new([], Vec::new(), words));
    let read = (family("programs").expect("the family").read)(&source).to_json();
    let grades = |reading: &Value| -> Vec<Value> {
        let programs = reading["programs"].as_array().into_iter().flatten();
        programs.map(|program| program["grade"].clone()).collect()
    };
    assert_eq!(grades(&read), grades(&renamed(&plain)));
}
