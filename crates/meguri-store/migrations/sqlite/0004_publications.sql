-- 公表: what the public may see, pinned for ever.

-- One publication of a document, numbered from 1 in each document.
CREATE TABLE publication (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
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
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    sheet_reading INTEGER NOT NULL,
    sheet_version INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    PRIMARY KEY (municipality, document, number, place),
    FOREIGN KEY (municipality, document, number)
        REFERENCES publication (municipality, document, number),
    FOREIGN KEY (municipality, sheet, sheet_reading)
        REFERENCES edition (municipality, record, version),
    FOREIGN KEY (municipality, sheet, sheet_version)
        REFERENCES edition (municipality, record, version)
) WITHOUT ROWID;

CREATE INDEX publication_sheet_edition ON publication_sheet (municipality, sheet, edition);

-- The findings that the city chose to publish, with what it says about each.
CREATE TABLE publication_finding (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    run INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (municipality, document, number, place),
    FOREIGN KEY (municipality, document, number)
        REFERENCES publication (municipality, document, number),
    FOREIGN KEY (municipality, document, run, finding)
        REFERENCES finding (municipality, document, run, number)
);

-- 取下げ of the publications from one number to another.
CREATE TABLE withdrawal (
    municipality TEXT NOT NULL,
    document INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first_number INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
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
CREATE TRIGGER publication_no_update BEFORE UPDATE ON publication
BEGIN
    SELECT RAISE(ABORT, 'publication is append-only');
END;
CREATE TRIGGER publication_no_delete BEFORE DELETE ON publication
BEGIN
    SELECT RAISE(ABORT, 'publication is append-only');
END;
CREATE TRIGGER publication_sheet_no_update BEFORE UPDATE ON publication_sheet
BEGIN
    SELECT RAISE(ABORT, 'publication_sheet is append-only');
END;
CREATE TRIGGER publication_sheet_no_delete BEFORE DELETE ON publication_sheet
BEGIN
    SELECT RAISE(ABORT, 'publication_sheet is append-only');
END;
CREATE TRIGGER publication_finding_no_update BEFORE UPDATE ON publication_finding
BEGIN
    SELECT RAISE(ABORT, 'publication_finding is append-only');
END;
CREATE TRIGGER publication_finding_no_delete BEFORE DELETE ON publication_finding
BEGIN
    SELECT RAISE(ABORT, 'publication_finding is append-only');
END;
CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'withdrawal is append-only');
END;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'withdrawal is append-only');
END;
