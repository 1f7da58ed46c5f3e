//! Sheets (評価シート): one with everything on it, lists of them, and what persons change.

pub(crate) mod listing;

pub use listing::{Page, SheetFilter, SheetPage, SheetRow};

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::finding::{self, KeptFinding};
use crate::municipality::Municipality;
use crate::plan::{self, NodeName};
use crate::record;
use crate::seal::Subject;
use crate::sql::{Row, statements};
use crate::transaction::{ReadTx, WriteTx};
use crate::value::{self, Change};
use meguri_core::evaluation::Sheet;

statements! {
    HEAD = "SELECT p.key, s.node, r.version, r.reading FROM sheet s \
        JOIN plan p ON p.municipality = s.municipality AND p.id = s.plan \
        JOIN record r ON r.municipality = s.municipality AND r.id = s.id \
        WHERE s.municipality = $1 AND s.id = $2";
    EDITIONS = "SELECT e.version, e.base, e.who, e.moment, d.id, d.name, \
        COALESCE((SELECT c.source FROM document_source c JOIN document_sheet o \
        ON o.municipality = c.municipality AND o.document = c.document \
        WHERE o.municipality = e.municipality AND o.sheet = e.record \
        AND o.sheet_version = e.version AND c.document = d.id AND c.version <= o.version \
        ORDER BY o.version, c.version DESC LIMIT 1), d.source) \
        FROM edition e LEFT JOIN document d \
        ON d.municipality = e.municipality AND d.id = e.document \
        WHERE e.municipality = $1 AND e.record = $2 ORDER BY e.version";
    RELABEL = "UPDATE sheet SET label = $3 \
        WHERE municipality = $1 AND id = $2 AND label <> $3";
}

/// A sheet with everything on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSheet {
    /// Its id.
    pub id: i64,
    /// The last version of it: what a change has to name.
    pub version: i64,
    /// The version whose reading is in force, with the changes over it.
    pub reading: i64,
    /// All that stands on it, each value with its place.
    pub sheet: Sheet,
    /// Key of its plan.
    pub plan: String,
    /// Its node and those above it, from the top; empty where it has none.
    pub path: Vec<NodeName>,
    /// Its versions from the first.
    pub editions: Vec<Edition>,
    /// What the last checks found in it.
    pub findings: Vec<KeptFinding>,
}

/// One version of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1.
    pub version: i64,
    /// The reading that it changes; its own number where it is a reading itself.
    pub base: i64,
    /// Who wrote it and when.
    pub by: By,
    /// The document that it was read from: id, name, hash of the file.
    pub document: Option<(i64, String, String)>,
}

impl Edition {
    /// Is it a reading of a paper (else a change by a person)?
    #[must_use]
    pub const fn is_reading(&self) -> bool {
        self.version == self.base
    }

    fn of(row: &Row) -> Result<Self> {
        let document = match (
            row.maybe_integer(4)?,
            row.maybe_text(5)?,
            row.maybe_text(6)?,
        ) {
            (Some(id), Some(name), Some(source)) => Some((id, name, source)),
            _ => None,
        };
        Ok(Self {
            version: row.integer(0)?,
            base: row.integer(1)?,
            by: By::kept(row.text(2)?, row.text(3)?),
            document,
        })
    }
}

/// The head of a sheet.
struct Head {
    plan: String,
    node: Option<i64>,
    version: i64,
    reading: i64,
}

