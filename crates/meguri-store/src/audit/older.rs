//! Lines of the first versions, which have no seal: what they say in words is compared with the
//! rows. That is the printed text of every value, the sheets of a publication, who did it and when;
//! the number behind a printed figure is in no such line.

use super::contents::Telling;
use crate::audit::hex;
use crate::error::Result;
use crate::seal::Subject;
use crate::sql::{Row, statements};
use crate::transaction::ReadTx;
use crate::{document, value};
use sha2::{Digest, Sha256};

statements! {
    FINDINGS = "SELECT COUNT(*) FROM finding \
                WHERE municipality = $1 AND document = $2 AND run = $3";
    PUBLISHED = "SELECT version, note, who, moment, (SELECT COUNT(*) FROM publication_finding f \
                 WHERE f.municipality = p.municipality AND f.document = p.document \
                 AND f.number = p.number) FROM publication p \
                 WHERE p.municipality = $1 AND p.document = $2 AND p.number = $3";
    SHEETS = "SELECT sheet, sheet_reading, sheet_version, edition FROM publication_sheet \
              WHERE municipality = $1 AND document = $2 AND number = $3 ORDER BY place";
    WITHDRAWN = "SELECT first_number, last_number, reason, who, moment FROM withdrawal \
                 WHERE municipality = $1 AND document = $2 AND number = $3";
    CHANGED = "SELECT v.part, v.item, v.field, v.year, v.place, v.meaning, v.text, v.number, \
               v.amount, v.unit, v.about, v.line, v.settled FROM value v \
               WHERE v.municipality = $1 AND v.record = $2 AND v.version = $3";
    ACCEPTED = "SELECT accepted, reason, who, moment FROM acceptance \
                WHERE municipality = $1 AND document = $2 AND fingerprint = $3 AND number = $4";
    WRITTEN = "SELECT written, who, moment FROM scheme WHERE municipality = $1 AND plan = $2 \
               AND version = $3 AND edition = $4";
    DECIDED = "SELECT same, key_a, key_b, reason, who, moment FROM decision \
               WHERE municipality = $1 AND number = $2";
    NAMES = "SELECT name FROM section WHERE municipality = $1 AND edition = $2 ORDER BY place";
}

/// Do the rows say what the line says?
pub(super) async fn holds(reading: &mut ReadTx, telling: &Telling<'_>) -> Result<bool> {
    let words = telling.words;
    match &telling.subject {
        Subject::Document(id, version) => of_document(reading, *id, *version, words).await,
        Subject::Record(id, version) => {
            let args = [(*id).into(), (*version).into()];
            let rows = reading.rows(CHANGED, &args).await?;
            let entries = rows.iter().map(value::Entry::of);
            let mut entries = entries.collect::<Result<Vec<_>>>()?;
            // What is gone stands behind what is new or different.
            let removed = |entry: &value::Entry| entry.held == value::Held::Removed;
            entries.sort_by(|a, b| (removed(a), &a.key).cmp(&(removed(b), &b.key)));
            Ok(value::in_words(&entries) == words)
        }
        Subject::Run(document, run) => {
            let args = [(*document).into(), (*run).into()];
            let row = reading.row(FINDINGS, &args).await?;
            let count = row.map_or(Ok(0), |row| row.integer(0))?;
            Ok(words == format!("{count} findings"))
        }
        Subject::Publication(document, number) => {
            of_publication(reading, *document, *number, telling).await
        }
        Subject::Withdrawal(document, number) => {
            let args = [(*document).into(), (*number).into()];
            let row = reading.row(WITHDRAWN, &args).await?;
            let Some(row) = row else { return Ok(false) };
            let (first, last) = (row.integer(0)?, row.integer(1)?);
            let subject = format!("document {document} publications {first}-{last}");
            Ok(
                subject == telling.line.subject
                    && row.text(2)? == words
                    && is_by(&row, 3, telling)?,
            )
        }
        rest => of_decisions(reading, rest, telling).await,
    }
}

