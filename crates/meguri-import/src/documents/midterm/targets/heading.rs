//! What a row of the table begins with (number and name) and what follows (unit and values).

use super::Columns;
use crate::documents::midterm::cells::{Cost, cells, cost};
use crate::documents::midterm::marks::is_value;
use crate::printed::Cell;
use crate::text::join::push_wrapped;
use meguri_core::text::{narrow_char, whole_number};

/// Unit and values of a row, with their columns.
pub(super) struct Fields<'a> {
    /// More of the name than its cell held.
    pub(super) name: String,
    pub(super) unit: Option<(usize, &'a str)>,
    pub(super) values: Vec<(usize, &'a str)>,
}

impl<'a> Fields<'a> {
    /// Takes apart what follows the name: the unit and as many values as the head has columns.
    pub(super) fn of(rest: &[&'a str], offset: usize, columns: &Columns) -> Self {
        let (want, _) = columns.values();
        let unit = usize::from(columns.unit);
        let mut cells: Vec<(usize, &'a str)> = rest
            .iter()
            .enumerate()
            .map(|(at, cell)| (offset + at, *cell))
            .collect();
        // Empty cells that the head's shift leaves over, at the end first.
        while cells.len() > want + unit && cells.last().is_some_and(|(_, c)| c.is_empty()) {
            cells.pop();
        }
        let over = cells.len().saturating_sub(want + unit);
        let empty = cells.iter().take(over).take_while(|(_, c)| c.is_empty());
        let empty = empty.count();
        cells.drain(..empty);
        let mut name = String::new();
        let over = cells.len().saturating_sub(want + unit);
        if want > 0 && cells.iter().take(over).all(|(_, cell)| !is_value(cell)) {
            let more: Vec<&str> = cells.drain(..over).map(|(_, cell)| cell).collect();
            name = more.join(" ").trim().to_owned();
        }
        let lost_unit = cells.len() <= want && cells.first().is_some_and(|(_, c)| is_value(c));
        let has_unit = columns.unit && !lost_unit && !cells.is_empty();
        let unit = has_unit.then(|| cells.remove(0));
        Self {
            name,
            unit: unit.filter(|(_, unit)| !unit.is_empty()),
            values: cells,
        }
    }
}

/// Number and name at the head of a row.
pub(super) struct Heading {
    pub(super) no: Option<Cell<u32>>,
    pub(super) name: Option<Cell<String>>,
    /// The first cell behind them.
    pub(super) end: usize,
}

impl Heading {
    pub(super) fn of(
        found: &[&str],
        expected: u32,
        pending: Option<Cell<String>>,
        line: u32,
    ) -> Self {
        let first = found.iter().position(|cell| !cell.is_empty());
        let first = first.unwrap_or_default();
        let cell = found.get(first).copied().unwrap_or_default();
        if let Some(pending) = pending {
            return Self::wrapped(&pending, found, expected, line);
        }
        let printed = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| Cell::printed(text.to_owned(), line))
        };
        if let Some(no) = number_alone(cell) {
            return Self {
                no: Some(Cell::printed(no, line)),
                name: found.get(first + 1).and_then(|name| printed(name)),
                end: first + 2,
            };
        }
        let (no, name) = split_number(cell, expected);
        Self {
            no: no.map(|no| Cell::printed(no, line)),
            name: printed(name),
            end: first + 1,
        }
    }

    /// The cell behind the number is no name.
    pub(super) fn lose_name(&mut self) {
        if self.name.take().is_some() {
            self.end = self.end.saturating_sub(1);
        }
    }

    /// The row goes on where the line before it broke off.
    fn wrapped(pending: &Cell<String>, found: &[&str], expected: u32, line: u32) -> Self {
        let first = found.iter().position(|cell| !cell.is_empty());
        let first = first.unwrap_or_default();
        let (no, begun) = match number_alone(pending.value()) {
            Some(no) => (Some(no), ""),
            None => split_number(pending.value(), expected),
        };
        let mut name = begun.trim().to_owned();
        let cell = found.get(first).copied().unwrap_or_default();
        // A row that begins with the unit: its whole name stood on the line before.
        let goes_on = found.get(first + 1).is_some_and(|next| !is_value(next));
        let end = if goes_on || begun.is_empty() && !is_value(cell) {
            push_wrapped(&mut name, cell);
            first + 1
        } else {
            first
        };
        let name_line = if begun.is_empty() {
            line
        } else {
            pending.line()
        };
        Self {
            no: no.map(|no| Cell::layout(no, pending.line())),
            name: (!name.is_empty()).then(|| Cell::layout(name, name_line)),
            end,
        }
    }
}

/// `3`, `３`, `③`, `(3)`, `3.`.
pub(super) fn number_alone(cell: &str) -> Option<u32> {
    let bare = |c: char| matches!(c, '(' | ')' | '（' | '）' | '.' | '．' | ' ');
    whole_number(cell.trim_matches(bare)).filter(|_| cell.len() <= 16)
}

/// Splits `3 name`; glued figures are a number only where the numbering expects it.
fn split_number(cell: &str, expected: u32) -> (Option<u32>, &str) {
    let cell = cell.trim();
    let end = cell
        .char_indices()
        .find(|(_, c)| !narrow_char(*c).is_ascii_digit())
        .map_or(cell.len(), |(at, _)| at);
    let (digits, rest) = cell.split_at_checked(end).unwrap_or(("", cell));
    if digits.is_empty() {
        let first = cell
            .chars()
            .next()
            .filter(|c| !c.is_alphanumeric() || *c > '\u{2000}');
        let circled = first.and_then(meguri_core::text::circled_value);
        let name = first.map_or(cell, |c| cell.get(c.len_utf8()..).unwrap_or(cell));
        return circled.map_or((None, cell), |no| (Some(no), name.trim()));
    }
    let parted = rest.starts_with([' ', '\u{3000}', '.', '．', '、', '）', ')']);
    match whole_number(digits) {
        Some(no) if parted || no == expected => {
            let name = rest.trim_start_matches([' ', '\u{3000}', '.', '．', '、', '）', ')']);
            (Some(no), name)
        }
        _ => (None, cell),
    }
}

/// Does a row look like that of an indicator: a number, a name, and three values or more?
pub(in crate::documents::midterm) fn is_target_row(text: &str) -> bool {
    let found = cells(text);
    let mut filled = found.iter().filter(|cell| !cell.is_empty());
    let first = filled.next().copied().unwrap_or_default();
    let named = match number_alone(first) {
        Some(_) => filled.next().is_some_and(|name| !is_value(name)),
        None => cost(first) == Cost::Other && split_number(first, 0).0.is_some(),
    };
    named && filled.filter(|cell| is_value(cell)).count() >= 3
}

/// Does a text begin the row with the expected number?
pub(super) fn starts_row(text: &str, expected: u32) -> bool {
    let no = number_alone(text.trim()).or_else(|| split_number(text, expected).0);
    no.is_some_and(|no| no == expected)
}
