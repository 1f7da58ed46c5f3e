//! Puts a backup in the place of a database.

use meguri_store::{By, Result};

pub use meguri_store::{Restored, Restoring};

/// Restores a file of `backup`. A file in its place is set aside; a database in use is left alone.
///
/// # Errors
/// What [`meguri_store::restore`] says; nothing is changed then.
pub async fn restore(restoring: &Restoring<'_>, by: &By) -> Result<Restored> {
    meguri_store::restore(restoring, by).await
}
