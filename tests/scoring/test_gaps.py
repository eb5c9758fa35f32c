"""The six kinds of gaps: whom they compare, which way they run, and what corrects their p."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from data.questionnaires import load_instrument
from data.results import Group, GroupKind, Histogram, Prediction, Release, Targets
from scoring.gaps import Gap, GapKind, all_gaps, largest_first
from scoring.histogram import add, favourable, index, mean
from scoring.release import ORGANISATION
from scoring.scores import Question, QuestionKind, distinct_questions
from scoring.sides import SideKind, target_of

INSTRUMENT = load_instrument("five_questions")
PERSPECTIVE, ORIENTATION = "customer_perspective", "employee_orientation"
TWO = ("CP1", "EO1")

LEADS, OTHERS = (Group(GroupKind.POSITION, member=member) for member in (True, False))
CONTACT, BACK = (Group(GroupKind.CONTACT, member=member) for member in (True, False))
A, B, C, A1 = (Group(GroupKind.DEPARTMENT, path) for path in (("A",), ("B",), ("C",), ("A", "1")))
REST_OF_ALL = Group(GroupKind.REMAINDER, (), without=(("A",),))
REST_OF_A = Group(GroupKind.REMAINDER, ("A",), without=(("A", "1"),))

LOW = Histogram((0, 10, 10, 0, 0, 0))
HALVES = Histogram((0, 0, 0, 10, 10, 0))
"""Twenty people: mean 3.5, s² = 5/19."""
SPLIT = Histogram((0, 0, 10, 0, 10, 0))
HIGH = Histogram((0, 0, 0, 0, 10, 10))
NOBODY = Histogram((0, 0, 0, 0, 0, 0))

Answers = Mapping[Group, Mapping[str, Histogram]]

counts = st.integers(min_value=4, max_value=30)
histograms = st.tuples(counts, counts, counts, counts, counts, counts).map(Histogram)


def released(
    groups: Answers,
    items: tuple[str, ...] = TWO,
    *,
    targets: Targets | None = None,
    predicted: Mapping[str, float] | None = None,
) -> Release:
    """A release that shows these groups."""
    predictions = {
        dimension: Prediction(value, "Vorstand", date(2026, 5, 4))
        for dimension, value in (predicted or {}).items()
    }
    return Release(items, tuple(groups), groups, targets=targets or {}, predictions=predictions)


def on_one(groups: Mapping[Group, Histogram]) -> Answers:
    """Groups that answered CP1."""
    return {group: {"CP1": histogram} for group, histogram in groups.items()}


def firm(**departments: Histogram) -> Answers:
    """An organisation of these departments, which answered CP1."""
    whole = NOBODY
    for histogram in departments.values():
        whole = add(whole, histogram)
    parts = {Group(GroupKind.DEPARTMENT, (name,)): one for name, one in departments.items()}
    return on_one({ORGANISATION: whole, **parts})


def found(
    release: Release, kind: GapKind, question: str = PERSPECTIVE, earlier: Release | None = None
) -> list[Gap]:
    """The gaps of one kind on one question, in the order they were found."""
    gaps = all_gaps(release, INSTRUMENT, earlier)[kind]
    return [gap for gap in gaps if gap.question.id == question]


def people(histogram: Histogram) -> list[int]:
    """Every valid answer by itself."""
    return [value for value in range(1, 6) for _ in range(histogram.counts[value])]


def p_by_scipy(left: Histogram, right: Histogram) -> float:
    """The published test on lists."""
    return float(stats.brunnermunzel(people(left), people(right)).pvalue)


# The six kinds


def test_the_target_gap_runs_from_the_target_to_the_answers() -> None:
    """3.5 against a target of 4: −0.5, d = −0.5/√(5/19) = −.974679, t = −√19 on 19 degrees."""
    release = released(on_one({ORGANISATION: HALVES}), targets={(): {PERSPECTIVE: 4.0}})
    (gap,) = found(release, GapKind.TARGET)
    assert (gap.from_.kind, gap.to.kind) == (SideKind.TARGET, SideKind.GROUP)
    assert (gap.from_.mean, gap.to.mean, gap.size) == (4.0, 3.5, -0.5)
    assert gap.effect == pytest.approx(-0.974679, abs=1e-6)
    assert gap.p == pytest.approx(2 * stats.t.sf(math.sqrt(19), 19), rel=1e-9)


def test_the_blind_spot_runs_from_the_prediction_to_what_the_organisation_answered() -> None:
    """3.5 where 3 was predicted: +0.5 and d = +.974679; departments have no prediction."""
    release = released(firm(A=HALVES, B=HALVES), predicted={PERSPECTIVE: 3.0})
    (gap,) = found(release, GapKind.BLIND_SPOT)
    assert (gap.from_.kind, gap.from_.mean, gap.from_.people) == (SideKind.PREDICTION, 3.0, None)
    assert (gap.to.group, gap.size) == (ORGANISATION, 0.5)
    # Forty people: s² = 40·¼/39.
    assert gap.effect == pytest.approx(0.5 / math.sqrt(10 / 39))
    assert gap.p == pytest.approx(2 * stats.t.sf(math.sqrt(39), 39), rel=1e-9)


def test_a_department_is_compared_with_the_rest_and_never_with_the_total() -> None:
    """A 4.5, B 1.5, C 3.5: A lies 2 above the rest (2.5), not 4.5 − 19/6 above the total."""
    release = released(firm(A=HIGH, B=LOW, C=HALVES))
    gaps = found(release, GapKind.DEPARTMENT)
    assert [(gap.to.group, gap.from_.kind, gap.from_.mean, gap.size) for gap in gaps] == [
        (A, SideKind.REST, 2.5, 2.0),
        (B, SideKind.REST, 4.0, -2.5),
        (C, SideKind.REST, 3.0, 0.5),
    ]
    assert [(gap.to.people, gap.from_.people) for gap in gaps] == [(20, 40)] * 3
    # A: of 20·40 pairs 10·10 tie at 4, all others have A above. B: all are below.
    # C: above B's 400; of A's 400 pairs 100 tie at 4 and 300 are below.
    assert [gap.effect for gap in gaps] == [700 / 800, -1, 100 / 800]
    assert gaps[0].p == pytest.approx(p_by_scipy(HIGH, add(LOW, HALVES)), rel=1e-6)
    assert gaps[1].p == pytest.approx(2 / math.comb(60, 20), rel=1e-9)


def test_the_leadership_gap_runs_from_those_who_lead_to_everyone_else() -> None:
    """Leaders 4.5, everyone else 1.5: −3, everyone below, p that of the permutations."""
    release = released(on_one({ORGANISATION: add(HIGH, LOW), LEADS: HIGH, OTHERS: LOW}))
    (gap,) = found(release, GapKind.LEADERSHIP)
    assert (gap.from_.group, gap.to.group) == (LEADS, OTHERS)
    assert (gap.size, gap.effect) == (-3, -1)
    assert gap.p == pytest.approx(2 / math.comb(40, 20), rel=1e-9)
    assert gap.may_claim
    assert gap.may_colour


def test_the_contact_gap_runs_from_those_with_customers_to_everyone_else() -> None:
    """{2, 4} against {3, 4}: 3.5 − 3 = +0.5; δ = (200 above − 100 below)/400 = ¼."""
    release = released(on_one({ORGANISATION: add(SPLIT, HALVES), CONTACT: SPLIT, BACK: HALVES}))
    (gap,) = found(release, GapKind.CONTACT)
    assert (gap.from_.group, gap.to.group) == (CONTACT, BACK)
    assert (gap.size, gap.effect) == (0.5, 0.25)
    assert gap.p == pytest.approx(p_by_scipy(SPLIT, HALVES), rel=1e-9)


def test_a_trend_runs_from_the_earlier_wave_to_this_one() -> None:
    """3 then, 3.5 now: +0.5, δ = +¼, and the two waves are taken as independent."""
    then = released(on_one({ORGANISATION: add(SPLIT, SPLIT), A: SPLIT}))
    now = released(on_one({ORGANISATION: add(HALVES, HALVES), A: HALVES, B: HALVES}))
    gaps = found(now, GapKind.TREND, earlier=then)
    assert [(gap.from_.kind, gap.to.group, gap.size) for gap in gaps] == [
        (SideKind.EARLIER, ORGANISATION, 0.5),
        (SideKind.EARLIER, A, 0.5),
    ]
    assert gaps[1].effect == 0.25
    assert gaps[1].p == pytest.approx(p_by_scipy(SPLIT, HALVES), rel=1e-9)


def test_a_kind_without_anything_to_compare_has_no_gaps() -> None:
    """No targets, predictions, pairs, departments or earlier wave: six kinds, all empty."""
    gaps = all_gaps(released(on_one({ORGANISATION: HALVES})), INSTRUMENT)
    assert gaps == dict.fromkeys(GapKind, ())


def test_sizes_are_never_taken_from_rounded_means() -> None:
    """Indices of 52.952 and 58.495 are told as 53 and 58, and the gap between them as −6.

    UK Civil Service People Survey, technical guide: rounding of differences.
    """
    now, then = Histogram((0, 0, 0, 22048, 2952, 0)), Histogram((0, 0, 0, 16505, 8495, 0))
    (gap,) = found(
        released(on_one({ORGANISATION: now})),
        GapKind.TREND,
        earlier=released(on_one({ORGANISATION: then})),
    )
    told = [index(mean(histogram) or 0) for histogram in (now, then)]
    assert told == [pytest.approx(52.952), pytest.approx(58.495)]
    assert (round(25 * gap.size), round(told[0]) - round(told[1])) == (-6, -5)


# Departments and their rest


def test_a_group_that_is_the_whole_organisation_has_no_rest_and_no_gap() -> None:
    """Nobody is left to compare A with."""
    assert found(released(firm(A=HALVES)), GapKind.DEPARTMENT) == []


def test_a_rest_in_which_nobody_could_judge_is_no_side() -> None:
    """Twenty people outside A, all can't judge: there is no mean to compare with."""
    silent = Histogram((20, 0, 0, 0, 0, 0))
    gaps = found(released(firm(A=HALVES, B=silent)), GapKind.DEPARTMENT)
    assert gaps == []


