//! Keeping a document: its reading, then its sheets, each as a new version.

use super::{
    BY_ID, BY_SOURCE, DOCUMENT, DOCUMENT_SHEET, DOCUMENT_SOURCE, KNOWN_SHEETS, KeptDocument,
    LAST_SOURCE, Outcome, READING, SHEET, SHEETS, SHEETS_BEFORE, Saved, Saving, load,
};
use crate::audit::{Action, AuditEntry, hex};
use crate::by::By;
use crate::error::{Error, Result};
use crate::seal::Subject;
use crate::sql::{Arg, Row};
use crate::transaction::{ReadTx, WriteTx};
use crate::value::{self, Entry};
use crate::{plan, record, scheme, sheet, source};
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::text::name_key;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A sheet on its way into the database.
struct Coming {
    id: i64,
    /// Version before; 0 for a sheet that is new.
    before: i64,
    version: i64,
    year: i64,
    key: String,
    node: Option<i64>,
    /// A person changed the reading in force.
    edited: bool,
    entries: Vec<Entry>,
}

/// A sheet that is there already.
#[derive(Clone)]
struct Known {
    id: i64,
    version: i64,
    year: i64,
    edited: bool,
}

/// The document as it was, where the file is known.
struct Before {
    id: i64,
    version: i64,
    /// Its sheets by key, those whose key stands for one sheet only.
    by_key: BTreeMap<String, Known>,
    sheets: BTreeMap<i64, (i64, Vec<Entry>)>,
}

/// Keeps a document, unless it is kept already; what was done, and the lines for the audit.
pub(crate) async fn save(
    writing: &mut WriteTx,
    of: Option<i64>,
    saving: &Saving<'_>,
    by: &By,
) -> Result<(Saved, Vec<AuditEntry>)> {
    let document = saving.document;
    let hash = source::save(writing, saving.source, by).await?;
    let mut lines = Vec::new();
    let mut ruled = None;
    if let Some(text) = saving.scheme {
        let (edition, line) = scheme::save(writing, text, by).await?;
        lines.extend(line);
        ruled = Some((text, edition));
    }
    let scheme = ruled.map(|(text, edition)| (text.plan.as_str(), text.version.as_str(), edition));
    let before = match before(writing, document, of, &hash, scheme).await? {
        Ok(same) => return Ok((same, lines)),
        Err(before) => before,
    };
    let (plan, nodes) = plan::save(writing, &document.plan).await?;
    let (id, version) = head(writing, document, plan, &hash, before.as_ref(), by).await?;
    reading(writing, document, id, version, scheme).await?;
    let entries = value::of_document(document);
    value::save(writing, &[(id, version, &entries)]).await?;
    let coming = coming(writing, document, plan, &nodes, before.as_ref()).await?;
    let held_back = sheets(writing, document, plan, id, &coming, by).await?;
    place_sheets(writing, id, version, &coming).await?;
    let saved = Saved {
        document: id,
        version,
        outcome: if before.is_some() {
            Outcome::Reread
        } else {
            Outcome::New
        },
        sheets: coming.iter().map(|sheet| sheet.id).collect(),
        held_back,
    };
    lines.push(line(&saved, document, &hash, &entries, &coming));
    Ok((saved, lines))
}

/// The document as it was kept: `Ok` where it is the same and ruled by the same scheme, else what a
/// new version needs to know.
async fn before(
    writing: &mut WriteTx,
    document: &Document,
    of: Option<i64>,
    hash: &str,
    scheme: Option<(&str, &str, i64)>,
) -> Result<std::result::Result<Saved, Option<Before>>> {
    let reading = writing.reading();
    let row = find(reading, &document.family, of, hash).await?;
    let Some((id, version)) = row else {
        return match of {
            Some(_) => Err(Error::invalid("指定された文書はありません。")),
            None => Ok(Err(None)),
        };
    };
    let kept = load::load(reading, id).await?;
    if let Some(kept) = kept
        && is_same(&kept.document, document)
        && scheme.is_none_or(|scheme| is_ruled_by(&kept, scheme))
    {
        return Ok(Ok(Saved {
            document: id,
            version,
            outcome: Outcome::Same,
            sheets: kept.sheets,
            held_back: Vec::new(),
        }));
    }
    let values = value::of_document_sheets(reading, id, version).await?;
    let mut versions = BTreeMap::new();
    for row in &reading.rows(SHEETS, &[id.into(), version.into()]).await? {
        versions.insert(row.integer(0)?, row.integer(1)?);
    }
    let sheets = values.into_iter().filter_map(|(sheet, mut entries)| {
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        Some((sheet, (*versions.get(&sheet)?, entries)))
    });
    let sheets = sheets.collect();
    let by_key = sheets_before(reading, id, version).await?;
    Ok(Err(Some(Before {
        id,
        version,
        by_key,
        sheets,
    })))
}

