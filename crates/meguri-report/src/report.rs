//! What is to be printed: a plan with its sheets in core values, and what the paper says of itself.

use meguri_core::evaluation::{Sheet, Tally};
use meguri_core::plan::Plan;
use meguri_core::scheme::{Scheme, words};
use std::collections::BTreeSet;

/// One paper to print.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// Name of the municipality.
    pub city: &'a str,
    /// Name of the plan.
    pub plan_name: &'a str,
    /// What kind of document it is, in Japanese.
    pub kind: &'a str,
    /// The plan.
    pub plan: &'a Plan,
    /// The sheets to print, in order.
    pub sheets: Vec<&'a Sheet>,
    /// The scheme that rules them.
    pub scheme: Option<&'a Scheme>,
    /// Tables of judgements that the document prints.
    pub tallies: &'a [Tally],
    /// Rows with ★, by the places of sheet and row: projects that the evaluated plan has too.
    pub starred: BTreeSet<(usize, usize)>,
    /// Is it published, or a draft?
    pub state: State,
    /// The moment that the paper bears.
    pub when: When,
    /// Its day in words: `令和8年4月1日`.
    pub date: String,
    /// The whole book, with cover, contents and indexes?
    pub is_book: bool,
    /// Files that the paper carries.
    pub attachments: Vec<Attachment>,
}

/// Is it published?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// 案: marked on every page.
    Draft,
    /// A published version.
    Published {
        /// Its number.
        number: i64,
        /// 正誤: what it corrects; empty in the first.
        note: String,
    },
}

/// A moment: whoever asks gives it, so that the same input makes the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// Calendar year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

/// A file that the paper carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub description: String,
    /// Its kind: `text/csv`.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Report<'_> {
    /// The name of a level.
    #[must_use]
    pub fn level_label(&self, key: &str) -> String {
        let level = self.scheme.and_then(|scheme| scheme.level(key));
        let label = level.map_or_else(|| words::level_word(key), |level| level.label.as_str());
        label.to_owned()
    }

    /// The label of a field.
    #[must_use]
    pub fn field_label(&self, key: &str) -> String {
        let field = self.scheme.and_then(|scheme| scheme.field(key));
        let label = field.map_or_else(|| words::field_word(key), |field| field.label.as_str());
        label.to_owned()
    }
}
