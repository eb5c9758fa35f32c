"""What may be drawn of a score: one value a view, from one answer to everybody's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.questionnaires import load_instrument
from data.results import Group, GroupKind, Histogram, Release
from scoring.figures import Figures, figures, headcount
from scoring.intervals import Basis
from scoring.release import ORGANISATION
from scoring.scores import Question, questions

INSTRUMENT = load_instrument("five_questions")
CP1 = questions(INSTRUMENT.asked(("CP1",)))[0]
OVERALL = questions(INSTRUMENT.asked(("CP1", "CP2")))[-1]

A, B, C = (Group(GroupKind.DEPARTMENT, (name,)) for name in "ABC")
LEADS = Group(GroupKind.POSITION, member=True)
BACK = Group(GroupKind.CONTACT, member=False)
REST = Group(GroupKind.REMAINDER, (), without=(("A",), ("B",)))
HEADS = {(): 100, ("A",): 40, ("B",): 25, ("C",): 35}

counts = st.integers(min_value=0, max_value=15)
histograms = st.tuples(counts, counts, counts, counts, counts, counts).map(Histogram)


def of(
    histogram: Histogram, heads: int | None = None, *, question: Question = CP1, group: Group = A
) -> Figures:
    """The figures of a department that answered one item, of so many heads."""
    known = {} if heads is None else {group.path: heads}
    release = Release(("CP1",), (group,), {group: {"CP1": histogram}}, headcounts=known)
    return figures(release, group, question)


def test_every_figure_of_a_group_by_hand() -> None:
    """25 of 50 heads, 5 can't judge; 4 × 1, 2 × 2, 2 × 3, 8 × 4, 4 × 5: mean 3.3, s² = 40.2/19."""
    found = of(Histogram((5, 4, 2, 2, 8, 4)), 50)
    assert (found.score.mean, found.score.respondents, found.score.valid) == (3.3, 25, 20)
    assert (found.headcount, found.participation, found.favourable) == (50, 0.5, 0.6)
    assert found.margin is not None
    assert found.margin.width == pytest.approx(1.96 * math.sqrt(0.24 / 20 * 25 / 49))
    half = 2.093024 * math.sqrt(40.2 / 19 / 20 / 2)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((3.3 - half, 3.3 + half))
    assert found.distribution is not None
    assert found.distribution.shares == (0.2, 0.1, 0.1, 0.4, 0.2)
    assert (found.distribution.neutral, found.distribution.unfavourable) == (0.1, 0.3)
    assert (found.distribution.cant_judge, found.distribution.polarised) == (0.2, False)
    assert found.agreement is not None
    assert found.agreement.r_wg == pytest.approx(1 - 40.2 / 38)
    assert found.agreement.a_wg == pytest.approx(1 - 2 * 40.2 / 19 / (3.91 * 20 / 19))
    assert found.agreement.lacking


def test_agreement_is_lacking_in_two_camps_and_where_it_is_low() -> None:
    """20 of 50 against 20 of 50, r*wg = .39: two camps. 4 and 5 alone: neither."""
    camps, calm = of(Histogram((0, 0, 20, 10, 20, 0))), of(Histogram((0, 0, 0, 0, 6, 6)))
    assert camps.agreement is not None
    assert calm.agreement is not None
    assert (camps.agreement.lacking, calm.agreement.lacking) == (True, False)


def test_four_answers_carry_a_count_and_nothing_else() -> None:
    """Below five, not even a share; the gate lets no such group through, and views need not ask."""
    found = of(Histogram((9, 1, 1, 1, 1, 0)), 20)
    assert (found.favourable, found.margin, found.interval) == (None, None, None)
    assert (found.distribution, found.agreement) == (None, None)


@pytest.mark.parametrize("answers", [5, 9])
def test_five_to_nine_answers_carry_mean_and_favourable(answers: int) -> None:
    """Can't judge does not lift a group over the line: n is who answered on the scale."""
    found = of(Histogram((30, 1, 0, 0, 0, answers - 1)), 60)
    assert found.score.mean == (1 + 5 * (answers - 1)) / answers
    assert found.favourable == (answers - 1) / answers
    assert (found.margin, found.interval) == (None, None)
    assert (found.distribution, found.agreement) == (None, None)


