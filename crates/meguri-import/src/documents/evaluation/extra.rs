//! The second table of a sheet: projects of a public enterprise (公営企業会計), which have no budget
//! items and no codes, only printed dashes.

use super::form::squash;
use super::pages::Page;
use super::rows::ProjectList;
use super::rows::piece::Piece;
use crate::printed::Cell;

/// More rows than any second table has.
const MOST_ROWS: usize = 200;

/// Takes the rows of the second table out of the list.
pub(super) fn take(pages: &[Page<'_>], list: &mut ProjectList) -> Vec<Piece> {
    let (mut rows, main): (Vec<Piece>, Vec<Piece>) = std::mem::take(&mut list.rows)
        .into_iter()
        .partition(|row| row.dashes >= 3);
    list.rows = main;
    let torn = list.extra_dashes;
    if (1..=MOST_ROWS).contains(&torn) {
        rows.extend(torn_rows(list, torn));
    }
    let account = account(pages);
    for row in &mut rows {
        row.account = row.account.take().or_else(|| account.clone());
        let line = row.line;
        while row.budget.len() < 3 {
            row.budget.push(Cell::layout("-".to_owned(), line));
        }
        let dash = || Some(Cell::layout("-".to_owned(), line));
        row.code = row.code.take().or_else(dash);
        row.step = row.step.take().or_else(dash);
    }
    rows.sort_by_key(|row| row.no.as_ref().map_or(u32::MAX, |no| *no.value()));
    rows
}

/// Rows whose cells stand apart: names in text order, numbers from 1, the section that all share,
/// a cost where it stands beside its number.
fn torn_rows(list: &mut ProjectList, count: usize) -> Vec<Piece> {
    let bare = |row: &Piece| row.budget.is_empty() && row.code.is_none() && row.cost.is_none();
    let (names, main): (Vec<Piece>, Vec<Piece>) = std::mem::take(&mut list.rows)
        .into_iter()
        .partition(|row| bare(row));
    list.rows = main;
    let mut names = names;
    names.sort_by_key(|row| row.order);
    let mut rows: Vec<Piece> = names.into_iter().take(count).collect();
    for (index, row) in rows.iter_mut().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        row.no = Some(Cell::layout(number, row.line));
        if let Some(name) = &mut row.name {
            name.0.settled = meguri_core::source::Settled::Layout;
        }
    }
    give_numbered_pieces(list, &mut rows);
    give_shared_section(list, &mut rows);
    rows
}

/// `1 下水道課 400,115`: section and cost beside a row's number.
fn give_numbered_pieces(list: &mut ProjectList, rows: &mut [Piece]) {
    for row in rows.iter_mut() {
        let number = row.no.as_ref().map(|no| *no.value());
        let same = |piece: &Piece| {
            piece.no.as_ref().map(|no| *no.value()) == number
                && piece.section.is_some()
                && piece.code.is_none()
                && row.lacks_all_of(piece)
        };
        if let Some(at) = list.loose.iter().position(same) {
            let piece = list.loose.remove(at);
            row.take(piece, meguri_core::source::Settled::Layout);
        }
    }
}

/// The rows without a section take the loose ones, where all of them are the same.
fn give_shared_section(list: &mut ProjectList, rows: &mut [Piece]) {
    let lone = |piece: &Piece| piece.section.is_some() && piece.holds() == 1;
    let mut loose: Vec<usize> = (0..list.loose.len())
        .filter(|at| list.loose.get(*at).is_some_and(lone))
        .collect();
    let open = rows.iter().filter(|row| row.section.is_none()).count();
    let value = |at: &usize| {
        list.loose
            .get(*at)
            .and_then(|p| p.section.as_ref())
            .map(|s| s.value().clone())
    };
    let first = loose.first().and_then(value);
    if loose.len() != open || loose.iter().any(|at| value(at) != first) {
        return;
    }
    for row in rows.iter_mut().rev().filter(|row| row.section.is_none()) {
        if let Some(at) = loose.pop() {
            row.take(list.loose.remove(at), meguri_core::source::Settled::Layout);
        }
    }
}

/// The account that the note above the table names: `下水道事業会計（公営企業会計）`.
fn account(pages: &[Page<'_>]) -> Option<Cell<String>> {
    for line in pages.iter().filter(|p| p.marks.list).flat_map(Page::lines) {
        let text = squash(line.text);
        if let Some((before, _)) = text.split_once("事業会計") {
            let kanji = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}');
            let name: Vec<char> = before.chars().rev().take_while(kanji).collect();
            let name: String = name.into_iter().rev().collect();
            let name = name.trim_start_matches("公営企業").to_owned();
            if !name.is_empty() && name.chars().count() <= 6 {
                return Some(Cell::printed(name, line.number));
            }
        }
    }
    None
}
