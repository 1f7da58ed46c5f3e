//! What is wrong with a scheme, said so that a city officer can mend it.

use std::fmt;

/// One fault of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeFault {
    /// Its stable code: `S004`. Codes are never given twice.
    pub code: &'static str,
    /// Where, as a path in the file: `classes[0].steps[1]` (counted from 0).
    pub place: String,
    /// What is wrong, in Japanese.
    pub message: String,
    /// What to do, in Japanese.
    pub remedy: String,
}

impl SchemeFault {
    pub(super) fn new(
        code: &'static str,
        place: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            code,
            place: place.into(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

/// `S004 classes[0].scale：… → …`.
impl fmt::Display for SchemeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}：{} → {}",
            self.code, self.place, self.message, self.remedy
        )
    }
}
