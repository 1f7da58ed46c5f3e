//! Numbers of rows: those that came away are found by what is missing and by the codes around.

use super::ProjectList;
use super::piece::Piece;
use crate::documents::evaluation::vocabulary::code_prefix;
use crate::printed::Cell;
use meguri_core::source::Settled;
use meguri_core::text::narrow;
use std::collections::{BTreeSet, HashMap};

/// Gives rows without a number the numbers that are missing, then sorts the rows by number.
pub(super) fn number_rows(list: &mut ProjectList, small: bool) {
    let mut free = free_numbers(list);
    if small {
        while let Some((row, number)) = best_place(list, &free) {
            free.remove(&number);
            set_number(list, row, number);
        }
        take_lone_budget_part(list);
    }
    list.rows
        .sort_by_key(|row| row.no.as_ref().map_or(u32::MAX, |no| *no.value()));
}

/// The numbers from 1 to the number of rows that no row bears. Where rows are missing, as in a cut
/// document, only those that stand alone in the text.
fn free_numbers(list: &ProjectList) -> BTreeSet<u32> {
    let main = list.rows.iter().filter(|row| row.dashes < 3);
    let taken: BTreeSet<u32> = main
        .clone()
        .filter_map(|row| Some(*row.no.as_ref()?.value()))
        .collect();
    let count = u32::try_from(main.count()).unwrap_or(u32::MAX);
    let complete = taken.last().is_none_or(|last| *last <= count);
    if complete {
        return (1..=count).filter(|n| !taken.contains(n)).collect();
    }
    let lone = list
        .numbers
        .iter()
        .filter_map(|piece| Some(*piece.no.as_ref()?.value()));
    let last = taken.last().copied().unwrap_or(0);
    lone.filter(|n| *n <= last && !taken.contains(n)).collect()
}

/// The row without a number and the free number that fit best: the codes of the rows with the
/// numbers next to it share the prefix, and are the nearest.
fn best_place(list: &ProjectList, free: &BTreeSet<u32>) -> Option<(usize, u32)> {
    let by_number: HashMap<u32, &Piece> = list
        .rows
        .iter()
        .filter_map(|row| Some((*row.no.as_ref()?.value(), row)))
        .collect();
    let open: Vec<usize> = (0..list.rows.len())
        .filter(|at| {
            list.rows
                .get(*at)
                .is_some_and(|row| row.no.is_none() && row.dashes < 3)
        })
        .collect();
    if open.len() * free.len() > 4_000 {
        return open.first().copied().zip(free.first().copied());
    }
    let mut best: Option<((i32, i64), usize, u32)> = None;
    for at in &open {
        for number in free {
            let row = list.rows.get(*at)?;
            let before = number.checked_sub(1).and_then(|n| by_number.get(&n));
            let after = number.checked_add(1).and_then(|n| by_number.get(&n));
            let (a, gap_a) = nearness(before.copied(), row, true);
            let (b, gap_b) = nearness(after.copied(), row, false);
            let fit = (a + b, -(gap_a + gap_b));
            if best.as_ref().is_none_or(|(so_far, ..)| fit > *so_far) {
                best = Some((fit, *at, *number));
            }
        }
    }
    best.map(|(_, at, number)| (at, number))
}

/// How well a row stands beside a neighbour, and how far apart their codes are.
fn nearness(neighbour: Option<&Piece>, row: &Piece, before: bool) -> (i32, i64) {
    let Some(neighbour) = neighbour else {
        return (0, 0);
    };
    let same_section = match (&neighbour.section, &row.section) {
        (Some(a), Some(b)) => a.value() == b.value(),
        _ => false,
    };
    let (Some(a), Some(b)) = (&neighbour.code, &row.code) else {
        return (i32::from(same_section), 0);
    };
    let (a, b) = (narrow(a.value()), narrow(b.value()));
    let same_prefix = code_prefix(&a) == code_prefix(&b);
    let gap = match (a.parse::<i64>(), b.parse::<i64>()) {
        (Ok(a), Ok(b)) if before => b.saturating_sub(a),
        (Ok(a), Ok(b)) => a.saturating_sub(b),
        _ => 0,
    };
    let in_order = gap > 0;
    // Lists run by their codes more often than not: a place against that order is the weaker one.
    let by_order = match (same_prefix, in_order) {
        (true, true) => 4,
        (true, false) => -2,
        (false, true) => 1,
        (false, false) => -1,
    };
    let fit = i32::from(same_section) + by_order;
    let gap = if same_prefix && in_order { gap } else { 1_000 };
    (fit, gap)
}

fn set_number(list: &mut ProjectList, row: usize, number: u32) {
    let lone = list
        .numbers
        .iter()
        .position(|piece| piece.no.as_ref().is_some_and(|no| *no.value() == number));
    let line = lone.map(|at| list.numbers.remove(at).line);
    if let Some(row) = list.rows.get_mut(row) {
        row.no = Some(Cell::layout(number, line.unwrap_or(row.line)));
    }
}

/// A lone number that is no row's and the only row whose budget item lacks its end.
fn take_lone_budget_part(list: &mut ProjectList) {
    let count = list.rows.iter().filter(|row| row.dashes < 3).count();
    let mut rows = (0..list.rows.len()).filter(|at| {
        list.rows
            .get(*at)
            .is_some_and(|row| row.budget.len() == 2 && row.code.is_some())
    });
    let (Some(row), None) = (rows.next(), rows.next()) else {
        return;
    };
    // Costs of a second table may stand alone, too: behind its first row.
    let end = list
        .rows
        .iter()
        .filter(|row| row.dashes >= 3)
        .map(|row| row.order)
        .min();
    let spare: Vec<usize> = (0..list.numbers.len())
        .filter(|at| {
            list.numbers
                .get(*at)
                .and_then(|piece| piece.no.as_ref())
                .is_some_and(|no| (1..=count).contains(&(*no.value() as usize)))
        })
        .collect();
    let before_end = |at: &usize| {
        list.numbers
            .get(*at)
            .is_some_and(|piece| end.is_none_or(|end| piece.order < end))
    };
    let inside: Vec<usize> = spare.iter().copied().filter(before_end).collect();
    let at = match (spare.as_slice(), inside.as_slice()) {
        ([only], _) | (_, [only]) => *only,
        _ => return,
    };
    let piece = list.numbers.remove(at);
    if let (Some(row), Some(no)) = (list.rows.get_mut(row), piece.no) {
        let mut cell = Cell::layout(no.value().to_string(), no.line());
        cell.0.settled = Settled::Layout;
        row.budget.push(cell);
    }
}
