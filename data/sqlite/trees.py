"""Trees of departments as rows: the organisation's own (without a wave), and one a wave.

A wave gets its tree when it opens; from then on nothing but an import of answers adds to it.
"""

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from data.errors import Conflict, ImportProblem
from data.model import Department, DepartmentPath, Organisation, Wave
from data.tree import Entry, completed, problems

_ROWS = """
SELECT id, parent_id, name, headcount, contact FROM department
WHERE organisation_id = ? AND ifnull(wave_id, 0) = ? ORDER BY id DESC
"""
_INSERT = """
INSERT INTO department (organisation_id, wave_id, parent_id, name, headcount, contact)
VALUES (?, ?, ?, ?, ?, ?)
"""
_IN_DRAFTS = "wave_id IN (SELECT id FROM wave WHERE organisation_id = ? AND state = 'draft')"
_LINKS = ("invitation", "personal_invitation")

_Node = tuple[int, str, int | None, bool | None]


def read_tree(
    db: Database, organisation_id: int, wave_id: int | None = None
) -> tuple[Department, ...]:
    """The organisation's own tree, or a wave's, in depth-first order."""
    children: dict[int | None, list[_Node]] = {}
    for id_, parent, name, headcount, contact in db.execute(
        _ROWS, [organisation_id, wave_id or 0]
    ).fetchall():
        node = (id_, name, headcount, None if contact is None else bool(contact))
        children.setdefault(parent, []).append(node)
    found: list[Department] = []
    waiting: list[tuple[DepartmentPath, _Node]] = [((), node) for node in children.get(None, [])]
    while waiting:
        above, (id_, name, headcount, contact) = waiting.pop()
        path = (*above, name)
        found.append(Department(id_, path, headcount, contact))
        waiting.extend((path, node) for node in children.get(id_, []))
    return tuple(found)


def copy_tree(db: Database, wave: Wave) -> None:
    """Give a wave the organisation's tree as its own, and lead its links there."""
    ids: dict[DepartmentPath, int] = {}
    moved: list[tuple[int, int, int]] = []
    for department in read_tree(db, wave.organisation.id):
        entry = Entry(department.path, department.headcount, department.contact)
        ids[entry.path] = _insert(db, wave.organisation.id, wave.id, entry, ids)
        moved.append((ids[entry.path], wave.id, department.id))
    for table in _LINKS:
        db.conn.executemany(
            f"UPDATE {table} SET department_id = ? WHERE wave_id = ? AND department_id = ?",  # noqa: S608 - our own tables
            moved,
        )


def grow_tree(
    db: Database,
    organisation_id: int,
    headcounts: Mapping[DepartmentPath, int | None],
    wave_id: int | None = None,
) -> None:
    """Add what is missing; headcounts given are set, in a wave's tree only where none is known."""
    known = {d.path: d for d in read_tree(db, organisation_id, wave_id)}
    ids = {path: department.id for path, department in known.items()}
    for path in headcounts:
        for depth in range(1, len(path) + 1):
            if path[:depth] not in ids:
                ids[path[:depth]] = _insert(db, organisation_id, wave_id, Entry(path[:depth]), ids)
    changed = {
        path: count
        for path, count in headcounts.items()
        if count is not None
        and (wave_id is None or path not in known or known[path].headcount is None)
    }
    db.conn.executemany(
        "UPDATE department SET headcount = ? WHERE id = ?",
        [(count, ids[path]) for path, count in changed.items()],
    )


def replace_tree(
    db: Database, organisation: Organisation, seen: Sequence[Department], wanted: Sequence[Entry]
) -> None:
    """See `data.shelves.organisations`. `Conflict`, `ImportProblem`."""
    whole = completed(wanted)
    now = read_tree(db, organisation.id)
    staying = {entry.id for entry in whole if entry.id is not None}
    if now != tuple(seen) or not staying <= {d.id for d in now}:
        raise Conflict("error.departments_conflict", organisation=organisation.name)
    if found := problems(whole):
        raise ImportProblem("error.departments", found)
    # Names that nobody can type, so that two departments may trade theirs.
    db.conn.executemany(
        "UPDATE department SET name = char(0) || id WHERE id = ?", [(d.id,) for d in now]
    )
    ids: dict[DepartmentPath, int] = {}
    for entry in whole:
        ids[entry.path] = _place(db, organisation.id, entry, ids)
    removed = [d for d in now if d.id not in staying]
    _remove(db, removed)
    after = {entry.id: entry.path for entry in whole if entry.id is not None}
    _follow(db, organisation.id, {d.path: after.get(d.id) for d in now})


def _place(
    db: Database, organisation_id: int, entry: Entry, ids: Mapping[DepartmentPath, int]
) -> int:
    """Put a department where it belongs; parents are there already."""
    if entry.id is None:
        return _insert(db, organisation_id, None, entry, ids)
    db.execute(
        "UPDATE department SET parent_id = ?, name = ?, headcount = ?, contact = ? WHERE id = ?",
        [ids.get(entry.path[:-1]), entry.path[-1], entry.headcount, entry.contact, entry.id],
    )
    return entry.id


def _insert(
    db: Database,
    organisation_id: int,
    wave_id: int | None,
    entry: Entry,
    ids: Mapping[DepartmentPath, int],
) -> int:
    above = ids.get(entry.path[:-1])
    row = [organisation_id, wave_id, above, entry.path[-1], entry.headcount, entry.contact]
    return int(db.execute(_INSERT, row).lastrowid or 0)


def _remove(db: Database, removed: Sequence[Department]) -> None:
    """Delete departments, the lowest first, with the links that lead to them."""
    ids = [(d.id,) for d in sorted(removed, key=lambda d: -len(d.path))]
    for table in _LINKS:
        db.conn.executemany(f"DELETE FROM {table} WHERE department_id = ?", ids)  # noqa: S608
    db.conn.executemany("DELETE FROM department WHERE id = ?", ids)


def _follow(
    db: Database,
    organisation_id: int,
    moved: Mapping[DepartmentPath, DepartmentPath | None],
) -> None:
    """Let what is known by a department's path follow it; targets of a removed one go."""
    new = {
        json.dumps(before): None if after is None else json.dumps(after)
        for before, after in moved.items()
        if before != after
    }
    if not new:
        return
    of_drafts = f"FROM target WHERE {_IN_DRAFTS}"
    targets = db.execute(
        f"SELECT wave_id, path, dimension, value {of_drafts}",
        [organisation_id],
    ).fetchall()
    db.execute(f"DELETE {of_drafts}", [organisation_id])
    followed = [(wave, new.get(path, path), dim, value) for wave, path, dim, value in targets]
    db.conn.executemany(
        "INSERT INTO target VALUES (?, ?, ?, ?)", [row for row in followed if row[1] is not None]
    )
    grants = db.execute(
        "SELECT account_id, path FROM account_grant WHERE organisation_id = ?", [organisation_id]
    ).fetchall()
    db.conn.executemany(
        "UPDATE account_grant SET path = ? WHERE account_id = ? AND organisation_id = ?",
        [(new[path], id_, organisation_id) for id_, path in grants if new.get(path) is not None],
    )
