//! Puts a backup in the place of a database.

use crate::actions::Doing;
use crate::context::{Context, WriteFault};

pub use meguri_store::{Restored, Restoring};

/// Restores a file of `backup`. A file in its place is set aside; a database in use is left alone.
///
/// # Errors
/// What [`meguri_store::restore`] says; nothing is changed then.
pub async fn restore(restoring: &Restoring<'_>, context: &Context) -> Result<Restored, WriteFault> {
    let by = context.may_here(Doing::Restore)?.by();
    Ok(meguri_store::restore(restoring, by).await?)
}
