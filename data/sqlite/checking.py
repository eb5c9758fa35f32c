"""Looking through a database file without a chance of writing to it."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

from data.errors import DatabaseProblem
from data.sqlite.schema import APPLICATION_ID, migrations

_MOST = 100
"""Damaged places that are counted."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file says about itself: all is well where nothing is set.

    `damage`: what SQLite says of damaged places, at most 100. `astray`: rows
    that point to nothing, by table. `pending`: steps of the schema that this
    version would take. `unknown`: steps that only a newer version knows.
    """

    damage: tuple[str, ...] = ()
    astray: Mapping[str, int] | None = None
    pending: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether this version can read what is in it."""
        return not (self.damage or self.pending or self.unknown)


def look_through(path: Path, *, patience: float = 5.0) -> FileState:
    """Every page, reference and step of the schema. `DatabaseProblem`: not there, or not ours."""
    if not path.is_file():
        raise DatabaseProblem("error.database_missing", path=path)
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=patience)) as db:
            _refuse_foreign(db, path)
            damage = _damage(db)
            return FileState(damage) if damage else _state(db)
    except sqlite3.DatabaseError as error:
        return FileState((str(error),))


def _refuse_foreign(db: sqlite3.Connection, path: Path) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise DatabaseProblem("error.database_foreign", path=path)


def _damage(db: sqlite3.Connection) -> tuple[str, ...]:
    rows = db.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    return tuple(str(said) for (said,) in rows if said != "ok")


def _state(db: sqlite3.Connection) -> FileState:
    astray = Counter(str(table) for table, *_ in db.execute("PRAGMA foreign_key_check"))
    known = [step.name for step in migrations.pending(Database(memory=True))]
    rows = db.execute(f"SELECT name FROM {Migrations.migrations_table}")  # noqa: S608
    applied = {str(name) for (name,) in rows}
    return FileState(
        astray=dict(astray),
        pending=tuple(name for name in known if name not in applied),
        unknown=tuple(sorted(applied.difference(known))),
    )
