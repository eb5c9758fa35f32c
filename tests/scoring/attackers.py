"""Two people who want to learn from a release what it promises not to tell (METHOD §4).

They know the release, who took part, and that counts are whole and never
negative. The true answers are used only to build the cells and their sizes,
and to spare the second attacker the cells that cannot be certain. Everything
is exact: the first one calculates in integers, the second one's alternative
tables are checked in integers. They share nothing with the gate but the
values of `data.model` and `data.results`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import gcd

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from data.model import CANT_JUDGE, DepartmentPath
from data.results import Group, GroupKind, Release

ANSWERS = 6
"""Can't judge and the scale's five points: each is an answer somebody could be caught at."""

Row = list[int]

Column = tuple[int, list[int]]
"""People, and the cells they are in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part, with the answers the promise protects (item → 0…5)."""

    path: DepartmentPath
    leads: bool
    customer: bool
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Win:
    """What an attacker found out: about whom, and by which promise he should not have.

    `recipe`, by the first promise: how often each group's figures are added
    (below 0: taken away) so that they depend on these people alone; `valid`: of
    the figures of those who could judge. `answer`, by the second: what all of
    them certainly said.
    """

    promise: int
    item: str
    people: tuple[Person, ...]
    recipe: Mapping[Group, int] = field(default_factory=dict)
    valid: bool = False
    answer: int | None = None

    def is_proven(self, people: Iterable[Person]) -> bool:
        """Whether the recipe leaves exactly these people, or they all gave that answer."""
        if self.promise == 2:
            return {person.answers[self.item] for person in self.people} == {self.answer}
        left = [person for person in people if weight(person, self.recipe)]
        if self.valid:
            left = [person for person in left if person.answers[self.item] != CANT_JUDGE]
        return bool(left) and list(map(id, left)) == list(map(id, self.people))


def is_in(person: Person, group: Group) -> bool:
    """Whether the published set of people contains this one.

    A pair may be of one division, and without some: those whom its own groups show.
    """
    if not _is_under(person.path, group.path):
        return False
    if any(_is_under(person.path, path) for path in group.without):
        return False
    if group.kind is GroupKind.POSITION:
        return person.leads is group.member
    if group.kind is GroupKind.CONTACT:
        return person.customer is group.member
    return True


def weight(person: Person, recipe: Mapping[Group, int]) -> int:
    """How often this person is counted in what the recipe adds up."""
    return sum(times for group, times in recipe.items() if is_in(person, group))


def _is_under(path: DepartmentPath, node: DepartmentPath) -> bool:
    return path[: len(node)] == node


def published(release: Release, item: str) -> list[Group]:
    """The groups whose histogram of this item anyone can see."""
    return [group for group in release.groups if item in release.histograms.get(group, {})]


def shows(release: Release, *groups: Group, item: str = "CP1") -> bool:
    """Whether all of these can be seen."""
    return all(group in published(release, item) for group in groups)


def misprints(release: Release, people: Sequence[Person]) -> list[tuple[Group, str]]:
    """Published histograms that are not the counts of the people their group names."""
    return [
        (group, item)
        for item in release.items
        for group in published(release, item)
        if release.histograms[group][item].counts != _count(people, group, item)
    ]


def _count(people: Sequence[Person], group: Group, item: str) -> tuple[int, ...]:
    given = [person.answers[item] for person in people if is_in(person, group)]
    return tuple(given.count(value) for value in range(ANSWERS))


def attack(release: Release, people: Sequence[Person], k: int) -> list[Win]:
    """Everything either attacker wins; a release that keeps its promises gives an empty list."""
    return [*attack_by_algebra(release, people, k), *attack_by_bounds(release, people)]


# Attacker 1: sums and differences


def attack_by_algebra(release: Release, people: Sequence[Person], k: int) -> list[Win]:
    """Combinations of published figures that depend on fewer than k people.

    Per item those who gave a valid answer and those who answered at all; and,
    as the same people answer every item, all items' groups together.
    """
    wins: list[Win | None] = []
    everywhere: list[Group] = []
    for item in release.items:
        groups = published(release, item)
        valid = [person for person in people if person.answers[item] != CANT_JUDGE]
        of_valid = _fewest(groups, valid, k, item)
        wins.append(of_valid and replace(of_valid, valid=True))
        wins.append(_fewest(groups, people, k, item))
        everywhere += [group for group in groups if group not in everywhere]
    wins.append(_fewest(everywhere, people, k, "respondents"))
    return [win for win in wins if win is not None]


def _fewest(groups: Sequence[Group], people: Sequence[Person], k: int, item: str) -> Win | None:
    cells = cells_of(groups, people)
    rows = [[int(signature[i]) for signature in cells] for i in range(len(groups))]
    support = harmful_support(rows, [len(members) for members in cells.values()], k)
    if support is None:
        return None
    recipe = dict(zip(groups, recipe_for(rows, support), strict=True))
    recipe = {group: times for group, times in recipe.items() if times}
    found = tuple(person for person in people if weight(person, recipe))
    return Win(1, item, found, recipe)


def cells_of(
    groups: Sequence[Group], people: Iterable[Person]
) -> dict[tuple[bool, ...], list[Person]]:
    """The people, sorted by which of the groups they are in."""
    cells: dict[tuple[bool, ...], list[Person]] = {}
    for person in people:
        cells.setdefault(tuple(is_in(person, group) for group in groups), []).append(person)
    return cells


def harmful_support(rows: Sequence[Row], sizes: Sequence[int], k: int) -> list[int] | None:
    """Cells of fewer than k people in which the support of a non-zero combination of rows lies.

    Every cell of k or more must vanish. Of the others, one after the other
    either vanishes too or is let into the support, while k allows.
    """
    small = [cell for cell, size in enumerate(sizes) if size < k]
    left = [list(row) for row in rows]
    for cell in range(len(sizes)):
        if sizes[cell] >= k:
            left = _without_column(left, cell)
    basis = _basis([[row[cell] for cell in small] for row in left])
    found = _search(basis, [(sizes[cell], [cell]) for cell in small], k - 1)
    return None if found is None else sorted(found)


def recipe_for(rows: Sequence[Row], support: Sequence[int]) -> Row:
    """How often to add each row so that something is left, and only in these cells.

    Each row carries its own recipe behind it while the other cells are cleared.
    """
    cells = len(rows[0])
    left = [[*row, *(int(i == j) for j in range(len(rows)))] for i, row in enumerate(rows)]
    for cell in range(cells):
        if cell not in support:
            left = _without_column(left, cell)
    found = [row for row in left if any(row[:cells])]
    return min(found, key=lambda row: sum(map(abs, row[cells:])))[cells:]


def _search(basis: list[Row], columns: list[Column], budget: int) -> list[int] | None:
    """Columns of at most `budget` people holding all of some combination; None where none does."""
    if not basis:
        return None
    basis, columns = _merge_parallel(basis, columns)
    too_large = next((i for i, (people, _) in enumerate(columns) if people > budget), None)
    if too_large is not None:
        return _search(*_exclude(basis, columns, too_large), budget)
    if sum(people for people, _ in columns) <= budget:
        return [cell for _, cells in columns for cell in cells]
    return _search(*_exclude(basis, columns, 0), budget) or _include(basis, columns, budget)


def _exclude(
    basis: list[Row], columns: list[Column], column: int
) -> tuple[list[Row], list[Column]]:
    """The combinations that are zero in this column, without it."""
    kept = [other for i, other in enumerate(columns) if i != column]
    return _basis(_drop(_without_column(basis, column), column)), kept


def _include(basis: list[Row], columns: list[Column], budget: int) -> list[int] | None:
    """What can be found when the first column's people may be part of it."""
    (people, cells), rest = columns[0], columns[1:]
    reduced = _basis(_drop(basis, 0))
    if len(reduced) < len(basis):
        return cells
    more = _search(reduced, rest, budget - people)
    return None if more is None else [*cells, *more]