def test_two_departments_that_make_the_organisation_are_each_others_rest() -> None:
    """Without overlap: the same gap seen from both sides, sign turned, p the same."""
    first, second = found(released(firm(A=HALVES, B=LOW)), GapKind.DEPARTMENT)
    assert (first.size, first.effect) == (2, 1)
    assert (second.size, second.effect) == (-2, -1)
    assert first.p == second.p


def test_the_rest_of_a_team_holds_its_parents_other_people() -> None:
    """Team 1 of A against all who are not in it: 40 people with mean 4 and not B's 20 alone."""
    groups = on_one({ORGANISATION: add(add(LOW, HALVES), HIGH), A: add(LOW, HALVES), A1: LOW})
    gaps = {gap.to.group: gap for gap in found(released(groups), GapKind.DEPARTMENT)}
    assert (gaps[A1].from_.people, gaps[A1].from_.mean, gaps[A1].size) == (40, 4.0, -2.5)
    assert (gaps[A].from_.people, gaps[A].from_.mean, gaps[A].size) == (20, 4.5, -2.0)


def test_a_remainder_has_a_target_gap_and_no_other() -> None:
    """What is left of a parent is a place to act in, but no department and not the same twice."""
    groups = on_one({ORGANISATION: add(LOW, HALVES), A: LOW, REST_OF_ALL: HALVES})
    release = released(groups, targets={(): {PERSPECTIVE: 4.0}})
    gaps = all_gaps(release, INSTRUMENT, earlier=release)
    having = {kind for kind in GapKind for gap in gaps[kind] if gap.to.group == REST_OF_ALL}
    assert having == {GapKind.TARGET}


