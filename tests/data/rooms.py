"""Workshops that tests are made of: rooms full of phones, each with a key of its own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from data.errors import NotAllowed, Problem
from data.model import Organisation, Wave
from data.questionnaires import FIVE_QUESTIONS
from data.store import Store
from data.workshops import Choice, Room, Step, StepKind, Workshop, WorkshopPlan
from tests.data.samples import DAY, nonce

CODE, ELSEWHERE = "FGHJKM", "PPP777"
"""The codes of two workshops."""

WELCOME, VOTE, TALK, REVOTE, IDEAS, DOTS = 1, 2, 3, 4, 5, 6
"""The ids of the steps."""

ITEMS = ("CP1", "EO1")
FIVE = [{"CP1": value, "EO1": 3} for value in (1, 2, 2, 5, 0)]
"""Votes of five phones; one cannot judge the first item."""

STEPS = (
    Step(WELCOME, StepKind.WELCOME),
    Step(VOTE, StepKind.VOTE, "customer_perspective", ITEMS),
    Step(TALK, StepKind.TALK, "customer_perspective"),
    Step(REVOTE, StepKind.REVOTE, "customer_perspective", ITEMS),
    Step(IDEAS, StepKind.IDEAS),
    Step(DOTS, StepKind.DOTS),
)
CHOICES = (Choice("idea a", "Besuchstag"), Choice("idea b", "Rückrufe"), Choice("idea c", "Lager"))


def plan(title: str = "Workshop", smallest: int = 5, dots: int = 3) -> WorkshopPlan:
    """What a consultant decides: a vote, talk, a re-vote, ideas and dots."""
    return WorkshopPlan(title, STEPS, FIVE_QUESTIONS, smallest, dots)


def planned(
    store: Store, firm: Organisation, code: str = CODE, wave: Wave | None = None
) -> Workshop:
    """A workshop that has not begun."""
    return store.workshops.add(firm, wave, plan(), code)


def at(store: Store, code: str, step: int, choices: Sequence[Choice] = CHOICES) -> Room:
    """The room, after its facilitator moved to a step."""
    seen = store.workshops.room(code).workshop
    store.workshops.go(seen, step, DAY, choices if step == DOTS else ())
    return store.workshops.room(code)


def begun(store: Store, firm: Organisation, step: int = VOTE, code: str = CODE) -> Room:
    """A room that stands at a step; its first round is open, where the step has rounds."""
    return at(store, planned(store, firm, code).code, step)


def open_round(room: Room) -> int:
    """The id of the round that is open."""
    assert room.current is not None
    assert not room.current.closed
    return room.current.id


def vote(store: Store, room: Room, phone: int, values: Mapping[str, int]) -> None:
    """The phone with this number votes in the round that is open."""
    store.workshops.vote(room.workshop, open_round(room), nonce(phone), values)


def vote_all(store: Store, room: Room, *ballots: Mapping[str, int]) -> None:
    """Phone after phone votes."""
    for phone, values in enumerate(ballots):
        vote(store, room, phone, values)


def reveal(store: Store, code: str = CODE) -> Room:
    """The room, after its round was closed."""
    store.workshops.reveal(store.workshops.room(code).workshop)
    return store.workshops.room(code)


def end(store: Store, code: str = CODE) -> Workshop:
    """The workshop, ended."""
    return store.workshops.end(store.workshops.room(code).workshop)


def forget(store: Store, today: date) -> list[str]:
    """The codes of workshops that are ended because nobody did so."""
    return [one.code for one in store.workshops.end_forgotten(today)]


def refused(act: Callable[[], object], key: str, kind: type[Problem] = NotAllowed) -> None:
    """An act is refused for this reason."""
    with pytest.raises(kind) as problem:
        act()
    assert problem.value.key == key


def now(store: Store, code: str = CODE) -> Workshop:
    """The workshop as it is now."""
    return store.workshops.room(code).workshop


def written(store: Store, room: Room, number: int, text: str, step: int = IDEAS) -> bool:
    """Somebody writes something."""
    return store.workshops.contribute(room.workshop, step, nonce(number), text)
