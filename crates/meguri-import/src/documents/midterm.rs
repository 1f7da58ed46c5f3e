//! 中期実行プラン: one theme after the other with targets by year and the plan of main projects.

pub mod map;
pub mod printed;

pub use printed::MidtermReading;

use crate::source_text::SourceText;

/// How much a text looks like an execution plan.
#[must_use]
pub fn likeness(_source: &SourceText) -> u32 {
    0
}

/// Reads the themes of a document.
#[must_use]
pub fn read(_source: &SourceText) -> MidtermReading {
    MidtermReading::default()
}