/// The sheets of a document by key. A sheet whose year was not read so far, or was read otherwise,
/// is found by it and keeps its id. The row of the sheet is sealed with the year under which it came
/// first; its values have the year that was read last.
async fn sheets_before(
    reading: &mut ReadTx,
    id: i64,
    version: i64,
) -> Result<BTreeMap<String, Known>> {
    let mut by_key: BTreeMap<String, Option<Known>> = BTreeMap::new();
    let rows = reading
        .rows(SHEETS_BEFORE, &[id.into(), version.into()])
        .await?;
    for row in &rows {
        let known = known_of(row)?;
        by_key
            .entry(row.text(2)?)
            .and_modify(|known| *known = None)
            .or_insert(Some(known));
    }
    let single = by_key.into_iter();
    Ok(single
        .filter_map(|(key, known)| Some((key, known?)))
        .collect())
}

/// A row of [`SHEETS_BEFORE`] or [`KNOWN_SHEETS`].
fn known_of(row: &Row) -> Result<Known> {
    Ok(Known {
        id: row.integer(0)?,
        year: row.integer(1)?,
        version: row.integer(3)?,
        edited: row.integer(4)? > 0,
    })
}

/// Id and version of the document that is meant, or that was read from the file.
pub(super) async fn find(
    reading: &mut ReadTx,
    family: &str,
    of: Option<i64>,
    hash: &str,
) -> Result<Option<(i64, i64)>> {
    let row = match of {
        Some(id) => reading.row(BY_ID, &[family.into(), id.into()]).await?,
        None => {
            reading
                .row(BY_SOURCE, &[family.into(), hash.into()])
                .await?
        }
    };
    row.map(|row| Ok((row.integer(0)?, row.integer(1)?)))
        .transpose()
}

fn is_ruled_by(kept: &KeptDocument, scheme: (&str, &str, i64)) -> bool {
    let known = kept.scheme.as_ref();
    known.is_some_and(|(plan, version, edition)| {
        (plan.as_str(), version.as_str(), *edition) == scheme
    })
}

/// The same reading; the name is the person's affair, and values are compared as they are kept.
fn is_same(kept: &Document, document: &Document) -> bool {
    value::of_document(kept) == value::of_document(document)
        && kept.lines == document.lines
        && kept.sheets.len() == document.sheets.len()
        && kept
            .sheets
            .iter()
            .zip(&document.sheets)
            .all(|(a, b)| value::of_sheet(a) == value::of_sheet(b))
}

/// The rows of the document itself; its id and the version of its reading.
async fn head(
    writing: &mut WriteTx,
    document: &Document,
    plan: i64,
    hash: &str,
    before: Option<&Before>,
    by: &By,
) -> Result<(i64, i64)> {
    let (id, version) = match before {
        Some(before) => {
            let version = before.version + 1;
            let args = [before.id.into(), version.into()];
            writing.execute(record::MOVE_READING, &args).await?;
            (before.id, version)
        }
        None => {
            let id = writing.next_id();
            let record = vec![record::row(id, "document")];
            writing.insert(&record::RECORD, record).await?;
            let row = vec![
                id.into(),
                plan.into(),
                (&document.family).into(),
                (&document.name).into(),
                hash.into(),
            ];
            writing.insert(&DOCUMENT, vec![row]).await?;
            (id, 1)
        }
    };
    let edition = record::edition(id, version, version, Some(id), by);
    writing.insert(&record::EDITION, vec![edition]).await?;
    let last = writing.reading().row(LAST_SOURCE, &[id.into()]).await?;
    if last.map(|row| row.text(0)).transpose()?.as_deref() != Some(hash) {
        let row = vec![id.into(), version.into(), hash.into()];
        writing.insert(&DOCUMENT_SOURCE, vec![row]).await?;
    }
    Ok((id, version))
}

async fn reading(
    writing: &mut WriteTx,
    document: &Document,
    id: i64,
    version: i64,
    scheme: Option<(&str, &str, i64)>,
) -> Result<()> {
    let lines = document.lines.join("\n");
    let count = i64::try_from(document.lines.len()).unwrap_or(i64::MAX);
    let row = vec![
        id.into(),
        version.into(),
        Arg::Blob(lines.as_bytes()),
        count.into(),
        scheme.map(|(plan, _, _)| plan).into(),
        scheme.map(|(_, version, _)| version).into(),
        scheme.map(|(_, _, edition)| edition).into(),
    ];
    writing.insert(&READING, vec![row]).await
}

/// Finds out which sheet each one is, and which version it will be.
async fn coming(
    writing: &mut WriteTx,
    document: &Document,
    plan: i64,
    nodes: &[i64],
    before: Option<&Before>,
) -> Result<Vec<Coming>> {
    let known = known(writing, document, plan).await?;
    let mut alike: BTreeMap<(i64, String), u32> = BTreeMap::new();
    let mut coming = Vec::with_capacity(document.sheets.len());
    let mut taken: BTreeSet<i64> = BTreeSet::new();
    for sheet in &document.sheets {
        let node = sheet.node.and_then(|node| nodes.get(node.0).copied());
        let year = year(sheet);
        let stem = match node {
            Some(node) => format!("node {node}"),
            None => format!("label {}", name_key(&sheet.label)),
        };
        let number = alike.entry((year, stem.clone())).or_default();
        *number = number.saturating_add(1);
        let key = format!("{stem} {number}");
        let mut entries = value::of_sheet(sheet);
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        let moved = before.and_then(|before| before.by_key.get(&key));
        let moved = moved.filter(|sheet| !taken.contains(&sheet.id));
        let known = known.get(&(year, key.clone())).or(moved);
        let id = known.map_or_else(|| writing.next_id(), |known| known.id);
        let version_before = known.map_or(0, |known| known.version);
        taken.insert(id);
        let unchanged = before
            .and_then(|before| before.sheets.get(&id))
            .filter(|(_, kept)| *kept == entries);
        coming.push(Coming {
            id,
            before: version_before,
            version: unchanged.map_or(version_before + 1, |(version, _)| *version),
            year,
            key,
            node,
            edited: known.is_some_and(|known| known.edited),
            entries,
        });
    }
    Ok(coming)
}

