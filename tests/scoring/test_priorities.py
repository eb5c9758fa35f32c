"""Where to begin, and what is said first: weights, places, flags and headlines by hand."""

from collections.abc import Mapping
from datetime import date

import pytest

from data.questionnaires import load_instrument
from data.results import Group, GroupKind, Histogram, Prediction, Release, Targets
from scoring.figures import Figures
from scoring.gaps import Gap, GapKind, Gaps, all_gaps
from scoring.headlines import Headline, NothingToTell, Withheld, headlines
from scoring.histogram import add
from scoring.priorities import Priority, priorities
from scoring.release import ORGANISATION
from scoring.scores import distinct_questions

INSTRUMENT = load_instrument("five_questions")
PERSPECTIVE, ORIENTATION = "customer_perspective", "employee_orientation"
TWO = ("CP1", "EO1")

A, B, C, A1 = (Group(GroupKind.DEPARTMENT, path) for path in (("A",), ("B",), ("C",), ("A", "1")))
REST_OF_A = Group(GroupKind.REMAINDER, ("A",), without=(("A", "1"),))
REST_OF_ALL = Group(GroupKind.REMAINDER, (), without=(("A",), ("B",)))
LEADS, OTHERS = (Group(GroupKind.POSITION, member=member) for member in (True, False))

TENS = Histogram((0, 0, 3, 4, 3, 0))
"""Ten people with mean 3, and 30 % in either camp."""
LOW = Histogram((0, 10, 10, 0, 0, 0))
HALVES = Histogram((0, 0, 0, 10, 10, 0))
HIGH = Histogram((0, 0, 0, 0, 10, 10))
NOBODY = Histogram((0, 0, 0, 0, 0, 0))

Answers = Mapping[Group, Mapping[str, Histogram]]
FOUR_OF_ALL: Targets = {(): {PERSPECTIVE: 4.0}}


def released(
    groups: Answers,
    items: tuple[str, ...] = TWO,
    *,
    targets: Targets | None = None,
    predicted: float | None = None,
    withheld: tuple[Group, ...] = (),
) -> Release:
    """A release that shows these groups; a prediction of customer perspective."""
    prediction = {} if predicted is None else {PERSPECTIVE: predicted}
    return Release(
        items=items,
        groups=(*groups, *withheld),
        histograms=groups,
        targets=FOUR_OF_ALL if targets is None else targets,
        predictions={
            dimension: Prediction(value, "Vorstand", date(2026, 5, 4))
            for dimension, value in prediction.items()
        },
    )


def firm(departments: Mapping[Group, Histogram], *more: Histogram) -> Answers:
    """An organisation of these departments, and of others, that shows CP1 and withholds EO1."""
    whole = NOBODY
    for histogram in (*departments.values(), *more):
        whole = add(whole, histogram)
    return {group: {"CP1": one} for group, one in {ORGANISATION: whole, **departments}.items()}


def listed(release: Release) -> tuple[Priority, ...]:
    """The priorities of a release."""
    return priorities(release, all_gaps(release, INSTRUMENT))


def places(release: Release) -> list[tuple[Group, str]]:
    """The places and dimensions of the priorities, in their order."""
    return [(one.gap.to.group, one.gap.question.id) for one in listed(release)]


def told(release: Release, earlier: Release | None = None) -> tuple[Headline, ...]:
    """The headlines of a release."""
    overall, *_ = distinct_questions(INSTRUMENT.asked(release.items))
    return headlines(release, all_gaps(release, INSTRUMENT, earlier), overall)


# Priorities


def test_a_weight_is_the_points_below_target_times_the_people_who_took_part() -> None:
    """A: 0.5 below, 20 people, weight 10. B: 1 below, 5 answers and 3 can't judge, weight 8."""
    silent = Histogram((3, 1, 1, 1, 1, 1))
    release = released(firm({A: HALVES, B: silent}))
    first, second = listed(release)
    assert (first.gap.to.group, first.gap.size, first.people, first.weight) == (A, -0.5, 20, 10.0)
    assert (second.gap.to.group, second.gap.size, second.people, second.weight) == (B, -1, 8, 8.0)
    assert {one.gap.kind for one in (first, second)} == {GapKind.TARGET}


def test_what_is_at_or_above_its_target_is_no_priority() -> None:
    """A lies at 4.5 and B exactly at its own 3.5: neither needs a beginning."""
    targets = {**FOUR_OF_ALL, ("B",): {PERSPECTIVE: 3.5}}
    assert places(released(firm({A: HIGH, B: HALVES, C: LOW}), targets=targets)) == [
        (C, PERSPECTIVE)
    ]


