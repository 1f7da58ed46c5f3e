//! Makes the answers of a new picture before anybody asks, after the start and after each
//! publication, so that nobody waits for a page that has to be made first.
//!
//! One page at a time is asked of the public router itself, so that what is kept is what everybody
//! gets, beside the picture that it was made of ([`crate::finish`]). Somebody who asks goes
//! first: pages are made while nobody does, and a few in a while where somebody always does.

use crate::Site;
use crate::door::{Door, Public};
use crate::feeds::sitemap;
use crate::response_cache::Warmup;
use crate::router;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::ACCEPT_ENCODING;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};
use tower::ServiceExt;

/// Between two looks for another picture.
const LOOK: Duration = Duration::from_millis(200);

/// So long nobody may have asked for anything.
const QUIET: Duration = Duration::from_millis(5);

/// After so long without quiet one page is made all the same: a hundredth of a core at most.
const PATIENCE: Duration = Duration::from_millis(200);

/// How long a picture waits for its search, with which its answers begin anew.
const FOR_SEARCH: Duration = Duration::from_secs(30);

/// The worker that fills the kept answers of the public door.
#[derive(Debug)]
pub struct CacheWarmer {
    door: Door<Public>,
    router: Router,
}

impl CacheWarmer {
    /// A worker for a door.
    #[must_use]
    pub fn new(door: Door<Public>) -> Self {
        let router = router::router(door.clone());
        Self { door, router }
    }

    /// Fills again and again, for as long as the server runs.
    pub async fn work(self) {
        loop {
            let site = self.door.site();
            let until = Instant::now() + FOR_SEARCH;
            while self.is_shown(&site) && !site.finder.is_there() && Instant::now() < until {
                sleep(LOOK).await;
            }
            self.fill(&site).await;
            while self.is_shown(&site) {
                sleep(LOOK).await;
            }
        }
    }

    /// Fills for what a request saw, until all is there, the room is used up or another picture is
    /// shown.
    pub async fn fill(&self, site: &Site) {
        if !site.answers.are_kept() {
            return;
        }
        let library = site.library.clone();
        let Ok(addresses) = spawn_blocking(move || sitemap::in_order_of_need(&library)).await
        else {
            return;
        };
        let filling = &site.metrics.filling;
        filling.all.store(addresses.len() as u64, Ordering::Relaxed);
        filling.done.store(0, Ordering::Relaxed);
        filling.works.store(true, Ordering::Relaxed);
        let mut calm = Calm::default();
        for address in addresses {
            calm.wait(site).await;
            if !self.is_shown(site) || !site.answers.have_room() {
                break;
            }
            if !site.answers.has(&address, true) && self.make(address).await {
                filling.made.fetch_add(1, Ordering::Relaxed);
            }
            filling.done.fetch_add(1, Ordering::Relaxed);
        }
        filling.works.store(false, Ordering::Relaxed);
        let (done, all) = (&filling.done, &filling.all);
        let (done, all) = (done.load(Ordering::Relaxed), all.load(Ordering::Relaxed));
        let bytes = site.answers.bytes();
        tracing::info!(done, all, bytes, "answers are made before anybody asks");
    }

    fn is_shown(&self, site: &Site) -> bool {
        self.door.still_shows(&site.answers)
    }

    /// Makes one page, on a thread that serves nobody; whether it is there.
    async fn make(&self, address: String) -> bool {
        let request = Request::get(address)
            .header(ACCEPT_ENCODING, "gzip")
            .extension(Warmup);
        let Ok(request) = request.body(Body::empty()) else {
            return false;
        };
        let answer = self.router.clone().oneshot(request);
        let made = spawn_blocking(move || Handle::current().block_on(answer)).await;
        made.is_ok_and(|answer| answer.is_ok_and(|answer| answer.status() == StatusCode::OK))
    }
}

/// Waits for others to be served.
#[derive(Debug, Default)]
struct Calm {
    /// How many requests had begun when nobody was served.
    begun: u64,
}

impl Calm {
    /// Ends when nobody has asked for a moment, or nobody since the last time; or when it has
    /// waited for long.
    async fn wait(&mut self, site: &Site) {
        let until = Instant::now() + PATIENCE;
        loop {
            let (begun, ended) = site.metrics.traffic();
            if begun == ended && begun == self.begun {
                return;
            }
            if Instant::now() >= until {
                return;
            }
            self.begun = begun;
            sleep(QUIET).await;
        }
    }
}
