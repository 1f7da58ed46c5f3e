//! Withdraws what was published: it is not shown any more, and its addresses say so.

use crate::actions::Doing;
use crate::actions::publish::{PublishFault, find};
use crate::actions::words;
use crate::context::Context;
use meguri_store::{DocumentRow, Municipality};

/// What was withdrawn.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    /// The document.
    pub document: DocumentRow,
    /// The numbers of the publications that were withdrawn.
    pub numbers: Vec<i64>,
    /// The publication that is in force now; `None` where none is left.
    pub left: Option<i64>,
}

/// Withdraws one publication of a document, or all of them without a number.
///
/// # Errors
/// Where the document is not known, nothing is there to withdraw, or the reason is blank.
pub async fn withdraw(
    city: &Municipality,
    document: &str,
    number: Option<i64>,
    reason: &str,
    context: &Context,
) -> Result<Withdrawn, PublishFault> {
    let by = context.may_here(Doing::Withdraw)?.by();
    words::check("取り下げる理由", reason)?;
    let document = find(city, &city.documents().await?, document).await?;
    let numbers = city.withdraw(document.id, number, reason, by).await?;
    let publications = city.publications().await?;
    let open = publications
        .iter()
        .filter(|p| p.document == document.id && p.withdrawn.is_none());
    let left = open.map(|publication| publication.number).max();
    Ok(Withdrawn {
        document,
        numbers,
        left,
    })
}
