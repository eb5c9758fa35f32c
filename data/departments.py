"""Reads a list of departments with headcounts, pasted or from a file.

A line is a path and, optionally, the people in it: `Vertrieb/Region Nord; 24`.
A headcount counts everybody below the department too.
"""

from collections.abc import Mapping, Sequence

from data.errors import ImportProblem, Problem
from data.model import DepartmentPath
from data.tables import Row
from data.tree import LONGEST_NAME, too_small

Headcounts = dict[DepartmentPath, int | None]


def split_path(text: str, separator: str) -> DepartmentPath:
    """The names of a path, from the tree's first level down; () where there are none.

    Line breaks and runs of blanks inside a name become one blank.
    """
    return tuple(name for part in text.split(separator) if (name := " ".join(part.split())))


def read_departments(
    rows: Sequence[Row], separator: str, known: Mapping[DepartmentPath, int | None] | None = None
) -> Headcounts:
    """Departments in the order given, with their headcounts (None where not given).

    The first row is a heading if its second cell holds text but no number.
    `known`: headcounts that are there already, which must fit too. Raises
    `ImportProblem` with a finding for every row that cannot be taken.
    """
    found: Headcounts = {}
    findings: list[Problem] = []
    for row in rows[1:] if is_heading(rows[0]) else rows:
        path = split_path(row.cell(0), separator)
        problem = _wrong(row, path, found)
        if problem:
            findings.append(problem)
        else:
            found[path] = int(row.cell(1)) if row.cell(1) else None
    findings += too_small({**(known or {}), **found})
    if findings:
        raise ImportProblem("error.departments", findings)
    return found


def is_heading(row: Row) -> bool:
    """Whether a first row is taken for a heading: its second cell is text without a digit."""
    return bool(row.cell(1)) and not any(sign.isdigit() for sign in row.cell(1))


def _wrong(row: Row, path: DepartmentPath, found: Headcounts) -> Problem | None:
    count = row.cell(1)
    if not path:
        return Problem("error.department_unnamed", row=str(row.line))
    if path in found:
        return Problem("error.department_twice", row=str(row.line), department=row.cell(0))
    if any(len(name) > LONGEST_NAME for name in path):
        return Problem("error.department_long", row=str(row.line), longest=LONGEST_NAME)
    if count and not (count.isascii() and count.isdigit() and len(count) < 9):
        return Problem(
            "error.headcount_wrong", row=str(row.line), department=row.cell(0), headcount=count
        )
    return None
