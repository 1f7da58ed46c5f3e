//! The measure whose years are being read.

use super::printed::StrategyMeasure;
use super::progress::Items;
use super::rows::Row;
use crate::printed::Cell;
use crate::text::bullets::is_bullet;
use crate::text::join::push_wrapped;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Settled;

/// The measure whose years are being read.
pub(super) struct Open {
    pub(super) measure: StrategyMeasure,
    pub(super) line: u32,
    pub(super) page: u32,
    /// The width of a content that goes on at the head of the next page.
    pub(super) content_open: Option<usize>,
    /// The page reached.
    pub(super) reached: u32,
    pub(super) year: Option<FiscalYear>,
    pub(super) items: Items,
}

impl Open {
    pub(super) fn new(measure: StrategyMeasure, line: u32, page: u32) -> Self {
        Self {
            measure,
            line,
            page,
            content_open: None,
            reached: page,
            year: None,
            items: Items::default(),
        }
    }

    pub(super) fn text(&mut self, rows: &[Row<'_>]) {
        let mut rest = rows;
        while let Some((row, after)) = rest.split_first() {
            let turned = std::mem::replace(&mut self.reached, row.page) != row.page;
            match self.content_open.take() {
                Some(width) if turned => rest = self.content(rest, width),
                open => {
                    self.content_open = open;
                    self.items.push(row);
                    rest = after;
                }
            }
        }
    }

    /// A row of the table that a page breaks goes on cell by cell on the next one: first the
    /// content, as far as its paragraph's end, in lines of its own width.
    pub(super) fn content<'a, 'b>(&mut self, rows: &'b [Row<'a>], width: usize) -> &'b [Row<'a>] {
        let mut rows_on_page = rows.windows(2);
        let block = rows_on_page.position(|pair| matches!(pair, [_, next] if next.gap));
        let marked = rows.iter().position(|row| row.ends);
        let end = marked.or(block).map_or(rows.len(), |end| end + 1);
        let Some((own, rest)) = rows.split_at_checked(end) else {
            return rows;
        };
        let closed = marked.is_some() || own.last().is_some_and(|row| row.text.ends_with('。'));
        let fits =
            |row: &Row<'_>| closed && row.width() <= width + 4 && !row.text.starts_with(is_bullet);
        let Some(Cell(content)) = self
            .measure
            .content
            .as_mut()
            .filter(|_| own.iter().all(fits))
        else {
            return rows;
        };
        own.iter()
            .for_each(|row| push_wrapped(&mut content.value, &row.closed()));
        content.settled = Settled::Layout;
        rest
    }

    /// Has the measure this year already?
    pub(super) fn has(&self, year: FiscalYear) -> bool {
        let read = &self.measure.progress.0;
        self.year == Some(year) || read.iter().any(|(known, _)| *known == year)
    }

    pub(super) fn close_year(&mut self) {
        if let Some(year) = self.year.take() {
            let items = std::mem::take(&mut self.items).finish();
            self.measure.progress.0.push((year, Some(items)));
        }
    }
}
