//! Publishing and withdrawing.

use super::{
    EDITIONS, FINDING, LAST_WITHDRAWAL, PUBLICATION, Publication, PublishedPin, SHEET, WITHDRAWAL,
    findings, heads, pins,
};
use crate::audit::{Action, AuditEntry, hex};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::pin::{self, Pin};
use crate::seal::Subject;
use crate::sql::Arg;
use crate::transaction::{ReadTx, WriteTx};
use crate::{document, finding};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What is to be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publishing {
    /// The document.
    pub document: i64,
    /// 正誤: what it corrects. Needed from the second publication on.
    pub note: String,
    /// Fingerprints of findings of the last checks, each with what the city says about it.
    pub findings: Vec<(String, String)>,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// It is public under this number.
    New(i64),
    /// The publication of this number says the same already: nothing was done.
    Same(i64),
}

/// A finding on its way: run, number, explanation.
type Chosen = (i64, i64, String);

impl Municipality {
    /// Publishes a document as it is in force: its reading, the version of each sheet, and the
    /// findings that were chosen.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such document or finding, or no note where one is
    /// needed, and those of the database.
    pub async fn publish(&self, publishing: &Publishing, by: &By) -> Result<Published> {
        let id = publishing.document;
        let mut writing = self.write().await?;
        let reading = writing.reading();
        let known = document::listed(reading).await?;
        let known = known.into_iter().find(|document| document.id == id);
        let document = known.ok_or_else(|| Error::invalid("指定された文書はありません。"))?;
        let former = heads(reading, Some(id)).await?;
        let sheets = numbered(reading, id, document.version).await?;
        let chosen = chosen(reading, publishing).await?;
        if let Some(last) = former.last()
            && last.withdrawn.is_none()
            && is_same(reading, last, document.version, &sheets, &chosen).await?
        {
            return Ok(Published::Same(last.number));
        }
        let number = former.last().map_or(1, |last| last.number + 1);
        if number > 1 && publishing.note.trim().is_empty() {
            return Err(Error::invalid(
                "2回目からの公表には、何を訂正したか（正誤）が必要です。",
            ));
        }
        let head = vec![
            id.into(),
            number.into(),
            document.version.into(),
            publishing.note.trim().into(),
            by.who().into(),
            by.moment().into(),
        ];
        writing.insert(&PUBLICATION, vec![head]).await?;
        insert(&mut writing, (id, number), &sheets, &chosen).await?;
        let after = format!(
            "{}\nversion {}\nsheets {} sha256 {}\nfindings {}\n{}",
            document.name,
            document.version,
            sheets.len(),
            digest(&sheets),
            chosen.len(),
            publishing.note.trim(),
        );
        let line = AuditEntry::new(
            Action::Publish,
            format!("document {id} publication {number}"),
        );
        let line = line.after(after).seals(Subject::Publication(id, number));
        writing.commit(by, vec![line]).await?;
        Ok(Published::New(number))
    }

    /// Withdraws one publication of a document, or all of them with `None`; the numbers that are
    /// withdrawn by it.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is nothing to withdraw or no reason, and those of the
    /// database.
    pub async fn withdraw(
        &self,
        document: i64,
        number: Option<i64>,
        reason: &str,
        by: &By,
    ) -> Result<Vec<i64>> {
        if reason.trim().is_empty() {
            return Err(Error::invalid("取り下げる理由を指定してください。"));
        }
        let mut writing = self.write().await?;
        let former = heads(writing.reading(), Some(document)).await?;
        let meant = |head: &&Publication| number.is_none_or(|number| head.number == number);
        let open = former
            .iter()
            .filter(meant)
            .filter(|head| head.withdrawn.is_none());
        let open: Vec<i64> = open.map(|head| head.number).collect();
        let (Some(first), Some(last)) = (open.first(), open.last()) else {
            let known = former.iter().any(|head| meant(&head));
            return Err(Error::invalid(if known {
                "すでに取り下げられています。"
            } else {
                "指定された公表はありません。"
            }));
        };
        let row = writing
            .reading()
            .row(LAST_WITHDRAWAL, &[document.into()])
            .await?;
        let next = row.map_or(Ok(0), |row| row.integer(0))? + 1;
        let row = vec![
            document.into(),
            next.into(),
            (*first).into(),
            (*last).into(),
            reason.trim().into(),
            by.who().into(),
            by.moment().into(),
        ];
        writing.insert(&WITHDRAWAL, vec![row]).await?;
        let subject = format!("document {document} publications {first}-{last}");
        let line = AuditEntry::new(Action::Withdraw, subject)
            .after(reason.trim())
            .seals(Subject::Withdrawal(document, next));
        writing.commit(by, vec![line]).await?;
        Ok(open)
    }
}

