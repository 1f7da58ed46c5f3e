//! A folder that gets its name when it is whole: it is written beside, and what stood there before
//! stays until then.

use super::fault::FolderFault;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that is being written.
#[derive(Debug)]
pub(crate) struct NewFolder {
    /// Its name.
    folder: PathBuf,
    /// Where it is written.
    part: PathBuf,
    before: Before,
}

impl NewFolder {
    /// Begins a folder that is new or empty, or with `overwrite` stands in the place of an older one
    /// that is `ours`.
    ///
    /// # Errors
    /// Where something else stands there, or nothing can be written.
    pub(crate) fn begin(
        folder: &Path,
        overwrite: bool,
        is_ours: fn(&Path) -> bool,
    ) -> Result<Self, FolderFault> {
        // A link to a folder stays one: the files go where it leads.
        let is_link = fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink());
        let real = is_link.then(|| fs::canonicalize(folder).ok()).flatten();
        let folder = real.unwrap_or_else(|| folder.to_owned());
        let before = look_at(&folder, overwrite, is_ours)?;
        let part = beside(&folder, "part");
        remove(&part)?;
        fs::create_dir(&part).map_err(|error| FolderFault::of_io(&part, error))?;
        Ok(Self {
            folder,
            part,
            before,
        })
    }

    /// Where it is written.
    pub(crate) fn part(&self) -> &Path {
        &self.part
    }

    /// Gives it its name where it was written; else what was written goes away.
    ///
    /// # Errors
    /// Those of what was written, and of giving it its name.
    pub(crate) fn end<T, E: From<FolderFault>>(self, written: Result<T, E>) -> Result<T, E> {
        let placed = written.and_then(|written| {
            place(&self.part, &self.folder, self.before)?;
            Ok(written)
        });
        if placed.is_err() {
            // The first fault is told; what could not be removed lies under a name of its own.
            let _ = remove(&self.part);
        }
        placed
    }
}

/// What stands where the folder is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    EmptyFolder,
    Ours,
}

fn look_at(
    folder: &Path,
    overwrite: bool,
    is_ours: fn(&Path) -> bool,
) -> Result<Before, FolderFault> {
    if fs::symlink_metadata(folder).is_err() {
        return Ok(Before::Nothing);
    }
    let entries = fs::read_dir(folder).map_err(|error| FolderFault::of_io(folder, error))?;
    if entries.into_iter().next().is_none() {
        return Ok(Before::EmptyFolder);
    }
    let ours = is_ours(folder);
    if ours && overwrite {
        return Ok(Before::Ours);
    }
    Err(FolderFault::NotEmpty {
        folder: folder.to_owned(),
        ours,
    })
}

/// A name beside a folder, for what is not whole yet.
fn beside(folder: &Path, what: &str) -> PathBuf {
    let mut name = folder.components().as_path().as_os_str().to_owned();
    name.push(format!(".{what}-{}", std::process::id()));
    PathBuf::from(name)
}

fn remove(folder: &Path) -> Result<(), FolderFault> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(FolderFault::of_io(folder, error))
        }
        _ => Ok(()),
    }
}

fn place(part: &Path, folder: &Path, before: Before) -> Result<(), FolderFault> {
    let fault = |error| FolderFault::of_io(folder, error);
    match before {
        Before::Nothing => fs::rename(part, folder).map_err(fault),
        Before::EmptyFolder => {
            // Fails where something came into it in the meantime.
            fs::remove_dir(folder).map_err(fault)?;
            fs::rename(part, folder).map_err(fault)
        }
        Before::Ours => {
            let old = beside(folder, "old");
            remove(&old)?;
            fs::rename(folder, &old).map_err(fault)?;
            if let Err(error) = fs::rename(part, folder) {
                // The older one keeps its name.
                let _ = fs::rename(&old, folder);
                return Err(fault(error));
            }
            remove(&old)
        }
    }
}
