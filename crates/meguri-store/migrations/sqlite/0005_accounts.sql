-- 利用者: who works with the system and what they may do, every edition of it.

-- One account for a person; the name by which they sign in is never another's.
CREATE TABLE account (
    municipality TEXT NOT NULL REFERENCES municipality,
    name TEXT NOT NULL,
    PRIMARY KEY (municipality, name)
);

-- What an administrator says of an account; the newest edition is in force.
CREATE TABLE account_edition (
    municipality TEXT NOT NULL,
    account TEXT NOT NULL,
    edition INTEGER NOT NULL,
    label TEXT NOT NULL,
    mail TEXT,
    enabled INTEGER NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, account, edition),
    FOREIGN KEY (municipality, account) REFERENCES account (municipality, name)
);

-- The roles of an edition. Days are ISO 8601; `deputy_of` is the account for which the person acts.
CREATE TABLE account_grant (
    municipality TEXT NOT NULL,
    account TEXT NOT NULL,
    edition INTEGER NOT NULL,
    place INTEGER NOT NULL,
    role TEXT NOT NULL,
    section TEXT,
    department TEXT,
    assignee TEXT,
    valid_from TEXT,
    valid_until TEXT,
    deputy_of TEXT,
    PRIMARY KEY (municipality, account, edition, place),
    FOREIGN KEY (municipality, account, edition)
        REFERENCES account_edition (municipality, account, edition)
);

-- By what a person proves who they are. In no export, in no line of the audit.
CREATE TABLE account_secret (
    municipality TEXT NOT NULL,
    account TEXT NOT NULL,
    password TEXT NOT NULL,
    must_change INTEGER NOT NULL,
    code TEXT,
    code_step INTEGER NOT NULL,
    PRIMARY KEY (municipality, account),
    FOREIGN KEY (municipality, account) REFERENCES account (municipality, name)
);

-- Who is signed in: the hash of what the browser holds. Moments are seconds since 1970.
CREATE TABLE session (
    municipality TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    stage TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    source TEXT,
    agent TEXT,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, account) REFERENCES account (municipality, name)
);

CREATE INDEX session_account ON session (municipality, account);

-- How often somebody tried to sign in: by account, by source, by both. `key` is a hash, since
-- people type passwords where a name belongs.
CREATE TABLE sign_in_tally (
    municipality TEXT NOT NULL REFERENCES municipality,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last INTEGER NOT NULL,
    waits_until INTEGER NOT NULL,
    known INTEGER NOT NULL,
    PRIMARY KEY (municipality, kind, key)
);

-- What was decided about rights stays as it was decided.
CREATE TRIGGER account_edition_no_update BEFORE UPDATE ON account_edition
BEGIN
    SELECT RAISE(ABORT, 'account_edition is append-only');
END;
CREATE TRIGGER account_edition_no_delete BEFORE DELETE ON account_edition
BEGIN
    SELECT RAISE(ABORT, 'account_edition is append-only');
END;
CREATE TRIGGER account_grant_no_update BEFORE UPDATE ON account_grant
BEGIN
    SELECT RAISE(ABORT, 'account_grant is append-only');
END;
CREATE TRIGGER account_grant_no_delete BEFORE DELETE ON account_grant
BEGIN
    SELECT RAISE(ABORT, 'account_grant is append-only');
END;
