//! The reader of the family `evaluation`.

use crate::score::{Score, score};
use crate::shared;
use meguri_papers::evaluation::{Tear, generate, generate_with};
use meguri_papers::{Paper, Shape};

#[test]
fn the_real_document_reads_as_its_gold_says() {
    shared::assert_gold("evaluation", "evaluation_r4");
}

fn scored(paper: &Paper) -> Score {
    score(&paper.truth, &shared::read("evaluation", &paper.text))
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
            let shape = Shape {
                seed,
                units: 5,
                tearing: 100,
            };
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
            let shape = Shape {
                seed,
                units: 1 + usize::try_from(seed).unwrap_or(0) % 8,
                tearing,
            };
            let score = scored(&generate(&shape));
            if !is_whole(&score) {
                failed.push(format!("{shape:?}\n{}", told(&score)));
            }
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}
