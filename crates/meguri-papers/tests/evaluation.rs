//! The papers of the family `evaluation` keep what they promise.

use meguri_papers::evaluation::{PlantedKind, Tear, generate, generate_planted, generate_with};
use meguri_papers::{Paper, Shape};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SEEDS: std::ops::Range<u64> = 0..16;
/// Where the real documents stand, for those who have them.
const SHARED: &str = "MEGURI_SHARED";

fn shape(seed: u64, tearing: u32) -> Shape {
    Shape {
        seed,
        units: 6,
        tearing,
    }
}

/// The paper of each seed without tears.
fn clean_papers() -> Vec<(u64, Paper)> {
    SEEDS
        .map(|seed| (seed, generate(&shape(seed, 0))))
        .collect()
}

fn sheets(paper: &Paper) -> &Vec<Value> {
    paper.truth["sheets"].as_array().expect("sheets")
}

fn rows<'a>(sheet: &'a Value, key: &str) -> &'a Vec<Value> {
    sheet[key].as_array().expect("rows")
}

#[test]
fn the_same_seed_gives_the_same_paper() {
    for tearing in [0, 40, 100] {
        let once = generate(&shape(7, tearing));
        let again = generate(&shape(7, tearing));
        assert_eq!(once.text, again.text);
        assert_eq!(once.truth, again.truth);
    }
    assert_ne!(generate(&shape(7, 0)).text, generate(&shape(8, 0)).text);
}

#[test]
fn there_are_as_many_sheets_as_wanted() {
    for units in [0, 1, 2, 30] {
        let paper = generate(&Shape {
            seed: 3,
            units,
            tearing: 50,
        });
        assert_eq!(sheets(&paper).len(), units);
    }
}

#[test]
fn totals_and_counts_are_those_of_the_rows() {
    for seed in SEEDS {
        let paper = generate(&shape(seed, 0));
        for sheet in sheets(&paper) {
            let projects = rows(sheet, "projects");
            let sum: i64 = projects.iter().filter_map(|p| p["cost"].as_i64()).sum();
            assert_eq!(sheet["total"], sum);
            for (word, count) in sheet["trend_counts"].as_object().expect("counts") {
                let same = projects.iter().filter(|p| p["trend"] == word.as_str());
                assert_eq!(count, &Value::from(same.count()), "{word}");
            }
        }
    }
}

#[test]
fn names_numbers_and_codes_are_unique_on_a_sheet() {
    for seed in SEEDS {
        for sheet in sheets(&generate(&shape(seed, 0))) {
            for key in ["no", "name", "code"] {
                let mut seen: Vec<String> = rows(sheet, "projects")
                    .iter()
                    .map(|p| p[key].to_string())
                    .collect();
                let all = seen.len();
                seen.sort();
                seen.dedup();
                assert_eq!(seen.len(), all, "{key} of seed {seed}");
            }
            for project in rows(sheet, "projects") {
                let code = project["code"].as_str().expect("code");
                assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}

/// A printed figure in tenths.
fn tenths(value: &Value) -> Option<i64> {
    let text = value.as_str()?.split('(').next()?.replace(',', "");
    let text = text.trim_end_matches("以上").trim_end_matches('%');
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    Some(whole.parse::<i64>().ok()? * 10 + part.parse::<i64>().ok()?)
}

#[test]
fn rates_are_right() {
    let mut checked = 0;
    for seed in SEEDS {
        for sheet in sheets(&generate(&shape(seed, 0))) {
            for indicator in rows(sheet, "indicators") {
                let mut before = tenths(&indicator["baseline"]);
                for (year, rate) in indicator["rate"].as_object().expect("rates") {
                    let (goal, actual) = (&indicator["target"][year], &indicator["actual"][year]);
                    let now = tenths(actual);
                    if let (Some(now), Some(rate)) = (now, tenths(rate)) {
                        let other = tenths(goal).or(before).expect("something to compare with");
                        let half_up = |num: i64, den: i64| (2_000 * num + den) / (2 * den);
                        let fits = [half_up(now, other), half_up(other, now)];
                        assert!(fits.contains(&rate), "{indicator}");
                        checked += 1;
                    } else {
                        assert_eq!(rate, "-", "{indicator}");
                    }
                    before = now;
                }
            }
        }
    }
    assert!(checked > 500);
}

/// Differences of a truth from the one without tears; `null` and empty where something is lost.
fn differences(clean: &Value, torn: &Value, path: &str, found: &mut Vec<(String, bool)>) {
    match (clean, torn) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                differences(value, &b[key], &format!("{path}/{key}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{path}/{index}"), found);
            }
        }
        _ if clean == torn => {}
        _ => {
            let lost = torn.is_null() || torn.as_array().is_some_and(Vec::is_empty);
            found.push((path.to_owned(), lost));
        }
    }
}

