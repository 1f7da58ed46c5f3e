//! 施策評価: one sheet a theme, PLAN / DO / CHECK / ACTION, and the list of related 事務事業.

pub mod map;
pub mod printed;

pub use printed::EvaluationReading;

use crate::source_text::SourceText;

/// How much a text looks like evaluation sheets.
#[must_use]
pub fn likeness(_source: &SourceText) -> u32 {
    0
}

/// Reads the sheets of a document.
#[must_use]
pub fn read(_source: &SourceText) -> EvaluationReading {
    EvaluationReading::default()
}
