//! Keeps what somebody types, before it is sent.
//!
//! A page says of each answer what it showed (`was`). Where the draft has something else by now and
//! another person typed that, it is a conflict: what is there stays, what comes is kept beside it, and
//! both are shown. One person never conflicts with themselves, in however many tabs.

use super::{At, CycleFault, Part, stage_of_slot};
use crate::actions::Doing;
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused};
use meguri_core::form::{self, Question, Slot, Why, clean_lines, fill};
use meguri_store::{KeptDraft, Municipality, Work, Writing};
use std::collections::BTreeMap;

/// The most characters of one answer.
pub const MOST_CHARS: usize = 20_000;
/// The most rows of projects that may be added.
pub const MOST_ROWS: usize = 1_000;

/// One answer as it comes from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Where it belongs.
    pub slot: Slot,
    /// As typed.
    pub typed: String,
    /// What the page showed there before it was typed.
    pub was: String,
}

/// What became of a save.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedDraft {
    /// The answers that another person had changed meanwhile; both texts are kept.
    pub conflicts: Vec<Slot>,
    /// The answers that cannot be read; they are kept as typed.
    pub unreadable: Vec<(Slot, Why)>,
}

/// Keeps answers of a draft.
///
/// # Errors
/// Why nothing was kept.
pub async fn save_draft(
    city: &Municipality,
    cycle: &Cycle,
    sheet: i64,
    answers: &[Typed],
    context: &Context,
) -> Result<SavedDraft, CycleFault> {
    let leave = context.may_somewhere(Doing::WriteDraft)?;
    if let Some(refused) = answers.iter().find_map(too_much) {
        return Err(refused.into());
    }
    let mut saved = SavedDraft::default();
    let decide = |work: &Work| {
        let decided = decide(cycle, work, answers, context)?;
        saved = decided.1;
        Ok(decided.0)
    };
    let done = city
        .work(cycle.kept.id, &[sheet], leave.by(), decide)
        .await?;
    for answer in done {
        answer.map_err(CycleFault::Step)?;
    }
    Ok(saved)
}

fn too_much(typed: &Typed) -> Option<StepRefused> {
    let has = typed.typed.chars().count();
    if has > MOST_CHARS {
        return Some(StepRefused::Words(format!(
            "一つの欄に入力できるのは{MOST_CHARS}字までです（{has}字あります）。分けるか、添付してください。"
        )));
    }
    let row = typed.slot.listing().filter(|row| *row >= MOST_ROWS);
    row.map(|_| StepRefused::Words(format!("事務事業は{MOST_ROWS}行までです。")))
}

/// What is written of some answers of a sheet as it is now.
pub(crate) fn decide(
    cycle: &Cycle,
    work: &Work,
    answers: &[Typed],
    context: &Context,
) -> Result<(Writing, SavedDraft), StepRefused> {
    let mut at = At::new(cycle, context, work);
    let (mut writing, mut saved) = (Writing::default(), SavedDraft::default());
    let rows = answers
        .iter()
        .filter_map(|answer| answer.slot.listing())
        .max();
    let asked = form::questions(&cycle.form(work), rows.map_or(0, |row| row + 1));
    let mut parts: Vec<Part> = Vec::new();
    let mut open: BTreeMap<String, Part> = BTreeMap::new();
    for answer in answers {
        // Who may not write hears so, whatever they sent.
        let stage = stage_of_slot(cycle, &answer.slot).unwrap_or_default();
        let part = match open.get(&stage) {
            Some(part) => part.clone(),
            None => at.own_part(&stage)?,
        };
        open.insert(stage, part.clone());
        let kept = kept(work, &answer.slot);
        let now = kept.map_or_else(|| on_sheet(&asked, &answer.slot), |k| k.typed.clone());
        let (typed, was) = (clean_lines(&answer.typed), clean_lines(&answer.was));
        if typed == was || typed == clean_lines(&now) {
            continue;
        }
        if !parts.contains(&part) {
            parts.push(part);
        }
        let theirs = kept.is_some_and(|kept| kept.by.who() != context.name());
        if theirs && was != clean_lines(&now) {
            saved.conflicts.push(answer.slot.clone());
            writing.aside.push((answer.slot.to_string(), typed));
        } else {
            writing.drafts.push((answer.slot.to_string(), Some(typed)));
        }
    }
    for part in &parts {
        let Some(kind) = at.may_write(part)? else {
            continue;
        };
        at.step(&mut writing.events, work, part, kind, false)?;
    }
    saved.unreadable = unreadable(cycle, work, &writing);
    Ok((writing, saved))
}

/// The draft of an answer.
pub(crate) fn kept<'a>(work: &'a Work, slot: &Slot) -> Option<&'a KeptDraft> {
    let key = slot.to_string();
    work.drafts.iter().find(|draft| draft.slot == key)
}

/// What stands on the sheet itself.
pub(crate) fn on_sheet(asked: &[Question], slot: &Slot) -> String {
    let found = asked.iter().find(|question| question.slot == *slot);
    found.map_or_else(String::new, |question| question.value.clone())
}

fn unreadable(cycle: &Cycle, work: &Work, writing: &Writing) -> Vec<(Slot, Why)> {
    let typed = writing
        .drafts
        .iter()
        .filter_map(|(slot, typed)| Some((Slot::parse(slot)?, typed.clone()?)));
    let answers: BTreeMap<Slot, String> = answers(work).into_iter().chain(typed).collect();
    let faults = fill(&cycle.form(work), &answers).faults;
    faults
        .into_iter()
        .map(|fault| (fault.slot, fault.why))
        .collect()
}

/// The draft of a sheet by slots.
#[must_use]
pub fn answers(work: &Work) -> BTreeMap<Slot, String> {
    let drafts = work.drafts.iter();
    let slot = |draft: &KeptDraft| Some((Slot::parse(&draft.slot)?, draft.typed.clone()));
    drafts.filter_map(slot).collect()
}
