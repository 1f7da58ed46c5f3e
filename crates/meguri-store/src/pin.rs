//! Sheets as they stand at some version, many at once: what a publication pins, and what is in
//! force. A picture of a whole city is read with two statements for every few hundred sheets.

use crate::by::By;
use crate::document::{DocumentRow, KeptPaper};
use crate::error::{Error, Result};
use crate::finding::{self, KeptFinding};
use crate::municipality::Municipality;
use crate::sql::{Arg, Row, Sql, statements};
use crate::transaction::ReadTx;
use crate::value::{self, Entry, Held, Key};
use meguri_core::evaluation::Sheet;
use std::borrow::Cow;
use std::collections::BTreeMap;

statements! {
    /// The sheets of the documents as last read, each with the reading of this document that is in
    /// force and the last change over it. Where another document took the sheet over, the paper's
    /// own reading counts.
    IN_FORCE = "SELECT q.document, q.sheet, q.base, (SELECT MAX(x.version) FROM edition x \
        WHERE x.municipality = q.municipality AND x.record = q.sheet AND x.base = q.base) \
        FROM (SELECT d.municipality, d.id AS document, s.place, s.sheet, \
        CASE WHEN e.document = d.id THEN r.reading ELSE s.sheet_version END AS base \
        FROM document d \
        JOIN record o ON o.municipality = d.municipality AND o.id = d.id \
        JOIN document_sheet s ON s.municipality = d.municipality AND s.document = d.id \
        AND s.version = o.version \
        JOIN record r ON r.municipality = s.municipality AND r.id = s.sheet \
        JOIN edition e ON e.municipality = r.municipality AND e.record = r.id \
        AND e.version = r.reading \
        WHERE d.municipality = $1 AND d.id BETWEEN $2 AND $3) q ORDER BY q.document, q.place";
}

/// Sheets that are read with one pair of statements.
const AT_ONCE: usize = 400;

/// A sheet at a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pin {
    /// Its id.
    pub sheet: i64,
    /// The version whose reading it rests on.
    pub reading: i64,
    /// The last change over that reading; the reading itself where there is none.
    pub version: i64,
}

/// A document as it is in force, with its sheets pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The document.
    pub document: DocumentRow,
    /// Its sheets in order.
    pub pins: Vec<Pin>,
}

/// The sheets of a document, or of all of them with `None`, as they are in force.
pub(crate) async fn in_force(
    reading: &mut ReadTx,
    document: Option<i64>,
) -> Result<BTreeMap<i64, Vec<Pin>>> {
    let (first, last) = document.map_or((i64::MIN, i64::MAX), |id| (id, id));
    let mut found: BTreeMap<i64, Vec<Pin>> = BTreeMap::new();
    for row in &reading.rows(IN_FORCE, &[first.into(), last.into()]).await? {
        let pin = Pin {
            sheet: row.integer(1)?,
            reading: row.integer(2)?,
            version: row.integer(3)?,
        };
        found.entry(row.integer(0)?).or_default().push(pin);
    }
    Ok(found)
}

/// The texts of the two statements for a batch of sheets.
fn texts() -> [String; 2] {
    let places: Vec<String> = (2..AT_ONCE + 2).map(|place| format!("${place}")).collect();
    let places = places.join(", ");
    [
        format!(
            "SELECT e.record, e.version, e.base FROM edition e \
             WHERE e.municipality = $1 AND e.record IN ({places})"
        ),
        format!(
            "SELECT CAST(v.record AS TEXT) || ' ' || CAST(v.version AS TEXT) || ' ' || v.part \
             || ' ' || CAST(v.item AS TEXT) || ' ' || CAST(v.year AS TEXT) || ' ' \
             || CAST(v.place AS TEXT) || ' ' || CAST(v.line AS TEXT) || ' ' || v.settled || ' ' \
             || v.meaning || ' ' || COALESCE(v.number, '') || ' ' \
             || COALESCE(CAST(v.amount AS TEXT), '') || ' ' || COALESCE(v.unit, ''), \
             v.field, v.text, v.about FROM value v \
             WHERE v.municipality = $1 AND v.record IN ({places})"
        ),
    ]
}

