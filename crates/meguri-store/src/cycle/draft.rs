//! Drafts: one row an answer, changed in place.

use crate::by::By;
use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::{Row, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use std::collections::BTreeSet;

statements! {
    OF_SHEET = "SELECT slot, typed, stamp, who, moment FROM draft \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 ORDER BY slot";
    OTHERS = "SELECT slot, typed, stamp, who, moment FROM draft_other \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 ORDER BY stamp";
    CHANGE = "UPDATE draft SET typed = $5, stamp = $6, who = $7, moment = $8 \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 AND slot = $4";
    CLEAR_SLOT = "DELETE FROM draft \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 AND slot = $4";
    CLEAR_OTHER = "DELETE FROM draft_other \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 AND slot = $4";
    WITH_DRAFTS = "SELECT DISTINCT sheet FROM draft WHERE municipality = $1 AND cycle = $2";
}

inserts! {
    DRAFT = "draft" ["cycle", "sheet", "slot", "typed", "stamp", "who", "moment"];
    OTHER = "draft_other" ["cycle", "sheet", "slot", "stamp", "typed", "who", "moment"];
}

/// A typed answer that is not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDraft {
    /// The key of its slot.
    pub slot: String,
    /// As typed.
    pub typed: String,
    /// Higher with each change of any answer.
    pub stamp: i64,
    /// Who typed it last, and when.
    pub by: By,
}

/// What somebody typed while somebody else typed the same answer.
pub type OtherDraft = KeptDraft;

impl Municipality {
    /// The draft of a sheet, and what lost against it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn draft(&self, cycle: i64, sheet: i64) -> Result<(Vec<KeptDraft>, Vec<OtherDraft>)> {
        let mut reading = self.read().await?;
        let drafts = of_sheet(&mut reading, cycle, sheet).await?;
        Ok((drafts, others(&mut reading, cycle, sheet).await?))
    }

    /// The sheets of a cycle on which something is typed and not sent.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn drafted(&self, cycle: i64) -> Result<BTreeSet<i64>> {
        let mut reading = self.read().await?;
        let rows = reading.rows(WITH_DRAFTS, &[cycle.into()]).await?;
        rows.iter().map(|row| row.integer(0)).collect()
    }
}

fn draft(row: &Row) -> Result<KeptDraft> {
    Ok(KeptDraft {
        slot: row.text(0)?,
        typed: row.text(1)?,
        stamp: row.integer(2)?,
        by: By::kept(row.text(3)?, row.text(4)?),
    })
}

pub(super) async fn of_sheet(
    reading: &mut ReadTx,
    cycle: i64,
    sheet: i64,
) -> Result<Vec<KeptDraft>> {
    let rows = reading
        .rows(OF_SHEET, &[cycle.into(), sheet.into()])
        .await?;
    rows.iter().map(draft).collect()
}

pub(super) async fn others(
    reading: &mut ReadTx,
    cycle: i64,
    sheet: i64,
) -> Result<Vec<OtherDraft>> {
    let rows = reading.rows(OTHERS, &[cycle.into(), sheet.into()]).await?;
    rows.iter().map(draft).collect()
}

/// Writes one answer; `None` takes it out of the draft.
pub(super) async fn put(
    writing: &mut WriteTx,
    (cycle, sheet): (i64, i64),
    slot: &str,
    typed: Option<&str>,
    by: &By,
) -> Result<()> {
    let Some(typed) = typed else {
        let args = [cycle.into(), sheet.into(), slot.into()];
        writing.execute(CLEAR_SLOT, &args).await?;
        writing.execute(CLEAR_OTHER, &args).await?;
        return Ok(());
    };
    let stamp = writing.next_id();
    let args = [
        cycle.into(),
        sheet.into(),
        slot.into(),
        typed.into(),
        stamp.into(),
        by.who().into(),
        by.moment().into(),
    ];
    if writing.execute(CHANGE, &args).await? == 0 {
        writing.insert(&DRAFT, vec![args.to_vec()]).await?;
    }
    Ok(())
}

/// Keeps what lost beside the draft.
pub(super) async fn put_aside(
    writing: &mut WriteTx,
    (cycle, sheet): (i64, i64),
    slot: &str,
    typed: &str,
    by: &By,
) -> Result<()> {
    let stamp = writing.next_id();
    let row = vec![
        cycle.into(),
        sheet.into(),
        slot.into(),
        stamp.into(),
        typed.into(),
        by.who().into(),
        by.moment().into(),
    ];
    writing.insert(&OTHER, vec![row]).await
}
