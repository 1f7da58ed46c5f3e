//! Puts a reading of a sheet in force, over what persons changed.

use crate::actions::Doing;
use crate::context::{Context, WriteFault};
use meguri_store::Municipality;

/// Puts a reading in force. `had` is the version that the person saw, `reading` that of the reading.
///
/// # Errors
/// [`WriteFault`]; nothing is changed then.
pub async fn adopt_reading(
    city: &Municipality,
    id: i64,
    had: i64,
    reading: i64,
    context: &Context,
) -> Result<(), WriteFault> {
    let leave = context.may_here(Doing::AdoptReading)?;
    Ok(city.adopt_reading(id, had, reading, leave.by()).await?)
}
