//! The year's work (照会): cycles, the events of their sheets, drafts and comments.
//!
//! Where a sheet stands is kept nowhere: `meguri_core::workflow` computes it from the events. A write
//! reads what it decides by and writes what was decided in one transaction ([`Municipality::work`]),
//! so that two people who act at the same moment cannot both win. Drafts are changed in place and
//! leave no line in the audit; a submit makes a version of the sheet, which does.

mod comment;
mod draft;
mod event;
mod open;
mod work;

pub use comment::{CommentKind, KeptComment, NewComment};
pub use draft::{KeptDraft, OtherDraft};
pub use event::KeptEvent;
pub use open::OpeningCycle;
pub use work::{Work, Writing};

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::scheme::fiscal_year;
use crate::sql::{Row, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::calendar::Day;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::workflow::StageDates;
use std::collections::BTreeMap;

statements! {
    CYCLES = "SELECT c.id, p.key, c.year, c.document, c.label, c.who, c.moment, \
        g.scheme_plan, g.scheme_version, g.scheme_edition FROM cycle c \
        JOIN plan p ON p.municipality = c.municipality AND p.id = c.plan \
        JOIN record r ON r.municipality = c.municipality AND r.id = c.document \
        LEFT JOIN reading g ON g.municipality = c.municipality AND g.document = c.document \
        AND g.version = r.reading \
        WHERE c.municipality = $1 AND c.id BETWEEN $2 AND $3 ORDER BY c.year DESC, c.id";
    STAGES = "SELECT stage, shown, no_new_from, no_change_from FROM cycle_stage \
        WHERE municipality = $1 AND cycle = $2 ORDER BY act";
    PLAN_OF = "SELECT plan FROM document WHERE municipality = $1 AND id = $2";
    SHEETS = "SELECT s.id, s.label FROM cycle c \
        JOIN record r ON r.municipality = c.municipality AND r.id = c.document \
        JOIN document_sheet o ON o.municipality = c.municipality AND o.document = c.document \
        AND o.version = r.reading \
        JOIN sheet s ON s.municipality = o.municipality AND s.id = o.sheet \
        WHERE c.municipality = $1 AND c.id = $2 ORDER BY o.place";
    IS_OF = "SELECT o.sheet FROM cycle c \
        JOIN record r ON r.municipality = c.municipality AND r.id = c.document \
        JOIN document_sheet o ON o.municipality = c.municipality AND o.document = c.document \
        AND o.version = r.reading \
        WHERE c.municipality = $1 AND c.id = $2 AND o.sheet = $3";
    LEVEL = "SELECT n.level FROM sheet s JOIN node n ON n.municipality = s.municipality \
        AND n.id = s.node WHERE s.municipality = $1 AND s.id = $2";
    /// The newest sheet of an earlier year about the same node.
    BEFORE = "SELECT o.id FROM sheet s JOIN sheet o ON o.municipality = s.municipality \
        AND o.plan = s.plan AND o.node = s.node AND o.year < s.year \
        WHERE s.municipality = $1 AND s.id = $2 ORDER BY o.year DESC LIMIT 1";
    SEEN = "SELECT sheet, sheet_version FROM sheet_seen \
        WHERE municipality = $1 AND cycle = $2 AND who = $3";
    SEE = "UPDATE sheet_seen SET sheet_version = $5, moment = $6 \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 AND who = $4";
}

inserts! {
    CYCLE = "cycle" ["id", "act", "plan", "year", "document", "label", "who", "moment"];
    STAGE = "cycle_stage" [
        "cycle", "stage", "act", "shown", "no_new_from", "no_change_from", "who", "moment",
    ];
    SEEN_ROW = "sheet_seen" ["cycle", "sheet", "who", "sheet_version", "moment"];
}

/// Statements of the parts.
pub(crate) const OF_PARTS: [&[(&str, crate::sql::Sql<'static>)]; 3] =
    [event::STATEMENTS, draft::STATEMENTS, comment::STATEMENTS];
/// Inserts of the parts.
pub(crate) const INSERTS_OF_PARTS: [&[crate::sql::Insert<'static>]; 3] =
    [event::INSERTS, draft::INSERTS, comment::INSERTS];

/// A cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCycle {
    /// Its id.
    pub id: i64,
    /// Key of its plan.
    pub plan: String,
    /// The evaluated year.
    pub year: FiscalYear,
    /// The document that holds its sheets.
    pub document: i64,
    /// Its name for a person.
    pub label: String,
    /// Plan, version and edition of the scheme that rules its sheets.
    pub scheme: Option<(String, String, i64)>,
    /// Who opened it and when.
    pub by: By,
    /// The days of its stages by key; `None` = without days. A stage that is not here has those of
    /// the scheme.
    pub stages: BTreeMap<String, Option<StageDates>>,
}

impl Municipality {
    /// All cycles, the newest year first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cycles(&self) -> Result<Vec<KeptCycle>> {
        listed(&mut self.read().await?).await
    }

    /// A cycle by its id.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cycle(&self, id: i64) -> Result<Option<KeptCycle>> {
        find(&mut self.read().await?, id).await
    }

    /// The sheets of a cycle in the order of their document, each with its label.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cycle_sheets(&self, cycle: i64) -> Result<Vec<(i64, String)>> {
        let mut reading = self.read().await?;
        let rows = reading.rows(SHEETS, &[cycle.into()]).await?;
        let sheet = |row: &Row| Ok((row.integer(0)?, row.text(1)?));
        rows.iter().map(sheet).collect()
    }

    /// The version of each sheet of a cycle that an account looked at last.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn seen(&self, cycle: i64, who: &str) -> Result<BTreeMap<i64, i64>> {
        let mut reading = self.read().await?;
        let rows = reading.rows(SEEN, &[cycle.into(), who.into()]).await?;
        let seen = |row: &Row| Ok((row.integer(0)?, row.integer(1)?));
        rows.iter().map(seen).collect()
    }
}

impl Municipality {
    /// Notes whom somebody reminded of the sheets of a cycle, one line each; nothing else is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_reminders(&self, cycle: i64, people: &[String], by: &By) -> Result<()> {
        let writing = self.write().await?;
        let line = AuditEntry::new(Action::Remind, format!("cycle {cycle}"));
        writing
            .commit(by, vec![line.after(people.join("\n"))])
            .await
    }
}

