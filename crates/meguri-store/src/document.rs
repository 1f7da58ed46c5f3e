//! Documents: a paper with its file, its reading, its sheets and what the checks found.

mod differ;
mod load;
mod save;

pub use differ::{Difference, Differences, YearOf};

use crate::by::By;
use crate::error::Result;
use crate::finding;
use crate::municipality::Municipality;
use crate::scheme::SchemeText;
use crate::source::SourceFile;
use crate::sql::{inserts, statements};
use crate::transaction::ReadTx;
use meguri_core::evaluation::Document;
use meguri_core::verify::Finding;

statements! {
    BY_SOURCE = "SELECT d.id, r.version FROM document d \
        JOIN record r ON r.municipality = d.municipality AND r.id = d.id \
        WHERE d.municipality = $1 AND d.family = $2 AND (d.source = $3 OR EXISTS (\
        SELECT 1 FROM document_source c WHERE c.municipality = d.municipality \
        AND c.document = d.id AND c.source = $3)) ORDER BY d.id";
    BY_ID = "SELECT d.id, r.version FROM document d \
        JOIN record r ON r.municipality = d.municipality AND r.id = d.id \
        WHERE d.municipality = $1 AND d.family = $2 AND d.id = $3";
    /// The file of the last version.
    LAST_SOURCE = "SELECT COALESCE((SELECT c.source FROM document_source c \
        WHERE c.municipality = d.municipality AND c.document = d.id \
        ORDER BY c.version DESC LIMIT 1), d.source) FROM document d \
        WHERE d.municipality = $1 AND d.id = $2";
    /// The sheets of all documents of one family and plan.
    LABELS = "SELECT d.id, s.year, s.label FROM document d \
        JOIN plan p ON p.municipality = d.municipality AND p.id = d.plan \
        JOIN record r ON r.municipality = d.municipality AND r.id = d.id \
        JOIN document_sheet o ON o.municipality = d.municipality AND o.document = d.id \
        AND o.version = r.version \
        JOIN sheet s ON s.municipality = o.municipality AND s.id = o.sheet \
        WHERE d.municipality = $1 AND d.family = $2 AND p.key = $3 ORDER BY d.id";
    ALL = "SELECT d.id, d.name, d.family, p.key, COALESCE((SELECT c.source \
        FROM document_source c WHERE c.municipality = d.municipality AND c.document = d.id \
        ORDER BY c.version DESC LIMIT 1), d.source), r.version, e.who, e.moment \
        FROM document d \
        JOIN plan p ON p.municipality = d.municipality AND p.id = d.plan \
        JOIN record r ON r.municipality = d.municipality AND r.id = d.id \
        JOIN edition e ON e.municipality = d.municipality AND e.record = d.id \
        AND e.version = r.version \
        WHERE d.municipality = $1 ORDER BY d.id";
    HEAD = "SELECT r.version, COALESCE((SELECT c.source \
        FROM document_source c WHERE c.municipality = d.municipality AND c.document = d.id \
        ORDER BY c.version DESC LIMIT 1), d.source) FROM document d \
        JOIN record r ON r.municipality = d.municipality AND r.id = d.id \
        WHERE d.municipality = $1 AND d.id = $2";
    PAPER = "SELECT d.name, d.family, g.lines, g.line_count, g.scheme_plan, g.scheme_version, \
        g.scheme_edition FROM document d \
        JOIN reading g ON g.municipality = d.municipality AND g.document = d.id \
        WHERE d.municipality = $1 AND d.id = $2 AND g.version = $3";
    SHEETS = "SELECT sheet, sheet_version FROM document_sheet \
        WHERE municipality = $1 AND document = $2 AND version = $3 ORDER BY place";
    /// The sheets of a version of a document, as those of a plan.
    SHEETS_BEFORE = "SELECT s.id, s.year, s.key, r.version, (SELECT COUNT(*) FROM edition e \
        WHERE e.municipality = s.municipality AND e.record = s.id AND e.base = r.reading \
        AND e.version > r.reading) \
        FROM document_sheet o \
        JOIN sheet s ON s.municipality = o.municipality AND s.id = o.sheet \
        JOIN record r ON r.municipality = s.municipality AND r.id = s.id \
        WHERE o.municipality = $1 AND o.document = $2 AND o.version = $3";
    /// The sheets of a plan in some years, and whether a person changed the reading in force.
    KNOWN_SHEETS = "SELECT s.id, s.year, s.key, r.version, (SELECT COUNT(*) FROM edition e \
        WHERE e.municipality = s.municipality AND e.record = s.id AND e.base = r.reading \
        AND e.version > r.reading) \
        FROM sheet s JOIN record r ON r.municipality = s.municipality AND r.id = s.id \
        WHERE s.municipality = $1 AND s.plan = $2 AND s.year BETWEEN $3 AND $4";
}

