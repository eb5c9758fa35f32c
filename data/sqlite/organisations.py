"""The shelf of clients and their trees. See `data.shelves.Organisations`."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from sqlite_utils import Database

from data.errors import SetUpProblem
from data.model import Address, Department, DepartmentPath, Organisation, Profile, Wave
from data.sqlite.connections import Connections
from data.sqlite.trees import grow_tree, read_tree, replace_tree
from data.tree import Entry

ORGANISATION_COLUMNS = """
       organisation.id, organisation.name, organisation.demo, organisation.separator,
       organisation.language, organisation.address, organisation.swiss, organisation.accent,
       organisation.smallest_group, organisation.retention_days, organisation.contact,
       organisation.privacy,
       (SELECT digest FROM logo WHERE logo.organisation_id = organisation.id)
"""


class SqliteOrganisations:
    """Fulfils `data.shelves.Organisations`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(
        self,
        name: str,
        *,
        demo: bool = False,
        separator: str = "/",
        profile: Profile | None = None,
    ) -> Organisation:
        """Create an organisation. `SetUpProblem` where the name is taken."""
        profile = profile or Profile()
        try:
            with self._connections.writing() as db:
                cursor = db.execute(
                    "INSERT INTO organisation (name, demo, separator, language, address, swiss,"
                    " accent, smallest_group, retention_days, contact, privacy)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [name, demo, separator, *astuple(profile)],
                )
                return Organisation(int(cursor.lastrowid or 0), name, demo, separator, profile)
        except sqlite3.IntegrityError as error:
            raise SetUpProblem("error.organisation_exists", organisation=name) from error

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by name."""
        with self._connections.borrow() as db:
            rows = db.execute(
                f"SELECT {ORGANISATION_COLUMNS} FROM organisation ORDER BY name"  # noqa: S608 - our own columns
            ).fetchall()
        return tuple(organisation_of(row) for row in rows)

    def departments(self, organisation: Organisation) -> tuple[Department, ...]:
        """The tree, parents before children, siblings in the order they were added."""
        with self._connections.borrow() as db:
            return read_departments(db, organisation.id)

    def save_departments(
        self, organisation: Organisation, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing (parents too) and set the headcounts given; None keeps the old."""
        with self._connections.writing() as db:
            grow_tree(db, organisation.id, headcounts)
            return read_departments(db, organisation.id)

    def replace_departments(
        self, organisation: Organisation, seen: tuple[Department, ...], wanted: tuple[Entry, ...]
    ) -> tuple[Department, ...]:
        """Make this the tree; departments keep their ids, and so their links. `Conflict`."""
        with self._connections.writing() as db:
            replace_tree(db, organisation, seen, wanted)
            return read_departments(db, organisation.id)


def organisation_of(row: Sequence[Any]) -> Organisation:
    """An organisation from a row of `ORGANISATION_COLUMNS`."""
    return Organisation(
        id=row[0],
        name=row[1],
        demo=bool(row[2]),
        separator=row[3],
        profile=Profile(
            language=row[4],
            address=Address(row[5]),
            swiss=bool(row[6]),
            accent=row[7],
            smallest_group=row[8],
            retention_days=row[9],
            contact=row[10],
            privacy=row[11],
        ),
        logo=row[12],
    )


def read_departments(db: Database, organisation_id: int) -> tuple[Department, ...]:
    """The organisation's own tree, in depth-first order."""
    return read_tree(db, organisation_id)


def read_wave_departments(db: Database, wave: Wave) -> tuple[Department, ...]:
    """The tree that a wave asks in, in depth-first order: once opened, its own."""
    (drafted,) = db.execute("SELECT state = 'draft' FROM wave WHERE id = ?", [wave.id]).fetchone()
    return read_tree(db, wave.organisation.id, None if drafted else wave.id)
