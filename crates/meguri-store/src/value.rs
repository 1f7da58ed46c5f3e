//! Values of records: one row for each thing that a paper prints or a person enters, with its
//! place in the paper, in every version.
//!
//! One table holds what a sheet, a document or a project says, whatever it is: a paragraph, a
//! judgement, the target of an indicator in a year, the cost of a listing. So each of them has
//! versions, a line of the source and a degree of certainty in the same way, one statement reads
//! a whole sheet, and two versions are compared row by row. `written.rs` takes core values apart,
//! `read.rs` puts them together.

mod entry;
mod read;
mod read_rows;
mod words;
mod written;
mod written_rows;

pub(crate) use entry::{Entry, Held, Key};
pub(crate) use read::{Sheaf, document, sheet};
pub(crate) use read_rows::{Lines, listing_costs};
pub(crate) use written::{of_document, of_sheet};
pub(crate) use written_rows::Pen;

use crate::error::Result;
use crate::sql::{Row, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use std::collections::BTreeMap;

statements! {
    /// The values on which a version of a record rests: its reading and the changes over it.
    AS_OF = "SELECT v.part, v.item, v.field, v.year, v.place, v.meaning, v.text, v.number, \
             v.amount, v.unit, v.about, v.line, v.settled, v.version, v.record \
             FROM value v JOIN edition e ON e.municipality = v.municipality \
             AND e.record = v.record AND e.version = v.version \
             WHERE v.municipality = $1 AND v.record = $2 AND e.base = $3 AND v.version <= $4 \
             ORDER BY v.version";
    /// The values of all sheets of one reading of a document.
    OF_DOCUMENT_SHEETS = "SELECT v.part, v.item, v.field, v.year, v.place, v.meaning, v.text, \
             v.number, v.amount, v.unit, v.about, v.line, v.settled, v.version, v.record \
             FROM document_sheet d JOIN value v ON v.municipality = d.municipality \
             AND v.record = d.sheet AND v.version = d.sheet_version \
             WHERE d.municipality = $1 AND d.document = $2 AND d.version = $3";
    /// What persons changed in a record, in order.
    CHANGES = "SELECT v.part, v.item, v.field, v.year, v.place, v.meaning, v.text, v.number, \
             v.amount, v.unit, v.about, v.line, v.settled, v.version, v.record \
             FROM value v JOIN edition e ON e.municipality = v.municipality \
             AND e.record = v.record AND e.version = v.version \
             WHERE v.municipality = $1 AND v.record = $2 AND e.base < e.version \
             ORDER BY v.version, v.part, v.item, v.field, v.year, v.place";
}

inserts! {
    VALUE = "value" [
        "record", "version", "part", "item", "field", "year", "place", "meaning", "text", "number",
        "amount", "unit", "about", "line", "settled",
    ];
}

/// One value that a person changed, for showing the history of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version of the sheet that the change made.
    pub version: i64,
    /// The part of the sheet: `text`, `judgement`, `indicator`, `listing` …
    pub part: String,
    /// Which of several in the part, from 0.
    pub item: i64,
    /// The field: a key of the scheme, or `target`, `actual`, `cost` …
    pub field: String,
    /// The fiscal year, by the calendar year in which it begins; 0 = none.
    pub year: i64,
    /// Which of several in the field, from 0.
    pub place: i64,
    /// What it says now, as printed; `None` where it was taken away.
    pub printed: Option<String>,
}

/// Writes values of one version of a record.
pub(crate) async fn save(writing: &mut WriteTx, versions: &[(i64, i64, &[Entry])]) -> Result<()> {
    let mut rows = Vec::new();
    for (record, version, entries) in versions {
        for entry in *entries {
            let mut row = vec![(*record).into(), (*version).into()];
            row.extend(entry.columns());
            rows.push(row);
        }
    }
    writing.insert(&VALUE, rows).await
}

/// The values of a version of a record that rests on the reading `base`.
pub(crate) async fn as_of(
    reading: &mut ReadTx,
    record: i64,
    base: i64,
    version: i64,
) -> Result<Vec<Entry>> {
    let args = [record.into(), base.into(), version.into()];
    let rows = reading.rows(AS_OF, &args).await?;
    let mut latest = BTreeMap::new();
    for row in &rows {
        let entry = Entry::of(row)?;
        latest.insert(entry.key.clone(), entry);
    }
    let kept = latest.into_values();
    Ok(kept.filter(|entry| entry.held != Held::Removed).collect())
}

/// The values of all sheets of one reading of a document, by sheet.
pub(crate) async fn of_document_sheets(
    reading: &mut ReadTx,
    document: i64,
    version: i64,
) -> Result<BTreeMap<i64, Vec<Entry>>> {
    let args = [document.into(), version.into()];
    let mut sheets: BTreeMap<i64, Vec<Entry>> = BTreeMap::new();
    for row in &reading.rows(OF_DOCUMENT_SHEETS, &args).await? {
        let entry = Entry::of(row)?;
        sheets.entry(row.integer(14)?).or_default().push(entry);
    }
    Ok(sheets)
}

/// What persons changed in a record.
pub(crate) async fn changes(reading: &mut ReadTx, record: i64) -> Result<Vec<Change>> {
    let rows = reading.rows(CHANGES, &[record.into()]).await?;
    rows.iter().map(change).collect()
}

fn change(row: &Row) -> Result<Change> {
    let entry = Entry::of(row)?;
    Ok(Change {
        version: row.integer(13)?,
        printed: entry.printed(),
        part: entry.key.part,
        item: entry.key.item,
        field: entry.key.field,
        year: entry.key.year,
        place: entry.key.place,
    })
}

/// The values that make `after` out of `before`: what is new or different, and what is gone.
pub(crate) fn difference(before: &[Entry], after: &[Entry]) -> Vec<Entry> {
    let index = |entries: &'_ [Entry]| -> BTreeMap<Key, Entry> {
        entries.iter().map(|e| (e.key.clone(), e.clone())).collect()
    };
    let (before, after) = (index(before), index(after));
    let gone = before.iter().filter(|(key, _)| !after.contains_key(key));
    let gone = gone.map(|(_, entry)| entry.removed());
    let new = after
        .iter()
        .filter(|(key, entry)| before.get(key) != Some(entry));
    new.map(|(_, entry)| entry.clone()).chain(gone).collect()
}

/// The values in lines for the audit: `judgement/0/grade=A`.
pub(crate) fn in_words(entries: &[Entry]) -> String {
    let lines: Vec<String> = entries.iter().map(Entry::in_words).collect();
    lines.join("\n")
}