/// All texts of this module that are made when needed.
pub(crate) fn all_texts() -> Vec<String> {
    texts().into()
}

/// Sheets at their versions, in the order of the pins.
pub(crate) async fn sheets_at(reading: &mut ReadTx, pins: &[Pin]) -> Result<Vec<Sheet>> {
    let [editions, values] = texts();
    let mut sheets = Vec::with_capacity(pins.len());
    for batch in pins.chunks(AT_ONCE) {
        // The last one fills up the places, so that the text is always the same.
        let last = batch.last().map_or(0, |pin| pin.sheet);
        let ids = batch
            .iter()
            .map(|pin| pin.sheet)
            .chain(std::iter::repeat(last));
        let ids: Vec<Arg<'_>> = ids.take(AT_ONCE).map(Into::into).collect();
        let mut bases = BTreeMap::new();
        for row in &reading.rows(Sql::new(&editions), &ids).await? {
            bases.insert((row.integer(0)?, row.integer(1)?), row.integer(2)?);
        }
        let mut entries: BTreeMap<(i64, i64), Vec<Entry>> = BTreeMap::new();
        for row in &reading.rows(Sql::new(&values), &ids).await? {
            let (record, version, entry) = Entry::packed(row)?;
            entries.entry((record, version)).or_default().push(entry);
        }
        for of_version in entries.values_mut() {
            of_version.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        }
        for pin in batch {
            sheets.push(value::sheet(&standing(*pin, &bases, &entries)?)?);
        }
    }
    Ok(sheets)
}

/// The values on which a pin rests: the reading and the changes over it, the later over the former.
fn standing<'a>(
    pin: Pin,
    bases: &BTreeMap<(i64, i64), i64>,
    entries: &'a BTreeMap<(i64, i64), Vec<Entry>>,
) -> Result<Cow<'a, [Entry]>> {
    if !bases.contains_key(&(pin.sheet, pin.reading)) {
        return Err(Error::damaged(format!(
            "sheet {} version {}",
            pin.sheet, pin.reading
        )));
    }
    // Most sheets are as they were read.
    if pin.version == pin.reading {
        let own = entries.get(&(pin.sheet, pin.reading));
        return Ok(Cow::Borrowed(own.map_or(&[][..], Vec::as_slice)));
    }
    let mut latest: BTreeMap<&Key, &Entry> = BTreeMap::new();
    for (version, base) in bases.range((pin.sheet, pin.reading)..=(pin.sheet, pin.version)) {
        if *base == pin.reading {
            let of_version = entries.get(version).map_or(&[][..], Vec::as_slice);
            latest.extend(of_version.iter().map(|entry| (&entry.key, entry)));
        }
    }
    let kept = latest
        .into_values()
        .filter(|entry| entry.held != Held::Removed);
    Ok(kept.cloned().collect())
}

impl Municipality {
    /// All documents as they are in force, with their sheets pinned, in the order in which they
    /// came.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn in_force(&self) -> Result<Vec<InForce>> {
        let mut reading = self.read().await?;
        let mut pins = in_force(&mut reading, None).await?;
        let documents = crate::document::listed(&mut reading).await?;
        let with_pins = documents.into_iter().map(|document| {
            let pins = pins.remove(&document.id).unwrap_or_default();
            InForce { document, pins }
        });
        Ok(with_pins.collect())
    }

    /// Sheets at their versions, in the order of the pins, however many they are.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where a pin points nowhere.
    pub async fn sheets_at(&self, pins: &[Pin]) -> Result<Vec<Sheet>> {
        sheets_at(&mut self.read().await?, pins).await
    }

    /// A version of a document's reading, without its sheets.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn paper(&self, document: i64, version: i64) -> Result<Option<KeptPaper>> {
        crate::document::paper(&mut self.read().await?, document, version).await
    }

    /// What the last checks found in all documents.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn all_findings(&self) -> Result<Vec<KeptFinding>> {
        finding::of_all(&mut self.read().await?).await
    }
}

/// Who keeps a document, for lists of this crate.
pub(crate) fn by(row: &Row, who: usize) -> Result<By> {
    Ok(By::kept(row.text(who)?, row.text(who + 1)?))
}
