-- The year's work (照会): cycles with their days, what happened to each sheet, drafts, comments.

-- One call-out of the sheets of a plan for a fiscal year. `act` is the write that made a row: the line
-- of the audit that tells of it names it.
CREATE TABLE cycle (
    municipality TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    act BIGINT NOT NULL,
    plan BIGINT NOT NULL,
    year BIGINT NOT NULL,
    document BIGINT NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    cycle BIGINT NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    act BIGINT NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    act BIGINT NOT NULL,
    cycle BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    stage TEXT NOT NULL,
    section TEXT,
    kind TEXT NOT NULL,
    words TEXT,
    to_section TEXT,
    shown TEXT,
    no_new_from TEXT,
    no_change_from TEXT,
    sheet_version BIGINT NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    place BIGINT NOT NULL,
    act BIGINT NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    act BIGINT NOT NULL,
    cycle BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    field TEXT,
    answers BIGINT,
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
    municipality TEXT COLLATE "C" NOT NULL,
    cycle BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    slot TEXT COLLATE "C" NOT NULL,
    typed TEXT NOT NULL,
    stamp BIGINT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, sheet, slot),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

-- What somebody typed while somebody else typed the same answer: kept until the sheet is sent.
CREATE TABLE draft_other (
    municipality TEXT COLLATE "C" NOT NULL,
    cycle BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    slot TEXT COLLATE "C" NOT NULL,
    stamp BIGINT NOT NULL,
    typed TEXT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, sheet, slot, stamp),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

-- Up to which event somebody has looked at a sheet.
CREATE TABLE sheet_seen (
    municipality TEXT COLLATE "C" NOT NULL,
    cycle BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    sheet_version BIGINT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, cycle, sheet, who),
    FOREIGN KEY (municipality, cycle) REFERENCES cycle (municipality, id),
    FOREIGN KEY (municipality, sheet) REFERENCES sheet (municipality, id)
);

-- What happened stays as it happened.
CREATE TRIGGER cycle_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cycle
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER cycle_stage_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cycle_stage
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER sheet_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sheet_event
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER change_request_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change_request
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER sheet_comment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sheet_comment
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();

-- The second wall: no row of another municipality.
ALTER TABLE cycle ENABLE ROW LEVEL SECURITY;
ALTER TABLE cycle FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON cycle
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE cycle_stage ENABLE ROW LEVEL SECURITY;
ALTER TABLE cycle_stage FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON cycle_stage
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE sheet_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE sheet_event FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sheet_event
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE change_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_request FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON change_request
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE sheet_comment ENABLE ROW LEVEL SECURITY;
ALTER TABLE sheet_comment FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sheet_comment
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON draft
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE draft_other ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_other FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON draft_other
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE sheet_seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE sheet_seen FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sheet_seen
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
