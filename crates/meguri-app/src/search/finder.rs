//! How a request asks the search: over the state of the index that belongs to its picture.

use crate::read::Library;
use crate::search::entries::entries;
use meguri_search::{Index, Snapshot};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// There is no search now: it is being prepared, or its index cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSearch;

/// The search of one picture.
#[derive(Debug, Default)]
pub struct Finder {
    source: Source,
    /// Set where a search fails, so that the index is built anew.
    broken: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
enum Source {
    /// There is none, or it is being built.
    #[default]
    Away,
    /// The state of an index that was made of this picture.
    Ready(Snapshot),
    /// An index in memory, made of the picture when it is first asked.
    Lazy(Arc<Library>, OnceLock<Option<Snapshot>>),
}

impl Finder {
    /// The search over a state of an index; what is set where it turns out to be broken.
    #[must_use]
    pub(super) const fn ready(snapshot: Snapshot, broken: Arc<AtomicBool>) -> Self {
        Self {
            source: Source::Ready(snapshot),
            broken,
        }
    }

    /// A search that makes its index of a picture in memory when it is first asked.
    #[must_use]
    pub fn lazy(library: Arc<Library>) -> Self {
        Self {
            source: Source::Lazy(library, OnceLock::new()),
            broken: Arc::default(),
        }
    }

    /// Can it be asked?
    #[must_use]
    pub const fn is_there(&self) -> bool {
        !matches!(self.source, Source::Away)
    }

    /// Asks, on a thread where it may take its time. A damaged index can make the library panic;
    /// the request ends well all the same, and the index is built anew.
    ///
    /// # Errors
    /// [`NoSearch`] where there is no index now, or where it cannot be read.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Snapshot) -> meguri_search::Result<T> + Send + 'static,
    ) -> Result<T, NoSearch> {
        let finder = Arc::clone(self);
        let asked = tokio::task::spawn_blocking(move || finder.snapshot().map(work)).await;
        match asked {
            Ok(Some(Ok(answer))) => return Ok(answer),
            Ok(Some(Err(error))) => tracing::error!(%error, "a search failed"),
            Err(error) => tracing::error!(%error, "a search broke off"),
            Ok(None) => return Err(NoSearch),
        }
        self.broken.store(true, Ordering::Relaxed);
        Err(NoSearch)
    }

    fn snapshot(&self) -> Option<&Snapshot> {
        match &self.source {
            Source::Away => None,
            Source::Ready(snapshot) => Some(snapshot),
            Source::Lazy(library, made) => made.get_or_init(|| in_memory(library)).as_ref(),
        }
    }
}

fn in_memory(library: &Library) -> Option<Snapshot> {
    let made = Index::in_memory().and_then(|index| index.replace_all_as(entries(library), ""));
    made.inspect_err(|error| tracing::error!(%error, "no index in memory"))
        .ok()
}
