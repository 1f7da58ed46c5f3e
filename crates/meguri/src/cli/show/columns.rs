//! Columns aligned by the width that characters have in a terminal; long cells wrap.

use super::{DIM, RESET};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width where the output is no terminal.
const PLAIN: usize = 120;
/// No column is made narrower than this.
const NARROW: usize = 8;
/// Blanks between columns.
const GAP: usize = 2;

/// The width of the terminal, in columns.
pub(super) fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN, |(width, _)| usize::from(width.0).max(40))
}

/// Prints rows under heads, indented by two.
pub(super) fn print(
    out: &mut impl Write,
    heads: &[String],
    rows: &[Vec<String>],
    width: usize,
) -> io::Result<()> {
    let widths = widths(heads, rows, width.saturating_sub(2));
    if !heads.is_empty() {
        write!(out, "{DIM}")?;
        print_row(out, heads, &widths)?;
        write!(out, "{RESET}")?;
    }
    for row in rows {
        print_row(out, row, &widths)?;
    }
    Ok(())
}

/// The natural widths, the widest made narrower until all fit.
fn widths(heads: &[String], rows: &[Vec<String>], most: usize) -> Vec<usize> {
    let count = rows
        .iter()
        .map(Vec::len)
        .chain([heads.len()])
        .max()
        .unwrap_or(0);
    let mut widths = vec![0; count];
    for row in rows.iter().map(Vec::as_slice).chain([heads]) {
        for (cell, width) in row.iter().zip(&mut widths) {
            *width = cell.width().max(*width);
        }
    }
    let gaps = count.saturating_sub(1) * GAP;
    loop {
        let over = (widths.iter().sum::<usize>() + gaps).saturating_sub(most);
        let Some(widest) = widths.iter_mut().max() else {
            return widths;
        };
        if over == 0 || *widest <= NARROW {
            return widths;
        }
        *widest = widest.saturating_sub(over.min(4)).max(NARROW);
    }
}

fn print_row(out: &mut impl Write, row: &[String], widths: &[usize]) -> io::Result<()> {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| wrapped(cell, *width))
        .collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..lines {
        let mut text = String::from("  ");
        for (cell, width) in cells.iter().zip(widths) {
            let part = cell.get(line).map_or("", String::as_str);
            text.push_str(part);
            let blanks = (width + GAP).saturating_sub(part.width());
            text.extend(std::iter::repeat_n(' ', blanks));
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}

/// A cell in lines of at most so many columns.
fn wrapped(cell: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in cell.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(if c.is_control() { ' ' } else { c });
        }
        used += wide;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_and_wrap_by_width() {
        let row = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let rows = [
            row(&["事業A", "みどりのまちづくり推進事業の充実", "1"]),
            row(&["b", "水", "２"]),
        ];
        let mut out = Vec::new();
        print(&mut out, &[], &rows, 32).expect("it is written");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(
            text,
            "  事業A  みどりのまちづくり   1\n         推進事業の充実\n  b      水                   ２\n"
        );
        assert!(text.lines().all(|line| line.width() <= 32));
    }
}
