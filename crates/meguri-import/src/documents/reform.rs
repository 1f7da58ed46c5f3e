//! 行財政再構築プラン 進捗状況: items with sub-items, grade, plan and result.

pub mod map;
pub mod printed;

pub use printed::ReformReading;

use crate::source_text::SourceText;

/// How much a text looks like a reform plan's progress list.
#[must_use]
pub fn likeness(_source: &SourceText) -> u32 {
    0
}

/// Reads the items of a document.
#[must_use]
pub fn read(_source: &SourceText) -> ReformReading {
    ReformReading::default()
}
