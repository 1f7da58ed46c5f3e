//! The reader of execution plans.

use crate::score::score;
use crate::shared;
use meguri_papers::{Paper, Shape, midterm};

#[test]
fn the_real_plan_is_read_whole() {
    shared::assert_gold("midterm", "midterm_plan");
}

fn paper(seed: u64, units: usize, tearing: u32) -> Paper {
    midterm::generate(&Shape {
        seed,
        units,
        tearing,
    })
}

/// What differs in a paper, or nothing.
fn differs(seed: u64, tearing: u32) -> Option<String> {
    let paper = paper(seed, 3, tearing);
    let reading = shared::read("midterm", &paper.text);
    let score = score(&paper.truth, &reading);
    let whole = score.figures.right == score.figures.all
        && score.names.right == score.names.all
        && score.prose.right * 100 >= score.prose.all * 99
        && score.invented() == 0;
    (!whole).then(|| format!("seed {seed} tearing {tearing}\n{score}"))
}

fn assert_all(seeds: std::ops::Range<u64>, tearing: u32) {
    let failed: Vec<String> = seeds.filter_map(|seed| differs(seed, tearing)).collect();
    let shown: Vec<&str> = failed.iter().take(6).map(String::as_str).collect();
    assert!(
        failed.is_empty(),
        "{} differ\n{}",
        failed.len(),
        shown.join("\n")
    );
}

#[test]
fn whole_papers_are_read_whole() {
    assert_all(0..100, 0);
}

#[test]
fn torn_papers_are_read_whole() {
    assert_all(1000..1120, 30);
    assert_all(2000..2150, 100);
}
