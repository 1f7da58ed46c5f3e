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

/// Makes one paper of a family.
pub type Generator = fn(&Shape) -> Paper;

/// All families by the key that the readers know them by.
pub const FAMILIES: [(&str, Generator); 5] = [
    ("evaluation", evaluation::generate),
    ("midterm", midterm::generate),
    ("strategy", strategy::generate),
    ("programs", programs::generate),
    ("reform", reform::generate),
];

/// The generator of a family.
#[must_use]
pub fn generator(key: &str) -> Option<Generator> {
    FAMILIES
        .iter()
        .find(|(family, _)| *family == key)
        .map(|(_, generate)| *generate)
}

/// The text of a paper of about so many bytes.
#[must_use]
pub fn text_of_size(key: &str, bytes: usize, tearing: u32) -> Option<String> {
    let generate = generator(key)?;
    let text_of = |units| {
        generate(&Shape {
            seed: 7,
            units,
            tearing,
        })
        .text
    };
    let sample = 20;
    let bytes_of_unit = text_of(sample).len() / sample;
    (bytes_of_unit > 0).then(|| text_of((bytes / bytes_of_unit).max(1)))
}
