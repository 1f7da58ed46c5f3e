//! Takes what a section filled in its workbook: all of it as drafts of the person who sends it, or
//! nothing.
//!
//! The verdict comes in stages. What is no workbook of ours, or one of another city, cycle or version
//! of the rules, is told first. Then everything that cannot be taken is told at once, each with its
//! cell: places that are lost, and contents that cannot be read. Then what others changed meanwhile,
//! with both texts; the rest is taken only when the person says so. What is clean is written in one
//! transaction, in which all of this is asked once more.

mod judge;

use super::{CycleFault, save_draft};
use crate::actions::Doing;
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused};
use crate::read::work::stamp;
use judge::{Judged, judge};
use meguri_core::fiscal_year::FiscalYear;
use meguri_store::{Municipality, Work, Writing};
use meguri_workbook::archive::{Limits, Unread};
use meguri_workbook::entry::{NotOurs, Returned, ReturnedSheet, returned};
use meguri_workbook::read;
use std::collections::BTreeSet;

pub use meguri_workbook::archive::Limits as WorkbookLimits;

/// What became of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not read.
    Unread(Unread),
    /// It is no entry workbook.
    NotOurs(NotOurs),
    /// It is for something else: each difference, in Japanese.
    Other(Vec<String>),
    /// Some of it cannot be taken; nothing was taken.
    Faults(Vec<CellFault>),
    /// Others changed something meanwhile; nothing was taken.
    Conflicts(Vec<Conflict>),
    /// It was taken.
    Taken(Taken),
}

/// A cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// The sheet of the cycle.
    pub sheet: i64,
    /// Its cell or sheet in the workbook.
    pub place: String,
    /// What is asked there.
    pub label: String,
    /// Why, and what to do.
    pub why: String,
    /// Is it the place that is lost, or the person who may not, and not the content that is wrong?
    pub is_place: bool,
}

/// An answer that was changed by somebody else since the workbook was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The sheet of the cycle.
    pub sheet: i64,
    /// Its cell.
    pub place: String,
    /// What is asked there.
    pub label: String,
    /// What stands there now.
    pub now: String,
    /// What the workbook says.
    pub typed: String,
    /// Who typed what stands there; empty where it was sent already.
    pub who: String,
}

/// What was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The sheets of which something changed: id and name.
    pub sheets: Vec<(i64, String)>,
    /// How many answers changed.
    pub answers: usize,
    /// What was left as it is, since somebody else changed it; both texts are kept.
    pub left: Vec<Conflict>,
    /// Cells whose formula was taken by its result.
    pub formulas: Vec<String>,
}

/// Takes a returned workbook. With `take_rest` what others changed meanwhile stays as it is and the
/// rest is taken.
///
/// # Errors
/// Where the person may write nothing at all, and those of the database.
pub async fn take_workbook(
    city: &Municipality,
    cycle: &Cycle,
    file: &[u8],
    take_rest: bool,
    context: &Context,
) -> Result<Verdict, CycleFault> {
    let leave = context.may_somewhere(Doing::WriteDraft)?;
    let found = match read(file, &Limits::USUAL) {
        Ok(found) => found,
        Err(unread) => return Ok(Verdict::Unread(unread)),
    };
    let workbook = match returned(&found) {
        Ok(workbook) => workbook,
        Err(not_ours) => return Ok(Verdict::NotOurs(not_ours)),
    };
    drop(found);
    let differences = differences(city, cycle, &workbook);
    if !differences.is_empty() {
        return Ok(Verdict::Other(differences));
    }
    let all = looked_at(city, cycle, &workbook, context).await?;
    if let Some(verdict) = refused(&all, take_rest) {
        return Ok(verdict);
    }
    let changed: Vec<i64> = all
        .iter()
        .filter(|j| j.is_change())
        .map(|j| j.sheet)
        .collect();
    // What was found is found again where it is written, by whatever is there then.
    let mut written: Vec<Judged> = Vec::new();
    let decide = |work: &Work| {
        let sheet = workbook.sheets.iter().find(|sheet| sheet.id == work.id);
        let sheet = sheet.ok_or(Judged::default())?;
        let judged = judge(cycle, work, sheet, context);
        if refused(std::slice::from_ref(&judged), take_rest).is_some() {
            return Err(judged);
        }
        let writing =
            writing(cycle, work, &judged, context).map_err(|why| judged.refused(sheet, &why))?;
        written.push(judged);
        Ok(writing)
    };
    let answers = city
        .work_on_all(cycle.kept.id, &changed, leave.by(), decide)
        .await?;
    let late: Vec<Judged> = answers.into_iter().filter_map(Result::err).collect();
    if !late.is_empty() {
        let verdict = refused(&late, take_rest);
        return Ok(verdict.unwrap_or(Verdict::Faults(Vec::new())));
    }
    Ok(Verdict::Taken(taken(&workbook, written)))
}

