//! What a backup does with files: never over another one, and whole or not at all.

use crate::by::By;
use crate::error::{Error, Result};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

fn fault(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::full(source),
        _ => Error::File { path, what, source },
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(ending);
    PathBuf::from(name)
}

/// Refuses a file that is there.
pub(super) fn must_be_new(path: &Path) -> Result<()> {
    if path.exists() {
        Err(Error::FileIsThere(path.to_owned()))
    } else {
        Ok(())
    }
}

/// Refuses a file that is not there or whose last writes stand in a log beside it.
pub(super) fn must_rest(path: &Path) -> Result<()> {
    File::open(path).map_err(fault(path, "読み取り"))?;
    let log = with_ending(path, "-wal");
    if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        return Err(Error::invalid(format!(
            "「{}」は使用中のデータベースか、その写しです（「{}」に続きがあります）。\n\
             「meguri backup」で作ったファイルを指定してください。",
            path.display(),
            log.display()
        )));
    }
    Ok(())
}

/// Whether two paths name one file.
pub(super) fn are_the_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A name beside a file, for what is not whole yet; nothing stands there.
pub(super) fn part_of(path: &Path) -> Result<PathBuf> {
    let part = with_ending(path, &format!(".part-{}", std::process::id()));
    remove(&part);
    // So a folder that is missing or read-only is told by its name.
    File::create_new(&part).map_err(fault(&part, "作成"))?;
    remove(&part);
    Ok(part)
}

/// Copies a file into a new one, down to the disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map_err(fault(to, "作成"))?;
    sync(to)
}

/// Down to the disk: SQLite does not wait for it when it copies.
pub(super) fn sync(path: &Path) -> Result<()> {
    let file = File::options().read(true).write(true).open(path);
    file.and_then(|file| file.sync_all())
        .map_err(fault(path, "保存"))
}

/// Gives a whole file its name, which no other file has.
pub(super) fn publish(part: &Path, path: &Path) -> Result<()> {
    match fs::hard_link(part, path) {
        Ok(()) => remove(part),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Error::FileIsThere(path.to_owned()));
        }
        // Not every file system has links.
        Err(_) => {
            must_be_new(path)?;
            fs::rename(part, path).map_err(fault(path, "作成"))?;
        }
    }
    sync_folder(path);
    Ok(())
}

/// The name lasts too, where the system lets a folder be synced.
fn sync_folder(path: &Path) {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
        let _ = folder.sync_all();
    }
}

/// Removes what is left, with what SQLite keeps beside it.
pub(super) fn remove(path: &Path) {
    for file in BESIDE
        .iter()
        .map(|ending| with_ending(path, ending))
        .chain([path.to_owned()])
    {
        // What is not there need not go, and what cannot go does no harm.
        let _ = fs::remove_file(file);
    }
}

/// Gives a file another name, by the moment: `meguri.sqlite.before-restore-20260401-093000`.
pub(super) fn set_aside(path: &Path, by: &By) -> Result<PathBuf> {
    let digits: String = by
        .moment()
        .chars()
        .filter(char::is_ascii_digit)
        .take(14)
        .collect();
    let (date, time) = digits.split_at_checked(8).unwrap_or((&digits, ""));
    let moment = if time.is_empty() {
        date.to_owned()
    } else {
        format!("{date}-{time}")
    };
    let first = with_ending(path, &format!(".before-restore-{moment}"));
    let others = (2_u32..).map(|number| with_ending(&first, &format!("-{number}")));
    let mut names = std::iter::once(first.clone()).chain(others);
    let aside = names
        .find(|name| !name.exists())
        .unwrap_or_else(|| first.clone());
    fs::rename(path, &aside).map_err(fault(path, "移動"))?;
    for ending in BESIDE {
        let from = with_ending(path, ending);
        if from.exists() {
            fs::rename(&from, with_ending(&aside, ending)).map_err(fault(&from, "移動"))?;
        }
    }
    Ok(aside)
}

/// Undoes [`set_aside`].
pub(super) fn put_back(aside: &Path, path: &Path) {
    for ending in BESIDE.into_iter().chain([""]) {
        // The fault that led here is told; the file still lies under the other name.
        let _ = fs::rename(with_ending(aside, ending), with_ending(path, ending));
    }
}
