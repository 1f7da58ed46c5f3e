//! Events of sheets: rows in, rows out.

use super::{columns_of, dates_of};
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::sql::{Arg, Row, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::access::Role;
use meguri_core::calendar::Day;
use meguri_core::workflow::{Action, ChangeRequest, Event, EventKind, Person};
use std::collections::BTreeMap;

statements! {
    OF_CYCLE = "SELECT number, sheet, stage, section, kind, words, to_section, shown, no_new_from, \
        no_change_from, sheet_version, who, role, deputy_of, moment FROM sheet_event \
        WHERE municipality = $1 AND cycle = $2 ORDER BY number";
    OF_SHEET = "SELECT number, sheet, stage, section, kind, words, to_section, shown, no_new_from, \
        no_change_from, sheet_version, who, role, deputy_of, moment FROM sheet_event \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 ORDER BY number";
    REQUESTS_OF_CYCLE = "SELECT q.event, q.field, q.words, q.finding FROM change_request q \
        JOIN sheet_event e ON e.municipality = q.municipality AND e.number = q.event \
        WHERE q.municipality = $1 AND e.cycle = $2 ORDER BY q.event, q.place";
    REQUESTS_OF_SHEET = "SELECT q.event, q.field, q.words, q.finding FROM change_request q \
        JOIN sheet_event e ON e.municipality = q.municipality AND e.number = q.event \
        WHERE q.municipality = $1 AND e.cycle = $2 AND e.sheet = $3 ORDER BY q.event, q.place";
}

inserts! {
    EVENT = "sheet_event" [
        "number", "act", "cycle", "sheet", "stage", "section", "kind", "words", "to_section",
        "shown", "no_new_from", "no_change_from", "sheet_version", "who", "role", "deputy_of",
        "moment",
    ];
    REQUEST = "change_request" ["event", "place", "act", "field", "words", "finding"];
}

/// One event as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEvent {
    /// Its number, higher than those before it.
    pub number: i64,
    /// The sheet.
    pub sheet: i64,
    /// The version of the sheet that it is about.
    pub sheet_version: i64,
    /// When, as an ISO 8601 moment.
    pub moment: String,
    /// What happened.
    pub event: Event,
}

/// An event on its way: the sheet and its version.
pub(super) type Coming<'a> = (i64, i64, &'a Event);

impl Municipality {
    /// All events of a cycle in their order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cycle_events(&self, cycle: i64) -> Result<Vec<KeptEvent>> {
        let mut reading = self.read().await?;
        let rows = reading.rows(OF_CYCLE, &[cycle.into()]).await?;
        let requests = reading.rows(REQUESTS_OF_CYCLE, &[cycle.into()]).await?;
        events(&rows, &requests)
    }

    /// The events of one sheet of a cycle in their order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sheet_events(&self, cycle: i64, sheet: i64) -> Result<Vec<KeptEvent>> {
        of_sheet(&mut self.read().await?, cycle, sheet).await
    }
}

pub(super) async fn of_sheet(
    reading: &mut ReadTx,
    cycle: i64,
    sheet: i64,
) -> Result<Vec<KeptEvent>> {
    let args = [cycle.into(), sheet.into()];
    let rows = reading.rows(OF_SHEET, &args).await?;
    let requests = reading.rows(REQUESTS_OF_SHEET, &args).await?;
    events(&rows, &requests)
}

fn events(rows: &[Row], requests: &[Row]) -> Result<Vec<KeptEvent>> {
    let mut asked: BTreeMap<i64, Vec<ChangeRequest>> = BTreeMap::new();
    for row in requests {
        let request = ChangeRequest {
            field: row.maybe_text(1)?,
            words: row.text(2)?,
            finding: row.maybe_text(3)?,
        };
        asked.entry(row.integer(0)?).or_default().push(request);
    }
    rows.iter().map(|row| event(row, &mut asked)).collect()
}

fn event(row: &Row, asked: &mut BTreeMap<i64, Vec<ChangeRequest>>) -> Result<KeptEvent> {
    let number = row.integer(0)?;
    let (kind, role, moment) = (row.text(4)?, row.text(12)?, row.text(14)?);
    let requests = asked.remove(&number).unwrap_or_default();
    let day = moment.get(..10).and_then(Day::parse);
    Ok(KeptEvent {
        number,
        sheet: row.integer(1)?,
        sheet_version: row.integer(10)?,
        event: Event {
            stage: row.text(2)?,
            section: row.maybe_text(3)?,
            kind: kind_of(row, &kind, requests)?,
            by: Person {
                account: row.text(11)?,
                role: Role::from_key(&role).ok_or_else(|| unknown(&role))?,
                deputy_of: row.maybe_text(13)?,
            },
            day: day.unwrap_or(Day::LAST),
        },
        moment,
    })
}

