"""The schema's step for measures. Never edited.

SQL only; `data.sqlite.schema` registers and runs it.
"""

MEASURES = """
CREATE TABLE measure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    path TEXT NOT NULL,
    dimension TEXT NOT NULL,
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 500),
    responsible TEXT NOT NULL CHECK (length(responsible) BETWEEN 1 AND 120),
    due TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('shared', 'improved', 'done'))
);
CREATE INDEX measure_of ON measure (wave_id);
CREATE TRIGGER measure_is_of_a_release BEFORE INSERT ON measure
    WHEN (SELECT state FROM wave WHERE id = new.wave_id) IS NOT 'released'
    BEGIN SELECT RAISE(ABORT, 'measures are agreed after a release'); END;
CREATE TRIGGER measure_stays_with_its_wave BEFORE UPDATE OF id, wave_id ON measure
    BEGIN SELECT RAISE(ABORT, 'a measure stays with its wave'); END;
"""
