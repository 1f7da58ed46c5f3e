//! The rows of a list on their pages, whole or torn.

mod forms;
mod plan;

use super::model::{Book, Sheet};
use super::tears::{Tear, Torn};
use forms::Made;
use std::ops::Range;

/// The chunks of a page's rows.
#[derive(Clone, Debug, Default)]
pub(super) struct RowPage {
    /// Rows that stand before the head of the list.
    pub(super) before_head: Vec<String>,
    /// Rows that stand after it.
    pub(super) after_head: Vec<String>,
    /// Stars that stand first on the page.
    pub(super) stars: usize,
}

/// Prints the rows of a sheet; marks in the sheet what is lost by it.
pub(super) fn pages(book: &Book, sheet: &mut Sheet, torn: &Torn) -> Vec<RowPage> {
    let ranges = ranges(book, sheet.projects.len(), torn);
    let forms = plan::forms(book, &sheet.projects, &ranges, torn);
    plan::lose(&mut sheet.projects, &forms);
    let mut pages = Vec::new();
    let mut carried = None;
    for (index, range) in ranges.iter().enumerate() {
        let mut made = Made::default();
        for at in range.clone() {
            made.row(book, &sheet.projects, at, &forms, torn);
        }
        let next = made.carried.take();
        let mut page = arrange(made, carried, empty(book, &ranges, index), index > 0, torn);
        if torn.has(Tear::StarsFirst) {
            let rows = sheet.projects.get(range.clone()).unwrap_or_default();
            page.stars = rows.iter().filter(|row| row.starred).count();
        }
        carried = next;
        pages.push(page);
    }
    pages
}

/// Which rows stand on which page.
fn ranges(book: &Book, count: usize, torn: &Torn) -> Vec<Range<usize>> {
    let split = torn.has(Tear::ListHeadInMiddle) || torn.has(Tear::DirectionOnNextPage);
    let size = if split && (6..=book.capacity).contains(&count) {
        count.div_ceil(2)
    } else {
        book.capacity
    };
    let starts = (0..count.max(1)).step_by(size.max(1));
    starts.map(|start| start..count.min(start + size)).collect()
}

/// The numbers of the form's lines that stay empty: on the last page.
fn empty(book: &Book, ranges: &[Range<usize>], index: usize) -> Range<usize> {
    match ranges.last() {
        Some(last) if index + 1 == ranges.len() => last.end + 1..last.start + book.capacity + 1,
        _ => 0..0,
    }
}

/// Puts what was made of the rows in its order on the page.
fn arrange(
    made: Made,
    carried: Option<String>,
    empty: Range<usize>,
    continued: bool,
    torn: &Torn,
) -> RowPage {
    let mut units = made.units;
    if torn.has(Tear::RowsDescending) {
        units.reverse();
    }
    let mut slots: Vec<Vec<String>> = vec![Vec::new(); units.len() + 1];
    let mut rng = torn.rng(Tear::LoneNumber);
    let mut put = |piece: String, rng: &mut fastrand::Rng| {
        let slot = rng.usize(..slots.len());
        if let Some(slot) = slots.get_mut(slot) {
            slot.push(piece);
        }
    };
    for piece in made.loose {
        put(piece, &mut rng);
    }
    let mut last = made.ends;
    if torn.has(Tear::EmptyNumbersAnywhere) {
        let mut rng = torn.rng(Tear::EmptyNumbersAnywhere);
        for number in empty {
            put(number.to_string(), &mut rng);
        }
    } else {
        last.extend(empty.map(|number| number.to_string()));
    }
    let mut page = RowPage::default();
    page.after_head.extend(carried);
    let middle = continued && torn.has(Tear::ListHeadInMiddle);
    for (index, slot) in slots.into_iter().enumerate() {
        let chunks = if middle && index == 0 {
            &mut page.before_head
        } else {
            &mut page.after_head
        };
        chunks.extend(slot);
        chunks.extend(units.get(index).cloned().unwrap_or_default());
    }
    page.after_head.extend(last);
    page
}
