//! Cells of the tables: where they end, years, amounts.

use super::marks::value;
use crate::text::money_units::bare_unit;
use meguri_core::fiscal_year::YearHead;
use meguri_core::money::{MoneyUnit, PrintedAmount};
use meguri_core::text::is_dash_cell;

/// The cells of a line: between tabs, between pipes, or else between two and more spaces.
pub(super) fn cells(text: &str) -> Vec<&str> {
    if text.contains('\t') {
        return text.split('\t').map(str::trim).collect();
    }
    if let Some(inner) = text.strip_prefix('|') {
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        return inner.split('|').map(str::trim).collect();
    }
    text.split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

/// A text without any white space.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The most years that a table has; a head with more of them is none, and reading on would cost
/// every row of the table as much.
const MOST_YEARS: usize = 20;

/// The cells that are the head of a year, with their columns, in printed order.
pub(super) fn years_of(cells: &[&str]) -> Vec<(usize, YearHead)> {
    let mut heads = YearHead::among(cells);
    heads.truncate(MOST_YEARS);
    heads
}

/// What a cell of costs says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cost {
    /// A printed dash: nothing planned.
    Dash,
    /// An amount, in the unit behind it or in that of its table.
    Amount(PrintedAmount),
    /// Something else.
    Other,
}

/// Does a line begin with an amount, or with the unit that is left of one?
pub(super) fn begins_with_amount(text: &str) -> bool {
    let cells = cells(text);
    let first = cells.into_iter().find(|cell| !cell.is_empty());
    first.is_some_and(|cell| matches!(cost(cell), Cost::Amount(_)) || is_unit(cell))
}

/// Reads a cell of costs; marks of notes behind an amount do not count.
pub(super) fn cost(cell: &str) -> Cost {
    if is_dash_cell(cell) {
        return Cost::Dash;
    }
    let amount = PrintedAmount::parse(cell);
    let unmarked = || {
        let marked = cell.len() <= LONGEST_AMOUNT && cell.contains(['※', '*', '＊']);
        marked.then(|| PrintedAmount::parse(&value(cell).text))?
    };
    amount.or_else(unmarked).map_or(Cost::Other, Cost::Amount)
}

/// No amount with its mark is longer, in bytes.
const LONGEST_AMOUNT: usize = 80;

/// The unit that stands alone in a cell of a row of costs: `8,345 | 千円`.
pub(super) fn lone_unit(text: &str) -> Option<MoneyUnit> {
    let between = |c: char| c.is_whitespace() || c == '|';
    text.split(between).find_map(bare_unit)
}

/// Is a piece between spaces part of a row of costs?
pub(super) fn is_cost_token(token: &str) -> bool {
    token
        .split_whitespace()
        .all(|t| is_unit(t) || cost(t) != Cost::Other)
}

fn is_unit(token: &str) -> bool {
    bare_unit(token).is_some()
}

/// The cells of a row of costs with their columns, without the empty ones and without units that
/// stand alone in a cell. In a row without tabs the pieces between spaces are its cells.
pub(super) fn cost_cells<'a>(text: &'a str) -> Vec<(usize, &'a str)> {
    let filled = |cell: &(usize, &str)| !cell.1.is_empty() && !is_unit(cell.1);
    if text.contains(['\t', '|']) {
        return cells(text).into_iter().enumerate().filter(filled).collect();
    }
    let pieces: Vec<&'a str> = text.split_whitespace().collect();
    pieces.into_iter().enumerate().filter(filled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_heads_and_figures_are_not() {
        let short = |cells: &[&str]| -> Vec<String> {
            let heads = years_of(cells).into_iter();
            heads.map(|(_, head)| head.year.short()).collect()
        };
        assert_eq!(
            short(&["", "令和2年度", "令和３年度", "4年度"]),
            ["R2", "R3", "R4"]
        );
        assert_eq!(
            short(&["平成31年度（2019年度）", "令和2年度（目標）"]),
            ["R1", "R2"]
        );
        assert_eq!(
            short(&["2000", "1,234", "—", "令和4年3月", "人/年"]),
            [""; 0]
        );
    }

    #[test]
    fn amounts_keep_the_unit_that_they_print() {
        let read = |cell: &str| match cost(cell) {
            Cost::Dash => "dash".to_owned(),
            Cost::Other => "other".to_owned(),
            Cost::Amount(amount) => {
                let unit = amount.unit.map_or("", MoneyUnit::label);
                format!("{} {unit}", amount.number.normalize())
            }
        };
        for (cell, want) in [
            ("8,345 千円", "8345 千円"),
            ("８，３４５千円", "8345 千円"),
            ("0 千円", "0 千円"),
            ("▲1,200", "-1200 "),
            ("△ 1,200", "-1200 "),
            ("1.5 百万円", "1.5 百万円"),
            ("12,345円", "12345 円"),
            ("8,345※2", "8345 "),
            ("—", "dash"),
            ("未定", "other"),
            ("8, 345", "other"),
            ("99999999999999999999999999999999", "other"),
        ] {
            assert_eq!(read(cell), want, "{cell}");
        }
    }
}
