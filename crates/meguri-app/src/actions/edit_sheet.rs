//! Changes values of a sheet.

use crate::actions::Doing;
use crate::context::{Context, WriteFault};
use meguri_core::evaluation::Sheet;
use meguri_store::Municipality;

/// Keeps a sheet as changed by a person; its new version. `had` is the version that the person saw.
///
/// # Errors
/// [`WriteFault`]; nothing is changed then.
pub async fn edit_sheet(
    city: &Municipality,
    id: i64,
    had: i64,
    sheet: &Sheet,
    context: &Context,
) -> Result<i64, WriteFault> {
    let leave = context.may_here(Doing::EditSheet)?;
    Ok(city.edit_sheet(id, had, sheet, leave.by()).await?)
}
