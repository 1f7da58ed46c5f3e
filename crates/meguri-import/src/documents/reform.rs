//! 行財政再構築プラン 進捗状況: items with sub-items, grade, plan and result.
//!
//! The paper is a table whose rows come one to a line, with tabs between the cells. What is torn is
//! the row's left end (a merged heading is missing, the number stands in a cell of its own or not)
//! and the set of its columns (a merged or lost cell leaves no trace). Reading order: [`rows`] finds
//! the key and the parts of a row, [`columns`] says which text stands in which column,
//! [`paragraphs`] and [`figures`] take a cell apart, [`assemble`] puts the items together.

mod assemble;
mod columns;
mod figures;
mod grades;
mod head;
pub(crate) mod labels;
pub mod map;
mod notes;
mod paragraphs;
pub mod printed;
mod rows;

pub use printed::ReformReading;

use super::paper_year;
use crate::source_text::SourceText;
use assemble::Assembly;
use grades::Grades;
use rows::{Row, Table};

/// How much a text looks like a reform plan's progress list.
///
/// A head line of the table counts four, a row of its shape and its title one each. Two
/// rows alone do, so that a page torn out of the middle is known as well.
#[must_use]
pub fn likeness(source: &SourceText) -> u32 {
    let mut heads: u32 = 0;
    let mut rows: u32 = 0;
    // The words of the grades are learnt in reading only: this asks how usual a text looks.
    let usual = Grades::default();
    let table = Table {
        grades: &usual,
        roles: None,
    };
    for line in &source.lines {
        if head::is_head(&line.text) {
            heads = heads.saturating_add(4);
        } else if Row::parse(&line.text, table).is_some_and(|row| row.has_shape()) {
            rows = rows.saturating_add(1);
        } else if notes::is_title(&line.text) {
            heads = heads.saturating_add(1);
        }
    }
    if heads == 0 && rows < 2 {
        return 0;
    }
    heads.saturating_add(rows)
}

/// Reads the items of a document.
#[must_use]
pub fn read(source: &SourceText) -> ReformReading {
    let grades = Grades::learn(source.lines.iter().map(|line| line.text.as_str()));
    let mut assembly = Assembly::of(grades);
    for line in &source.lines {
        if line.starts_page {
            assembly.page_break();
        }
        assembly.line(line.number, &line.text);
    }
    let fiscal_year = paper_year::find(source).map(|year| year.map(|year| year.to_string()));
    ReformReading {
        fiscal_year,
        ..assembly.finish()
    }
}
