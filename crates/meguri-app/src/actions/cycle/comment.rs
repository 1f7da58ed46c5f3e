//! Says something about a sheet or one field of it, answers, or says that it is settled.

use super::{At, CycleFault};
use crate::actions::{Doing, words};
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused};
use meguri_core::access::{Permission, permits};
use meguri_store::{CommentKind, KeptComment, Municipality, NewComment, Work, Writing};

/// Keeps a comment.
///
/// # Errors
/// Why it was not kept.
pub async fn comment(
    city: &Municipality,
    cycle: &Cycle,
    sheet: i64,
    comment: NewComment,
    context: &Context,
) -> Result<(), CycleFault> {
    let leave = context.may_somewhere(Doing::CommentOnSheet)?;
    if let Err(fault) = words::check_lines("コメント", &comment.words) {
        return Err(StepRefused::Words(fault.to_string()).into());
    }
    if comment.kind != CommentKind::Done && comment.words.trim().is_empty() {
        return Err(StepRefused::Words("コメントを書いてください。".to_owned()).into());
    }
    let said = city.comments(cycle.kept.id, sheet).await?;
    let decide = |work: &Work| {
        let at = At::new(cycle, context, work);
        let subject = cycle.subject(&at.state, context.day());
        permits(
            context.grants(),
            Permission::Comment,
            &subject,
            context.day(),
        )
        .map_err(|refusal| {
            let doing = Doing::CommentOnSheet;
            StepRefused::Refused(crate::context::Refused { doing, refusal })
        })?;
        if is_said(&said, &comment, context) {
            return Ok(Writing::default());
        }
        Ok(Writing {
            comments: vec![comment.clone()],
            ..Writing::default()
        })
    };
    let done = city
        .work(cycle.kept.id, &[sheet], leave.by(), decide)
        .await?;
    for answer in done {
        answer.map_err(CycleFault::Step)?;
    }
    Ok(())
}

/// Did this person say just that as the last word on the sheet? A form that is sent twice counts once.
fn is_said(said: &[KeptComment], comment: &NewComment, context: &Context) -> bool {
    let last = said.last();
    last.is_some_and(|last| last.comment == *comment && last.by.who() == context.name())
}
