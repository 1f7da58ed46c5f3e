//! Listens, serves and stops: pages, pages of the house, health and counters, each on an
//! address of its own.

use crate::web::door::{Door, House, Kind};
use crate::web::fill::Filler;
use crate::web::follow::Follower;
use crate::web::operations::{self, Operations, Watched};
use crate::web::router;
use axum::Router;
use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// How long open requests may take to end after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

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
    Database(Box<Follower>),
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
            let pages = bind(pages, or_free).await?;
            Ok((
                pages,
                maybe_bind(house, or_free).await?,
                maybe_bind(operations, or_free).await?,
            ))
        })?;
        Ok(Self {
            runtime,
            pages,
            house,
            operations,
        })
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
        } = self;
        let outcome = runtime.block_on(async {
            let mut working = Vec::new();
            let watched = watched(&served);
            if let Some(listener) = operations {
                let router = operations::router(watched);
                tokio::spawn(async move { axum::serve(listener, router).await });
            }
            let mut open = Vec::new();
            match served {
                Served::Papers(door) => open.push(serve(pages, router::router(door))),
                Served::Database(follower) => {
                    open.push(serve(pages, router::router(follower.public.clone())));
                    if let (Some(listener), Some(door)) = (house, &follower.house) {
                        open.push(serve(listener, router::router(door.clone())));
                    }
                    working.push(tokio::spawn(Filler::new(follower.public.clone()).work()));
                    working.push(tokio::spawn(follower.follow()));
                }
            }
            let mut outcome = Ok(());
            for serving in open {
                // Requests that did not end in time were cut off.
                outcome = outcome.and(serving.await.unwrap_or(Ok(())));
            }
            for work in working {
                work.abort();
                // It ends by being aborted, and lets go of the database.
                let _ = work.await;
            }
            after.await;
            outcome
        });
        runtime.shutdown_background();
        outcome
    }
}

/// The doors as the operators see them.
fn watched(served: &Served) -> Operations {
    match served {
        Served::Papers(door) => Operations {
            doors: vec![watch(door)],
            database: None,
        },
        Served::Database(follower) => {
            let mut doors = vec![watch(&follower.public)];
            doors.extend(follower.house.as_ref().map(watch));
            Operations {
                doors,
                database: Some(Arc::clone(&follower.answers)),
            }
        }
    }
}

fn watch<K: Kind>(door: &Door<K>) -> Watched {
    let door = door.clone();
    (K::NAME, Arc::new(move || door.site()))
}

/// Serves one router until a stop is asked for; what then takes too long is cut off.
fn serve(listener: TcpListener, router: Router) -> JoinHandle<io::Result<()>> {
    let serving = tokio::spawn(
        axum::serve(listener, router)
            .with_graceful_shutdown(stop_asked_for())
            .into_future(),
    );
    let abort = serving.abort_handle();
    tokio::spawn(async move {
        stop_asked_for().await;
        tracing::info!("stopping");
        tokio::time::sleep(GRACE).await;
        abort.abort();
    });
    serving
}

async fn maybe_bind(
    address: Option<SocketAddr>,
    or_free: bool,
) -> Result<Option<TcpListener>, ListenFault> {
    match address {
        Some(address) => bind(address, or_free).await.map(Some),
        None => Ok(None),
    }
}

async fn bind(address: SocketAddr, or_free: bool) -> Result<TcpListener, ListenFault> {
    match TcpListener::bind(address).await {
        Err(error) if or_free && error.kind() == io::ErrorKind::AddrInUse => {
            let free = SocketAddr::new(address.ip(), 0);
            TcpListener::bind(free)
                .await
                .map_err(|error| ListenFault { address, error })
        }
        bound => bound.map_err(|error| ListenFault { address, error }),
    }
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
