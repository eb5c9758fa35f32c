"""The agenda of a workshop: what is proposed, in which order, how long, and changing it."""

from dataclasses import replace

import pytest

from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.store import Store
from data.workshops import IN_ROUNDS, POLLS, Step, StepKind, WorkshopPlan
from scoring.gaps import Gap
from survey.results import Results, load_results
from survey.wording import wording
from survey.workshop.agenda import (
    PROPOSED,
    proposed,
    ranked,
    steps_after,
    steps_from_nothing,
)
from survey.workshop.planning import (
    TWO_HOURS,
    Clash,
    Part,
    merged,
    minutes,
    moved,
    runs,
    starts,
    talked_about,
    with_dimension,
    with_step,
)
from survey.workshop.reasons import reason
from survey.workshop.words import dimension_name, question_of, scale_labels, statement
from tests.survey.everybody import RELEASED

K = StepKind
FIRST, SECOND = "customer_perspective", "employee_orientation"


@pytest.fixture
def results(started: Store) -> Results:
    """What the demo's last survey found."""
    return load_results(started, started.waves.find(RELEASED))


@pytest.fixture
def plan(results: Results) -> WorkshopPlan:
    """A plan that talks about two dimensions."""
    steps = steps_after(results, (FIRST, SECOND))
    return WorkshopPlan("Runde", steps, FIVE_QUESTIONS, 5)


def kinds(steps: tuple[Step, ...]) -> list[StepKind]:
    """What those steps do that take part."""
    return [step.kind for step in steps if not step.skipped]


def step_of(plan: WorkshopPlan, kind: StepKind, dimension: str = "") -> Step:
    """The one step of this kind."""
    return next(s for s in plan.steps if (s.kind, s.dimension) == (kind, dimension))


def order(plan: WorkshopPlan) -> list[int]:
    """The ids of its steps."""
    return [step.id for step in plan.steps]


def test_after_a_survey_the_room_guesses_before_it_sees_the_result(results: Results) -> None:
    """Then each chosen dimension: vote, result, talk, vote again; then what comes of it."""
    assert kinds(steps_after(results, (FIRST, SECOND))) == [
        *(K.WELCOME, K.GUESS, K.RESULT),
        *(K.VOTE, K.RESULT, K.TALK, K.REVOTE) * 2,
        *(K.QUESTIONS, K.IDEAS, K.DOTS, K.MEASURES, K.CLOSING),
    ]


def test_from_nothing_there_is_no_result_to_guess() -> None:
    """The room answers each dimension's core item itself."""
    steps = steps_from_nothing(load_instrument(FIVE_QUESTIONS), (FIRST,))
    last = (K.QUESTIONS, K.IDEAS, K.DOTS, K.MEASURES, K.CLOSING)
    assert kinds(steps) == [K.WELCOME, K.VOTE, K.TALK, K.REVOTE, *last]
    vote = next(step for step in steps if step.kind is K.VOTE)
    assert vote.items == ("CP1",)


def test_chosen_dimensions_come_in_the_order_chosen_and_the_others_are_skipped(
    results: Results,
) -> None:
    """They can be taken in later: nothing can be added to an agenda."""
    steps = steps_after(results, (SECOND, FIRST))
    told = list(dict.fromkeys(step.dimension for step in steps if step.dimension))
    assert told[:2] == [SECOND, FIRST]
    assert sorted(told) == sorted(one.id for one in results.dimensions)
    assert {s.dimension for s in steps if s.dimension and not s.skipped} == {FIRST, SECOND}


def test_every_poll_asks_something_and_every_step_has_its_own_number(plan: WorkshopPlan) -> None:
    """Numbers begin at 1, since 0 is where no step is."""
    assert order(plan) == list(range(1, len(plan.steps) + 1))
    assert all(step.items for step in plan.steps if step.kind in POLLS)
    assert not any(step.items for step in plan.steps if step.kind in IN_ROUNDS - POLLS)


def test_what_is_proposed_fits_into_two_hours(results: Results) -> None:
    """One more dimension would not."""
    assert minutes(steps_after(results, proposed(results))) <= TWO_HOURS
    assert minutes(steps_after(results, ranked(results)[: PROPOSED + 1])) > TWO_HOURS


def test_proposed_is_where_priorities_are_heaviest(results: Results) -> None:
    """The dimension of the first priority, then of the first that has another."""
    by_weight = dict.fromkeys(one.gap.question.id for one in results.priorities)
    assert list(proposed(results)) == list(by_weight)[:PROPOSED]
    assert set(ranked(results)) == {one.id for one in results.dimensions}


def test_without_priorities_the_headlines_decide(results: Results) -> None:
    """And where they say nothing either, the order of the questionnaire."""
    told = [one for one in results.headlines if isinstance(one, Gap)]
    without = replace(results, priorities=(), headlines=tuple(told[::-1]))
    known = [one.id for one in results.dimensions]
    named = [gap.question.id for gap in told[::-1] if gap.question.id in known]
    assert named
    assert ranked(without)[0] == named[0]
    silent = replace(results, priorities=(), headlines=())
    assert list(ranked(silent)) == known


