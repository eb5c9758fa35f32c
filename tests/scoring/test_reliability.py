"""How far the parts of a scale measure one thing: published, by hand, and laws."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Dimension
from data.questionnaires import load_instrument
from data.results import PROFILE, AnswerPattern, Histogram, Release, Reliability
from scoring.release import ORGANISATION
from scoring.reliability import (
    Matrix,
    feldt_interval,
    mcdonald_omega,
)
from scoring.reliability import cronbach_alpha as alpha_of_variances
from scoring.scales import reliabilities

FIFTEEN = (
    (3, 2, 2, 4, 1, 4, 5, 1, 4, 3),
    (5, 5, 4, 6, 3, 5, 1, 2, 5, 5),
    (7, 5, 3, 5, 5, 6, 4, 3, 3, 6),
    (2, 3, 4, 3, 3, 2, 2, 2, 6, 6),
    (6, 5, 5, 6, 5, 4, 4, 4, 6, 7),
    (1, 2, 2, 3, 4, 2, 5, 2, 3, 5),
    (4, 3, 3, 5, 3, 5, 2, 1, 2, 4),
    (2, 5, 4, 4, 3, 7, 2, 2, 4, 6),
    (6, 2, 5, 5, 5, 1, 6, 5, 2, 3),
    (5, 2, 4, 6, 4, 3, 5, 3, 1, 7),
    (4, 1, 3, 5, 2, 5, 3, 2, 3, 4),
    (4, 4, 2, 3, 2, 5, 3, 4, 2, 3),
    (5, 5, 5, 6, 2, 3, 3, 2, 4, 4),
    (6, 5, 5, 5, 4, 2, 2, 1, 4, 6),
    (4, 4, 3, 5, 5, 3, 1, 3, 2, 3),
)
"""Fifteen people's answers to ten items: pingouin's example data set `cronbach_alpha`."""

AnswerPatterns = Mapping[tuple[int, ...], int]


def cronbach_alpha(covariance: Matrix) -> float | None:
    """Alpha of a matrix of covariances."""
    return alpha_of_variances(float(np.trace(covariance)), float(covariance.sum()), len(covariance))


FOUR = ("CP1", "CP2", "CP3", "CP4")
CORE = load_instrument("five_questions").short_form()

HUNDRED: AnswerPatterns = {
    (1, 2, 1, 2): 12,
    (2, 2, 3, 3): 18,
    (3, 3, 3, 1): 9,
    (4, 3, 4, 5): 31,
    (5, 4, 4, 4): 20,
    (5, 5, 2, 5): 10,
}
"""A hundred people who answered all of four items."""

FIVE: AnswerPatterns = {
    (1, 2, 1, 2, 3): 12,
    (2, 2, 3, 3, 1): 18,
    (3, 3, 2, 1, 4): 9,
    (4, 3, 4, 5, 4): 31,
    (5, 4, 4, 4, 5): 20,
    (5, 5, 2, 5, 2): 10,
    (2, 4, 3, 4, 3): 25,
}
"""A hundred and twenty-five people who answered all of five items."""

tables = st.integers(min_value=2, max_value=6).flatmap(
    lambda parts: st.lists(
        st.lists(st.integers(min_value=1, max_value=5), min_size=parts, max_size=parts),
        min_size=3,
        max_size=40,
    )
)


def found(
    items: tuple[str, ...], patterns: AnswerPatterns, withheld: tuple[str, ...] = ()
) -> Mapping[str, Reliability]:
    """What the release of a wave of these items says of its scales, by scale."""
    shown = {item: Histogram((0, 20, 20, 20, 20, 20)) for item in items if item not in withheld}
    release = Release(items, (ORGANISATION,), {ORGANISATION: shown})
    people = [AnswerPattern((), False, False, row, times) for row, times in patterns.items()]
    return {one.scale: one for one in reliabilities(release, dimensions(items), people, 5)}


def dimensions(items: tuple[str, ...]) -> tuple[Dimension, ...]:
    """The dimensions of a wave that asks these items."""
    return load_instrument("five_questions").asked(items)


def alpha_of(people: Matrix) -> float:
    """Alpha as the textbook has it: one row a person, one column a part."""
    parts = people.shape[1]
    single, whole = people.var(axis=0, ddof=1).sum(), people.sum(axis=1).var(ddof=1)
    return float(parts / (parts - 1) * (1 - single / whole))


def listed(patterns: AnswerPatterns) -> Matrix:
    """Every person's answers in a row of their own."""
    rows = [pattern for pattern, people in patterns.items() for _ in range(people)]
    return np.array(rows, dtype=float)


