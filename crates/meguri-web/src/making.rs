//! Makes pages on threads that accept nobody, and not too many costly ones at once, so that a small
//! page does not wait for thirty large ones and their memory has a limit.

use crate::page::Format;
use quick_cache::sync::Cache;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Pages that are made at once, costly ones and those of which nothing is known aside.
const MOST_SMALL: usize = 64;

/// Pages of which nothing is known that are made at once, for each of the costly ones.
const UNKNOWN_PER_COSTLY: usize = 4;

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
    unknown: Arc<Semaphore>,
    costly: Arc<Semaphore>,
    /// Files that are sent while they are made.
    streams: Arc<Semaphore>,
    /// By path.
    known: Cache<Box<str>, bool>,
    /// By route and format, whether the last of its pages was costly.
    routes: Cache<(Box<str>, Format), bool>,
}

/// Which page is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// Its path.
    pub(crate) path: &'a str,
    /// Its route, as the router has it.
    pub(crate) route: &'a str,
}

/// What a page costs, as far as that is known before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    /// It does not matter.
    Small,
    /// It may be any: some of them are made at once.
    Unknown,
    /// Only a few of them are made at once.
    Costly,
}

impl Making {
    /// With so many costly pages at once.
    #[must_use]
    pub fn with_costly(most: usize) -> Self {
        let most = most.max(1);
        let unknown = most.saturating_mul(UNKNOWN_PER_COSTLY).min(MOST_SMALL);
        Self {
            small: Arc::new(Semaphore::new(MOST_SMALL)),
            unknown: Arc::new(Semaphore::new(unknown)),
            costly: Arc::new(Semaphore::new(most)),
            streams: Arc::new(Semaphore::new(most.saturating_mul(2))),
            known: Cache::new(MOST_KNOWN),
            routes: Cache::new(MOST_KNOWN),
        }
    }

    /// Room for files that are sent while they are made.
    pub(crate) const fn streams(&self) -> &Arc<Semaphore> {
        &self.streams
    }

    /// What a page costs: as the last time; the first time as `guess` says, or as another page of its
    /// route if that was costly.
    pub(crate) fn cost(&self, asked: Asked<'_>, guess: Cost) -> Cost {
        match self.known.get(asked.path) {
            Some(true) => Cost::Costly,
            Some(false) => Cost::Small,
            None if self.routes.get(&asked.kind()) == Some(true) => Cost::Costly,
            None => guess,
        }
    }

    /// Remembers what a page has cost.
    pub(crate) fn has_cost(&self, asked: Asked<'_>, bytes: usize, took: Duration) {
        if asked.path.len() <= MAX_PATH_BYTES {
            let costly = bytes >= COSTLY_BYTES || took >= COSTLY_TIME;
            self.known.insert(asked.path.into(), costly);
            self.routes.insert(asked.kind(), costly);
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
            Cost::Unknown => &self.unknown,
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

impl Asked<'_> {
    fn kind(self) -> (Box<str>, Format) {
        (self.route.into(), Format::of_path(self.path))
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
            .field("unknown", &self.unknown.available_permits())
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
        let of = |path: &'static str| Asked {
            path,
            route: "/sheets/{sheet}",
        };
        let (one, other) = (of("/sheets/1.csv"), of("/sheets/2.csv"));
        let short = Duration::from_millis(3);
        assert_eq!(making.cost(one, Cost::Unknown), Cost::Unknown);
        making.has_cost(one, COSTLY_BYTES, short);
        assert_eq!(making.cost(one, Cost::Unknown), Cost::Costly);
        assert_eq!(
            making.cost(other, Cost::Unknown),
            Cost::Costly,
            "as another page of the route"
        );
        assert_eq!(
            making.cost(of("/sheets/2"), Cost::Unknown),
            Cost::Unknown,
            "another format"
        );
        making.has_cost(other, 10, short);
        assert_eq!(making.cost(other, Cost::Unknown), Cost::Small);
        assert_eq!(making.cost(one, Cost::Unknown), Cost::Costly);
        // That one page was small says nothing of the next.
        assert_eq!(
            making.cost(of("/sheets/3.csv"), Cost::Unknown),
            Cost::Unknown
        );
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn slow_pages_of_which_nothing_is_known_leave_room_for_small_ones() {
        let making = Arc::new(Making::with_costly(1));
        let most = Arc::new(AtomicUsize::new(0));
        let now = Arc::new(AtomicUsize::new(0));
        let slow: Vec<_> = (0..MOST_SMALL)
            .map(|_| {
                let (making, now, most) = (making.clone(), now.clone(), most.clone());
                tokio::spawn(async move {
                    let work = async move {
                        let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(at_once, Ordering::SeqCst);
                        std::thread::sleep(Duration::from_millis(10));
                        now.fetch_sub(1, Ordering::SeqCst);
                    };
                    making.run(Cost::Unknown, || None, work).await
                })
            })
            .collect();
        for one in slow {
            assert!(one.await.is_ok_and(|made| made.is_some()));
        }
        assert_eq!(most.load(Ordering::SeqCst), UNKNOWN_PER_COSTLY);
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
