//! Makes pages on threads that accept nobody, and not too many costly ones at once, so that a small
//! page does not wait for thirty large ones and their memory has a limit.

use axum::http::Uri;
use quick_cache::sync::Cache;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Pages that are made at once, costly ones aside.
const MOST_SMALL: usize = 64;

/// Paths of which it is known whether they are costly.
const MOST_KNOWN: usize = 4096;

/// An answer of so many bytes is costly.
const COSTLY_BYTES: usize = 512 * 1024;

/// So is one that takes so long.
const COSTLY_TIME: Duration = Duration::from_secs(1);

/// The longest path of which anything is known: ours are far shorter.
const MAX_PATH_BYTES: usize = 512;

/// Where pages are made.
pub struct Making {
    small: Arc<Semaphore>,
    costly: Arc<Semaphore>,
    known: Cache<Box<str>, bool>,
}

/// What a page costs, as far as that is known before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    /// It does not matter.
    Small,
    /// Only a few of them are made at once.
    Costly,
}

impl Making {
    /// With so many costly pages at once.
    #[must_use]
    pub fn with_costly(most: usize) -> Self {
        Self {
            small: Arc::new(Semaphore::new(MOST_SMALL)),
            costly: Arc::new(Semaphore::new(most.max(1))),
            known: Cache::new(MOST_KNOWN),
        }
    }

    /// What a page costs: as the last time; the first time as `guess` says.
    pub(crate) fn cost(&self, uri: &Uri, guess: Cost) -> Cost {
        match self.known.get(uri.path()) {
            Some(true) => Cost::Costly,
            Some(false) => Cost::Small,
            None => guess,
        }
    }

    /// Remembers what a page has cost.
    pub(crate) fn has_cost(&self, path: &str, bytes: usize, took: Duration) {
        if path.len() <= MAX_PATH_BYTES {
            let costly = bytes >= COSTLY_BYTES || took >= COSTLY_TIME;
            self.known.insert(path.into(), costly);
        }
    }

    /// Does work where there is room for it; `None` where that failed, which is logged there.
    /// `first` may have the outcome by the time that there is room.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        cost: Cost,
        first: impl FnOnce() -> Option<T>,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let room = match cost {
            Cost::Small => &self.small,
            Cost::Costly => &self.costly,
        };
        // It is never closed.
        let permit = Arc::clone(room).acquire_owned().await.ok()?;
        if let Some(made) = first() {
            return Some(made);
        }
        let made = spawn_blocking(move || {
            let made = Handle::current().block_on(work);
            drop(permit);
            made
        });
        made.await.ok()
    }
}

impl Default for Making {
    fn default() -> Self {
        Self::with_costly(meguri_app::config::usual_costly())
    }
}

impl fmt::Debug for Making {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Making")
            .field("small", &self.small.available_permits())
            .field("costly", &self.costly.available_permits())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_page_costs_what_it_has_cost() {
        let making = Making::with_costly(1);
        let uri = Uri::from_static("/sheets/1.csv?from=2");
        assert_eq!(making.cost(&uri, Cost::Small), Cost::Small);
        making.has_cost("/sheets/1.csv", COSTLY_BYTES, Duration::ZERO);
        assert_eq!(making.cost(&uri, Cost::Small), Cost::Costly);
        making.has_cost("/sheets/1.csv", 10, Duration::from_millis(3));
        assert_eq!(making.cost(&uri, Cost::Costly), Cost::Small);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn small_pages_do_not_wait_for_costly_ones_of_which_few_are_made_at_once() {
        let making = Arc::new(Making::with_costly(2));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let costly: Vec<_> = (0..8)
            .map(|_| {
                let (making, now, most) = (making.clone(), now.clone(), most.clone());
                tokio::spawn(async move {
                    let work = async move {
                        let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(at_once, Ordering::SeqCst);
                        // As a page: it lets nobody else on its thread.
                        std::thread::sleep(Duration::from_millis(100));
                        now.fetch_sub(1, Ordering::SeqCst);
                    };
                    making.run(Cost::Costly, || None, work).await
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(50)).await;
        let begin = std::time::Instant::now();
        let small = making.run(Cost::Small, || None, async { 1 }).await;
        assert_eq!(small, Some(1));
        assert!(
            begin.elapsed() < Duration::from_millis(90),
            "{:?}",
            begin.elapsed()
        );
        for one in costly {
            assert!(one.await.is_ok_and(|made| made.is_some()));
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
