//! Writes all data of a municipality into a folder of files.

use crate::actions::Doing;
use crate::context::Context;
use crate::export_folder::new_folder::NewFolder;
use crate::export_folder::{read, write};
use meguri_store::Municipality;
use std::path::Path;

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
    let folder = NewFolder::begin(folder, overwrite, read::is_export)?;
    let written = write::write(city, folder.part()).await;
    folder.end(written)
}
