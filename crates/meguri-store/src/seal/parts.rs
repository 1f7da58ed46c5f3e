//! Which columns of which rows are sealed. A list never changes, so that a seal can be counted for
//! ever.

/// A column; the driver asks for its kind, since both engines join texts alone.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Integer(&'static str),
    Text(&'static str),
}

use Column::{Integer as I, Text as T};

/// Rows of one table.
pub(super) struct Part {
    pub(super) columns: &'static [Column],
    /// The tables, the sealed one under the name `t`, and which of their rows.
    pub(super) from: &'static str,
    pub(super) order: &'static str,
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
pub(super) const RECORD: &[Part] = &[
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
pub(super) const DOCUMENT: &[Part] = &[
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

pub(super) const PLACED: Part = Part {
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
pub(super) const SHEETS: &[Part] = &[
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

pub(super) const RUN: &[Part] = &[
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

pub(super) const PUBLICATION: &[Part] = &[
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

pub(super) const WITHDRAWAL: &[Part] = &[Part {
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

pub(super) const ACCEPTANCE: &[Part] = &[Part {
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

pub(super) const DECISION: &[Part] = &[Part {
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

pub(super) const SECTIONS: &[Part] = &[
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

/// Sealed with the list where there are any: lists of before have none, and keep their seal.
pub(super) const DEPARTMENTS: Part = Part {
    columns: &[I("edition"), I("place"), T("department")],
    from: "section_department t WHERE t.municipality = $1 AND t.edition = $2",
    order: "t.place",
};

pub(super) const SCHEME: &[Part] = &[Part {
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

pub(super) const ACCOUNT: &[Part] = &[
    Part {
        columns: &[
            T("account"),
            I("edition"),
            T("label"),
            T("mail"),
            I("enabled"),
            T("who"),
            T("moment"),
        ],
        from: "account_edition t WHERE t.municipality = $1 AND t.account = $2 AND t.edition = $3",
        order: "t.edition",
    },
    Part {
        columns: &[
            T("account"),
            I("edition"),
            I("place"),
            T("role"),
            T("section"),
            T("department"),
            T("assignee"),
            T("valid_from"),
            T("valid_until"),
            T("deputy_of"),
        ],
        from: "account_grant t WHERE t.municipality = $1 AND t.account = $2 AND t.edition = $3",
        order: "t.place",
    },
];

impl Part {
    /// One text for each row: every column with its length, so that no two rows give the same.
    /// One column is read and hashed faster than fifteen.
    pub(super) fn text(&self) -> String {
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
