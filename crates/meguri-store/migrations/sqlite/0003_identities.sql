-- Permanent ids of what papers speak of, what persons decided about it, and corrected files.

-- The id of each key by which papers name a project, an indicator, a theme or a section.
CREATE TABLE identity (
    municipality TEXT NOT NULL REFERENCES municipality,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (municipality, kind, key)
) WITHOUT ROWID;

-- An id that was joined to another stays known: addresses are promises.
CREATE TABLE redirect (
    municipality TEXT NOT NULL REFERENCES municipality,
    former INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (municipality, former)
) WITHOUT ROWID;

-- What persons decided about two keys; the last line about the same two rules.
CREATE TABLE decision (
    municipality TEXT NOT NULL REFERENCES municipality,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key_a TEXT NOT NULL,
    key_b TEXT NOT NULL,
    same INTEGER NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
) WITHOUT ROWID;

-- The file of a version of a document, where it is another one than that of the first version.
CREATE TABLE document_source (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (municipality, document, version),
    FOREIGN KEY (municipality, document, version)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, source) REFERENCES source (municipality, hash)
) WITHOUT ROWID;

CREATE TRIGGER decision_append_only_u BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
CREATE TRIGGER decision_append_only_d BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
