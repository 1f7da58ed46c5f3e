//! Why a step was refused; words are made at the edge.

use crate::access;
use crate::access::Role;
use crate::calendar::Day;
use crate::workflow::{Action, State};

/// Why somebody cannot do something now. The order of the checks is that of the variants: who has
/// no business with a sheet hears nothing of its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The route has no such stage.
    UnknownStage,
    /// The person lacks the permission, or has it for other sheets.
    Access(access::Refusal),
    /// The person has no part in this at this stage.
    NotInRoute {
        /// Whose part it is.
        roles: Vec<Role>,
    },
    /// No part of the sheet was given to the section at this stage.
    NotAssigned,
    /// The section has its part already.
    AlreadyAssigned,
    /// An earlier stage is not over.
    WaitsFor {
        /// Key of the stage.
        stage: String,
    },
    /// It cannot be taken back any more: somebody has taken it up.
    TakenUp,
    /// It cannot be done in this state.
    WrongState {
        /// What was asked for.
        action: Action,
        /// The state.
        state: State,
    },
    /// Another level comes first.
    NotYourTurn {
        /// Whose turn it is.
        roles: Vec<Role>,
    },
    /// Nobody begins any more.
    NoNewEntry {
        /// Since when.
        from: Day,
    },
    /// Nothing is changed any more.
    NoChange {
        /// Since when.
        from: Day,
    },
    /// Something required is missing, or a figure cannot be read.
    Incomplete,
    /// Words are missing: what is to be changed, or why it is opened again.
    NoWords,
    /// The new dates give no more time.
    NotLater,
    /// It is that section's already.
    SameSection,
    /// Who sent or approved it cannot do this too.
    SamePerson,
}

impl Refusal {
    /// Does it tell somebody who has no business with the sheet that they have none? Then a page
    /// answers 403; all others are answered on the page of the sheet.
    #[must_use]
    pub const fn is_about_the_person(&self) -> bool {
        matches!(self, Self::Access(_) | Self::NotInRoute { .. })
    }
}
