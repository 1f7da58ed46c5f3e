//! The one place that names the driver: two pools behind one type, statements, arguments, rows.
//!
//! Statements are written once, with `$1` placeholders, in what both engines understand. The
//! other modules see [`Tx`], which runs a statement on whichever engine there is.
//!
//! Statements run through the methods of [`Executor`], never those of a query: the latter are
//! `async fn`s over a lifetime, with which the compiler cannot see that our futures are [`Send`].

mod argument;
mod file;
mod row;
mod statement;

pub(crate) use argument::Arg;
pub(crate) use file::HeldFile;
use file::Place;
pub(crate) use row::Row;
pub(crate) use statement::{Insert, Sql, inserts, statements};

use crate::dialect::{self, Engine};
use crate::error::{Error, Result};
use argument::{postgres_arguments, sqlite_arguments};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{
    ConnectOptions, Connection, Executor, PgConnection, Postgres, SqlSafeStr, Sqlite, Transaction,
};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long a writer waits for another one, and a caller for a free connection.
const WAIT: Duration = Duration::from_secs(10);
/// How long PostgreSQL works on one statement: a statement of ours takes seconds at most, and one
/// that takes longer holds locks that others wait for.
const LONGEST: Duration = Duration::from_secs(300);
/// How often one asks whether others have left.
const STEP: Duration = Duration::from_millis(50);
/// Rows that SQLite's thread may read ahead; each time it has to wait costs two changes of thread.
const ROWS_AHEAD: usize = 4096;
/// Connections that read at the same time.
const READERS: u32 = 8;

/// The database: one of two.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pools: Pools,
    /// The file, where it is one that others may replace.
    place: Option<Arc<Place>>,
    statements: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
enum Pools {
    /// SQLite has one writer: its pool holds one connection, on which writers queue up.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Pool {
    /// Opens or creates a file of SQLite.
    pub(crate) async fn sqlite(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged survives a power cut, not only a crash of the program.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(WAIT)
            .row_buffer_size(ROWS_AHEAD)
            // Else `INSERT OR REPLACE` would pass by the triggers that refuse DELETE.
            .pragma("recursive_triggers", "ON")
            // Values of a city do not go into the log of a library.
            .disable_statement_logging();
        let writer = Self::sqlite_writer(&options).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(WAIT)
            .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"));
        Ok(Self {
            place: Some(Arc::new(Place::of(path))),
            ..Self::of(Pools::Sqlite { writer, readers })
        })
    }

    /// Is the file that was opened the one that its name leads to? Looks at the folder alone.
    pub(crate) fn is_in_place(&self) -> Result<()> {
        self.place
            .as_ref()
            .map_or(Ok(()), |place| place.is_the_same())
    }

    /// SQLite does not wait for others where the kind of its log is set, as when two programs
    /// create a file at once: so we do.
    async fn sqlite_writer(options: &SqliteConnectOptions) -> Result<SqlitePool> {
        let until = tokio::time::Instant::now() + WAIT;
        loop {
            let pool = SqlitePoolOptions::new()
                .max_connections(1)
                .acquire_timeout(WAIT)
                .after_release(|connection, _| Box::pin(is_at_rest(connection)));
            match pool
                .connect_with(options.clone())
                .await
                .map_err(Error::from)
            {
                Err(Error::Locked(_)) if tokio::time::Instant::now() < until => {
                    tokio::time::sleep(STEP).await;
                }
                connected => return connected,
            }
        }
    }

    /// Connects to a database of PostgreSQL.
    pub(crate) async fn postgres(url: &str) -> Result<Self> {
        let options: PgConnectOptions = url.parse()?;
        let options = encrypted(options, url).disable_statement_logging();
        // A pool tries again until its time is up, and then only says that it is up.
        PgConnection::connect_with(&options).await?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(WAIT)
            .after_connect(|connection, _| Box::pin(limit_waiting(connection)))
            .connect_with(options)
            .await?;
        Ok(Self::of(Pools::Postgres(pool)))
    }

    fn of(pools: Pools) -> Self {
        Self {
            pools,
            place: None,
            statements: Arc::default(),
        }
    }

