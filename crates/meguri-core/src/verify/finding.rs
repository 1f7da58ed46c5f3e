//! A finding is built like a good letter: where, what is printed, what was computed and how, what
//! it means, what to do. All text is Japanese, for city staff.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong, or rounding explains it.
    Note,
    /// Probably wrong, or a person must look.
    Warning,
    /// Printed figures contradict each other.
    Error,
}

impl Severity {
    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "誤り",
            Self::Warning => "注意",
            Self::Note => "参考",
        }
    }

    /// The stable ASCII key of open data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where a finding is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Name of the document.
    pub document: String,
    /// The sheet, as a person calls it.
    pub sheet: Option<String>,
    /// The row: indicator or project, as a person calls it.
    pub row: Option<String>,
    /// The field, by its label.
    pub field: Option<String>,
    /// Line of the source text, from 1; 0 where the finding is about something absent.
    pub line: u32,
    /// The text on that line to point at, where there is one.
    pub mark: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code of the rule: `V012`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What the paper prints.
    pub printed: Option<String>,
    /// What was computed, or what another place prints.
    pub computed: Option<String>,
    /// How it was computed, one step a line.
    pub steps: Vec<String>,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub hint: String,
}
