"""The tests on counts, against published figures, scipy's on lists, and laws."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from data.results import Histogram
from scoring.histogram import variance
from scoring.significance import benjamini_hochberg, brunner_munzel, holm, one_sample_t

PUBLISHED = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000),
)
"""Fifteen p values of a trial of two heart drugs, Benjamini & Hochberg (1995), JRSS B 57."""

counts = st.integers(min_value=0, max_value=30)
histograms = st.tuples(counts, counts, counts, counts, counts, counts).map(Histogram)
pairs = histograms.filter(lambda histogram: histogram.valid >= 2)
chances = st.lists(st.floats(min_value=0, max_value=1), max_size=30)


def people(histogram: Histogram) -> list[int]:
    """Every valid answer by itself."""
    return [value for value in range(1, 6) for _ in range(histogram.counts[value])]


def apart(left: Histogram, right: Histogram) -> bool:
    """Whether the sides do not reach into each other, or are all of one mind."""
    ours, theirs = people(left), people(right)
    below, above = max(ours) < min(theirs), min(ours) > max(theirs)
    return below or above or len({*ours, *theirs}) == 1


@given(pairs)
def test_the_variance_is_the_one_of_numpy(histogram: Histogram) -> None:
    """Sample variance, divided by n − 1."""
    assert variance(histogram) == pytest.approx(np.var(people(histogram), ddof=1), abs=1e-12)


def test_the_published_example_of_brunner_and_munzel() -> None:
    """Pain scores of 14 and 11 patients: p = 0.0057862086661515377, W = 3.1374674823.

    Brunner & Munzel (2000), Biometrical Journal 42; the digits as documented by scipy and by
    R's lawstat.
    """
    treated = Histogram((0, 11, 2, 0, 1, 0))
    others = Histogram((0, 3, 1, 4, 2, 1))
    assert people(treated) == sorted((1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1))
    assert people(others) == sorted((3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4))
    assert brunner_munzel(treated, others) == pytest.approx(0.0057862086661515377, rel=1e-12)


@given(pairs, pairs)
def test_brunner_munzel_is_what_scipy_makes_of_the_lists(left: Histogram, right: Histogram) -> None:
    """The same p as scipy.stats.brunnermunzel wherever that has a variance to divide by."""
    assume(not apart(left, right))
    expected = stats.brunnermunzel(people(left), people(right)).pvalue
    assert brunner_munzel(left, right) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(pairs, pairs)
def test_swapping_the_sides_keeps_p(left: Histogram, right: Histogram) -> None:
    """A two-sided p does not know which side is which."""
    assert brunner_munzel(left, right) == pytest.approx(brunner_munzel(right, left), abs=1e-12)


@given(pairs, pairs)
def test_turning_the_scale_round_keeps_p(left: Histogram, right: Histogram) -> None:
    """1 ↔ 5 and 2 ↔ 4 on both sides: as far apart as before."""
    turned = [Histogram((h.cant_judge, *reversed(h.counts[1:]))) for h in (left, right)]
    assert brunner_munzel(*turned) == pytest.approx(brunner_munzel(left, right), abs=1e-12)


@given(pairs, pairs, counts)
def test_those_who_could_not_judge_do_not_count(
    left: Histogram, right: Histogram, more: int
) -> None:
    """Can't judge is on neither side of a comparison, however many they are."""
    louder = Histogram((left.cant_judge + more, *left.counts[1:]))
    assert brunner_munzel(louder, right) == brunner_munzel(left, right)
    assert one_sample_t(louder, 3) == one_sample_t(left, 3)


def test_sides_that_do_not_reach_into_each_other_have_the_permutations_p() -> None:
    """{1, 2} against {4, 4, 5}: the lowest and the highest two of ten ways to choose, p = 2/10."""
    found = brunner_munzel(Histogram((0, 1, 1, 0, 0, 0)), Histogram((0, 0, 0, 0, 2, 1)))
    assert found == pytest.approx(0.2)
    twenty = Histogram((0, 10, 10, 0, 0, 0)), Histogram((0, 0, 0, 10, 10, 0))
    assert brunner_munzel(*twenty) == pytest.approx(2 / math.comb(40, 20), rel=1e-12)


