//! The form of one sheet for one person: what stands there, what is typed, what they may do.

use super::checks::checks;
use crate::actions::cycle::save_draft::answers;
use crate::actions::cycle::submit::{Checked, checked};
use crate::actions::cycle::{At, Part};
use crate::context::Context;
use crate::cycle::{Cycle, why_unreadable};
use meguri_core::access::{Permission, permits};
use meguri_core::form::{self, Block, Slot, blocks};
use meguri_core::verify::Finding;
use meguri_core::workflow::{Action, ChangeRequest, EventKind, SheetState, StageDates, State};
use meguri_store::{KeptComment, KeptDraft, Municipality, Result, Work};
use std::collections::BTreeMap;

/// The form of a sheet.
#[derive(Clone, Debug)]
pub struct SheetForm {
    /// The cycle.
    pub cycle: Cycle,
    /// What is there.
    pub work: Work,
    /// Where it stands.
    pub state: SheetState,
    /// What is asked, with the answers as typed.
    pub blocks: Vec<Block>,
    /// What is said beside an answer.
    pub shown: BTreeMap<Slot, Shown>,
    /// The parts that the person may write now.
    pub writes: Vec<Part>,
    /// What else the person may do now.
    pub can: Vec<(Part, Action)>,
    /// What is asked to be changed now.
    pub requests: Vec<ChangeRequest>,
    /// What the rules have to say.
    pub findings: Vec<Finding>,
    /// What was said.
    pub comments: Vec<KeptComment>,
    /// The version that the person looked at last.
    pub seen: Option<i64>,
}

/// What is said beside an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Why it cannot be read; empty where it can.
    pub fault: String,
    /// It must be given and is missing.
    pub is_missing: bool,
    /// What another person typed at the same time, with their name.
    pub other: Option<(String, String)>,
    /// What stood there when the person looked last; `None` = the same.
    pub before: Option<String>,
    /// Is it the same as last year, word by word, though it tells of this year?
    pub as_last_year: bool,
    /// Is it typed and not sent?
    pub is_draft: bool,
}

/// The form of a sheet for somebody; `None` where there is no such sheet, or not for them.
///
/// # Errors
/// Those of the database.
pub async fn sheet_form(
    city: &Municipality,
    cycle: Cycle,
    sheet: i64,
    rows: usize,
    context: &Context,
) -> Result<Option<SheetForm>> {
    let Some(work) = city.work_on(cycle.kept.id, sheet).await? else {
        return Ok(None);
    };
    let state = cycle.state(&work.events);
    if !may_look(&cycle, &state, context) {
        return Ok(None);
    }
    let reads_draft = may(&cycle, &state, context, Permission::ReadDraft);
    let mut work = work;
    if !reads_draft {
        work.drafts.clear();
        work.others.clear();
    }
    let findings = checks(city, &cycle, &work).await?;
    let comments = city.comments(cycle.kept.id, sheet).await?;
    let seen = city
        .seen(cycle.kept.id, context.name())
        .await?
        .get(&sheet)
        .copied();
    let before = match seen.filter(|seen| *seen < work.version) {
        Some(seen) => city.sheet_at(sheet, seen).await?,
        None => None,
    };
    let can = possible(&cycle, &state, context);
    let writes = writable(&cycle, &work, context);
    let blocks = with_answers(&cycle, &work, rows);
    let mut shown = shown(&cycle, &work, &blocks, &writes);
    if let Some(before) = before {
        let former = form::Subject {
            sheet: &before,
            ..cycle.form(&work)
        };
        note_changes(&mut shown, &blocks, &form::questions(&former, rows));
    }
    let parts = state.stages.iter().flat_map(|stage| &stage.parts);
    let returned = parts.filter(|part| {
        matches!(part.state, State::ChangesRequested | State::ChangesMade)
            || part.state.is_locked() && !part.state.is_done()
    });
    Ok(Some(SheetForm {
        requests: returned.flat_map(|part| part.requests.clone()).collect(),
        cycle,
        state,
        blocks,
        shown,
        writes,
        can,
        findings,
        comments,
        seen,
        work,
    }))
}

fn may(cycle: &Cycle, state: &SheetState, context: &Context, permission: Permission) -> bool {
    let subject = cycle.subject(state, context.day());
    permits(context.grants(), permission, &subject, context.day()).is_ok()
}

/// May somebody look at a sheet in a cycle at all? Its last version is nobody's secret within the
/// city once it was accepted; while it is written and looked at, it is for those who have a part in it.
fn may_look(cycle: &Cycle, state: &SheetState, context: &Context) -> bool {
    let parts = state.stages.iter().flat_map(|stage| &stage.parts);
    let mut needed = parts.map(meguri_core::workflow::PartState::reading_permission);
    needed.any(|permission| may(cycle, state, context, permission))
        || may(cycle, state, context, Permission::ReadDraft)
}

/// The blocks with what is typed in place of what stands there.
pub(super) fn with_answers(cycle: &Cycle, work: &Work, rows: usize) -> Vec<Block> {
    let answers = answers(work);
    let typed_rows = answers.keys().filter_map(Slot::listing).max();
    let rows = rows.max(typed_rows.map_or(0, |row| row + 1));
    let mut blocks = blocks(&cycle.form(work), rows);
    for block in &mut blocks {
        for question in block.body.questions_mut() {
            if let Some(typed) = answers.get(&question.slot) {
                question.value.clone_from(typed);
            }
        }
    }
    blocks
}

