-- What めぐり keeps: sources, schemes, plans, readings with every version, findings, the audit.
-- The same file name stands in both folders; types are integer, text and blob only.

CREATE TABLE municipality (
    municipality TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    last_id BIGINT NOT NULL DEFAULT 0,
    audit_number BIGINT NOT NULL DEFAULT 0,
    audit_hash TEXT NOT NULL DEFAULT ''
);

-- Every write, one line; each line carries the hash of the one before.
CREATE TABLE audit (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    number BIGINT NOT NULL,
    moment TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before_text TEXT,
    after_text TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
);

-- The files as they came, found by their SHA-256.
CREATE TABLE source (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    hash TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    content BYTEA NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, hash)
);

-- Schemes as written, by plan, version and edition of the version.
CREATE TABLE scheme (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    plan TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_until BIGINT,
    written TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, plan, version, edition)
);

CREATE TABLE plan (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    id BIGINT NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, key)
);

-- The nodes of a plan over all years; `path` is what makes two printed nodes the same.
CREATE TABLE node (
    municipality TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    level TEXT NOT NULL,
    number TEXT,
    name TEXT,
    parent BIGINT,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, plan, path),
    FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, parent) REFERENCES node (municipality, id)
);

-- Whatever has values: a document, a sheet, a project. `reading` is the version on which the
-- current view rests, `version` the last one written.
CREATE TABLE record (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    reading BIGINT NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE TABLE document (
    municipality TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    family TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, family, source),
    FOREIGN KEY (municipality, id) REFERENCES record (municipality, id),
    FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, source) REFERENCES source (municipality, hash)
);

-- One version of a record: a whole reading (base = its own version), or changes by a person over
-- the reading `base`.
CREATE TABLE edition (
    municipality TEXT COLLATE "C" NOT NULL,
    record BIGINT NOT NULL,
    version BIGINT NOT NULL,
    base BIGINT NOT NULL,
    document BIGINT,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, record, version),
    FOREIGN KEY (municipality, record) REFERENCES record (municipality, id),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);

-- The lines of the text that a reading was made from, as UTF-8, and the scheme that ruled it.
CREATE TABLE reading (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    version BIGINT NOT NULL,
    lines BYTEA NOT NULL,
    line_count BIGINT NOT NULL,
    scheme_plan TEXT COLLATE "C",
    scheme_version TEXT COLLATE "C",
    scheme_edition BIGINT,
    PRIMARY KEY (municipality, document, version),
    FOREIGN KEY (municipality, document, version)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, scheme_plan, scheme_version, scheme_edition)
        REFERENCES scheme (municipality, plan, version, edition)
);

-- Every value of every version of a record, with its place in the paper.
CREATE TABLE value (
    municipality TEXT COLLATE "C" NOT NULL,
    record BIGINT NOT NULL,
    version BIGINT NOT NULL,
    part TEXT COLLATE "C" NOT NULL,
    item BIGINT NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    place BIGINT NOT NULL,
    meaning TEXT NOT NULL,
    text TEXT,
    number TEXT,
    amount BIGINT,
    unit TEXT,
    about TEXT,
    line BIGINT NOT NULL,
    settled TEXT NOT NULL,
    PRIMARY KEY (municipality, record, version, part, item, field, year, place),
    FOREIGN KEY (municipality, record, version)
        REFERENCES edition (municipality, record, version)
);

CREATE TABLE sheet (
    municipality TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    node BIGINT,
    year BIGINT NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    version BIGINT NOT NULL,
    place BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    sheet_version BIGINT NOT NULL,
    PRIMARY KEY (municipality, document, version, place),
    FOREIGN KEY (municipality, document, version)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, sheet, sheet_version)
        REFERENCES edition (municipality, record, version)
);

-- Findings by run of the checks; the last run is in force.
CREATE TABLE finding (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    run BIGINT NOT NULL,
    number BIGINT NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    sheet BIGINT,
    in_document TEXT NOT NULL,
    in_sheet TEXT,
    in_row TEXT,
    in_field TEXT,
    line BIGINT NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    run BIGINT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, document, run),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);

-- Findings accepted with a reason, or no longer accepted; the last line of a finding rules.
CREATE TABLE acceptance (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, document, fingerprint, number),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);

CREATE TABLE project (
    municipality TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    code TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, key),
    FOREIGN KEY (municipality, id) REFERENCES record (municipality, id)
);

-- What was written stays as it was written.
CREATE FUNCTION meguri_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER edition_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON edition
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER value_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON value
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER acceptance_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acceptance
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER source_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON source
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER scheme_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON scheme
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();

-- The second wall: a session sees the rows of the municipality that it named, and of no other.
ALTER TABLE municipality ENABLE ROW LEVEL SECURITY;
ALTER TABLE municipality FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON municipality
    USING (municipality = current_setting('meguri.municipality', true)
        OR current_setting('meguri.municipality', true) = '*')
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON audit
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE source ENABLE ROW LEVEL SECURITY;
ALTER TABLE source FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON source
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE scheme ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheme FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON scheme
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON plan
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE node ENABLE ROW LEVEL SECURITY;
ALTER TABLE node FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON node
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE record ENABLE ROW LEVEL SECURITY;
ALTER TABLE record FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON record
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE document FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON document
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE edition ENABLE ROW LEVEL SECURITY;
ALTER TABLE edition FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON edition
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE reading FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON reading
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE value ENABLE ROW LEVEL SECURITY;
ALTER TABLE value FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON value
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE sheet ENABLE ROW LEVEL SECURITY;
ALTER TABLE sheet FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sheet
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE document_sheet ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_sheet FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON document_sheet
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON finding
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE finding_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding_run FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON finding_run
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE acceptance ENABLE ROW LEVEL SECURITY;
ALTER TABLE acceptance FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON acceptance
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE project ENABLE ROW LEVEL SECURITY;
ALTER TABLE project FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON project
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