#[test]
fn every_tear_changes_the_text_and_only_losing_ones_the_truth() {
    let papers = clean_papers();
    for tear in Tear::ALL {
        let (mut changed, mut lost) = (0, 0);
        for (seed, clean) in &papers {
            let torn = generate_with(&shape(*seed, 100), &[tear]);
            changed += usize::from(clean.text != torn.text);
            let mut found = Vec::new();
            differences(&clean.truth, &torn.truth, "", &mut found);
            for (path, gone) in found {
                assert!(
                    tear.loses() && gone,
                    "{tear:?} of seed {seed} changes {path}"
                );
                lost += 1;
            }
        }
        assert!(changed > 3, "{tear:?} changes {changed} papers");
        assert_eq!(lost > 0, tear.loses(), "{tear:?}");
    }
}

/// How often each character stands in a text, without white space.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for letter in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(letter).or_default() += 1;
    }
    counts
}

#[test]
fn tears_move_pieces_and_lose_none() {
    let repeating = [
        // The head of the list is printed once more, or a label once less.
        Tear::ListHeadInMiddle,
        Tear::DirectionOnNextPage,
        Tear::UnitOnce,
        Tear::CutFirstSheet,
    ];
    let papers = clean_papers();
    for tear in Tear::ALL {
        if repeating.contains(&tear) {
            continue;
        }
        for (seed, clean) in &papers {
            let torn = generate_with(&shape(*seed, 100), &[tear]);
            assert_eq!(
                letters(&clean.text),
                letters(&torn.text),
                "{tear:?} of seed {seed}"
            );
        }
    }
}

#[test]
fn all_tears_together_leave_every_name_and_figure_in_the_text() {
    for seed in SEEDS {
        let paper = generate(&shape(seed, 100));
        let squeezed: String = paper.text.split_whitespace().collect();
        for sheet in sheets(&paper) {
            for project in rows(sheet, "projects") {
                for key in ["name", "section", "code"] {
                    let value = project[key].as_str().expect("text");
                    assert!(squeezed.contains(value), "{value} of seed {seed}");
                }
            }
            for key in ["approach", "outcomes", "issues", "directions"] {
                for item in rows(sheet, key) {
                    let item = format!("・{}", item.as_str().expect("text"));
                    assert!(squeezed.contains(&item), "{item} of seed {seed}");
                }
            }
        }
    }
}

#[test]
fn no_line_within_an_item_begins_like_an_item() {
    for seed in SEEDS {
        let paper = generate(&shape(seed, 0));
        let mut items = 0;
        for sheet in sheets(&paper) {
            for key in ["approach", "outcomes", "issues", "directions"] {
                items += rows(sheet, key).len();
            }
        }
        let begin = paper
            .text
            .lines()
            .filter(|line| line.trim_start().starts_with('・'));
        // The vertical heading 取組の方針・内容 has the mark too, once a theme.
        let headings = sheets(&paper)
            .iter()
            .filter(|s| s["kind"] == "theme")
            .count();
        assert_eq!(begin.count(), items + headings);
    }
}

#[test]
fn no_sentence_is_the_real_documents() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os(SHARED).map_or(beside, PathBuf::from);
    let path = shared.join("seeds/evaluation_r4.txt");
    let Ok(real) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return;
    };
    let real: String = real.split_whitespace().collect();
    let made: String = (0..5)
        .map(|seed| generate(&shape(seed, 0)).text)
        .flat_map(|text| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    for sentence in real.split('。').filter(|s| s.chars().count() > 15) {
        assert!(!made.contains(sentence), "{sentence}");
    }
}

#[test]
fn planted_errors_are_all_that_is_wrong() {
    let mut kinds = [0; 3];
    for seed in SEEDS {
        let clean = generate(&shape(seed, 0));
        let (paper, planted) = generate_planted(&shape(seed, 0));
        let mut found = Vec::new();
        differences(&clean.truth, &paper.truth, "", &mut found);
        assert_eq!(found.len(), planted.len());
        for (error, (path, _)) in planted.iter().zip(found) {
            assert_ne!(error.printed, error.right);
            assert!(paper.text.contains(&error.printed));
            assert!(
                path.starts_with(&format!("/sheets/{}/", error.sheet)),
                "{path}"
            );
            let (kind, key) = match error.kind {
                PlantedKind::Total => (0, "/total"),
                PlantedKind::Count => (1, "/trend_counts/"),
                PlantedKind::Rate => (2, "/rate/"),
            };
            assert!(path.contains(key), "{path}");
            kinds[kind] += 1;
        }
    }
    assert!(kinds.iter().all(|count| *count > 3), "{kinds:?}");
}

#[test]
fn a_large_paper_takes_time_in_proportion() {
    let paper = generate(&Shape {
        seed: 1,
        units: 300,
        tearing: 50,
    });
    assert!(paper.text.len() > 1_000_000);
}
