//! Papers of an invented city, made from a seed: the text of a document, torn in the ways that PDF
//! extraction and transcription tear real ones, and the reading that a perfect reader gets out of
//! it. For tests, benches, fuzzing and the demo; all prose is invented.

pub mod evaluation;
pub mod midterm;
pub mod programs;
pub mod reform;
pub mod strategy;
pub mod words;

use serde_json::Value;

/// A document with its truth.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The text as a tool would extract it.
    pub text: String,
    /// The reading in the shape of `meguri read --json`, without provenance and `unresolved`.
    pub truth: Value,
}

/// How large and how torn a paper shall be.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The same seed gives the same paper.
    pub seed: u64,
    /// Number of units of the family: sheets, themes, measures, programmes, items.
    pub units: usize,
    /// 0 = not torn, 100 = torn wherever the family can be.
    pub tearing: u32,
}
