"""The schema, as steps that are applied once each and never edited afterwards.

What METHOD asks of answers at rest is here: the key of a response is a random
nonce and its tables are WITHOUT ROWID, so nothing keeps an order of arrival;
there is no time, address or browser; a response knows no invitation, and a
comment knows no response.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from data.sqlite.schema_landed import EXPECTATIONS, PRIVACY
from data.sqlite.schema_measures import MEASURES
from data.sqlite.schema_surveys import (
    MOVE_TO_COPY,
    OF_DEPARTMENTS,
    RUNNING_SURVEYS,
    TREES_OF_WAVES,
)
from data.sqlite.schema_workshops import MEASURES_OF_WORKSHOPS, WORKSHOPS

APPLICATION_ID = 0x4B4B6F6D
"""Marks a file as ours ("KKom"), so that no other program's database is touched."""

migrations = Migrations("kundenkompass")

_FIRST = """
CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    demo INTEGER NOT NULL,
    separator TEXT NOT NULL
);
CREATE TABLE department (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    parent_id INTEGER REFERENCES department(id),
    name TEXT NOT NULL,
    headcount INTEGER CHECK (headcount >= 0)
);
CREATE UNIQUE INDEX department_once
    ON department (organisation_id, ifnull(parent_id, 0), name);
CREATE TABLE wave (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    instrument TEXT NOT NULL,
    items TEXT NOT NULL,
    position INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    smallest_group INTEGER NOT NULL CHECK (smallest_group BETWEEN 5 AND 20),
    results_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'released')),
    opened_on TEXT,
    closed_on TEXT,
    released_on TEXT,
    UNIQUE (organisation_id, title)
);
CREATE TABLE invitation (
    code TEXT PRIMARY KEY,
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    department_id INTEGER REFERENCES department(id)
) WITHOUT ROWID;
CREATE TABLE response (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    nonce BLOB NOT NULL,
    department_id INTEGER REFERENCES department(id),
    leads INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    PRIMARY KEY (wave_id, nonce)
) WITHOUT ROWID;
CREATE TABLE answer (
    wave_id INTEGER NOT NULL,
    nonce BLOB NOT NULL,
    item TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 5),
    PRIMARY KEY (wave_id, nonce, item),
    FOREIGN KEY (wave_id, nonce) REFERENCES response (wave_id, nonce)
) WITHOUT ROWID;
CREATE TABLE comment (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    id BLOB NOT NULL,
    department_id INTEGER REFERENCES department(id),
    dimension TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (wave_id, id)
) WITHOUT ROWID;
CREATE TABLE day_count (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    day TEXT NOT NULL,
    responses INTEGER NOT NULL,
    PRIMARY KEY (wave_id, day)
) WITHOUT ROWID;
CREATE TABLE release_group (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    member INTEGER,
    without TEXT NOT NULL,
    PRIMARY KEY (wave_id, number)
) WITHOUT ROWID;
CREATE TABLE release_histogram (
    wave_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    item TEXT NOT NULL,
    n0 INTEGER NOT NULL,
    n1 INTEGER NOT NULL,
    n2 INTEGER NOT NULL,
    n3 INTEGER NOT NULL,
    n4 INTEGER NOT NULL,
    n5 INTEGER NOT NULL,
    PRIMARY KEY (wave_id, number, item),
    FOREIGN KEY (wave_id, number) REFERENCES release_group (wave_id, number)
) WITHOUT ROWID;
CREATE TABLE release_comment (
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    number INTEGER NOT NULL,
    path TEXT NOT NULL,
    dimension TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (wave_id, number)
) WITHOUT ROWID;
CREATE TRIGGER release_group_is_frozen BEFORE UPDATE ON release_group
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TRIGGER release_histogram_is_frozen BEFORE UPDATE ON release_histogram
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TRIGGER release_comment_is_frozen BEFORE UPDATE ON release_comment
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TRIGGER release_group_is_whole BEFORE INSERT ON release_group
    WHEN (SELECT state FROM wave WHERE id = new.wave_id) = 'released'
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TRIGGER release_histogram_is_whole BEFORE INSERT ON release_histogram
    WHEN (SELECT state FROM wave WHERE id = new.wave_id) = 'released'
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TRIGGER release_comment_is_whole BEFORE INSERT ON release_comment
    WHEN (SELECT state FROM wave WHERE id = new.wave_id) = 'released'
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TRIGGER released_is_final BEFORE UPDATE ON wave WHEN old.state = 'released'
    BEGIN SELECT RAISE(ABORT, 'a release is final'); END;
CREATE TABLE owner_link (
    hash BLOB PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE owner_session (
    hash BLOB PRIMARY KEY,
    until TEXT NOT NULL
) WITHOUT ROWID;
"""

_FROZEN_WITH_THE_RELEASE = ("target", "prediction", "release_headcount", "release_reliability")


@migrations()
def first_house(db: Database) -> None:
    """Organisations, waves, answers, releases and the owner's browsers."""
    _run(db, _FIRST)


@migrations()
def expectations(db: Database) -> None:
    """What leadership expects of a wave, and what a release says about itself."""
    _run(db, EXPECTATIONS)
    for table in _FROZEN_WITH_THE_RELEASE:
        for act, row in (("INSERT", "new"), ("UPDATE", "old")):
            _run(
                db,
                f"CREATE TRIGGER {table}_{act.lower()}_is_final BEFORE {act} ON {table}"  # noqa: S608 - our own names
                f" WHEN (SELECT state FROM wave WHERE id = {row}.wave_id) = 'released'"
                " BEGIN SELECT RAISE(ABORT, 'a release is final'); END;",
            )


@migrations()
def privacy(db: Database) -> None:
    """Pairs by division, a log of settings that cannot be rewritten, participation in bands."""
    _run(db, PRIVACY)


@migrations()
def running_surveys(db: Database) -> None:
    """Accounts, the audit log, profiles, schedules, personal invitations, a tree for each wave."""
    _run(db, RUNNING_SURVEYS)
    _run(db, TREES_OF_WAVES)
    for table in OF_DEPARTMENTS:
        db.execute(MOVE_TO_COPY.format(table=table))
    db.execute("DROP TABLE department_copy")


@migrations()
def measures(db: Database) -> None:
    """What organisations agree to do after a release."""
    _run(db, MEASURES)


@migrations()
def workshops(db: Database) -> None:
    """Workshops, and measures that are agreed in them."""
    _run(db, WORKSHOPS)
    _run(db, MEASURES_OF_WORKSHOPS)


def _run(db: Database, statements: str) -> None:
    statement = ""
    for line in statements.strip().splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
