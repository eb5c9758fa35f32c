"""The rows of the heat map: the tree, its order, and what folds up under what. No Streamlit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.model import DepartmentPath
from data.results import Group, GroupKind

MANY_ROWS = 40
"""Beyond so many rows the tree is folded at first."""

_LAST = float("inf")

Value = Callable[[Group], float | None]
"""What groups are sorted by, the lowest first; None where it is withheld."""


class Level(StrEnum):
    """How many levels below its top a tree is unfolded at first."""

    ONE = "1"
    TWO = "2"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """One group's place. `depth`: below the top of its section.

    `fold`: the number of the control that folds what is below it, None where
    nothing is; `opened`: whether that is unfolded at first; `inside`: the folds
    that it lies in.
    """

    group: Group
    depth: int
    fold: int | None = None
    opened: bool = True
    inside: tuple[int, ...] = ()


def tree(
    groups: Sequence[Group], top: DepartmentPath, level: Level, value: Value | None, first: int
) -> tuple[Row, ...]:
    """Departments below each other, remainders after the last one of their parent.

    `top`: the path that depth is counted from. `value`: sorts departments of the
    same parent. `first`: the number of the first fold.
    """
    ordered = _ordered(groups, value)
    parents = {_parent(group) for group in ordered}
    numbers = iter(range(first, first + len(ordered)))
    folds = {
        group.path: next(numbers)
        for group in ordered
        if group.kind is GroupKind.DEPARTMENT and group.path in parents
    }
    return tuple(_row(group, top, level, folds) for group in ordered)


def level_for(wanted: Level | None, rows: int) -> Level:
    """The level that was asked for; else everything, or of many rows the first one."""
    return wanted or (Level.ONE if rows > MANY_ROWS else Level.ALL)


def in_branch(group: Group, branch: DepartmentPath) -> bool:
    """Whether a group is of this department or below it; the whole organisation always is."""
    return group.kind is GroupKind.ORGANISATION or group.path[: len(branch)] == branch


def _row(group: Group, top: DepartmentPath, level: Level, folds: dict[DepartmentPath, int]) -> Row:
    above = list(_prefixes(_parent(group)))
    depth = max(0, len(group.path) + (group.kind is GroupKind.REMAINDER) - len(top))
    fold = folds.get(group.path) if group.kind is GroupKind.DEPARTMENT else None
    return Row(
        group=group,
        depth=depth,
        fold=fold,
        opened=level is Level.ALL or depth < int(level),
        inside=tuple(folds[path] for path in above if path in folds),
    )


def _parent(group: Group) -> DepartmentPath:
    return group.path if group.kind is GroupKind.REMAINDER else group.path[:-1]


def _prefixes(path: DepartmentPath) -> Iterator[DepartmentPath]:
    return (path[:depth] for depth in range(1, len(path) + 1))


def _ordered(groups: Sequence[Group], value: Value | None) -> list[Group]:
    """In the order of the tree, or within each parent by value; remainders last in theirs."""
    rank: dict[DepartmentPath, tuple[float, int]] = {}
    for number, group in enumerate(groups):
        if group.kind is not GroupKind.REMAINDER:
            found = value(group) if value else 0.0
            rank[group.path] = (_LAST if found is None else found, number)

    def place(group: Group) -> tuple[tuple[float, int], ...]:
        last = ((_LAST, len(groups)),) if group.kind is GroupKind.REMAINDER else ()
        return tuple(rank.get(path, (0.0, 0)) for path in _prefixes(group.path)) + last

    return sorted(groups, key=place)
