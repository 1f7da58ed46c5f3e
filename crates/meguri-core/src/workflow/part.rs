//! One part of a sheet at one stage: what its events come to.

use crate::access::Permission;
use crate::calendar::Day;
use crate::workflow::{
    Action, ChangeRequest, Event, EventKind, Person, RouteStage, StageDates, State, Waiting,
};

/// Where the part of one section (or of whoever judges) is at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartState {
    /// Key of the section; `None` = the sheet as a whole.
    pub section: Option<String>,
    /// Its state.
    pub state: State,
    /// The day since which it is in this state.
    pub since: Day,
    /// Who brought it there.
    pub by: Person,
    /// Has a level taken it up since the last step, so that the step cannot be taken back?
    pub taken_up: bool,
    /// Who sent it, since it was last written.
    pub submitted_by: Option<Person>,
    /// Who has approved what was sent, in the order of the route.
    pub approved_by: Vec<Person>,
    /// How many times it was sent.
    pub submissions: u32,
    /// What is to be changed, since it last came back; kept until it comes back again.
    pub requests: Vec<ChangeRequest>,
    /// Its own days, where it was given more time.
    pub dates: Option<StageDates>,
    /// The state in which it was closed.
    pub closed_from: Option<State>,
}

/// The state after an action; `None` where it cannot be done. The one table of the workflow; whose
/// turn it is stands in [`RouteStage::turn`].
#[must_use]
pub fn next_state(stage: &RouteStage, part: &PartState, action: Action) -> Option<State> {
    use State as S;
    let approvers = stage.route.approvers.len();
    let approvals = part.approved_by.len();
    let is_sent = matches!(
        part.state,
        S::Submitted | S::SubmittedWithChanges | S::BeingChecked | S::Approved
    );
    match (action, part.state) {
        (Action::BeginDraft, S::NotBegun)
        | (Action::ResumeDraft, S::Ready)
        | (Action::TakeBack, S::Submitted) => Some(S::BeingWritten),
        (Action::ResumeDraft, S::ChangesMade) | (Action::TakeBack, S::SubmittedWithChanges) => {
            Some(S::ChangesRequested)
        }
        (Action::MarkReady, S::BeingWritten) => Some(S::Ready),
        (Action::MarkChangesMade, S::ChangesRequested) => Some(S::ChangesMade),
        (Action::Submit, S::BeingWritten | S::Ready) => Some(S::Submitted),
        (Action::Submit, S::ChangesMade) => Some(S::SubmittedWithChanges),
        // What all have approved stays approved while the last level looks at it.
        (Action::BeginCheck, S::Approved) if !part.taken_up => Some(S::Approved),
        (Action::BeginCheck, _) if is_sent && !part.taken_up => Some(S::BeingChecked),
        (Action::Return, _) if is_sent => Some(S::ChangesRequested),
        (Action::Approve, _) if is_sent && approvals + 1 == approvers => Some(S::Approved),
        (Action::Approve, _) if is_sent && approvals < approvers => Some(S::BeingChecked),
        (Action::TakeBackApproval, _) if is_sent && approvals > 0 && !part.taken_up => {
            Some(S::BeingChecked)
        }
        (Action::Accept, _) if is_sent && approvals == approvers => Some(S::Accepted),
        (Action::Close, state) if state != S::Closed => Some(S::Closed),
        (Action::Reopen, S::Accepted) => Some(S::ChangesRequested),
        (Action::Reopen, S::Closed) => Some(reopened(part.closed_from)),
        (Action::Extend, state) if !state.is_done() => Some(state),
        (Action::HandOver, state) if state != S::Closed && part.section.is_some() => Some(state),
        _ => None,
    }
}

/// The state of a closed part that is opened again: where it was, but what was accepted comes back
/// to its writers.
const fn reopened(closed_from: Option<State>) -> State {
    match closed_from {
        None => State::NotBegun,
        Some(State::Accepted) => State::ChangesRequested,
        Some(state) => state,
    }
}

impl PartState {
    /// A part that was given to a section.
    #[must_use]
    pub fn assigned(section: Option<String>, by: Person, since: Day) -> Self {
        Self {
            section,
            state: State::NotBegun,
            since,
            by,
            taken_up: false,
            submitted_by: None,
            approved_by: Vec::new(),
            submissions: 0,
            requests: Vec::new(),
            dates: None,
            closed_from: None,
        }
    }

    /// Its days: its own where it was given more time, else those of the stage.
    #[must_use]
    pub fn dates(&self, stage: &RouteStage) -> Option<StageDates> {
        self.dates.or(stage.dates)
    }

    /// Who has it now, and since when; no roles where it is done.
    #[must_use]
    pub fn waiting(&self, stage: &RouteStage) -> Waiting {
        let roles = match self.state {
            state if state.is_done() => Vec::new(),
            state if state.is_locked() => stage.reviewers(self.approved_by.len()),
            _ => stage.route.writers.clone(),
        };
        Waiting {
            roles,
            since: self.since,
        }
    }

    /// What is needed to read its text as it is now. The last version that was sent stays readable
    /// to those who read what is sent, while it is written anew.
    #[must_use]
    pub fn reading_permission(&self) -> Permission {
        match self.closed_from.unwrap_or(self.state) {
            State::Accepted => Permission::ReadInternal,
            state if state.is_locked() => Permission::ReadSubmitted,
            _ => Permission::ReadDraft,
        }
    }

    /// The part after an event; `None` where the event does not fit.
    pub(crate) fn after(&self, stage: &RouteStage, event: &Event) -> Option<Self> {
        let state = next_state(stage, self, event.kind.action())?;
        let mut part = self.clone();
        match &event.kind {
            EventKind::Submitted => part.send(&event.by),
            EventKind::CheckBegun => part.taken_up = true,
            EventKind::Returned { requests } => part.bring_back(requests.clone()),
            EventKind::Reopened { reason } => part.open_again(state, reason),
            EventKind::Approved => {
                part.approved_by.push(event.by.clone());
                part.taken_up = false;
            }
            EventKind::ApprovalTakenBack => {
                part.approved_by.pop();
                // Whoever took it back is looking at it.
                part.taken_up = true;
            }
            EventKind::TakenBack => part.submitted_by = None,
            EventKind::Closed => part.closed_from = Some(self.state),
            EventKind::Extended { dates } => {
                part.dates = Some(*dates).filter(|dates| self.is_extended_by(stage, dates));
                part.dates?;
            }
            EventKind::HandedOver { to } => part.section = Some(to.clone()),
            _ => {}
        }
        if part.state != state || event.kind.action().is_step() {
            part.since = event.day;
            part.by = event.by.clone();
        }
        part.state = state;
        Some(part)
    }

    /// Do dates give it more time than it has? What has no end cannot get more.
    pub(crate) fn is_extended_by(&self, stage: &RouteStage, dates: &StageDates) -> bool {
        self.dates(stage).is_some_and(|now| dates.extends(&now))
    }

    fn send(&mut self, by: &Person) {
        self.submitted_by = Some(by.clone());
        self.submissions = self.submissions.saturating_add(1);
        self.approved_by.clear();
        self.taken_up = false;
    }

    fn bring_back(&mut self, requests: Vec<ChangeRequest>) {
        self.submitted_by = None;
        self.approved_by.clear();
        self.taken_up = false;
        self.requests = requests;
    }

    fn open_again(&mut self, state: State, reason: &str) {
        self.closed_from = None;
        if state == State::ChangesRequested {
            self.bring_back(vec![ChangeRequest {
                field: None,
                words: reason.to_owned(),
                finding: None,
            }]);
        }
    }
}
