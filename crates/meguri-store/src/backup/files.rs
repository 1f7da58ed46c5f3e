//! What a backup does with files: never over another one, and whole or not at all.

use crate::by::By;
use crate::error::{Error, Result};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a file: a database is all of them.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// Those of them that hold writes; the other one is made anew.
const LOGS: [&str; 2] = ["-wal", "-journal"];
/// What the name of a database has behind it where a restore set the former one aside.
const ASIDE: &str = ".before-restore-";
/// What a name has behind it for what is not whole yet.
const PART: &str = ".part-";

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

/// Where a name leads. SQLite keeps its logs beside the file itself, never beside a link to it.
pub(super) fn real(path: &Path) -> PathBuf {
    /// As many as the systems follow.
    const LINKS_MAX: usize = 40;
    let mut real = path.to_owned();
    for _ in 0..LINKS_MAX {
        let Ok(target) = fs::read_link(&real) else {
            break;
        };
        real = folder_of(&real).join(target);
    }
    real
}

/// Refuses what cannot be the file of a database: a folder, a pipe, a device, a link that leads round
/// in a circle. A name that leads nowhere yet is fine.
pub(crate) fn must_be_regular(path: &Path) -> Result<()> {
    let what = match fs::metadata(path) {
        Ok(found) if found.is_file() => return Ok(()),
        Ok(found) if found.is_dir() => "フォルダーです",
        Ok(_) => "通常のファイルではありません",
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fault(path, "読み取り")(error)),
    };
    Err(Error::invalid(format!(
        "「{}」は{what}。データベース（またはバックアップ）のファイルを指定してください。",
        path.display()
    )))
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
    // Before it is opened: a pipe would wait for its other side.
    must_be_regular(path)?;
    File::open(path).map_err(fault(path, "読み取り"))?;
    if let Some(log) = written_logs(&real(path)).next() {
        return Err(Error::invalid(format!(
            "「{}」は使用中のデータベースか、その写しです（「{}」に続きがあります）。\n\
             「meguri backup」で作ったファイルを指定してください。",
            path.display(),
            log.display()
        )));
    }
    Ok(())
}

/// The logs beside a file in which something is written.
fn written_logs(path: &Path) -> impl Iterator<Item = PathBuf> {
    let logs = LOGS.map(|ending| with_ending(path, ending));
    let written = |log: &PathBuf| fs::metadata(log).is_ok_and(|log| log.len() > 0);
    logs.into_iter().filter(written)
}

/// What is left of a database whose file is not there: logs of it, and what a restore that was
/// interrupted set aside or had not yet put in place. Empty where the file is there.
pub(crate) fn left_of(path: &Path) -> Vec<PathBuf> {
    if path.exists() {
        return Vec::new();
    }
    let path = &real(path);
    let mut left: Vec<PathBuf> = written_logs(path).collect();
    let (folder, name) = (folder_of(path), path.file_name().unwrap_or_default());
    let name = name.to_string_lossy();
    let is_ours = |file: &OsString| {
        let file = file.to_string_lossy();
        let rest = file.strip_prefix(&*name).unwrap_or_default();
        let is_main = !BESIDE.iter().any(|ending| rest.ends_with(ending));
        is_main && (rest.starts_with(ASIDE) || rest.starts_with(PART))
    };
    let beside = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = beside.map(|entry| entry.file_name()).filter(is_ours);
    left.extend(ours.map(|file| path.with_file_name(file)));
    left.sort();
    left
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
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
    let part = with_ending(path, &format!("{PART}{}", std::process::id()));
    remove(&part);
    // So a folder that is missing or read-only is told by its name.
    File::create_new(&part).map_err(fault(&part, "作成"))?;
    remove(&part);
    Ok(part)
}

/// Copies a file into a new one, down to the disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map_err(fault(to, "作成"))?;
    // A copy takes over who may read the other file.
    for_owner_alone(to).map_err(fault(to, "作成"))?;
    sync(to)
}

#[cfg(unix)]
fn for_owner_alone(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn for_owner_alone(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Down to the disk: SQLite does not wait for it when it copies.
fn sync(path: &Path) -> Result<()> {
    let file = File::options().read(true).write(true).open(path);
    file.and_then(|file| file.sync_all())
        .map_err(fault(path, "保存"))
}

/// Gives a file that was made and checked its name, down to the disk; what was not made is removed.
pub(super) fn finish<T>(part: &Path, target: &Path, made: Result<T>) -> Result<T> {
    let finished = made.and_then(|made| {
        sync(part)?;
        publish(part, target)?;
        Ok(made)
    });
    remove(part);
    finished
}

/// Gives a whole file its name, which no other file has.
fn publish(part: &Path, path: &Path) -> Result<()> {
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

/// Gives a whole file the name of another one, which lies aside under a second name; at no moment
/// there is no file of that name.
pub(super) fn replace(part: &Path, path: &Path) -> Result<()> {
    fs::rename(part, path).map_err(fault(path, "作成"))?;
    sync_folder(path);
    Ok(())
}

/// The name lasts too, where the system lets a folder be synced.
fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder_of(path)) {
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

/// Gives a file a second name, by the moment: `meguri.sqlite.before-restore-20260401-093000`. What
/// SQLite keeps beside it goes there; the file itself keeps its name until another one takes it,
/// where the file system knows links. Of a file that is not there only what lies beside it goes;
/// `None` where nothing does.
pub(super) fn set_aside(path: &Path, by: &By) -> Result<Option<PathBuf>> {
    let beside = BESIDE.map(|ending| (ending, with_ending(path, ending)));
    if !path.exists() && !beside.iter().any(|(_, file)| file.exists()) {
        return Ok(None);
    }
    let aside = aside_of(path, by);
    if path.exists() && fs::hard_link(path, &aside).is_err() {
        // Not every file system has links.
        fs::rename(path, &aside).map_err(fault(path, "移動"))?;
    }
    for (ending, file) in beside {
        if file.exists() {
            fs::rename(&file, with_ending(&aside, ending)).map_err(fault(&file, "移動"))?;
        }
    }
    sync_folder(path);
    Ok(Some(aside))
}

fn aside_of(path: &Path, by: &By) -> PathBuf {
    let moment = by.moment().chars();
    let digits: String = moment.filter(char::is_ascii_digit).take(14).collect();
    let (date, time) = digits.split_at_checked(8).unwrap_or((&digits, ""));
    let moment = if time.is_empty() {
        date.to_owned()
    } else {
        format!("{date}-{time}")
    };
    let first = with_ending(path, &format!("{ASIDE}{moment}"));
    let others = (2_u32..).map(|number| with_ending(&first, &format!("-{number}")));
    let mut names = std::iter::once(first.clone()).chain(others);
    let is_free = |name: &PathBuf| {
        !name.exists()
            && !BESIDE
                .iter()
                .any(|ending| with_ending(name, ending).exists())
    };
    names.find(is_free).unwrap_or(first)
}

/// Undoes [`set_aside`].
pub(super) fn put_back(aside: &Path, path: &Path) {
    for ending in BESIDE.into_iter().chain([""]) {
        // The fault that led here is told; the file still lies under the other name.
        let _ = fs::rename(with_ending(aside, ending), with_ending(path, ending));
    }
}