def _merge_parallel(basis: list[Row], columns: list[Column]) -> tuple[list[Row], list[Column]]:
    """Columns that vanish only together become one; those that always vanish go."""
    merged: dict[tuple[int, ...], tuple[int, list[int]]] = {}
    for (people, cells), column in zip(columns, zip(*basis, strict=True), strict=True):
        if any(column):
            direction = tuple(_primitive(column))
            others, their_cells = merged.get(direction, (0, []))
            merged[direction] = (people + others, their_cells + cells)
    return [list(row) for row in zip(*merged, strict=True)], list(merged.values())


def _drop(rows: list[Row], column: int) -> list[Row]:
    return [row[:column] + row[column + 1 :] for row in rows]


def _without_column(rows: list[Row], column: int) -> list[Row]:
    """A spanning set of the combinations that are zero in this column."""
    pivot = next((row for row in rows if row[column]), None)
    if pivot is None:
        return rows
    return [_clear(row, pivot, column) for row in rows if row is not pivot]


def _basis(rows: list[Row]) -> list[Row]:
    """The reduced echelon form, in integers without a common factor."""
    left = [row for row in rows if any(row)]
    done: list[Row] = []
    while left:
        pivot = left.pop()
        column = next(i for i, value in enumerate(pivot) if value)
        done = [*(_clear(row, pivot, column) for row in done), _primitive(pivot)]
        left = [row for row in (_clear(row, pivot, column) for row in left) if any(row)]
    return done


