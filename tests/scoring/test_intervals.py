"""How sure a mean or a share is: published margins, intervals by hand, and laws."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import t as student

from data.results import Histogram
from scoring.histogram import mean, variance
from scoring.intervals import Basis, Interval, Margin, interval_of_mean, margin_of_share

T19 = 2.093024
"""Student's t at 97.5 % with 19 degrees of freedom, as printed in every table."""

TWENTY = Histogram((0, 0, 0, 10, 10, 0))
"""Twenty answers with mean 3.5 and s² = 20·¼/19 = 5/19, so that s²/n = 1/76."""

counts = st.integers(min_value=0, max_value=40)
histograms = st.tuples(counts, counts, counts, counts, counts, counts).map(Histogram)
varied = histograms.filter(lambda histogram: bool(variance(histogram)))
headcounts = st.none() | st.integers(min_value=1, max_value=400)


def limits(interval: Interval) -> tuple[float, float]:
    """The two limits, which must be there."""
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("headcount", "responses", "percent", "margin"),
    [(200, 120, 43, 6), (150, 80, 50, 8), (50, 40, 30, 6), (500, 375, 60, 2)],
)
def test_the_four_published_margins(
    headcount: int, responses: int, percent: int, margin: int
) -> None:
    """Staff in post, responses and share as published give the published margin in points.

    UK Civil Service People Survey, technical guide: margins of error.
    """
    counted = Histogram((0, 1, responses - 2, 1, 0, 0))
    found = margin_of_share(percent / 100, counted, headcount)
    assert found.basis is Basis.CORRECTED
    assert round(100 * (found.width or 0)) == margin


def test_the_correction_leaves_one_fifth_of_the_variance_when_four_fifths_answered() -> None:
    """20 of 25 heads: 3.5 ± t·√(1/76·(1 − 0.8)) = 3.5 ± 2.093024·0.0512989 = 3.5 ± 0.107370."""
    found = interval_of_mean(TWENTY, 25)
    assert found.basis is Basis.CORRECTED
    assert limits(found) == pytest.approx((3.392630, 3.607370), abs=1e-6)


def test_those_who_could_not_judge_count_as_having_responded_but_not_as_answers() -> None:
    """20 answers and 5 can't judge of 50 heads: f = 25/50, n = 20: 3.5 ± 2.093024·√(1/152)."""
    found = interval_of_mean(Histogram((5, 0, 0, 10, 10, 0)), 50)
    half = T19 * math.sqrt(1 / 152)
    assert limits(found) == pytest.approx((3.5 - half, 3.5 + half), abs=1e-6)


def test_without_a_headcount_there_is_no_correction_and_it_is_said() -> None:
    """3.5 ± 2.093024·√(1/76) = 3.5 ± 0.240086, on the basis of no headcount."""
    found = interval_of_mean(TWENTY)
    assert found.basis is Basis.NO_HEADCOUNT
    assert limits(found) == pytest.approx((3.259914, 3.740086), abs=1e-6)


def test_more_answers_than_heads_take_no_correction_and_it_is_said() -> None:
    """20 answers of 19 heads: the limits without a headcount, for a mean and for a share."""
    found, plain = interval_of_mean(TWENTY, 19), interval_of_mean(TWENTY)
    assert found.basis is Basis.MORE_THAN_HEADS
    assert limits(found) == limits(plain)
    margin = margin_of_share(0.5, TWENTY, 19)
    assert margin == Margin(Basis.MORE_THAN_HEADS, margin_of_share(0.5, TWENTY).width)
    assert margin.width == pytest.approx(1.96 * math.sqrt(0.25 / 20))


def test_where_everybody_answered_nothing_is_left_to_be_unsure_of() -> None:
    """20 of 20 heads: "everybody answered", not ± 0; can't judge is an answer in this."""
    assert interval_of_mean(TWENTY, 20) == Interval(Basis.EVERYBODY)
    assert margin_of_share(0.5, TWENTY, 20) == Margin(Basis.EVERYBODY)
    assert interval_of_mean(Histogram((5, 0, 0, 10, 10, 0)), 25) == Interval(Basis.EVERYBODY)


def test_answers_that_are_all_the_same_have_no_interval() -> None:
    """No spread, or a share of nobody or everybody: no interval, rather than ± 0."""
    same = Histogram((3, 0, 0, 0, 12, 0))
    assert interval_of_mean(same, 30) == Interval(Basis.NO_SPREAD)
    assert interval_of_mean(same) == Interval(Basis.NO_SPREAD)
    for share in (0, 1):
        assert margin_of_share(share, TWENTY, 30) == Margin(Basis.NO_SPREAD)


