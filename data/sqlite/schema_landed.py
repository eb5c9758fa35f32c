"""The schema's second and third step: expectations, and what privacy asks. Never edited.

SQL only; `data.sqlite.schema` registers and runs it.
"""

EXPECTATIONS = """
CREATE TABLE target (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    path TEXT NOT NULL,
    dimension TEXT NOT NULL,
    value REAL NOT NULL CHECK (value BETWEEN 1 AND 5),
    PRIMARY KEY (wave_id, path, dimension)
) WITHOUT ROWID;
CREATE TABLE prediction (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    dimension TEXT NOT NULL,
    value REAL NOT NULL CHECK (value BETWEEN 1 AND 5),
    entered_by TEXT NOT NULL CHECK (entered_by <> ''),
    entered_on TEXT NOT NULL,
    PRIMARY KEY (wave_id, dimension)
) WITHOUT ROWID;
CREATE TABLE release_headcount (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    path TEXT NOT NULL,
    headcount INTEGER NOT NULL,
    PRIMARY KEY (wave_id, path)
) WITHOUT ROWID;
CREATE TABLE release_reliability (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    number INTEGER NOT NULL,
    scale TEXT NOT NULL,
    parts INTEGER NOT NULL,
    people INTEGER NOT NULL,
    alpha REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    omega REAL,
    PRIMARY KEY (wave_id, number)
) WITHOUT ROWID;
"""

PRIVACY = """
ALTER TABLE wave ADD COLUMN position_by_division INTEGER NOT NULL DEFAULT 0;
ALTER TABLE wave ADD COLUMN contact_by_division INTEGER NOT NULL DEFAULT 0;
CREATE TABLE settings_log (
    wave_id INTEGER NOT NULL REFERENCES wave(id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    act TEXT NOT NULL,
    details TEXT NOT NULL,
    before TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (wave_id, number)
) WITHOUT ROWID;
CREATE TRIGGER settings_log_is_not_rewritten BEFORE UPDATE ON settings_log
    BEGIN SELECT RAISE(ABORT, 'the settings log is append-only'); END;
CREATE TRIGGER settings_log_is_not_shortened BEFORE DELETE ON settings_log
    WHEN EXISTS (SELECT 1 FROM wave WHERE id = old.wave_id)
    BEGIN SELECT RAISE(ABORT, 'the settings log is append-only'); END;
CREATE TRIGGER settings_log_is_only_continued BEFORE INSERT ON settings_log
    WHEN new.number <> (SELECT ifnull(max(number), 0) + 1 FROM settings_log
                        WHERE wave_id = new.wave_id)
    BEGIN SELECT RAISE(ABORT, 'the settings log is append-only'); END;
CREATE TABLE participation (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    department_id INTEGER NOT NULL REFERENCES department(id),
    band INTEGER NOT NULL,
    PRIMARY KEY (wave_id, department_id)
) WITHOUT ROWID;
CREATE TABLE participation_counted (
    wave_id INTEGER PRIMARY KEY REFERENCES wave(id),
    at TEXT NOT NULL
);
"""
