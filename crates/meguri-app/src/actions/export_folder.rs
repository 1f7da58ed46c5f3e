//! Writes all data of a municipality into a folder of files.

use crate::actions::Doing;
use crate::context::Context;
use crate::export_folder::{read, write};
use meguri_store::Municipality;
use std::fs;
use std::path::{Path, PathBuf};

pub use crate::export_folder::fault::FolderFault;
pub use crate::export_folder::write::Written;

/// Exports into a folder that is new or empty; with `overwrite` also in the place of an older
/// export. The folder gets its name when it is whole.
///
/// # Errors
/// [`FolderFault`]; what stood in the folder stands there as before.
pub async fn export_folder(
    city: &Municipality,
    folder: &Path,
    overwrite: bool,
    context: &Context,
) -> Result<Written, FolderFault> {
    context.may_here(Doing::ExportFolder)?;
    // A link to a folder stays one: the export goes where it leads.
    let is_link = fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink());
    let real = is_link.then(|| fs::canonicalize(folder).ok()).flatten();
    let folder = real.as_deref().unwrap_or(folder);
    let before = look_at(folder, overwrite)?;
    let part = beside(folder, "part");
    remove(&part)?;
    let fault = |error| FolderFault::of_io(&part, error);
    fs::create_dir(&part).map_err(fault)?;
    let written = write::write(city, &part).await;
    let placed = written.and_then(|written| {
        place(&part, folder, before)?;
        Ok(written)
    });
    if placed.is_err() {
        // The first fault is told; what could not be removed lies under a name of its own.
        let _ = remove(&part);
    }
    placed
}

/// What stands where the export is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    EmptyFolder,
    Export,
}

fn look_at(folder: &Path, overwrite: bool) -> Result<Before, FolderFault> {
    if fs::symlink_metadata(folder).is_err() {
        return Ok(Before::Nothing);
    }
    let entries = fs::read_dir(folder).map_err(|error| FolderFault::of_io(folder, error))?;
    if entries.into_iter().next().is_none() {
        return Ok(Before::EmptyFolder);
    }
    let ours = read::is_export(folder);
    if ours && overwrite {
        return Ok(Before::Export);
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
        Before::Export => {
            let old = beside(folder, "old");
            remove(&old)?;
            fs::rename(folder, &old).map_err(fault)?;
            if let Err(error) = fs::rename(part, folder) {
                // The older export keeps its name.
                let _ = fs::rename(&old, folder);
                return Err(fault(error));
            }
            remove(&old)
        }
    }
}