/// The sheets of a document as they are in force, each with its edition: a pin that was published
/// before keeps its number.
async fn numbered(reading: &mut ReadTx, id: i64, version: i64) -> Result<Vec<PublishedPin>> {
    let in_force = pin::in_force(reading, Some(id))
        .await?
        .remove(&id)
        .unwrap_or_default();
    let mut known: BTreeMap<Pin, i64> = BTreeMap::new();
    let mut last: BTreeMap<i64, i64> = BTreeMap::new();
    for row in &reading.rows(EDITIONS, &[id.into(), version.into()]).await? {
        let pin = Pin {
            sheet: row.integer(0)?,
            reading: row.integer(1)?,
            version: row.integer(2)?,
        };
        let edition = row.integer(3)?;
        known.insert(pin, edition);
        let of_sheet = last.entry(pin.sheet).or_default();
        *of_sheet = edition.max(*of_sheet);
    }
    let edition = |pin: Pin| {
        let next = last.get(&pin.sheet).map_or(1, |last| last + 1);
        PublishedPin {
            pin,
            edition: known.get(&pin).copied().unwrap_or(next),
        }
    };
    Ok(in_force.into_iter().map(edition).collect())
}

/// The findings of the last run that were chosen, in the order of the run.
async fn chosen(reading: &mut ReadTx, publishing: &Publishing) -> Result<Vec<Chosen>> {
    if publishing.findings.is_empty() {
        return Ok(Vec::new());
    }
    let run = finding::last_run(reading, publishing.document).await?;
    let found = finding::of_run(reading, publishing.document, run).await?;
    let mut chosen = Vec::new();
    for (print, explanation) in &publishing.findings {
        let before = chosen.len();
        let meant = found
            .iter()
            .filter(|(_, finding)| finding.key.fingerprint == *print);
        chosen.extend(meant.map(|(number, _)| (run, *number, explanation.clone())));
        if chosen.len() == before {
            return Err(Error::invalid(
                "公表するように指定された指摘が、最新の点検の結果にありません。",
            ));
        }
    }
    chosen.sort();
    chosen.dedup_by_key(|(run, number, _)| (*run, *number));
    Ok(chosen)
}

/// Does a publication say the same as what would be published now?
async fn is_same(
    reading: &mut ReadTx,
    last: &Publication,
    version: i64,
    sheets: &[PublishedPin],
    chosen: &[Chosen],
) -> Result<bool> {
    if last.version != version || pins(reading, last.document, last.number).await? != sheets {
        return Ok(false);
    }
    let said = findings(reading, last.document, last.number).await?;
    let said: Vec<_> = said
        .into_iter()
        .map(|f| (f.finding.key.fingerprint, f.explanation))
        .collect();
    let mut now = Vec::new();
    if let Some((run, ..)) = chosen.first() {
        let found = finding::of_run(reading, last.document, *run).await?;
        for (_, number, explanation) in chosen {
            let finding = found.iter().find(|(known, _)| known == number);
            let print = finding.map(|(_, finding)| finding.key.fingerprint.clone());
            now.push((print.unwrap_or_default(), explanation.clone()));
        }
    }
    Ok(said == now)
}

async fn insert(
    writing: &mut WriteTx,
    (document, number): (i64, i64),
    sheets: &[PublishedPin],
    chosen: &[Chosen],
) -> Result<()> {
    let sheet = |(place, published): (i64, &PublishedPin)| {
        let pin = published.pin;
        vec![
            document.into(),
            number.into(),
            place.into(),
            pin.sheet.into(),
            pin.reading.into(),
            pin.version.into(),
            published.edition.into(),
        ]
    };
    writing
        .insert(&SHEET, (0_i64..).zip(sheets).map(sheet).collect())
        .await?;
    let finding = |(place, (run, finding, explanation)): (i64, &'_ Chosen)| {
        let head = [document, number, place, *run, *finding].map(Into::into);
        let mut row = Vec::from(head);
        row.push(Arg::text(explanation.clone()));
        row
    };
    writing
        .insert(&FINDING, (0_i64..).zip(chosen).map(finding).collect())
        .await
}

fn digest(sheets: &[PublishedPin]) -> String {
    let mut hasher = Sha256::new();
    for published in sheets {
        let Pin {
            sheet,
            reading,
            version,
        } = published.pin;
        for number in [sheet, reading, version, published.edition] {
            hasher.update(number.to_be_bytes());
        }
    }
    hex(&hasher.finalize())
}
