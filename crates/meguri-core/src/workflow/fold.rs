//! The fold of events into the state of a sheet.

use crate::workflow::{Action, Event, EventKind, PartState, Route, RouteStage, State};

/// Where a sheet is: what its events come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetState {
    /// A stage for each of the route, in its order.
    pub stages: Vec<StageState>,
    /// Places of the events that did not fit and changed nothing. Events that [`transition()`] gave
    /// always fit; a store that finds one here was tampered with, or its route was changed.
    ///
    /// [`transition()`]: crate::workflow::transition()
    pub ignored: Vec<usize>,
}

/// Where a sheet is at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageState {
    /// Key of the stage.
    pub key: String,
    /// Its place in the route; see [`RouteStage::place`].
    pub place: usize,
    /// A part for each section that has one; none = the sheet takes no part in the stage.
    pub parts: Vec<PartState>,
    /// Was an earlier stage opened again after this one had begun, so that what was written here
    /// rests on a text that changed? Until it is sent or accepted again.
    pub basis_moved: bool,
}

impl StageState {
    /// What its parts come to; `None` where the sheet takes no part in the stage.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        State::of_parts(self.parts.iter().map(|part| part.state))
    }

    /// The part of a section.
    #[must_use]
    pub fn part(&self, section: Option<&str>) -> Option<&PartState> {
        let place = self.place_of(section)?;
        self.parts.get(place)
    }

    fn place_of(&self, section: Option<&str>) -> Option<usize> {
        let mut parts = self.parts.iter();
        parts.position(|part| part.section.as_deref() == section)
    }

    /// Is it over, for all of its parts?
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.parts.iter().all(|part| part.state.is_done())
    }
}

impl SheetState {
    /// A stage by its key.
    #[must_use]
    pub fn stage(&self, key: &str) -> Option<&StageState> {
        self.stages.iter().find(|stage| stage.key == key)
    }

    /// The part of a section at a stage.
    #[must_use]
    pub fn part(&self, stage: &str, section: Option<&str>) -> Option<&PartState> {
        self.stage(stage)?.part(section)
    }

    /// The first stage before a place that is not over; the stages of that place wait for it.
    #[must_use]
    pub fn waits_for(&self, place: usize) -> Option<&StageState> {
        let mut stages = self.stages.iter();
        stages.find(|stage| stage.place < place && !stage.is_done())
    }

    fn before_anything(route: &Route) -> Self {
        let stage = |stage: &RouteStage| StageState {
            key: stage.key.clone(),
            place: stage.place,
            parts: Vec::new(),
            basis_moved: false,
        };
        Self {
            stages: route.stages.iter().map(stage).collect(),
            ignored: Vec::new(),
        }
    }

    /// Takes an event in; `None` where it does not fit.
    fn take(&mut self, route: &Route, event: &Event) -> Option<()> {
        let at = route.stages.iter().position(|s| s.key == event.stage)?;
        let (of_route, stage) = (route.stages.get(at)?, self.stages.get(at)?);
        let action = event.kind.action();
        if action.is_step() && self.waits_for(stage.place).is_some() {
            return None;
        }
        let stage = self.stages.get_mut(at)?;
        stage.take(of_route, event)?;
        match action {
            Action::Submit | Action::Accept => stage.basis_moved = false,
            Action::Reopen => {
                let place = stage.place;
                self.move_basis(place);
            }
            _ => {}
        }
        Some(())
    }

    /// Marks the stages behind a place that have begun.
    fn move_basis(&mut self, place: usize) {
        let has_begun = |part: &PartState| part.state != State::NotBegun;
        for stage in self.stages.iter_mut().filter(|stage| stage.place > place) {
            stage.basis_moved |= stage.parts.iter().any(has_begun);
        }
    }
}

impl StageState {
    /// Takes an event of this stage in; `None` where it does not fit.
    fn take(&mut self, stage: &RouteStage, event: &Event) -> Option<()> {
        let section = event.section.as_deref();
        let place = self.place_of(section);
        if event.kind == EventKind::Assigned {
            if place.is_some() {
                return None;
            }
            let (section, by) = (event.section.clone(), event.by.clone());
            self.parts.push(PartState::assigned(section, by, event.day));
            return Some(());
        }
        let part = self.parts.get(place?)?.after(stage, event)?;
        if let EventKind::HandedOver { to } = &event.kind {
            return self.hand_over(place?, part, to);
        }
        *self.parts.get_mut(place?)? = part;
        Some(())
    }

    /// Puts a part that was handed over in its place. A section that has a part already keeps one:
    /// the less advanced, since somebody must look at that.
    fn hand_over(&mut self, place: usize, part: PartState, to: &str) -> Option<()> {
        match self.place_of(Some(to)) {
            Some(same) if same == place => None,
            Some(other) => {
                let known = self.parts.get_mut(other)?;
                if part.state < known.state {
                    *known = part;
                }
                self.parts.remove(place);
                Some(())
            }
            None => {
                *self.parts.get_mut(place)? = part;
                Some(())
            }
        }
    }
}

/// Where a sheet is after its events, in their order. Total: an event that does not fit changes
/// nothing and is named in [`SheetState::ignored`].
#[must_use]
pub fn state(route: &Route, events: &[Event]) -> SheetState {
    let mut sheet = SheetState::before_anything(route);
    for (place, event) in events.iter().enumerate() {
        if sheet.take(route, event).is_none() {
            sheet.ignored.push(place);
        }
    }
    sheet
}