def one_factor(loadings: list[float], deviations: list[float]) -> Matrix:
    """Covariances of items that have one common factor and nothing else in common."""
    common = np.outer(loadings, loadings)
    correlations = common + np.diag(1 - np.diag(common))
    return np.outer(deviations, deviations) * correlations


def test_the_published_example_of_cronbachs_alpha() -> None:
    """Fifteen people and ten items: alpha .5917188 with the interval .195 to .840.

    Pingouin's documentation of `cronbach_alpha`, data and figures.
    """
    alpha = cronbach_alpha(np.cov(np.array(FIFTEEN), rowvar=False))
    assert alpha == pytest.approx(0.5917188, abs=5e-8)
    assert [round(limit, 3) for limit in feldt_interval(alpha or 0, 15, 10)] == [0.195, 0.840]


@given(tables)
def test_alpha_is_what_numpys_variances_make_of_it(rows: list[list[int]]) -> None:
    """From covariances the same as from the variances of the parts and of the people's sums."""
    people = np.array(rows, dtype=float)
    alpha = cronbach_alpha(np.cov(people, rowvar=False))
    if np.ptp(people.sum(axis=1)) == 0:
        assert alpha is None or abs(alpha) > 1e9
    else:
        assert alpha == pytest.approx(alpha_of(people), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("parts", "expected"), [(2, 2 / 3), (3, 3 / 4), (9, 9 / 10)])
def test_alpha_of_equal_correlations_by_hand(parts: int, expected: float) -> None:
    """Spearman and Brown: k parts that all correlate by ½ have k·½/(1 + (k−1)·½) = k/(k+1)."""
    halves = np.full((parts, parts), 0.5) + np.eye(parts) / 2
    assert cronbach_alpha(halves) == pytest.approx(expected)


def test_alpha_may_be_negative_and_is_kept() -> None:
    """Two parts with variance 1 and covariance −½: 2·(1 − 2/1) = −2."""
    assert cronbach_alpha(np.array([[1, -0.5], [-0.5, 1]])) == pytest.approx(-2)


def test_a_sum_that_does_not_vary_or_a_single_part_has_no_alpha() -> None:
    """Nothing to divide by, and nothing to compare."""
    assert cronbach_alpha(np.array([[1.0, -1.0], [-1.0, 1.0]])) is None
    assert cronbach_alpha(np.zeros((3, 3))) is None
    assert cronbach_alpha(np.array([[1.0]])) is None


@given(
    st.floats(min_value=-2, max_value=0.99),
    st.integers(min_value=100, max_value=2000),
    st.integers(min_value=3, max_value=25),
)
def test_feldts_interval_holds_alpha_and_narrows_with_people(
    alpha: float, people: int, parts: int
) -> None:
    """Low < alpha < high < 1, and ten times the people are surer."""
    low, high = feldt_interval(alpha, people, parts)
    assert low < alpha < high < 1
    closer = feldt_interval(alpha, 10 * people, parts)
    assert low < closer[0]
    assert closer[1] < high


def test_omega_by_hand_in_the_items_own_units() -> None:
    """Standardised loadings .8 .7 .6 .5; deviations 1 2 1 2: loadings .8 1.4 .6 1 make 3.8.

    Unique variances .36·1, .51·4, .64·1, .75·4 make 6.04: omega = 14.44/20.48 = .70508.
    """
    covariance = one_factor([0.8, 0.7, 0.6, 0.5], [1, 2, 1, 2])
    assert mcdonald_omega(covariance) == pytest.approx(14.44 / 20.48, abs=1e-6)


