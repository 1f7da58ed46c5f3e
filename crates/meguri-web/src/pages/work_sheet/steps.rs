//! Steps with a sheet from its page, and comments.

use super::posted::told;
use crate::error::PageError;
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other};
use crate::view::fault::in_words;
use crate::view::work_line::address;
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use meguri_app::actions::cycle::comment::comment as keep_comment;
use meguri_app::actions::cycle::step::{Seen, Step, step_one};
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::cycle::Cycle;
use meguri_app::read::work::{CommentKind, NewComment, mine};
use meguri_core::workflow::ChangeRequest;

/// `POST /cycles/{cycle}/sheets/{sheet}/approve` and the like: the end of the address names the step.
pub(crate) async fn step(
    signed_in: SignedIn,
    Path((cycle, sheet)): Path<(i64, i64)>,
    uri: Uri,
    form: Posted,
) -> Result<Response, PageError> {
    let name = uri.path().rsplit('/').next().unwrap_or_default().to_owned();
    let wanted = wanted(&name, &form).ok_or(PageError::NotFound(None))?;
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    let known = Cycle::load(&city, cycle)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let section = Some(form.field("section")).filter(|key| !key.is_empty());
    let seen = Seen {
        sheet,
        part: Part {
            stage: form.field("stage").to_owned(),
            section: section.map(str::to_owned),
        },
        version: form.field("version").parse().ok(),
    };
    match step_one(&city, &known, seen, &wanted, &context).await {
        Ok(()) => {
            // Who approves goes on to the next sheet that waits for them.
            let goes_on = matches!(wanted, Step::Approve | Step::Accept);
            let next = if goes_on {
                mine(&city, &context).await?
            } else {
                Vec::new()
            };
            let mut next = next
                .iter()
                .filter(|mine| !mine.writes && mine.cycle == cycle);
            Ok(match next.find(|mine| mine.line.id != sheet) {
                Some(mine) => see_other(&format!("{}?done=done", address(cycle, mine.line.id))),
                None if goes_on => see_other("/work"),
                None => see_other(&format!("{}?done=done", address(cycle, sheet))),
            })
        }
        Err(CycleFault::Step(refused)) if refused.is_about_the_person() => {
            told(
                &signed_in,
                (cycle, sheet),
                StatusCode::FORBIDDEN,
                &refused.to_string(),
            )
            .await
        }
        Err(fault) => {
            let words = in_words(fault)?;
            told(&signed_in, (cycle, sheet), StatusCode::CONFLICT, &words).await
        }
    }
}

fn wanted(name: &str, form: &Posted) -> Option<Step> {
    let words = form.field("words").to_owned();
    Some(match name {
        "take-back" => Step::TakeBack,
        "check" => Step::BeginCheck,
        "return" => {
            let field = Some(form.field("field")).filter(|field| !field.is_empty());
            Step::Return(vec![ChangeRequest {
                field: field.map(str::to_owned),
                words,
                finding: None,
            }])
        }
        "approve" => Step::Approve,
        "take-back-approval" => Step::TakeBackApproval,
        "accept" => Step::Accept,
        "reopen" => Step::Reopen(words),
        _ => return None,
    })
}

/// `POST /cycles/{cycle}/sheets/{sheet}/comments`
pub(crate) async fn comment(
    signed_in: SignedIn,
    Path((cycle, sheet)): Path<(i64, i64)>,
    form: Posted,
) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    let known = Cycle::load(&city, cycle)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let answers = form.field("answers").parse().ok();
    let field = Some(form.field("field")).filter(|field| !field.is_empty());
    let said = NewComment {
        kind: match (answers, form.field("do")) {
            (Some(_), "done") => CommentKind::Done,
            (Some(_), _) => CommentKind::Answer,
            (None, _) => CommentKind::Said,
        },
        field: field.map(str::to_owned),
        answers,
        words: form.field("words").to_owned(),
    };
    match keep_comment(&city, &known, sheet, said, &context).await {
        Ok(()) => Ok(see_other(&format!("{}?done=said", address(cycle, sheet)))),
        Err(CycleFault::Step(refused)) if refused.is_about_the_person() => {
            told(
                &signed_in,
                (cycle, sheet),
                StatusCode::FORBIDDEN,
                &refused.to_string(),
            )
            .await
        }
        Err(fault) => {
            let words = in_words(fault)?;
            told(
                &signed_in,
                (cycle, sheet),
                StatusCode::UNPROCESSABLE_ENTITY,
                &words,
            )
            .await
        }
    }
}