/// Notes that somebody looked at a version of a sheet.
async fn see(
    writing: &mut WriteTx,
    (cycle, sheet): (i64, i64),
    version: i64,
    by: &By,
) -> Result<()> {
    let args = [
        cycle.into(),
        sheet.into(),
        by.who().into(),
        version.into(),
        by.moment().into(),
    ];
    if writing.execute(SEE, &args).await? == 0 {
        writing.insert(&SEEN_ROW, vec![args.to_vec()]).await?;
    }
    Ok(())
}

pub(crate) async fn listed(reading: &mut ReadTx) -> Result<Vec<KeptCycle>> {
    between(reading, 0, i64::MAX).await
}

/// The cycles whose ids lie between two, both included.
async fn between(reading: &mut ReadTx, first: i64, last: i64) -> Result<Vec<KeptCycle>> {
    let rows = reading.rows(CYCLES, &[first.into(), last.into()]).await?;
    let mut cycles = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = row.integer(0)?;
        cycles.push(KeptCycle {
            id,
            plan: row.text(1)?,
            year: fiscal_year(row.integer(2)?)?,
            document: row.integer(3)?,
            label: row.text(4)?,
            scheme: match (
                row.maybe_text(7)?,
                row.maybe_text(8)?,
                row.maybe_integer(9)?,
            ) {
                (Some(plan), Some(version), Some(edition)) => Some((plan, version, edition)),
                _ => None,
            },
            by: By::kept(row.text(5)?, row.text(6)?),
            stages: stages(reading, id).await?,
        });
    }
    Ok(cycles)
}

async fn stages(reading: &mut ReadTx, cycle: i64) -> Result<BTreeMap<String, Option<StageDates>>> {
    let rows = reading.rows(STAGES, &[cycle.into()]).await?;
    let stage = |row: &Row| Ok((row.text(0)?, dates_of(row, 1)?));
    rows.iter().map(stage).collect()
}

pub(crate) async fn find(reading: &mut ReadTx, id: i64) -> Result<Option<KeptCycle>> {
    Ok(between(reading, id, id).await?.pop())
}

pub(crate) fn no_cycle() -> Error {
    Error::invalid("指定された照会はありません。")
}

/// The three days of columns from `first` on; `None` where the first is empty.
fn dates_of(row: &Row, first: usize) -> Result<Option<StageDates>> {
    let Some(shown) = day(row.maybe_text(first)?)? else {
        return Ok(None);
    };
    Ok(Some(StageDates {
        shown,
        no_new_from: day(row.maybe_text(first + 1)?)?,
        no_change_from: day(row.maybe_text(first + 2)?)?,
    }))
}

fn day(text: Option<String>) -> Result<Option<Day>> {
    let parse =
        |text: String| Day::parse(&text).ok_or_else(|| Error::damaged(format!("day: {text}")));
    text.map(parse).transpose()
}

/// The three days as texts.
fn columns_of(dates: Option<StageDates>) -> [Option<String>; 3] {
    [
        dates.map(|dates| dates.shown.iso()),
        dates.and_then(|dates| dates.no_new_from).map(Day::iso),
        dates.and_then(|dates| dates.no_change_from).map(Day::iso),
    ]
}
