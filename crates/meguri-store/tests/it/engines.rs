//! One story, two engines: each test has its own file or its own database.
//!
//! PostgreSQL is looked for where `MEGURI_TEST_POSTGRES` says, else on this machine. Where none
//! answers its tests say `SKIPPED`; with `CI=true` they fail instead.

use meguri_store::{By, Location, Municipality, MunicipalityCode, Opened, Store};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The role of the tests: a superuser would pass by row-level security.
const ROLE: &str = "meguri_test";
const HERE: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// Tells a story on both engines.
macro_rules! on_both_engines {
    ($($story:ident),* $(,)?) => {$(
        mod $story {
            #[test]
            fn sqlite() {
                $crate::engines::on_sqlite(super::$story);
            }

            #[test]
            fn postgres() {
                $crate::engines::on_postgres(super::$story);
            }
        }
    )*};
}

/// Where the database of one test is.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(crate) location: Location,
    folder: PathBuf,
}

/// A connection without the store.
pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl From<Location> for Home {
    fn from(location: Location) -> Self {
        Self {
            location,
            folder: PathBuf::new(),
        }
    }
}

impl Home {
    /// A folder of the test's own.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same home with another database.
    pub(crate) fn at(&self, location: Location) -> Self {
        Self {
            location,
            folder: self.folder.clone(),
        }
    }

    pub(crate) async fn open(&self) -> Opened {
        let opened = Store::open(&self.location, &by("2026-04-01")).await;
        opened.expect("the database opens")
    }

    /// An open store with one municipality.
    pub(crate) async fn city(&self) -> (Store, Municipality) {
        let store = self.open().await.store;
        let city = register(&store, "131016").await;
        (store, city)
    }

    pub(crate) async fn raw(&self) -> Raw {
        match &self.location {
            Location::File(path) => {
                let url = format!("sqlite://{}", path.display());
                let connection = SqliteConnection::connect(&url).await;
                Raw::Sqlite(connection.expect("the file opens"))
            }
            Location::Postgres(url) => {
                let connection = PgConnection::connect(url).await;
                Raw::Postgres(connection.expect("the server answers"))
            }
        }
    }
}

impl Raw {
    pub(crate) async fn run(&mut self, script: &str) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection
                .execute(sqlx::raw_sql(AssertSqlSafe(script)))
                .await
                .map(drop),
            Self::Postgres(connection) => connection
                .execute(sqlx::raw_sql(AssertSqlSafe(script)))
                .await
                .map(drop),
        }
    }

    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        let texts: Result<Vec<String>, sqlx::Error> = match self {
            Self::Sqlite(connection) => {
                let rows = connection.fetch_all(AssertSqlSafe(sql)).await;
                rows.map(|rows| rows.iter().map(|row| row.get(0)).collect())
            }
            Self::Postgres(connection) => {
                let rows = connection.fetch_all(AssertSqlSafe(sql)).await;
                rows.map(|rows| rows.iter().map(|row| row.get(0)).collect())
            }
        };
        texts.expect("texts")
    }

    pub(crate) async fn number(&mut self, sql: &str) -> i64 {
        let number = match self {
            Self::Sqlite(connection) => connection
                .fetch_one(AssertSqlSafe(sql))
                .await
                .map(|row| row.get(0)),
            Self::Postgres(connection) => connection
                .fetch_one(AssertSqlSafe(sql))
                .await
                .map(|row| row.get(0)),
        };
        number.expect("a number")
    }
}

pub(crate) fn by(moment: &str) -> By {
    By::new("政策課 試験", moment).expect("a moment")
}

pub(crate) fn code(text: &str) -> MunicipalityCode {
    MunicipalityCode::parse(text).expect("a code")
}

pub(crate) async fn register(store: &Store, text: &str) -> Municipality {
    let (code, by) = (code(text), by("2026-04-01"));
    let registered = store.register(&code, "みずほ野市", &by).await;
    registered.expect("it is registered")
}

pub(crate) fn on_sqlite<F>(story: fn(Home) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let folder = folder();
    let location = Location::File(folder.join("meguri.sqlite"));
    let home = Home {
        location,
        folder: folder.clone(),
    };
    let told = runtime().block_on(async { tokio::spawn(story(home)).await });
    // What is left of a failed test is there to be looked at.
    told.expect("the story holds on SQLite");
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

pub(crate) fn on_postgres<F>(story: fn(Home) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    runtime().block_on(async {
        let server = std::env::var("MEGURI_TEST_POSTGRES").unwrap_or_else(|_| HERE.to_owned());
        let mut admin = match PgConnection::connect(&server).await {
            Ok(admin) => admin,
            Err(error) if std::env::var("CI").is_ok_and(|ci| ci == "true") => {
                panic!("PostgreSQL does not answer at {server}: {error}");
            }
            Err(error) => {
                eprintln!("SKIPPED: PostgreSQL does not answer at {server}: {error}");
                return;
            }
        };
        let name = create_database(&mut admin).await;
        let folder = folder();
        let location = Location::Postgres(address(&server, &name));
        let home = Home {
            location,
            folder: folder.clone(),
        };
        let told = tokio::spawn(story(home)).await;
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        let dropped = admin.execute(AssertSqlSafe(drop)).await;
        told.expect("the story holds on PostgreSQL");
        dropped.expect("the database goes");
        std::fs::remove_dir_all(folder).expect("the folder goes");
    });
}

async fn create_database(admin: &mut PgConnection) -> String {
    let name = format!("meguri_test_{}_{}", std::process::id(), next());
    // Another test may have been faster; then the role is there all the same.
    let role = format!("CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS");
    let _ = admin.execute(AssertSqlSafe(role)).await;
    let create = format!("CREATE DATABASE {name} OWNER {ROLE}");
    let created = admin.execute(AssertSqlSafe(create)).await;
    created.expect("a database is created");
    name
}

/// The address of a database on the same server, for the role of the tests.
fn address(server: &str, name: &str) -> String {
    let rest = server.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("postgres://{ROLE}@{host}/{name}")
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = folder.join(format!("store-{}-{}", std::process::id(), next()));
    std::fs::create_dir_all(&folder).expect("a folder is created");
    folder
}

fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let builder = builder.worker_threads(2).enable_all();
    builder.build().expect("a runtime")
}