fn kind_of(row: &Row, kind: &str, requests: Vec<ChangeRequest>) -> Result<EventKind> {
    let action = Action::from_key(kind).ok_or_else(|| unknown(kind))?;
    let words = row.maybe_text(5)?;
    Ok(match action {
        Action::Assign => EventKind::Assigned,
        Action::BeginDraft => EventKind::DraftBegun,
        Action::ResumeDraft => EventKind::DraftResumed,
        Action::MarkReady => EventKind::MarkedReady,
        Action::MarkChangesMade => EventKind::ChangesMade { answer: words },
        Action::Submit => EventKind::Submitted,
        Action::TakeBack => EventKind::TakenBack,
        Action::BeginCheck => EventKind::CheckBegun,
        Action::Return => EventKind::Returned { requests },
        Action::Approve => EventKind::Approved,
        Action::TakeBackApproval => EventKind::ApprovalTakenBack,
        Action::Accept => EventKind::Accepted,
        Action::Close => EventKind::Closed,
        Action::Reopen => EventKind::Reopened {
            reason: words.unwrap_or_default(),
        },
        Action::Extend => EventKind::Extended {
            dates: dates_of(row, 7)?.ok_or_else(|| unknown(kind))?,
        },
        Action::HandOver => EventKind::HandedOver {
            to: row.maybe_text(6)?.ok_or_else(|| unknown(kind))?,
        },
    })
}

fn unknown(word: &str) -> Error {
    Error::damaged(format!("event: {word}"))
}

/// Writes events of one act, at a moment, in their order.
pub(super) async fn save(
    writing: &mut WriteTx,
    (cycle, act): (i64, i64),
    moment: &str,
    events: &[Coming<'_>],
) -> Result<()> {
    let (mut rows, mut requests) = (Vec::new(), Vec::new());
    for (sheet, version, event) in events {
        let number = writing.next_id();
        rows.push(row_of(
            (number, act, cycle),
            (*sheet, *version),
            event,
            moment,
        ));
        let asked = match &event.kind {
            EventKind::Returned { requests } => requests.as_slice(),
            _ => &[],
        };
        for (place, request) in (0_i64..).zip(asked) {
            requests.push(vec![
                number.into(),
                place.into(),
                act.into(),
                request.field.as_deref().into(),
                request.words.as_str().into(),
                request.finding.as_deref().into(),
            ]);
        }
    }
    writing.insert(&EVENT, rows).await?;
    writing.insert(&REQUEST, requests).await
}

fn row_of<'a>(
    (number, act, cycle): (i64, i64, i64),
    (sheet, version): (i64, i64),
    event: &'a Event,
    moment: &'a str,
) -> Vec<Arg<'a>> {
    let (mut words, mut to, mut dates) = (None, None, None);
    match &event.kind {
        EventKind::ChangesMade { answer } => words = answer.as_deref(),
        EventKind::Reopened { reason } => words = Some(reason.as_str()),
        EventKind::HandedOver { to: section } => to = Some(section.as_str()),
        EventKind::Extended { dates: until } => dates = Some(*until),
        _ => {}
    }
    let [shown, no_new, no_change] = columns_of(dates).map(|day| Arg::Text(day.map(Into::into)));
    vec![
        number.into(),
        act.into(),
        cycle.into(),
        sheet.into(),
        event.stage.as_str().into(),
        event.section.as_deref().into(),
        event.kind.action().key().into(),
        words.into(),
        to.into(),
        shown,
        no_new,
        no_change,
        version.into(),
        event.by.account.as_str().into(),
        event.by.role.key().into(),
        event.by.deputy_of.as_deref().into(),
        moment.into(),
    ]
}

/// One line of an event for the audit: `sheet 12 submit 障がい者支援課`.
pub(super) fn in_words(sheet: i64, event: &Event) -> String {
    let section = event.section.as_deref().unwrap_or("-");
    let action = event.kind.action().key();
    format!("sheet {sheet} {action} {} {section}", event.stage)
}
