//! 経営方針推進プログラム 進捗状況: summary, delayed programmes, and one block a programme.

pub mod map;
pub mod printed;

pub use printed::ProgramsReading;

use crate::source_text::SourceText;

/// How much a text looks like a programmes' progress report.
#[must_use]
pub fn likeness(_source: &SourceText) -> u32 {
    0
}

/// Reads the programmes of a document.
#[must_use]
pub fn read(_source: &SourceText) -> ProgramsReading {
    ProgramsReading::default()
}
