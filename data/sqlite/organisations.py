"""The shelf of clients and their trees. See `data.shelves.Organisations`."""

import sqlite3
from collections.abc import Mapping

from sqlite_utils import Database

from data.errors import SetUpProblem
from data.model import Department, DepartmentPath, Organisation
from data.sqlite.connections import Connections


class SqliteOrganisations:
    """Fulfils `data.shelves.Organisations`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, name: str, *, demo: bool = False, separator: str = "/") -> Organisation:
        """Create an organisation. `SetUpProblem` where the name is taken."""
        try:
            with self._connections.writing() as db:
                cursor = db.execute(
                    "INSERT INTO organisation (name, demo, separator) VALUES (?, ?, ?)",
                    [name, demo, separator],
                )
                return Organisation(int(cursor.lastrowid or 0), name, demo, separator)
        except sqlite3.IntegrityError as error:
            raise SetUpProblem("error.organisation_exists", organisation=name) from error

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by name."""
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT id, name, demo, separator FROM organisation ORDER BY name"
            ).fetchall()
        return tuple(Organisation(i, name, bool(demo), sep) for i, name, demo, sep in rows)

    def departments(self, organisation: Organisation) -> tuple[Department, ...]:
        """The tree, parents before children, siblings in the order they were added."""
        with self._connections.borrow() as db:
            return read_departments(db, organisation.id)

    def save_departments(
        self, organisation: Organisation, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing (parents too) and set the headcounts given; None keeps the old."""
        with self._connections.writing() as db:
            known = {d.path: d.id for d in read_departments(db, organisation.id)}
            for path in headcounts:
                for depth in range(1, len(path) + 1):
                    _ensure(db, organisation, path[:depth], known)
            db.conn.executemany(
                "UPDATE department SET headcount = ? WHERE id = ?",
                [(count, known[path]) for path, count in headcounts.items() if count is not None],
            )
            return read_departments(db, organisation.id)


def read_departments(db: Database, organisation_id: int) -> tuple[Department, ...]:
    """The tree of one organisation in depth-first order."""
    rows = db.execute(
        "SELECT id, parent_id, name, headcount FROM department WHERE organisation_id = ?"
        " ORDER BY id DESC",
        [organisation_id],
    ).fetchall()
    children: dict[int | None, list[tuple[int, str, int | None]]] = {}
    for id_, parent, name, headcount in rows:
        children.setdefault(parent, []).append((id_, name, headcount))
    found: list[Department] = []
    waiting: list[tuple[DepartmentPath, tuple[int, str, int | None]]] = [
        ((), row) for row in children.get(None, [])
    ]
    while waiting:
        above, (id_, name, headcount) = waiting.pop()
        path = (*above, name)
        found.append(Department(id_, path, headcount))
        waiting.extend((path, row) for row in children.get(id_, []))
    return tuple(found)


def _ensure(
    db: Database, organisation: Organisation, path: DepartmentPath, known: dict[DepartmentPath, int]
) -> None:
    if path in known:
        return
    cursor = db.execute(
        "INSERT INTO department (organisation_id, parent_id, name) VALUES (?, ?, ?)",
        [organisation.id, known.get(path[:-1]), path[-1]],
    )
    known[path] = int(cursor.lastrowid or 0)
