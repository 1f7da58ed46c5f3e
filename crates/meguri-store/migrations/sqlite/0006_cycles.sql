-- The year's work (照会): cycles with their days, what happened to each sheet, drafts, comments.

-- One call-out of the sheets of a plan for a fiscal year. `act` is the write that made a row: the line
-- of the audit that tells of it names it.
CREATE TABLE cycle (
    municipality TEXT NOT NULL,
    id INTEGER NOT NULL,
    act INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    year INTEGER NOT NULL,
    document INTEGER NOT NULL,
    label TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, plan, year),
    FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);

-- The three days of a stage; the last row of a stage is in force.
CREATE TABLE cycle_stage (
    municipality TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    stage TEXT NOT NULL,
    act INTEGER NOT NULL,
    shown TEXT,
    no_new_from TEXT,
    no_change_from TEXT,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, stage, act),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id)
);

-- What happened to a part of a sheet, in the order of the numbers. Where a sheet stands is computed
-- from these rows and kept nowhere.
CREATE TABLE sheet_event (
    municipality TEXT NOT NULL,
    number INTEGER NOT NULL,
    act INTEGER NOT NULL,
    cycle INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    stage TEXT NOT NULL,
    section TEXT,
    kind TEXT NOT NULL,
    words TEXT,
    to_section TEXT,
    shown TEXT,
    no_new_from TEXT,
    no_change_from TEXT,
    sheet_version INTEGER NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    deputy_of TEXT,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, number),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

CREATE INDEX sheet_event_sheet ON sheet_event (municipality, cycle, sheet, number);
CREATE INDEX sheet_event_act ON sheet_event (municipality, act);

-- What a return asks to be changed.
CREATE TABLE change_request (
    municipality TEXT NOT NULL,
    event INTEGER NOT NULL,
    place INTEGER NOT NULL,
    act INTEGER NOT NULL,
    field TEXT,
    words TEXT NOT NULL,
    finding TEXT,
    PRIMARY KEY (municipality, event, place),
    FOREIGN KEY (municipality, event) REFERENCES sheet_event (municipality, number)
);

CREATE INDEX change_request_act ON change_request (municipality, act);

-- What was said about a sheet or one field of it. An answer names what it answers; a row of the kind
-- `done` says that the thing is settled.
CREATE TABLE sheet_comment (
    municipality TEXT NOT NULL,
    number INTEGER NOT NULL,
    act INTEGER NOT NULL,
    cycle INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    field TEXT,
    answers INTEGER,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, number),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

CREATE INDEX sheet_comment_sheet ON sheet_comment (municipality, cycle, sheet, number);
CREATE INDEX sheet_comment_act ON sheet_comment (municipality, act);

-- What is typed and not sent yet, one row an answer. It is changed in place, and stands in no export,
-- no version and no line of the audit.
CREATE TABLE draft (
    municipality TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    slot TEXT NOT NULL,
    typed TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, sheet, slot),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

-- What somebody typed while somebody else typed the same answer: kept until the sheet is sent.
CREATE TABLE draft_other (
    municipality TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    slot TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    typed TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, sheet, slot, stamp),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

-- Up to which event somebody has looked at a sheet.
CREATE TABLE sheet_seen (
    municipality TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    who TEXT NOT NULL,
    sheet_version INTEGER NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, sheet, who),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

-- What happened stays as it happened.
CREATE TRIGGER cycle_no_update BEFORE UPDATE ON cycle
BEGIN
    SELECT RAISE(ABORT, 'cycle is append-only');
END;
CREATE TRIGGER cycle_no_delete BEFORE DELETE ON cycle
BEGIN
    SELECT RAISE(ABORT, 'cycle is append-only');
END;
CREATE TRIGGER cycle_stage_no_update BEFORE UPDATE ON cycle_stage
BEGIN
    SELECT RAISE(ABORT, 'cycle_stage is append-only');
END;
CREATE TRIGGER cycle_stage_no_delete BEFORE DELETE ON cycle_stage
BEGIN
    SELECT RAISE(ABORT, 'cycle_stage is append-only');
END;
CREATE TRIGGER sheet_event_no_update BEFORE UPDATE ON sheet_event
BEGIN
    SELECT RAISE(ABORT, 'sheet_event is append-only');
END;
CREATE TRIGGER sheet_event_no_delete BEFORE DELETE ON sheet_event
BEGIN
    SELECT RAISE(ABORT, 'sheet_event is append-only');
END;
CREATE TRIGGER change_request_no_update BEFORE UPDATE ON change_request
BEGIN
    SELECT RAISE(ABORT, 'change_request is append-only');
END;
CREATE TRIGGER change_request_no_delete BEFORE DELETE ON change_request
BEGIN
    SELECT RAISE(ABORT, 'change_request is append-only');
END;
CREATE TRIGGER sheet_comment_no_update BEFORE UPDATE ON sheet_comment
BEGIN
    SELECT RAISE(ABORT, 'sheet_comment is append-only');
END;
CREATE TRIGGER sheet_comment_no_delete BEFORE DELETE ON sheet_comment
BEGIN
    SELECT RAISE(ABORT, 'sheet_comment is append-only');
END;
