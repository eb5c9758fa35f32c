"""Puts one person's changes to a tree on top of what somebody else changed meanwhile.

Departments are told apart by what they are, not by their paths: by their id, or
for new ones by the path that was typed. Imports data's values only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from data.model import Department, DepartmentPath
from data.tree import Entry, completed, entries

_Key = int | DepartmentPath
_Place = tuple[_Key | None, str]
"""What a department is directly below (None at the top), and its name there."""


def rebased(
    seen: Sequence[Department], mine: Sequence[Entry], now: Sequence[Department]
) -> tuple[Entry, ...]:
    """My changes to the tree that I saw, made to the tree as it is now.

    Of what both changed in a department, mine holds. What they removed stays
    removed, unless I changed it: then it comes back as a new one.
    """
    before, wanted, theirs = (_by_key(tree) for tree in (entries(seen), mine, entries(now)))
    kept: dict[_Key, Entry] = {}
    for key in dict.fromkeys((*theirs, *wanted)):
        entry = _both(before.get(key), wanted.get(key), theirs.get(key))
        if entry:
            kept[key] = entry
    mine_at, theirs_at, before_at = (_places(tree) for tree in (wanted, theirs, before))
    at = {key: _chosen(before_at.get(key), mine_at.get(key), theirs_at.get(key)) for key in kept}
    paths = {key: _path(key, at, {**before, **wanted, **theirs}) for key in kept}
    drawn = [replace(kept[key], path=path) for key, path in paths.items()]
    return _with_parents(_once(drawn, {d.id for d in now} - {d.id for d in seen}), now)


def _both(before: Entry | None, mine: Entry | None, theirs: Entry | None) -> Entry | None:
    """Each part of a department as whoever changed it has it; None where one removed it."""
    if theirs is None:
        return replace(mine, id=None) if mine and mine != before else None
    if before is None:
        return theirs
    if mine is None:
        return None
    return replace(
        theirs,
        headcount=theirs.headcount if mine.headcount == before.headcount else mine.headcount,
        contact=theirs.contact if mine.contact == before.contact else mine.contact,
    )


def _chosen(before: _Place | None, mine: _Place | None, theirs: _Place | None) -> _Place:
    """Where I put it, or they did, if I did not move it."""
    chosen = theirs if mine is None or (mine == before and theirs) else mine
    return chosen or (None, "")


def _once(drawn: Sequence[Entry], added: Collection[int]) -> list[Entry]:
    """What I add and they have added meanwhile is one department, with my figures.

    Others of the same path stay as they are: the person is asked to rename one.
    """
    mine = {entry.path: entry for entry in drawn if entry.id is None}
    theirs = {entry.path for entry in drawn if entry.id in added}
    return [
        replace(mine[entry.path], id=entry.id)
        if entry.id in added and entry.path in mine
        else entry
        for entry in drawn
        if entry.id is not None or entry.path not in theirs
    ]


def _with_parents(found: Sequence[Entry], now: Sequence[Department]) -> tuple[Entry, ...]:
    """The whole tree. A department that I removed and they put something below stays."""
    typed = {entry.path for entry in found}
    kept = {entry.id for entry in found}
    there = {e.path: e for e in entries(now) if e.id not in kept and e.path not in typed}
    return tuple(
        entry if entry.path in typed else there.get(entry.path, entry) for entry in completed(found)
    )


def _path(key: _Key, at: Mapping[_Key, _Place], every: Mapping[_Key, Entry]) -> DepartmentPath:
    """Follow the parents up. What is not there any more keeps the path it had."""
    names: list[str] = []
    visited: set[_Key] = set()
    step: _Key | None = key
    while step is not None and step in at:
        if step in visited:
            return every[key].path
        visited.add(step)
        step, name = at[step]
        names.append(name)
    above = () if step is None else every[step].path if step in every else ()
    return (*above, *reversed(names))


def _by_key(tree: Iterable[Entry]) -> dict[_Key, Entry]:
    return {entry.path if entry.id is None else entry.id: entry for entry in completed(tree)}


def _places(tree: Mapping[_Key, Entry]) -> dict[_Key, _Place]:
    keys = {entry.path: key for key, entry in tree.items()}
    return {key: (keys.get(entry.path[:-1]), entry.path[-1]) for key, entry in tree.items()}
