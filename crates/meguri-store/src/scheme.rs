//! Schemes (評価の仕組み) as written, by plan and version.
//!
//! The text is kept, not the parsed scheme: what a file means is for the program to say, and the
//! sheet of 2021 is for ever shown by the text of 2021. A changed text of the same version is a new
//! edition beside the old one.

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::seal::Subject;
use crate::sql::{Row, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::fiscal_year::FiscalYear;

statements! {
    LAST = "SELECT edition, written FROM scheme \
            WHERE municipality = $1 AND plan = $2 AND version = $3 ORDER BY edition DESC LIMIT 1";
    TEXT = "SELECT written FROM scheme \
            WHERE municipality = $1 AND plan = $2 AND version = $3 AND edition = $4";
    ALL = "SELECT plan, version, edition, valid_from, valid_until, written, who, moment \
           FROM scheme WHERE municipality = $1 ORDER BY plan, valid_from, version, edition";
}

inserts! {
    SCHEME = "scheme" [
        "plan", "version", "edition", "valid_from", "valid_until", "written", "who", "moment",
    ];
}

/// A scheme as a city writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeText {
    /// Key of the plan.
    pub plan: String,
    /// Name of the version.
    pub version: String,
    /// First evaluated year that it rules.
    pub valid_from: FiscalYear,
    /// Last evaluated year; `None` = until another version follows.
    pub valid_until: Option<FiscalYear>,
    /// The file, as written.
    pub written: String,
}

/// A scheme that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptScheme {
    /// The scheme.
    pub scheme: SchemeText,
    /// Edition of the version, from 1.
    pub edition: i64,
    /// Who kept it and when.
    pub by: By,
}

/// Keeps a scheme, unless its last edition is the same; the edition, and the line for the audit.
pub(crate) async fn save(
    writing: &mut WriteTx,
    scheme: &SchemeText,
    by: &By,
) -> Result<(i64, Option<AuditEntry>)> {
    let key = [(&scheme.plan).into(), (&scheme.version).into()];
    let last = writing.reading().row(LAST, &key).await?;
    let last = match last {
        Some(row) => Some((row.integer(0)?, row.text(1)?)),
        None => None,
    };
    if let Some((edition, written)) = &last
        && *written == scheme.written
    {
        return Ok((*edition, None));
    }
    let edition = last.as_ref().map_or(1, |(edition, _)| edition + 1);
    let year = |year: FiscalYear| i64::from(year.calendar_year());
    let row = vec![
        (&scheme.plan).into(),
        (&scheme.version).into(),
        edition.into(),
        year(scheme.valid_from).into(),
        scheme.valid_until.map(year).into(),
        (&scheme.written).into(),
        by.who().into(),
        by.moment().into(),
    ];
    writing.insert(&SCHEME, vec![row]).await?;
    let subject = format!("scheme {} {} {edition}", scheme.plan, scheme.version);
    let entry = AuditEntry::new(Action::SaveScheme, subject)
        .after(&scheme.written)
        .seals(Subject::Scheme(
            scheme.plan.clone(),
            scheme.version.clone(),
            edition,
        ));
    let entry = match last {
        Some((_, before)) => entry.before(before),
        None => entry,
    };
    Ok((edition, Some(entry)))
}

/// The text of an edition of a scheme.
pub(crate) async fn text(
    reading: &mut ReadTx,
    plan: &str,
    version: &str,
    edition: i64,
) -> Result<Option<String>> {
    let args = [plan.into(), version.into(), edition.into()];
    let row = reading.row(TEXT, &args).await?;
    row.map(|row| row.text(0)).transpose()
}

impl Municipality {
    /// Keeps a scheme; its edition. The same text again changes nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn save_scheme(&self, scheme: &SchemeText, by: &By) -> Result<i64> {
        let mut writing = self.write().await?;
        let (edition, entry) = save(&mut writing, scheme, by).await?;
        if let Some(entry) = entry {
            writing.commit(by, vec![entry]).await?;
        }
        Ok(edition)
    }

    /// All schemes with all their editions, by plan and years.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn schemes(&self) -> Result<Vec<KeptScheme>> {
        let mut reading = self.read().await?;
        let rows = reading.rows(ALL, &[]).await?;
        rows.iter().map(kept).collect()
    }
}

fn kept(row: &Row) -> Result<KeptScheme> {
    let scheme = SchemeText {
        plan: row.text(0)?,
        version: row.text(1)?,
        valid_from: fiscal_year(row.integer(3)?)?,
        valid_until: row.maybe_integer(4)?.map(fiscal_year).transpose()?,
        written: row.text(5)?,
    };
    Ok(KeptScheme {
        scheme,
        edition: row.integer(2)?,
        by: By::kept(row.text(6)?, row.text(7)?),
    })
}

/// A year as kept.
pub(crate) fn fiscal_year(year: i64) -> Result<FiscalYear> {
    u16::try_from(year)
        .ok()
        .and_then(FiscalYear::new)
        .ok_or_else(|| Error::damaged(format!("{year} is no fiscal year")))
}