/// Acceptances, decisions, lists and schemes.
async fn of_decisions(
    reading: &mut ReadTx,
    subject: &Subject,
    telling: &Telling<'_>,
) -> Result<bool> {
    let words = telling.words;
    match subject {
        Subject::Acceptance(document, print, number) => {
            let args = [(*document).into(), print.into(), (*number).into()];
            let row = reading.row(ACCEPTED, &args).await?;
            let Some(row) = row else { return Ok(false) };
            let word = if row.integer(0)? == 0 {
                "open"
            } else {
                "accepted"
            };
            let said = format!("{word}: {}", row.text(1)?);
            Ok(said == words && is_by(&row, 2, telling)?)
        }
        Subject::Scheme(plan, version, edition) => {
            let args = [plan.into(), version.into(), (*edition).into()];
            let row = reading.row(WRITTEN, &args).await?;
            let Some(row) = row else { return Ok(false) };
            Ok(row.text(0)? == words && is_by(&row, 1, telling)?)
        }
        Subject::Decision(number) => {
            let row = reading.row(DECIDED, &[(*number).into()]).await?;
            let Some(row) = row else { return Ok(false) };
            let word = if row.integer(0)? == 0 {
                "different"
            } else {
                "same"
            };
            let (one, other, reason) = (row.text(1)?, row.text(2)?, row.text(3)?);
            let said = format!("{word}\n{one}\n{other}\n{reason}");
            Ok(said == words && is_by(&row, 4, telling)?)
        }
        Subject::Sections(edition) => {
            let rows = reading.rows(NAMES, &[(*edition).into()]).await?;
            let names = rows.iter().map(|row| row.text(0));
            Ok(names.collect::<Result<Vec<_>>>()?.join("、") == words)
        }
        _ => Ok(true),
    }
}

/// Who did it and when, in two columns.
fn is_by(row: &Row, column: usize, telling: &Telling<'_>) -> Result<bool> {
    let by = &telling.line.by;
    Ok(row.text(column)? == by.who() && row.text(column + 1)? == by.moment())
}

/// The digest over the words of all values, in the order in which a document has them.
async fn of_document(reading: &mut ReadTx, id: i64, version: i64, words: &str) -> Result<bool> {
    let Some(said) = words.lines().rev().find(|l| l.starts_with("values ")) else {
        return Ok(true);
    };
    let Some(paper) = document::paper(reading, id, version).await? else {
        return Ok(false);
    };
    if !words.starts_with(&format!("{}\n", paper.document.name)) {
        return Ok(false);
    }
    let mut hasher = Sha256::new();
    let mut count = 0_usize;
    let mut add = |entry: &value::Entry| {
        hasher.update(entry.in_words());
        hasher.update([0]);
        count += 1;
    };
    value::of_document(&paper.document)
        .iter()
        .for_each(&mut add);
    let sheets = value::of_document_sheets(reading, id, version).await?;
    for sheet in document::placed(reading, id, version).await? {
        let mut entries = sheets.get(&sheet).cloned().unwrap_or_default();
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        entries.iter().for_each(&mut add);
    }
    Ok(said == format!("values {count} sha256 {}", hex(&hasher.finalize())))
}

async fn of_publication(
    reading: &mut ReadTx,
    document: i64,
    number: i64,
    telling: &Telling<'_>,
) -> Result<bool> {
    let args = [document.into(), number.into()];
    let Some(row) = reading.row(PUBLISHED, &args).await? else {
        return Ok(false);
    };
    let rows = reading.rows(SHEETS, &args).await?;
    let mut hasher = Sha256::new();
    for sheet in &rows {
        for column in 0..4 {
            hasher.update(sheet.integer(column)?.to_be_bytes());
        }
    }
    let said = format!(
        "version {}\nsheets {} sha256 {}\nfindings {}\n{}",
        row.integer(0)?,
        rows.len(),
        hex(&hasher.finalize()),
        row.integer(4)?,
        row.text(1)?,
    );
    // Before it stands the name of the document.
    Ok(telling.words.ends_with(&said) && is_by(&row, 2, telling)?)
}
