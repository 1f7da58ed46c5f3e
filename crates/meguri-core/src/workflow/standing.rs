//! Who has a sheet now, and how far it is as a whole.

use crate::access::Role;
use crate::calendar::Day;
use crate::workflow::{SheetState, StageState, State};

/// Who has a part now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The roles whose turn it is; none = it is done.
    pub roles: Vec<Role>,
    /// Since when.
    pub since: Day,
}

/// How far a sheet is: in which stages, and in which state there. The order is that of progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Standing {
    /// Place of the stages in the route.
    pub place: usize,
    /// What their parts come to.
    pub state: State,
}

impl SheetState {
    /// How far the sheet is as a whole: the state of the first stages that are not over; after the
    /// last one that of the last. Stages side by side count together. `None` before anything was
    /// assigned.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        let takes_part = |stage: &&StageState| !stage.parts.is_empty();
        let mut open = self.stages.iter().filter(takes_part);
        let current = open.find(|stage| !stage.is_done());
        let last = self.stages.iter().rfind(takes_part);
        let place = current.or(last)?.place;
        let of_place = self.stages.iter().filter(|stage| stage.place == place);
        let parts = of_place.flat_map(|stage| &stage.parts);
        let state = State::of_parts(parts.map(|part| part.state))?;
        Some(Standing { place, state })
    }

    /// The stages that have the sheet now: those of its standing that are not over.
    pub fn current_stages(&self) -> impl Iterator<Item = &StageState> {
        let place = self.standing().map(|standing| standing.place);
        let is_current = move |stage: &&StageState| {
            Some(stage.place) == place && !stage.parts.is_empty() && !stage.is_done()
        };
        self.stages.iter().filter(is_current)
    }
}
