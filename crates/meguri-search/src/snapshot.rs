//! One state of an index, held fast.
//!
//! What other processes write meanwhile is not in it: its parts are opened when it is made. So a
//! snapshot can stand beside the one picture of the documents that it was made of.

use crate::index::Index;
use crate::schema::Fields;
use tantivy::Searcher;

/// One state of an index; clones are the same state.
#[derive(Clone)]
pub struct Snapshot {
    searcher: Searcher,
    fields: Fields,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("entries", &self.len())
            .finish_non_exhaustive()
    }
}

impl Snapshot {
    pub(crate) fn of(index: &Index) -> Self {
        Self {
            searcher: index.searcher(),
            fields: *index.fields(),
        }
    }

    /// How many entries it holds.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Does it hold no entries?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) const fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) const fn fields(&self) -> &Fields {
        &self.fields
    }
}