impl Municipality {
    /// A sheet with everything on it, in five statements however much that is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sheet(&self, id: i64) -> Result<Option<KeptSheet>> {
        let mut reading = self.read().await?;
        let Some(head) = head(&mut reading, id).await? else {
            return Ok(None);
        };
        let entries = value::as_of(&mut reading, id, head.reading, head.version).await?;
        let path = match head.node {
            Some(node) => plan::above(&mut reading, node).await?,
            None => Vec::new(),
        };
        Ok(Some(KeptSheet {
            id,
            version: head.version,
            reading: head.reading,
            sheet: value::sheet(&entries)?,
            plan: head.plan,
            path,
            editions: editions(&mut reading, id).await?,
            findings: finding::of_sheet(&mut reading, id).await?,
        }))
    }

    /// A sheet as it was in a version.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sheet_at(&self, id: i64, version: i64) -> Result<Option<Sheet>> {
        let mut reading = self.read().await?;
        let editions = editions(&mut reading, id).await?;
        let Some(edition) = editions.iter().find(|edition| edition.version == version) else {
            return Ok(None);
        };
        let entries = value::as_of(&mut reading, id, edition.base, version).await?;
        value::sheet(&entries).map(Some)
    }

    /// What persons changed in a sheet, value by value, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes(&self, id: i64) -> Result<Vec<Change>> {
        value::changes(&mut self.read().await?, id).await
    }

    /// Keeps a sheet as a person changed it: the values that differ become a new version, the
    /// others stay as they are. The version; that before where nothing differs.
    ///
    /// `had` is the version that the person saw ([`KeptSheet::version`]).
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else was faster, [`Error::Invalid`] where there is no
    /// such sheet, and those of the database.
    pub async fn edit_sheet(&self, id: i64, had: i64, sheet: &Sheet, by: &By) -> Result<i64> {
        let mut writing = self.write().await?;
        let Some((version, line)) = edit(&mut writing, id, had, sheet, by).await? else {
            return Ok(had);
        };
        writing.commit(by, vec![line]).await?;
        Ok(version)
    }

    /// Puts a reading in force that was held back because a person had changed the sheet before;
    /// the changes over the former reading stay in the history.
    ///
    /// `had` is the version that the person saw, `reading` the version of the reading.
    ///
    /// # Errors
    /// As [`Municipality::edit_sheet`]; [`Error::Invalid`] where the version is no reading.
    pub async fn adopt_reading(&self, id: i64, had: i64, reading: i64, by: &By) -> Result<()> {
        let mut writing = self.write().await?;
        let head = head(writing.reading(), id).await?.ok_or_else(no_sheet)?;
        if head.version != had {
            let now = head.version;
            return Err(Error::Conflict { had, now });
        }
        let editions = editions(writing.reading(), id).await?;
        let is_reading = |e: &Edition| e.version == reading && e.is_reading();
        if !editions.iter().any(is_reading) {
            return Err(Error::invalid(format!(
                "第{reading}版は読み取り結果ではありません。"
            )));
        }
        writing
            .execute(record::ADOPT, &[id.into(), reading.into()])
            .await?;
        let entries = value::as_of(writing.reading(), id, reading, had).await?;
        let label = value::sheet(&entries)?.label;
        writing
            .execute(RELABEL, &[id.into(), (&label).into()])
            .await?;
        let line = AuditEntry::new(Action::AdoptReading, format!("sheet {id}"))
            .before(format!("reading {}", head.reading))
            .after(format!("reading {reading}"));
        writing.commit(by, vec![line]).await
    }
}

/// Writes a changed sheet as a new version, with its line for the audit; `None` where nothing differs.
pub(crate) async fn edit(
    writing: &mut WriteTx,
    id: i64,
    had: i64,
    sheet: &Sheet,
    by: &By,
) -> Result<Option<(i64, AuditEntry)>> {
    let head = head(writing.reading(), id).await?.ok_or_else(no_sheet)?;
    if head.version != had {
        let now = head.version;
        return Err(Error::Conflict { had, now });
    }
    let before = value::as_of(writing.reading(), id, head.reading, had).await?;
    let was = value::sheet(&before)?;
    if (was.year, was.node) != (sheet.year, sheet.node) {
        return Err(Error::invalid(
            "評価シートの年度と、計画上の位置（施策など）は変更できません。",
        ));
    }
    let changed = value::difference(&before, &value::of_sheet(sheet));
    if changed.is_empty() {
        return Ok(None);
    }
    let version = had + 1;
    let edition = record::edition(id, version, head.reading, None, by);
    writing.insert(&record::EDITION, vec![edition]).await?;
    value::save(writing, &[(id, version, &changed)]).await?;
    writing
        .execute(record::MOVE_VERSION, &[id.into(), version.into()])
        .await?;
    let label = [id.into(), (&sheet.label).into()];
    writing.execute(RELABEL, &label).await?;
    let touched = |entry: &&value::Entry| changed.iter().any(|c| c.key == entry.key);
    let former: Vec<_> = before.iter().filter(touched).cloned().collect();
    let line = AuditEntry::new(Action::EditSheet, format!("sheet {id} version {version}"))
        .before(value::in_words(&former))
        .after(value::in_words(&changed))
        .seals(Subject::Record(id, version));
    Ok(Some((version, line)))
}

/// The last version of a sheet with all that stands on it.
pub(crate) async fn in_force(reading: &mut ReadTx, id: i64) -> Result<Option<(i64, Sheet)>> {
    let Some(head) = head(reading, id).await? else {
        return Ok(None);
    };
    let entries = value::as_of(reading, id, head.reading, head.version).await?;
    Ok(Some((head.version, value::sheet(&entries)?)))
}

fn no_sheet() -> Error {
    Error::invalid("指定された評価シートはありません。")
}

async fn head(reading: &mut ReadTx, id: i64) -> Result<Option<Head>> {
    let row = reading.row(HEAD, &[id.into()]).await?;
    row.map(|row| {
        Ok(Head {
            plan: row.text(0)?,
            node: row.maybe_integer(1)?,
            version: row.integer(2)?,
            reading: row.integer(3)?,
        })
    })
    .transpose()
}

async fn editions(reading: &mut ReadTx, id: i64) -> Result<Vec<Edition>> {
    let rows = reading.rows(EDITIONS, &[id.into()]).await?;
    rows.iter().map(Edition::of).collect()
}