def _clear(row: Row, pivot: Row, column: int) -> Row:
    if not row[column]:
        return row
    mine, its = row[column], pivot[column]
    return _primitive([its * a - mine * b for a, b in zip(row, pivot, strict=True)])


def _primitive(vector: Sequence[int]) -> Row:
    """The shortest integer vector in this direction, its first entry positive."""
    divisor = gcd(*vector) or 1
    sign = -1 if next((value for value in vector if value), 1) < 0 else 1
    return [sign * value // divisor for value in vector]


# Attacker 2: which tables of counts fit


def attack_by_bounds(release: Release, people: Sequence[Person]) -> list[Win]:
    """People whose answer is the same in every table of counts that fits what is published."""
    wins = []
    for item in release.items:
        groups = published(release, item)
        if groups:
            cells = cells_of(groups, people)
            histograms = [release.histograms[group][item].counts for group in groups]
            wins += [
                Win(2, item, tuple(members), answer=members[0].answers[item])
                for signature in certain_cells(histograms, cells, item)
                for members in [cells[signature]]
            ]
    return wins


def certain_cells(
    histograms: Sequence[tuple[int, ...]],
    cells: Mapping[tuple[bool, ...], list[Person]],
    item: str,
) -> list[tuple[bool, ...]]:
    """The cells that are unanimous in every table that fits.

    Asks for the table with the most deviating answers in all suspects together:
    whoever deviates in it is cleared, and when nobody can, all who are left are caught.
    """
    table = _Table(histograms, cells)
    answers = {s: {person.answers[item] for person in members} for s, members in cells.items()}
    suspects = {s: given.pop() for s, given in answers.items() if len(given) == 1}
    while suspects:
        other = table.with_most_deviations(suspects)
        cleared = [s for s, value in suspects.items() if other[s][value] < len(cells[s])]
        if not cleared:
            return list(suspects)
        for signature in cleared:
            del suspects[signature]
    return []


class _Table:
    """The unknown counts, cell × answer, and the equations that the release sets up."""

    def __init__(
        self,
        histograms: Sequence[tuple[int, ...]],
        cells: Mapping[tuple[bool, ...], list[Person]],
    ) -> None:
        self.histograms, self.signatures = histograms, list(cells)
        self.sizes = np.array([len(members) for members in cells.values()])
        each = np.eye(ANSWERS)
        in_group = np.array(self.signatures, dtype=float).T
        left = [np.kron(in_group, each), np.kron(np.eye(len(cells)), np.ones(ANSWERS))]
        right = np.concatenate([np.array(histograms).ravel(), self.sizes])
        self.equations = LinearConstraint(csr_array(np.vstack(left)), right, right)

    def with_most_deviations(
        self, suspects: Mapping[tuple[bool, ...], int]
    ) -> dict[tuple[bool, ...], list[int]]:
        """The fitting table in which the fewest suspects gave the answer they really gave."""
        cost = np.zeros((len(self.signatures), ANSWERS))
        for i, signature in enumerate(self.signatures):
            if signature in suspects:
                cost[i, suspects[signature]] = 1
        solution = milp(
            cost.ravel(),
            integrality=np.ones(cost.size),
            bounds=Bounds(0, np.repeat(self.sizes, ANSWERS)),
            constraints=self.equations,
            options={"mip_rel_gap": 0.0},
        )
        if solution.status != 0:
            message = f"The solver found no table although the true one fits: {solution.message}"
            raise RuntimeError(message)
        return self._checked(np.rint(solution.x).astype(int).reshape(cost.shape))

    def _checked(self, counts: np.ndarray) -> dict[tuple[bool, ...], list[int]]:
        """The solver's table, after adding it up again in whole numbers."""
        members = np.array(self.signatures, dtype=int).T
        fits = (members @ counts == np.array(self.histograms)).all()
        if not fits or (counts < 0).any() or (counts.sum(axis=1) != self.sizes).any():
            message = "The solver's table does not fit the published histograms."
            raise RuntimeError(message)
        return dict(zip(self.signatures, counts.tolist(), strict=True))