impl Coming {
    /// Does it say something that its sheet did not say before?
    const fn is_new_version(&self) -> bool {
        self.version > self.before
    }
}

fn year(sheet: &Sheet) -> i64 {
    sheet.year.map_or(0, |year| i64::from(year.calendar_year()))
}

async fn known(
    writing: &mut WriteTx,
    document: &Document,
    plan: i64,
) -> Result<BTreeMap<(i64, String), Known>> {
    let first = document.sheets.iter().map(year).min().unwrap_or(0);
    let last = document.sheets.iter().map(year).max().unwrap_or(0);
    let args = [plan.into(), first.into(), last.into()];
    let rows = writing.reading().rows(KNOWN_SHEETS, &args).await?;
    let mut known = BTreeMap::new();
    for row in &rows {
        let sheet = known_of(row)?;
        known.insert((sheet.year, row.text(2)?), sheet);
    }
    Ok(known)
}

/// Writes the new versions of sheets; the ids of those that are held back.
async fn sheets(
    writing: &mut WriteTx,
    document: &Document,
    plan: i64,
    id: i64,
    coming: &[Coming],
    by: &By,
) -> Result<Vec<i64>> {
    let (mut records, mut rows, mut editions) = (Vec::new(), Vec::new(), Vec::new());
    let (mut values, mut held_back) = (Vec::new(), Vec::new());
    let labels = document.sheets.iter().map(|sheet| &sheet.label);
    let changed = coming.iter().zip(labels);
    for (sheet, label) in changed.filter(|(sheet, _)| sheet.is_new_version()) {
        if sheet.before == 0 {
            records.push(record::row(sheet.id, "sheet"));
            rows.push(sheet_row(sheet, plan, label));
        } else {
            let args = [sheet.id.into(), sheet.version.into()];
            if sheet.edited {
                held_back.push(sheet.id);
                writing.execute(record::MOVE_VERSION, &args).await?;
            } else {
                writing.execute(record::MOVE_READING, &args).await?;
                let args = [sheet.id.into(), label.into()];
                writing.execute(sheet::RELABEL, &args).await?;
            }
        }
        let version = sheet.version;
        editions.push(record::edition(sheet.id, version, version, Some(id), by));
        values.push((sheet.id, version, sheet.entries.as_slice()));
    }
    writing.insert(&record::RECORD, records).await?;
    writing.insert(&SHEET, rows).await?;
    writing.insert(&record::EDITION, editions).await?;
    value::save(writing, &values).await?;
    Ok(held_back)
}

fn sheet_row<'a>(sheet: &'a Coming, plan: i64, label: &'a str) -> Vec<Arg<'a>> {
    vec![
        sheet.id.into(),
        plan.into(),
        sheet.node.into(),
        sheet.year.into(),
        (&sheet.key).into(),
        label.into(),
    ]
}

async fn place_sheets(
    writing: &mut WriteTx,
    id: i64,
    version: i64,
    coming: &[Coming],
) -> Result<()> {
    let row = |(place, sheet): (i64, &Coming)| {
        vec![
            id.into(),
            version.into(),
            place.into(),
            sheet.id.into(),
            sheet.version.into(),
        ]
    };
    let rows = (0_i64..).zip(coming).map(row).collect();
    writing.insert(&DOCUMENT_SHEET, rows).await
}

/// The line of the audit; a digest stands for the values, of which there are thousands.
fn line(
    saved: &Saved,
    document: &Document,
    hash: &str,
    entries: &[Entry],
    coming: &[Coming],
) -> AuditEntry {
    let mut hasher = Sha256::new();
    let mut count = 0_usize;
    for entry in entries.iter().chain(coming.iter().flat_map(|c| &c.entries)) {
        hasher.update(entry.in_words());
        hasher.update([0]);
        count += 1;
    }
    let after = format!(
        "{}\nfile sha256 {hash}\nversion {}\nsheets {}\nvalues {count} sha256 {}",
        document.name,
        saved.version,
        coming.len(),
        hex(&hasher.finalize()),
    );
    let line = AuditEntry::new(Action::SaveDocument, format!("document {}", saved.document));
    let line = line
        .after(after)
        .seals(Subject::Document(saved.document, saved.version));
    if saved.version > 1 {
        line.before(format!("version {}", saved.version - 1))
    } else {
        line
    }
}