# Targets


def test_a_departments_own_target_goes_before_the_waves() -> None:
    """A has 4.5 of its own, B the wave's 4; what A has nothing for comes from the wave."""
    targets = {(): {PERSPECTIVE: 4.0, ORIENTATION: 3.0}, ("A",): {PERSPECTIVE: 4.5}}
    gaps = found(released(firm(A=HALVES, B=HALVES), targets=targets), GapKind.TARGET)
    assert [(gap.to.group, gap.from_.mean) for gap in gaps] == [
        (ORGANISATION, 4.0),
        (A, 4.5),
        (B, 4.0),
    ]
    assert target_of(targets, ("A",), ORIENTATION) == 3.0


def test_a_team_inherits_the_nearest_target_above_it() -> None:
    """Team 1 of A and what is left of A take A's 4.5 and not the wave's 4."""
    mine = add(LOW, HALVES)
    groups = on_one({ORGANISATION: add(mine, HIGH), A: mine, A1: LOW, REST_OF_A: HALVES})
    targets = {(): {PERSPECTIVE: 4.0}, ("A",): {PERSPECTIVE: 4.5}}
    gaps = found(released(groups, targets=targets), GapKind.TARGET)
    assert {gap.to.group: gap.from_.mean for gap in gaps} == {
        ORGANISATION: 4.0,
        A: 4.5,
        A1: 4.5,
        REST_OF_A: 4.5,
    }
    assert target_of({**targets, ("A", "1"): {PERSPECTIVE: 2.0}}, ("A", "1"), PERSPECTIVE) == 2.0


