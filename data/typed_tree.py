"""Reads a tree that somebody edited as a table, one department a row.

Whoever renames or moves a row means everything below it too, and whoever
removes one removes what is left below it. Imports data's values only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.departments import split_path
from data.errors import ImportProblem, Problem
from data.model import DepartmentPath
from data.tree import LONGEST_NAME, Entry, problems

_SEPARATORS = "/>|›»·"


@dataclass(frozen=True, slots=True)
class Typed:
    """A row: its number from 1, what it says now, and what it was (None: it is new)."""

    line: int
    path: DepartmentPath
    headcount: int | None = None
    contact: bool | None = None
    was: Entry | None = None


def unused_separator(tree: Sequence[Entry], preferred: str) -> str:
    """What can stand between the names of these paths, as no name holds it."""
    names = {name for entry in tree for name in entry.path}
    marks = (preferred.strip() or _SEPARATORS[0], *_SEPARATORS)
    return next((m for m in marks if not any(m in name for name in names)), "///")


def edited(
    shown: Sequence[Entry],
    separator: str,
    changed: Mapping[int, Mapping[str, Any]],
    added: Sequence[Mapping[str, Any]],
    deleted: Sequence[int],
) -> tuple[Typed, ...]:
    """The rows of a table that showed these entries, after a person changed cells and rows.

    A row holds "path", "headcount" and "contact"; of a changed one, only what is new.
    """
    rows = [(entry, changed.get(i, {})) for i, entry in enumerate(shown) if i not in set(deleted)]
    found = [
        Typed(
            line=line,
            path=split_path(cells["path"] or "", separator) if "path" in cells else was.path,
            headcount=cells.get("headcount", was.headcount),
            contact=cells.get("contact", was.contact),
            was=was,
        )
        for line, (was, cells) in enumerate(rows, start=1)
    ]
    for line, cells in enumerate(added, start=len(found) + 1):
        if any(value not in (None, "") for value in cells.values()):
            path = split_path(cells.get("path") or "", separator)
            found.append(Typed(line, path, cells.get("headcount"), cells.get("contact")))
    return tuple(found)


def read_typed(shown: Sequence[Entry], typed: Sequence[Typed]) -> tuple[Entry, ...]:
    """The tree that a person means. `ImportProblem` names every row that cannot be taken."""
    reader = _Reader(shown, typed)
    found: dict[DepartmentPath, Entry] = {}
    findings: list[Problem] = []
    for row in typed:
        path = reader.path(row)
        problem = _wrong(row, path, found)
        if problem:
            findings.append(problem)
        elif path:
            id_ = row.was.id if row.was else None
            found[path] = Entry(path, row.headcount, row.contact, id_)
    if reader.cycle:
        rows = ", ".join(str(line) for line in sorted(reader.cycle))
        findings.append(Problem("error.department_cycle", rows=rows))
    findings += problems(tuple(found.values()))
    if findings:
        raise ImportProblem("error.departments", findings)
    return tuple(found.values())


def _wrong(
    row: Typed, path: DepartmentPath | None, found: Mapping[DepartmentPath, Entry]
) -> Problem | None:
    if not row.path:
        return Problem("error.department_unnamed", row=str(row.line))
    if path and path in found:
        return Problem("error.department_twice", row=str(row.line), department=" / ".join(path))
    if any(len(name) > LONGEST_NAME for name in row.path):
        return Problem("error.department_long", row=str(row.line), longest=LONGEST_NAME)
    return None


class _Reader:
    """Follows each row to where its parents are now."""

    def __init__(self, shown: Sequence[Entry], typed: Sequence[Typed]) -> None:
        self._here = {row.path: row for row in reversed(typed)}
        self._was = {row.was.path: row for row in typed if row.was}
        self._removed = {entry.path for entry in shown} - self._was.keys()
        self.cycle: set[int] = set()
        """The rows that are below themselves."""

    def path(self, row: Typed) -> DepartmentPath | None:
        """Where a row is; None where it went with the one above it, or is below itself."""
        names: list[str] = []
        lines: list[int] = []
        step: Typed | None = row
        while step is not None:
            if step.line in lines:
                self.cycle.update(lines[lines.index(step.line) :])
                return None
            lines.append(step.line)
            names[:0] = step.path[-1:]
            above, step = step.path[:-1], self._above(step)
            if step is None and above in self._removed:
                return None
        return (*above, *names)

    def _above(self, row: Typed) -> Typed | None:
        """The row of what a row is directly below, whatever that is called now."""
        above = row.path[:-1]
        if not above:
            return None
        first, second = self._here.get(above), self._was.get(above)
        if row.was and row.was.path == row.path:
            first, second = second, first
        return first or second
