//! 経営方針推進プログラム 進捗状況: summary, delayed programmes, and one block a programme.
//!
//! The paper is an A3 table. Its text gives the cells of a row one after the other without marks,
//! so a row is read in three steps: [`lines`] finds the lines and what stood between them,
//! [`walk`] cuts the pages into blocks of one programme each, and [`columns`] says which paragraph
//! of a block stood in which column, by the widths of the columns and the tense of the sentences.

mod block;
mod checks;
mod columns;
mod delayed;
mod directions;
pub(crate) mod labels;
mod lines;
pub mod map;
mod marks;
mod paragraphs;
pub mod printed;
mod row;
mod scale;
mod summary;
mod walk;
mod wording;

pub use printed::ProgramsReading;

use super::paper_year;
use crate::source_text::SourceText;

/// How much a text looks like a programmes' progress report: the marks of its form that it shows.
#[must_use]
pub fn likeness(source: &SourceText) -> u32 {
    marks::count(source)
}

/// Reads the programmes of a document.
///
/// What the text no longer holds stays empty and is named in `unresolved`.
#[must_use]
pub fn read(source: &SourceText) -> ProgramsReading {
    let doc = lines::Doc::of(source);
    let mut sheet = walk::walk(&doc, &source.words);
    let mut reading = ProgramsReading {
        fiscal_year: paper_year::find(source).map(|year| year.map(|year| year.to_string())),
        summary: summary::read(&sheet.front, &sheet.scale),
        ..ProgramsReading::default()
    };
    reading.delayed = delayed::read(&sheet.delayed, doc.spaced, &mut reading.unresolved);
    row::read_all(&mut sheet, &doc, &mut reading);
    reading.schedule_words = printed::PageWords(sheet.words);
    checks::directions(sheet.headings, &mut reading);
    checks::settle(&mut reading);
    reading
}