def test_without_targets_there_is_no_priority() -> None:
    """Nothing to be below of."""
    assert places(released(firm({A: LOW, B: LOW}), targets={})) == []


def test_equal_weights_are_ordered_by_place_and_then_by_dimension() -> None:
    """A and B weigh the same on both dimensions: A before B, and ids in alphabetical order."""
    groups = {group: {"CP1": HALVES, "EO1": HALVES} for group in (B, A)}
    whole = add(HALVES, HALVES)
    targets = {(): {PERSPECTIVE: 4.0, ORIENTATION: 4.0}}
    release = released({ORGANISATION: {"CP1": whole, "EO1": whole}, **groups}, targets=targets)
    assert places(release) == [
        (A, PERSPECTIVE),
        (A, ORIENTATION),
        (B, PERSPECTIVE),
        (B, ORIENTATION),
    ]


def test_places_do_not_overlap() -> None:
    """Of A, its team 1 and what is left of A, A itself is left out, and so is the organisation."""
    mine = add(LOW, HALVES)
    groups = firm({A: mine, B: HALVES})
    release = released({**groups, A1: {"CP1": LOW}, REST_OF_A: {"CP1": HALVES}})
    assert places(release) == [(A1, PERSPECTIVE), (B, PERSPECTIVE), (REST_OF_A, PERSPECTIVE)]
    assert sum(one.people for one in listed(release)) == 60


def test_a_department_whose_teams_are_withheld_is_a_place_itself() -> None:
    """Team 1 shows no CP1, so A stands for its people."""
    release = released(firm({A: LOW, B: HALVES}), withheld=(A1,))
    assert places(release) == [(A, PERSPECTIVE), (B, PERSPECTIVE)]


def test_a_withheld_item_takes_its_dimension_off_a_places_list() -> None:
    """B does not show CP2: it is no place of customer perspective, A is."""
    whole = add(LOW, HALVES)
    groups = {
        ORGANISATION: {"CP1": whole, "CP2": whole},
        A: {"CP1": LOW, "CP2": HALVES},
        B: {"CP1": HALVES},
    }
    (one,) = listed(released(groups, ("CP1", "CP2")))
    assert (one.gap.to.group, one.gap.size, one.weight) == (A, -1.5, 30.0)


def test_what_is_left_beside_the_departments_is_a_place_too() -> None:
    """Their people are affected as much as any."""
    groups = firm({A: HIGH, B: HIGH}, LOW)
    assert places(released({**groups, REST_OF_ALL: {"CP1": LOW}})) == [(REST_OF_ALL, PERSPECTIVE)]


@pytest.mark.parametrize(
    ("counted", "flag"),
    [
        (Histogram((0, 4, 0, 2, 0, 3)), None),
        (Histogram((0, 4, 0, 2, 0, 4)), True),
        (Histogram((0, 0, 4, 4, 4, 0)), True),
        (TENS, False),
        (Histogram((9, 4, 0, 2, 0, 3)), None),
    ],
)
def test_a_place_that_contradicts_itself_is_flagged_from_ten_answers_on(
    counted: Histogram, flag: bool | None
) -> None:
    """Nine answers carry no agreement, whatever it is; ten do; 30 % in both camps are not yet two.

    Can't judge makes no tenth answer.
    """
    release = released(firm({A: counted, B: HIGH}))
    assert [one.disagrees for one in listed(release)] == [flag]


def test_a_place_contradicts_itself_if_it_does_on_any_item() -> None:
    """CP1 of one mind, CP2 in two camps: the dimension's mean hides two stories."""
    camps = Histogram((0, 10, 0, 0, 0, 10))
    groups = {
        ORGANISATION: {"CP1": add(HALVES, HALVES), "CP2": add(camps, HALVES)},
        A: {"CP1": HALVES, "CP2": camps},
        B: {"CP1": HALVES, "CP2": HALVES},
    }
    flags = {one.gap.to.group: one.disagrees for one in listed(released(groups, ("CP1", "CP2")))}
    assert flags == {A: True, B: False}


def test_a_department_far_below_the_others_stands_out() -> None:
    """1.5 among 3.5 and 3.5: τ² and σ² leave nearly all of its distance from their mean, 2.8333.

    MSB = 20·(16/9 + 4/9 + 4/9)/2 = 80/3, MSW = 3·5/57 = 5/19, λ = 1 − (5/19)/(80/3) = .99.
    """
    flags = {
        one.gap.to.group: one.stands_out
        for one in listed(released(firm({A: LOW, B: HALVES, C: HALVES})))
    }
    assert flags == {A: True, B: False, C: False}


