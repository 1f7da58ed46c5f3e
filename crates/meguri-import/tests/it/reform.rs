//! The reader of the family `reform`.

use crate::score::score;
use crate::shared;
use meguri_papers::Shape;
use meguri_papers::reform::generate;

fn paper(seed: u64, units: usize, tearing: u32) -> meguri_papers::Paper {
    generate(&Shape {
        seed,
        units,
        tearing,
    })
}

#[test]
fn the_gold_is_read_whole() {
    shared::assert_gold("reform", "reform_r2");
}

#[test]
fn generated_papers_are_read_as_they_are() {
    let (mut right, mut all) = (0, 0);
    for tearing in [0, 30, 100] {
        for seed in 0..120 {
            let paper = paper(seed, 5 + seed as usize % 40, tearing);
            let score = score(&paper.truth, &shared::read("reform", &paper.text));
            let place = format!("seed {seed}, tearing {tearing}\n{score}");
            assert_eq!(score.figures.right, score.figures.all, "figures: {place}");
            assert_eq!(score.names.right, score.names.all, "names: {place}");
            assert_eq!(score.invented(), 0, "invented: {place}");
            right += score.prose.right;
            all += score.prose.all;
            assert!(score.prose.right * 100 >= score.prose.all * 99, "{place}");
        }
    }
    assert_eq!(right, all);
}
