"""What one histogram says, against hand-computed and published figures, and laws."""

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from data.results import Histogram
from scoring.histogram import (
    add,
    cliffs_delta,
    favourable,
    index,
    mean,
    neutral,
    shares,
    subtract,
    unanimous,
    unfavourable,
)

counts = st.integers(min_value=0, max_value=60)
histograms = st.builds(
    lambda *found: Histogram(found),  # type: ignore[arg-type]
    counts,
    counts,
    counts,
    counts,
    counts,
    counts,
)
answered = histograms.filter(lambda histogram: histogram.valid > 0)


def test_favourable_is_computed_from_counts_and_not_from_rounded_shares() -> None:
    """The published example: 103/166/176/96/24 are 18/29/31/17/4 %, and 48 % favourable, not 47.

    UK Civil Service People Survey, technical guide: rounding of percentages.
    """
    published = Histogram((0, 24, 96, 176, 166, 103))
    assert [round(100 * share) for share in shares(published)] == [4, 17, 31, 29, 18]
    assert round(100 * (favourable(published) or 0)) == 48


def test_the_mean_leaves_out_who_cannot_judge() -> None:
    """Three people: 2, 5 and can't judge make (2+5)/2 = 3.5, which is 62.5 on the index."""
    three = Histogram((1, 0, 1, 0, 0, 1))
    assert mean(three) == 3.5
    assert index(3.5) == 62.5
    assert (three.respondents, three.valid, three.cant_judge) == (3, 2, 1)


def test_the_index_runs_from_0_to_100() -> None:
    """1 is 0, 3 is 50, 5 is 100."""
    assert [index(m) for m in (1, 3, 5)] == [0, 50, 100]


def test_nothing_is_said_where_nobody_could_judge() -> None:
    """All can't judge: no mean and no shares, rather than zero."""
    nobody = Histogram((7, 0, 0, 0, 0, 0))
    assert [f(nobody) for f in (mean, favourable, neutral, unfavourable)] == [None] * 4
    assert shares(nobody) == ()


def test_cant_judge_is_an_answer_that_can_be_unanimous() -> None:
    """Everybody the same, whatever it is, is unanimous; nobody at all is not."""
    assert unanimous(Histogram((4, 0, 0, 0, 0, 0)))
    assert unanimous(Histogram((0, 0, 0, 9, 0, 0)))
    assert not unanimous(Histogram((1, 0, 0, 9, 0, 0)))
    assert not unanimous(Histogram((0, 0, 0, 0, 0, 0)))


def test_cliffs_delta_by_hand() -> None:
    """{1, 3} against {2, 2}: two pairs above, two below, δ = 0; {5} against {1, 5}: δ = ½."""
    assert cliffs_delta(Histogram((0, 1, 0, 1, 0, 0)), Histogram((0, 0, 2, 0, 0, 0))) == 0
    assert cliffs_delta(Histogram((0, 0, 0, 0, 0, 1)), Histogram((0, 1, 0, 0, 0, 1))) == 0.5
    assert cliffs_delta(Histogram((3, 0, 0, 0, 0, 0)), Histogram((0, 1, 0, 0, 0, 0))) is None


@given(answered, answered)
def test_cliffs_delta_is_what_scipy_makes_of_u(left: Histogram, right: Histogram) -> None:
    """δ = 2U/(n₁n₂) − 1 with the U of scipy.stats.mannwhitneyu."""
    u = mannwhitneyu(_people(left), _people(right)).statistic
    expected = 2 * u / (left.valid * right.valid) - 1
    assert abs((cliffs_delta(left, right) or 0) - expected) < 1e-9


@given(histograms, histograms)
def test_adding_and_taking_away_are_each_others_undoing(left: Histogram, right: Histogram) -> None:
    """A part taken from the whole leaves the other part; respondents and valid answers add up."""
    whole = add(left, right)
    assert subtract(whole, right) == left
    assert whole.respondents == left.respondents + right.respondents
    assert whole.valid == left.valid + right.valid


@given(answered)
def test_the_three_shares_are_everything(histogram: Histogram) -> None:
    """Favourable, neutral and unfavourable are the whole of the valid answers."""
    three = (favourable(histogram), neutral(histogram), unfavourable(histogram))
    assert abs(sum(share or 0 for share in three) - 1) < 1e-12


@given(answered, answered)
def test_a_departments_mean_and_the_rests_average_back_to_the_whole(
    part: Histogram, rest: Histogram
) -> None:
    """Weighted by their valid answers, the means of part and rest are the whole's mean."""
    whole = add(part, rest)
    weighted = (mean(part) or 0) * part.valid + (mean(rest) or 0) * rest.valid
    assert abs(weighted / whole.valid - (mean(whole) or 0)) < 1e-9


def _people(histogram: Histogram) -> list[int]:
    return [value for value in range(1, 6) for _ in range(histogram.counts[value])]
