//! The reader of the family `programs`.

use crate::score::score;
use crate::shared;
use meguri_papers::{Shape, programs};

#[test]
fn the_real_document_is_read_as_its_gold_says() {
    shared::assert_gold("programs", "programs_r4");
}

fn assert_paper(seed: u64, units: usize, tearing: u32) -> (usize, usize) {
    let paper = programs::generate(&Shape {
        seed,
        units,
        tearing,
    });
    let read = shared::read("programs", &paper.text);
    let score = score(&paper.truth, &read);
    let place = format!("seed {seed}, {units} units, tearing {tearing}\n{score}");
    assert_eq!(score.figures.right, score.figures.all, "figures: {place}");
    assert_eq!(score.names.right, score.names.all, "names: {place}");
    assert_eq!(score.invented(), 0, "invented: {place}");
    assert!(
        score.prose.right * 100 >= score.prose.all * 99,
        "prose: {place}"
    );
    (score.prose.right, score.prose.all)
}

#[test]
fn papers_of_every_tearing_are_read_as_they_were_made() {
    let (mut right, mut all) = (0, 0);
    for tearing in [0, 30, 100] {
        for seed in 0..80 {
            let units = 1 + usize::try_from(seed).unwrap_or(0) * 7 % 33;
            let (r, a) = assert_paper(seed, units, tearing);
            right += r;
            all += a;
        }
    }
    eprintln!("prose {right}/{all}");
}
