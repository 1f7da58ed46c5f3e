-- The departments (部) of sections, in a table of their own: the columns of a table that is sealed never
-- change.

CREATE TABLE section_department (
    municipality TEXT NOT NULL,
    edition INTEGER NOT NULL,
    place INTEGER NOT NULL,
    department TEXT NOT NULL,
    PRIMARY KEY (municipality, edition, place),
    FOREIGN KEY (municipality, edition, place)
        REFERENCES section (municipality, edition, place)
);
