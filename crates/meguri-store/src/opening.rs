//! Opening a database: where it is, whether it is ours, and bringing it up to date.

use crate::backup::{left_of, must_be_regular};
use crate::by::By;
use crate::dialect;
use crate::error::{Error, Result};
use crate::migrate;
use crate::municipality::{Municipality, MunicipalityCode};
use crate::sql::{Arg, Pool, Sql};
use std::fmt;
use std::path::{Path, PathBuf};

const MUNICIPALITIES: Sql<'_> =
    Sql::new("SELECT municipality, name FROM municipality ORDER BY municipality");

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of SQLite.
    File(PathBuf),
    /// The URL of a database of PostgreSQL.
    Postgres(String),
}

impl Location {
    /// Reads `postgres://…` (or `postgresql://…`) as PostgreSQL and all else as the path of a file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        }
    }
}

impl Location {
    /// Refuses a file that is not there while its log, or what a restore set aside, is: a new file
    /// beside them would take up what is not its own, or hide what is still to be had.
    ///
    /// # Errors
    /// [`Error::LeftOver`].
    pub fn must_not_be_torn(&self) -> Result<()> {
        let Self::File(path) = self else {
            return Ok(());
        };
        let left = left_of(path);
        if left.is_empty() {
            return Ok(());
        }
        let path = path.clone();
        Err(Error::LeftOver { path, left })
    }

    /// Does the URL hold a password?
    #[must_use]
    pub fn has_password(&self) -> bool {
        let Self::Postgres(url) = self else {
            return false;
        };
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let user = rest.rsplit_once('@').map_or("", |(user, _)| user);
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let in_query = query.split('&').any(|pair| pair.starts_with("password="));
        in_query
            || user
                .split_once(':')
                .is_some_and(|(_, word)| !word.is_empty())
    }
}

/// For a person: without the password of a URL.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => {
                let address = url.rsplit_once('@').map_or_else(
                    || url.split_once("://").map_or("", |(_, rest)| rest),
                    |(_, rest)| rest,
                );
                let address = address.split('?').next().unwrap_or_default();
                write!(f, "postgres://{address}")
            }
        }
    }
}

/// As [`fmt::Display`], so that no log shows a password.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

/// A database; clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
}

/// A store just opened, and what was done for it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Names of the migrations that were applied now.
    pub migrated: Vec<&'static str>,
    /// The copy that was made before, where an older file was migrated.
    pub backup: Option<PathBuf>,
    /// Whether row-level security guards the rows besides.
    pub wall: SecondWall,
}

/// Which engine keeps a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineVersion {
    /// Its name.
    pub name: &'static str,
    /// Its version, as it says it.
    pub version: String,
    /// Is it without known faults that can lose what was written?
    pub is_sound: bool,
}

/// Row-level security behind the municipality of each query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondWall {
    /// The engine has none; a file holds what one installation may see.
    None,
    /// It stands.
    Stands,
    /// The role of the connection passes it by (superuser, BYPASSRLS): the administrator should
    /// connect with another one.
    PassedBy {
        /// The role.
        role: String,
    },
}

impl Store {
    /// Opens a database, creates it where there is no file yet, and brings it up to date.
    ///
    /// A file is copied before it is migrated.
    ///
    /// # Errors
    /// Where it cannot be opened, is none of ours, was written by a newer めぐり
    /// ([`Error::NewerVersion`]), cannot be copied before its migration ([`Error::Backup`]), or
    /// where the file is not there but something of it is ([`Error::LeftOver`]).
    pub async fn open(location: &Location, by: &By) -> Result<Opened> {
        location.must_not_be_torn()?;
        let (pool, path) = match location {
            Location::File(path) => {
                must_be_regular(path)?;
                (Pool::sqlite(path).await?, Some(path.as_path()))
            }
            Location::Postgres(url) => (Pool::postgres(url).await?, None),
        };
        let opened = Self::bring_up(&pool, path, by).await;
        if opened.is_err() {
            pool.close().await;
        }
        opened
    }

    async fn bring_up(pool: &Pool, path: Option<&Path>, by: &By) -> Result<Opened> {
        let applied = migrate::up(pool, path, by).await?;
        Ok(Opened {
            wall: wall(pool).await?,
            store: Self::of(pool.clone()),
            migrated: applied.names,
            backup: applied.backup,
        })
    }

