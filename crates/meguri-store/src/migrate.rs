//! Migrations: forward only, on opening, all or none; a file of SQLite is copied before.

use crate::backup;
use crate::by::By;
use crate::dialect;
use crate::error::{Error, Result};
use crate::sql::{Arg, Pool, Sql, Tx};
use std::path::{Path, PathBuf};

/// One step of the schema, for both engines.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its name, that of the file in both folders: `0001_kept`.
    pub name: &'static str,
    /// The script for SQLite.
    pub sqlite: &'static str,
    /// The script for PostgreSQL.
    pub postgres: &'static str,
}

macro_rules! migration {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// All migrations in order; the version of a database is how many of them it has.
pub const MIGRATIONS: &[Migration] = &[
    migration!("0001_kept"),
    migration!("0002_sections"),
    migration!("0003_identities"),
    migration!("0004_publications"),
    migration!("0005_accounts"),
    migration!("0006_cycles"),
    migration!("0007_departments"),
];

const TABLE: &str = "CREATE TABLE meguri_schema (\
                     number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, \
                     applied_by TEXT NOT NULL, applied_at TEXT NOT NULL)";
const VERSION: Sql<'_> = Sql::new("SELECT COALESCE(MAX(number), 0) FROM meguri_schema");
const APPLIED: Sql<'_> = Sql::new(
    "INSERT INTO meguri_schema (number, name, applied_by, applied_at) VALUES ($1, $2, $3, $4)",
);

/// What was done.
pub(crate) struct Applied {
    pub(crate) names: Vec<&'static str>,
    pub(crate) backup: Option<PathBuf>,
}

/// Brings a database up to the newest version.
pub(crate) async fn up(pool: &Pool, path: Option<&Path>, by: &By) -> Result<Applied> {
    let found = {
        let mut tx = pool.read().await?;
        version(&mut tx).await?
    };
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let backup = match (found, path) {
        (Some(found), Some(path)) if (1..known).contains(&found) => {
            back_up(pool, path, found).await?
        }
        _ => None,
    };
    let names = if found == Some(known) {
        Vec::new()
    } else {
        apply(pool, known, by).await?
    };
    Ok(Applied { names, backup })
}

/// The version; `None` for a database in which nothing of ours stands yet.
pub(crate) async fn version(tx: &mut Tx) -> Result<Option<i64>> {
    let there = Sql::new(dialect::table_is_there(tx.engine()));
    let ours = number(tx, there, &["meguri_schema".into()]).await? > 0;
    if ours {
        return number(tx, VERSION, &[]).await.map(Some);
    }
    if let Some(tables) = dialect::tables_of_others(tx.engine())
        && number(tx, Sql::new(tables), &[]).await? > 0
    {
        return Err(Error::damaged("ほかのプログラムの表があります"));
    }
    Ok(None)
}

async fn number(tx: &mut Tx, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<i64> {
    let rows = tx.rows(sql, args).await?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Applies what is missing, in one transaction. The version is read again in it: another process
/// may have been faster.
async fn apply(pool: &Pool, known: i64, by: &By) -> Result<Vec<&'static str>> {
    let mut tx = pool.write().await?;
    if let Some(lock) = dialect::lock_migrations(tx.engine()) {
        tx.rows(Sql::new(lock), &[]).await?;
    }
    let found = version(&mut tx).await?;
    if found.is_none() {
        tx.run_script(TABLE).await?;
    }
    let found = found.unwrap_or(0);
    if found > known {
        return Err(Error::NewerVersion { found, known });
    }
    let mut names = Vec::new();
    for (number, migration) in (1_i64..).zip(MIGRATIONS) {
        if number > found {
            let script = dialect::either(tx.engine(), migration.sqlite, migration.postgres);
            tx.run_script(script).await?;
            let name = migration.name;
            let args = [
                number.into(),
                name.into(),
                by.who().into(),
                by.moment().into(),
            ];
            tx.execute(APPLIED, &args).await?;
            names.push(name);
        }
    }
    tx.commit().await?;
    Ok(names)
}

/// Copies a file beside itself: `meguri.sqlite.v1.bak`, the next free name where there is one.
async fn back_up(pool: &Pool, path: &Path, version: i64) -> Result<Option<PathBuf>> {
    let Some(copy) = dialect::copy_into(pool.engine()) else {
        return Ok(None);
    };
    let target = free_name(path, version);
    match backup::copy_before(pool, copy, &target).await {
        Ok(()) => Ok(Some(target)),
        Err(error) => Err(Error::Backup {
            path: target,
            source: Box::new(error),
        }),
    }
}

fn free_name(path: &Path, version: i64) -> PathBuf {
    let named = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".v{version}{ending}.bak"));
        PathBuf::from(name)
    };
    std::iter::once(String::new())
        .chain((2_u32..).map(|number| format!("-{number}")))
        .map(|ending| named(&ending))
        .find(|path| !path.exists())
        .unwrap_or_else(|| named(""))
}
