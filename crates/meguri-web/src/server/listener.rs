//! One listener: accepts connections up to a limit, serves them and ends them.

use crate::server::request::{client, has_one_host, source, without_host};
use crate::server::timed::{Activity, Busy, Timed};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use meguri_app::config::Limits;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{Instant, sleep};
use tower::ServiceExt;

/// How long open requests may take to end after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// How long a connection without an open request may take then, to hand over its last bytes.
const MOMENT: Duration = Duration::from_millis(300);

/// Between two looks whether a connection is still busy.
const LOOK: Duration = Duration::from_millis(50);

/// After a failure to accept, until the next try.
const PAUSE: Duration = Duration::from_millis(100);

/// Between two words in the log about the same trouble.
const QUIET: Duration = Duration::from_secs(10);

/// Bytes of a head that are waited for.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// What is counted of a listener.
#[derive(Debug, Default)]
pub struct Counts {
    open: Mutex<BTreeMap<u64, Arc<Activity>>>,
    /// Connections that were ended to make room for others.
    pub ended_for_others: AtomicU64,
    /// Connections that could not be accepted.
    pub not_accepted: AtomicU64,
}

impl Counts {
    /// Connections that are open.
    #[must_use]
    pub fn open(&self) -> usize {
        self.all().len()
    }

    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Arc<Activity>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the oldest connection that waits for a request to end; whether there was one.
    fn make_room(&self) -> bool {
        let mut all = self.all();
        let waiting = all.iter().find(|(_, activity)| !activity.is_busy());
        let Some(number) = waiting.map(|(number, _)| *number) else {
            return false;
        };
        // It leaves the list now, so that nobody asks it a second time.
        if let Some(activity) = all.remove(&number) {
            activity.close.notify_one();
            self.ended_for_others.fetch_add(1, Ordering::Relaxed);
        }
        true
    }
}

/// A socket with what is served on it.
pub(super) struct Listener {
    pub(super) name: &'static str,
    pub(super) socket: TcpListener,
    pub(super) router: Router,
    /// The most connections.
    pub(super) most: usize,
    pub(super) limits: Arc<Limits>,
    pub(super) counts: Arc<Counts>,
    /// Becomes true when a stop is asked for.
    pub(super) stop: watch::Receiver<bool>,
}

impl Listener {
    /// Serves until a stop is asked for and the last connection has ended.
    pub(super) async fn serve(self) {
        let room = Arc::new(Semaphore::new(self.most));
        let (alive, mut all_ended) = mpsc::channel::<()>(1);
        let mut stop = self.stop.clone();
        let mut troubles = Troubles::new(self.name);
        for number in 0.. {
            let next = tokio::select! {
                () = stopped(&mut stop) => break,
                next = self.accept(&room, &mut troubles) => next,
            };
            let Some((stream, peer, permit)) = next else {
                break;
            };
            let connection = Connection {
                number,
                peer,
                activity: Arc::default(),
                router: self.router.clone(),
                limits: Arc::clone(&self.limits),
                counts: Arc::clone(&self.counts),
                stop: stop.clone(),
            };
            let alive = alive.clone();
            tokio::spawn(async move {
                connection.serve(stream).await;
                drop((permit, alive));
            });
        }
        drop(alive);
        let _ = all_ended.recv().await;
    }

    /// The next connection, as soon as there is room for it.
    async fn accept(
        &self,
        room: &Arc<Semaphore>,
        troubles: &mut Troubles,
    ) -> Option<(TcpStream, Option<IpAddr>, OwnedSemaphorePermit)> {
        loop {
            let (stream, peer) = match self.socket.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    self.counts.not_accepted.fetch_add(1, Ordering::Relaxed);
                    troubles.tell(&format!("connections cannot be accepted: {error}"));
                    // Who waits the longest gives its place back.
                    self.counts.make_room();
                    sleep(PAUSE).await;
                    continue;
                }
            };
            if room.available_permits() == 0 {
                troubles.tell("the most connections are open; idle ones are ended for new ones");
                self.counts.make_room();
            }
            let permit = Arc::clone(room).acquire_owned().await.ok()?;
            return Some((stream, Some(peer.ip()), permit));
        }
    }
}

/// Ends when a stop is asked for.
pub(super) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Without a sender nobody can ask any more.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Words about trouble, not too many of them.
struct Troubles {
    listener: &'static str,
    last: Option<Instant>,
    untold: u64,
}

impl Troubles {
    const fn new(listener: &'static str) -> Self {
        Self {
            listener,
            last: None,
            untold: 0,
        }
    }

    fn tell(&mut self, what: &str) {
        if self.last.is_some_and(|last| last.elapsed() < QUIET) {
            self.untold += 1;
            return;
        }
        let (listener, untold) = (self.listener, self.untold);
        tracing::warn!(listener, untold, "{what}");
        self.last = Some(Instant::now());
        self.untold = 0;
    }
}

struct Connection {
    number: u64,
    peer: Option<IpAddr>,
    activity: Arc<Activity>,
    router: Router,
    limits: Arc<Limits>,
    counts: Arc<Counts>,
    stop: watch::Receiver<bool>,
}

impl Connection {
    /// Serves one connection to its end.
    async fn serve(self, stream: TcpStream) {
        self.counts
            .all()
            .insert(self.number, Arc::clone(&self.activity));
        // An answer goes out at once; where the system does not know how, it goes out later.
        let _ = stream.set_nodelay(true);
        let stream = Timed::new(stream, Arc::clone(&self.activity), &self.limits);
        let service = service_fn(|request| self.answer(request));
        let mut http = http1::Builder::new();
        http.max_buf_size(MAX_HEAD_BYTES);
        let serving = http.serve_connection(TokioIo::new(stream), service);
        let mut serving = pin!(serving);
        let mut stop = self.stop.clone();
        tokio::select! {
            // The other side may have gone or let us wait: no fault of ours.
            _ = serving.as_mut() => {}
            () = self.activity.close.notified() => {}
            () = stopped(&mut stop) => {
                serving.as_mut().graceful_shutdown();
                tokio::select! {
                    _ = serving.as_mut() => {}
                    () = self.may_end() => {}
                }
            }
        }
        self.counts.all().remove(&self.number);
    }

    /// Ends when nobody is cut off any more by ending the connection, or when it takes too long.
    async fn may_end(&self) {
        let begin = Instant::now();
        let mut quiet = begin;
        while begin.elapsed() < GRACE && quiet.elapsed() < MOMENT {
            sleep(LOOK).await;
            if self.activity.is_busy() {
                quiet = Instant::now();
            }
        }
    }

    async fn answer(
        &self,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Ending>, Infallible> {
        let busy = self.activity.begin();
        let answer = if has_one_host(&request) {
            let mut request: Request = request.map(Body::new);
            if let Some(client) = client(&self.limits.client, request.headers(), self.peer) {
                request.extensions_mut().insert(client);
            }
            if let Some(source) = source(&self.limits.client, request.headers(), self.peer) {
                request.extensions_mut().insert(source);
            }
            self.router.clone().oneshot(request).await?
        } else {
            without_host()
        };
        Ok(answer.map(|body| Ending { body, _busy: busy }))
    }
}

/// The body of an answer, which ends its request.
struct Ending {
    body: Body,
    _busy: Busy,
}

impl http_body::Body for Ending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