inserts! {
    DOCUMENT = "document" ["id", "plan", "family", "name", "source"];
    READING = "reading" [
        "document", "version", "lines", "line_count", "scheme_plan", "scheme_version",
        "scheme_edition",
    ];
    SHEET = "sheet" ["id", "plan", "node", "year", "key", "label"];
    DOCUMENT_SOURCE = "document_source" ["document", "version", "source"];
    DOCUMENT_SHEET = "document_sheet" ["document", "version", "place", "sheet", "sheet_version"];
}

/// A document to be kept, with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Saving<'a> {
    /// What was read.
    pub document: &'a Document,
    /// The file that it was read from.
    pub source: &'a SourceFile,
    /// The scheme that rules it, where there is one.
    pub scheme: Option<&'a SchemeText>,
    /// What the checks found in it.
    pub findings: &'a [Finding],
}

/// What keeping a document did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Id of the document.
    pub document: i64,
    /// Version of its reading, from 1.
    pub version: i64,
    /// New, the same, or read anew.
    pub outcome: Outcome,
    /// Ids of its sheets in order.
    pub sheets: Vec<i64>,
    /// Sheets that a person had changed: the new reading is kept beside, and what the person wrote
    /// stays in force until somebody adopts the reading ([`Municipality::adopt_reading`]).
    pub held_back: Vec<i64>,
}

/// What keeping a document did with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The file was not there before.
    New,
    /// The same file with the same reading: nothing changed.
    Same,
    /// The same file, read differently: a new version of its reading.
    Reread,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: i64,
    /// How the person calls it.
    pub name: String,
    /// Key of its family.
    pub family: String,
    /// Key of its plan.
    pub plan: String,
    /// Hash of its file.
    pub source: String,
    /// Version of its reading.
    pub version: i64,
    /// Who kept this version and when.
    pub by: By,
}

/// A document that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDocument {
    /// Its id.
    pub id: i64,
    /// Version of its reading.
    pub version: i64,
    /// As it was read; what persons changed later is in the sheets.
    pub document: Document,
    /// Hash of its file.
    pub source: String,
    /// Plan, version and edition of the scheme that ruled the reading.
    pub scheme: Option<(String, String, i64)>,
    /// Ids of its sheets in order.
    pub sheets: Vec<i64>,
}

/// A version of a document's reading, without its sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPaper {
    /// What it says; its list of sheets is empty.
    pub document: Document,
    /// Plan, version and edition of the scheme that ruled the reading.
    pub scheme: Option<(String, String, i64)>,
}

pub(crate) use load::{paper, placed};
pub(crate) use save::save as save_in;

/// All documents in the order in which they came.
pub(crate) async fn listed(reading: &mut ReadTx) -> Result<Vec<DocumentRow>> {
    let rows = reading.rows(ALL, &[]).await?;
    rows.iter().map(load::listed).collect()
}

impl Municipality {
    /// Keeps a document with its file, scheme and findings in one transaction.
    ///
    /// The same file with the same reading changes nothing; with the same reading and other
    /// findings only these are kept anew.
    ///
    /// # Errors
    /// Those of the database; nothing of the document is kept then.
    pub async fn save_document(&self, saving: &Saving<'_>, by: &By) -> Result<Saved> {
        self.save_reading(None, saving, by).await
    }

    /// Keeps a document as a new reading of one that is kept already, though its file is another
    /// one: a corrected file of the same paper. Without such a one as [`Municipality::save_document`].
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] where there is no such document of the same family, and those of
    /// the database; nothing of the document is kept then.
    pub async fn save_reading(
        &self,
        of: Option<i64>,
        saving: &Saving<'_>,
        by: &By,
    ) -> Result<Saved> {
        let mut writing = self.write().await?;
        let (saved, mut entries) = save::save(&mut writing, of, saving, by).await?;
        let labels = saved.labelled(saving.document);
        let id = saved.document;
        let found = finding::save(&mut writing, id, saving.findings, &labels, by).await?;
        entries.extend(found);
        if !entries.is_empty() {
            writing.commit(by, entries).await?;
        }
        Ok(saved)
    }

    /// All documents in the order in which they came.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn documents(&self) -> Result<Vec<DocumentRow>> {
        listed(&mut self.read().await?).await
    }

    /// A document as it was last read.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn document(&self, id: i64) -> Result<Option<KeptDocument>> {
        load::load(&mut self.read().await?, id).await
    }
}

impl Saved {
    /// The sheets by the names under which findings know them; of two alike the first.
    pub(crate) fn labelled<'a>(&self, document: &'a Document) -> Vec<(&'a str, i64)> {
        let sheets = document.sheets.iter().map(|sheet| sheet.label.as_str());
        sheets.zip(self.sheets.iter().copied()).collect()
    }
}
