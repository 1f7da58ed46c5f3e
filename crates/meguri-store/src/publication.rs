//! Publications (公表): what the public may see.
//!
//! A publication pins a document's reading and a version of each of its sheets; it never changes.
//! A correction (正誤) is another publication with a note. What was published can be withdrawn
//! (取下げ) and stays in the history. Both are lines that are only added.

mod publish;

pub use publish::{Published, Publishing};

use crate::by::By;
use crate::document::KeptPaper;
use crate::error::Result;
use crate::finding::KeptFinding;
use crate::municipality::Municipality;
use crate::pin::{self, Pin};
use crate::sql::{inserts, statements};
use crate::transaction::ReadTx;
use crate::{document, finding};
use meguri_core::evaluation::Document;

statements! {
    HEADS = "SELECT b.document, b.number, b.version, b.note, b.who, b.moment, d.name, p.key \
        FROM publication b \
        JOIN document d ON d.municipality = b.municipality AND d.id = b.document \
        JOIN plan p ON p.municipality = d.municipality AND p.id = d.plan \
        WHERE b.municipality = $1 AND b.document BETWEEN $2 AND $3 \
        ORDER BY b.document, b.number";
    WITHDRAWALS = "SELECT document, first_number, last_number, reason, who, moment \
        FROM withdrawal WHERE municipality = $1 AND document BETWEEN $2 AND $3 \
        ORDER BY document, number";
    PINS = "SELECT sheet, sheet_reading, sheet_version, edition FROM publication_sheet \
        WHERE municipality = $1 AND document = $2 AND number = $3 ORDER BY place";
    EXPLANATIONS = "SELECT run, finding, explanation FROM publication_finding \
        WHERE municipality = $1 AND document = $2 AND number = $3 ORDER BY place";
    /// Everything that was published of the sheets of a document, by whichever document.
    EDITIONS = "SELECT DISTINCT q.sheet, q.sheet_reading, q.sheet_version, q.edition \
        FROM publication_sheet q JOIN document_sheet s ON s.municipality = q.municipality \
        AND s.sheet = q.sheet \
        WHERE q.municipality = $1 AND s.document = $2 AND s.version = $3";
    LAST_WITHDRAWAL = "SELECT COALESCE(MAX(number), 0) FROM withdrawal \
        WHERE municipality = $1 AND document = $2";
}

inserts! {
    PUBLICATION = "publication" ["document", "number", "version", "note", "who", "moment"];
    SHEET = "publication_sheet" [
        "document", "number", "place", "sheet", "sheet_reading", "sheet_version", "edition",
    ];
    FINDING = "publication_finding" [
        "document", "number", "place", "run", "finding", "explanation",
    ];
    WITHDRAWAL = "withdrawal" [
        "document", "number", "first_number", "last_number", "reason", "who", "moment",
    ];
}

/// One publication of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The document.
    pub document: i64,
    /// Its number, from 1 in each document.
    pub number: i64,
    /// Version of the document's reading.
    pub version: i64,
    /// 正誤: what it corrects; may be empty in the first.
    pub note: String,
    /// Who published it and when.
    pub by: By,
    /// How the person calls the document.
    pub name: String,
    /// Key of its plan.
    pub plan: String,
    /// Its withdrawal, where it was withdrawn.
    pub withdrawn: Option<Withdrawal>,
}

/// A withdrawal (取下げ).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Why, for the public.
    pub reason: String,
    /// Who did it and when.
    pub by: By,
}

/// A sheet in a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedPin {
    /// Its values.
    pub pin: Pin,
    /// Which of what was published of this sheet it is, from 1.
    pub edition: i64,
}

/// A finding that the city chose to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFinding {
    /// The finding.
    pub finding: KeptFinding,
    /// What the city says about it.
    pub explanation: String,
}

/// A document as it was published, with everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedDocument {
    /// The publication.
    pub publication: Publication,
    /// What it says, with the values as pinned.
    pub document: Document,
    /// Plan, version and edition of the scheme that ruled the reading.
    pub scheme: Option<(String, String, i64)>,
    /// Its sheets in order.
    pub pins: Vec<PublishedPin>,
    /// The findings that were published with it.
    pub findings: Vec<PublishedFinding>,
}

