//! Sheets of cycles, one line each: where it is, who has it, since when.

use super::form::possible_of;
use crate::context::Context;
use crate::cycle::{Cycle, events_by_sheet};
use meguri_core::access::{Permission, Role};
use meguri_core::calendar::{Calendar, Day};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::workflow::{Action, SheetState, State, Timing};
use meguri_store::{KeptEvent, Municipality, Result};

/// One sheet of a cycle.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub state: SheetState,
    /// What its parts at the stage that has it now come to.
    pub standing: State,
    /// The name of that stage.
    pub stage: String,
    /// The keys of the sections whose it is; none = planning has to give it to one.
    pub sections: Vec<String>,
    /// The roles that have it now; none where it is done.
    pub roles: Vec<Role>,
    /// Who has it now, in words; empty where it is done.
    pub waits_for: String,
    /// Since when.
    pub since: Option<Day>,
    /// The deadline that is shown.
    pub deadline: Option<Day>,
    /// What the day means.
    pub timing: Option<Timing>,
    /// Business days left after today, up to the deadline.
    pub days_left: Option<u32>,
    /// How long that is, in words: `今日まで`, `あと3開庁日`; empty where there is no deadline.
    pub left: String,
    /// How many things it came back with.
    pub requests: usize,
}

impl SheetLine {
    fn new(cycle: &Cycle, id: i64, label: String, events: &[KeptEvent], day: Day) -> Self {
        let state = cycle.state(events);
        // What was given to nobody waits for planning, wherever its later stages are.
        let standing = state.standing().filter(|_| !cycle.is_nobodys(&state));
        let place = standing.map_or(0, |standing| standing.place);
        let of_place = state.stages.iter().filter(|stage| stage.place == place);
        let now = of_place.clone().find(|stage| !stage.is_done());
        let now = now.or_else(|| of_place.clone().next());
        let stage = now.and_then(|now| cycle.route.stage(&now.key));
        let parts = now.map(|now| now.parts.as_slice()).unwrap_or_default();
        let open = parts.iter().find(|part| !part.state.is_done());
        let waiting = stage.and_then(|stage| open.map(|part| part.waiting(stage)));
        let dates = stage.and_then(|stage| open.map_or(stage.dates, |part| part.dates(stage)));
        let days_left = dates.map(|dates| Calendar::default().business_days_left(day, dates.shown));
        let sections = state.stages.iter().flat_map(|stage| &stage.parts);
        let mut sections: Vec<String> = sections.filter_map(|part| part.section.clone()).collect();
        sections.sort_unstable();
        sections.dedup();
        let roles = if cycle.is_nobodys(&state) {
            vec![Role::Planning]
        } else {
            waiting.map(|waiting| waiting.roles).unwrap_or_default()
        };
        let labels: Vec<&str> = roles.iter().map(|role| role.label()).collect();
        Self {
            id,
            label,
            standing: standing.map_or(State::NotBegun, |standing| standing.state),
            stage: stage.map(|stage| stage.label.clone()).unwrap_or_default(),
            sections,
            waits_for: labels.join("・"),
            roles,
            since: parts.iter().map(|part| part.since).max(),
            deadline: dates.map(|dates| dates.shown),
            timing: dates
                .filter(|_| open.is_some())
                .map(|dates| dates.timing(day)),
            days_left,
            left: match (dates.map(|dates| dates.shown), days_left) {
                (Some(shown), _) if shown == day => "今日まで".to_owned(),
                (_, Some(left)) => format!("あと{left}開庁日"),
                (_, None) => String::new(),
            },
            requests: parts.iter().map(|part| part.requests.len()).sum(),
            state,
        }
    }

    /// What whoever has it now needs to take the next step.
    pub(super) fn permission(&self) -> Permission {
        match self.standing {
            _ if self.sections.is_empty() => Permission::Assign,
            state if state.is_locked() => Permission::ReadSubmitted,
            _ => Permission::WriteDraft,
        }
    }

    /// Is it past its deadline without having been sent?
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        let late = self.timing.is_some_and(|timing| timing != Timing::InTime);
        late && !self.standing.is_locked()
    }
}

/// All sheets of a cycle, in the order of their document.
///
/// # Errors
/// Those of the database.
pub async fn lines(city: &Municipality, cycle: &Cycle, day: Day) -> Result<Vec<SheetLine>> {
    let events = events_by_sheet(city, cycle.kept.id).await?;
    let sheets = city.cycle_sheets(cycle.kept.id).await?.into_iter();
    let line = |(id, label): (i64, String)| {
        let events = events.get(&id).map(Vec::as_slice).unwrap_or_default();
        SheetLine::new(cycle, id, label, events, day)
    };
    Ok(sheets.map(line).collect())
}

/// A sheet on which somebody can do something now.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The cycle.
    pub cycle: i64,
    /// Its name.
    pub cycle_label: String,
    /// The sheet.
    pub line: SheetLine,
    /// Is it theirs to write? Else to look at.
    pub writes: bool,
}

/// The sheets of all cycles that wait for somebody, by deadline; what came back comes first.
///
/// # Errors
/// Those of the database.
pub async fn mine(city: &Municipality, context: &Context) -> Result<Vec<Mine>> {
    let mut found = Vec::new();
    for cycle in Cycle::all(city).await? {
        for line in lines(city, &cycle, context.day()).await? {
            let can =
                |actions: &[Action]| !possible_of(&cycle, &line.state, context, actions).is_empty();
            let writes = can(&[Action::Submit, Action::BeginDraft, Action::MarkChangesMade]);
            if writes || can(&[Action::Approve, Action::Accept]) {
                found.push(Mine {
                    cycle: cycle.kept.id,
                    cycle_label: cycle.kept.label.clone(),
                    line,
                    writes,
                });
            }
        }
    }
    found.sort_by_key(|mine| {
        let came_back = mine.line.standing == State::ChangesRequested;
        (mine.line.deadline.is_none(), mine.line.deadline, !came_back)
    });
    Ok(found)
}

/// The documents from which a cycle can be opened, the newest first: id, name, evaluated year.
///
/// # Errors
/// Those of the database.
pub async fn papers(city: &Municipality) -> Result<Vec<(i64, String, Option<FiscalYear>)>> {
    let mut found = Vec::new();
    for known in city.in_force().await? {
        let first: Vec<_> = known.pins.iter().take(1).copied().collect();
        let sheets = city.sheets_at(&first).await?;
        let year = sheets.first().and_then(|sheet| sheet.year);
        found.push((known.document.id, known.document.name, year));
    }
    found.reverse();
    Ok(found)
}
