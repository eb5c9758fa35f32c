"""How far a group agrees, and what so many answers carry: by hand, published, and laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.results import Histogram
from scoring.agreement import a_wg, disagrees, r_wg
from scoring.drawable import Figure, drawable
from scoring.histogram import polarised, variance

counts = st.integers(min_value=0, max_value=40)
histograms = st.tuples(counts, counts, counts, counts, counts, counts).map(Histogram)

FROM_5 = {Figure.COUNT, Figure.MEAN, Figure.FAVOURABLE}
FROM_10 = FROM_5 | {Figure.DISTRIBUTION, Figure.INTERVAL, Figure.AGREEMENT}
FROM_20 = FROM_10 | {Figure.TEST}


@pytest.mark.parametrize(
    ("valid", "figures"),
    [
        (0, set()),
        (4, set()),
        (5, FROM_5),
        (9, FROM_5),
        (10, FROM_10),
        (19, FROM_10),
        (20, FROM_20),
        (500, FROM_20),
    ],
)
def test_more_answers_carry_more_figures(valid: int, figures: set[Figure]) -> None:
    """From 5 on n, mean and favourable; from 10 distribution, interval, agreement; from 20 tests.

    METHOD §2, the table.
    """
    assert drawable(valid) == figures


@pytest.mark.parametrize("sides", [(19, 400), (400, 19), (19, 20), (20, 19)])
def test_the_smaller_side_of_a_comparison_decides(sides: tuple[int, int]) -> None:
    """Nineteen on either side carry no test, however many are on the other."""
    assert drawable(*sides) == FROM_10
    assert drawable(20, 400) == drawable(400, 20) == FROM_20


def test_r_wg_is_zero_for_answers_given_at_random() -> None:
    """A fifth of a great many on each point has variance 2, the uniform null.

    James, Demaree & Wolf (1984), Journal of Applied Psychology 69: (A² − 1)/12 for A = 5.
    """
    assert variance(Histogram((0, *[20000] * 5))) == pytest.approx(2.0, abs=1e-4)
    assert r_wg(Histogram((0, *[20000] * 5))) == pytest.approx(0, abs=1e-4)


def test_r_wg_and_a_wg_by_hand() -> None:
    """3 × 3, 4 × 4, 3 × 5: m = 4, s² = 6/9; r*wg = 1 − 1/3; a_wg = 1 − 2·(6/9)/(3·10/9) = 0.6."""
    ten = Histogram((4, 0, 0, 3, 4, 3))
    assert r_wg(ten) == pytest.approx(2 / 3)
    assert a_wg(ten) == pytest.approx(0.6)


def test_full_agreement_is_one() -> None:
    """Twelve times the same answer inside the scale: both measures are 1."""
    same = Histogram((0, 0, 0, 12, 0, 0))
    assert (r_wg(same), a_wg(same)) == (1, 1)


def test_two_opposed_halves_are_the_most_disagreement() -> None:
    """5 × 1 and 5 × 5: s² = 40/9, a_wg = −1, and r*wg = 1 − 20/9, kept although below −1."""
    camps = Histogram((0, 5, 0, 0, 0, 5))
    assert a_wg(camps) == pytest.approx(-1)
    assert r_wg(camps) == pytest.approx(-11 / 9)


@pytest.mark.parametrize(
    ("histogram", "defined"),
    [
        (Histogram((0, 9, 0, 0, 0, 1)), True),
        (Histogram((0, 9, 0, 0, 1, 0)), False),
        (Histogram((0, 1, 0, 0, 0, 9)), True),
        (Histogram((0, 0, 1, 0, 0, 9)), False),
        (Histogram((0, 0, 0, 0, 0, 10)), False),
    ],
)
def test_a_wg_is_not_defined_where_a_mean_leaves_no_room_to_disagree(
    histogram: Histogram, defined: bool
) -> None:
    """Ten people: the mean must be one that a single answer from the far end allows, 1.4…4.6.

    Brown & Hauenstein (2005), Organizational Research Methods 8: [L(n−1)+H]/n to [H(n−1)+L]/n.
    """
    assert (a_wg(histogram) is not None) == defined


def test_agreement_needs_two_answers() -> None:
    """One answer, or none but can't judge, neither agrees nor disagrees."""
    for few in (Histogram((0, 0, 0, 1, 0, 0)), Histogram((9, 0, 0, 0, 0, 0))):
        assert (r_wg(few), a_wg(few), disagrees(few)) == (None, None, None)


def test_polarised_means_more_than_thirty_percent_in_both_camps() -> None:
    """3 of 10 is 30 % and no camp yet; 4 of 13 is 30.8 % and is; can't judge counts for none."""
    assert polarised(Histogram((0, 0, 3, 4, 3, 0))) is False
    assert polarised(Histogram((0, 2, 2, 5, 3, 1))) is True
    assert polarised(Histogram((0, 2, 2, 6, 2, 1))) is False
    assert polarised(Histogram((90, 2, 2, 5, 3, 1))) is True
    assert polarised(Histogram((9, 0, 0, 0, 0, 0))) is None


def test_camps_that_are_close_together_disagree_though_their_spread_is_small() -> None:
    """4 × 2, 5 × 3, 4 × 4: r*wg = 1 − (8/12)/2 = ⅔, and still two camps."""
    assert disagrees(Histogram((0, 0, 4, 5, 4, 0))) is True


def test_no_more_agreement_than_thirty_hundredths_is_disagreement() -> None:
    """21 people round 3 with Σd² = 28 have s² = 1.4 and r*wg = .30 exactly: a lack of agreement.

    LeBreton & Senter (2008), Organizational Research Methods 11: .00 to .30, the limit included.
    With Σd² = 26, s² = 1.3 and r*wg = .35, it is weak agreement.
    """
    assert disagrees(Histogram((0, 3, 2, 11, 2, 3))) is True
    assert disagrees(Histogram((0, 3, 1, 13, 1, 3))) is False


@given(histograms)
def test_a_wg_runs_from_minus_one_to_one(histogram: Histogram) -> None:
    """A share of the most disagreement that the mean allows cannot leave −1…1."""
    found = a_wg(histogram)
    assert found is None or -1 - 1e-9 <= found <= 1


@given(histograms.filter(lambda histogram: histogram.valid >= 2))
def test_r_wg_never_exceeds_one_nor_falls_below_two_opposed_halves(histogram: Histogram) -> None:
    """s² is at most 4n/(n−1), so that r*wg lies in 1 − 2n/(n−1)…1."""
    n = histogram.valid
    assert 1 - 2 * n / (n - 1) - 1e-9 <= (r_wg(histogram) or 0) <= 1


@given(histograms)
def test_agreement_does_not_care_which_end_of_the_scale_is_which(histogram: Histogram) -> None:
    """Turned round (1 ↔ 5, 2 ↔ 4), a group agrees with itself as much as before."""
    turned = Histogram((histogram.cant_judge, *reversed(histogram.counts[1:])))
    assert r_wg(turned) == pytest.approx(r_wg(histogram))
    assert a_wg(turned) == pytest.approx(a_wg(histogram))
    assert disagrees(turned) == disagrees(histogram)
