-- What めぐり keeps: sources, schemes, plans, readings with every version, findings, the audit.
-- The same file name stands in both folders; types are integer, text and blob only.

CREATE TABLE municipality (
    municipality TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    last_id INTEGER NOT NULL DEFAULT 0,
    audit_number INTEGER NOT NULL DEFAULT 0,
    audit_hash TEXT NOT NULL DEFAULT ''
);

-- Every write, one line; each line carries the hash of the one before.
CREATE TABLE audit (
    municipality TEXT NOT NULL REFERENCES municipality,
    number INTEGER NOT NULL,
    moment TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before_text TEXT,
    after_text TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
) WITHOUT ROWID;

-- The files as they came, found by their SHA-256.
CREATE TABLE source (
    municipality TEXT NOT NULL REFERENCES municipality,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, hash)
);

-- Schemes as written, by plan, version and edition of the version.
CREATE TABLE scheme (
    municipality TEXT NOT NULL REFERENCES municipality,
    plan TEXT NOT NULL,
    version TEXT NOT NULL,
    edition INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_until INTEGER,
    written TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, plan, version, edition)
);

CREATE TABLE plan (
    municipality TEXT NOT NULL REFERENCES municipality,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, key)
);

-- The nodes of a plan over all years; `path` is what makes two printed nodes the same.
CREATE TABLE node (
    municipality TEXT NOT NULL,
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    path TEXT NOT NULL,
    level TEXT NOT NULL,
    number TEXT,
    name TEXT,
    parent INTEGER,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, plan, path),
    FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, parent) REFERENCES node (municipality, id)
);

-- Whatever has values: a document, a sheet, a project. `reading` is the version on which the
-- current view rests, `version` the last one written.
CREATE TABLE record (
    municipality TEXT NOT NULL REFERENCES municipality,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE TABLE document (
    municipality TEXT NOT NULL,
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    family TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, family, source),
    FOREIGN KEY (municipality, id) REFERENCES record (municipality, id),
    FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, source) REFERENCES source (municipality, hash)
);

-- One version of a record: a whole reading (base = its own version), or changes by a person over
-- the reading `base`.
CREATE TABLE edition (
    municipality TEXT NOT NULL,
    record INTEGER NOT NULL,
    version INTEGER NOT NULL,
    base INTEGER NOT NULL,
    document INTEGER,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, record, version),
    FOREIGN KEY (municipality, record) REFERENCES record (municipality, id),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
) WITHOUT ROWID;

-- The lines of the text that a reading was made from, as UTF-8, and the scheme that ruled it.
CREATE TABLE reading (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    lines BLOB NOT NULL,
    line_count INTEGER NOT NULL,
    scheme_plan TEXT,
    scheme_version TEXT,
    scheme_edition INTEGER,
    PRIMARY KEY (municipality, document, version),
    FOREIGN KEY (municipality, document, version)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, scheme_plan, scheme_version, scheme_edition)
        REFERENCES scheme (municipality, plan, version, edition)
);

-- Every value of every version of a record, with its place in the paper.
CREATE TABLE value (
    municipality TEXT NOT NULL,
    record INTEGER NOT NULL,
    version INTEGER NOT NULL,
    part TEXT NOT NULL,
    item INTEGER NOT NULL,
    field TEXT NOT NULL,
    year INTEGER NOT NULL,
    place INTEGER NOT NULL,
    meaning TEXT NOT NULL,
    text TEXT,
    number TEXT,
    amount INTEGER,
    unit TEXT,
    about TEXT,
    line INTEGER NOT NULL,
    settled TEXT NOT NULL,
    PRIMARY KEY (municipality, record, version, part, item, field, year, place),
    FOREIGN KEY (municipality, record, version)
        REFERENCES edition (municipality, record, version)
) WITHOUT ROWID;

CREATE TABLE sheet (
    municipality TEXT NOT NULL,
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    node INTEGER,
    year INTEGER NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, plan, year, key),
    FOREIGN KEY (municipality, id) REFERENCES record (municipality, id),
    FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, node) REFERENCES node (municipality, id)
);

CREATE INDEX sheet_year ON sheet (municipality, year, id);
CREATE INDEX sheet_node ON sheet (municipality, node);
-- What lists of sheets are filtered by.
CREATE INDEX value_section ON value (municipality, record, text) WHERE part = 'section';
CREATE INDEX value_judgement ON value (municipality, record, text) WHERE part = 'judgement';

-- The sheets of a reading of a document, in its order.
CREATE TABLE document_sheet (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    place INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    sheet_version INTEGER NOT NULL,
    PRIMARY KEY (municipality, document, version, place),
    FOREIGN KEY (municipality, document, version)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, sheet, sheet_version)
        REFERENCES edition (municipality, record, version)
);

-- Findings by run of the checks; the last run is in force.
CREATE TABLE finding (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    sheet INTEGER,
    in_document TEXT NOT NULL,
    in_sheet TEXT,
    in_row TEXT,
    in_field TEXT,
    line INTEGER NOT NULL,
    mark TEXT,
    printed TEXT,
    computed TEXT,
    steps TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    PRIMARY KEY (municipality, document, run, number),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

CREATE INDEX finding_sheet ON finding (municipality, sheet);

-- The runs themselves: a run may have no finding.
CREATE TABLE finding_run (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    run INTEGER NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, document, run),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);

-- Findings accepted with a reason, or no longer accepted; the last line of a finding rules.
CREATE TABLE acceptance (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    number INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, document, fingerprint, number),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);

CREATE TABLE project (
    municipality TEXT NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    code TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, key),
    FOREIGN KEY (municipality, id) REFERENCES record (municipality, id)
);

-- What was written stays as it was written.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition
BEGIN
    SELECT RAISE(ABORT, 'edition is append-only');
END;
CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition
BEGIN
    SELECT RAISE(ABORT, 'edition is append-only');
END;
CREATE TRIGGER value_no_update BEFORE UPDATE ON value
BEGIN
    SELECT RAISE(ABORT, 'value is append-only');
END;
CREATE TRIGGER value_no_delete BEFORE DELETE ON value
BEGIN
    SELECT RAISE(ABORT, 'value is append-only');
END;
CREATE TRIGGER acceptance_no_update BEFORE UPDATE ON acceptance
BEGIN
    SELECT RAISE(ABORT, 'acceptance is append-only');
END;
CREATE TRIGGER acceptance_no_delete BEFORE DELETE ON acceptance
BEGIN
    SELECT RAISE(ABORT, 'acceptance is append-only');
END;
CREATE TRIGGER source_no_update BEFORE UPDATE ON source
BEGIN
    SELECT RAISE(ABORT, 'source is append-only');
END;
CREATE TRIGGER source_no_delete BEFORE DELETE ON source
BEGIN
    SELECT RAISE(ABORT, 'source is append-only');
END;
CREATE TRIGGER scheme_no_update BEFORE UPDATE ON scheme
BEGIN
    SELECT RAISE(ABORT, 'scheme is append-only');
END;
CREATE TRIGGER scheme_no_delete BEFORE DELETE ON scheme
BEGIN
    SELECT RAISE(ABORT, 'scheme is append-only');
END;
