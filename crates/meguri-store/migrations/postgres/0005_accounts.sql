-- 利用者: who works with the system and what they may do, every edition of it.

-- One account for a person; the name by which they sign in is never another's.
CREATE TABLE account (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (municipality, name)
);

-- What an administrator says of an account; the newest edition is in force.
CREATE TABLE account_edition (
    municipality TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    label TEXT NOT NULL,
    mail TEXT,
    enabled BIGINT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, account, edition),
    FOREIGN KEY (municipality, account) REFERENCES account (municipality, name)
);

-- The roles of an edition. Days are ISO 8601; `deputy_of` is the account for which the person acts.
CREATE TABLE account_grant (
    municipality TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    place BIGINT NOT NULL,
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
    municipality TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    password TEXT NOT NULL,
    must_change BIGINT NOT NULL,
    code TEXT,
    code_step BIGINT NOT NULL,
    PRIMARY KEY (municipality, account),
    FOREIGN KEY (municipality, account) REFERENCES account (municipality, name)
);

-- Who is signed in: the hash of what the browser holds. Moments are seconds since 1970.
CREATE TABLE session (
    municipality TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    stage TEXT NOT NULL,
    created BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    source TEXT,
    agent TEXT,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, account) REFERENCES account (municipality, name)
);

CREATE INDEX session_account ON session (municipality, account);

-- How often somebody tried to sign in: by account, by source, by both. `key` is a hash, since
-- people type passwords where a name belongs.
CREATE TABLE sign_in_tally (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    kind TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    failures BIGINT NOT NULL,
    last BIGINT NOT NULL,
    waits_until BIGINT NOT NULL,
    known BIGINT NOT NULL,
    PRIMARY KEY (municipality, kind, key)
);

-- What was decided about rights stays as it was decided.
CREATE TRIGGER account_edition_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_edition
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();
CREATE TRIGGER account_grant_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_grant
    FOR EACH STATEMENT EXECUTE FUNCTION meguri_append_only();

-- The second wall: a session sees the rows of the municipality that it named, and of no other.
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON account
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE account_edition ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_edition FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON account_edition
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE account_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON account_grant
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE account_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_secret FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON account_secret
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON session
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE sign_in_tally ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_tally FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sign_in_tally
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