/// The publications of a document, or of all of them with `None`.
async fn heads(reading: &mut ReadTx, document: Option<i64>) -> Result<Vec<Publication>> {
    let (first, last) = document.map_or((i64::MIN, i64::MAX), |id| (id, id));
    let range = [first.into(), last.into()];
    let mut withdrawals = Vec::new();
    for row in &reading.rows(WITHDRAWALS, &range).await? {
        let words = Withdrawal {
            reason: row.text(3)?,
            by: pin::by(row, 4)?,
        };
        withdrawals.push((row.integer(0)?, row.integer(1)?..=row.integer(2)?, words));
    }
    let mut found = Vec::new();
    for row in &reading.rows(HEADS, &range).await? {
        let (document, number) = (row.integer(0)?, row.integer(1)?);
        // What was withdrawn twice was gone with the first time.
        let mut withdrawals = withdrawals.iter();
        let withdrawn =
            withdrawals.find(|(of, range, _)| *of == document && range.contains(&number));
        found.push(Publication {
            document,
            number,
            version: row.integer(2)?,
            note: row.text(3)?,
            by: pin::by(row, 4)?,
            name: row.text(6)?,
            plan: row.text(7)?,
            withdrawn: withdrawn.map(|(_, _, words)| words.clone()),
        });
    }
    Ok(found)
}

async fn pins(reading: &mut ReadTx, document: i64, number: i64) -> Result<Vec<PublishedPin>> {
    let rows = reading
        .rows(PINS, &[document.into(), number.into()])
        .await?;
    let pin = |row: &crate::sql::Row| {
        let pin = Pin {
            sheet: row.integer(0)?,
            reading: row.integer(1)?,
            version: row.integer(2)?,
        };
        Ok(PublishedPin {
            pin,
            edition: row.integer(3)?,
        })
    };
    rows.iter().map(pin).collect()
}

async fn findings(
    reading: &mut ReadTx,
    document: i64,
    number: i64,
) -> Result<Vec<PublishedFinding>> {
    let rows = reading
        .rows(EXPLANATIONS, &[document.into(), number.into()])
        .await?;
    let Some(run) = rows.first().map(|row| row.integer(0)).transpose()? else {
        return Ok(Vec::new());
    };
    let of_run = finding::of_run(reading, document, run).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let number = row.integer(1)?;
        if let Some((_, finding)) = of_run.iter().find(|(known, _)| *known == number) {
            let finding = finding.clone();
            found.push(PublishedFinding {
                finding,
                explanation: row.text(2)?,
            });
        }
    }
    Ok(found)
}

impl Municipality {
    /// All publications, withdrawn ones too, by document and number.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn publications(&self) -> Result<Vec<Publication>> {
        heads(&mut self.read().await?, None).await
    }

    /// The sheets of a publication, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn published_pins(&self, document: i64, number: i64) -> Result<Vec<PublishedPin>> {
        pins(&mut self.read().await?, document, number).await
    }

    /// The findings of a publication, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn published_findings(
        &self,
        document: i64,
        number: i64,
    ) -> Result<Vec<PublishedFinding>> {
        findings(&mut self.read().await?, document, number).await
    }

    /// A document as it was published, with everything; withdrawn or not.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn published(&self, document: i64, number: i64) -> Result<Option<PublishedDocument>> {
        let mut reading = self.read().await?;
        let heads = heads(&mut reading, Some(document)).await?;
        let Some(publication) = heads.into_iter().find(|head| head.number == number) else {
            return Ok(None);
        };
        let pins = pins(&mut reading, document, number).await?;
        let paper = document::paper(&mut reading, document, publication.version).await?;
        let Some(KeptPaper {
            document: mut paper,
            scheme,
        }) = paper
        else {
            return Ok(None);
        };
        let pinned: Vec<Pin> = pins.iter().map(|published| published.pin).collect();
        paper.sheets = pin::sheets_at(&mut reading, &pinned).await?;
        let findings = findings(&mut reading, document, number).await?;
        Ok(Some(PublishedDocument {
            publication,
            document: paper,
            scheme,
            pins,
            findings,
        }))
    }
}
