"""Reads lists of departments from tables, and names everything that is wrong by its row.

A row is a path, or an id with the id of what it is below; then the people in it
(everybody below included) and whether they work with customers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.department_columns import Field, Layout
from data.departments import split_path
from data.errors import ImportProblem, Problem
from data.model import DepartmentPath
from data.tables import Row
from data.tree import LARGEST_HEADCOUNT, LONGEST_NAME, MOST_LEVELS, Entry, too_small

MOST_FINDINGS = 50
_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "wahr", "true"})
_NO = frozenset({"nein", "n", "no", "0", "-", "falsch", "false"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a list says. `without`: rows of departments that have no headcount."""

    entries: tuple[Entry, ...]
    without: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row whose cells could be read. `id`, `parent`: "" where the list has paths."""

    row: int
    path: DepartmentPath
    headcount: int | None
    contact: bool | None
    id: str = ""
    parent: str = ""


def read_list(
    rows: Sequence[Row],
    layout: Layout,
    separator: str,
    known: Mapping[DepartmentPath, int | None] | None = None,
) -> Reading:
    """The departments of a list, in its order.

    `known`: headcounts that are there already, which must fit too. Raises
    `ImportProblem` with all findings, each naming its row.
    """
    if not layout.usable or (not layout.by_id and not separator):
        raise ImportProblem("error.list_columns")
    findings: list[Problem] = []
    lines: list[_Line] = []
    for row in rows[1:] if layout.heading else rows:
        line, wrong = _line(row, layout, separator)
        findings += wrong
        if line:
            lines.append(line)
    if layout.by_id:
        lines = _placed(lines, findings)
    placed = _once(lines, findings)
    findings += _sums(placed, known or {})
    if findings:
        raise ImportProblem("error.departments", _first(findings))
    if not placed:
        raise ImportProblem("error.list_empty")
    return Reading(
        tuple(Entry(line.path, line.headcount, line.contact) for line in placed.values()),
        tuple(line.row for line in placed.values() if line.headcount is None),
    )


def _line(row: Row, layout: Layout, separator: str) -> tuple[_Line | None, list[Problem]]:
    """A row's cells and what is wrong with them; no line where it is not known which it is."""

    def cell(field: Field) -> str:
        column = layout.columns.get(field)
        return "" if column is None else row.cell(column)

    name = cell(Field.NAME if layout.by_id else Field.PATH)
    path = (" ".join(name.split()),) if layout.by_id else split_path(name, separator)
    findings = _name_findings(row, path if any(path) else ())
    if layout.by_id and not cell(Field.ID):
        findings.append(Problem("error.department_without_id", row=str(row.line), department=name))
    nameless = bool(findings)
    heads, contact = cell(Field.HEADCOUNT), cell(Field.CONTACT)
    findings += _value_findings(row, name, heads, contact)
    if nameless:
        return None, findings
    line = _Line(
        row=row.line,
        path=path,
        headcount=_headcount(heads),
        contact=contact.lower() in _YES if contact else None,
        id=cell(Field.ID) if layout.by_id else "",
        parent=cell(Field.PARENT) if layout.by_id else "",
    )
    return line, findings


def _value_findings(row: Row, name: str, heads: str, contact: str) -> list[Problem]:
    """What is wrong with a headcount and a contact; empty cells are not."""
    where = {"row": str(row.line), "department": name[:LONGEST_NAME]}
    findings: list[Problem] = []
    if heads and _headcount(heads) is None:
        findings.append(Problem("error.headcount_wrong", **where, headcount=heads[:40]))
    if contact and contact.lower() not in _YES | _NO:
        findings.append(Problem("error.contact_word", **where, value=contact[:40]))
    return findings


def _name_findings(row: Row, path: DepartmentPath) -> list[Problem]:
    if not path:
        return [Problem("error.department_unnamed", row=str(row.line))]
    if any(len(part) > LONGEST_NAME for part in path):
        return [Problem("error.department_long", row=str(row.line), longest=LONGEST_NAME)]
    if len(path) > MOST_LEVELS:
        return [Problem("error.department_deep", row=str(row.line), most=MOST_LEVELS)]
    return []