fn shown(cycle: &Cycle, work: &Work, blocks: &[Block], writes: &[Part]) -> BTreeMap<Slot, Shown> {
    let mut shown: BTreeMap<Slot, Shown> = BTreeMap::new();
    for part in writes {
        let Checked {
            faults, missing, ..
        } = checked(cycle, work, &part.stage);
        for fault in faults {
            shown.entry(fault.slot).or_default().fault = why_unreadable(&fault.why);
        }
        for missing in missing {
            shown.entry(missing.slot).or_default().is_missing = true;
        }
    }
    for KeptDraft { slot, .. } in &work.drafts {
        if let Some(slot) = Slot::parse(slot) {
            shown.entry(slot).or_default().is_draft = true;
        }
    }
    for other in &work.others {
        if let Some(slot) = Slot::parse(&other.slot) {
            let said = (other.by.who().to_owned(), other.typed.clone());
            shown.entry(slot).or_default().other = Some(said);
        }
    }
    for block in blocks {
        for question in block.body.questions() {
            let tells = matches!(question.slot, Slot::Text { .. });
            let planned = matches!(
                block.phase,
                meguri_core::scheme::Phase::Plan | meguri_core::scheme::Phase::Head
            );
            let same = question.last.as_deref() == Some(question.value.as_str());
            if tells && !planned && same && !question.value.is_empty() {
                shown.entry(question.slot.clone()).or_default().as_last_year = true;
            }
        }
    }
    shown
}

fn note_changes(shown: &mut BTreeMap<Slot, Shown>, blocks: &[Block], former: &[form::Question]) {
    let former: BTreeMap<&Slot, &str> =
        former.iter().map(|q| (&q.slot, q.value.as_str())).collect();
    for question in blocks.iter().flat_map(|block| block.body.questions()) {
        let before = former.get(&question.slot).copied().unwrap_or_default();
        if before != question.value {
            let entry = shown.entry(question.slot.clone()).or_default();
            entry.before = Some(before.to_owned());
        }
    }
}

/// The parts whose text somebody may change now.
pub(super) fn writable(cycle: &Cycle, work: &Work, context: &Context) -> Vec<Part> {
    let at = At::new(cycle, context, work);
    let mut parts = Vec::new();
    for stage in &at.state.stages {
        for known in &stage.parts {
            let part = Part {
                stage: stage.key.clone(),
                section: known.section.clone(),
            };
            if at.may_write(&part).is_ok() {
                parts.push(part);
            }
        }
    }
    parts
}

/// What somebody may do with a sheet now, part by part, besides writing.
#[must_use]
pub fn possible(cycle: &Cycle, state: &SheetState, context: &Context) -> Vec<(Part, Action)> {
    possible_of(cycle, state, context, &Action::ALL)
}

/// The same of some actions.
pub(super) fn possible_of(
    cycle: &Cycle,
    state: &SheetState,
    context: &Context,
    actions: &[Action],
) -> Vec<(Part, Action)> {
    let at = At {
        cycle,
        context,
        state: state.clone(),
        last: None,
    };
    let mut can = Vec::new();
    for stage in &state.stages {
        for known in &stage.parts {
            let part = Part {
                stage: stage.key.clone(),
                section: known.section.clone(),
            };
            for action in actions {
                if can_step(&at, &part, *action) {
                    can.push((part.clone(), *action));
                }
            }
        }
    }
    can
}

fn can_step(at: &At<'_>, part: &Part, action: Action) -> bool {
    let stage = at.cycle.route.stage(&part.stage);
    let dates = stage.and_then(|stage| stage.dates);
    let known = at.state.part(&part.stage, part.section.as_deref());
    let dates = known.and_then(|part| part.dates).or(dates);
    let kind = match action {
        Action::Assign => return false,
        Action::BeginDraft => EventKind::DraftBegun,
        Action::ResumeDraft => EventKind::DraftResumed,
        Action::MarkReady => EventKind::MarkedReady,
        Action::MarkChangesMade => EventKind::ChangesMade { answer: None },
        Action::Submit => EventKind::Submitted,
        Action::TakeBack => EventKind::TakenBack,
        Action::BeginCheck => EventKind::CheckBegun,
        Action::Return => EventKind::Returned {
            requests: vec![ChangeRequest {
                field: None,
                words: "x".to_owned(),
                finding: None,
            }],
        },
        Action::Approve => EventKind::Approved,
        Action::TakeBackApproval => EventKind::ApprovalTakenBack,
        Action::Accept => EventKind::Accepted,
        Action::Close => EventKind::Closed,
        Action::Reopen => EventKind::Reopened {
            reason: "x".to_owned(),
        },
        Action::Extend => match dates.and_then(later) {
            Some(dates) => EventKind::Extended { dates },
            None => return false,
        },
        Action::HandOver => EventKind::HandedOver { to: String::new() },
    };
    at.event(part, kind, true).is_ok()
}

fn later(dates: StageDates) -> Option<StageDates> {
    let day = |day: meguri_core::calendar::Day| day.plus_days(1);
    Some(StageDates {
        shown: day(dates.shown)?,
        no_new_from: dates.no_new_from.and_then(day),
        no_change_from: dates.no_change_from.and_then(day),
    })
}