def test_where_nobody_set_a_target_there_is_no_gap() -> None:
    """A target for A alone is none for the organisation or for B."""
    targets = {("A",): {PERSPECTIVE: 4.0}}
    gaps = found(released(firm(A=HALVES, B=HALVES), targets=targets), GapKind.TARGET)
    assert [gap.to.group for gap in gaps] == [A]
    assert target_of(targets, ("B",), PERSPECTIVE) is None


def test_position_and_contact_have_no_targets() -> None:
    """A target is set for a place and not for a kind of people."""
    release = released(on_one({LEADS: LOW, OTHERS: HIGH}), targets={(): {PERSPECTIVE: 4.0}})
    assert found(release, GapKind.TARGET) == []


# Which questions


def test_a_withheld_item_takes_the_dimension_and_the_overall_score_with_it() -> None:
    """B shows CP1 but not CP2: a gap on CP1 alone, where A has all of them."""
    whole = add(add(LOW, HIGH), HALVES)
    groups = {
        ORGANISATION: {"CP1": whole, "CP2": whole},
        A: {"CP1": LOW, "CP2": HIGH},
        B: {"CP1": HIGH},
    }
    gaps = all_gaps(released(groups, ("CP1", "CP2")), INSTRUMENT)[GapKind.DEPARTMENT]
    asked = {group: {gap.question.id for gap in gaps if gap.to.group == group} for group in (A, B)}
    assert asked == {A: {"overall", PERSPECTIVE, "CP1", "CP2"}, B: {"CP1"}}


def test_a_dimension_of_several_items_has_a_size_and_no_p() -> None:
    """The mean of the item means: leaders (4.5 + 1.5)/2, everyone else (3.5 + 3.5)/2, +0.5."""
    groups = {LEADS: {"CP1": HIGH, "CP2": LOW}, OTHERS: {"CP1": HALVES, "CP2": HALVES}}
    (gap,) = found(released(groups, ("CP1", "CP2")), GapKind.LEADERSHIP)
    assert (gap.from_.mean, gap.to.mean, gap.size) == (3.0, 3.5, 0.5)
    assert (gap.effect, gap.p, gap.p_claim, gap.p_colour) == (None, None, None, None)
    assert not gap.may_claim
    assert not gap.may_colour


def test_of_several_items_people_are_those_who_took_part_and_valid_the_fewest_answers() -> None:
    """CP1: 22 respondents, 20 answers; CP2: one row missing, 21 respondents, 18 answers."""
    one, two = Histogram((2, 0, 0, 0, 10, 10)), Histogram((3, 9, 9, 0, 0, 0))
    groups = {LEADS: {"CP1": one, "CP2": two}, OTHERS: {"CP1": two, "CP2": one}}
    (gap,) = found(released(groups, ("CP1", "CP2")), GapKind.LEADERSHIP)
    assert [(side.people, side.valid) for side in (gap.from_, gap.to)] == [(22, 18), (22, 18)]


def test_a_dimension_of_several_items_meets_its_target_without_a_p_as_well() -> None:
    """Size only, for the target and for the prediction."""
    release = released(
        {ORGANISATION: {"CP1": HIGH, "CP2": LOW}},
        ("CP1", "CP2"),
        targets={(): {PERSPECTIVE: 4.0}},
        predicted={PERSPECTIVE: 2.0},
    )
    (target,), (blind,) = found(release, GapKind.TARGET), found(release, GapKind.BLIND_SPOT)
    assert (target.size, target.effect, target.p) == (-1.0, None, None)
    assert (blind.size, blind.effect, blind.p) == (1.0, None, None)