@pytest.mark.parametrize("headcount", [None, 40])
def test_one_answer_or_none_has_no_interval(headcount: int | None) -> None:
    """With one answer there is no spread to estimate, and none where all can't judge."""
    for few in (Histogram((0, 0, 0, 0, 1, 0)), Histogram((30, 0, 0, 0, 0, 0))):
        assert interval_of_mean(few, headcount) == Interval(Basis.TOO_FEW)
        assert margin_of_share(0.5, few, headcount) == Margin(Basis.TOO_FEW)


def test_an_interval_is_clipped_to_the_scale() -> None:
    """{1, 5}: 3 ± 12.7·2 reaches beyond both ends and is told as 1…5."""
    assert limits(interval_of_mean(Histogram((0, 1, 0, 0, 0, 1)))) == (1.0, 5.0)


def test_a_margin_counts_answers_and_corrects_by_respondents() -> None:
    """10 answers, 30 can't judge, 79 heads: 1.96·√(¼/10·(79−40)/78) = 1.96·√(1/80)."""
    found = margin_of_share(0.5, Histogram((30, 0, 5, 0, 5, 0)), 79)
    assert found == Margin(Basis.CORRECTED, pytest.approx(1.96 * math.sqrt(1 / 80)))


@given(varied)
def test_without_a_headcount_it_is_the_t_interval_of_scipy(histogram: Histogram) -> None:
    """The textbook interval of a mean, cut off at the ends of the scale."""
    average, spread = mean(histogram), variance(histogram)
    assert average is not None
    assert spread is not None
    error = math.sqrt(spread / histogram.valid)
    low, high = student.interval(0.95, histogram.valid - 1, loc=average, scale=error)
    expected = (max(1, float(low)), min(5, float(high)))
    assert limits(interval_of_mean(histogram)) == pytest.approx(expected)


@given(histograms, headcounts)
def test_an_interval_lies_on_the_scale_and_holds_the_mean(
    histogram: Histogram, headcount: int | None
) -> None:
    """1 ≤ low ≤ mean ≤ high ≤ 5 wherever there are limits, and both limits or none."""
    found = interval_of_mean(histogram, headcount)
    assert (found.low is None) == (found.high is None)
    if found.low is not None and found.high is not None:
        assert 1 <= found.low <= (mean(histogram) or 0) <= found.high <= 5


@given(varied, st.integers(min_value=1, max_value=300))
def test_the_more_of_a_group_answered_the_surer_is_its_mean(
    histogram: Histogram, others: int
) -> None:
    """Each further head who did not answer widens the interval, never beyond the plain one."""
    closer = limits(interval_of_mean(histogram, histogram.respondents + others))
    wider = limits(interval_of_mean(histogram, histogram.respondents + others + 1))
    plain = limits(interval_of_mean(histogram))
    assert plain[0] <= wider[0] <= closer[0]
    assert closer[1] <= wider[1] <= plain[1]


@given(histograms, st.none() | st.integers(min_value=200, max_value=400))
def test_answers_one_point_higher_move_the_interval_by_one_point(
    histogram: Histogram, headcount: int | None
) -> None:
    """Where nothing is clipped, the width stays and both limits rise by 1."""
    zero, *four, _ = histogram.counts
    low, high = Histogram((zero, *four, 0)), Histogram((zero, 0, *four))
    below, above = interval_of_mean(low, headcount), interval_of_mean(high, headcount)
    assert below.basis is above.basis
    assume(below.low is not None and below.low > 1)
    assume(above.high is not None and above.high < 5)
    assert limits(above) == pytest.approx([limit + 1 for limit in limits(below)])


def test_a_headcount_of_zero_is_one_and_more_people_answered() -> None:
    """Thirty answers from nobody: that is said, and nothing is corrected."""
    some = Histogram((0, 10, 10, 10, 0, 0))
    assert interval_of_mean(some, 0).basis is Basis.MORE_THAN_HEADS
    assert interval_of_mean(some, 0).low == interval_of_mean(some).low


def test_more_answers_than_heads_is_said_even_without_spread() -> None:
    """Six equal answers from five heads: no limits, but the reason is the headcount."""
    same = Histogram((0, 0, 0, 0, 6, 0))
    assert interval_of_mean(same, 5) == Interval(Basis.MORE_THAN_HEADS)
    assert margin_of_share(1.0, same, 5) == Margin(Basis.MORE_THAN_HEADS)