@pytest.mark.parametrize(
    ("left", "right"),
    [((1, 2), (4, 5, 5)), ((1, 1, 2), (3, 4, 5)), ((1, 2, 3), (4, 5, 5)), ((1, 1), (2, 2, 2))],
)
def test_the_permutations_p_is_not_below_what_counting_gives(
    left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    """Of all ways to deal the answers to both sides, so many set them apart as these are.

    Ties at the edge of the mirrored deal can only make them fewer, so that p errs on the safe side.
    """
    pooled = (*left, *right)
    deals = list(itertools.combinations(range(len(pooled)), len(left)))
    extreme = 0
    for chosen in deals:
        ours = [pooled[i] for i in chosen]
        theirs = [pooled[i] for i in range(len(pooled)) if i not in chosen]
        extreme += max(ours) < min(theirs) or min(ours) > max(theirs)
    both = [Histogram((0, *(side.count(v) for v in range(1, 6)))) for side in (left, right)]
    found = brunner_munzel(*both)
    assert found == pytest.approx(2 / len(deals))
    assert found >= extreme / len(deals) - 1e-12


def test_two_sides_of_one_mind_are_no_different() -> None:
    """Everybody on both sides answered 4: p = 1."""
    assert brunner_munzel(Histogram((0, 0, 0, 0, 25, 0)), Histogram((3, 0, 0, 0, 40, 0))) == 1


def test_very_many_people_apart_have_a_p_of_nearly_nothing() -> None:
    """Two thousand on each side: no overflow in the number of permutations."""
    found = brunner_munzel(Histogram((0, 2000, 0, 0, 0, 0)), Histogram((0, 0, 0, 0, 2000, 0)))
    assert found == pytest.approx(0, abs=1e-300)


def test_one_answer_on_a_side_carries_no_test() -> None:
    """Neither a comparison nor a test against a number; all can't judge least of all."""
    many = Histogram((0, 5, 5, 5, 5, 5))
    for few in (Histogram((0, 0, 0, 0, 1, 0)), Histogram((9, 0, 0, 0, 0, 0))):
        assert brunner_munzel(few, many) is None
        assert brunner_munzel(many, few) is None
        assert one_sample_t(few, 3) is None


def test_one_sample_t_by_hand() -> None:
    """10 × 3 and 10 × 4 against 4: t = −½/√(¼/19) = −√19, on 19 degrees of freedom."""
    found = one_sample_t(Histogram((0, 0, 0, 10, 10, 0)), 4)
    assert found == pytest.approx(2 * stats.t.sf(math.sqrt(19), 19), rel=1e-12)
    assert found == pytest.approx(0.000338, abs=5e-7)


def test_answers_that_are_all_the_same_have_no_t() -> None:
    """Without spread there is nothing to divide by, whether they meet the number or not."""
    same = Histogram((2, 0, 0, 0, 25, 0))
    assert one_sample_t(same, 4) is None
    assert one_sample_t(same, 3) is None


@given(pairs, st.floats(min_value=1, max_value=5))
def test_one_sample_t_is_what_scipy_makes_of_the_list(
    histogram: Histogram, expected: float
) -> None:
    """The same p as scipy.stats.ttest_1samp wherever the answers differ."""
    assume(variance(histogram))
    theirs = stats.ttest_1samp(people(histogram), expected).pvalue
    assert one_sample_t(histogram, expected) == pytest.approx(theirs, rel=1e-6, abs=1e-12)


def test_corrections_by_hand() -> None:
    """.005, .01, .03, .04 times 4, 3, 2, 1 for Holm and times 4/1, 4/2, 4/3, 4/4 for the other.

    Neither ever falls as p rises: .04·1 becomes .06, and .03·4/3 meets .04.
    """
    ps = [0.01, 0.04, 0.03, 0.005]
    assert holm(ps) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(ps) == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_the_published_example_of_benjamini_and_hochberg() -> None:
    """At 5 % four of the fifteen are found when false discoveries are held down, after Holm three.

    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, section 4.
    """
    assert [p <= 0.05 for p in benjamini_hochberg(PUBLISHED)] == [True] * 4 + [False] * 11
    assert [p <= 0.05 for p in holm(PUBLISHED)] == [True] * 3 + [False] * 12
    assert holm(PUBLISHED)[:4] == pytest.approx([0.0015, 0.0056, 0.0247, 0.1140])
    assert benjamini_hochberg(PUBLISHED)[3] == pytest.approx(0.0095 * 15 / 4)


def test_nothing_to_correct_stays_nothing_and_one_stays_itself() -> None:
    """No p gives none; a single p is not changed."""
    assert (holm([]), benjamini_hochberg([])) == ([], [])
    assert (holm([0.04]), benjamini_hochberg([0.04])) == ([0.04], [0.04])


@settings(max_examples=30)
@given(chances)
def test_what_is_claimed_is_held_to_more_than_what_is_coloured(ps: list[float]) -> None:
    """Plain ≤ Benjamini–Hochberg ≤ Holm ≤ 1, one by one."""
    for p, colour, claim in zip(ps, benjamini_hochberg(ps), holm(ps), strict=True):
        assert p - 1e-12 <= colour <= claim + 1e-12
        assert claim <= 1


@settings(max_examples=30)
@given(chances, st.floats(min_value=0, max_value=1))
def test_another_test_never_makes_a_claim_easier(ps: list[float], another: float) -> None:
    """With one more p in the family, no Holm value of the others gets smaller."""
    for before, after in zip(holm(ps), holm([*ps, another]), strict=False):
        assert after >= before - 1e-12
