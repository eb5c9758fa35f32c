"""The contract of the shelf of workshops: planning, leading and ending one, in every store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from data.errors import Conflict, NotFound, SetUpProblem
from data.model import Organisation, Wave
from data.results import Release
from data.store import Store
from data.workshops import (
    Choice,
    StepKind,
    Workshop,
    WorkshopState,
)
from tests.data.rooms import (
    CHOICES,
    CODE,
    DOTS,
    FIVE,
    IDEAS,
    REVOTE,
    STEPS,
    TALK,
    VOTE,
    WELCOME,
    at,
    begun,
    end,
    forget,
    now,
    open_round,
    plan,
    planned,
    refused,
    reveal,
    vote,
    vote_all,
    written,
)
from tests.data.samples import DAY, NEXT_DAY, NOON, at_once, nonce

# Planning


def test_a_planned_workshop_is_kept_as_it_was_decided(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Every step with its items and notes, in its order; nothing has happened yet."""
    steps = (replace(STEPS[1], notes="Ruhig warten.", minutes=12, skipped=True), *STEPS[2:])
    wanted = replace(plan("Wir & der Kunde – „Ärger“", smallest=8, dots=4), steps=steps)
    kept = fresh_store.workshops.add(small_firm, None, wanted, CODE)
    assert fresh_store.workshops.room(CODE).workshop == kept
    assert kept.plan == wanted
    assert (kept.organisation, kept.wave, kept.code) == (small_firm, "", CODE)
    assert (kept.state, kept.day, kept.step, kept.timer_ends, kept.phones) == (
        *(WorkshopState.PLANNED, None, None, None, 0),
    )
    assert fresh_store.workshops.room(CODE).rounds == ()


def test_a_workshop_starts_from_a_release_or_from_nothing(
    fresh_store: Store, small_firm: Organisation, closed_wave: Wave
) -> None:
    """From a wave that is not released it does not."""
    add = partial(planned, fresh_store, small_firm, wave=closed_wave)
    refused(add, "error.wave_not_released")
    assert fresh_store.workshops.of(small_firm) == ()
    fresh_store.releases.save(closed_wave, Release((), (), {}), NEXT_DAY)
    assert add().wave == closed_wave.code


def test_a_code_leads_to_one_workshop_only(fresh_store: Store, small_firm: Organisation) -> None:
    """Also where another organisation has it."""
    planned(fresh_store, small_firm)
    other = fresh_store.organisations.add("Andere AG")
    refused(lambda: planned(fresh_store, other), "error.workshop_code_used", SetUpProblem)
    assert fresh_store.workshops.of(other) == ()


