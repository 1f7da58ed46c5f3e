//! Data goes out and comes back through the program: export, import, backup, restore, and what a
//! person reads when that is not possible.

#[cfg(unix)]
mod faults;
mod flipped;
mod folders;
mod head;
mod killed;
mod leftovers;
#[cfg(unix)]
mod replaced;
mod spoilt;
mod under_writes;

#[path = "../../../meguri-store/tests/it/filled.rs"]
pub(crate) mod filled;

use meguri_store::{By, Location, Municipality, MunicipalityCode, Store};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

const CODE: &str = "131016";
const SERVER: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A folder of one test, new for each run.
pub(crate) fn new_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("keep-{name}"));
    // What an earlier run left is of no use.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The program with a database; settings of the machine do not reach it.
pub(crate) fn program(words: &[&str], database: &Location) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
    let place = match database {
        Location::File(path) => path.display().to_string(),
        Location::Postgres(url) => url.clone(),
    };
    command
        .args(words)
        .args(["--database", &place])
        .env("MEGURI_ACTOR", "試験");
    command
}

pub(crate) fn meguri(words: &[&str], database: &Location) -> Output {
    program(words, database)
        .output()
        .expect("the program starts")
}

/// Runs the program and expects it to end well; what it says.
pub(crate) fn well(words: &[&str], database: &Location) -> String {
    let output = meguri(words, database);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{words:?}: {told}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs the program and expects exit code 2; the message.
pub(crate) fn refused(words: &[&str], database: &Location) -> String {
    let output = meguri(words, database);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

pub(crate) fn path(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

pub(crate) fn file(folder: &Path, name: &str) -> Location {
    Location::File(folder.join(name))
}

pub(crate) fn by() -> By {
    By::new("試験", "2026-07-01").expect("a moment")
}

pub(crate) fn wait_for<F: Future>(future: F) -> F::Output {
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(future)
}

pub(crate) async fn open(location: &Location) -> Store {
    Store::open(location, &by())
        .await
        .expect("the database opens")
        .store
}

pub(crate) async fn city(store: &Store, code: &str) -> Municipality {
    let code = MunicipalityCode::parse(code).expect("a code");
    store
        .register(&code, "みずほ野市", &by())
        .await
        .expect("it is registered")
}

/// A database with something in every table.
pub(crate) fn filled_database(location: &Location) {
    wait_for(async {
        let store = open(location).await;
        filled::fill(&city(&store, CODE).await).await;
        store.close().await;
    });
}

/// How many municipalities a database has, and whether all of it is whole.
pub(crate) fn municipalities(location: &Location) -> Vec<String> {
    wait_for(async {
        let store = open(location).await;
        let checked = store.check().await.expect("the database is whole");
        store.close().await;
        checked
            .municipalities
            .iter()
            .map(|(code, ..)| code.to_string())
            .collect()
    })
}

/// A database of PostgreSQL that goes with the value; `None` where no server answers.
pub(crate) struct Server {
    pub(crate) location: Location,
    name: String,
}

impl Server {
    pub(crate) fn new() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("meguri_keep_{}_{number}", std::process::id());
        wait_for(async {
            let server = server();
            let mut admin = match PgConnection::connect(&server).await {
                Ok(admin) => admin,
                Err(error) if std::env::var("CI").is_ok_and(|ci| ci == "true") => {
                    panic!("PostgreSQL does not answer at {server}: {error}");
                }
                Err(error) => {
                    eprintln!("SKIPPED: PostgreSQL does not answer at {server}: {error}");
                    return None;
                }
            };
            let create = format!("CREATE DATABASE {name}");
            admin
                .execute(AssertSqlSafe(create))
                .await
                .expect("a database is created");
            let url = server.rsplit_once('/').expect("a URL").0;
            let location = Location::Postgres(format!("{url}/{name}"));
            Some(Self { location, name })
        })
    }
}

pub(crate) fn server() -> String {
    std::env::var("MEGURI_TEST_POSTGRES").unwrap_or_else(|_| SERVER.to_owned())
}

impl Drop for Server {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        wait_for(async {
            let admin = PgConnection::connect(&server()).await;
            let gone = admin
                .expect("the server answers")
                .execute(AssertSqlSafe(drop.clone()))
                .await
                .map(|_| ());
            gone.expect("the database goes");
        });
    }
}
