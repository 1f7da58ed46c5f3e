//! A file of SQLite by itself: read as it is, or held so that nobody else uses it.

use super::{Pool, Pools, READERS, STEP, WAIT};
use crate::error::{Error, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::{Path, PathBuf};
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

/// The name under which a file was opened, and which file that was: all other programs go by the
/// name, a connection by the file.
#[derive(Debug)]
pub(crate) struct Place {
    path: PathBuf,
    file: Option<FileId>,
}

/// Device and inode.
type FileId = (u64, u64);

impl Place {
    pub(crate) fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: file_id(path).ok(),
        }
    }

    /// Does the name still lead to the file that was opened?
    pub(crate) fn is_the_same(&self) -> Result<()> {
        match file_id(&self.path) {
            Ok(now) if self.file.is_none_or(|then| then == now) => Ok(()),
            Ok(_) => Err(Error::OtherFile(self.path.clone())),
            Err(_) => Err(Error::FileGone(self.path.clone())),
        }
    }
}

#[cfg(unix)]
fn file_id(path: &Path) -> std::io::Result<FileId> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}

/// Other systems keep a file that is open from being replaced.
#[cfg(not(unix))]
fn file_id(path: &Path) -> std::io::Result<FileId> {
    std::fs::metadata(path).map(|_| (0, 0))
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