def test_ten_answers_carry_distribution_interval_and_agreement() -> None:
    """The line is drawn once, in `drawable`."""
    found = of(Histogram((0, 1, 0, 0, 0, 9)), 60)
    assert None not in (found.margin, found.interval, found.distribution, found.agreement)


def test_one_answer_is_no_more_than_that() -> None:
    """One of one head took part in full; there is nothing to draw."""
    found = of(Histogram((0, 0, 0, 0, 1, 0)), 1)
    assert (found.participation, found.favourable, found.interval) == (1.0, None, None)


def test_all_the_same_have_shares_but_no_interval() -> None:
    """Twelve times 4 with three who could not judge: 100 % favourable is a finding."""
    found = of(Histogram((3, 0, 0, 0, 12, 0)), 30)
    assert (found.score.mean, found.favourable) == (4, 1.0)
    assert found.interval is not None
    assert found.margin is not None
    assert (found.interval.basis, found.interval.low) == (Basis.NO_SPREAD, None)
    assert (found.margin.basis, found.margin.width) == (Basis.NO_SPREAD, None)
    assert found.agreement is not None
    assert (found.agreement.r_wg, found.agreement.a_wg) == (1, 1)


def test_where_everybody_answered_it_is_said_instead_of_an_interval() -> None:
    """25 of 25 heads, can't judge included: participation 1, and no ± 0."""
    found = of(Histogram((5, 4, 2, 2, 8, 4)), 25)
    assert found.participation == 1.0
    assert found.interval is not None
    assert found.margin is not None
    assert found.interval.basis is found.margin.basis is Basis.EVERYBODY
    assert (found.interval.low, found.margin.width) == (None, None)


def test_more_answers_than_heads_are_said_and_not_told_as_more_than_all() -> None:
    """25 answers of 24 heads: no participation of 104 %, and an interval without correction."""
    found, plain = of(Histogram((5, 4, 2, 2, 8, 4)), 24), of(Histogram((5, 4, 2, 2, 8, 4)))
    assert (found.headcount, found.participation) == (24, None)
    assert found.interval is not None
    assert plain.interval is not None
    assert found.interval.basis is Basis.MORE_THAN_HEADS
    assert (found.interval.low, found.interval.high) == (plain.interval.low, plain.interval.high)


def test_without_a_headcount_there_is_no_participation_and_no_correction() -> None:
    """What is not known is left out, and the interval says so."""
    found = of(Histogram((5, 4, 2, 2, 8, 4)))
    assert (found.headcount, found.participation) == (None, None)
    assert found.interval is not None
    assert found.interval.basis is Basis.NO_HEADCOUNT


def test_where_nobody_could_judge_only_participation_is_left() -> None:
    """Twelve respondents, no answer on the scale: no mean, no share, no zero in their place."""
    found = of(Histogram((12, 0, 0, 0, 0, 0)), 24)
    assert (found.score.mean, found.score.valid, found.participation) == (None, 0, 0.5)
    assert not found.score.shown
    assert (found.favourable, found.interval, found.distribution) == (None, None, None)


def test_a_withheld_figure_says_nothing_at_all() -> None:
    """Not how many took part either, although the headcount is known to everyone."""
    release = Release(
        ("CP1",), (A, B), {B: {"CP1": Histogram((0, 2, 2, 2, 2, 2))}}, headcounts=HEADS
    )
    found = figures(release, A, CP1)
    assert found == Figures(found.score, 40)
    assert (found.score.mean, found.score.respondents, found.score.histogram) == (None, None, None)


def test_a_question_of_several_items_has_a_mean_and_its_n_only() -> None:
    """Item means 4.5 and 1.5 make 3; of 22 respondents the fewest valid answers are 18."""
    one, two = Histogram((2, 0, 0, 0, 10, 10)), Histogram((4, 9, 9, 0, 0, 0))
    release = Release(("CP1", "CP2"), (A,), {A: {"CP1": one, "CP2": two}}, headcounts=HEADS)
    found = figures(release, A, OVERALL)
    assert (found.score.mean, found.score.respondents, found.score.valid) == (3.0, 22, 18)
    assert (found.participation, found.favourable, found.margin) == (0.55, None, None)
    assert (found.interval, found.distribution, found.agreement) == (None, None, None)