def test_a_one_item_dimension_is_its_item_and_tested_once() -> None:
    """Two dimensions of one item each are two tests: the smaller p counts twice, not four times."""
    groups = {LEADS: {"CP1": SPLIT, "EO1": SPLIT}, OTHERS: {"CP1": HALVES, "EO1": HIGH}}
    gaps = all_gaps(released(groups), INSTRUMENT)[GapKind.LEADERSHIP]
    tested = {gap.question.id: gap for gap in gaps if gap.p is not None}
    assert tested.keys() == {PERSPECTIVE, ORIENTATION}
    strong, weak = tested[ORIENTATION], tested[PERSPECTIVE]
    assert strong.p_claim == pytest.approx(2 * (strong.p or 0))
    assert weak.p_claim == weak.p


def test_a_wave_of_a_single_item_tests_it_once() -> None:
    """Overall score, dimension and item are one thing: a single test, nothing to correct."""
    release = released(on_one({LEADS: SPLIT, OTHERS: HALVES}), ("CP1",))
    gaps = all_gaps(release, INSTRUMENT)[GapKind.LEADERSHIP]
    tested = [gap for gap in gaps if gap.p is not None]
    assert tested
    for gap in tested:
        assert gap.p == gap.p_claim == gap.p_colour == pytest.approx(p_by_scipy(SPLIT, HALVES))


def test_targets_and_predictions_are_of_dimensions_only() -> None:
    """Neither the items of a larger dimension nor the overall score have a target."""
    release = released(
        {ORGANISATION: {"CP1": HIGH, "CP2": LOW, "EO1": HIGH}},
        ("CP1", "CP2", "EO1"),
        targets={(): {PERSPECTIVE: 4.0, ORIENTATION: 4.0}},
        predicted={PERSPECTIVE: 4.0},
    )
    gaps = all_gaps(release, INSTRUMENT)
    assert [gap.question.id for gap in gaps[GapKind.TARGET]] == [PERSPECTIVE, ORIENTATION]
    assert [gap.question.id for gap in gaps[GapKind.BLIND_SPOT]] == [PERSPECTIVE]


def test_a_blind_spot_needs_a_shown_organisation() -> None:
    """A prediction for what is withheld reveals nothing."""
    release = released(on_one({A: HALVES}), predicted={PERSPECTIVE: 4.0, ORIENTATION: 4.0})
    assert found(release, GapKind.BLIND_SPOT) == []


# Trends


def test_the_short_form_is_never_compared_with_the_long_one() -> None:
    """A dimension of CP1 is not that of CP1 and CP2, and the overall scores differ as well."""
    short = released({ORGANISATION: {"CP1": LOW}}, ("CP1",))
    long = released({ORGANISATION: {"CP1": HIGH, "CP2": HIGH}}, ("CP1", "CP2"))
    for now, then in ((short, long), (long, short)):
        gaps = all_gaps(now, INSTRUMENT, earlier=then)[GapKind.TREND]
        assert {gap.question.kind for gap in gaps} <= {QuestionKind.ITEM}


def test_an_item_that_both_forms_ask_has_a_trend_of_its_own() -> None:
    """CP1 alone and CP1 with CP2: CP1 is compared as an item, whichever wave is the longer."""
    short = released({ORGANISATION: {"CP1": LOW}}, ("CP1",))
    long = released({ORGANISATION: {"CP1": HIGH, "CP2": HIGH}}, ("CP1", "CP2"))
    for now, then, size in ((short, long, -3.0), (long, short, 3.0)):
        (gap,) = all_gaps(now, INSTRUMENT, earlier=then)[GapKind.TREND]
        assert (gap.question, gap.size) == (Question("CP1", QuestionKind.ITEM, ("CP1",)), size)
        assert gap.may_claim


@pytest.mark.parametrize(("fewest", "has_effect"), [(9, False), (10, True)])
def test_an_effect_needs_ten_answers_on_both_sides(fewest: int, has_effect: bool) -> None:
    """It is read from both distributions, which may not be drawn below ten."""
    small = Histogram((0, 1, fewest - 1, 0, 0, 0))
    for one, other in ((small, HIGH), (HIGH, small)):
        groups = on_one({LEADS: one, OTHERS: other})
        (gap,) = found(released(groups), GapKind.LEADERSHIP)
        assert (gap.effect is not None) == has_effect
        assert gap.p is None


