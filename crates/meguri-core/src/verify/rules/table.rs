//! Is a list of projects whole, so that what it adds up to proves something?

use crate::evaluation::Sheet;
use crate::plan::Listing;

/// The rows of one table of a sheet.
pub(super) fn rows(sheet: &Sheet, table: u32) -> Vec<&Listing> {
    sheet
        .listings
        .iter()
        .filter(|listing| listing.table == table)
        .collect()
}

/// Do the numbers of the rows run from 1 on without a gap (or have the rows none), and are there not
/// fewer rows than the sheet counts? Else a page or a row may be missing in the text.
pub(super) fn is_whole(sheet: &Sheet, rows: &[&Listing]) -> bool {
    let numbers: Vec<u32> = rows
        .iter()
        .filter_map(|row| Some(row.number.as_ref()?.value))
        .collect();
    let in_order = (1..).zip(&numbers).all(|(place, number)| place == *number);
    // One wrong count is a mistake of the paper; several that are all too high are a lost page.
    let high = sheet.next_step_counts.iter().filter(|(word, stated)| {
        let counted = rows.iter().filter(|row| has_step(row, word)).count();
        stated.value as usize > counted
    });
    let open = rows.iter().any(|row| row.next_step("work").is_none());
    numbers.len() == rows.len() && in_order && (high.count() < 2 || open) || numbers.is_empty()
}

/// Has a row this direction of work?
pub(super) fn has_step(row: &Listing, word: &str) -> bool {
    row.next_step("work").is_some_and(|step| step.value == word)
}

/// What is said where a table is not whole.
pub(super) const GAP: &str = "一覧の行がそろっていないため、頁や行が欠けている可能性があります。";
