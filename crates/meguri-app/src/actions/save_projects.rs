//! Keeps projects as a budget or a ledger states them.

use crate::actions::Doing;
use crate::context::{Context, WriteFault};
use meguri_core::plan::Project;
use meguri_store::Municipality;

/// Keeps projects; their ids.
///
/// # Errors
/// [`WriteFault`]; nothing is changed then.
pub async fn save_projects(
    city: &Municipality,
    projects: &[Project],
    context: &Context,
) -> Result<Vec<i64>, WriteFault> {
    let leave = context.may_here(Doing::SaveProjects)?;
    Ok(city.save_projects(projects, leave.by()).await?)
}
