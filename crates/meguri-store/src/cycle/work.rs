//! One write to sheets of a cycle: what is there is read, somebody decides, and what was decided is
//! written, in one transaction.

use super::{BEFORE, IS_OF, LEVEL, comment, draft, event, find, no_cycle, see};
use super::{KeptCycle, KeptDraft, KeptEvent, NewComment, OtherDraft};
use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::seal::Subject;
use crate::sheet;
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::evaluation::Sheet;
use meguri_core::workflow::Event;

/// What is there when somebody decides.
#[derive(Clone, Debug)]
pub struct Work {
    /// The cycle.
    pub cycle: KeptCycle,
    /// The sheet.
    pub id: i64,
    /// Its last version.
    pub version: i64,
    /// All that stands on it.
    pub sheet: Sheet,
    /// Key of the level of its node.
    pub level: Option<String>,
    /// The newest sheet of an earlier year about the same node.
    pub last: Option<Sheet>,
    /// Its events in this cycle.
    pub events: Vec<KeptEvent>,
    /// What is typed and not sent.
    pub drafts: Vec<KeptDraft>,
    /// What lost against it.
    pub others: Vec<OtherDraft>,
}

/// What somebody decided. Empty = nothing is to be done.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// Events, in their order.
    pub events: Vec<Event>,
    /// The sheet as it is now, which becomes a version where it differs.
    pub sheet: Option<Sheet>,
    /// Answers of the draft by slot; `None` takes the answer out of it.
    pub drafts: Vec<(String, Option<String>)>,
    /// Answers that lost against others, to be kept beside the draft.
    pub aside: Vec<(String, String)>,
    /// Did who decides look at the sheet as it is? Later changes are shown to them as such.
    pub has_looked: bool,
    /// Comments.
    pub comments: Vec<NewComment>,
}

impl Writing {
    fn is_empty(&self) -> bool {
        self.events.is_empty()
            && self.sheet.is_none()
            && self.drafts.is_empty()
            && self.aside.is_empty()
            && self.comments.is_empty()
    }
}

impl Municipality {
    /// A write to sheets of a cycle: `decide` sees what is there and says what is to be written, or
    /// why not. What was decided for all of them is written in one transaction; the sheets for which
    /// it said no stay as they are. One answer for each sheet, in their order.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such cycle or sheet, and those of the database; nothing is
    /// written then.
    pub async fn work<R: Send>(
        &self,
        cycle: i64,
        sheets: &[i64],
        by: &By,
        decide: impl FnMut(&Work) -> std::result::Result<Writing, R> + Send,
    ) -> Result<Vec<std::result::Result<(), R>>> {
        self.work_if(cycle, sheets, by, decide, |_| true).await
    }

    /// As [`Municipality::work`], but all or nothing: where it said no for one sheet, no other is
    /// written either.
    ///
    /// # Errors
    /// As [`Municipality::work`].
    pub async fn work_on_all<R: Send>(
        &self,
        cycle: i64,
        sheets: &[i64],
        by: &By,
        decide: impl FnMut(&Work) -> std::result::Result<Writing, R> + Send,
    ) -> Result<Vec<std::result::Result<(), R>>> {
        let all = |answers: &[std::result::Result<(), R>]| answers.iter().all(|one| one.is_ok());
        self.work_if(cycle, sheets, by, decide, all).await
    }