/// What a workbook is for, where that is not this cycle.
fn differences(city: &Municipality, cycle: &Cycle, workbook: &Returned) -> Vec<String> {
    let (own, its) = (stamp(city, cycle), &workbook.stamp);
    let year = |text: &str| {
        let year = text.parse().ok().and_then(FiscalYear::new);
        year.map_or_else(|| text.to_owned(), |year| year.to_string())
    };
    let mut told = Vec::new();
    if own.municipality != its.municipality {
        told.push(format!(
            "ほかの団体のブックです（団体コード {}）",
            its.municipality
        ));
    }
    if own.plan != its.plan {
        told.push(format!("ほかの計画のブックです（{}）", its.plan));
    }
    if own.year != its.year {
        told.push(format!(
            "ほかの年度のブックです（ブックは{}、この照会は{}）",
            year(&its.year),
            year(&own.year)
        ));
    }
    if told.is_empty() && own.cycle != its.cycle {
        told.push("ほかの照会のブックです".to_owned());
    }
    if told.is_empty() && own.scheme != its.scheme {
        told.push("ブックを取り出したあとに、計画の設定が変わりました".to_owned());
    }
    told
}

/// What the workbook says about each of its sheets as it is now.
async fn looked_at(
    city: &Municipality,
    cycle: &Cycle,
    workbook: &Returned,
    context: &Context,
) -> Result<Vec<Judged>, CycleFault> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for sheet in workbook.sheets.iter().filter(|sheet| seen.insert(sheet.id)) {
        let judged = match city.work_on(cycle.kept.id, sheet.id).await? {
            Some(work) => judge(cycle, &work, sheet, context),
            None => Judged::of(sheet).with_fault(
                sheet,
                "このシートは、照会にありません。入力用ブックを取り直してください",
            ),
        };
        all.push(judged);
    }
    Ok(all)
}

/// The verdict where not all can be taken.
fn refused(all: &[Judged], take_rest: bool) -> Option<Verdict> {
    let mut faults: Vec<CellFault> = all.iter().flat_map(|j| j.faults.clone()).collect();
    if !faults.is_empty() {
        // Lost places first: they explain the rest.
        faults.sort_by_key(|fault| !fault.is_place);
        return Some(Verdict::Faults(faults));
    }
    let conflicts: Vec<Conflict> = all.iter().flat_map(Judged::conflicts).collect();
    (!conflicts.is_empty() && !take_rest).then_some(Verdict::Conflicts(conflicts))
}

/// What is written of a sheet.
fn writing(
    cycle: &Cycle,
    work: &Work,
    judged: &Judged,
    context: &Context,
) -> Result<Writing, StepRefused> {
    let (mut writing, _) = save_draft::decide(cycle, work, &judged.changes, context)?;
    for (slot, typed, _) in &judged.lost {
        writing.aside.push((slot.to_string(), typed.clone()));
    }
    Ok(writing)
}

fn taken(workbook: &Returned, written: Vec<Judged>) -> Taken {
    let mut taken = Taken::default();
    for judged in written {
        let label = |sheet: &&ReturnedSheet| sheet.id == judged.sheet;
        let label = workbook
            .sheets
            .iter()
            .find(label)
            .map(|sheet| sheet.label.clone());
        taken.answers += judged.changes.len();
        taken.left.extend(judged.conflicts());
        taken.formulas.extend(judged.formulas);
        taken.sheets.push((judged.sheet, label.unwrap_or_default()));
    }
    taken
}
