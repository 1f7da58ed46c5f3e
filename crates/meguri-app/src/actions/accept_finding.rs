//! Accepts a finding with a reason, or opens it again.

use crate::actions::{Doing, words};
use crate::context::{Context, WriteFault};
use meguri_store::{FindingKey, Municipality};

/// Keeps that a finding is accepted, or not any more, and why.
///
/// # Errors
/// [`WriteFault`]; nothing is changed then.
pub async fn accept_finding(
    city: &Municipality,
    key: &FindingKey,
    accepted: bool,
    reason: &str,
    context: &Context,
) -> Result<(), WriteFault> {
    let leave = context.may_here(Doing::AcceptFinding)?;
    words::check("理由", reason)?;
    let kept = city.accept_finding(key, accepted, reason, leave.by());
    kept.await?;
    Ok(())
}