def test_a_missing_row_lowers_its_items_n_and_nobody_elses() -> None:
    """21 people answered CP1 and 20 of them CP2: 21 took part, 20 is the fewest n."""
    one, two = Histogram((0, 0, 0, 0, 11, 10)), Histogram((0, 10, 10, 0, 0, 0))
    release = Release(("CP1", "CP2"), (A,), {A: {"CP1": one, "CP2": two}})
    found = figures(release, A, OVERALL).score
    assert (found.respondents, found.valid) == (21, 20)
    assert found.mean == (94 / 21 + 1.5) / 2


def test_a_withheld_item_takes_dimension_and_overall_with_it() -> None:
    """A mean of what is left would be another figure under the same name."""
    shown = {A: {"CP1": Histogram((0, 2, 2, 2, 2, 2))}}
    release = Release(("CP1", "CP2"), (A,), shown)
    dimension = questions(INSTRUMENT.asked(("CP1", "CP2")))[2]
    assert dimension.items == ("CP1", "CP2")
    assert figures(release, A, dimension).score.mean is None
    assert figures(release, A, OVERALL).score.mean is None
    assert figures(release, A, CP1).score.mean == 3


def test_an_item_that_nobody_could_judge_takes_the_dimensions_mean_with_it() -> None:
    """CP1 has mean 3, CP2 none: the mean of both is not 3."""
    answers = {"CP1": Histogram((0, 2, 2, 2, 2, 2)), "CP2": Histogram((10, 0, 0, 0, 0, 0))}
    found = figures(Release(("CP1", "CP2"), (A,), {A: answers}), A, OVERALL).score
    assert (found.mean, found.respondents, found.valid) == (None, 10, 0)


def test_a_one_item_dimension_has_every_figure_of_its_item() -> None:
    """It is its item, under the dimension's name."""
    counted = Histogram((5, 4, 2, 2, 8, 4))
    dimension = questions(INSTRUMENT.asked(("CP1",)))[1]
    item, whole = of(counted, 50), of(counted, 50, question=dimension)
    assert (whole.interval, whole.margin, whole.favourable) == (
        item.interval,
        item.margin,
        item.favourable,
    )
    assert (whole.distribution, whole.agreement) == (item.distribution, item.agreement)


def test_the_headcount_of_what_is_left_is_its_parents_without_the_published() -> None:
    """100 − 40 − 25 = 35, if all of them are known; of kinds of people it never is."""
    release = Release(("CP1",), (), {}, headcounts=HEADS)
    assert headcount(release, REST) == 35
    assert headcount(release, ORGANISATION) == 100
    assert headcount(release, LEADS) is None
    assert headcount(release, BACK) is None


@pytest.mark.parametrize(
    "known",
    [
        {(): 100, ("A",): 40},
        {("A",): 40, ("B",): 25},
        {(): 65, ("A",): 40, ("B",): 25},
        {(): 60, ("A",): 40, ("B",): 25},
    ],
)
def test_what_is_left_has_no_headcount_where_one_is_missing_or_they_do_not_fit(
    known: dict[tuple[str, ...], int],
) -> None:
    """An unknown part, an unknown whole, and parts as large as the whole or larger."""
    assert headcount(Release(("CP1",), (), {}, headcounts=known), REST) is None


@given(histograms, st.none() | st.integers(min_value=1, max_value=120))
def test_figures_keep_to_their_ranges(histogram: Histogram, heads: int | None) -> None:
    """Whatever was answered: shares and participation 0…1, a_wg −1…1, r*wg at most 1."""
    found = of(histogram, heads)
    shares = [found.participation, found.favourable]
    if found.distribution:
        shares += [found.distribution.neutral, found.distribution.unfavourable]
        shares += [found.distribution.cant_judge, *found.distribution.shares]
        assert sum(found.distribution.shares) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares if share is not None)
    assert (found.distribution is None) == (histogram.valid < 10)
    if found.agreement:
        assert found.agreement.r_wg is not None
        assert found.agreement.r_wg <= 1
        assert found.agreement.a_wg is None or -1 - 1e-9 <= found.agreement.a_wg <= 1