    pub(crate) const fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// How many statements have been run through this pool and its clones.
    pub(crate) fn statements_run(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// A transaction that may write.
    pub(crate) async fn write(&self) -> Result<Tx> {
        let begin = dialect::begin_writing(self.engine());
        let open = match &self.pools {
            Pools::Sqlite { writer, .. } => Open::Sqlite(writer.begin_with(begin).await?),
            Pools::Postgres(pool) => {
                Open::Postgres(pool.begin_with(begin).await.map_err(Error::of_server)?)
            }
        };
        Ok(self.tx(open))
    }

    /// A transaction that sees one state of the database and changes nothing.
    pub(crate) async fn read(&self) -> Result<Tx> {
        let begin = dialect::begin_reading(self.engine());
        let open = match &self.pools {
            Pools::Sqlite { readers, .. } => Open::Sqlite(readers.begin_with(begin).await?),
            Pools::Postgres(pool) => {
                Open::Postgres(pool.begin_with(begin).await.map_err(Error::of_server)?)
            }
        };
        Ok(self.tx(open))
    }

    fn tx(&self, open: Open) -> Tx {
        let statements = Arc::clone(&self.statements);
        statements.fetch_add(1, Ordering::Relaxed);
        Tx { open, statements }
    }

    /// Runs a text of several statements outside a transaction, on the writing side.
    pub(crate) async fn run_script(&self, script: &str) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => writer
                .execute(sqlx::raw_sql(Sql::new(script).checked()))
                .await
                .map(drop),
            Pools::Postgres(pool) => pool
                .execute(sqlx::raw_sql(Sql::new(script).checked()))
                .await
                .map(drop),
        }
        .map_err(Error::from)
    }

    /// Runs a statement that copies the database, beside readers and writers.
    pub(crate) async fn copy(&self, statement: &str) -> Result<()> {
        let Pools::Sqlite { readers, .. } = &self.pools else {
            return self.run_script(statement).await;
        };
        // A copy counts as writing for a reader; so the connection is taken from the others.
        let mut connection = readers.acquire().await?.detach();
        let script = format!("PRAGMA query_only = OFF; {statement}");
        let copied = connection
            .execute(sqlx::raw_sql(Sql::new(&script).checked()))
            .await
            .map(drop);
        connection.close().await?;
        Ok(copied?)
    }

    /// Closes all connections and waits for it.
    pub(crate) async fn close(&self) {
        // A connection that comes back while its pool closes is put to the idle ones and forgotten;
        // the second call finds it.
        for _ in 0..2 {
            match &self.pools {
                Pools::Sqlite { writer, readers } => {
                    readers.close().await;
                    writer.close().await;
                }
                Pools::Postgres(pool) => pool.close().await,
            }
        }
    }
}

