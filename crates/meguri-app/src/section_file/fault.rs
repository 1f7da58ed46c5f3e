//! What is wrong with a list of sections.

use std::fmt;

/// A fault in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionFault {
    /// The line of the text, from 1.
    pub line: usize,
    /// What is wrong and what to do, in Japanese.
    pub words: String,
}

impl SectionFault {
    pub(super) fn of(line: usize, words: impl Into<String>) -> Self {
        Self {
            line,
            words: words.into(),
        }
    }
}

/// For a person: which line, and what to do.
impl fmt::Display for SectionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}行目：{}", self.line, self.words)
    }
}