def test_omega_of_unequal_loadings_is_above_alpha_and_of_equal_ones_is_alpha() -> None:
    """Four loadings of .7: both 7.84/(7.84 + 2.04); unequal ones: alpha is the lower bound."""
    equal = one_factor([0.7] * 4, [1] * 4)
    assert mcdonald_omega(equal) == pytest.approx(7.84 / 9.88, abs=1e-6)
    assert cronbach_alpha(equal) == pytest.approx(7.84 / 9.88)
    unequal = one_factor([0.9, 0.7, 0.5, 0.3], [1] * 4)
    omega, alpha = mcdonald_omega(unequal), cronbach_alpha(unequal)
    assert omega == pytest.approx(5.76 / (5.76 + 2.36), abs=1e-6)
    assert (alpha or 0) < (omega or 0)


def test_omega_counts_an_item_that_is_worded_the_other_way_against_the_sum() -> None:
    """Loadings .8 .7 −.6: (.9)² / ((.9)² + .36 + .51 + .64) = .81/2.32."""
    covariance = one_factor([0.8, 0.7, -0.6], [1] * 3)
    assert mcdonald_omega(covariance) == pytest.approx(0.81 / 2.32, abs=1e-6)


def test_a_part_without_variance_of_its_own_gives_no_omega() -> None:
    """Correlations .9 .9 .5: the first loading would be √(.81/.5), more than 1."""
    impossible = np.array([[1, 0.9, 0.9], [0.9, 1, 0.5], [0.9, 0.5, 1]])
    assert mcdonald_omega(impossible) is None
    assert mcdonald_omega(one_factor([0.999, 0.7, 0.6], [1] * 3)) is None


def test_an_item_that_does_not_vary_gives_no_omega() -> None:
    """It correlates with nothing; alpha is still defined."""
    covariance = one_factor([0.8, 0.7, 0.6], [1, 1, 0])
    assert mcdonald_omega(covariance) is None
    assert cronbach_alpha(covariance) is not None


def test_a_dimensions_alpha_and_omega_come_from_the_people_behind_the_patterns() -> None:
    """A hundred people, four items: the textbook's alpha of the hundred rows, and its interval."""
    one = found(FOUR, HUNDRED)["customer_perspective"]
    assert (one.parts, one.people) == (4, 100)
    assert one.alpha == round(alpha_of(listed(HUNDRED)), 2)
    low, high = feldt_interval(one.alpha, 100, 4)
    assert (one.low, one.high) == (round(low, 2), round(high, 2))
    assert mcdonald_omega(np.cov(listed(HUNDRED), rowvar=False)) is None
    assert one.omega is None


def test_people_without_an_answer_to_one_item_are_left_out_with_their_n() -> None:
    """Forty-seven more who could not judge an item change neither the figures nor their n.

    The known trap: after listwise deletion the interval must use the n that is left.
    """
    more = {
        **HUNDRED,
        (0, 5, 4, 1): 15,
        (0, 5, 4, 2): 10,
        (1, 1, 5, 0): 9,
        (2, 1, 5, 0): 6,
        (0, 0, 0, 0): 7,
    }
    assert found(FOUR, more) == found(FOUR, HUNDRED)


def test_a_missing_answer_to_another_dimension_keeps_a_person_in() -> None:
    """Who skipped EO1 still answered all of customer perspective."""
    items = (*FOUR, "EO1")
    more = {(*pattern, 0): people for pattern, people in HUNDRED.items()}
    assert (
        found(items, more)["customer_perspective"] == found(FOUR, HUNDRED)["customer_perspective"]
    )


