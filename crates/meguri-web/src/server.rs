//! Listens, serves and stops: pages, pages of the house, health and counters, each on an
//! address of its own.

mod limits;
pub mod listener;
pub(crate) mod request;
mod timed;

use crate::door::{Door, House, Kind};
use crate::operations::{self, Operations, Watched};
use crate::refresh::Refresher;
use crate::router;
use crate::warm::CacheWarmer;
use axum::Router;
use limits::{Shares, raise_descriptors};
use listener::{Counts, Listener};
use meguri_app::config::Limits;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long what works in the background, or a database, may take to end.
const LAST_WORK: Duration = Duration::from_secs(2);

/// Where to listen; `None` where nothing is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The pages: what is published, or papers in memory.
    pub pages: SocketAddr,
    /// The pages of the house.
    pub house: Option<SocketAddr>,
    /// Health and counters.
    pub operations: Option<SocketAddr>,
}

/// What listens already and is about to serve.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    pages: TcpListener,
    house: Option<TcpListener>,
    operations: Option<TcpListener>,
    limits: Limits,
}

/// Why an address cannot be listened on.
#[derive(Debug)]
pub struct ListenFault {
    /// The address.
    pub address: SocketAddr,
    /// What the system says.
    pub error: io::Error,
}

/// What is served.
#[derive(Debug)]
pub enum Served {
    /// Papers in memory.
    Papers(Door<House>),
    /// What a database keeps, behind two doors.
    Database(Box<Refresher>),
}

impl Server {
    /// Listens on the addresses. With `or_free`, another free port is taken for one in use.
    ///
    /// # Errors
    /// The address that cannot be listened on.
    pub fn listen(addresses: Addresses, or_free: bool) -> Result<Self, ListenFault> {
        let Addresses {
            pages,
            house,
            operations,
        } = addresses;
        let runtime = Runtime::new().map_err(|error| ListenFault {
            address: pages,
            error,
        })?;
        let (pages, house, operations) = runtime.block_on(async {
            let pages = bind(pages, or_free)?;
            Ok((
                pages,
                maybe_bind(house, or_free)?,
                maybe_bind(operations, or_free)?,
            ))
        })?;
        Ok(Self {
            runtime,
            pages,
            house,
            operations,
            limits: Limits::default(),
        })
    }

    /// The same with other limits of its connections.
    #[must_use]
    pub fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Does something before it serves, where connections to a database must live.
    pub fn before<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Where the pages are.
    ///
    /// # Errors
    /// Those of the system.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.pages.local_addr()
    }

    /// Where the pages of the house are; `None` where they are off.
    #[must_use]
    pub fn house_address(&self) -> Option<SocketAddr> {
        self.house
            .as_ref()
            .and_then(|listener| listener.local_addr().ok())
    }

    /// Where health and counters are; `None` where they are off.
    #[must_use]
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations
            .as_ref()
            .and_then(|listener| listener.local_addr().ok())
    }

    /// Serves until a stop is asked for (ctrl-c or SIGTERM); open requests are answered first.
    ///
    /// # Errors
    /// Those of the system.
    pub fn run(self, served: Served) -> io::Result<()> {
        self.run_then(served, async {})
    }

    /// As [`Server::run`], and does something at the end: closing a database, for one.
    ///
    /// # Errors
    /// Those of the system.
    pub fn run_then(self, served: Served, after: impl Future<Output = ()>) -> io::Result<()> {
        let Self {
            runtime,
            pages,
            house,
            operations,
            limits,
        } = self;
        runtime.block_on(async {
            let costly = limits.costly;
            let mut listeners = Listeners::new(limits);
            let mut watched = watched(&served);
            let mut working = Vec::new();
            let pages_address = pages.local_addr().ok();
            let Shares {
                public, internal, ..
            } = listeners.shares;
            match served {
                Served::Papers(door) => listeners.add(
                    "public",
                    pages,
                    router::router(door.with_costly(costly)),
                    public,
                ),
                Served::Database(refresher) => {
                    let router = router::router(refresher.public.clone().with_costly(costly));
                    listeners.add("public", pages, router, public);
                    if let (Some(socket), Some(door)) = (house, &refresher.house) {
                        let router = router::router(door.clone().with_costly(costly));
                        listeners.add("internal", socket, router, internal);
                    }
                    working.push(tokio::spawn(
                        CacheWarmer::new(refresher.public.clone()).work(),
                    ));
                    working.push(tokio::spawn(refresher.follow()));
                }
            }
            if let Some(socket) = operations {
                watched.listeners = listeners.counts.clone();
                watched.pages = pages_address;
                let (router, most) = (operations::router(watched), listeners.shares.operations);
                listeners.add("operations", socket, router, most);
            }
            for serving in listeners.serve() {
                // A listener that failed has told why.
                let _ = serving.await;
            }
            let last_work = async {
                for work in working {
                    work.abort();
                    // It ends by being aborted, and lets go of the database.
                    let _ = work.await;
                }
                after.await;
            };
            if tokio::time::timeout(LAST_WORK, last_work).await.is_err() {
                tracing::warn!("the last work took too long and was cut off");
            }
        });
        runtime.shutdown_background();
        Ok(())
    }
}

