//! 総合戦略 進捗状況一覧: goals, groups ①②③ and measures with what was done by year.

pub mod map;
pub mod printed;

pub use printed::StrategyReading;

use crate::source_text::SourceText;

/// How much a text looks like a strategy's progress list.
#[must_use]
pub fn likeness(_source: &SourceText) -> u32 {
    0
}

/// Reads the measures of a document.
#[must_use]
pub fn read(_source: &SourceText) -> StrategyReading {
    StrategyReading::default()
}