def test_a_distance_that_chance_would_make_does_not_stand_out() -> None:
    """Five people each, means 2.4 and 3.2: A lies 0.4 below their mean, and nothing of it is left.

    MSB = 5·(0.16 + 0.16) = 1.6 is less than MSW = (11.2 + 10.8)/8 = 2.75.
    """
    groups = firm({A: Histogram((0, 2, 1, 1, 0, 1)), B: Histogram((0, 1, 1, 0, 2, 1))})
    assert {one.stands_out for one in listed(released(groups))} == {False}


def test_a_small_but_certain_distance_does_not_stand_out() -> None:
    """Twenty thousand people each, means 3.3 and 3.5: shrinkage leaves −0.1, not −0.25."""
    near = Histogram((0, 0, 0, 14000, 6000, 0)), Histogram((0, 0, 0, 10000, 10000, 0))
    groups = firm(dict(zip((A, B), near, strict=True)))
    assert {one.stands_out for one in listed(released(groups))} == {False}


def test_a_single_department_or_several_items_have_nothing_to_stand_out_from() -> None:
    """No second department, or no histogram of the dimension: no flag rather than a guess."""
    assert [one.stands_out for one in listed(released(firm({A: LOW}, HIGH)))] == [False]
    both = {"CP1": LOW, "CP2": LOW}, {"CP1": HALVES, "CP2": HALVES}
    whole = add(LOW, HALVES)
    groups = {ORGANISATION: {"CP1": whole, "CP2": whole}, A: both[0], B: both[1]}
    assert {one.stands_out for one in listed(released(groups, ("CP1", "CP2")))} == {False}


# Headlines


def test_headlines_say_where_one_stands_the_sure_gaps_and_what_is_withheld() -> None:
    """A target missed, two departments apart and a wrong prediction: one of each kind, by size.

    The organisation has 2.5 and A 1.5. Target 4: A misses it by 2.5. Departments: A −2, B +2, and
    A is named first. Predicted 4: missed by 1.5.
    """
    release = released(firm({A: LOW, B: HALVES}), predicted=4.0, withheld=(C,))
    stands, *gaps, withheld = told(release)
    assert isinstance(stands, Figures)
    assert stands.score.group == ORGANISATION
    sure = [gap for gap in gaps if isinstance(gap, Gap)]
    assert [(gap.kind, gap.to.group, gap.size) for gap in sure] == [
        (GapKind.TARGET, A, -2.5),
        (GapKind.DEPARTMENT, A, -2.0),
        (GapKind.BLIND_SPOT, ORGANISATION, -1.5),
    ]
    assert len(sure) == len(gaps)
    assert withheld == Withheld(3, 3)


def test_three_gaps_are_told_and_no_more() -> None:
    """Target, department, leadership and blind spot are all sure: the smallest is left out."""
    groups = {**firm({A: LOW, B: HALVES}), LEADS: {"CP1": LOW}, OTHERS: {"CP1": HALVES}}
    found = told(released(groups, predicted=3.0))
    assert [one.kind for one in found if isinstance(one, Gap)] == [
        GapKind.TARGET,
        GapKind.DEPARTMENT,
        GapKind.LEADERSHIP,
    ]
    assert len(found) == 5


def test_of_equal_gaps_the_kind_named_first_is_told_first() -> None:
    """Department and leadership are both 2 apart: the order of the kinds decides."""
    groups = {**firm({A: LOW, B: HALVES}), LEADS: {"CP1": LOW}, OTHERS: {"CP1": HALVES}}
    gaps = [one for one in told(released(groups, targets={})) if isinstance(one, Gap)]
    assert [(gap.kind, abs(gap.size)) for gap in gaps] == [
        (GapKind.DEPARTMENT, 2.0),
        (GapKind.LEADERSHIP, 2.0),
    ]


def test_an_organisation_without_departments_is_its_own_priority() -> None:
    """Twenty people at 1.5 against a target of 4: the whole organisation, weighted 2.5 × 20."""
    release = released({ORGANISATION: {"CP1": LOW}}, ("CP1",))
    (only,) = priorities(release, all_gaps(release, INSTRUMENT))
    assert (only.gap.to.group, only.weight) == (ORGANISATION, 50.0)


def test_where_nothing_is_sure_that_is_what_is_said() -> None:
    """Two departments nearly alike: two tests made, none to be told."""
    nearly = Histogram((0, 0, 0, 9, 11, 0))
    found = told(released(firm({A: HALVES, B: nearly}), targets={}))
    assert found[1:] == (NothingToTell(2, 0), Withheld(2, 2))


def test_a_large_gap_without_a_test_is_not_told() -> None:
    """Nineteen people a side lie 3 apart: too few to claim it, and no test was made."""
    low, high = Histogram((0, 10, 9, 0, 0, 0)), Histogram((0, 0, 0, 0, 10, 9))
    found = told(released(firm({A: low, B: high}), targets={}))
    assert found[1:] == (NothingToTell(0, 0), Withheld(2, 2))


