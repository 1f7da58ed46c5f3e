-- 課 and their history, by edition of the city's list.

-- The city's list of sections, every edition of it.
CREATE TABLE section_register (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality,
    edition BIGINT NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, edition)
);

CREATE TABLE section (
    municipality TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    place BIGINT NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    first_year BIGINT,
    last_year BIGINT,
    PRIMARY KEY (municipality, edition, place),
    FOREIGN KEY (municipality, edition) REFERENCES section_register (municipality, edition)
);

CREATE TABLE section_successor (
    municipality TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    place BIGINT NOT NULL,
    number BIGINT NOT NULL,
    successor TEXT NOT NULL,
    PRIMARY KEY (municipality, edition, place, number),
    FOREIGN KEY (municipality, edition, place)
        REFERENCES section (municipality, edition, place)
);

-- The second wall: a session sees the rows of the municipality that it named, and of no other.
ALTER TABLE section_register ENABLE ROW LEVEL SECURITY;
ALTER TABLE section_register FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON section_register
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE section ENABLE ROW LEVEL SECURITY;
ALTER TABLE section FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON section
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
ALTER TABLE section_successor ENABLE ROW LEVEL SECURITY;
ALTER TABLE section_successor FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON section_successor
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
