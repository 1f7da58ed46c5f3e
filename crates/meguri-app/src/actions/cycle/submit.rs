//! Sends a part of a sheet: what is typed becomes a version of the sheet, and is locked.

use super::save_draft::answers;
use super::{At, CycleFault, Part, stage_of_slot};
use crate::actions::{Doing, words};
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused};
use meguri_core::form::{self, Fault, Filled, Missing, Slot, fill, missing};
use meguri_core::workflow::{Action, EventKind, State};
use meguri_store::{Municipality, Work, Writing};
use std::collections::BTreeMap;

/// Sends a part. `answer` says what was done about what was asked, where it came back before.
///
/// # Errors
/// Why it was not sent; nothing is changed then.
pub async fn submit(
    city: &Municipality,
    cycle: &Cycle,
    (sheet, part): (i64, &Part),
    answer: &str,
    context: &Context,
) -> Result<(), CycleFault> {
    let leave = context.may_somewhere(Doing::SubmitSheet)?;
    if let Err(fault) = words::check_lines("回答", answer) {
        return Err(StepRefused::Words(fault.to_string()).into());
    }
    let decide = |work: &Work| send(cycle, work, part, answer, context);
    let done = city
        .work(cycle.kept.id, &[sheet], leave.by(), decide)
        .await?;
    for answer in done {
        answer.map_err(CycleFault::Step)?;
    }
    Ok(())
}

fn send(
    cycle: &Cycle,
    work: &Work,
    part: &Part,
    answer: &str,
    context: &Context,
) -> Result<Writing, StepRefused> {
    let mut at = At::new(cycle, context, work);
    if at.was_done(part, Action::Submit) && work.drafts.is_empty() {
        return Ok(Writing::default());
    }
    let checked = checked(cycle, work, &part.stage);
    let complete = checked.faults.is_empty() && checked.missing.is_empty();
    let mut events = Vec::new();
    let state = at.state.part(&part.stage, part.section.as_deref());
    let state = state.map(|part| part.state);
    if state == Some(State::NotBegun) {
        at.step(&mut events, work, part, EventKind::DraftBegun, complete)?;
    }
    if state == Some(State::ChangesRequested) {
        let answer = Some(answer.trim()).filter(|answer| !answer.is_empty());
        let kind = EventKind::ChangesMade {
            answer: answer.map(str::to_owned),
        };
        at.step(&mut events, work, part, kind, complete)?;
    }
    // Whether the person may send at all comes before what is missing.
    match at.step(&mut events, work, part, EventKind::Submitted, complete) {
        Err(StepRefused::Workflow(_, why)) if is_incomplete(&why) => Err(StepRefused::Incomplete {
            faults: checked.faults,
            missing: checked.missing,
        }),
        Err(refused) => Err(refused),
        Ok(()) => Ok(Writing {
            events,
            sheet: Some(checked.sheet),
            drafts: checked
                .sent
                .iter()
                .map(|slot| (slot.to_string(), None))
                .collect(),
            ..Writing::default()
        }),
    }
}

fn is_incomplete(why: &meguri_core::workflow::Refusal) -> bool {
    *why == meguri_core::workflow::Refusal::Incomplete
}

/// A sheet with the draft of one stage on it, and what is still the matter with it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The sheet as it would be sent.
    pub sheet: meguri_core::evaluation::Sheet,
    /// The answers of the draft that are on it.
    pub sent: Vec<Slot>,
    /// The answers that cannot be read.
    pub faults: Vec<Fault>,
    /// The answers that are missing.
    pub missing: Vec<Missing>,
}

/// Puts the draft of a stage on the sheet and looks at it.
#[must_use]
pub fn checked(cycle: &Cycle, work: &Work, stage: &str) -> Checked {
    let of_stage = |slot: &Slot| stage_of_slot(cycle, slot).as_deref() == Some(stage);
    let answers: BTreeMap<Slot, String> = answers(work)
        .into_iter()
        .filter(|(slot, _)| of_stage(slot))
        .collect();
    let subject = cycle.form(work);
    let Filled { sheet, faults } = fill(&subject, &answers);
    let filled = form::Subject {
        sheet: &sheet,
        ..subject
    };
    let own = cycle.route.own_stage().map(|own| own.key.as_str());
    let mut open = missing(&filled, &work.sheet, Some(stage));
    if own == Some(stage) {
        open.extend(missing(&filled, &work.sheet, None));
    }
    // What cannot be read is told once.
    open.retain(|missing| !faults.iter().any(|fault| fault.slot == missing.slot));
    Checked {
        sent: answers.into_keys().collect(),
        missing: open,
        sheet,
        faults,
    }
}

/// Is everything there that the stage must give?
pub(super) fn is_complete(cycle: &Cycle, work: &Work, stage: &str) -> bool {
    let checked = checked(cycle, work, stage);
    checked.faults.is_empty() && checked.missing.is_empty()
}
