-- The departments (部) of sections, in a table of their own: the columns of a table that is sealed never
-- change.

CREATE TABLE section_department (
    municipality TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    place BIGINT NOT NULL,
    department TEXT NOT NULL,
    PRIMARY KEY (municipality, edition, place),
    FOREIGN KEY (municipality, edition, place)
        REFERENCES section (municipality, edition, place)
);

-- The second wall: a session sees the rows of the municipality that it named, and of no other.
ALTER TABLE section_department ENABLE ROW LEVEL SECURITY;
ALTER TABLE section_department FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON section_department
    USING (municipality = current_setting('meguri.municipality', true))
    WITH CHECK (municipality = current_setting('meguri.municipality', true));
