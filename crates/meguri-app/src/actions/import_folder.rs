//! Reads an export into a database that has none of its municipality.

use crate::actions::Doing;
use crate::actions::choose_municipality::{Said, registered};
use crate::context::Context;
use crate::export_folder::read::Export;
use meguri_store::{Location, Store};
use std::path::Path;

pub use crate::export_folder::fault::FolderFault;
pub use crate::export_folder::read::Imported;

/// Imports a folder in one transaction, after its list of files was checked. `wanted` is the
/// municipality that the caller means, where that was said.
///
/// # Errors
/// [`FolderFault`]; the database has nothing of it then.
pub async fn import_folder(
    folder: &Path,
    location: &Location,
    wanted: Option<&Said>,
    context: &Context,
) -> Result<Imported, FolderFault> {
    let by = context.may_here(Doing::ImportFolder)?.by();
    let export = Export::open(folder)?;
    if let Some(said) = wanted {
        let own = [(export.code.clone(), export.name().to_owned())];
        if registered(said, &own).ok().flatten().is_none() {
            let wanted = match said {
                Said::Code(code) => code.to_string(),
                Said::Name(name) => format!("「{name}」"),
            };
            let found = export.code;
            return Err(FolderFault::OtherMunicipality { found, wanted });
        }
    }
    let store = Store::open(location, by).await?.store;
    let imported = export.import(&store).await;
    store.close().await;
    imported
}
