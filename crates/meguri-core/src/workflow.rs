//! The way of a sheet through a cycle (照会から締切まで): who may do what next, and where it is.
//!
//! Nothing here is kept but events. [`state`] folds the events of a sheet into where it stands: for
//! each stage of the [`Route`], for each section that owns a part of it. [`transition()`] decides
//! whether somebody may do something now, and gives the one event that it makes, or the reason why
//! not; [`may_write`] is asked by each save of a draft, which makes none. Both ask the same table ([`next_state`]), so that no list of events can lead to a state that
//! nobody could have reached: an event that does not fit is left out and named in
//! [`SheetState::ignored`].
//!
//! The way of one part: a writer writes, marks it ready and submits; from then on the text is locked.
//! Each level takes it up, approves it or sends it back; the last one accepts it. Whoever did a
//! step may take it back until the next level has taken it up, so that nobody reads moving text.
//!
//! What several parts come to: [`State::of_parts`]. Which stage has the sheet:
//! [`SheetState::standing`]. Reading order: [`State`], [`Action`], [`EventKind`], [`Route`],
//! [`PartState`], [`state`], [`transition()`].

mod action;
mod dates;
mod event;
mod fold;
mod manual;
mod part;
mod refusal;
mod route;
mod situation;
mod standing;
mod transition;

pub use action::Action;
pub use dates::{StageDates, Timing};
pub use event::{ChangeRequest, Event, EventKind, Person};
pub use fold::{SheetState, StageState, state};
pub use manual::manual;
pub use part::{PartState, next_state};
pub use refusal::Refusal;
pub use route::{Level, OWN_STAGE, Route, RouteStage};
pub use situation::State;
pub use standing::{Standing, Waiting};
pub use transition::{Asker, Request, may_write, transition};

#[cfg(test)]
mod tests;
