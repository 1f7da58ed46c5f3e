//! The reader of the family `evaluation`.

use crate::score::{Score, score};
use crate::shared;
use meguri_papers::evaluation::{Tear, generate, generate_with};
use meguri_papers::{Paper, Shape};
use serde_json::Value;

#[test]
fn the_real_document_reads_as_its_gold_says() {
    shared::assert_gold("evaluation", "evaluation_r4");
}

fn scored(paper: &Paper) -> Score {
    let mut truth = paper.truth.clone();
    let read = shared::read("evaluation", &paper.text);
    settle_relisted(&mut truth, &read);
    score(&truth, &read)
}

/// A project that is listed again says what its first listing says: where the truth counts a cost or
/// a next step of such a row as lost and the reader took it from there, it is not lost.
fn settle_relisted(truth: &mut Value, read: &Value) {
    let rows = |sheets: &Value| -> Vec<Value> {
        let sheets = sheets["sheets"].as_array().cloned().unwrap_or_default();
        let rows = |sheet: &Value| sheet["projects"].as_array().cloned().unwrap_or_default();
        sheets.iter().flat_map(rows).collect()
    };
    let first = rows(truth);
    let read = rows(read);
    let sheets = truth["sheets"].as_array_mut().into_iter().flatten();
    let projects = sheets.flat_map(|sheet| sheet["projects"].as_array_mut().into_iter().flatten());
    for row in projects.filter(|row| row["reposted"] == true) {
        for field in ["cost", "trend"] {
            let known = first
                .iter()
                .find(|other| other["code"] == row["code"] && other["reposted"] == false);
            let mine = read.iter().find(|other| {
                other["code"] == row["code"] && other["reposted"] == true && !other[field].is_null()
            });
            if let (true, Some(known), Some(mine)) = (row[field].is_null(), known, mine)
                && known[field] == mine[field]
            {
                row[field] = known[field].clone();
            }
        }
    }
}

/// The first differences on a line each.
fn told(score: &Score) -> String {
    let lines = score.differences.iter().take(8);
    let lines = lines.map(|d| d.replace('\u{0}', "/").replace('\n', " "));
    lines.collect::<Vec<_>>().join("\n")
}

fn is_whole(score: &Score) -> bool {
    score.figures.right == score.figures.all
        && score.names.right == score.names.all
        && score.prose.right * 100 >= score.prose.all * 99
        && score.invented() == 0
}

#[test]
fn papers_torn_in_one_way_are_read_whole() {
    let mut failed = Vec::new();
    for tear in Tear::ALL {
        for seed in 0..6 {
            let shape = Shape { seed, units: 5, tearing: 100 };
            let score = scored(&generate_with(&shape, &[tear]));
            if !is_whole(&score) {
                failed.push(format!("{tear:?}, seed {seed}\n{}", told(&score)));
            }
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn papers_torn_in_all_ways_are_read_whole() {
    let mut failed = Vec::new();
    for tearing in [0, 30, 100] {
        for seed in 0..70 {
            let shape = Shape { seed, units: 1 + usize::try_from(seed).unwrap_or(0) % 8, tearing };
            let score = scored(&generate(&shape));
            if !is_whole(&score) {
                failed.push(format!("{shape:?}\n{}", told(&score)));
            }
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}
