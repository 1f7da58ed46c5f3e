-- Permanent ids of what papers speak of, what persons decided about it, and corrected files.

-- The id of each key by which papers name a project, an indicator, a theme or a section.
CREATE TABLE identity (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    kind TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (municipality, kind, key)
);

-- An id that was joined to another stays known: addresses are promises.
CREATE TABLE redirect (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    former BIGINT NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (municipality, former)
);

-- What persons decided about two keys; the last line about the same two rules.
CREATE TABLE decision (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    number BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    key_a TEXT COLLATE "C" NOT NULL,
    key_b TEXT COLLATE "C" NOT NULL,
    same BIGINT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
);

-- The file of a version of a document, where it is another one than that of the first version.
CREATE TABLE document_source (
    municipality TEXT COLLATE "C" NOT NULL,
    document BIGINT NOT NULL,
    version BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (municipality, document, version),
    FOREIGN KEY (municipality, document, version)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, source) REFERENCES source (municipality, hash)
);

CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();

-- The second wall: a session sees the rows of the municipality that it named, and of no other.
ALTER TABLE identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON identity
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE redirect ENABLE ROW LEVEL SECURITY;
ALTER TABLE redirect FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON redirect
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON decision
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE document_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_source FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON document_source
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
