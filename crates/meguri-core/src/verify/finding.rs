//! A finding is built like a good letter: where, what is printed, what was computed and how, what
//! it means, what to do. All text is Japanese, for city staff.

use crate::evaluation::{Document, Sheet};

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

impl Place {
    /// A place in a sheet.
    #[must_use]
    pub fn sheet(document: &Document, sheet: &Sheet) -> Self {
        Self {
            document: document.name.clone(),
            sheet: Some(sheet.label.clone()),
            line: sheet.line,
            ..Self::default()
        }
    }

    /// A place in the text of a document, outside any sheet.
    #[must_use]
    pub fn text(document: &Document, line: u32, mark: Option<&str>) -> Self {
        let mark = mark.map(str::to_owned);
        Self {
            document: document.name.clone(),
            line,
            mark,
            ..Self::default()
        }
    }

    /// The same sheet, in one row.
    #[must_use]
    pub fn row(self, row: impl Into<String>) -> Self {
        Self {
            row: Some(row.into()),
            ..self
        }
    }

    /// The same row, in one field.
    #[must_use]
    pub fn field(self, field: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..self
        }
    }

    /// The same field, on a line, with the printed text to point at.
    #[must_use]
    pub fn at(self, line: u32, mark: impl Into<String>) -> Self {
        Self {
            line,
            mark: Some(mark.into()),
            ..self
        }
    }
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

impl Finding {
    /// A finding without figures.
    #[must_use]
    pub fn new(
        code: &'static str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            place,
            printed: None,
            computed: None,
            steps: Vec::new(),
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// With what is printed and what was computed.
    #[must_use]
    pub fn figures(self, printed: impl ToString, computed: impl ToString) -> Self {
        Self {
            printed: Some(printed.to_string()),
            computed: Some(computed.to_string()),
            ..self
        }
    }

    /// With how it was computed.
    #[must_use]
    pub fn steps(self, steps: Vec<String>) -> Self {
        Self { steps, ..self }
    }
}
