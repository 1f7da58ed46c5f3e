//! Steps with sheets: taking back, checking, returning, approving, accepting, closing, more time.

use super::{At, CycleFault, Part};
use crate::actions::{Doing, words};
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused};
use meguri_core::workflow::{Action, ChangeRequest, EventKind, StageDates};
use meguri_store::{Municipality, Writing};

/// A step that somebody takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The writer says that it is ready.
    MarkReady,
    /// Taking back what was sent.
    TakeBack,
    /// Taking up what was sent.
    BeginCheck,
    /// Sending back.
    Return(Vec<ChangeRequest>),
    /// Approving for one's level.
    Approve,
    /// Taking the approval back.
    TakeBackApproval,
    /// Taking over.
    Accept,
    /// The stage is over.
    Close,
    /// Opening again, with the reason.
    Reopen(String),
    /// More time.
    Extend(StageDates),
    /// Giving it to another section.
    HandOver(String),
    /// Giving a part to a section.
    Assign,
}

impl Step {
    /// The event that it makes.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        match self.clone() {
            Self::MarkReady => EventKind::MarkedReady,
            Self::TakeBack => EventKind::TakenBack,
            Self::BeginCheck => EventKind::CheckBegun,
            Self::Return(requests) => EventKind::Returned { requests },
            Self::Approve => EventKind::Approved,
            Self::TakeBackApproval => EventKind::ApprovalTakenBack,
            Self::Accept => EventKind::Accepted,
            Self::Close => EventKind::Closed,
            Self::Reopen(reason) => EventKind::Reopened { reason },
            Self::Extend(dates) => EventKind::Extended { dates },
            Self::HandOver(to) => EventKind::HandedOver { to },
            Self::Assign => EventKind::Assigned,
        }
    }

    fn doing(&self) -> Doing {
        match self {
            Self::MarkReady => Doing::WriteDraft,
            Self::TakeBack => Doing::TakeBackSheet,
            Self::BeginCheck => Doing::CheckSheet,
            Self::Return(_) => Doing::ReturnSheet,
            Self::Approve | Self::TakeBackApproval => Doing::ApproveSheet,
            Self::Accept => Doing::AcceptSheet,
            Self::Close => Doing::CloseSheet,
            Self::Reopen(_) => Doing::ReopenSheet,
            Self::Extend(_) => Doing::ExtendSheet,
            Self::HandOver(_) | Self::Assign => Doing::AssignSheet,
        }
    }

    fn words(&self) -> Vec<&str> {
        match self {
            Self::Return(requests) => requests.iter().map(|r| r.words.as_str()).collect(),
            Self::Reopen(reason) => vec![reason],
            _ => Vec::new(),
        }
    }
}

/// A sheet whose page somebody looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The sheet.
    pub sheet: i64,
    /// The part that is meant.
    pub part: Part,
    /// The version that the page showed; `None` where the step does not rest on the text.
    pub version: Option<i64>,
}

/// Takes a step with sheets, all in one transaction; one answer for each of them.
///
/// # Errors
/// Where nothing was asked of the sheets at all.
pub async fn step(
    city: &Municipality,
    cycle: &Cycle,
    seen: &[Seen],
    step: &Step,
    context: &Context,
) -> Result<Vec<Result<(), StepRefused>>, CycleFault> {
    let leave = context.may_somewhere(step.doing())?;
    for said in step.words() {
        let fault = words::check_lines("内容", said).err();
        if let Some(fault) = fault {
            return Err(StepRefused::Words(fault.to_string()).into());
        }
    }
    let sheets: Vec<i64> = seen.iter().map(|seen| seen.sheet).collect();
    let mut open = seen.iter();
    let decide = move |work: &meguri_store::Work| {
        let seen = open.next().ok_or(StepRefused::Stale)?;
        let mut at = At::new(cycle, context, work);
        if at.was_done(&seen.part, step.kind().action()) {
            return Ok(Writing::default());
        }
        if seen.version.is_some_and(|version| version != work.version) {
            return Err(StepRefused::Stale);
        }
        let mut events = Vec::new();
        // A draft that has words is ready, whatever is still missing on it: sending asks for that.
        let complete = step.kind().action() != Action::MarkReady
            || super::submit::is_complete(cycle, work, &seen.part.stage);
        at.step(&mut events, work, &seen.part, step.kind(), complete)?;
        Ok(Writing {
            events,
            has_looked: true,
            ..Writing::default()
        })
    };
    Ok(city
        .work(cycle.kept.id, &sheets, leave.by(), decide)
        .await?)
}

/// The same with one sheet.
///
/// # Errors
/// Why it was not done.
pub async fn step_one(
    city: &Municipality,
    cycle: &Cycle,
    seen: Seen,
    wanted: &Step,
    context: &Context,
) -> Result<(), CycleFault> {
    let answers = step(city, cycle, &[seen], wanted, context).await?;
    for answer in answers {
        answer?;
    }
    Ok(())
}
