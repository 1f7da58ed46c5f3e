-- 公表: what the public may see, pinned for ever.

-- One publication of a document, numbered from 1 in each document.
CREATE TABLE publication (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, document, number),
    FOREIGN KEY (municipality, document, version)
        REFERENCES reading (municipality, document, version)
);

-- The sheets of a publication. `sheet_reading` and `sheet_version` pin the values; `edition` counts
-- what was published of the sheet: the same pin has the same edition in every publication.
CREATE TABLE publication_sheet (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    sheet_reading BIGINT NOT NULL,
    sheet_version BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    PRIMARY KEY (municipality, document, number, place),
    FOREIGN KEY (municipality, document, number)
        REFERENCES publication (municipality, document, number),
    FOREIGN KEY (municipality, sheet, sheet_reading)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, sheet, sheet_version)
        REFERENCES edition (municipality, record, version)
);

CREATE INDEX publication_sheet_edition ON publication_sheet (municipality, sheet, edition);

-- The findings that the city chose to publish, with what it says about each.
CREATE TABLE publication_finding (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    run BIGINT NOT NULL,
    finding BIGINT NOT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (municipality, document, number, place),
    FOREIGN KEY (municipality, document, number)
        REFERENCES publication (municipality, document, number),
    FOREIGN KEY (municipality, document, run, finding)
        REFERENCES finding (municipality, document, run, number)
);

-- 取下げ of the publications from one number to another.
CREATE TABLE withdrawal (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    number BIGINT NOT NULL,
    first_number BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, document, number),
    FOREIGN KEY (municipality, document, first_number)
        REFERENCES publication (municipality, document, number),
    FOREIGN KEY (municipality, document, last_number)
        REFERENCES publication (municipality, document, number)
);

-- What was published stays as it was published.
CREATE TRIGGER publication_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER publication_sheet_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_sheet
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER publication_finding_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_finding
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER withdrawal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON withdrawal
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();

-- The second wall: a session sees the rows of the municipality that it named, and of no other.
ALTER TABLE publication ENABLE ROW LEVEL SECURITY;
ALTER TABLE publication FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON publication
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE publication_sheet ENABLE ROW LEVEL SECURITY;
ALTER TABLE publication_sheet FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON publication_sheet
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE publication_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE publication_finding FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON publication_finding
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE withdrawal ENABLE ROW LEVEL SECURITY;
ALTER TABLE withdrawal FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON withdrawal
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