    /// The handle of a municipality, where it is registered.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn municipality(&self, code: &MunicipalityCode) -> Result<Option<Municipality>> {
        let municipality = Municipality::new(self.clone(), code.clone());
        let name = municipality.name().await?;
        Ok(name.map(|_| municipality))
    }

    /// Registers a municipality and gives its handle; one that is registered already stays as it
    /// is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn register(
        &self,
        code: &MunicipalityCode,
        name: &str,
        by: &By,
    ) -> Result<Municipality> {
        if let Some(known) = self.municipality(code).await? {
            return Ok(known);
        }
        let municipality = Municipality::new(self.clone(), code.clone());
        municipality.register(name, by).await?;
        Ok(municipality)
    }

    /// Codes and names of the municipalities in this database, for the administrator.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn municipalities(&self) -> Result<Vec<(MunicipalityCode, String)>> {
        let mut tx = self.pool.read().await?;
        if let Some(text) = dialect::name_municipality(tx.engine()) {
            tx.rows(Sql::new(text), &[Arg::text("*")]).await?;
        }
        let rows = tx.rows(MUNICIPALITIES, &[]).await?;
        let of = |row: &crate::sql::Row| {
            let code = MunicipalityCode::kept(&row.text(0)?)
                .map_err(|error| Error::damaged(error.to_string()))?;
            Ok((code, row.text(1)?))
        };
        rows.iter().map(of).collect()
    }

    /// Name and version of the engine.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn engine(&self) -> Result<EngineVersion> {
        let engine = self.pool.engine();
        let mut tx = self.pool.read().await?;
        let rows = tx
            .rows(Sql::new(dialect::engine_version(engine)), &[])
            .await?;
        let version = rows.first().map_or(Ok(String::new()), |row| row.text(0))?;
        let (name, sound_from) = dialect::engine_sound_from(engine);
        let is_sound = sound_from.is_none_or(|from| is_at_least(&version, from));
        Ok(EngineVersion {
            name,
            version,
            is_sound,
        })
    }

    /// How many statements have been run since it was opened, for tests and for measuring.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.pool.statements_run()
    }

    /// Lets the engine prepare every statement of this crate; statements are not checked when the
    /// crate is compiled. The number of statements.
    ///
    /// # Errors
    /// The first statement that the engine does not understand.
    pub async fn prepare_all(&self) -> Result<usize> {
        let statements = crate::statements::all(self.pool.engine());
        let mut tx = self.pool.read().await?;
        for (name, text) in &statements {
            let prepared = tx.prepare(Sql::new(text)).await;
            prepared.map_err(|error| Error::damaged(format!("{name}: {error}: {text}")))?;
        }
        Ok(statements.len())
    }

    /// Closes all connections; clones of the store can do nothing afterwards.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    pub(crate) const fn of(pool: Pool) -> Self {
        Self { pool }
    }

    pub(crate) const fn pool(&self) -> &Pool {
        &self.pool
    }
}

/// A version in numbers parted by dots; what is no number counts as 0.
fn is_at_least(version: &str, wanted: [u32; 3]) -> bool {
    let mut numbers = version.split('.').map(|word| word.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    [next(), next(), next()] >= wanted
}

async fn wall(pool: &Pool) -> Result<SecondWall> {
    let Some(text) = dialect::passes_the_wall(pool.engine()) else {
        return Ok(SecondWall::None);
    };
    let rows = pool.read().await?.rows(Sql::new(text), &[]).await?;
    Ok(match rows.first() {
        Some(row) => SecondWall::PassedBy { role: row.text(0)? },
        None => SecondWall::Stands,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for (version, sound) in [
            ("3.51.3", true),
            ("3.51.2", false),
            ("3.46.0", false),
            ("3.100.0", true),
            ("4.0", true),
            ("", false),
        ] {
            assert_eq!(is_at_least(version, [3, 51, 3]), sound, "{version}");
        }
    }

    #[test]
    fn a_location_never_shows_its_password() {
        let location = Location::parse("postgres://meguri:p@ss@db.example:5432/meguri?a=b");
        assert_eq!(location.to_string(), "postgres://db.example:5432/meguri");
        assert!(!format!("{location:?}").contains("p@ss"));
        let local = Location::parse("postgresql:///meguri");
        assert_eq!(local.to_string(), "postgres:///meguri");
        assert_eq!(Location::parse("a.sqlite").to_string(), "a.sqlite");
        assert!(location.has_password() && !local.has_password());
        for (text, has) in [
            ("postgres://meguri@db.example/meguri", false),
            ("postgres://meguri:@db.example/meguri", false),
            ("postgres://db.example:5432/meguri?user=a&password=b", true),
            ("a:b@c.sqlite", false),
        ] {
            assert_eq!(Location::parse(text).has_password(), has, "{text}");
        }
    }
}