def test_ninety_nine_complete_people_are_too_few_and_a_hundred_are_enough() -> None:
    """METHOD §2: n ≥ 100 complete cases, however many took part."""
    fewer = {**HUNDRED, (5, 5, 2, 5): 9, (0, 5, 2, 5): 150, (0, 4, 3, 4): 150}
    assert found(FOUR, fewer) == {}
    assert found(FOUR, HUNDRED).keys() == {"customer_perspective"}


def test_two_items_are_no_scale_and_three_are() -> None:
    """Dimensions of fewer than three items have no reliability of their own."""
    two = {pattern[:2]: people for pattern, people in HUNDRED.items()}
    three = {pattern[:3]: people for pattern, people in HUNDRED.items()}
    assert found(FOUR[:2], two) == {}
    assert found(FOUR[:3], three).keys() == {"customer_perspective"}


def test_a_withheld_item_takes_its_scale_and_the_profile_with_it() -> None:
    """Alpha would be a figure of answers that are not shown."""
    items = (*FOUR, "EO1", "TB1")
    patterns = {(*pattern, pattern[0], pattern[3]): n for pattern, n in HUNDRED.items()}
    assert found(items, patterns).keys() == {"customer_perspective", PROFILE}
    assert found(items, patterns, withheld=("CP3",)) == {}
    assert found(items, patterns, withheld=("EO1",)).keys() == {"customer_perspective"}


def test_the_short_forms_five_items_make_a_profile_without_omega() -> None:
    """Five one-item dimensions: no scale of their own, one profile of five parts.

    An omega could be fitted, but the five are not taken to measure one thing.
    """
    patterns = FIVE
    scales = found(CORE, patterns)
    assert scales.keys() == {PROFILE}
    assert (scales[PROFILE].parts, scales[PROFILE].people) == (5, 100)
    assert mcdonald_omega(np.cov(listed(patterns), rowvar=False)) is not None
    assert scales[PROFILE].alpha == round(alpha_of(listed(patterns)), 2)
    assert scales[PROFILE].omega is None


def test_the_parts_of_a_profile_are_the_means_of_its_dimensions() -> None:
    """Customer perspective of two items counts as one part, by each person's mean of the two."""
    items = ("CP1", "CP2", "EO1", "TB1")
    people = listed(HUNDRED)
    parts = np.column_stack([people[:, :2].mean(axis=1), people[:, 2], people[:, 3]])
    profile = found(items, HUNDRED)[PROFILE]
    assert (profile.parts, profile.people) == (3, 100)
    assert profile.alpha == round(alpha_of(parts), 2)


def test_items_are_found_by_their_place_in_the_wave() -> None:
    """A wave that asks in another order has other patterns and the same figures."""
    turned = {tuple(reversed(pattern)): people for pattern, people in HUNDRED.items()}
    ours, theirs = (
        found(items, patterns)["customer_perspective"]
        for items, patterns in ((FOUR, HUNDRED), (tuple(reversed(FOUR)), turned))
    )
    assert theirs.alpha == pytest.approx(ours.alpha)
    assert theirs.omega == pytest.approx(ours.omega, abs=1e-6)


def test_answers_one_point_higher_are_as_reliable() -> None:
    """A constant added to one item changes no covariance: alpha and omega stay."""
    low = {(a, min(b, 4), c, d): 0 for a, b, c, d in HUNDRED}
    for (a, b, c, d), people in HUNDRED.items():
        low[a, min(b, 4), c, d] += people
    high = {(a, b + 1, c, d): people for (a, b, c, d), people in low.items()}
    ours, theirs = (found(FOUR, patterns)["customer_perspective"] for patterns in (low, high))
    assert theirs.alpha == pytest.approx(ours.alpha)
    assert theirs.omega == pytest.approx(ours.omega, abs=1e-6)


def test_a_scale_on_which_everybody_answered_the_same_is_left_out() -> None:
    """Nothing varies, so nothing can be measured; and nobody at all is no scale either."""
    assert found(FOUR, {(4, 4, 4, 4): 150}) == {}
    assert found(FOUR, {}) == {}
