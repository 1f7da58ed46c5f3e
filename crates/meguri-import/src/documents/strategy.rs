//! 総合戦略 進捗状況一覧: goals, groups ①②③ and measures with what was done by year.
//!
//! The paper is a table of narrow columns that a tool has written out cell by cell: number, name,
//! content, sections, state, and by year what was done. The headings of the years (`【…年度】`) are
//! the posts that everything hangs on: between two of them stands the rest of one measure's text
//! and perhaps the front of the next, which is found from behind.

mod feet;
mod front;
mod headless;
pub(crate) mod labels;
mod likeness;
pub mod map;
mod marks;
mod numbers;
mod open;
mod outline;
pub mod printed;
mod progress;
mod rows;
mod sections;
mod words;

pub use printed::StrategyReading;

use super::paper_year;
use crate::printed::Cell;
use crate::source_text::SourceText;
use marks::Shape;
use numbers::Numbers;
use outline::Outline;
use rows::Rows;

/// How much a text looks like a strategy's progress list.
#[must_use]
pub fn likeness(source: &SourceText) -> u32 {
    likeness::likeness(source)
}

/// Reads the measures of a document.
///
/// Never fails: what a lost page or a torn row leaves open is `None` or missing in the reading and
/// stands among its unresolved pieces.
#[must_use]
pub fn read(source: &SourceText) -> StrategyReading {
    let rows = rows::rows(source);
    let mut reading = outline(&rows, Numbers::of(Shape::Plain, &rows.rows));
    let (mut best, measures) = numbered(&reading);
    if best * 2 < measures {
        for shape in marks::shapes(&rows.rows) {
            let other = outline(&rows, Numbers::of(shape, &rows.rows));
            let (count, _) = numbered(&other);
            if count > best {
                (best, reading) = (count, other);
            }
        }
    }
    reading.fiscal_year = fiscal_year(source, &reading);
    reading
}

/// How many measures have their number, and how many there are.
fn numbered(reading: &StrategyReading) -> (usize, usize) {
    let groups = reading.goals.iter().flat_map(|goal| &goal.groups);
    let measures = groups.flat_map(|group| &group.measures);
    let numbered = measures.clone().filter(|measure| measure.no.is_some());
    (numbered.count(), measures.count())
}

/// Puts the measures in their order, numbered in one way.
fn outline(rows: &Rows<'_>, numbers: Numbers) -> StrategyReading {
    let usual = rows
        .rows
        .iter()
        .any(|row| words::year_heading(row.text).is_some());
    let year_heading = if usual {
        words::year_heading
    } else {
        words::plain_year_heading
    };
    let mut outline = Outline::new(rows, numbers);
    let mut start = 0;
    for (index, row) in rows.rows.iter().enumerate() {
        if let Some((year, rest)) = year_heading(row.text) {
            outline.take(rows.rows.get(start..index).unwrap_or_default(), Some(year));
            outline.begin_year(year, row, rest);
            start = index + 1;
        }
    }
    outline.take(rows.rows.get(start..).unwrap_or_default(), None);
    outline.finish()
}

/// The last year that a list tells of: of its title, or of its measures where that is later.
fn fiscal_year(source: &SourceText, reading: &StrategyReading) -> Option<Cell<String>> {
    let titled = paper_year::of_titles(source);
    let groups = reading.goals.iter().flat_map(|goal| &goal.groups);
    let measures = groups.flat_map(|group| &group.measures);
    let told = measures.filter_map(|measure| {
        let year = measure.progress.0.iter().map(|(year, _)| *year).max()?;
        let line = measure.name.as_ref().map_or(0, Cell::line);
        Some(Cell::printed(year, line))
    });
    // Of two said alike the first, which is the title's.
    let latest = titled
        .into_iter()
        .chain(told)
        .reduce(|a, b| if b.value() > a.value() { b } else { a });
    latest.map(|year| year.map(|year| year.to_string()))
}
