//! Seals: what a line of the audit tells of, counted over the rows themselves.
//!
//! A seal is the SHA-256 of every column of every row that was written with a line, in the order of
//! the keys. It is computed from the database when the line is written, and again when the audit is
//! verified: a row that was changed, removed or added since then shows. What may change later (the
//! label of a sheet, the name of a project) is in no seal. A column of a later migration is not
//! either: the lists of columns here never change, so that a seal can be counted for ever.

mod act;
mod parts;

use crate::audit::hex;
use crate::error::Result;
use crate::sql::{Arg, Sql};
use crate::transaction::ReadTx;
use act::ACT;
use parts::{
    ACCEPTANCE, ACCOUNT, DECISION, DEPARTMENTS, DOCUMENT, PLACED, PUBLICATION, Part, RECORD, RUN,
    SCHEME, SECTIONS, SHEETS, WITHDRAWAL,
};
use sha2::{Digest, Sha256};

/// Sheets of a document that are read at a time.
const AT_ONCE: i64 = 200;

/// What a line tells of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// A reading of a document, with its sheets at their versions.
    Document(i64, i64),
    /// A version of a sheet or a project.
    Record(i64, i64),
    /// A run of the checks over a document.
    Run(i64, i64),
    /// A publication of a document, by its number.
    Publication(i64, i64),
    /// A withdrawal in a document, by its number.
    Withdrawal(i64, i64),
    /// The acceptance of a finding: document, fingerprint, number.
    Acceptance(i64, String, i64),
    /// A decision about two keys.
    Decision(i64),
    /// An edition of the list of sections.
    Sections(i64),
    /// All that one write did to a cycle and its sheets, by its number.
    Act(i64),
    /// An edition of a scheme: plan, version, edition.
    Scheme(String, String, i64),
    /// An edition of an account.
    Account(String, i64),
}

/// The seal of some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    /// How many rows there are.
    pub(crate) rows: usize,
    /// SHA-256 of them, in hexadecimal digits.
    pub(crate) hash: String,
}

const LINES: Sql<'_> = Sql::new(
    "SELECT lines FROM reading WHERE municipality = $1 AND document = $2 AND version = $3",
);

/// The statements, for the test that prepares them.
pub(crate) fn all_texts() -> Vec<String> {
    let parts = [
        RECORD,
        DOCUMENT,
        std::slice::from_ref(&PLACED),
        SHEETS,
        RUN,
        PUBLICATION,
        WITHDRAWAL,
        ACCEPTANCE,
        DECISION,
        SECTIONS,
        std::slice::from_ref(&DEPARTMENTS),
        ACT,
        SCHEME,
        ACCOUNT,
    ];
    let texts = parts.into_iter().flatten().map(Part::text);
    texts.chain([LINES.text().to_owned()]).collect()
}

/// Counts rows into a hash.
struct Counting<'a> {
    reading: &'a mut ReadTx,
    hasher: Sha256,
    rows: usize,
}

impl Counting<'_> {
    async fn add(&mut self, part: &Part, args: &[Arg<'_>]) -> Result<usize> {
        let text = part.text();
        let rows = self.reading.rows(Sql::new(&text), args).await?;
        for row in &rows {
            let packed = row.text(0)?;
            self.hasher.update(packed.len().to_be_bytes());
            self.hasher.update(packed);
        }
        // Where one table ends and the next begins.
        self.hasher.update(rows.len().to_be_bytes());
        self.rows += rows.len();
        Ok(rows.len())
    }

    /// A table that came later: where it has no row the seal is that of before.
    async fn add_if_any(&mut self, part: &Part, args: &[Arg<'_>]) -> Result<()> {
        let text = part.text();
        if !self.reading.rows(Sql::new(&text), args).await?.is_empty() {
            self.add(part, args).await?;
        }
        Ok(())
    }

    async fn all(&mut self, parts: &[Part], args: &[Arg<'_>]) -> Result<()> {
        for part in parts {
            self.add(part, args).await?;
        }
        Ok(())
    }

    async fn document(&mut self, id: i64, version: i64) -> Result<()> {
        let args = [id.into(), version.into()];
        self.all(RECORD, &args).await?;
        self.all(DOCUMENT, &args).await?;
        let row = self.reading.row(LINES, &args).await?;
        let lines = row.map_or(Ok(Vec::new()), |row| row.bytes(0))?;
        self.hasher.update(Sha256::digest(&lines));
        let placed = self.add(&PLACED, &args).await?;
        let placed = i64::try_from(placed).unwrap_or(i64::MAX);
        let mut first = 0;
        while first < placed {
            let last = first.saturating_add(AT_ONCE - 1);
            let args = [id, version, first, last].map(Into::into);
            self.all(SHEETS, &args).await?;
            first = last.saturating_add(1);
        }
        Ok(())
    }
}

/// Counts the rows of which a line tells.
pub(crate) async fn seal(reading: &mut ReadTx, subject: &Subject) -> Result<Seal> {
    let mut counting = Counting {
        reading,
        hasher: Sha256::new(),
        rows: 0,
    };
    let two = |one: &i64, other: &i64| [(*one).into(), (*other).into()];
    match subject {
        Subject::Document(id, version) => counting.document(*id, *version).await?,
        Subject::Record(id, version) => counting.all(RECORD, &two(id, version)).await?,
        Subject::Run(document, run) => counting.all(RUN, &two(document, run)).await?,
        Subject::Publication(document, number) => {
            counting.all(PUBLICATION, &two(document, number)).await?;
        }
        Subject::Withdrawal(document, number) => {
            counting.all(WITHDRAWAL, &two(document, number)).await?;
        }
        Subject::Acceptance(document, print, number) => {
            let args = [(*document).into(), print.into(), (*number).into()];
            counting.all(ACCEPTANCE, &args).await?;
        }
        Subject::Decision(number) => counting.all(DECISION, &[(*number).into()]).await?,
        Subject::Sections(edition) => {
            let args = [(*edition).into()];
            counting.all(SECTIONS, &args).await?;
            counting.add_if_any(&DEPARTMENTS, &args).await?;
        }
        Subject::Act(act) => counting.all(ACT, &[(*act).into()]).await?,
        Subject::Scheme(plan, version, edition) => {
            let args = [plan.into(), version.into(), (*edition).into()];
            counting.all(SCHEME, &args).await?;
        }
        Subject::Account(name, edition) => {
            counting
                .all(ACCOUNT, &[name.into(), (*edition).into()])
                .await?;
        }
    }
    Ok(Seal {
        rows: counting.rows,
        hash: hex(&counting.hasher.finalize()),
    })
}

/// Before the number of rows in the last line of a text that is sealed.
const MARK: &str = "sealed rows ";

impl Seal {
    /// A text of the audit with the seal behind it.
    pub(crate) fn behind(&self, text: Option<&str>) -> String {
        let text = text.map_or_else(String::new, |text| format!("{text}\n"));
        format!("{text}{MARK}{} sha256 {}", self.rows, self.hash)
    }

    /// The seal behind a text, where there is one, and the text without it.
    pub(crate) fn of(text: &str) -> (&str, Option<Self>) {
        let (rest, last) = text.rsplit_once('\n').unwrap_or(("", text));
        let words = last.strip_prefix(MARK).and_then(|last| {
            let (rows, hash) = last.split_once(" sha256 ")?;
            let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            let rows = rows.parse().ok().filter(|_| is_hash)?;
            let hash = hash.to_owned();
            Some(Self { rows, hash })
        });
        match words {
            Some(seal) => (rest, Some(seal)),
            None => (text, None),
        }
    }
}
