//! A sheet with very many projects, shown some rows at a time: a page must load on a phone.

use super::{FieldBody, ProjectTable, SheetPage};
use crate::web::data::places;
use crate::web::page::Link;

/// Rows of projects on one page: with all that hangs on a row, about 75 KB.
const ROWS: usize = 50;

impl SheetPage {
    /// Keeps the rows of projects from one on (from 1, over all tables), as many as a page has room
    /// for, with the ways to the others. Texts, indicators, sums and totals stay as they are.
    #[must_use]
    pub fn window(mut self, from: usize, address: &str) -> Self {
        let all: usize = self.tables().map(|table| table.rows.len()).sum();
        if all <= ROWS {
            return self;
        }
        let from = if from > all { 0 } else { from.saturating_sub(1) };
        let mut before = 0;
        for table in self.tables() {
            let count = table.rows.len();
            cut(table, from.saturating_sub(before), (from + ROWS).saturating_sub(before));
            before += count;
        }
        let link = |from: usize, words: &str| {
            let from = (from + 1).to_string();
            let from = if from == "1" { "" } else { from.as_str() };
            Link::new(places::with_query(address, &[("rows", from)]), words)
        };
        self.rows_before = (from > 0).then(|| link(from.saturating_sub(ROWS), "前の事業"));
        self.rows_after = (from + ROWS < all).then(|| link(from + ROWS, "続きの事業"));
        self
    }

    fn tables(&mut self) -> impl Iterator<Item = &mut ProjectTable> {
        let fields = self.phases.iter_mut().flat_map(|phase| &mut phase.fields);
        let tables = fields.filter_map(|field| match &mut field.body {
            FieldBody::Projects(tables) => Some(tables),
            _ => None,
        });
        tables.flatten()
    }
}

/// Keeps the rows of a table from one place up to another, and says so.
fn cut(table: &mut ProjectTable, from: usize, to: usize) {
    let all = table.rows.len();
    let (from, to) = (from.min(all), to.min(all));
    if (from, to) == (0, all) {
        return;
    }
    table.part = if from == to {
        format!("{all}件（ほかのページに表示しています）")
    } else {
        format!("{all}件のうち{}件目から{to}件目まで", from + 1)
    };
    table.rows = table.rows.drain(from..to).collect();
    let outlines = table.outlines.len();
    table.outlines = table.outlines.drain(from.min(outlines)..to.min(outlines)).collect();
}

#[cfg(test)]
mod tests {
    use super::super::samples::filled;
    use super::*;

    fn numbers(page: &mut SheetPage) -> Vec<String> {
        page.tables().flat_map(|table| &table.rows).map(|row| row.number.clone()).collect()
    }

    #[test]
    fn the_windows_of_a_sheet_have_every_row_once() {
        let (mut from, mut seen) = (1, Vec::new());
        loop {
            let mut page = filled("文章", 130).window(from, "/sheets/1");
            seen.extend(numbers(&mut page));
            let Some(next) = page.rows_after else { break };
            from = next.href.trim_start_matches("/sheets/1?rows=").parse().expect("a number");
        }
        let wanted: Vec<String> = (1..=130).map(|number| number.to_string()).collect();
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_usual_sheet_is_left_and_an_absurd_window_is_the_first() {
        let mut usual = filled("文章", ROWS).window(7, "/sheets/1");
        assert_eq!((numbers(&mut usual).len(), usual.rows_after), (ROWS, None));
        let mut absurd = filled("文章", ROWS + 1).window(usize::MAX, "/sheets/1");
        assert_eq!(numbers(&mut absurd).first().map(String::as_str), Some("1"));
        let last = filled("文章", ROWS + 1).window(ROWS + 1, "/sheets/1");
        assert_eq!(last.rows_before.map(|link| link.href), Some("/sheets/1".to_owned()));
    }
}
