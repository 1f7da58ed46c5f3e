//! The reader of the family `strategy`.

use crate::score::score;
use crate::shared;
use meguri_papers::{Paper, Shape, strategy};

fn paper(seed: u64, units: usize, tearing: u32) -> Paper {
    strategy::generate(&Shape {
        seed,
        units,
        tearing,
    })
}

#[test]
fn the_real_document_reads_as_its_gold() {
    shared::assert_gold("strategy", "strategy_h30");
}

fn assert_whole(paper: &Paper, text: &str, case: &str) {
    let score = score(&paper.truth, &shared::read("strategy", text));
    assert_eq!(score.names.right, score.names.all, "{case}\n{score}");
    assert_eq!(score.figures.right, score.figures.all, "{case}\n{score}");
    assert!(
        score.prose.right * 100 >= score.prose.all * 99,
        "{case}\n{score}"
    );
    assert_eq!(score.invented(), 0, "{case}\n{score}");
}

#[test]
fn generated_papers_read_as_their_truth() {
    for tearing in [0, 30, 100] {
        for seed in 0..70 {
            let paper = paper(seed, 30, tearing);
            assert_whole(
                &paper,
                &paper.text,
                &format!("seed {seed} tearing {tearing}"),
            );
        }
    }
}
