//! Listens, serves and stops: pages on one address, health and counters on another.

use crate::web::door::{Door, House};
use crate::web::{operations, router};
use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// How long open requests may take to end after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// What listens already and is about to serve.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    pages: TcpListener,
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

impl Server {
    /// Listens on the addresses. With `or_free`, another free port is taken for one in use.
    ///
    /// # Errors
    /// The address that cannot be listened on.
    pub fn listen(
        pages: SocketAddr,
        operations: Option<SocketAddr>,
        or_free: bool,
    ) -> Result<Self, ListenFault> {
        let runtime = Runtime::new().map_err(|error| ListenFault { address: pages, error })?;
        let (pages, operations) = runtime.block_on(async {
            let pages = bind(pages, or_free).await?;
            let operations = match operations {
                Some(address) => Some(bind(address, or_free).await?),
                None => None,
            };
            Ok((pages, operations))
        })?;
        Ok(Self { runtime, pages, operations })
    }

    /// Where the pages are.
    ///
    /// # Errors
    /// Those of the system.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.pages.local_addr()
    }

    /// Where health and counters are; `None` where they are off.
    #[must_use]
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Serves until a stop is asked for (ctrl-c or SIGTERM); open requests are answered first.
    ///
    /// # Errors
    /// Those of the system.
    pub fn run(self, door: Door<House>) -> io::Result<()> {
        let Self { runtime, pages, operations } = self;
        let outcome = runtime.block_on(async {
            if let Some(listener) = operations {
                let router = operations::router(door.clone());
                tokio::spawn(async move { axum::serve(listener, router).await });
            }
            let serving = tokio::spawn(
                axum::serve(pages, router::router(door))
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
            match serving.await {
                Ok(outcome) => outcome,
                // Requests that did not end in time were cut off.
                Err(_) => Ok(()),
            }
        });
        runtime.shutdown_background();
        outcome
    }
}

async fn bind(address: SocketAddr, or_free: bool) -> Result<TcpListener, ListenFault> {
    match TcpListener::bind(address).await {
        Err(error) if or_free && error.kind() == io::ErrorKind::AddrInUse => {
            let free = SocketAddr::new(address.ip(), 0);
            TcpListener::bind(free).await.map_err(|error| ListenFault { address, error })
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
