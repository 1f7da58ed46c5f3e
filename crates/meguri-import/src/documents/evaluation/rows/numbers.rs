//! Numbers of rows: those that came away are found by what is missing and by the codes around.

use super::ProjectList;
use super::piece::Piece;
use crate::printed::Cell;
use meguri_core::source::Settled;
use meguri_core::text::narrow;
use std::collections::{BTreeMap, BTreeSet};

/// Gives rows without a number the numbers that are missing, then sorts the rows by number.
///
/// A number that stands alone is the last figure of a budget item only where pages bear no numbers.
pub(super) fn number_rows(list: &mut ProjectList, small: bool, numbered_pages: bool) {
    let mut free = free_numbers(list);
    if small {
        while let Some((row, number)) = sure_place(list, &free) {
            free.remove(&number);
            set_number(list, row, number);
        }
        if !numbered_pages {
            take_lone_budget_part(list);
        }
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

/// More pairs of rows and numbers than that are not weighed.
const MOST_PAIRS: usize = 4_000;

/// A row without a number and the free number that only it can bear: by the codes of the rows
/// around, or because no other row and no other number is left. Where two rows may bear a number,
/// or a row two numbers, neither gets it.
fn sure_place(list: &ProjectList, free: &BTreeSet<u32>) -> Option<(usize, u32)> {
    let by_number: BTreeMap<u32, &Piece> = list
        .rows
        .iter()
        .filter_map(|row| Some((*row.no.as_ref()?.value(), row)))
        .collect();
    let open = |row: &Piece| row.no.is_none() && row.dashes < 3;
    let rows: Vec<(usize, &Piece)> = list
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| open(row))
        .collect();
    if rows.len().saturating_mul(free.len()) > MOST_PAIRS {
        return None;
    }
    let mut allowed: Vec<(usize, u32)> = Vec::new();
    for (at, row) in &rows {
        let numbers = free
            .iter()
            .filter(|number| stands_in_order(&by_number, row, **number));
        allowed.extend(numbers.map(|number| (*at, *number)));
    }
    let alone = |(at, number): &(usize, u32)| {
        let of_row = allowed.iter().filter(|(other, _)| other == at).count();
        let of_number = allowed.iter().filter(|(_, other)| other == number).count();
        of_row == 1 && of_number == 1
    };
    let sure = allowed.iter().copied().find(alone);
    sure.or_else(|| first_of_gap(&rows, free, &allowed))
        .or_else(|| match (rows.as_slice(), free.len()) {
            // The last row and the last number, which is printed alone: the order of codes may be broken.
            ([(row, _)], 1) => {
                let number = free.first().copied()?;
                let bears =
                    |piece: &Piece| piece.no.as_ref().is_some_and(|no| *no.value() == number);
                list.numbers.iter().any(bears).then_some((*row, number))
            }
            _ => None,
        })
}

/// The first of several rows that fill one gap between numbers, and nothing else: codes rise.
fn first_of_gap(
    rows: &[(usize, &Piece)],
    free: &BTreeSet<u32>,
    allowed: &[(usize, u32)],
) -> Option<(usize, u32)> {
    let numbers_of = |row: usize| -> Vec<u32> {
        let own = allowed.iter().filter(|(at, _)| *at == row);
        own.map(|(_, number)| *number).collect()
    };
    rows.iter().find_map(|(row, _)| {
        let gap = numbers_of(*row);
        let (first, last) = (*gap.first()?, *gap.last()?);
        let within = free.range(first..=last).count() == gap.len();
        let running = usize::try_from(last - first).is_ok_and(|span| span + 1 == gap.len());
        let inside = |number: &u32| gap.contains(number);
        let fitting = rows
            .iter()
            .filter(|(at, _)| numbers_of(*at).iter().any(inside));
        let same = fitting.clone().all(|(at, _)| numbers_of(*at) == gap);
        let as_many = fitting.clone().count() == gap.len();
        let code = |row: &Piece| row.code.as_ref().map(|code| narrow(code.value()));
        let coded = fitting.clone().all(|(_, row)| row.code.is_some());
        if !(within && running && same && as_many && coded) {
            return None;
        }
        let lowest = fitting.clone().min_by_key(|(_, row)| code(row))?;
        let twice = fitting
            .filter(|(_, row)| code(row) == code(lowest.1))
            .nth(1);
        twice.is_none().then_some((lowest.0, first))
    })
}

/// Does a number set a row between rows whose codes allow it? Codes of one section rise; where those
/// beside it do not, or where there are none, nothing speaks against it.
fn stands_in_order(by_number: &BTreeMap<u32, &Piece>, row: &Piece, number: u32) -> bool {
    let code = |piece: &Piece| piece.code.as_ref().map(|code| narrow(code.value()));
    let before = by_number.range(..number).next_back();
    let after = by_number.range(number..).next();
    let before = before.and_then(|(_, row)| code(row));
    let after = after.and_then(|(_, row)| code(row));
    let Some(own) = code(row) else { return true };
    match (before, after) {
        (Some(before), Some(after)) if before < after => before < own && own < after,
        (Some(before), None) => before < own,
        (None, Some(after)) => own < after,
        _ => true,
    }
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