def _headcount(text: str) -> int | None:
    """A whole number from 0, also as spreadsheets write it (4.0 or 4,0); None for anything else."""
    whole, mark, rest = text.replace(",", ".").partition(".")
    if mark and rest and not rest.strip("0"):
        text = whole
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if int(text) <= LARGEST_HEADCOUNT else None


def _placed(lines: Sequence[_Line], findings: list[Problem]) -> list[_Line]:
    """Lines with ids, each with its whole path. Adds ids twice, missing parents and cycles."""
    by_id: dict[str, _Line] = {}
    for line in lines:
        first = by_id.setdefault(line.id, line)
        if first is not line:
            twice = {"row": str(line.row), "id": line.id, "first": str(first.row)}
            findings.append(Problem("error.department_id_twice", **twice))
    once = list(by_id.values())
    findings += [
        Problem("error.parent_missing", row=str(line.row), parent=line.parent)
        for line in once
        if line.parent and line.parent not in by_id
    ]
    found = []
    paths = _paths(by_id)
    for line in once:
        path = paths[line.id]
        if isinstance(path, tuple) and len(path) > MOST_LEVELS:
            findings.append(Problem("error.department_deep", row=str(line.row), most=MOST_LEVELS))
        elif isinstance(path, tuple):
            found.append(_Line(line.row, path, line.headcount, line.contact))
    cycles = {rows for rows in paths.values() if isinstance(rows, frozenset)}
    for cycle in sorted(cycles, key=min):
        named = ", ".join(str(row) for row in sorted(cycle))
        findings.append(Problem("error.department_cycle", rows=named))
    return found


def _paths(by_id: Mapping[str, _Line]) -> dict[str, DepartmentPath | frozenset[int]]:
    """Each line's path, cut off where it is too deep; or the rows of the cycle it leads into."""
    found: dict[str, DepartmentPath | frozenset[int]] = {}
    for id_ in by_id:
        chain: list[str] = []
        passed: set[str] = set()
        step = id_
        while step in by_id and step not in found and step not in passed:
            chain.append(step)
            passed.add(step)
            step = by_id[step].parent
        above = found.get(step, ())
        if step in passed:
            above = frozenset(by_id[one].row for one in chain[chain.index(step) :])
        for one in reversed(chain):
            if isinstance(above, tuple):
                above = (*above, *by_id[one].path)[: MOST_LEVELS + 1]
            found[one] = above
    return found


def _once(lines: Sequence[_Line], findings: list[Problem]) -> dict[DepartmentPath, _Line]:
    """The lines by their paths; adds those that stand there twice."""
    found: dict[DepartmentPath, _Line] = {}
    for line in lines:
        if line.path in found:
            name, first = " / ".join(line.path), str(found[line.path].row)
            twice = {"row": str(line.row), "department": name, "first": first}
            findings.append(Problem("error.list_twice", **twice))
        else:
            found[line.path] = line
    return found


def _sums(
    placed: Mapping[DepartmentPath, _Line], known: Mapping[DepartmentPath, int | None]
) -> list[Problem]:
    """Departments with fewer people than those below them, by their rows where they have one."""
    listed = {path: line.headcount for path, line in placed.items() if line.headcount is not None}
    rows = {" / ".join(path): str(line.row) for path, line in placed.items()}
    return [
        Problem("error.headcount_small_row", row=rows[name], **problem.values)
        if (name := str(problem.values["department"])) in rows
        else problem
        for problem in too_small({**known, **listed})
    ]


def _first(findings: Sequence[Problem]) -> list[Problem]:
    """What a person can read, by row; the rest is counted."""

    def row(finding: Problem) -> int:
        named = str(finding.values.get("row") or finding.values.get("rows") or "0")
        return int(named.partition(",")[0])

    by_row = sorted(findings, key=row)
    more = len(by_row) - MOST_FINDINGS
    if more <= 0:
        return by_row
    return [*by_row[:MOST_FINDINGS], Problem("error.list_more", number=more)]
