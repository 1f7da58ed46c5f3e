//! What a document says, in parts that several pictures and versions share.

use meguri_core::evaluation::{Document, Sheet, Tally, UnreadText, Unsettled};
use meguri_core::plan::Plan;
use std::sync::Arc;

/// A document whose sheets and lines are shared: versions that differ in one sheet hold the others
/// in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// How the person calls it: the name of its file.
    pub name: String,
    /// Key of its family.
    pub family: String,
    /// The plan that it is about.
    pub plan: Plan,
    /// Its sheets in order.
    pub sheets: Vec<Arc<Sheet>>,
    /// Summary tables that count judgements.
    pub tallies: Vec<Tally>,
    /// Places that the reader could not settle.
    pub unsettled: Vec<Unsettled>,
    /// Pieces of the text that no value holds.
    pub unread: Vec<UnreadText>,
    /// The lines of the source text.
    pub lines: Arc<Vec<String>>,
}

impl Paper {
    /// A document with sheets from elsewhere instead of its own.
    #[must_use]
    pub fn new(document: Document, sheets: Vec<Arc<Sheet>>) -> Self {
        let Document {
            name,
            family,
            plan,
            tallies,
            unsettled,
            unread,
            lines,
            ..
        } = document;
        Self {
            name,
            family,
            plan,
            sheets,
            tallies,
            unsettled,
            unread,
            lines: Arc::new(lines),
        }
    }

    /// Its sheets in order.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.iter().map(AsRef::as_ref)
    }
}

impl From<Document> for Paper {
    fn from(mut document: Document) -> Self {
        let sheets = std::mem::take(&mut document.sheets)
            .into_iter()
            .map(Arc::new)
            .collect();
        Self::new(document, sheets)
    }
}
