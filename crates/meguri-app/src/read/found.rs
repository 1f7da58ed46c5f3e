//! Findings as a door may show them, and how many there are.

use meguri_core::verify::{Finding, Severity};
use std::ops::Deref;

/// A finding with what the city says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// What the city says about it.
    pub said: Option<Said>,
}

/// What the city says about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Published with it, for everybody.
    Explained(String),
    /// Accepted by somebody, for the house.
    Accepted(String),
}

impl Said {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Explained(words) | Self::Accepted(words) => words,
        }
    }
}

impl Deref for Found {
    type Target = Finding;

    fn deref(&self) -> &Finding {
        &self.finding
    }
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self {
            finding,
            said: None,
        }
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FindingCounts {
    /// 誤り.
    pub errors: usize,
    /// 注意.
    pub warnings: usize,
    /// 参考.
    pub notes: usize,
}

impl FindingCounts {
    /// Counts findings.
    #[must_use]
    pub fn of<'a>(findings: impl Iterator<Item = &'a Found>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// All of them.
    #[must_use]
    pub const fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}
