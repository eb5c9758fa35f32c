"""One request of a phone, and what of a form it brings is not sent yet. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.workshops import POLLS, Room, Round, StepKind
from survey.phone.sent import Fields, dots_field
from survey.wording import Wording

_NOTHING = {"idea": "", "question": ""}


@dataclass(frozen=True, slots=True)
class Visit:
    """A phone that asks or sends.

    `token`: which one it is, None where its browser sent no cookie of ours along.
    `client`: the address that joining is counted by.
    """

    say: Wording
    room: Room
    token: str | None
    client: str
    fields: Fields

    @property
    def open_round(self) -> Round | None:
        """The round that this form was of, if it is the one that is open now."""
        now = self.room.current
        of_it = now is not None and self.fields.get("round") == str(now.id)
        return now if now and of_it and not now.closed else None

    @property
    def same_step(self) -> bool:
        """Whether what was filled in fits what is asked now."""
        asked = (one.step for one in self.room.rounds if str(one.id) == self.fields.get("round"))
        return next(asked, None) == self.room.workshop.at


def unsent(room: Room, fields: Fields, own: Mapping[str, str]) -> Fields:
    """What was filled in beside what the phone's vote holds; {} if nothing."""
    empty = {**_NOTHING, **_unanswered(room), **own}
    return {name: text for name, text in fields.items() if empty.get(name, text) != text}


def answers_of(room: Room, values: Mapping[str, int]) -> Fields:
    """A vote as the fields of its form."""
    now, step = room.current, room.workshop.step
    if now is not None and step is not None and step.kind is StepKind.DOTS:
        named = {one.key: dots_field(one) for one in now.choices}
        return {named[key]: str(value) for key, value in values.items() if key in named}
    return {item: str(value) for item, value in values.items()}


def _unanswered(room: Room) -> Fields:
    """The fields of the form that is open now, with nothing chosen."""
    now, step = room.current, room.workshop.step
    if now is None or now.closed or step is None:
        return {}
    if step.kind is StepKind.DOTS:
        return {dots_field(one): "0" for one in now.choices}
    return dict.fromkeys(step.items, "") if step.kind in POLLS else {}