/// The listeners that are about to serve.
struct Listeners {
    all: Vec<Listener>,
    counts: Vec<(&'static str, Arc<Counts>)>,
    shares: Shares,
    limits: Arc<Limits>,
    stop: watch::Receiver<bool>,
}

impl Listeners {
    /// None yet; they will stop together.
    fn new(limits: Limits) -> Self {
        let descriptors = raise_descriptors();
        let shares = Shares::of(&limits, descriptors);
        if shares.public < limits.connections {
            let (wanted, possible) = (limits.connections, shares.public);
            tracing::warn!(
                descriptors,
                wanted,
                possible,
                "fewer connections than wanted"
            );
        }
        let (ask, stop) = watch::channel(false);
        tokio::spawn(async move {
            stop_asked_for().await;
            tracing::info!("stopping");
            // Where nobody listens any more, all have stopped.
            let _ = ask.send(true);
        });
        Self {
            all: Vec::new(),
            counts: Vec::new(),
            shares,
            limits: Arc::new(limits),
            stop,
        }
    }

    fn add(&mut self, name: &'static str, socket: TcpListener, router: Router, most: usize) {
        let counts = Arc::new(Counts::default());
        self.counts.push((name, Arc::clone(&counts)));
        self.all.push(Listener {
            name,
            socket,
            router,
            most,
            limits: Arc::clone(&self.limits),
            counts,
            stop: self.stop.clone(),
        });
    }

    fn serve(self) -> Vec<JoinHandle<()>> {
        let serve = |listener: Listener| tokio::spawn(listener.serve());
        self.all.into_iter().map(serve).collect()
    }
}

/// The doors as the operators see them.
fn watched(served: &Served) -> Operations {
    match served {
        Served::Papers(door) => Operations {
            doors: vec![watch(door)],
            ..Operations::default()
        },
        Served::Database(refresher) => {
            let mut doors = vec![watch(&refresher.public)];
            doors.extend(refresher.house.as_ref().map(watch));
            Operations {
                doors,
                database: Some(Arc::clone(&refresher.answers)),
                looked: Some(Arc::clone(&refresher.looked)),
                ..Operations::default()
            }
        }
    }
}

fn watch<K: Kind>(door: &Door<K>) -> Watched {
    let door = door.clone();
    (K::NAME, Arc::new(move || door.site()))
}

fn maybe_bind(
    address: Option<SocketAddr>,
    or_free: bool,
) -> Result<Option<TcpListener>, ListenFault> {
    match address {
        Some(address) => bind(address, or_free).map(Some),
        None => Ok(None),
    }
}

fn bind(address: SocketAddr, or_free: bool) -> Result<TcpListener, ListenFault> {
    let fault = |error| ListenFault { address, error };
    match listener_on(address) {
        Err(error) if or_free && error.kind() == io::ErrorKind::AddrInUse => {
            let free = SocketAddr::new(address.ip(), 0);
            listener_on(free).map_err(fault)
        }
        bound => bound.map_err(fault),
    }
}

/// Bytes of an answer that the system holds for a reader, about (Linux doubles them). The system
/// itself would hold megabytes, take nothing more until a third of them is gone, and so make a slow
/// reader look like one that takes nothing.
const SEND_BUFFER_BYTES: u32 = 64 * 1024;

/// Connections that wait to be accepted.
const BACKLOG: u32 = 1024;

/// A listener; what it is told of buffers holds for its connections.
fn listener_on(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // As the library itself does: a port is free again at once after a stop.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Ends when ctrl-c is pressed or, on Unix, SIGTERM arrives.
async fn stop_asked_for() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals only the end of the process stops us.
        std::future::pending::<()>().await;
    }
}