    async fn work_if<R: Send>(
        &self,
        cycle: i64,
        sheets: &[i64],
        by: &By,
        mut decide: impl FnMut(&Work) -> std::result::Result<Writing, R> + Send,
        may_commit: impl Fn(&[std::result::Result<(), R>]) -> bool + Send,
    ) -> Result<Vec<std::result::Result<(), R>>> {
        let mut writing = self.write().await?;
        let known = find(writing.reading(), cycle).await?.ok_or_else(no_cycle)?;
        let act = writing.next_id();
        let (mut answers, mut lines, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        let mut wrote = false;
        for id in sheets {
            let work = there(&mut writing, &known, *id).await?;
            match decide(&work) {
                Err(refusal) => answers.push(Err(refusal)),
                Ok(decided) => {
                    wrote |= !decided.is_empty();
                    entries.extend(write(&mut writing, act, &work, &decided, by).await?);
                    lines.extend(
                        decided
                            .events
                            .iter()
                            .map(|event| event::in_words(*id, event)),
                    );
                    let said = |_: &NewComment| format!("sheet {id} comment");
                    lines.extend(decided.comments.iter().map(said));
                    answers.push(Ok(()));
                }
            }
        }
        if !lines.is_empty() {
            let line = AuditEntry::new(Action::WorkOnSheets, format!("act {act}"));
            let after = format!("cycle {cycle}\n{}", lines.join("\n"));
            entries.push(line.after(after).seals(Subject::Act(act)));
        }
        if wrote && may_commit(&answers) {
            writing.commit(by, entries).await?;
        }
        Ok(answers)
    }

    /// What is there of one sheet of a cycle.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn work_on(&self, cycle: i64, sheet: i64) -> Result<Option<Work>> {
        let mut reading = self.read().await?;
        let Some(known) = find(&mut reading, cycle).await? else {
            return Ok(None);
        };
        there_in(&mut reading, &known, sheet).await
    }
}

async fn there(writing: &mut WriteTx, cycle: &KeptCycle, id: i64) -> Result<Work> {
    let work = there_in(writing.reading(), cycle, id).await?;
    work.ok_or_else(|| Error::invalid("この照会に、指定された評価シートはありません。"))
}

async fn there_in(reading: &mut ReadTx, cycle: &KeptCycle, id: i64) -> Result<Option<Work>> {
    // A sheet that nobody was given yet has no event.
    let is_of = reading.row(IS_OF, &[cycle.id.into(), id.into()]).await?;
    if is_of.is_none() {
        return Ok(None);
    }
    let events = event::of_sheet(reading, cycle.id, id).await?;
    let Some((version, sheet)) = sheet::in_force(reading, id).await? else {
        return Ok(None);
    };
    let level = reading.row(LEVEL, &[id.into()]).await?;
    let before = reading.row(BEFORE, &[id.into()]).await?;
    let last = match before.map(|row| row.integer(0)).transpose()? {
        Some(before) => sheet::in_force(reading, before).await?,
        None => None,
    };
    Ok(Some(Work {
        level: level.map(|row| row.text(0)).transpose()?,
        last: last.map(|(_, sheet)| sheet),
        cycle: cycle.clone(),
        id,
        version,
        sheet,
        events,
        drafts: draft::of_sheet(reading, cycle.id, id).await?,
        others: draft::others(reading, cycle.id, id).await?,
    }))
}

/// Writes what was decided for one sheet; the line of the audit for a new version of it.
async fn write(
    writing: &mut WriteTx,
    act: i64,
    work: &Work,
    decided: &Writing,
    by: &By,
) -> Result<Option<AuditEntry>> {
    let (cycle, id) = (work.cycle.id, work.id);
    let (mut version, mut line) = (work.version, None);
    if let Some(sheet) = &decided.sheet
        && let Some((next, edited)) = sheet::edit(writing, id, work.version, sheet, by).await?
    {
        (version, line) = (next, Some(edited));
    }
    let events: Vec<_> = decided
        .events
        .iter()
        .map(|event| (id, version, event))
        .collect();
    event::save(writing, (cycle, act), by.moment(), &events).await?;
    comment::save(writing, (cycle, id, act), &decided.comments, by).await?;
    if decided.has_looked {
        see(writing, (cycle, id), version, by).await?;
    }
    for (slot, typed) in &decided.drafts {
        draft::put(writing, (cycle, id), slot, typed.as_deref(), by).await?;
    }
    for (slot, typed) in &decided.aside {
        draft::put_aside(writing, (cycle, id), slot, typed, by).await?;
    }
    Ok(line)
}
