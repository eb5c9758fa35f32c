"""Departments against the people within them: published, by hand, against scipy, and laws."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import f_oneway

from data.results import Group, GroupKind, Histogram, Release
from scoring.histogram import mean, variance
from scoring.release import ORGANISATION
from scoring.spread import Sample, Spread, item_spread, lowest_departments, spread

SHROUT_AND_FLEISS = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)
"""Six targets, each rated by four judges: Shrout & Fleiss (1979), Psychological Bulletin 86."""

counts = st.integers(min_value=0, max_value=12)
histograms = st.tuples(counts, counts, counts, counts, counts, counts).map(Histogram)
groups_of_people = st.lists(histograms.filter(lambda h: h.valid >= 2), min_size=2, max_size=6)


def in_short(answers: tuple[int, ...]) -> Sample:
    """A group of listed answers."""
    average = sum(answers) / len(answers)
    return Sample(len(answers), average, sum((a - average) ** 2 for a in answers))


def of(histogram: Histogram) -> Sample:
    """A group of counted answers."""
    squares = (variance(histogram) or 0) * (histogram.valid - 1)
    return Sample(histogram.valid, mean(histogram) or 0, squares)


def found(*samples: Sample) -> Spread:
    """The spread of groups that have one."""
    components = spread(samples)
    assert components is not None
    return components


def department(*path: str) -> Group:
    """A node of the tree."""
    return Group(GroupKind.DEPARTMENT, path)


def people(histogram: Histogram) -> list[int]:
    """Every valid answer by itself."""
    return [value for value in range(1, 6) for _ in range(histogram.counts[value])]


def test_the_published_example_of_intraclass_correlation() -> None:
    """One-way: ICC(1,1) = .17 and ICC(1,k) = .44, from mean squares of 11.24 and 6.26.

    Shrout & Fleiss (1979), Psychological Bulletin 86, tables 2 to 4.
    """
    six = found(*(in_short(target) for target in SHROUT_AND_FLEISS))
    assert (six.groups, six.people) == (6, 24)
    assert round(six.within, 2) == 6.26
    assert round(4 * six.between + six.within, 2) == 11.24
    assert round(six.icc1 or 0, 2) == 0.17
    assert round(six.icc2 or 0, 2) == 0.44


def test_the_components_by_hand() -> None:
    """{1,2,3} and {3,4,5}: MSB = 6, MSW = 1, k̄ = 3: ICC(1) = 5/8, ICC(2) = 5/6, τ² = 5/3."""
    two = found(in_short((1, 2, 3)), in_short((3, 4, 5)))
    assert (two.groups, two.people, two.mean) == (2, 6, 3)
    assert (two.between, two.within) == (pytest.approx(5 / 3), pytest.approx(1))
    assert (two.icc1, two.icc2) == (pytest.approx(5 / 8), pytest.approx(5 / 6))


def test_groups_of_unequal_size_count_by_their_people() -> None:
    """{1,3} and {3,4,4,5}: mean 20/6, SSB = 2·(4/3)² + 4·(2/3)² = 16/3, MSW = 4/4, k̄ = 3."""
    two = found(in_short((1, 3)), in_short((3, 4, 4, 5)))
    assert two.mean == pytest.approx(20 / 6)
    assert two.within == pytest.approx(1)
    assert two.between == pytest.approx((16 / 3 - 1) / 3)
    assert two.icc1 == pytest.approx((16 / 3 - 1) / (16 / 3 + 2))
    assert two.icc2 == pytest.approx(13 / 16)


def test_a_negative_icc_is_kept_and_a_negative_variance_is_not() -> None:
    """{1,2,4,5} twice over, one answer moved by a point: groups more alike than chance has them."""
    two = found(in_short((1, 2, 4, 5)), in_short((2, 2, 4, 5)))
    assert (two.icc1 or 0) < 0
    assert (two.icc2 or 0) < -1
    assert two.between == 0
    assert two.trust(1000) == 0


def test_groups_of_one_mean_have_no_icc2() -> None:
    """MSB = 0: ICC(1) = −1/(k̄ − 1) and ICC(2) has nothing to divide by."""
    alike = found(in_short((1, 2, 3)), in_short((1, 2, 3)))
    assert alike.icc1 == pytest.approx(-1 / 2)
    assert alike.icc2 is None


def test_groups_of_one_mean_have_no_icc2_even_where_that_mean_is_no_short_fraction() -> None:
    """13 answers with mean 30/13, in groups of 1, 2, 1, 3 and 3 times that: MSB is 0, not nearly.

    Counted in floating point, a trace would be left and ICC(2) be minus a number of thirty digits.
    """
    base = (0, 4, 4, 3, 1, 1)
    histograms = [Histogram((0, *(times * n for n in base[1:]))) for times in (1, 2, 1, 3, 3)]
    departments = [department(name) for name in "ABCDE"]
    release = Release(
        items=("CP1",),
        groups=tuple(departments),
        histograms={d: {"CP1": h} for d, h in zip(departments, histograms, strict=True)},
    )
    alike = item_spread(release, "CP1")
    assert alike is not None
    assert alike.icc2 is None
    assert alike.icc1 == pytest.approx(-1 / (alike.people / 5 - 1))


def test_groups_of_one_mind_each_differ_with_certainty() -> None:
    """Nobody differs within: ICC(1) = ICC(2) = 1, and every distance is believed in full."""
    two = found(in_short((2, 2, 2)), in_short((4, 4, 4)))
    assert (two.icc1, two.icc2, two.trust(5)) == (1, 1, 1)
    assert two.shrunken_distance(2, 5) == -1


def test_everybody_the_same_has_no_spread_at_all() -> None:
    """Both denominators are 0, and no distance is believed."""
    same = found(in_short((3, 3)), in_short((3, 3, 3)))
    assert (same.icc1, same.icc2, same.trust(5)) == (None, None, 0)


def test_one_group_or_one_person_a_group_has_no_spread() -> None:
    """There is nothing between, or nothing within; groups that nobody answered in do not count."""
    assert spread(()) is None
    assert spread([in_short((1, 2, 3)), Sample(0, 0, 0)]) is None
    assert spread([in_short((1,)), in_short((5,))]) is None
    assert spread([in_short((1,)), in_short((5, 4))]) is not None


def test_shrinkage_by_hand() -> None:
    """With τ² = 5/3 and σ² = 1, five people have λ = (5/3)/(5/3 + 1/5) = 25/28."""
    two = found(in_short((1, 2, 3)), in_short((3, 4, 5)))
    assert two.trust(5) == pytest.approx(25 / 28)
    assert two.shrunken_distance(2, 5) == pytest.approx(-25 / 28)


@given(groups_of_people)
def test_the_iccs_are_what_scipys_analysis_of_variance_makes_of_them(
    groups: list[Histogram],
) -> None:
    """With F = MSB/MSW: ICC(1) = (F − 1)/(F + k̄ − 1) and ICC(2) = 1 − 1/F."""
    assume(any((variance(group) or 0) > 0 for group in groups))
    assume(len({mean(group) for group in groups}) > 1)
    ratio = float(f_oneway(*(people(group) for group in groups)).statistic)
    assume(ratio > 1e-6)
    ours, size = found(*map(of, groups)), sum(group.valid for group in groups) / len(groups)
    assert ours.icc1 == pytest.approx((ratio - 1) / (ratio + size - 1), rel=1e-6, abs=1e-9)
    assert ours.icc2 == pytest.approx(1 - 1 / ratio, rel=1e-6, abs=1e-9)


@given(groups_of_people, st.integers(min_value=1, max_value=500), st.floats(1, 5))
def test_shrinkage_lies_between_nothing_and_all_and_grows_with_people(
    groups: list[Histogram], size: int, mean_answer: float
) -> None:
    """0 ≤ λ ≤ 1, more with more people; a shrunken distance is never longer nor turned round."""
    ours = found(*map(of, groups))
    assert 0 <= ours.trust(size) <= ours.trust(size + 1) <= 1
    shrunken, distance = ours.shrunken_distance(mean_answer, size), mean_answer - ours.mean
    assert abs(shrunken) <= abs(distance)
    assert shrunken == 0 or math.copysign(1, shrunken) == math.copysign(1, distance)


@given(groups_of_people)
def test_answers_one_point_higher_are_spread_the_same(groups: list[Histogram]) -> None:
    """A constant added to every answer moves the mean by itself and no variance."""
    low = [Histogram((0, *group.counts[1:5], 0)) for group in groups]
    high = [Histogram((0, 0, *group.counts[1:5])) for group in groups]
    assume(all(group.valid >= 2 for group in low))
    ours, theirs = found(*map(of, low)), found(*map(of, high))
    assert theirs.mean == pytest.approx(ours.mean + 1)
    assert theirs.between == pytest.approx(ours.between, abs=1e-9)
    assert theirs.within == pytest.approx(ours.within, abs=1e-9)


A, A1, A2, B, C = (
    department("A"),
    department("A", "1"),
    department("A", "2"),
    department("B"),
    department("C"),
)
REST_OF_A = Group(GroupKind.REMAINDER, ("A",), without=(("A", "1"),))
LOW, HIGH = Histogram((2, 1, 1, 1, 0, 0)), Histogram((0, 0, 0, 1, 1, 1))
SIX = Histogram((2, 1, 1, 2, 1, 1))

TREE = Release(
    items=("CP1", "EO1"),
    groups=(ORGANISATION, A, A1, A2, B, C, REST_OF_A),
    histograms={
        ORGANISATION: {"CP1": SIX, "EO1": SIX},
        A: {"CP1": SIX, "EO1": SIX},
        A1: {"CP1": LOW},
        B: {"CP1": HIGH, "EO1": HIGH},
        REST_OF_A: {"CP1": HIGH},
    },
)
"""A is published with its team 1 on one of two items; team 2 and C are withheld."""


def test_the_lowest_published_departments_do_not_overlap() -> None:
    """Of A and its team only the team, where it is shown; else A itself. Never a remainder."""
    assert lowest_departments(TREE, ("CP1",)) == (A1, B)
    assert lowest_departments(TREE, ("EO1",)) == (A, B)
    assert lowest_departments(TREE, ("CP1", "EO1")) == (A, B)


def test_an_items_spread_is_that_of_its_lowest_published_departments() -> None:
    """{1,2,3} of A's team and {3,4,5} of B, and nothing of what is withheld or contains them."""
    assert item_spread(TREE, "CP1") == found(in_short((1, 2, 3)), in_short((3, 4, 5)))


def test_fewer_than_two_published_departments_have_no_spread() -> None:
    """One alone has nobody to differ from."""
    alone = Release(("CP1",), (ORGANISATION, B, C), {ORGANISATION: {"CP1": SIX}, B: {"CP1": HIGH}})
    assert item_spread(alone, "CP1") is None
    assert item_spread(TREE, "TB1") is None
