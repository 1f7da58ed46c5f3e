//! Keeps the list of sections, with their names and successors over the years.

use crate::actions::Doing;
use crate::context::{Context, WriteFault};
use meguri_core::plan::SectionRegister;
use meguri_store::Municipality;

/// Keeps a list as the newest one; its number, from 1.
///
/// # Errors
/// [`WriteFault`]; nothing is changed then.
pub async fn save_sections(
    city: &Municipality,
    register: &SectionRegister,
    context: &Context,
) -> Result<i64, WriteFault> {
    let leave = context.may_here(Doing::SaveSections)?;
    Ok(city.save_sections(register, leave.by()).await?)
}
