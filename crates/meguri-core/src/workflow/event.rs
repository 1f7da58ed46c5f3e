//! What happened to a part of a sheet; the only thing that is kept.

use crate::access::Role;
use crate::calendar::Day;
use crate::workflow::{Action, StageDates};

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: String,
    /// As what.
    pub role: Role,
    /// The account that the person stood in for.
    pub deputy_of: Option<String>,
}

impl Person {
    /// Is somebody behind both: the person, or whom the person stood in for?
    #[must_use]
    pub fn shares_somebody_with(&self, other: &Self) -> bool {
        let of = |person: &Self| [Some(person.account.clone()), person.deputy_of.clone()];
        let theirs = of(other);
        of(self)
            .into_iter()
            .flatten()
            .any(|account| theirs.contains(&Some(account)))
    }
}

/// One thing that is asked to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRequest {
    /// Key of the field; `None` = the whole sheet.
    pub field: Option<String>,
    /// What is to be done, in the words of whoever sends it back.
    pub words: String,
    /// The finding that it comes from, by its stable id: its steps are shown with it.
    pub finding: Option<String>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The part was given to its section.
    Assigned,
    /// The first word was written.
    DraftBegun,
    /// It was opened again by its writers, before it was sent.
    DraftResumed,
    /// It is ready to be sent.
    MarkedReady,
    /// What was asked for is done.
    ChangesMade {
        /// What was done, where there is something to say.
        answer: Option<String>,
    },
    /// It was sent.
    Submitted,
    /// It was taken back before anybody took it up.
    TakenBack,
    /// Somebody took it up.
    CheckBegun,
    /// It was sent back.
    Returned {
        /// What is to be changed; never empty.
        requests: Vec<ChangeRequest>,
    },
    /// It was approved.
    Approved,
    /// The last approval was taken back.
    ApprovalTakenBack,
    /// It was taken over.
    Accepted,
    /// The stage ended for it.
    Closed,
    /// It was opened again.
    Reopened {
        /// Why.
        reason: String,
    },
    /// It got more time.
    Extended {
        /// Until when now.
        dates: StageDates,
    },
    /// It was given to another section.
    HandedOver {
        /// Key of the section.
        to: String,
    },
}

impl EventKind {
    /// The action that makes it.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::Assigned => Action::Assign,
            Self::DraftBegun => Action::BeginDraft,
            Self::DraftResumed => Action::ResumeDraft,
            Self::MarkedReady => Action::MarkReady,
            Self::ChangesMade { .. } => Action::MarkChangesMade,
            Self::Submitted => Action::Submit,
            Self::TakenBack => Action::TakeBack,
            Self::CheckBegun => Action::BeginCheck,
            Self::Returned { .. } => Action::Return,
            Self::Approved => Action::Approve,
            Self::ApprovalTakenBack => Action::TakeBackApproval,
            Self::Accepted => Action::Accept,
            Self::Closed => Action::Close,
            Self::Reopened { .. } => Action::Reopen,
            Self::Extended { .. } => Action::Extend,
            Self::HandedOver { .. } => Action::HandOver,
        }
    }

    /// Does it hold the words that it needs? A return and a reopening say why.
    #[must_use]
    pub fn has_its_words(&self) -> bool {
        match self {
            Self::Returned { requests } => {
                let has_words = |request: &ChangeRequest| !request.words.trim().is_empty();
                !requests.is_empty() && requests.iter().all(has_words)
            }
            Self::Reopened { reason } => !reason.trim().is_empty(),
            _ => true,
        }
    }
}

/// One event of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Key of the stage.
    pub stage: String,
    /// Key of the section whose part it is; `None` = the sheet as a whole, at a stage where
    /// somebody judges it once for all its sections.
    pub section: Option<String>,
    /// What happened.
    pub kind: EventKind,
    /// Who did it.
    pub by: Person,
    /// When.
    pub day: Day,
}