def test_a_gap_that_may_be_coloured_only_is_not_told() -> None:
    """Three gaps with a p of .04 each: enough for colour, and after Holm .12, not for words."""
    moved = Histogram((0, 1, 1, 6, 6, 6)), Histogram((0, 3, 3, 7, 5, 2))
    items = ("CP1", "EO1", "TB1")
    groups = {
        side: dict.fromkeys(items, one) for side, one in zip((OTHERS, LEADS), moved, strict=True)
    }
    release = released(groups, items, targets={})
    gaps = all_gaps(release, INSTRUMENT)
    tested = [gap for gap in gaps[GapKind.LEADERSHIP] if gap.p is not None]
    assert [(gap.may_colour, gap.may_claim) for gap in tested] == [(True, False)] * 3
    assert told(release)[1] == NothingToTell(3, 0)


def test_a_sure_gap_too_small_to_be_told_apart_from_none_is_not_told() -> None:
    """Forty thousand people 0.03 apart: no chance, and 0.0 to the reader."""
    near = Histogram((0, 0, 0, 10000, 10000, 0)), Histogram((0, 0, 0, 9400, 10600, 0))
    release = released(firm(dict(zip((A, B), near, strict=True))), targets={})
    first, *_ = all_gaps(release, INSTRUMENT)[GapKind.DEPARTMENT]
    assert first.may_claim
    assert abs(first.size) == pytest.approx(0.03)
    assert [one for one in told(release) if isinstance(one, Gap)] == []
    assert told(release)[1] == NothingToTell(tested=2, sure=2)


def test_withheld_counts_departments_that_lack_any_of_their_figures() -> None:
    """A shows both items, B one of two, C none: two of three lack something.

    So do those who lead, beside everyone else; the organisation is not counted.
    """
    whole = add(LOW, HALVES)
    both = {
        ORGANISATION: {"CP1": whole, "EO1": whole},
        A: {"CP1": LOW, "EO1": LOW},
        B: {"CP1": HALVES, "EO1": HALVES},
    }
    assert told(released(both))[-1] == Withheld(0, 2)
    less = {**both, B: {"CP1": HALVES}, LEADS: {"EO1": HALVES}, OTHERS: {"CP1": LOW, "EO1": LOW}}
    found = told(released(less, withheld=(C,)))[-1]
    assert found == Withheld(2, 3, (GroupKind.POSITION,))


def test_gaps_on_other_questions_are_told_before_more_on_the_same() -> None:
    """A misses its target on CP1 by 2.5 and lies 2 below the rest there, and 1 below it on EO1.

    Of the departments, the smaller gap is told: it is about something else.
    """
    threes = Histogram((0, 0, 10, 10, 0, 0))
    groups = {
        ORGANISATION: {"CP1": add(LOW, HALVES), "EO1": add(threes, HALVES)},
        A: {"CP1": LOW, "EO1": threes},
        B: {"CP1": HALVES, "EO1": HALVES},
    }
    gaps = [one for one in told(released(groups)) if isinstance(one, Gap)]
    assert [(gap.kind, gap.question.id, gap.to.group, gap.size) for gap in gaps] == [
        (GapKind.TARGET, PERSPECTIVE, A, -2.5),
        (GapKind.DEPARTMENT, ORIENTATION, A, -1.0),
    ]


def test_a_withheld_organisation_still_has_three_headlines() -> None:
    """An overall score without a figure, nothing sure, and everything withheld."""
    release = released({}, withheld=(ORGANISATION, A, B))
    stands, *others = told(release)
    assert isinstance(stands, Figures)
    assert stands.score.mean is None
    assert others == [NothingToTell(0, 0), Withheld(2, 2)]


def test_the_same_release_gives_the_same_headlines_in_whatever_order_it_holds_its_groups() -> None:
    """A and B lie 2 apart, seen from either: A is told, wherever it stands."""
    groups = firm({A: LOW, B: HALVES})
    turned = dict(reversed(groups.items()))
    ours, theirs = told(released(groups)), told(released(turned))
    assert ours == theirs
    assert 3 <= len(ours) <= 5


def test_headlines_take_the_gaps_as_they_were_corrected() -> None:
    """Of gaps given, none is tested anew: without a claim of their own they are not told."""
    release = released(firm({A: LOW, B: HALVES}), targets={})
    overall, *_ = distinct_questions(INSTRUMENT.asked(TWO))
    nothing: Gaps = dict.fromkeys(GapKind, ())
    assert headlines(release, nothing, overall)[1:] == (NothingToTell(0, 0), Withheld(2, 2))