/// Is a connection of SQLite out of its transaction? Where a write failed, as on a full disk, SQLite
/// may have ended the transaction by itself; the driver then cannot, and the connection would refuse
/// every other transaction: so it is thrown away.
async fn is_at_rest(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    // What is still to be rolled back is rolled back first.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Nobody waits for ever for the lock of another session, or for a statement.
async fn limit_waiting(connection: &mut PgConnection) -> sqlx::Result<()> {
    let (lock, statement) = (WAIT.as_millis(), LONGEST.as_millis());
    let limits = format!("SET lock_timeout = {lock}; SET statement_timeout = {statement}");
    let limits = sqlx::raw_sql(Sql::new(&limits).checked());
    connection.execute(limits).await.map(drop)
}

/// A transaction; dropped without a commit it is rolled back.
pub(crate) struct Tx {
    open: Open,
    statements: Arc<AtomicU64>,
}

enum Open {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(crate) const fn engine(&self) -> Engine {
        match self.open {
            Open::Sqlite(_) => Engine::Sqlite,
            Open::Postgres(_) => Engine::Postgres,
        }
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// All rows of a query.
    pub(crate) async fn rows(&mut self, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<Vec<Row>> {
        self.count();
        Ok(match &mut self.open {
            Open::Sqlite(tx) => {
                let query = sqlx::query_with(sql.checked(), sqlite_arguments(args)?);
                let rows = tx.fetch_all(query).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Open::Postgres(tx) => {
                let query = sqlx::query_with(sql.checked(), postgres_arguments(args)?);
                let rows = tx.fetch_all(query).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Runs a statement that gives no rows; how many rows it touched.
    pub(crate) async fn execute(&mut self, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<u64> {
        self.count();
        Ok(match &mut self.open {
            Open::Sqlite(tx) => {
                let query = sqlx::query_with(sql.checked(), sqlite_arguments(args)?);
                tx.execute(query).await?.rows_affected()
            }
            Open::Postgres(tx) => {
                let query = sqlx::query_with(sql.checked(), postgres_arguments(args)?);
                tx.execute(query).await?.rows_affected()
            }
        })
    }

    /// Runs a text of several statements.
    pub(crate) async fn run_script(&mut self, script: &str) -> Result<()> {
        self.count();
        match &mut self.open {
            Open::Sqlite(tx) => tx
                .execute(sqlx::raw_sql(Sql::new(script).checked()))
                .await
                .map(drop),
            Open::Postgres(tx) => tx
                .execute(sqlx::raw_sql(Sql::new(script).checked()))
                .await
                .map(drop),
        }
        .map_err(Error::from)
    }

    /// Lets the engine parse and plan a statement without running it.
    pub(crate) async fn prepare(&mut self, sql: Sql<'_>) -> Result<()> {
        match &mut self.open {
            Open::Sqlite(tx) => tx.prepare(sql.checked().into_sql_str()).await.map(drop),
            Open::Postgres(tx) => tx.prepare(sql.checked().into_sql_str()).await.map(drop),
        }
        .map_err(Error::from)
    }

    pub(crate) async fn commit(self) -> Result<()> {
        self.count();
        match self.open {
            Open::Sqlite(tx) => tx.commit().await,
            Open::Postgres(tx) => tx.commit().await,
        }
        .map_err(Error::from)
    }
}

/// Where nothing is said of it, a connection is encrypted as far as the server can, but not one that
/// stays on this machine, where there is no wire to listen on.
fn encrypted(options: PgConnectOptions, url: &str) -> PgConnectOptions {
    let said = ["sslmode=", "ssl-mode="]
        .iter()
        .any(|word| url.contains(word));
    // The driver keeps the brackets of an address of IPv6.
    let host = options.get_host().trim_matches(|c| matches!(c, '[' | ']'));
    let here = options.get_socket().is_some()
        || host == "localhost"
        || host.starts_with('/')
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    // Other than usual is what PGSSLMODE says; it counts as said, also where a tunnel begins here.
    let usual = matches!(options.get_ssl_mode(), PgSslMode::Prefer);
    if here && usual && !said {
        options.ssl_mode(PgSslMode::Disable)
    } else {
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_encryption_is_never_weakened() {
        let mode = |url: &str, said: Option<PgSslMode>| {
            let options: PgConnectOptions = url.parse().expect("a URL");
            let options = match said {
                Some(mode) => options.ssl_mode(mode),
                None => options.ssl_mode(PgSslMode::Prefer),
            };
            format!("{:?}", encrypted(options, url).get_ssl_mode())
        };
        for (url, said, wanted) in [
            ("postgres://a@127.0.0.1/b", None, "Disable"),
            ("postgres://a@[::1]/b", None, "Disable"),
            ("postgres://a@localhost/b", None, "Disable"),
            ("postgres://a@db.example.jp/b", None, "Prefer"),
            ("postgres://a@127.0.0.1/b?sslmode=prefer", None, "Prefer"),
            (
                "postgres://a@127.0.0.1/b",
                Some(PgSslMode::Require),
                "Require",
            ),
            (
                "postgres://a@localhost/b",
                Some(PgSslMode::VerifyFull),
                "VerifyFull",
            ),
        ] {
            assert_eq!(mode(url, said), wanted, "{url} {said:?}");
        }
    }

    /// A limit on the number of pages is to SQLite what a full disk is, and counts for one
    /// connection.
    #[tokio::test]
    async fn a_write_that_fails_on_a_full_disk_spoils_no_later_one() {
        let folder = std::env::temp_dir().join(format!("meguri-full-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let pool = Pool::sqlite(&folder.join("a.sqlite"))
            .await
            .expect("a pool");
        let create = "CREATE TABLE a (b TEXT); PRAGMA max_page_count = 20";
        pool.run_script(create).await.expect("a full disk");
        let insert = Sql::new("INSERT INTO a (b) VALUES ($1)");
        let long = "x".repeat(200_000);
        let mut tx = pool.write().await.expect("a transaction");
        let full = tx.execute(insert, &[Arg::text(long.as_str())]).await;
        assert!(matches!(full, Err(Error::DiskFull(_))), "{full:?}");
        drop(tx);
        for _ in 0..3 {
            let mut tx = pool.write().await.expect("another one, after the failure");
            let text = Arg::text(long.as_str());
            tx.execute(insert, &[text]).await.expect("there is room");
            tx.commit().await.expect("it is kept");
        }
        pool.close().await;
        std::fs::remove_dir_all(folder).expect("the folder goes");
    }
}
