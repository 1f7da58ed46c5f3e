//! Seals: what a line of the audit tells of, counted over the rows themselves.
//!
//! A seal is the SHA-256 of every column of every row that was written with a line, in the order of
//! the keys. It is computed from the database when the line is written, and again when the audit is
//! verified: a row that was changed, removed or added since then shows. What may change later (the
//! label of a sheet, the name of a project) is in no seal. A column of a later migration is not
//! either: the lists of columns here never change, so that a seal can be counted for ever.

use crate::audit::hex;
use crate::error::Result;
use crate::sql::{Arg, Sql};
use crate::transaction::ReadTx;
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
    /// An edition of a scheme: plan, version, edition.
    Scheme(String, String, i64),
}

/// The seal of some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    /// How many rows there are.
    pub(crate) rows: usize,
    /// SHA-256 of them, in hexadecimal digits.
    pub(crate) hash: String,
}

/// A column; the driver asks for its kind, since both engines join texts alone.
#[derive(Clone, Copy)]
enum Column {
    Integer(&'static str),
    Text(&'static str),
}

use Column::{Integer as I, Text as T};

/// Rows of one table.
struct Part {
    columns: &'static [Column],
    /// The tables, the sealed one under the name `t`, and which of their rows.
    from: &'static str,
    order: &'static str,
}

const EDITION: &[Column] = &[
    I("record"),
    I("version"),
    I("base"),
    I("document"),
    T("who"),
    T("moment"),
];
const VALUE: &[Column] = &[
    I("record"),
    I("version"),
    T("part"),
    I("item"),
    T("field"),
    I("year"),
    I("place"),
    T("meaning"),
    T("text"),
    T("number"),
    I("amount"),
    T("unit"),
    T("about"),
    I("line"),
    T("settled"),
];

/// The rows of a version of a record.
const RECORD: &[Part] = &[
    Part {
        columns: EDITION,
        from: "edition t WHERE t.municipality = $1 AND t.record = $2 AND t.version = $3",
        order: "t.record",
    },
    Part {
        columns: VALUE,
        from: "value t WHERE t.municipality = $1 AND t.record = $2 AND t.version = $3",
        order: "t.part, t.item, t.field, t.year, t.place",
    },
];

/// The rows of a reading of a document, without its text and its sheets.
const DOCUMENT: &[Part] = &[
    Part {
        columns: &[I("id"), I("plan"), T("family"), T("name"), T("source")],
        from: "document t WHERE t.municipality = $1 AND t.id = $2 AND $3 > 0",
        order: "t.id",
    },
    Part {
        columns: &[
            I("document"),
            I("version"),
            I("line_count"),
            T("scheme_plan"),
            T("scheme_version"),
            I("scheme_edition"),
        ],
        from: "reading t WHERE t.municipality = $1 AND t.document = $2 AND t.version = $3",
        order: "t.document",
    },
    Part {
        columns: &[I("document"), I("version"), T("source")],
        from: "document_source t WHERE t.municipality = $1 AND t.document = $2 AND t.version = $3",
        order: "t.document",
    },
    Part {
        columns: &[T("hash"), T("name"), I("size"), T("who"), T("moment")],
        from: "source t JOIN document d ON d.municipality = t.municipality \
               WHERE t.municipality = $1 AND d.id = $2 AND t.hash = COALESCE((\
               SELECT c.source FROM document_source c WHERE c.municipality = d.municipality \
               AND c.document = d.id AND c.version <= $3 ORDER BY c.version DESC LIMIT 1), \
               d.source)",
        order: "t.hash",
    },
];

const PLACED: Part = Part {
    columns: &[
        I("document"),
        I("version"),
        I("place"),
        I("sheet"),
        I("sheet_version"),
    ],
    from: "document_sheet t WHERE t.municipality = $1 AND t.document = $2 AND t.version = $3",
    order: "t.place",
};

/// The rows of some sheets of a reading of a document, by their places in it.
const SHEETS: &[Part] = &[
    Part {
        columns: &[I("id"), I("plan"), I("node"), I("year"), T("key")],
        from: "document_sheet d JOIN sheet t ON t.municipality = d.municipality AND t.id = d.sheet \
               WHERE d.municipality = $1 AND d.document = $2 AND d.version = $3 \
               AND d.place BETWEEN $4 AND $5",
        order: "d.place",
    },
    Part {
        columns: EDITION,
        from: "document_sheet d JOIN edition t ON t.municipality = d.municipality \
               AND t.record = d.sheet AND t.version = d.sheet_version \
               WHERE d.municipality = $1 AND d.document = $2 AND d.version = $3 \
               AND d.place BETWEEN $4 AND $5",
        order: "d.place",
    },
    Part {
        columns: VALUE,
        from: "document_sheet d JOIN value t ON t.municipality = d.municipality \
               AND t.record = d.sheet AND t.version = d.sheet_version \
               WHERE d.municipality = $1 AND d.document = $2 AND d.version = $3 \
               AND d.place BETWEEN $4 AND $5",
        order: "d.place, t.part, t.item, t.field, t.year, t.place",
    },
];

const RUN: &[Part] = &[
    Part {
        columns: &[I("document"), I("run"), T("who"), T("moment")],
        from: "finding_run t WHERE t.municipality = $1 AND t.document = $2 AND t.run = $3",
        order: "t.run",
    },
    Part {
        columns: &[
            I("document"),
            I("run"),
            I("number"),
            T("fingerprint"),
            T("code"),
            T("severity"),
            I("sheet"),
            T("in_document"),
            T("in_sheet"),
            T("in_row"),
            T("in_field"),
            I("line"),
            T("mark"),
            T("printed"),
            T("computed"),
            T("steps"),
            T("message"),
            T("hint"),
        ],
        from: "finding t WHERE t.municipality = $1 AND t.document = $2 AND t.run = $3",
        order: "t.number",
    },
];

const PUBLICATION: &[Part] = &[
    Part {
        columns: &[
            I("document"),
            I("number"),
            I("version"),
            T("note"),
            T("who"),
            T("moment"),
        ],
        from: "publication t WHERE t.municipality = $1 AND t.document = $2 AND t.number = $3",
        order: "t.number",
    },
    Part {
        columns: &[
            I("document"),
            I("number"),
            I("place"),
            I("sheet"),
            I("sheet_reading"),
            I("sheet_version"),
            I("edition"),
        ],
        from: "publication_sheet t WHERE t.municipality = $1 AND t.document = $2 AND t.number = $3",
        order: "t.place",
    },
    Part {
        columns: &[
            I("document"),
            I("number"),
            I("place"),
            I("run"),
            I("finding"),
            T("explanation"),
        ],
        from: "publication_finding t \
               WHERE t.municipality = $1 AND t.document = $2 AND t.number = $3",
        order: "t.place",
    },
];

const WITHDRAWAL: &[Part] = &[Part {
    columns: &[
        I("document"),
        I("number"),
        I("first_number"),
        I("last_number"),
        T("reason"),
        T("who"),
        T("moment"),
    ],
    from: "withdrawal t WHERE t.municipality = $1 AND t.document = $2 AND t.number = $3",
    order: "t.number",
}];

const ACCEPTANCE: &[Part] = &[Part {
    columns: &[
        I("document"),
        T("fingerprint"),
        I("number"),
        I("accepted"),
        T("reason"),
        T("who"),
        T("moment"),
    ],
    from: "acceptance t WHERE t.municipality = $1 AND t.document = $2 AND t.fingerprint = $3 \
           AND t.number = $4",
    order: "t.number",
}];

const DECISION: &[Part] = &[Part {
    columns: &[
        I("number"),
        T("kind"),
        T("key_a"),
        T("key_b"),
        I("same"),
        T("reason"),
        T("who"),
        T("moment"),
    ],
    from: "decision t WHERE t.municipality = $1 AND t.number = $2",
    order: "t.number",
}];

const SECTIONS: &[Part] = &[
    Part {
        columns: &[I("edition"), T("who"), T("moment")],
        from: "section_register t WHERE t.municipality = $1 AND t.edition = $2",
        order: "t.edition",
    },
    Part {
        columns: &[
            I("edition"),
            I("place"),
            T("key"),
            T("name"),
            I("first_year"),
            I("last_year"),
        ],
        from: "section t WHERE t.municipality = $1 AND t.edition = $2",
        order: "t.place",
    },
    Part {
        columns: &[I("edition"), I("place"), I("number"), T("successor")],
        from: "section_successor t WHERE t.municipality = $1 AND t.edition = $2",
        order: "t.place, t.number",
    },
];

const SCHEME: &[Part] = &[Part {
    columns: &[
        T("plan"),
        T("version"),
        I("edition"),
        I("valid_from"),
        I("valid_until"),
        T("written"),
        T("who"),
        T("moment"),
    ],
    from: "scheme t WHERE t.municipality = $1 AND t.plan = $2 AND t.version = $3 \
           AND t.edition = $4",
    order: "t.edition",
}];

const LINES: Sql<'_> = Sql::new(
    "SELECT lines FROM reading WHERE municipality = $1 AND document = $2 AND version = $3",
);

impl Part {
    /// One text for each row: every column with its length, so that no two rows give the same.
    /// One column is read and hashed faster than fifteen.
    fn text(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| column.text()).collect();
        let (columns, from, order) = (columns.join(" || ' ' || "), self.from, self.order);
        format!("SELECT {columns} FROM {from} ORDER BY {order}")
    }
}

impl Column {
    fn text(self) -> String {
        match self {
            Self::Integer(name) => format!("COALESCE(CAST(t.{name} AS TEXT), '-')"),
            Self::Text(name) => {
                format!("COALESCE(CAST(LENGTH(t.{name}) AS TEXT) || ':' || t.{name}, '-')")
            }
        }
    }
}

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
        SCHEME,
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
        Subject::Sections(edition) => counting.all(SECTIONS, &[(*edition).into()]).await?,
        Subject::Scheme(plan, version, edition) => {
            let args = [plan.into(), version.into(), (*edition).into()];
            counting.all(SCHEME, &args).await?;
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
