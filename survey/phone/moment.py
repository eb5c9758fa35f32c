"""What a phone shows of a room now, and by what mark it knows that this has changed. Pure."""

from enum import StrEnum
from zlib import crc32

from data.workshops import POLLS, Room, Step, StepKind, WorkshopState


class Scene(StrEnum):
    """What a page for a phone is made of; its template has the same name."""

    PLANNED = "planned"
    JOIN = "join"
    HERE = "here"
    POLL = "poll"
    POLL_REVEALED = "poll_revealed"
    TOPIC = "topic"
    QUESTIONS = "questions"
    IDEAS = "ideas"
    IDEAS_CLOSED = "ideas_closed"
    DOTS = "dots"
    DOTS_REVEALED = "dots_revealed"
    MEASURES = "measures"
    ENDED = "ended"


FILLED_IN = frozenset({Scene.POLL, Scene.IDEAS, Scene.DOTS, Scene.QUESTIONS, Scene.JOIN})
"""What a person fills in or reads through: never loaded anew without a script that looks."""

_AS_THEY_ARE = {
    StepKind.WELCOME: Scene.HERE,
    StepKind.RESULT: Scene.TOPIC,
    StepKind.TALK: Scene.TOPIC,
    StepKind.QUESTIONS: Scene.QUESTIONS,
    StepKind.MEASURES: Scene.MEASURES,
    StepKind.CLOSING: Scene.MEASURES,
}
_LISTING = frozenset({StepKind.MEASURES, StepKind.CLOSING})


def scene_of(room: Room, *, joined: bool) -> Scene:
    """What a phone shows now. `joined`: whether it was let in."""
    state, step = room.workshop.state, room.workshop.step
    if state is WorkshopState.ENDED:
        return Scene.ENDED
    if state is WorkshopState.PLANNED or step is None:
        return Scene.PLANNED
    return _scene_of_step(room, step) if joined else Scene.JOIN


def mark_of(room: Room) -> str:
    """Another one whenever phones have something new to show.

    Not the workshop's version: that grows too when something moves on the wall only.
    """
    workshop, now = room.workshop, room.current
    shown: list[object] = [workshop.state, workshop.at]
    if now is not None:
        shown += [now.id, now.closed, *((one.key, one.title) for one in now.choices)]
    if workshop.state is WorkshopState.ENDED or _lists_measures(workshop.step):
        shown.append(workshop.version)
    return f"{crc32(repr(shown).encode()):08x}"


def _scene_of_step(room: Room, step: Step) -> Scene:
    now = room.current
    closed = now is None or now.closed
    if step.kind in POLLS:
        return Scene.POLL_REVEALED if closed else Scene.POLL
    if step.kind is StepKind.DOTS:
        return Scene.DOTS_REVEALED if closed else Scene.DOTS
    if step.kind is StepKind.IDEAS:
        return Scene.IDEAS_CLOSED if closed else Scene.IDEAS
    return _AS_THEY_ARE[step.kind]


def _lists_measures(step: Step | None) -> bool:
    return step is not None and step.kind in _LISTING