def test_only_what_both_waves_asked_in_the_same_words_has_a_trend() -> None:
    """CP1 replaced by CP2, EO1 kept: of two dimensions one, and no overall score."""
    then = released({ORGANISATION: {"CP1": LOW, "EO1": LOW}}, ("CP1", "EO1"))
    now = released({ORGANISATION: {"CP2": HIGH, "EO1": HIGH}}, ("CP2", "EO1"))
    gaps = all_gaps(now, INSTRUMENT, earlier=then)[GapKind.TREND]
    assert [(gap.question.id, gap.size) for gap in gaps] == [(ORIENTATION, 3.0)]


def test_the_order_in_which_a_wave_asks_does_not_matter_to_the_trend() -> None:
    """EO1 before CP1: still the same items, and an overall trend."""
    then = released({ORGANISATION: {"CP1": LOW, "EO1": LOW}}, ("EO1", "CP1"))
    now = released({ORGANISATION: {"CP1": HIGH, "EO1": HIGH}}, ("CP1", "EO1"))
    gaps = all_gaps(now, INSTRUMENT, earlier=then)[GapKind.TREND]
    assert [gap.question.id for gap in gaps] == ["overall", PERSPECTIVE, ORIENTATION]


def test_a_group_that_one_of_the_waves_withholds_has_no_trend() -> None:
    """B is new, A was withheld then: neither has a trend."""
    then = released(on_one({ORGANISATION: LOW, C: LOW}))
    now = released(on_one({ORGANISATION: LOW, A: LOW, B: LOW, C: LOW}))
    gaps = found(now, GapKind.TREND, earlier=then)
    assert [gap.to.group for gap in gaps] == [ORGANISATION, C]


# When there is a test


@pytest.mark.parametrize(
    ("leading", "others", "tested"),
    [(20, 20, True), (19, 20, False), (20, 19, False), (19, 300, False), (300, 19, False)],
)
def test_there_is_a_test_from_twenty_answers_on_both_sides_on(
    leading: int, others: int, tested: bool
) -> None:
    """Nineteen valid answers on either side carry a size but no p; can't judge does not help."""
    sides = {
        LEADS: Histogram((30, 1, 0, 0, 0, leading - 1)),
        OTHERS: Histogram((30, others - 1, 0, 0, 0, 1)),
    }
    (gap,) = found(released(on_one(sides)), GapKind.LEADERSHIP)
    assert (gap.p is not None, gap.p_claim is not None, gap.p_colour is not None) == (tested,) * 3
    assert gap.size < 0


@pytest.mark.parametrize(("answers", "tested"), [(20, True), (19, False)])
def test_against_a_number_that_was_set_twenty_answers_carry_a_test(
    answers: int, tested: bool
) -> None:
    """The number has no n of its own: the group's side decides."""
    counted = Histogram((9, 1, 0, 0, 0, answers - 1))
    release = released(
        on_one({ORGANISATION: counted}),
        targets={(): {PERSPECTIVE: 4.0}},
        predicted={PERSPECTIVE: 4.0},
    )
    for kind in (GapKind.TARGET, GapKind.BLIND_SPOT):
        (gap,) = found(release, kind)
        assert (gap.p is not None) == tested


def test_answers_that_are_all_the_same_miss_a_target_without_effect_or_p() -> None:
    """No spread to measure the distance by, though the distance itself is there."""
    same = Histogram((5, 0, 0, 0, 25, 0))
    (gap,) = found(
        released(on_one({ORGANISATION: same}), targets={(): {PERSPECTIVE: 4.5}}), GapKind.TARGET
    )
    assert (gap.size, gap.effect, gap.p, gap.p_claim) == (-0.5, None, None, None)


def test_one_answer_has_a_gap_to_its_target_and_nothing_more() -> None:
    """Neither spread nor test; what may exist at all is the gate's business."""
    one = Histogram((0, 0, 1, 0, 0, 0))
    (gap,) = found(
        released(on_one({ORGANISATION: one}), targets={(): {PERSPECTIVE: 4.0}}), GapKind.TARGET
    )
    assert (gap.size, gap.effect, gap.p) == (-2.0, None, None)