def test_an_organisation_has_its_own_workshops_the_latest_first(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """And none of anybody else."""
    other = fresh_store.organisations.add("Andere AG")
    codes = ("AAAAAA", "BBBBBB", "CCCCCC")
    first, theirs, last = (
        planned(fresh_store, firm, code)
        for firm, code in zip((small_firm, other, small_firm), codes, strict=True)
    )
    assert fresh_store.workshops.of(small_firm) == (last, first)
    assert fresh_store.workshops.of(other) == (theirs,)


def test_an_unknown_code_leads_nowhere(fresh_store: Store) -> None:
    """Neither to a room nor to a version."""
    refused(lambda: fresh_store.workshops.room(CODE), "error.workshop_unknown", NotFound)
    refused(lambda: fresh_store.workshops.version(CODE), "error.workshop_unknown", NotFound)


def test_title_order_and_notes_can_be_changed_at_any_time(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """What was voted stays with its step."""
    vote_all(fresh_store, begun(fresh_store, small_firm), *FIVE)
    revealed = reveal(fresh_store)
    steps = tuple(replace(one, notes="Neu.", minutes=9, skipped=True) for one in STEPS[::-1])
    wanted = replace(plan("Anders", dots=5), steps=steps)
    changed = fresh_store.workshops.replan(revealed.workshop, wanted)
    assert changed.plan == wanted
    assert changed.version > revealed.workshop.version
    assert fresh_store.workshops.room(CODE).rounds == revealed.rounds


@pytest.mark.parametrize(
    "steps",
    [
        STEPS[1:],
        (*STEPS, replace(STEPS[0], id=99)),
        (STEPS[0], replace(STEPS[1], kind=StepKind.IDEAS), *STEPS[2:]),
        (STEPS[0], replace(STEPS[1], items=("CP1",)), *STEPS[2:]),
        (STEPS[0], replace(STEPS[1], dimension="top_down_bottom_up"), *STEPS[2:]),
    ],
)
def test_steps_neither_come_nor_go_nor_ask_something_else(
    fresh_store: Store, small_firm: Organisation, steps: tuple[object, ...]
) -> None:
    """Rounds stand on them."""
    seen = begun(fresh_store, small_firm).workshop
    wanted = replace(plan(), steps=steps)  # type: ignore[arg-type]
    refused(lambda: fresh_store.workshops.replan(seen, wanted), "error.workshop_steps")
    assert now(fresh_store).plan == plan()


def test_the_number_of_dots_stays_while_they_are_given(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Else some phones had more than others. Everything else may change meanwhile."""
    room = begun(fresh_store, small_firm, DOTS)
    more = plan("Anders", dots=4)
    refused(lambda: fresh_store.workshops.replan(room.workshop, more), "error.workshop_dots_open")
    changed = fresh_store.workshops.replan(room.workshop, plan("Anders"))
    assert changed.plan.title == "Anders"
    vote_all(fresh_store, room, *[{"idea a": 1}] * 5)
    assert fresh_store.workshops.replan(reveal(fresh_store).workshop, more).plan == more


def test_a_removed_workshop_is_gone_with_all_that_was_said(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Votes, counts and ideas; another one under the same code has nothing of it."""
    room = begun(fresh_store, small_firm)
    fresh_store.workshops.join(room.workshop, nonce(1))
    fresh_store.workshops.contribute(room.workshop, 0, nonce(2), "Wer liest das?")
    vote_all(fresh_store, room, *FIVE)
    reveal(fresh_store)
    vote(fresh_store, at(fresh_store, CODE, REVOTE), 1, {"CP1": 4})
    old = now(fresh_store)
    fresh_store.workshops.remove(old)
    assert fresh_store.workshops.of(small_firm) == ()
    again = planned(fresh_store, small_firm)
    assert again.id > old.id
    assert fresh_store.workshops.room(CODE).rounds == ()
    assert fresh_store.workshops.contributions(again) == ()
    assert fresh_store.workshops.tallies(again) == {}
    assert not fresh_store.workshops.joined(again, nonce(1))


# Stepping


def test_a_workshop_begins_with_its_first_step(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """On the day it is; the day stays while it runs, also past midnight."""
    room = begun(fresh_store, small_firm, WELCOME)
    assert (room.workshop.state, room.workshop.day) == (WorkshopState.RUNNING, DAY)
    assert room.workshop.step == STEPS[0]
    assert room.current is None
    assert fresh_store.workshops.go(room.workshop, TALK, NEXT_DAY).day == DAY


def test_there_is_no_step_that_was_not_planned(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """A workshop does not begin by it either."""
    seen = planned(fresh_store, small_firm)
    refused(lambda: fresh_store.workshops.go(seen, 99, DAY), "error.step_unknown", NotFound)
    assert now(fresh_store) == seen


@pytest.mark.parametrize("step", [VOTE, REVOTE, IDEAS, DOTS])
def test_the_first_time_a_step_is_asked_its_first_round_opens(
    fresh_store: Store, small_firm: Organisation, step: int
) -> None:
    """Coming back finds the same round, with what was voted."""
    first = begun(fresh_store, small_firm, step).current
    assert first is not None
    assert (first.step, first.number, first.closed, first.voters) == (step, 1, False, 0)
    assert first.choices == (CHOICES if step == DOTS else ())
    at(fresh_store, CODE, TALK)
    assert at(fresh_store, CODE, step).current == first


@pytest.mark.parametrize("step", [WELCOME, TALK])
def test_a_step_that_asks_nothing_has_no_round(
    fresh_store: Store, small_firm: Organisation, step: int
) -> None:
    """And none to reveal or to ask again."""
    room = begun(fresh_store, small_firm, step)
    assert room.rounds == ()
    refused(lambda: fresh_store.workshops.reveal(room.workshop), "error.round_closed")
    refused(lambda: fresh_store.workshops.again(room.workshop), "error.round_open")


def test_dots_nobody_gave_yet_can_go_to_what_is_on_the_wall_now(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Once somebody gave one, the choices stay."""
    begun(fresh_store, small_firm, DOTS)
    at(fresh_store, CODE, IDEAS)
    fewer = CHOICES[:2]
    room = at(fresh_store, CODE, DOTS, fewer)
    assert room.current is not None
    assert room.current.choices == fewer
    vote(fresh_store, room, 1, {"idea b": 3})
    again = at(fresh_store, CODE, DOTS, (Choice("idea z", "Neu"),)).current
    assert again == replace(room.current, voters=1)


def test_a_timer_stops_when_the_room_moves_on(fresh_store: Store, small_firm: Organisation) -> None:
    """It tells phones nothing, so the version stays."""
    seen = begun(fresh_store, small_firm, TALK).workshop
    fresh_store.workshops.set_timer(seen, NOON)
    assert now(fresh_store) == replace(seen, timer_ends=NOON)
    fresh_store.workshops.set_timer(seen, None)
    assert now(fresh_store) == seen
    fresh_store.workshops.set_timer(seen, NOON)
    assert fresh_store.workshops.go(seen, VOTE, DAY).timer_ends is None


def test_a_timer_means_the_same_moment_in_every_zone(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """It comes back with a time zone."""
    seen = begun(fresh_store, small_firm, TALK).workshop
    fresh_store.workshops.set_timer(seen, datetime(2026, 3, 2, 13).astimezone())
    kept = now(fresh_store).timer_ends
    assert kept == datetime(2026, 3, 2, 13).astimezone()
    assert kept.tzinfo is not None


# Not as it was seen


ACTS: dict[str, Callable[[Store, Workshop], object]] = {
    "replan": lambda store, seen: store.workshops.replan(seen, plan("Anders")),
    "remove": lambda store, seen: store.workshops.remove(seen),
    "go": lambda store, seen: store.workshops.go(seen, TALK, DAY),
    "reveal": lambda store, seen: store.workshops.reveal(seen),
    "again": lambda store, seen: store.workshops.again(seen),
    "end": lambda store, seen: store.workshops.end(seen),
    "set_timer": lambda store, seen: store.workshops.set_timer(seen, NOON),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_workshop_that_moved_on_is_not_led_by_an_old_screen(
    fresh_store: Store, small_firm: Organisation, act: Callable[[Store, Workshop], object]
) -> None:
    """Nor one that is gone."""
    room = begun(fresh_store, small_firm)
    vote_all(fresh_store, room, *FIVE)
    fresh_store.workshops.touch(room.workshop)
    moved = fresh_store.workshops.room(CODE)
    refused(lambda: act(fresh_store, room.workshop), "conflict.workshop", Conflict)
    assert fresh_store.workshops.room(CODE) == moved
    fresh_store.workshops.remove(moved.workshop)
    refused(lambda: act(fresh_store, moved.workshop), "conflict.workshop", Conflict)


@pytest.mark.parametrize("name", ["go", "reveal", "end", "remove"])
def test_of_eight_keys_pressed_at_once_one_acts(
    fresh_store: Store, small_firm: Organisation, name: str
) -> None:
    """Two facilitators, or a key that bounces."""
    vote_all(fresh_store, begun(fresh_store, small_firm), *FIVE)
    seen = now(fresh_store)

    def press(_: int) -> bool:
        try:
            ACTS[name](fresh_store, seen)
        except Conflict:
            return False
        return True

    assert sorted(at_once(press)) == [False] * 7 + [True]


# Ending


def test_an_ended_workshop_keeps_what_was_revealed_and_nothing_of_phones(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """How many they were stays; rounds that were open are gone with votes and ideas."""
    room = begun(fresh_store, small_firm)
    for number in range(6):
        fresh_store.workshops.join(room.workshop, nonce(number))
    vote_all(fresh_store, room, *FIVE)
    revealed = reveal(fresh_store)
    vote(fresh_store, at(fresh_store, CODE, REVOTE), 1, {"CP1": 4})
    written(fresh_store, at(fresh_store, CODE, IDEAS), 1, "Besuchstag")
    written(fresh_store, revealed, 2, "Frage", 0)
    fresh_store.workshops.set_timer(now(fresh_store), NOON)
    ended = end(fresh_store)
    assert (ended.state, ended.phones, ended.timer_ends) == (WorkshopState.ENDED, 6, None)
    assert fresh_store.workshops.room(CODE).rounds == revealed.rounds
    assert [one.text for one in fresh_store.workshops.contributions(ended)] == ["Frage"]
    assert len(fresh_store.workshops.tallies(ended)) == 1
    assert not fresh_store.workshops.joined(ended, nonce(1))


@pytest.mark.parametrize("ended", [False, True])
def test_nobody_acts_before_a_workshop_begins_or_after_it_ended(
    fresh_store: Store, small_firm: Organisation, *, ended: bool
) -> None:
    """Phones are told that it does not run."""
    seen = planned(fresh_store, small_firm)
    if ended:
        room = at(fresh_store, CODE, VOTE)
        seen = end(fresh_store)
        refused(lambda: vote(fresh_store, room, 1, {"CP1": 3}), "error.workshop_not_running")
    shelf = fresh_store.workshops
    for act in (
        partial(shelf.join, seen, nonce(1)),
        partial(shelf.contribute, seen, 0, nonce(1), "Frage"),
        partial(shelf.end, seen),
    ):
        refused(act, "error.workshop_not_running")
    refused(partial(shelf.reveal, seen), "error.round_closed")


def test_an_ended_workshop_can_go_on(fresh_store: Store, small_firm: Organisation) -> None:
    """From that day on; what was open is asked anew, and the larger number of phones stays."""
    room = begun(fresh_store, small_firm)
    for number in range(6):
        fresh_store.workshops.join(room.workshop, nonce(number))
    ended = end(fresh_store)
    later = DAY + timedelta(days=7)
    again = fresh_store.workshops.go(ended, VOTE, later)
    assert (again.state, again.day, again.phones) == (WorkshopState.RUNNING, later, 0)
    asked = open_round(fresh_store.workshops.room(CODE))
    assert asked > open_round(room)
    assert fresh_store.workshops.join(again, nonce(1))
    assert end(fresh_store).phones == 6


@pytest.mark.parametrize(
    ("today", "ended"),
    [
        (DAY, []),
        (NEXT_DAY, []),
        (DAY + timedelta(days=2), [CODE]),
        (DAY - timedelta(days=1), [CODE]),
        (date.max, [CODE]),
    ],
)
def test_a_workshop_that_nobody_ended_ends_by_itself(
    fresh_store: Store, small_firm: Organisation, today: date, ended: list[str]
) -> None:
    """From the day after the next on; one that began on a day to come had a wrong clock."""
    begun(fresh_store, small_firm)
    planned(fresh_store, small_firm, "AAAAAA")
    assert forget(fresh_store, today) == ended
    assert forget(fresh_store, today) == []
    assert (now(fresh_store).state is WorkshopState.ENDED) is bool(ended)
    assert now(fresh_store, "AAAAAA").state is WorkshopState.PLANNED
