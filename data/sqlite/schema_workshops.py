"""The schema's step for workshops. Never edited.

SQL only; `data.sqlite.schema` registers and runs it. As with answers, nothing
keeps an order of arrival: what a phone sends has a random key, and its tables
are WITHOUT ROWID.
"""

WORKSHOPS = """
CREATE TABLE workshop (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    wave_id INTEGER REFERENCES wave(id),
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    instrument TEXT NOT NULL,
    smallest_group INTEGER NOT NULL CHECK (smallest_group BETWEEN 5 AND 20),
    dots INTEGER NOT NULL CHECK (dots BETWEEN 1 AND 10),
    state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'ended')),
    day TEXT,
    at INTEGER NOT NULL DEFAULT 0,
    timer_ends TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    phones INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX workshop_of ON workshop (organisation_id);
CREATE TABLE workshop_step (
    workshop_id INTEGER NOT NULL REFERENCES workshop(id),
    id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    dimension TEXT NOT NULL,
    items TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 240),
    notes TEXT NOT NULL,
    skipped INTEGER NOT NULL CHECK (skipped IN (0, 1)),
    PRIMARY KEY (workshop_id, id)
) WITHOUT ROWID;
CREATE TABLE workshop_round (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop_id INTEGER NOT NULL REFERENCES workshop(id),
    step INTEGER NOT NULL,
    number INTEGER NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
    voters INTEGER,
    choices TEXT NOT NULL,
    UNIQUE (workshop_id, step, number)
);
CREATE TABLE workshop_phone (
    workshop_id INTEGER NOT NULL REFERENCES workshop(id),
    phone BLOB NOT NULL,
    PRIMARY KEY (workshop_id, phone)
) WITHOUT ROWID;
CREATE TABLE workshop_vote (
    workshop_id INTEGER NOT NULL REFERENCES workshop(id),
    round_id INTEGER NOT NULL REFERENCES workshop_round(id),
    phone BLOB NOT NULL,
    question TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10),
    PRIMARY KEY (round_id, phone, question)
) WITHOUT ROWID;
CREATE TABLE workshop_count (
    workshop_id INTEGER NOT NULL REFERENCES workshop(id),
    round_id INTEGER NOT NULL REFERENCES workshop_round(id),
    question TEXT NOT NULL,
    value INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (round_id, question, value)
) WITHOUT ROWID;
CREATE TABLE workshop_contribution (
    workshop_id INTEGER NOT NULL REFERENCES workshop(id),
    id BLOB NOT NULL,
    step INTEGER NOT NULL,
    round_id INTEGER REFERENCES workshop_round(id),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 280),
    shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
    heap TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workshop_id, id)
) WITHOUT ROWID;
CREATE TRIGGER workshop_is_of_a_release BEFORE INSERT ON workshop
    WHEN new.wave_id IS NOT NULL
         AND (SELECT state FROM wave WHERE id = new.wave_id) IS NOT 'released'
    BEGIN SELECT RAISE(ABORT, 'a workshop starts from a release'); END;
CREATE TRIGGER workshop_vote_is_in_time BEFORE INSERT ON workshop_vote
    WHEN (SELECT closed FROM workshop_round WHERE id = new.round_id) IS NOT 0
    BEGIN SELECT RAISE(ABORT, 'the round is closed'); END;
CREATE TRIGGER workshop_round_stays_closed BEFORE UPDATE ON workshop_round WHEN old.closed = 1
    BEGIN SELECT RAISE(ABORT, 'the round is closed'); END;
CREATE TRIGGER workshop_round_closes_without_votes BEFORE UPDATE OF closed ON workshop_round
    WHEN new.closed = 1 AND EXISTS (SELECT 1 FROM workshop_vote WHERE round_id = new.id)
    BEGIN SELECT RAISE(ABORT, 'votes are deleted first'); END;
CREATE TRIGGER workshop_count_is_frozen BEFORE UPDATE ON workshop_count
    BEGIN SELECT RAISE(ABORT, 'a revealed round is final'); END;
CREATE TRIGGER workshop_smallest_group_stays BEFORE UPDATE OF smallest_group ON workshop
    BEGIN SELECT RAISE(ABORT, 'what was promised stays'); END;
"""

MEASURES_OF_WORKSHOPS = """
CREATE TABLE measure_of_workshops (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    wave_id INTEGER REFERENCES wave(id),
    workshop_id INTEGER REFERENCES workshop(id) ON DELETE SET NULL,
    path TEXT NOT NULL,
    dimension TEXT NOT NULL,
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 500),
    responsible TEXT NOT NULL CHECK (length(responsible) BETWEEN 1 AND 120),
    due TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('shared', 'improved', 'done'))
);
INSERT INTO measure_of_workshops
    SELECT measure.id, organisation_id, wave_id, NULL, path, dimension, what, responsible, due,
           measure.state
    FROM measure JOIN wave ON wave.id = wave_id;
DELETE FROM sqlite_sequence WHERE name = 'measure_of_workshops';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'measure_of_workshops', seq FROM sqlite_sequence WHERE name = 'measure';
DROP TABLE measure;
ALTER TABLE measure_of_workshops RENAME TO measure;
CREATE INDEX measure_of ON measure (wave_id);
CREATE INDEX measure_of_organisation ON measure (organisation_id);
CREATE TRIGGER measure_is_of_a_release BEFORE INSERT ON measure
    WHEN new.wave_id IS NOT NULL
         AND (SELECT state FROM wave WHERE id = new.wave_id) IS NOT 'released'
    BEGIN SELECT RAISE(ABORT, 'measures are agreed after a release'); END;
CREATE TRIGGER measure_stays_with_its_wave BEFORE UPDATE OF id, wave_id, organisation_id ON measure
    BEGIN SELECT RAISE(ABORT, 'a measure stays with its wave'); END;
"""
"""Measures may be agreed in a workshop, which may have started from no wave."""
