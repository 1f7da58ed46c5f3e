//! What the printed numbers prove, and the list of directions.

use super::printed::{GradeCounts, ProgramDirection, ProgramsReading};
use crate::printed::{Cell, Unresolved};
use meguri_core::source::Settled;
use meguri_core::text::name_key;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The directions of the summary, then those that only the tables name.
pub(super) fn directions(
    headings: Vec<(Cell<u32>, Option<Cell<String>>)>,
    reading: &mut ProgramsReading,
) {
    let mut known: HashMap<u32, usize> = HashMap::new();
    let rows = reading.summary.rows.iter();
    let of_summary = rows.filter_map(|row| Some((row.direction.clone()?, row.name.clone())));
    // The headings of the tables stand nearest to what they head: they come first.
    for (no, name) in headings.into_iter().chain(of_summary) {
        let at = known.entry(*no.value()).or_insert(reading.directions.len());
        match reading.directions.get_mut(*at) {
            Some(direction) => {
                if direction.name.is_none() {
                    direction.name = name;
                }
            }
            None => reading
                .directions
                .push(ProgramDirection { no: Some(no), name }),
        }
    }
    reading
        .directions
        .sort_by_key(|direction| direction.no.as_ref().map(|no| *no.value()));
}

/// Marks what the printed counts prove: a row of the summary by its number of programmes, the total
/// by its rows, the directions and grades of the programmes by the summary.
pub(super) fn settle(reading: &mut ProgramsReading) {
    prove_rows(reading);
    prove_total(reading);
    name_lost_counts(reading);
    name_lost_numbers(reading);
    let graded = graded_by_direction(reading);
    let mut proven: HashSet<u32> = HashSet::new();
    let mut counted: HashSet<u32> = HashSet::new();
    for row in &reading.summary.rows {
        let (Some(no), Some(programs)) = (&row.direction, &row.programs) else {
            continue;
        };
        let Some(found) = graded.get(no.value()) else {
            continue;
        };
        if found.rows == *programs.value() {
            counted.insert(*no.value());
            if found.agrees(&row.grades) {
                proven.insert(*no.value());
            }
        }
    }
    for program in &mut reading.programs {
        let Some(direction) = &mut program.direction else {
            continue;
        };
        let Some(grade) = &mut program.grade else {
            continue;
        };
        if counted.contains(direction.value()) {
            direction.0.settled = Settled::Proven;
        }
        if proven.contains(direction.value()) {
            grade.0.settled = Settled::Proven;
        }
    }
}

/// The graded programmes under one direction.
#[derive(Default)]
struct Graded {
    rows: u32,
    by_grade: BTreeMap<String, u32>,
}

impl Graded {
    fn agrees(&self, counts: &GradeCounts) -> bool {
        counts.0.iter().all(|(grade, count)| {
            let found = self.by_grade.get(grade).copied().unwrap_or(0);
            count.as_ref().is_some_and(|count| *count.value() == found)
        })
    }
}

fn graded_by_direction(reading: &ProgramsReading) -> HashMap<u32, Graded> {
    let mut graded: HashMap<u32, Graded> = HashMap::new();
    for program in &reading.programs {
        if let (Some(direction), Some(grade)) = (&program.direction, &program.grade) {
            let entry = graded.entry(*direction.value()).or_default();
            entry.rows = entry.rows.saturating_add(1);
            let count = entry.by_grade.entry(grade.value().clone()).or_default();
            *count = count.saturating_add(1);
        }
    }
    graded
}

fn sum(counts: &GradeCounts) -> Option<u64> {
    counts
        .0
        .iter()
        .map(|(_, count)| count.as_ref().map(|count| u64::from(*count.value())))
        .sum()
}

fn prove_rows(reading: &mut ProgramsReading) {
    for row in &mut reading.summary.rows {
        let programs = row.programs.as_ref().map(|count| u64::from(*count.value()));
        if programs.is_some() && sum(&row.grades) == programs {
            prove(&mut row.grades);
        }
    }
}

fn prove_total(reading: &mut ProgramsReading) {
    let rows = &reading.summary.rows;
    let total = &reading.summary.total;
    let adds_up = |(column, (_, total)): (usize, &(String, Option<Cell<u32>>))| {
        let parts = rows.iter().map(|row| {
            let (_, count) = row.grades.0.get(column)?;
            count.as_ref().map(|count| u64::from(*count.value()))
        });
        let sum: Option<u64> = parts.sum();
        sum.is_some() && sum == total.as_ref().map(|count| u64::from(*count.value()))
    };
    if !rows.is_empty() && total.0.iter().enumerate().all(adds_up) {
        prove(&mut reading.summary.total);
    }
}

/// Names the rows of the summary whose counts the text lost.
fn name_lost_counts(reading: &mut ProgramsReading) {
    for row in &reading.summary.rows {
        let lost = row.grades.0.iter().any(|(_, count)| count.is_none());
        if let (true, Some(programs)) = (lost, &row.programs) {
            let direction = row.direction.as_ref().map(|no| no.value().to_string());
            reading.unresolved.push(Unresolved {
                place: format!("summary direction {}", direction.unwrap_or_default()),
                field: "grades".to_owned(),
                candidates: Vec::new(),
                why: "評価ごとの数が揃っていないため、どの評価の数か決められません。".to_owned(),
                line: programs.line(),
            });
        }
    }
}

/// Names the delayed programmes whose number is lost, with those of the same name.
fn name_lost_numbers(reading: &mut ProgramsReading) {
    if reading.delayed.iter().all(|row| row.no.is_some()) {
        return;
    }
    let mut named: HashMap<String, u32> = HashMap::new();
    for program in &reading.programs {
        if let (Some(no), Some(name)) = (&program.no, &program.name) {
            named.insert(name_key(name.value()), *no.value());
        }
    }
    for (index, row) in reading.delayed.iter().enumerate() {
        let (None, Some(name)) = (&row.no, &row.name) else {
            continue;
        };
        let no = named.get(&name_key(name.value()));
        reading.unresolved.push(Unresolved {
            place: format!("delayed row {}", index + 1),
            field: "no".to_owned(),
            candidates: no.map(u32::to_string).into_iter().collect(),
            why: "遅れているプログラムの番号が本文から失われています。".to_owned(),
            line: name.line(),
        });
    }
}

fn prove(counts: &mut GradeCounts) {
    for (_, count) in &mut counts.0 {
        if let Some(cell) = count {
            cell.0.settled = Settled::Proven;
        }
    }
}
