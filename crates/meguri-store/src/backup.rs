//! Backups: a file of SQLite with everything, whole at any moment, checked before it counts.
//!
//! Of a file it is a copy by SQLite itself, which waits for nobody and lets others write; of
//! PostgreSQL all municipalities are exported into a new file. So one kind of file restores both.

mod files;

pub(crate) use files::{left_of, must_be_regular};

use crate::audit::AuditReport;
use crate::by::By;
use crate::dialect;
use crate::error::{Error, Result};
use crate::export::{Cursor, NOT_EXPORTED, TABLES};
use crate::migrate::{self, MIGRATIONS};
use crate::municipality::MunicipalityCode;
use crate::opening::{Location, Store};
use crate::sql::{HeldFile, Pool, Sql};
use std::path::{Path, PathBuf};

/// What a database holds, after it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The version of its schema.
    pub version: i64,
    /// Code, name and audit chain of each municipality.
    pub municipalities: Vec<(MunicipalityCode, String, AuditReport)>,
}

/// What restoring did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What stands in the database now.
    pub checked: Checked,
    /// Where the file is that stood there before.
    pub aside: Option<PathBuf>,
}

impl Store {
    /// Writes a backup of everything into a new file, while others read and write. What was
    /// acknowledged before is in it.
    ///
    /// # Errors
    /// [`Error::FileIsThere`], a file that cannot be written, or a database that is damaged:
    /// there is no file then.
    pub async fn back_up(&self, target: &Path, by: &By) -> Result<Checked> {
        files::must_be_new(target)?;
        let part = files::part_of(target)?;
        let made = self.write_and_check(&part, by).await;
        files::finish(&part, target, made)
    }

    async fn write_and_check(&self, part: &Path, by: &By) -> Result<Checked> {
        if let Some(copy) = dialect::copy_into(self.pool().engine()) {
            let quoted = part.display().to_string().replace('\'', "''");
            self.pool().copy(&format!("{copy}'{quoted}'")).await?;
        } else {
            let file = Self::open(&Location::File(part.to_owned()), by)
                .await?
                .store;
            let copied = copy_all(self, &file, usize::MAX).await;
            file.close().await;
            copied?;
            // A file at rest has no log beside it.
            HeldFile::hold(part).await?.leave().await?;
        }
        inspect(part).await
    }

    /// Checks the whole database: its pages and references (SQLite), and each audit chain.
    ///
    /// # Errors
    /// [`Error::Damaged`] with what is wrong, or those of the database.
    pub async fn check(&self) -> Result<Checked> {
        let version = self.check_pages().await?;
        let mut municipalities = Vec::new();
        for (code, name) in self.municipalities().await? {
            let Some(municipality) = self.municipality(&code).await? else {
                continue;
            };
            let report = municipality.audit_verify().await?;
            if let Some(broken) = &report.broken {
                let what = format!("団体 {code} の{broken}");
                return Err(Error::damaged(what));
            }
            municipalities.push((code, name, report));
        }
        Ok(Checked {
            version,
            municipalities,
        })
    }

    /// Checks pages and references (SQLite); the version of the schema.
    ///
    /// # Errors
    /// As [`Store::check`].
    pub async fn check_pages(&self) -> Result<i64> {
        let mut tx = self.pool().read().await?;
        let version = migrate::version(&mut tx).await?;
        let version = version.ok_or_else(|| Error::damaged("めぐりの表がありません"))?;
        for (text, what) in dialect::whole_checks(tx.engine()) {
            for row in tx.rows(Sql::new(text), &[]).await? {
                let said = row.text(0)?;
                if said != "ok" {
                    return Err(Error::damaged(format!("{what}{said}")));
                }
            }
        }
        Ok(version)
    }
}

/// Copies a database that is to be migrated, as it is: whole and on the disk, or not at all.
pub(crate) async fn copy_before(pool: &Pool, copy: &str, target: &Path) -> Result<()> {
    let part = files::part_of(target)?;
    let quoted = part.display().to_string().replace('\'', "''");
    let made = async {
        pool.copy(&format!("{copy}'{quoted}'")).await?;
        let store = open_as_is(&part).await?;
        let checked = store.check_pages().await;
        store.close().await;
        checked
    };
    let made = made.await;
    files::finish(&part, target, made).map(drop)
}

/// Checks a file of a backup and changes nothing in it.
async fn inspect(path: &Path) -> Result<Checked> {
    let store = open_as_is(path).await?;
    let checked = store.check().await;
    store.close().await;
    checked
}

async fn open_as_is(path: &Path) -> Result<Store> {
    files::must_rest(path)?;
    let store = Store::of(Pool::sqlite_as_is(path).await?);
    let version = {
        let mut tx = store.pool().read().await?;
        migrate::version(&mut tx).await?
    };
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match version {
        Some(found) if found > known => Err(Error::NewerVersion { found, known }),
        Some(_) => Ok(store),
        None => Err(Error::damaged("めぐりの表がありません")),
    }
}

