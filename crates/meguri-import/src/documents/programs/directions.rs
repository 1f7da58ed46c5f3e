//! Which direction a row belongs to, where the page with its heading may be missing.
//!
//! A heading holds for the rows below it, over pages too. Where numbers are missing over a turn of
//! pages, or pages have changed places, another heading may have stood between: then the
//! neighbours by number and the counts of the summary decide, or nobody does.

use super::block::Under;
use super::printed::{Program, ProgramsReading};
use crate::printed::{Cell, Unresolved};
use std::collections::{BTreeMap, BTreeSet};

/// A row whose direction is in doubt: its place among the programmes, and what stood above it.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) program: usize,
    pub(super) line: u32,
    pub(super) under: Option<Under>,
}

/// Settles all doubts, or names them.
pub(super) fn settle(doubts: &[Doubt], disordered: bool, reading: &mut ProgramsReading) {
    mend_crowded(reading);
    if doubts.is_empty() {
        return;
    }
    let known = Known {
        disordered,
        ..Known::of(reading)
    };
    let ranges = ranges(reading, &BTreeSet::new());
    for doubt in doubts {
        let Some(program) = reading.programs.get_mut(doubt.program) else {
            continue;
        };
        let no = program.no.as_ref().map(|no| *no.value());
        let carried = doubt
            .under
            .filter(|under| no.is_some_and(|no| known.allows(program, no, *under)));
        program.direction = match (carried, no.and_then(|no| ranges.get(program, no))) {
            (_, Some((direction, line))) => Some(Cell::proven(direction, line)),
            (Some(under), None) => Some(Cell::layout(under.no, under.line)),
            (None, None) => {
                reading.unresolved.push(unresolved(program, doubt));
                None
            }
        };
    }
}

fn unresolved(program: &Program, doubt: &Doubt) -> Unresolved {
    let under = doubt.under.map(|under| under.no.to_string());
    let why = "「方向性」の見出しがある頁が欠けているか入れ替わっているため、この行がどの方向性に属するか分かりません。";
    Unresolved {
        place: super::row::place(program, doubt.program),
        field: "direction".to_owned(),
        candidates: under.into_iter().collect(),
        why: why.to_owned(),
        line: doubt.line,
    }
}

/// Is the row one of the table with grades? The summary counts that one.
fn is_counted(program: &Program) -> bool {
    program
        .kind
        .as_ref()
        .is_none_or(|kind| !kind.value().contains("検討"))
}

/// What the rows beyond doubt say, by table and number.
struct Known {
    /// The rows stand in another order than that of their numbers, within pages too.
    disordered: bool,
    numbers: Vec<u32>,
    directions: [BTreeMap<u32, u32>; 2],
}

impl Known {
    fn of(reading: &ProgramsReading) -> Self {
        let mut known = Self {
            disordered: false,
            numbers: Vec::new(),
            directions: [BTreeMap::new(), BTreeMap::new()],
        };
        for program in &reading.programs {
            let Some(no) = program.no.as_ref().map(|no| *no.value()) else {
                continue;
            };
            known.numbers.push(no);
            if let Some(direction) = &program.direction {
                known.directions[usize::from(is_counted(program))].insert(no, *direction.value());
            }
        }
        known.numbers.sort_unstable();
        known.numbers.dedup();
        known
    }

    /// May the heading above still hold for a row? Not where numbers before it are missing, and
    /// not where its neighbours by number stand under others.
    fn allows(&self, program: &Program, no: u32, under: Under) -> bool {
        let (from, to) = under.jump.unwrap_or((no, no));
        let back = to <= from;
        let whole = back || {
            let below = |bound: u32| self.numbers.partition_point(|n| *n < bound);
            let between = below(to).saturating_sub(below(from.saturating_add(1)));
            u32::try_from(between).is_ok_and(|n| n == to - from - 1)
        };
        let directions = &self.directions[usize::from(is_counted(program))];
        let before = directions.range(..no).next_back().map(|(_, d)| *d);
        let after = directions
            .range(no.saturating_add(1)..)
            .next()
            .map(|(_, d)| *d);
        if back && !self.disordered {
            // Pages have changed places: only rows of one direction on both sides decide.
            return before == Some(under.no) && after == Some(under.no);
        }
        whole && before.is_none_or(|d| d <= under.no) && after.is_none_or(|d| under.no <= d)
    }
}

/// The numbers of each direction in the first table by the counts of the summary, where all rows
/// beyond doubt agree with them: first number, last number, direction, line.
struct Ranges(Vec<(u32, u32, u32, u32)>);

impl Ranges {
    fn get(&self, program: &Program, no: u32) -> Option<(u32, u32)> {
        let after = self.0.partition_point(|(from, ..)| *from <= no);
        let (_, to, direction, line) = self.0.get(after.checked_sub(1)?)?;
        (is_counted(program) && no <= *to).then_some((*direction, *line))
    }
}

fn ranges(reading: &ProgramsReading, crowded: &BTreeSet<u32>) -> Ranges {
    let mut ranges = Vec::new();
    let mut next = 1_u32;
    for row in &reading.summary.rows {
        let (Some(direction), Some(programs)) = (&row.direction, &row.programs) else {
            return Ranges(Vec::new());
        };
        let after = next.saturating_add(*programs.value());
        if after > next {
            ranges.push((next, after - 1, *direction.value(), direction.line()));
        }
        next = after;
    }
    let ranges = Ranges(ranges);
    let (mut agreeing, mut counted) = (0, 0_u32);
    for program in reading.programs.iter().filter(|p| is_counted(p)) {
        counted = counted.saturating_add(1);
        let (Some(no), Some(direction)) = (&program.no, &program.direction) else {
            continue;
        };
        match ranges.get(program, *no.value()) {
            Some((found, _)) if found == *direction.value() => agreeing += 1,
            Some(_) if crowded.contains(direction.value()) => {}
            _ => return Ranges(Vec::new()),
        }
    }
    if agreeing < 2 && counted.checked_add(1) != Some(next) {
        return Ranges(Vec::new());
    }
    ranges
}

/// Where a direction has more rows than the summary counts, the heading of the next one is lost:
/// the numbers of the rows and the counts tell which rows are whose.
fn mend_crowded(reading: &mut ProgramsReading) {
    let mut found: BTreeMap<u32, u32> = BTreeMap::new();
    for program in reading.programs.iter().filter(|p| is_counted(p)) {
        if let Some(direction) = &program.direction {
            *found.entry(*direction.value()).or_default() += 1;
        }
    }
    let crowded: BTreeSet<u32> = reading
        .summary
        .rows
        .iter()
        .filter_map(|row| {
            Some((
                *row.direction.as_ref()?.value(),
                *row.programs.as_ref()?.value(),
            ))
        })
        .filter(|(direction, programs)| found.get(direction).is_some_and(|n| n > programs))
        .map(|(direction, _)| direction)
        .collect();
    if crowded.is_empty() {
        return;
    }
    let ranges = ranges(reading, &crowded);
    for program in &mut reading.programs {
        let carried = program.direction.as_ref().map(|d| *d.value());
        let no = program.no.as_ref().map(|no| *no.value());
        if carried.is_some_and(|d| crowded.contains(&d))
            && let Some((direction, line)) = no.and_then(|no| ranges.get(program, no))
            && carried != Some(direction)
        {
            program.direction = Some(Cell::proven(direction, line));
        }
    }
}
