"""Participation while a wave is open: a band a department, and which departments have one.

Bands blur how many have answered, but two bands can be subtracted: with 10 of a
department's 11 people in a band of their own, the two bands can tell whether the
eleventh has answered. So every department with a band, and the organisation, whose
exact number is known, must leave at least `SMALLEST_BANDED` people beside the
departments with bands directly below, or nobody. Imports data's values only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from data.model import Department, DepartmentPath

SMALLEST_BANDED = 10
"""People that a department needs for a band."""

FROZEN_FOR = timedelta(hours=1)
"""How long bands stay as they are."""

_ORGANISATION: DepartmentPath = ()


class Band(IntEnum):
    """The quarters a department's participation can be in; the last one may be everybody."""

    UNDER_25 = 0
    FROM_25 = 1
    FROM_50 = 2
    FROM_75 = 3


@dataclass(frozen=True, slots=True)
class Participation:
    """The bands, in the tree's order, as they were when they were counted."""

    counted_at: datetime
    bands: Mapping[DepartmentPath, Band]


def count_bands(
    departments: Sequence[Department], answered: Mapping[DepartmentPath, int]
) -> Mapping[DepartmentPath, Band]:
    """The bands, by the responses of people directly in each department."""
    shown = banded(departments)
    return {
        d.path: _band(sum(n for path, n in answered.items() if _within(path, d.path)), d.headcount)
        for d in departments
        if d.headcount and d.path in shown
    }


def banded(departments: Sequence[Department]) -> set[DepartmentPath]:
    """The departments that have a band, which only the headcounts decide.

    Where too few people are left beside departments with bands, the smallest band
    of those concerned is dropped, until it is so nowhere.
    """
    heads = _heads(departments)
    shown = {d.path for d in departments if (d.headcount or 0) >= SMALLEST_BANDED}
    while concerned := _too_close(heads, shown):
        shown.remove(min(concerned, key=lambda path: (heads[path], path)))
    return shown


def _heads(departments: Sequence[Department]) -> Mapping[DepartmentPath, int]:
    """Everybody's headcount, the organisation's too; where unknown, the fewest it can be."""
    heads = {_ORGANISATION: 0}
    for department in reversed(departments):
        path = department.path
        below = heads.get(path, 0)
        known = department.headcount
        heads[path] = max(1, below) if known is None else known
        heads[path[:-1]] = heads.get(path[:-1], 0) + heads[path]
    return heads


def _too_close(
    heads: Mapping[DepartmentPath, int], shown: set[DepartmentPath]
) -> set[DepartmentPath]:
    """The bands of one place where too few people are left between them; empty if nowhere."""
    below: dict[DepartmentPath, set[DepartmentPath]] = {}
    for path in shown:
        above = (path[:depth] for depth in range(len(path) - 1, 0, -1))
        parent = next((p for p in above if p in shown), _ORGANISATION)
        below.setdefault(parent, set()).add(path)
    for parent, children in sorted(below.items()):
        left = heads[parent] - sum(heads[child] for child in children)
        if left and left < SMALLEST_BANDED:
            return (children | {parent}) - {_ORGANISATION}
    return set()


def _within(path: DepartmentPath, above: DepartmentPath) -> bool:
    return path[: len(above)] == above


def _band(answered: int, heads: int) -> Band:
    """The quarter; more answers than heads (a link that was passed on) is the last one."""
    return Band(min(4 * answered // heads, Band.FROM_75))