/// Copies all municipalities; of an older database the tables that it has.
async fn copy_all(from: &Store, to: &Store, version: usize) -> Result<()> {
    for (code, _) in from.municipalities().await? {
        let Some(city) = from.municipality(&code).await? else {
            continue;
        };
        let mut exporting = city.exporting().await?;
        let mut importing = to.importing(&code).await?;
        let all = TABLES.iter().chain(NOT_EXPORTED);
        for table in all.filter(|table| table.since <= version) {
            let mut cursor = Cursor::new(table);
            loop {
                let rows = exporting.next_page(&mut cursor).await?;
                if rows.is_empty() {
                    break;
                }
                importing.insert(table, &rows).await?;
            }
        }
        importing.finish().await?;
    }
    Ok(())
}

/// How a backup is put in the place of a database.
#[derive(Clone, Debug)]
pub struct Restoring<'a> {
    /// The backup.
    pub backup: &'a Path,
    /// The database.
    pub to: &'a Location,
    /// Replace a file that is too damaged to tell whether a program uses it.
    pub force: bool,
}

/// Puts a backup in the place of a database.
///
/// A file that stands there is set aside with what SQLite keeps beside it, not overwritten; one
/// that is in use is left alone. Into PostgreSQL municipalities are written that are not there yet.
///
/// # Errors
/// Where the backup is damaged or newer than this program, the database is in use
/// ([`Error::Locked`]), may be in use ([`Error::MayBeInUse`]) or has the municipality
/// ([`Error::AlreadyThere`]); nothing is changed then. [`Error::Damaged`] where what was put in
/// place is not what the backup holds.
pub async fn restore(restoring: &Restoring<'_>, by: &By) -> Result<Restored> {
    let (backup, location) = (restoring.backup, restoring.to);
    let checked = inspect(backup).await?;
    let aside = match location {
        Location::File(path) => restore_file(restoring, &files::real(path), by).await?,
        Location::Postgres(_) => {
            let version = usize::try_from(checked.version).unwrap_or(usize::MAX);
            restore_rows(backup, location, version, by).await?;
            None
        }
    };
    let store = Store::open(location, by).await?.store;
    let now = store.check().await;
    store.close().await;
    let now = now?;
    must_have(&now, &checked, location)?;
    Ok(Restored {
        checked: now,
        aside,
    })
}

/// The database holds what the backup held: the same municipalities with the same audit, and where
/// it is a file no others.
fn must_have(now: &Checked, backup: &Checked, location: &Location) -> Result<()> {
    let has = |wanted: &_| now.municipalities.contains(wanted);
    let others = matches!(location, Location::File(_))
        && now.municipalities.len() != backup.municipalities.len();
    if others || !backup.municipalities.iter().all(has) {
        return Err(Error::damaged("復元した内容がバックアップと一致しません"));
    }
    Ok(())
}

async fn restore_rows(backup: &Path, to: &Location, version: usize, by: &By) -> Result<()> {
    let from = open_as_is(backup).await?;
    let to = Store::open(to, by).await?.store;
    let copied = async {
        for (code, _) in from.municipalities().await? {
            if to.municipality(&code).await?.is_some() {
                return Err(Error::AlreadyThere(code.to_string()));
            }
        }
        copy_all(&from, &to, version).await
    };
    let copied = copied.await;
    from.close().await;
    to.close().await;
    copied
}

async fn restore_file(restoring: &Restoring<'_>, path: &Path, by: &By) -> Result<Option<PathBuf>> {
    let backup = restoring.backup;
    must_be_regular(path)?;
    if files::are_the_same(backup, path) {
        return Err(Error::invalid(format!(
            "「{}」は、いま使っているデータベースです。\nバックアップのファイルを指定してください。",
            path.display()
        )));
    }
    let part = files::part_of(path)?;
    let copied = files::copy(backup, &part);
    let placed = match copied {
        Ok(()) => place(&part, path, restoring.force, by).await,
        Err(error) => Err(error),
    };
    files::remove(&part);
    placed
}

/// Sets the present file aside, while nobody else has it open, and puts the other in its place.
async fn place(part: &Path, path: &Path, force: bool, by: &By) -> Result<Option<PathBuf>> {
    let held = if path.exists() {
        match HeldFile::hold(path).await {
            Ok(held) => Some(held),
            // A damaged file is why one restores; nobody can hold it.
            Err(Error::Damaged { .. }) if force => None,
            Err(Error::Damaged { .. }) => return Err(Error::MayBeInUse(path.to_owned())),
            Err(error) => return Err(error),
        }
    } else {
        None
    };
    let aside = files::set_aside(path, by)?;
    let placed = files::replace(part, path);
    if let (Err(_), Some(aside)) = (&placed, &aside) {
        files::put_back(aside, path);
    }
    if let Some(held) = held {
        // The file that was held is set aside; what closing it says changes nothing.
        let _ = held.leave().await;
    }
    placed.map(|()| aside)
}
