"""A tree of departments as somebody wants it, and what that changes. Imports data's values only.

The organisation's own tree is what the next wave will ask in. A wave that was
opened has a copy of its own, which nothing here touches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data.errors import Problem
from data.model import Department, DepartmentPath

LONGEST_NAME = 200
LARGEST_HEADCOUNT = 99_999_999
MOST_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A department as it should be. `id`: which one it is now, None for a new one."""

    path: DepartmentPath
    headcount: int | None = None
    contact: bool | None = None
    id: int | None = None


class ChangeKind(StrEnum):
    """What becomes of a department."""

    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    HEADCOUNT = "headcount"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes. `before`, `after`: its paths, headcounts or contacts.

    Of a department that is new, `after` is its headcount and `contact` its contact.
    """

    kind: ChangeKind
    path: DepartmentPath
    before: DepartmentPath | int | None = None
    after: DepartmentPath | int | None = None
    contact: bool | None = None


def entries(departments: Iterable[Department]) -> tuple[Entry, ...]:
    """A tree as it is, as somebody would want to keep it."""
    return tuple(Entry(d.path, d.headcount, d.contact, d.id) for d in departments)


def completed(wanted: Iterable[Entry]) -> tuple[Entry, ...]:
    """The same with every department that is named only above others, in a tree's order.

    Parents come first, siblings as they are first named.
    """
    found = tuple(wanted)
    named = {entry.path for entry in found}
    every = {path[:depth]: None for path in named for depth in range(1, len(path))}
    found += tuple(Entry(path) for path in every if path not in named)
    place: dict[DepartmentPath, int] = {}
    for entry in found:
        for depth in range(1, len(entry.path) + 1):
            place.setdefault(entry.path[:depth], len(place))

    def order(entry: Entry) -> list[int]:
        return [place[entry.path[:depth]] for depth in range(1, len(entry.path) + 1)]

    return tuple(sorted(found, key=order))


def problems(wanted: Sequence[Entry]) -> list[Problem]:
    """Everything that keeps a tree from being stored, by the departments' names."""
    found: list[Problem] = []
    seen: set[DepartmentPath] = set()
    for entry in wanted:
        name = " / ".join(entry.path)
        if not entry.path or not all(part.strip() for part in entry.path):
            found.append(Problem("error.tree_unnamed", department=name))
        elif any(len(part) > LONGEST_NAME for part in entry.path):
            found.append(Problem("error.tree_long", department=name, longest=LONGEST_NAME))
        elif len(entry.path) > MOST_LEVELS:
            found.append(Problem("error.tree_deep", department=name, most=MOST_LEVELS))
        elif entry.path in seen:
            found.append(Problem("error.tree_twice", department=name))
        if entry.headcount is not None and not 0 <= entry.headcount <= LARGEST_HEADCOUNT:
            found.append(
                Problem("error.tree_headcount", department=name, headcount=entry.headcount)
            )
        seen.add(entry.path)
    return found + too_small({entry.path: entry.headcount for entry in wanted})


def too_small(headcounts: Mapping[DepartmentPath, int | None]) -> list[Problem]:
    """Departments that would have fewer people than those below them together."""
    totals: dict[DepartmentPath, int] = {}
    wrong: list[Problem] = []
    every = {path[:depth] for path in headcounts for depth in range(1, len(path) + 1)}
    for path in sorted(every, key=lambda path: (-len(path), path)):
        below = totals.get(path, 0)
        own = headcounts.get(path)
        if own is not None and own < below:
            name = " / ".join(path)
            finding = {"department": name, "headcount": own, "below": below}
            wrong.append(Problem("error.headcount_small", **finding))
        totals[path[:-1]] = totals.get(path[:-1], 0) + max(own or 0, below)
    return wrong


def merged(
    seen: Sequence[Department], listed: Sequence[Entry], *, whole: bool
) -> tuple[Entry, ...]:
    """A tree after a list was read into it; departments are the same if their paths are.

    `whole`: what the list does not name goes. What it leaves open (no headcount,
    no contact) stays as it is.
    """
    known = {d.path: Entry(d.path, d.headcount, d.contact, d.id) for d in seen}
    wanted = {} if whole else dict(known)
    for entry in completed(listed):
        old = known.get(entry.path, Entry(entry.path))
        wanted[entry.path] = replace(
            old,
            headcount=old.headcount if entry.headcount is None else entry.headcount,
            contact=old.contact if entry.contact is None else entry.contact,
        )
    return tuple(wanted.values())


def changes(seen: Sequence[Department], wanted: Sequence[Entry]) -> tuple[Change, ...]:
    """What becomes of each department. One that only follows a renamed one above is not told."""
    old = {d.id: d for d in seen}
    at = {entry.id: entry.path for entry in wanted if entry.id is not None}
    # Where an unchanged department is found now, by where it was.
    now = {d.path: at[d.id] for d in seen if d.id in at}
    found: list[Change] = []
    for entry in completed(wanted):
        before = None if entry.id is None else old.get(entry.id)
        if before is None:
            found.append(
                Change(ChangeKind.ADDED, entry.path, after=entry.headcount, contact=entry.contact)
            )
            continue
        if _follows(before.path, now) != entry.path:
            found.append(Change(ChangeKind.MOVED, entry.path, before.path, entry.path))
        if before.headcount != entry.headcount:
            found.append(
                Change(ChangeKind.HEADCOUNT, entry.path, before.headcount, entry.headcount)
            )
        if before.contact != entry.contact:
            found.append(Change(ChangeKind.CONTACT, entry.path, before.contact, entry.contact))
    found += [Change(ChangeKind.REMOVED, d.path, d.headcount) for d in seen if d.id not in at]
    return tuple(found)


def _follows(path: DepartmentPath, now: Mapping[DepartmentPath, DepartmentPath]) -> DepartmentPath:
    """Where a department is that kept its name and what it is below."""
    return (*now.get(path[:-1], path[:-1]), path[-1])