def test_where_nobody_could_judge_there_is_no_gap() -> None:
    """All can't judge: no mean, so nothing to be far from."""
    silent = Histogram((30, 0, 0, 0, 0, 0))
    groups = on_one({ORGANISATION: silent, LEADS: silent, OTHERS: HIGH})
    release = released(groups, targets={(): {PERSPECTIVE: 4.0}}, predicted={PERSPECTIVE: 4.0})
    gaps = all_gaps(release, INSTRUMENT, earlier=release)
    assert [gap.to.group for kind in GapKind for gap in gaps[kind]] == [OTHERS]


# Corrections


def test_the_correction_by_hand() -> None:
    """Three leadership gaps of p, q < r: claimed as 3p, 2q, r; coloured as 3p, 3q/2, r."""
    items = ("CP1", "EO1", "TB1")
    now = (HIGH, Histogram((0, 0, 5, 5, 6, 4)), Histogram((0, 0, 7, 5, 6, 2)))
    groups = {
        LEADS: dict.fromkeys(items, SPLIT),
        OTHERS: dict(zip(items, now, strict=True)),
    }
    gaps = all_gaps(released(groups, items), INSTRUMENT)[GapKind.LEADERSHIP]
    tested = sorted((gap for gap in gaps if gap.p is not None), key=lambda gap: gap.p or 0)
    p, q, r = (gap.p or 0 for gap in tested)
    assert 3 * p < 2 * q < r
    assert [gap.p_claim for gap in tested] == pytest.approx([3 * p, 2 * q, r])
    assert [gap.p_colour for gap in tested] == pytest.approx([3 * p, 3 * q / 2, r])


def test_what_may_be_coloured_may_not_always_be_claimed() -> None:
    """Three gaps with a p of .04 each: coloured at 3p/3 = .04, but a claim would need 3p = .12."""
    items = ("CP1", "EO1", "TB1")
    low, high = Histogram((0, 3, 3, 7, 5, 2)), Histogram((0, 1, 1, 6, 6, 6))
    groups = {LEADS: dict.fromkeys(items, low), OTHERS: dict.fromkeys(items, high)}
    gaps = all_gaps(released(groups, items), INSTRUMENT)[GapKind.LEADERSHIP]
    tested = [gap for gap in gaps if gap.p is not None]
    assert len(tested) == 3
    for gap in tested:
        assert round(gap.p or 0, 2) == round(gap.p_colour or 0, 2) == 0.04
        assert (gap.may_colour, gap.may_claim) == (True, False)


def test_more_gaps_of_a_kind_make_each_claim_harder() -> None:
    """The same A against the same rest: with two more targets tested, its p counts three times."""
    targets = {("A",): {PERSPECTIVE: 4.0}}
    (alone,) = found(released(firm(A=HALVES, B=SPLIT), targets=targets), GapKind.TARGET)
    wave = {(): {PERSPECTIVE: 4.0}}
    among = found(released(firm(A=HALVES, B=SPLIT), targets=wave), GapKind.TARGET)
    same = next(gap for gap in among if gap.to.group == A)
    assert (alone.p_claim, same.p) == (alone.p, alone.p)
    assert (same.p_claim or 0) > (alone.p_claim or 0)


def test_the_correction_is_over_all_questions_of_a_kind_and_no_other_kind() -> None:
    """Another question raises what is claimed of the first; another kind of gap does not."""
    one = {LEADS: {"CP1": SPLIT}, OTHERS: {"CP1": Histogram((0, 0, 4, 4, 8, 4))}}
    another = {group: {**answers, "EO1": SPLIT} for group, answers in one.items()}
    ours, theirs = (found(released(groups), GapKind.LEADERSHIP)[0] for groups in (one, another))
    assert theirs.p_claim == pytest.approx(2 * (ours.p_claim or 0))
    beside = {**one, CONTACT: {"CP1": SPLIT}, BACK: {"CP1": HALVES}}
    assert found(released(beside), GapKind.LEADERSHIP)[0].p_claim == ours.p_claim


def test_a_filter_never_changes_what_is_significant() -> None:
    """The gaps on one question, largest first, are the very ones that were corrected together."""
    gaps = all_gaps(released(firm(A=HIGH, B=LOW, C=HALVES), TWO), INSTRUMENT)[GapKind.DEPARTMENT]
    question = distinct_questions(INSTRUMENT.asked(TWO))[1]
    listed = largest_first(gaps, question)
    assert [gap.to.group for gap in listed] == [B, A, C]
    assert set(listed) <= set(gaps)
    assert largest_first(gaps[:1], question)[0].p_claim == gaps[0].p_claim


