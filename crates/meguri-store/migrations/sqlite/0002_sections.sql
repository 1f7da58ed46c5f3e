-- 課 and their history, by edition of the city's list.

-- The city's list of sections, every edition of it.
CREATE TABLE section_register (
    municipality TEXT NOT NULL REFERENCES municipality,
    edition INTEGER NOT NULL,
    who TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (municipality, edition)
);

CREATE TABLE section (
    municipality TEXT NOT NULL,
    edition INTEGER NOT NULL,
    place INTEGER NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    first_year INTEGER,
    last_year INTEGER,
    PRIMARY KEY (municipality, edition, place),
    FOREIGN KEY (municipality, edition) REFERENCES section_register (municipality, edition)
);

CREATE TABLE section_successor (
    municipality TEXT NOT NULL,
    edition INTEGER NOT NULL,
    place INTEGER NOT NULL,
    number INTEGER NOT NULL,
    successor TEXT NOT NULL,
    PRIMARY KEY (municipality, edition, place, number),
    FOREIGN KEY (municipality, edition, place)
        REFERENCES section (municipality, edition, place)
);
