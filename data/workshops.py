"""The values of workshops: what a room votes on together, and what came of it.

Imports `data.model` only.

workshop (planned → running → ended) ─ step ─ round (open → closed) ─ tally
├ contribution (an idea, or a question to the facilitator)
└ room (what everybody's screen shows now)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from data.model import CANT_JUDGE, SCALE, Organisation

CODE_SIGNS = "34679CDFGHJKMNPRTWXY"
"""What codes of workshops are made of: nothing that looks like something else, and no vowels."""

CODE_LENGTH = 6

LONGEST_CONTRIBUTION = 280
"""Characters of an idea or a question."""

MOST_CONTRIBUTIONS = 2000
"""Ideas and questions of one workshop."""

MOST_PHONES = 1000
"""Phones in one workshop."""

MOST_DOTS = 10


class StepKind(StrEnum):
    """What the room does in a step."""

    WELCOME = "welcome"
    GUESS = "guess"
    RESULT = "result"
    VOTE = "vote"
    TALK = "talk"
    REVOTE = "revote"
    QUESTIONS = "questions"
    IDEAS = "ideas"
    DOTS = "dots"
    MEASURES = "measures"
    CLOSING = "closing"


POLLS = frozenset({StepKind.GUESS, StepKind.VOTE, StepKind.REVOTE})
"""Steps in which phones answer items on the scale."""

IN_ROUNDS = POLLS | {StepKind.IDEAS, StepKind.DOTS}
"""Steps in which phones send something, in rounds that the facilitator closes."""


class WorkshopState(StrEnum):
    """Where a workshop stands. Ended goes back to running, planned never comes back."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the agenda.

    `id`: unique in its workshop. `dimension`: the id of the one it is about, "" where
    it is about all. `items`: what a poll asks. `minutes`: planned. `notes`: what the
    facilitator wrote for themselves; "" has the house's own. `skipped`: arrows pass it by.
    """

    id: int
    kind: StepKind
    dimension: str = ""
    items: tuple[str, ...] = ()
    minutes: int = 5
    notes: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class WorkshopPlan:
    """What a consultant decides before the room meets.

    `smallest_group`: below so many votes nothing is revealed. `dots`: how many each
    phone may give.
    """

    title: str
    steps: tuple[Step, ...]
    instrument: str
    smallest_group: int
    dots: int = 3


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop as it is kept.

    `wave`: the code of the released wave it starts from, "" where it starts from
    nothing. `day`: it began on, or went on again after its end. `at`: the id of the
    present step, 0 before it begins. `timer_ends`: with a time zone, None where no
    timer runs. `version`: grows whenever phones have something new to show. `phones`:
    how many joined.
    """

    id: int
    code: str
    organisation: Organisation
    wave: str
    plan: WorkshopPlan
    state: WorkshopState
    day: date | None
    at: int
    timer_ends: datetime | None
    version: int
    phones: int

    @property
    def step(self) -> Step | None:
        """The present step; None before the workshop begins."""
        return next((step for step in self.plan.steps if step.id == self.at), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a dot can be given to."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Round:
    """One time that a step was asked; the first has number 1.

    `voters`: phones that voted, or contributions that came, so far or until it was
    closed. `choices`: what dots can be given to.
    """

    id: int
    step: int
    number: int
    closed: bool
    voters: int
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """What everybody's screen shows now: the workshop with all rounds there were."""

    workshop: Workshop
    rounds: tuple[Round, ...]

    def latest(self, step: Step | None) -> Round | None:
        """The round of a step that was asked last; None where it has not been asked."""
        found = [one for one in self.rounds if step is not None and one.step == step.id]
        return max(found, key=lambda one: one.number, default=None)

    @property
    def current(self) -> Round | None:
        """The latest round of the present step."""
        return self.latest(self.workshop.step)


Tally = Mapping[str, Mapping[int, int]]
"""What a closed round counted: item → value 0…5 → phones; of dots: choice → {1: dots given}.

An item that fewer than k phones rated is not in it.
"""


@dataclass(frozen=True, slots=True)
class Contribution:
    """An idea, or a question to the facilitator. Whose it is nobody knows.

    `step`: where an idea was asked for, 0 of a question. `shown`: on the wall.
    `group`: the name of the heap that it was put on, "" for none.
    """

    id: str
    step: int
    text: str
    shown: bool = False
    group: str = ""


def fits(step: Step, asked: Round, dots: int, values: Mapping[str, int]) -> bool:
    """Whether a phone may vote so in a round of a step.

    In a poll on its items, on the scale. With dots on its choices, each at least
    one, together no more than there are. Nothing at all takes a vote back.
    """
    if step.kind in POLLS:
        return all(one in step.items for one in values) and all(
            value in (CANT_JUDGE, *SCALE) for value in values.values()
        )
    if step.kind is StepKind.DOTS:
        keys = {choice.key for choice in asked.choices}
        given = values.values()
        return keys.issuperset(values) and all(one > 0 for one in given) and sum(given) <= dots
    return False


def kept_counts(counts: Tally, voters: int, smallest: int) -> Tally:
    """What a poll's round may keep and show of its counts; {}: nothing.

    METHOD §4: n ≥ k, of those who voted and, of each item, of those who could judge.
    A unanimous vote is kept: the room sees itself, and is told so before.
    """
    if voters < smallest:
        return {}
    valid = {
        item: sum(n for value, n in values.items() if value != CANT_JUDGE)
        for item, values in counts.items()
    }
    return {item: values for item, values in counts.items() if valid[item] >= smallest}
