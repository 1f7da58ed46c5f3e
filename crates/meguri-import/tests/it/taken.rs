//! "Proven" means proven: values are taken away from papers, one and several at a time, and nothing
//! that is left is ever proven to be another value.

use crate::shared;
use meguri_papers::Shape;
use meguri_papers::evaluation::generate;
use serde_json::Value;
use std::collections::HashMap;

/// A sequence of numbers from a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}

/// The paper without some values of its labelled lines, and how many are gone.
fn take_away(text: &str, count: usize, numbers: &mut Numbers) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let labelled = |line: &String| {
        ["目標 ", "実績 ", "達成率 "]
            .iter()
            .any(|label| line.starts_with(label))
            && line.split_whitespace().count() > 3
    };
    let places: Vec<usize> = (0..lines.len())
        .filter(|at| labelled(&lines[*at]))
        .collect();
    for _ in 0..count {
        let at = places[numbers.below(places.len())];
        let mut words: Vec<&str> = lines[at].split_whitespace().collect();
        let figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let figures: Vec<usize> = (1..words.len()).filter(|i| figure(words[*i])).collect();
        if figures.len() > 1 {
            words.remove(figures[numbers.below(figures.len())]);
            lines[at] = words.join(" ");
        }
    }
    lines.join("\n")
}

/// The values of all indicators by sheet, indicator, series and year, with how they were settled.
fn values(reading: &Value) -> HashMap<String, (String, String)> {
    let mut found = HashMap::new();
    let sheets = reading["sheets"].as_array().cloned().unwrap_or_default();
    for (sheet_at, sheet) in sheets.iter().enumerate() {
        let indicators = sheet["indicators"].as_array().cloned().unwrap_or_default();
        for (at, one) in indicators.iter().enumerate() {
            for series in ["target", "actual", "rate"] {
                for (year, value) in one[series].as_object().into_iter().flatten() {
                    let pointer = format!("/sheets/{sheet_at}/indicators/{at}/{series}/{year}");
                    let settled = &reading["provenance"][&pointer]["settled"];
                    let key = format!(
                        "{} {} {} {series} {year}",
                        sheet["theme_no"], one["no"], one["sub"]
                    );
                    if let Some(value) = value.as_str() {
                        let settled = settled.as_str().unwrap_or_default();
                        found.insert(key, (value.to_owned(), settled.to_owned()));
                    }
                }
            }
        }
    }
    found
}

/// The proven values that the changed paper says otherwise.
fn mis_said(plain: &Value, changed: &Value) -> Vec<String> {
    let known = values(plain);
    let mut wrong = Vec::new();
    for (key, (value, settled)) in values(changed) {
        let right = known.get(&key).map(|(right, _)| right);
        if let Some(right) = right.filter(|right| **right != value)
            && settled == "proven"
        {
            wrong.push(format!("{key}: {value}, not {right}"));
        }
    }
    wrong
}

fn check((text, plain): (&str, &Value), name: &str, rounds: u64) {
    for round in 0..rounds {
        let mut numbers = Numbers(round * 977 + 13);
        let count = 1 + numbers.below(6);
        let taken = take_away(text, count, &mut numbers);
        let wrong = mis_said(plain, &shared::read("evaluation", &taken));
        assert_eq!(wrong, [""; 0], "{name}, round {round}");
    }
}

#[test]
fn values_taken_away_from_whole_papers_prove_no_other_value() {
    for seed in 0..12 {
        let paper = generate(&Shape {
            seed,
            units: 3,
            tearing: 0,
        });
        check((&paper.text, &paper.truth), &format!("seed {seed}"), 20);
    }
}

#[test]
fn values_taken_away_from_torn_papers_prove_no_other_value() {
    for seed in 0..12 {
        let paper = generate(&Shape {
            seed,
            units: 3,
            tearing: 40,
        });
        check((&paper.text, &paper.truth), &format!("seed {seed}"), 20);
    }
}

#[test]
fn values_taken_away_from_the_real_paper_prove_no_other_value() {
    if let Some(folder) = shared::folder() {
        let text = std::fs::read_to_string(folder.join("seeds/evaluation_r4.txt"));
        let text = text.expect("the seed can be read");
        let plain = shared::read("evaluation", &text);
        check((&text, &plain), "real paper", 40);
    }
}
