//! What is typed on a sheet: saved as a draft, or sent.

use super::show::{load, of};
use crate::error::PageError;
use crate::page::{self, Format};
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other, unkept};
use crate::view::fault::in_words;
use crate::view::form::Wrong;
use crate::view::work_line::address;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::cycle::save_draft::{SavedDraft, Typed, save_draft};
use meguri_app::actions::cycle::submit::submit;
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::cycle::{Cycle, StepRefused, why_unreadable};
use meguri_core::form::Slot;
use serde::Serialize;

/// Before the name of a field: what the page showed in it.
const WAS: &str = "was.";
/// The size of a form, in KiB: eighty rows of projects with long texts.
pub(crate) const KIB: usize = 1_024;

/// `POST /cycles/{cycle}/sheets/{sheet}`: keeps what is typed, and sends it where that was asked.
pub(crate) async fn save(
    signed_in: SignedIn,
    Path((cycle, sheet)): Path<(i64, i64)>,
    form: Posted<KIB>,
) -> Result<Response, PageError> {
    let mut answers = typed(&form);
    same_as_last_year(&signed_in, (cycle, sheet), &form, &mut answers).await?;
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    let known = Cycle::load(&city, cycle).await?;
    let known = known.ok_or(PageError::NotFound(None))?;
    let sends = form.field("do") == "send";
    let at = (cycle, sheet);
    let saved = match save_draft(&city, &known, sheet, &answers, &context).await {
        Ok(saved) => saved,
        Err(CycleFault::Step(refused)) if refused.is_about_the_person() => {
            return told(&signed_in, at, StatusCode::FORBIDDEN, &refused.to_string()).await;
        }
        // What was sent already needs no draft: the same form came twice.
        Err(_) if sends => SavedDraft::default(),
        Err(fault) => {
            let words = in_words(fault)?;
            return told(&signed_in, at, StatusCode::UNPROCESSABLE_ENTITY, &words).await;
        }
    };
    if !saved.conflicts.is_empty() {
        return told(&signed_in, at, StatusCode::CONFLICT, COLLIDED).await;
    }
    let to = address(cycle, sheet);
    match form.field("do") {
        "send" => send(&signed_in, &known, sheet, &form).await,
        "row" => {
            let rows: usize = form.field("rows").parse().unwrap_or(0);
            let more = rows.saturating_add(1);
            Ok(see_other(&format!("{to}?rows={more}&done=saved")))
        }
        _ => Ok(see_other(&format!("{to}?done=saved"))),
    }
}

/// What is said where another person changed the same answer first.
const COLLIDED: &str = "ほかの人が同じ欄を先に変更していました。両方の内容を残しています。下の欄で確かめ、必要なところを書き写してから、もう一度保存してください。";

/// Sends what was saved just now.
async fn send(
    signed_in: &SignedIn,
    cycle: &Cycle,
    sheet: i64,
    form: &Posted<KIB>,
) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    let section = Some(form.field("section")).filter(|key| !key.is_empty());
    let part = Part {
        stage: form.field("stage").to_owned(),
        section: section.map(str::to_owned),
    };
    let at = (cycle.kept.id, sheet);
    match submit(&city, cycle, (sheet, &part), form.field("answer"), &context).await {
        Ok(()) => Ok(see_other(&format!("{}?done=sent", address(at.0, sheet)))),
        Err(CycleFault::Step(StepRefused::Incomplete { .. })) => {
            let found = load(signed_in, at.0, sheet, 0).await?;
            let page = of(&found, true);
            let answer = unkept(page::answer(&page, Format::Html))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(fault) => {
            let words = in_words(fault)?;
            told(signed_in, at, StatusCode::UNPROCESSABLE_ENTITY, &words).await
        }
    }
}

/// The answers of a form with what the page showed.
fn typed(form: &Posted<KIB>) -> Vec<Typed> {
    let answers = form.fields().filter_map(|(name, value)| {
        let was = form.field(&format!("{WAS}{name}"));
        Some(Typed {
            slot: Slot::parse(name)?,
            typed: value.to_owned(),
            was: was.to_owned(),
        })
    });
    answers.collect()
}

/// The button beside a field puts last year's answer in it.
async fn same_as_last_year(
    signed_in: &SignedIn,
    (cycle, sheet): (i64, i64),
    form: &Posted<KIB>,
    answers: &mut Vec<Typed>,
) -> Result<(), PageError> {
    let Some(wanted) = Slot::parse(form.field("same")) else {
        return Ok(());
    };
    let found = load(signed_in, cycle, sheet, 0).await?;
    let mut questions = found.blocks.iter().flat_map(|block| block.body.questions());
    let last = questions
        .find(|q| q.slot == wanted)
        .and_then(|q| q.last.clone());
    let Some(last) = last else { return Ok(()) };
    let was = form.field(&format!("{WAS}{wanted}")).to_owned();
    answers.retain(|answer| answer.slot != wanted);
    answers.push(Typed {
        slot: wanted,
        typed: last,
        was,
    });
    Ok(())
}

/// The page again, with what is the matter at its top.
pub(super) async fn told(
    signed_in: &SignedIn,
    (cycle, sheet): (i64, i64),
    status: StatusCode,
    words: &str,
) -> Result<Response, PageError> {
    let found = load(signed_in, cycle, sheet, 0).await?;
    let mut page = of(&found, false);
    page.wrongs.insert(
        0,
        Wrong {
            field: String::new(),
            text: words.to_owned(),
        },
    );
    page.layout = page.layout.wrong();
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((status, answer).into_response())
}

/// What the script hears of a save.
#[derive(Debug, Default, Serialize)]
struct Autosaved {
    /// Were the answers kept?
    saved: bool,
    /// The answers that another person had changed meanwhile.
    conflicts: Vec<String>,
    /// The answers that cannot be read, each with why.
    unreadable: Vec<(String, String)>,
    /// Why nothing was kept; empty where it was.
    why: String,
}

/// `POST /cycles/{cycle}/sheets/{sheet}/autosave`: keeps some answers; the answer is for the script.
pub(crate) async fn autosave(
    signed_in: SignedIn,
    Path((cycle, sheet)): Path<(i64, i64)>,
    form: Posted<KIB>,
) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    let known = Cycle::load(&city, cycle)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let (status, heard) = match save_draft(&city, &known, sheet, &typed(&form), &context).await {
        Ok(saved) => {
            let status = if saved.conflicts.is_empty() {
                StatusCode::OK
            } else {
                StatusCode::CONFLICT
            };
            (status, Autosaved::of(saved))
        }
        Err(fault) => {
            let why = in_words(fault)?;
            let heard = Autosaved {
                why,
                ..Autosaved::default()
            };
            (StatusCode::UNPROCESSABLE_ENTITY, heard)
        }
    };
    let answer = unkept(page::json(&heard))?;
    Ok((status, answer).into_response())
}

impl Autosaved {
    fn of(saved: SavedDraft) -> Self {
        let unreadable = saved.unreadable.iter();
        Self {
            saved: true,
            conflicts: saved.conflicts.iter().map(Slot::to_string).collect(),
            unreadable: unreadable
                .map(|(slot, why)| (slot.to_string(), why_unreadable(why)))
                .collect(),
            why: String::new(),
        }
    }
}
