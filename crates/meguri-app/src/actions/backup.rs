//! Writes everything in a database into one file.

use crate::actions::Doing;
use crate::actions::open_store::OpenFault;
use crate::context::Context;
use meguri_store::{Location, Store};
use std::path::Path;

pub use meguri_store::Checked;

/// Backs up all municipalities of a database into a new file, while others read and write.
///
/// # Errors
/// Where there is no database, or what [`Store::back_up`] says; there is no file then.
pub async fn backup(
    location: &Location,
    file: &Path,
    context: &Context,
) -> Result<Checked, OpenFault> {
    let by = context.may_here(Doing::Backup)?.by();
    if let Location::File(path) = location
        && !path.exists()
    {
        location.must_not_be_torn()?;
        return Err(OpenFault::NoDatabase(location.clone()));
    }
    let store = Store::open(location, by).await?.store;
    let made = store.back_up(file, by).await;
    store.close().await;
    Ok(made?)
}
