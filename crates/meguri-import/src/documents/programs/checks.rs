//! What the printed numbers prove, and the list of directions.

use super::printed::{GradeCounts, ProgramDirection, ProgramsReading};
use crate::printed::{Cell, Unresolved};
use meguri_core::source::Settled;
use meguri_core::text::name_key;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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

/// Marks what the printed counts prove. A sum alone proves no place: counts that have changed their
/// columns give the same sum, and a programme that stands under a foreign heading gives the same
/// number where another one is missing. So a place counts as proven only where no other one
/// satisfies the counts:
///
/// - the counts of a row of the summary, where the programmes of the direction in the tables have
///   just these grades, each as often;
/// - the total, where all rows are proven and each of its columns is the sum of theirs;
/// - the directions of programmes, where every row of the summary has as many programmes as it says
///   and their numbers rise over all directions, so that no two can have changed places;
/// - the grade of a programme, where its direction has one grade only, or where the table of delayed
///   programmes names just those with the last grade and one other grade is left.
///
/// A programme whose grade is lost counts for no grade: then nothing of its direction is proven.
pub(super) fn settle(reading: &mut ProgramsReading) {
    name_lost_counts(reading);
    name_lost_numbers(reading);
    let graded = graded_by_direction(reading);
    let proven = proven_rows(reading, &graded);
    prove_total(reading, &proven);
    let ordered = directions_are_proven(reading, &graded);
    let last = reading
        .summary
        .rows
        .iter()
        .find_map(|row| row.grades.0.last());
    let last = last.map(|(grade, _)| grade.clone());
    let delayed = delayed_numbers(reading, last.as_deref());
    for program in &mut reading.programs {
        let (Some(direction), Some(grade)) = (&mut program.direction, &mut program.grade) else {
            continue;
        };
        if ordered {
            direction.0.settled = Settled::Proven;
        }
        let of_direction = graded.get(direction.value());
        let unique = of_direction.is_some_and(|found| match &delayed {
            Some(_) => found.others(last.as_deref()) <= 1,
            None => found.others(None) <= 1,
        });
        if proven.contains(direction.value()) && unique {
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
            // A printed dash is none.
            count.as_ref().map_or(0, |count| *count.value()) == found
        })
    }

    /// How many grades there are besides one.
    fn others(&self, besides: Option<&str>) -> usize {
        let other = |grade: &&String| besides != Some(grade.as_str());
        self.by_grade.keys().filter(other).count()
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

/// The rows of the summary whose counts are those of the programmes, which are marked.
fn proven_rows(reading: &mut ProgramsReading, graded: &HashMap<u32, Graded>) -> HashSet<u32> {
    let mut proven = HashSet::new();
    for row in &mut reading.summary.rows {
        let (Some(no), Some(programs)) = (&row.direction, &row.programs) else {
            continue;
        };
        let found = graded.get(no.value());
        let same = |found: &&Graded| found.rows == *programs.value() && found.agrees(&row.grades);
        if found.filter(same).is_some() && row.grades.0.iter().any(|(_, count)| count.is_some()) {
            proven.insert(*no.value());
            prove(&mut row.grades);
        }
    }
    proven
}

fn prove_total(reading: &mut ProgramsReading, proven: &HashSet<u32>) {
    let rows = &reading.summary.rows;
    let total = &reading.summary.total;
    let all = rows.iter().all(|row| {
        row.direction
            .as_ref()
            .is_some_and(|no| proven.contains(no.value()))
    });
    let adds_up = |(column, (_, total)): (usize, &(String, Option<Cell<u32>>))| {
        let parts = rows.iter().map(|row| {
            let count = row
                .grades
                .0
                .get(column)
                .and_then(|(_, count)| count.as_ref());
            count.map_or(0, |count| u64::from(*count.value()))
        });
        let sum: u64 = parts.sum();
        sum == total.as_ref().map_or(0, |count| u64::from(*count.value()))
    };
    if all && !rows.is_empty() && total.0.iter().enumerate().all(adds_up) {
        prove(&mut reading.summary.total);
    }
}

/// Has every direction as many programmes as the summary says, in the order of their numbers?
fn directions_are_proven(reading: &ProgramsReading, graded: &HashMap<u32, Graded>) -> bool {
    let rows = &reading.summary.rows;
    let whole = rows.iter().all(|row| {
        let (Some(no), Some(programs)) = (&row.direction, &row.programs) else {
            return false;
        };
        graded.get(no.value()).map_or(0, |found| found.rows) == *programs.value()
    });
    let counted = reading.programs.iter().filter_map(|program| {
        Some((
            program.no.as_ref()?,
            program.direction.as_ref()?,
            program.grade.as_ref()?,
        ))
    });
    let mut placed: Vec<(u32, u32)> = counted
        .map(|(no, direction, _)| (*no.value(), *direction.value()))
        .collect();
    let all = placed.len()
        == reading
            .programs
            .iter()
            .filter(|p| p.grade.is_some())
            .count();
    placed.sort_unstable();
    let rising = placed.windows(2).all(|pair| match pair {
        [(a, above), (b, below)] => a < b && above <= below,
        _ => true,
    });
    whole && all && rising && !rows.is_empty()
}

/// The numbers of the delayed programmes, where they are just those with the last grade.
fn delayed_numbers(reading: &ProgramsReading, last: Option<&str>) -> Option<BTreeSet<u32>> {
    let named: Option<BTreeSet<u32>> = reading
        .delayed
        .iter()
        .map(|row| row.no.as_ref().map(|no| *no.value()))
        .collect();
    let graded = reading.programs.iter().filter(|program| {
        let grade = program.grade.as_ref().map(|grade| grade.value().as_str());
        grade.is_some() && grade == last
    });
    let graded: Option<BTreeSet<u32>> = graded
        .map(|program| program.no.as_ref().map(|no| *no.value()))
        .collect();
    named.filter(|named| Some(named) == graded.as_ref())
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
