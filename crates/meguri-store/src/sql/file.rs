//! A file of SQLite by itself: read as it is, or held so that nobody else uses it.

use super::{Pool, Pools, READERS, STEP, WAIT};
use crate::error::{Error, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::Path;
use std::time::Duration;

/// How long one waits for the other users of a file to leave.
const LEAVE: Duration = Duration::from_secs(2);

impl Pool {
    /// Opens a file that nobody writes, without a trace beside it.
    pub(crate) async fn sqlite_as_is(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .immutable(true)
            .disable_statement_logging();
        let pool = || {
            SqlitePoolOptions::new()
                .max_connections(READERS)
                .acquire_timeout(WAIT)
        };
        let readers = pool().connect_with(options.clone()).await?;
        let writer = pool().connect_lazy_with(options);
        Ok(Self::of(Pools::Sqlite { writer, readers }))
    }
}

/// A file that nobody else has open.
pub(crate) struct HeldFile(SqliteConnection);

impl HeldFile {
    /// Waits a little for the other users to leave, takes what stands in the log into the file,
    /// and keeps others out.
    pub(crate) async fn hold(path: &Path) -> Result<Self> {
        let mut waited = Duration::ZERO;
        loop {
            // SQLite itself does not wait for others where a log is given up.
            match Self::take(path).await {
                Err(Error::Locked(_)) if waited < LEAVE => tokio::time::sleep(STEP).await,
                taken => return taken,
            }
            waited += STEP;
        }
    }

    async fn take(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(LEAVE)
            // A log is only given up when no other connection is left.
            .journal_mode(SqliteJournalMode::Delete)
            .disable_statement_logging();
        let mut connection = options.connect().await?;
        connection.execute("BEGIN EXCLUSIVE").await?;
        Ok(Self(connection))
    }

    /// Lets others in again.
    pub(crate) async fn leave(self) -> Result<()> {
        Ok(self.0.close().await?)
    }
}
