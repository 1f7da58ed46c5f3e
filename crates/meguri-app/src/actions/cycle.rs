//! The year's work: what people do to a cycle and its sheets.

pub mod assign;
pub mod comment;
pub mod open;
pub mod remind;
pub mod save_draft;
pub mod set_days;
pub mod step;
pub mod submit;
pub mod take_workbook;

use crate::context::{Context, Refused};
use crate::cycle::{Cycle, StepRefused};
use meguri_core::access::Subject;
use meguri_core::workflow::{
    Action, Asker, Event, EventKind, Request, SheetState, State, may_write, transition,
};
use meguri_store::{Error, Work};
use thiserror::Error as Thiserror;

/// Why nothing was done.
#[derive(Debug, Thiserror)]
pub enum CycleFault {
    /// The person may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no such cycle.
    #[error("指定された照会はありません。一覧から選び直してください。")]
    NoCycle,
    /// What was asked for does not fit.
    #[error("{0}")]
    Unfit(String),
    /// It was refused for the sheet.
    #[error(transparent)]
    Step(#[from] StepRefused),
    /// What the store says.
    #[error(transparent)]
    Store(#[from] Error),
}

impl CycleFault {
    /// What a form can tell; `None` for what only an administrator can mend, or whom the person has to
    /// ask for rights.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        match self {
            Self::Refused(_) => None,
            Self::Store(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
                Some(error.to_string())
            }
            Self::Store(_) => None,
            other => Some(other.to_string()),
        }
    }
}

/// A part of a sheet: the stage, and the section whose part it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Key of the stage.
    pub stage: String,
    /// Key of the section; `None` = the sheet as a whole.
    pub section: Option<String>,
}

/// Somebody at a sheet as it is now.
pub(crate) struct At<'a> {
    pub(crate) cycle: &'a Cycle,
    pub(crate) context: &'a Context,
    pub(crate) state: SheetState,
    /// The last event of the sheet.
    pub(crate) last: Option<Event>,
}

impl<'a> At<'a> {
    pub(crate) fn new(cycle: &'a Cycle, context: &'a Context, work: &Work) -> Self {
        Self {
            cycle,
            context,
            state: cycle.state(&work.events),
            last: work.events.last().map(|kept| kept.event.clone()),
        }
    }

    /// The event of a step, which is taken in: the next one is asked of the state behind it.
    pub(crate) fn step(
        &mut self,
        events: &mut Vec<Event>,
        work: &Work,
        part: &Part,
        kind: EventKind,
        is_complete: bool,
    ) -> Result<(), StepRefused> {
        events.push(self.event(part, kind, is_complete)?);
        let before = work.events.iter().map(|kept| kept.event.clone());
        let all: Vec<Event> = before.chain(events.iter().cloned()).collect();
        self.state = meguri_core::workflow::state(&self.cycle.route, &all);
        Ok(())
    }

    /// Has this person just done this very thing? A form that is sent twice counts once.
    pub(crate) fn was_done(&self, part: &Part, action: Action) -> bool {
        let once = matches!(
            action,
            Action::Submit | Action::TakeBack | Action::Return | Action::Approve | Action::Accept
        );
        once && self.last.as_ref().is_some_and(|event| {
            event.kind.action() == action
                && event.by.account == self.context.name()
                && (&event.stage, &event.section) == (&part.stage, &part.section)
        })
    }

    pub(crate) fn event(
        &self,
        part: &Part,
        kind: EventKind,
        is_complete: bool,
    ) -> Result<Event, StepRefused> {
        let action = kind.action();
        let subject = self.cycle.subject(&self.state, self.context.day());
        let request = Request {
            stage: &part.stage,
            section: part.section.as_deref(),
            kind,
            is_complete,
            asker: self.asker(&subject),
        };
        transition(&self.cycle.route, &self.state, request)
            .map_err(|refusal| StepRefused::workflow(&self.cycle.route, action, refusal))
    }

    fn asker<'s>(&'s self, subject: &'s Subject) -> Asker<'s> {
        Asker {
            account: self.context.name(),
            grants: self.context.grants(),
            subject,
            day: self.context.day(),
        }
    }

    /// May the text of a part be changed now? With the event that has to come first: a part that
    /// nobody has begun is begun, one that was marked ready is opened again.
    pub(crate) fn may_write(&self, part: &Part) -> Result<Option<EventKind>, StepRefused> {
        let state = self.state.part(&part.stage, part.section.as_deref());
        let kind = match state.map(|part| part.state) {
            Some(State::NotBegun) => Some(EventKind::DraftBegun),
            Some(State::Ready | State::ChangesMade) => Some(EventKind::DraftResumed),
            _ => None,
        };
        if let Some(kind) = kind {
            return self.event(part, kind, false).map(|event| Some(event.kind));
        }
        let subject = self.cycle.subject(&self.state, self.context.day());
        let at = (part.stage.as_str(), part.section.as_deref());
        may_write(&self.cycle.route, &self.state, at, self.asker(&subject))
            .map(|_| None)
            .map_err(|why| StepRefused::workflow(&self.cycle.route, Action::ResumeDraft, why))
    }

    /// The part in which somebody may write the text of a stage now; the nearest refusal else.
    pub(crate) fn own_part(&self, stage: &str) -> Result<Part, StepRefused> {
        let parts = self.state.stage(stage).map(|stage| stage.parts.as_slice());
        let mut refused = None;
        for known in parts.unwrap_or_default() {
            let part = Part {
                stage: stage.to_owned(),
                section: known.section.clone(),
            };
            match self.may_write(&part) {
                Ok(_) => return Ok(part),
                Err(why) => refused = Some(why),
            }
        }
        Err(refused.unwrap_or_else(|| {
            let why = meguri_core::workflow::Refusal::NotAssigned;
            StepRefused::workflow(&self.cycle.route, Action::ResumeDraft, why)
        }))
    }
}

/// Key of the stage that writes a slot; `None` where the sheet does not ask it.
pub(crate) fn stage_of_slot(cycle: &Cycle, slot: &meguri_core::form::Slot) -> Option<String> {
    let field = slot.field_of(&cycle.scheme)?;
    cycle.route.stage_of(field).map(|stage| stage.key.clone())
}
