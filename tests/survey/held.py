"""Workshops that were held: twelve phones in a room, and what was revealed there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from data.model import Organisation, Wave
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.store import Store
from data.workshops import Choice, Room, Step, StepKind, Workshop, WorkshopPlan
from survey.results import load_results
from survey.workshop.acts import dot_choices
from survey.workshop.agenda import steps_after, steps_from_nothing

WORKSHOP = "K7M4XR"
DAY = date(2026, 5, 4)
PHONES = tuple(bytes([number]) * 16 for number in range(12))
TALKED = ("customer_perspective", "top_down_bottom_up")
"""The dimensions that the room talks about."""


def planned(
    store: Store, firm: Organisation, wave: Wave | None = None, code: str = WORKSHOP
) -> Workshop:
    """A workshop of the five questions, with k = 5 and three dots."""
    steps = (
        steps_after(load_results(store, wave), TALKED)
        if wave
        else steps_from_nothing(load_instrument(FIVE_QUESTIONS), TALKED)
    )
    plan = WorkshopPlan("Leitungsrunde", steps, FIVE_QUESTIONS, 5)
    return store.workshops.add(firm, wave, plan, code)


def step_of(workshop: Workshop, kind: StepKind, dimension: str = "") -> Step:
    """The step of a kind, about a dimension."""
    wanted = (kind, dimension)
    return next(one for one in workshop.plan.steps if (one.kind, one.dimension) == wanted)


def entered(
    store: Store, workshop: Workshop, kind: StepKind, dimension: str = "", *, phones: int = 12
) -> Room:
    """The room at a step, these phones having joined."""
    seen = store.workshops.room(workshop.code).workshop
    step = step_of(seen, kind, dimension)
    choices: tuple[Choice, ...] = dot_choices(store, seen) if kind is StepKind.DOTS else ()
    store.workshops.go(seen, step.id, DAY, choices)
    for phone in PHONES[:phones]:
        store.workshops.join(seen, phone)
    return store.workshops.room(workshop.code)


def voted(store: Store, workshop: Workshop, *votes: Mapping[str, int]) -> None:
    """Phones vote in the round that is open, each its own."""
    room = store.workshops.room(workshop.code)
    assert room.current is not None
    for phone, values in zip(PHONES, votes, strict=False):
        store.workshops.vote(room.workshop, room.current.id, phone, values)


def revealed(store: Store, workshop: Workshop) -> None:
    """The open round is closed."""
    store.workshops.reveal(store.workshops.room(workshop.code).workshop)


def asked(store: Store, workshop: Workshop, kind: StepKind, dimension: str, *values: int) -> None:
    """A step is entered, its items answered by as many phones as there are values, revealed."""
    room = entered(store, workshop, kind, dimension)
    step = room.workshop.step
    assert step is not None
    voted(store, workshop, *(dict.fromkeys(step.items, value) for value in values))
    revealed(store, workshop)


def written(store: Store, workshop: Workshop, step: int, *texts: str) -> None:
    """Ideas, or at step 0 questions."""
    for text in texts:
        store.workshops.contribute(workshop, step, sha256(text.encode()).digest()[:16], text)


def put_up(store: Store, workshop: Workshop, *texts: str, group: str = "") -> None:
    """These texts stand on the wall."""
    found = store.workshops.contributions(workshop)
    shown = [replace(one, shown=True, group=group) for one in found if one.text in texts]
    assert len(shown) == len(texts)
    store.workshops.arrange(workshop, shown)


def ended(store: Store, workshop: Workshop) -> Workshop:
    """The workshop is over."""
    return store.workshops.end(store.workshops.room(workshop.code).workshop)
