"""Participation in bands: what somebody who subtracts them could find out."""

from collections.abc import Mapping
from random import Random

import pytest

from data.model import Department, DepartmentPath
from data.participation import Band, banded, count_bands

Heads = Mapping[DepartmentPath, int | None]


def tree(heads: Heads) -> tuple[Department, ...]:
    """Departments with these headcounts; parents are named before their children."""
    return tuple(Department(n, path, head) for n, (path, head) in enumerate(heads.items()))


@pytest.mark.parametrize(
    ("answered", "band"),
    [
        (0, Band.UNDER_25),
        (4, Band.UNDER_25),
        (5, Band.FROM_25),
        (9, Band.FROM_25),
        (10, Band.FROM_50),
        (14, Band.FROM_50),
        (15, Band.FROM_75),
        (20, Band.FROM_75),
        (21, Band.FROM_75),
        (1000, Band.FROM_75),
    ],
)
def test_a_band_is_a_quarter(answered: int, band: Band) -> None:
    """Of twenty people. Nobody and somebody are one band; so are many, all, and too many."""
    assert count_bands(tree({("A",): 20}), {("A",): answered}) == {("A",): band}


def test_people_below_count_for_everything_above_them() -> None:
    """But not for a neighbour whose name begins alike."""
    departments = tree({("A",): 40, ("A", "B"): 20, ("A", "B", "C"): 10, ("AB",): 10})
    assert count_bands(departments, {("A", "B", "C"): 10}) == {
        ("A",): Band.FROM_25,
        ("A", "B"): Band.FROM_50,
        ("A", "B", "C"): Band.FROM_75,
        ("AB",): Band.UNDER_25,
    }


@pytest.mark.parametrize(
    ("heads", "shown"),
    [
        ({("A",): 10, ("B",): 10}, {("A",), ("B",)}),
        ({("A",): 10, ("B",): 9}, set()),
        ({("A",): 10, ("B",): 9, ("C",): 1}, {("A",)}),
        ({("A",): 10, ("B",): None}, set()),
        ({("A",): 10, ("B",): 0}, {("A",)}),
        ({("A",): 11, ("A", "B"): 10}, {("A",)}),
        ({("A",): 20, ("A", "B"): 12}, {("A",)}),
        ({("A",): 22, ("A", "B"): 12, ("A", "C"): 10}, {("A",), ("A", "B"), ("A", "C")}),
        ({("A",): None, ("A", "B"): 12, ("A", "C"): 10}, {("A", "B"), ("A", "C")}),
        ({("A",): 5, ("A", "B"): 12}, set()),
        ({}, set()),
    ],
)
def test_a_band_is_missing_where_it_would_tell_of_few(
    heads: Heads, shown: set[DepartmentPath]
) -> None:
    """Beside the bands below it, each department leaves ten people or nobody; so does the whole."""
    assert banded(tree(heads)) == shown


def test_two_bands_would_tell_whether_one_person_has_answered() -> None:
    """Why A / B has no band: of eleven people in A, ten are in A / B and one is alone.

    Three answered, two of them in A / B. Together, "25 to 50 %" of 11 (at least 3)
    and "under 25 %" of 10 (at most 2) would be certain about the one.
    """
    departments = tree({("A",): 11, ("A", "B"): 10})
    answered = {("A",): 1, ("A", "B"): 2}
    assert count_bands(departments, answered) == {("A",): Band.FROM_25}
    assert count_bands(tree({("B",): 10}), {("B",): 2}) == {("B",): Band.UNDER_25}


@pytest.mark.parametrize("seed", range(50))
def test_no_random_tree_leaves_few_people_between_bands(seed: int) -> None:
    """Every person is under exactly one nearest band; none of these sets has one to nine people."""
    chance = Random(seed)  # noqa: S311 - a sample, the same every time
    own: dict[DepartmentPath, int] = {}
    for division in "ABCDE"[: chance.randint(1, 5)]:
        own[division,] = chance.choice([0, 0, 3, 9, 10, 40])
        for team in "abcdef"[: chance.randint(0, 6)]:
            own[division, team] = chance.choice([0, 1, 5, 9, 10, 11, 30])
    heads = {p: sum(n for q, n in own.items() if q[: len(p)] == p) for p in own}
    shown = banded(tree(heads))
    cells: dict[DepartmentPath, int] = {}
    for path, people in own.items():
        nearest = path
        while nearest and nearest not in shown:
            nearest = nearest[:-1]
        cells[nearest] = cells.get(nearest, 0) + people
    if shown:
        assert [people for people in cells.values() if 0 < people < 10] == []
