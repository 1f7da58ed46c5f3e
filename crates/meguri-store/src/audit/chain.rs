//! The lines of the audit chain: what is written with a transaction, and how a line follows on the
//! one before. No statement but the insert of a line; transactions stand on this.

use crate::audit::action::Action;
use crate::by::By;
use crate::error::Result;
use crate::seal::{Seal, Subject};
use crate::sql::{Arg, Row, inserts};
use sha2::{Digest, Sha256};

inserts! {
    LINE = "audit" [
        "number", "moment", "who", "action", "subject", "before_text", "after_text", "previous",
        "hash",
    ];
}

/// The end of the chain.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) number: i64,
    pub(crate) hash: String,
}

/// A line to be written.
pub(crate) struct AuditEntry {
    action: Action,
    subject: String,
    before: Option<String>,
    after: Option<String>,
    sealed: Option<Subject>,
}

impl AuditEntry {
    /// What was done, and to what.
    pub(crate) fn new(action: Action, subject: impl Into<String>) -> Self {
        Self {
            action,
            subject: subject.into(),
            before: None,
            after: None,
            sealed: None,
        }
    }

    /// The rows of which the line tells; they are all written before it.
    pub(crate) fn seals(self, subject: Subject) -> Self {
        Self {
            sealed: Some(subject),
            ..self
        }
    }

    /// What is to be sealed.
    pub(crate) const fn sealed(&self) -> Option<&Subject> {
        self.sealed.as_ref()
    }

    /// With a seal behind what is there now.
    pub(crate) fn with_seal(self, seal: &Seal) -> Self {
        Self {
            after: Some(seal.behind(self.after.as_deref())),
            ..self
        }
    }

    /// What was there before.
    pub(crate) fn before(self, before: impl Into<String>) -> Self {
        Self {
            before: Some(before.into()),
            ..self
        }
    }

    /// What is there now.
    pub(crate) fn after(self, after: impl Into<String>) -> Self {
        Self {
            after: Some(after.into()),
            ..self
        }
    }
}

/// A line of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number in the municipality, from 1.
    pub number: i64,
    /// Who did it and when.
    pub by: By,
    /// What was done: `document.save`, `sheet.edit` …
    pub action: String,
    /// To what: `document 12`, `sheet 40`.
    pub subject: String,
    /// What was there before.
    pub before: Option<String>,
    /// What was there afterwards.
    pub after: Option<String>,
    /// The hash of the line before; empty for the first.
    pub previous: String,
    /// SHA-256 of all of it, in hexadecimal digits.
    pub hash: String,
}

impl AuditLine {
    /// Lengths stand before the texts, so that no two different lines give the same bytes.
    pub(super) fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.number.to_be_bytes());
        let texts = [
            Some(self.previous.as_str()),
            Some(self.by.moment()),
            Some(self.by.who()),
            Some(self.action.as_str()),
            Some(self.subject.as_str()),
            self.before.as_deref(),
            self.after.as_deref(),
        ];
        for text in texts {
            let length = text.map_or(-1, |text| i64::try_from(text.len()).unwrap_or(i64::MAX));
            hasher.update(length.to_be_bytes());
            hasher.update(text.unwrap_or_default());
        }
        hex(&hasher.finalize())
    }

    /// The columns of [`LINE`].
    pub(crate) fn row(&self) -> Vec<Arg<'_>> {
        vec![
            self.number.into(),
            self.by.moment().into(),
            self.by.who().into(),
            (&self.action).into(),
            (&self.subject).into(),
            self.before.as_deref().into(),
            self.after.as_deref().into(),
            (&self.previous).into(),
            (&self.hash).into(),
        ]
    }

    pub(super) fn of(row: &Row) -> Result<Self> {
        Ok(Self {
            number: row.integer(0)?,
            by: By::kept(row.text(2)?, row.text(1)?),
            action: row.text(3)?,
            subject: row.text(4)?,
            before: row.maybe_text(5)?,
            after: row.maybe_text(6)?,
            previous: row.text(7)?,
            hash: row.text(8)?,
        })
    }
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The engines cannot both keep U+0000 in a text; what is hashed is what is kept.
fn keepable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The lines that follow on the head of the chain, which moves on.
pub(crate) fn follow(head: &mut Head, by: &By, entries: Vec<AuditEntry>) -> Vec<AuditLine> {
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut line = AuditLine {
            number: head.number.saturating_add(1),
            by: By::kept(keepable(by.who()), keepable(by.moment())),
            action: entry.action.as_str().to_owned(),
            subject: keepable(&entry.subject),
            before: entry.before.as_deref().map(keepable),
            after: entry.after.as_deref().map(keepable),
            previous: std::mem::take(&mut head.hash),
            hash: String::new(),
        };
        line.hash = line.hash();
        head.number = line.number;
        head.hash.clone_from(&line.hash);
        lines.push(line);
    }
    lines
}
