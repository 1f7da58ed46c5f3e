//! May somebody take a step now?

use crate::access::{Decision, Grant, Permit, Role, Subject, permits_as};
use crate::calendar::Day;
use crate::workflow::{
    Action, Event, EventKind, PartState, Person, Refusal, Route, RouteStage, SheetState, Timing,
    next_state,
};

/// Who asks, and about whose sheet.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// The account.
    pub account: &'a str,
    /// Its grants.
    pub grants: &'a [Grant],
    /// Whose the sheet is: all sections that own it, and whom it is assigned to.
    pub subject: &'a Subject,
    /// Today.
    pub day: Day,
}

/// What somebody wants to do to a part of a sheet.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Key of the stage.
    pub stage: &'a str,
    /// Key of the section whose part it is; `None` = the sheet as a whole.
    pub section: Option<&'a str>,
    /// What shall have happened.
    pub kind: EventKind,
    /// Is everything there that is required, and readable? Asked before ready and submit.
    pub is_complete: bool,
    /// Who asks.
    pub asker: Asker<'a>,
}

/// Decides whether somebody may take a step, and gives the event that it makes.
///
/// The event always fits: [`crate::workflow::state`] takes it in, in the state that was given.
///
/// # Errors
/// The first reason why not, in the order of [`Refusal`].
pub fn transition(
    route: &Route,
    sheet: &SheetState,
    request: Request<'_>,
) -> Result<Event, Refusal> {
    let stage = route.stage(request.stage).ok_or(Refusal::UnknownStage)?;
    let action = request.kind.action();
    let own = own_part(&request.asker, request.section);
    let asked = Asked {
        asker: request.asker,
        subject: &own,
        action,
    };
    let mut by = asked.person(stage.parties(action))?;
    let part = sheet.part(&stage.key, request.section);
    match part {
        None if action == Action::Assign => {}
        None => return Err(Refusal::NotAssigned),
        Some(_) if action == Action::Assign => return Err(Refusal::AlreadyAssigned),
        Some(part) => {
            check_state(sheet, stage, part, action)?;
            if let Some(roles) = stage.turn(action, part.approved_by.len()) {
                by = asked.person_whose_turn(roles)?;
            }
            check_dates(stage, part, action, request.asker.day)?;
            check_content(stage, part, &request)?;
            check_persons(stage, part, action, &by)?;
        }
    }
    Ok(Event {
        stage: stage.key.clone(),
        section: request.section.map(str::to_owned),
        kind: request.kind,
        by,
        day: request.asker.day,
    })
}

/// May somebody change the text of a part now, autosave included? No event comes of it: a draft
/// is begun, resumed and sent by events, and written between them.
///
/// # Errors
/// The first reason why not, in the order of [`Refusal`].
pub fn may_write(
    route: &Route,
    sheet: &SheetState,
    (stage, section): (&str, Option<&str>),
    asker: Asker<'_>,
) -> Result<Person, Refusal> {
    let stage = route.stage(stage).ok_or(Refusal::UnknownStage)?;
    let (action, own) = (Action::ResumeDraft, own_part(&asker, section));
    let asked = Asked {
        asker,
        subject: &own,
        action,
    };
    let by = asked.person(stage.parties(action))?;
    let part = sheet.part(&stage.key, section);
    let part = part.ok_or(Refusal::NotAssigned)?;
    check_waiting(sheet, stage)?;
    if !part.state.is_writable() {
        return Err(Refusal::WrongState {
            action,
            state: part.state,
        });
    }
    check_dates(stage, part, action, asker.day)?;
    Ok(by)
}

/// The part of the sheet that is asked about; the whole where none is named.
fn own_part(asker: &Asker<'_>, section: Option<&str>) -> Subject {
    section.map_or_else(
        || asker.subject.clone(),
        |section| asker.subject.of_section(section),
    )
}

/// Who asks for what, of which part.
struct Asked<'a> {
    asker: Asker<'a>,
    subject: &'a Subject,
    action: Action,
}