def test_the_reason_says_where_and_how_much_below_target(results: Results) -> None:
    """The heaviest priority of that dimension, with its numbers."""
    say, (first, *_) = wording("de"), results.priorities
    dimension = next(one for one in results.dimensions if one.id == first.gap.question.id)
    said = reason(say, results, dimension)
    assert " / ".join(first.gap.to.group.path) in said
    assert say.number(-first.gap.size, 2) in said
    assert f"{first.people} Personen" in said
    silent = replace(results, priorities=(), headlines=())
    assert reason(say, silent, dimension) == say("workshop.reason_none")


def test_steps_of_one_dimension_that_follow_each_other_are_one_part(plan: WorkshopPlan) -> None:
    """All others stand alone."""
    assert [len(run) for run in runs(plan.steps)] == [1, 1, 1, 4, 4, 4, 4, 4, 1, 1, 1, 1, 1]


def test_a_step_passes_its_neighbour_or_a_whole_dimension(plan: WorkshopPlan) -> None:
    """So that it never lands between steps that are folded away."""
    ideas, closing = step_of(plan, K.IDEAS).id, step_of(plan, K.CLOSING).id
    once = moved(plan, {ideas}, -1)
    assert order(once).index(ideas) == order(plan).index(ideas) - 1
    twice = moved(once, {ideas}, -1)
    assert order(twice).index(ideas) == order(plan).index(ideas) - 5
    assert moved(plan, {closing}, 1) == plan


def test_a_step_may_leave_its_dimension(plan: WorkshopPlan) -> None:
    """Voting again after the measures, say; within its dimension it passes one step."""
    again = step_of(plan, K.REVOTE, SECOND).id
    earlier = moved(plan, {again}, -1)
    assert order(earlier).index(again) == order(plan).index(again) - 1
    later = moved(plan, {again}, 1)
    assert order(later).index(again) == order(plan).index(again) + 4
    assert [len(run) for run in runs(later.steps)][3:7] == [4, 3, 4, 1]


def test_a_dimension_moves_as_a_whole(plan: WorkshopPlan) -> None:
    """It passes another one, or one step."""
    block = {step.id for step in plan.steps if step.dimension == SECOND}
    first = moved(plan, block, -1)
    assert [run[0].dimension for run in runs(first.steps)][3:5] == [SECOND, FIRST]
    assert sorted(order(first)) == order(plan)
    before_result = moved(first, block, -1)
    assert runs(before_result.steps)[2][0].dimension == SECOND


def test_a_dimension_is_skipped_by_one_switch(plan: WorkshopPlan) -> None:
    """Its four steps take no time then, and what follows begins earlier."""
    without = with_dimension(plan, FIRST, skipped=True)
    assert not talked_about(without.steps, FIRST)
    assert minutes(plan.steps) - minutes(without.steps) == 22
    ideas = step_of(plan, K.IDEAS).id
    assert starts(plan.steps)[ideas] - starts(without.steps)[ideas] == 22
    assert with_dimension(without, FIRST, skipped=False) == plan


def test_two_people_who_change_different_things_both_get_theirs(plan: WorkshopPlan) -> None:
    """The order of one, the minutes and the title of the other."""
    talk = step_of(plan, K.TALK, FIRST)
    mine = with_step(plan, replace(talk, minutes=20))
    theirs = replace(moved(plan, {step_of(plan, K.DOTS).id}, -1), title="Neu")
    both = merged(plan, mine, theirs)
    assert not both.clashes
    assert both.plan == with_step(theirs, replace(talk, minutes=20))


def test_two_people_who_change_the_same_clash(plan: WorkshopPlan) -> None:
    """Unless they want the same; the merged plan has what one wanted oneself."""
    talk = step_of(plan, K.TALK, FIRST)
    mine = with_step(plan, replace(talk, notes="meins"))
    theirs = with_step(plan, replace(talk, notes="ihres", minutes=9))
    both = merged(plan, mine, theirs)
    assert both.clashes == (Clash(Part.NOTES, talk.id, mine="meins", theirs="ihres"),)
    assert both.plan == with_step(plan, replace(talk, notes="meins", minutes=9))
    assert not merged(plan, mine, mine).clashes


def test_an_instrument_that_does_not_speak_the_language_is_told_in_its_own() -> None:
    """Dimensions, questions, statements and the scale, so that no wall or phone stays empty."""
    say, german = wording("en"), replace(load_instrument(FIVE_QUESTIONS), languages=("de",))
    assert dimension_name(say, "customer_perspective", german) == "Kundensicht"
    assert question_of(say, "customer_perspective", german).endswith("?")
    first = german.items()[0]
    assert statement(say, first.id, german) == first.text["de"]
    assert scale_labels(say, german) == german.scale["de"]