def test_equal_gaps_are_listed_in_the_order_of_their_groups() -> None:
    """A lies as far above B as B below A: A first, whichever came first."""
    turned = released(firm(B=LOW, A=HALVES))
    question = distinct_questions(INSTRUMENT.asked(TWO))[1]
    listed = largest_first(all_gaps(turned, INSTRUMENT)[GapKind.DEPARTMENT], question)
    assert [(gap.to.group, gap.size) for gap in listed] == [(A, 2.0), (B, -2.0)]


@settings(max_examples=25, deadline=None)
@given(st.lists(histograms, min_size=3, max_size=6))
def test_what_is_claimed_is_held_to_more_than_what_is_coloured(parts: list[Histogram]) -> None:
    """P ≤ p_colour ≤ p_claim ≤ 1 for every tested gap, and neither without p."""
    departments = dict(zip("ABCDEF", parts, strict=False))
    release = released(firm(**departments), targets={(): {PERSPECTIVE: 3.0}})
    gaps = all_gaps(release, INSTRUMENT)
    for gap in (*gaps[GapKind.DEPARTMENT], *gaps[GapKind.TARGET]):
        assert gap.p is not None
        assert gap.p - 1e-12 <= (gap.p_colour or 0) <= (gap.p_claim or 0) + 1e-12
        assert (gap.p_claim or 0) <= 1


@settings(max_examples=25, deadline=None)
@given(histograms, histograms)
def test_swapping_the_sides_turns_size_and_effect_and_keeps_p(
    left: Histogram, right: Histogram
) -> None:
    """Who stands on which side decides the sign and nothing else."""
    (one,) = found(released(on_one({LEADS: left, OTHERS: right})), GapKind.LEADERSHIP)
    (other,) = found(released(on_one({LEADS: right, OTHERS: left})), GapKind.LEADERSHIP)
    assert (other.size, other.effect) == (-one.size, pytest.approx(-(one.effect or 0)))
    assert other.p == pytest.approx(one.p, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(histograms, histograms)
def test_answers_one_point_higher_on_both_sides_leave_the_gap_as_it_was(
    left: Histogram, right: Histogram
) -> None:
    """A constant added to every answer is no gap."""
    low = [Histogram((0, *h.counts[1:5], 0)) for h in (left, right)]
    high = [Histogram((0, 0, *h.counts[1:5])) for h in (left, right)]
    gaps = [
        found(released(on_one(dict(zip((LEADS, OTHERS), sides, strict=True)))), GapKind.LEADERSHIP)
        for sides in (low, high)
    ]
    (before,), (after,) = gaps
    assert after.size == pytest.approx(before.size, abs=1e-12)
    assert (after.effect, after.p) == (before.effect, before.p)


def test_a_gap_has_the_sign_of_its_means_even_where_favourable_shares_say_otherwise() -> None:
    """Size is of means: {2, 4} is 50 % favourable and {3, 3} none, and both have mean 3."""
    threes = Histogram((0, 0, 1, 18, 1, 0))
    (gap,) = found(released(on_one({LEADS: SPLIT, OTHERS: threes})), GapKind.LEADERSHIP)
    assert favourable(SPLIT) == 0.5
    assert (gap.size, gap.effect) == (0, 0)


def test_a_test_that_points_the_other_way_than_the_means_claims_nothing() -> None:
    """Those who lead: 60 × 3 and 40 × 5, mean 3.8. Everyone else: 85 × 4 and 15 × 1, mean 3.55.

    Of the pairs, 60 · 85 have everyone else higher and 40 · 100 + 60 · 15 lower:
    δ = (5100 − 4900)/10000 = .02 upwards, while the mean lies 0.25 lower.
    """
    leads, others = Histogram((0, 0, 0, 60, 0, 40)), Histogram((0, 15, 0, 0, 85, 0))
    (gap,) = found(released(on_one({LEADS: leads, OTHERS: others})), GapKind.LEADERSHIP)
    assert gap.size == pytest.approx(-0.25)
    assert gap.effect == pytest.approx(0.02)
    sure = replace(gap, p_claim=0.001, p_colour=0.001)
    assert not sure.may_claim
    assert not sure.may_colour
    assert replace(sure, effect=-0.02).may_claim