impl Asked<'_> {
    /// As what the person acts, by a role that has a part in it; `None` = any role with the
    /// permission.
    fn person(&self, parties: Option<Vec<Role>>) -> Result<Person, Refusal> {
        let any = self.permit(None).map_err(Refusal::Access)?;
        let Some(roles) = parties else {
            return Ok(self.acting(any));
        };
        match self.permit(Some(&roles)) {
            Ok(permit) => Ok(self.acting(permit)),
            Err(refusal) if self.has_role(&roles) => Err(Refusal::Access(refusal)),
            Err(_) => Err(Refusal::NotInRoute { roles }),
        }
    }

    /// As what the person acts, by a role whose turn it is.
    fn person_whose_turn(&self, roles: Vec<Role>) -> Result<Person, Refusal> {
        match self.permit(Some(&roles)) {
            Ok(permit) => Ok(self.acting(permit)),
            Err(_) => Err(Refusal::NotYourTurn { roles }),
        }
    }

    fn has_role(&self, roles: &[Role]) -> bool {
        let mut grants = self.asker.grants.iter();
        grants.any(|grant| roles.contains(&grant.role))
    }

    fn permit(&self, roles: Option<&[Role]>) -> Decision<'_> {
        let permission = self.action.permission();
        let Asker { grants, day, .. } = self.asker;
        permits_as(grants, roles, permission, self.subject, day)
    }

    fn acting(&self, permit: Permit<'_>) -> Person {
        Person {
            account: self.asker.account.to_owned(),
            role: permit.role,
            deputy_of: permit.grant.and_then(|grant| grant.deputy_of.clone()),
        }
    }
}

fn check_state(
    sheet: &SheetState,
    stage: &RouteStage,
    part: &PartState,
    action: Action,
) -> Result<(), Refusal> {
    if action.is_step() {
        check_waiting(sheet, stage)?;
    }
    if next_state(stage, part, action).is_some() {
        return Ok(());
    }
    let is_sent = part.state.is_locked() && !part.state.is_done();
    let takes_back = matches!(action, Action::TakeBack | Action::TakeBackApproval);
    if takes_back && is_sent && part.taken_up {
        return Err(Refusal::TakenUp);
    }
    Err(Refusal::WrongState {
        action,
        state: part.state,
    })
}

fn check_waiting(sheet: &SheetState, stage: &RouteStage) -> Result<(), Refusal> {
    match sheet.waits_for(stage.place) {
        Some(earlier) => Err(Refusal::WaitsFor {
            stage: earlier.key.clone(),
        }),
        None => Ok(()),
    }
}

/// The dates of the stage bind those who write; who looks at it may come later.
fn check_dates(
    stage: &RouteStage,
    part: &PartState,
    action: Action,
    day: Day,
) -> Result<(), Refusal> {
    let Some(dates) = part.dates(stage).filter(|_| action.is_of_writer()) else {
        return Ok(());
    };
    match (dates.timing(day), dates.no_new_from, dates.no_change_from) {
        (Timing::NoChange, _, Some(from)) => Err(Refusal::NoChange { from }),
        (Timing::NoNewEntry, Some(from), _) if action == Action::BeginDraft => {
            Err(Refusal::NoNewEntry { from })
        }
        _ => Ok(()),
    }
}

fn check_content(
    stage: &RouteStage,
    part: &PartState,
    request: &Request<'_>,
) -> Result<(), Refusal> {
    match &request.kind {
        EventKind::MarkedReady | EventKind::Submitted if !request.is_complete => {
            Err(Refusal::Incomplete)
        }
        EventKind::Extended { dates } if !part.is_extended_by(stage, dates) => {
            Err(Refusal::NotLater)
        }
        EventKind::HandedOver { to } if request.section == Some(to) => Err(Refusal::SameSection),
        kind if !kind.has_its_words() => Err(Refusal::NoWords),
        _ => Ok(()),
    }
}

/// Four eyes: who sent a part does not approve it, who sent or approved it does not accept it,
/// unless the stage says otherwise. Whom somebody stands in for counts like the person.
fn check_persons(
    stage: &RouteStage,
    part: &PartState,
    action: Action,
    by: &Person,
) -> Result<(), Refusal> {
    let approvers: &[Person] = match action {
        _ if stage.route.same_person => return Ok(()),
        Action::Accept => &part.approved_by,
        Action::Approve => &[],
        _ => return Ok(()),
    };
    let mut before = part.submitted_by.iter().chain(approvers);
    if before.any(|person| person.shares_somebody_with(by)) {
        return Err(Refusal::SamePerson);
    }
    Ok(())
}
