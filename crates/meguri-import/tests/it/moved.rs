//! Values taken away: what is left never says of one cell what stood in another.
//!
//! A value is cut out of the text where it stands, alone or with others, and the rest is read again.
//! Every unit of the new reading must be one of the old, each of its fields a part of what the same
//! field said before. Values may go lost with those that were taken; they may not move.
//!
//! Of evaluation sheets that are torn, only proven values are looked at: what the layout of torn
//! pieces tells is told as doubtful, and a piece that is taken away may be the one that told. Of whole
//! ones all values are.
//!
//! Left out: headings. That of a chapter is printed once and merged down over its rows, so that a text
//! without it is the text of a paper in which it never stood. What is left of a strategy's heading
//! (`①` without its name, a name without its `①`) is not told from text of the measure before it.

mod take;
mod units;

use crate::shared;
use meguri_papers::{Shape, generator};
use take::{take, values};
use units::{Values, moved, units};

/// Takes values away, again and again, and gives back what was said of another cell then.
fn mis_said(
    (family, looked_at): (&str, Values),
    text: &str,
    (times, at_once): (usize, usize),
) -> Vec<String> {
    let before = shared::read(family, text);
    let (known, values) = (units(family, &before, Values::All), values(&before));
    let lines: Vec<Vec<char>> = text
        .split('\n')
        .map(|line| line.chars().collect())
        .collect();
    let (mut found, mut step) = (Vec::new(), 7_usize);
    for _ in 0..times {
        let mut cut = lines.clone();
        let mut gone = Vec::new();
        for _ in 0..at_once {
            step = step.wrapping_mul(6_364_136_223).wrapping_add(1_442_695_041);
            let Some((text, line)) = values.get((step >> 7) % values.len().max(1)) else {
                continue;
            };
            if take(&mut cut, text, *line) {
                gone.push(format!("{line}: {text}"));
            }
        }
        let cut: Vec<String> = cut
            .into_iter()
            .map(|line| line.into_iter().collect())
            .collect();
        let after = shared::read(family, &cut.join("\n"));
        for unit in units(family, &after, looked_at) {
            let odd = moved(&unit, &known);
            if !odd.is_empty() {
                found.push(format!("without {gone:?}: {odd:?}"));
            }
        }
    }
    found
}

fn generated(family: &str, seed: u64, tearing: u32) -> String {
    let generate = generator(family).expect("a generator");
    // A sheet of an evaluation is as long as many units of the others.
    let units = if family == "evaluation" { 3 } else { 8 };
    generate(&Shape {
        seed,
        units,
        tearing,
    })
    .text
}

/// Values taken one at a time and several at a time, out of papers that are whole and torn.
fn nothing_moves(family: &str, real: &str) {
    let all = (family, Values::All);
    assert_nothing(generated_papers(all, &[0, 40]));
    assert_nothing(real_paper(all, real));
}

/// What moves in generated papers at some tearings.
fn generated_papers(looked_at: (&str, Values), tearings: &[u32]) -> Vec<String> {
    let (family, _) = looked_at;
    // A sheet of an evaluation is as long as several units of other papers.
    let ways = if family == "evaluation" {
        [(8, 1), (4, 3)]
    } else {
        [(24, 1), (12, 3)]
    };
    let papers = (1..7).flat_map(|seed| tearings.iter().map(move |tearing| (seed, *tearing)));
    papers
        .flat_map(|(seed, tearing)| {
            let text = generated(family, seed, tearing);
            ways.map(|way| mis_said(looked_at, &text, way)).concat()
        })
        .collect()
}

/// What moves in a real paper, where it is there.
fn real_paper(looked_at: (&str, Values), name: &str) -> Vec<String> {
    let Some(folder) = shared::folder() else {
        return Vec::new();
    };
    let text = std::fs::read_to_string(folder.join("seeds").join(name));
    let text = text.expect("the seed can be read");
    let times = if looked_at.0 == "evaluation" { 6 } else { 40 };
    let ways = [(times, 1), (times / 2, 3)];
    ways.map(|way| mis_said(looked_at, &text, way)).concat()
}

fn assert_nothing(found: Vec<String>) {
    let shown = &found[..found.len().min(20)];
    assert!(found.is_empty(), "{}: {shown:#?}", found.len());
}

#[test]
fn no_value_of_a_strategy_moves_where_others_are_taken() {
    nothing_moves("strategy", "strategy_h30.txt");
}

#[test]
fn no_value_of_programmes_moves_where_others_are_taken() {
    nothing_moves("programs", "programs_r4.txt");
}

#[test]
fn no_value_of_a_reform_plan_moves_where_others_are_taken() {
    nothing_moves("reform", "reform_r2.txt");
}

#[test]
fn no_proven_value_of_an_evaluation_moves_where_others_are_taken() {
    let proven = ("evaluation", Values::Proven);
    assert_nothing(generated_papers(proven, &[40]));
    assert_nothing(real_paper(proven, "evaluation_r4.txt"));
}

#[test]
fn no_value_of_a_whole_evaluation_moves_where_others_are_taken() {
    assert_nothing(generated_papers(("evaluation", Values::All), &[0]));
}

#[test]
fn no_value_of_an_execution_plan_moves_where_others_are_taken() {
    let all = ("midterm", Values::All);
    assert_nothing(generated_papers(all, &[0, 40]));
    assert_nothing(real_paper(all, "midterm_plan.txt"));
}
