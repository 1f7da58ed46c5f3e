//! Keeps what a person decided about two things, and gives ids anew.

use crate::actions::links_kept::{LinksKept, identify_by};
use crate::actions::{Doing, words};
use crate::context::{Context, WriteFault};
use meguri_core::links::Decision;
use meguri_store::{Identified, Municipality};

/// What a decision did.
#[derive(Debug)]
pub struct Decided {
    /// Its number, from 1.
    pub number: i64,
    /// The links after it.
    pub kept: LinksKept,
    /// The ids after it.
    pub identified: Identified,
}

/// Keeps a decision with its reason, which may be empty.
///
/// # Errors
/// [`WriteFault`]; nothing is decided then.
pub async fn decide_link(
    city: &Municipality,
    decision: &Decision,
    reason: &str,
    context: &Context,
) -> Result<Decided, WriteFault> {
    let leave = context.may_here(Doing::DecideLink)?;
    words::check("理由", reason)?;
    let number = city.decide(decision, reason, leave.by()).await?;
    let (kept, identified) = identify_by(city, leave).await?;
    Ok(Decided {
        number,
        kept,
        identified,
    })
}
