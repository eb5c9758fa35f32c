"""What a workshop leaves behind: votes, priorities, ideas and measures. No Streamlit.

Only what was revealed and stood on the wall: an open round is not in it, nor what
the facilitator did not show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from data.measures import Measure
from data.model import Dimension, Instrument, Wave
from data.questionnaires import load_instrument
from data.results import Histogram
from data.store import Store
from data.workshops import (
    IN_ROUNDS,
    POLLS,
    Choice,
    Contribution,
    Room,
    Round,
    Step,
    StepKind,
    Tally,
    Workshop,
)
from scoring.release import ORGANISATION
from survey.measures import of_workshop
from survey.workshop.acts import IDEA
from survey.workshop.findings import closed_rounds, dots_given, histogram_of
from survey.workshop.heaps import heaps


@dataclass(frozen=True, slots=True)
class Poll:
    """A revealed round. `counted`: item → answers; None where fewer than k could judge."""

    step: Step
    round: Round
    counted: Mapping[str, Histogram | None]


@dataclass(frozen=True, slots=True)
class Dots:
    """A revealed round of dots, most first. A choice without a title was taken off the wall."""

    round: Round
    given: tuple[tuple[Choice, int], ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """What was shown of what people wrote, as it lay there (`survey.workshop.heaps`).

    `unshown`: how many texts stood on no wall.
    """

    heaps: Mapping[str, tuple[str, ...]]
    unshown: int


@dataclass(frozen=True, slots=True)
class Protocol:
    """What took part, and what came of it.

    `wave`: what the workshop started from, if anything; `survey`: what that says of the
    whole organisation, item by item. `polls`: in the agenda's order, round by round.
    """

    room: Room
    instrument: Instrument
    wave: Wave | None
    survey: Mapping[str, Histogram]
    measures: tuple[Measure, ...]
    polls: tuple[Poll, ...]
    dots: tuple[Dots, ...]
    ideas: Wall
    questions: Wall

    @property
    def workshop(self) -> Workshop:
        """Whose protocol it is."""
        return self.room.workshop

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Those that were voted on, in the order in which they were talked about."""
        by_id = {dimension.id: dimension for dimension in self.instrument.dimensions}
        voted = (poll.step.dimension for poll in self.polls)
        return tuple(by_id[one] for one in dict.fromkeys(voted) if one in by_id)

    def votes(self, dimension: Dimension) -> tuple[Poll, ...]:
        """The votes and re-votes on a dimension, in the order they were asked."""
        return tuple(poll for poll in self.polls if poll.step.dimension == dimension.id)

    @property
    def guesses(self) -> tuple[Poll, ...]:
        """Rounds in which the room guessed what the survey said."""
        return tuple(poll for poll in self.polls if poll.step.kind is StepKind.GUESS)

    @property
    def without_result(self) -> tuple[Step, ...]:
        """Steps of the agenda that ask for something, and of which no round was closed."""
        return tuple(s for s in self._asking if not s.skipped and s.id not in self._closed)

    @property
    def skipped(self) -> tuple[Step, ...]:
        """Steps that were passed by, and never asked."""
        steps = self.workshop.plan.steps
        return tuple(step for step in steps if step.skipped and step.id not in self._closed)

    @property
    def open_step(self) -> Step | None:
        """The step whose round is open now."""
        open_now = {one.step for one in self.room.rounds if not one.closed}
        return next((step for step in self._asking if step.id in open_now), None)

    @property
    def _asking(self) -> tuple[Step, ...]:
        return tuple(step for step in self.workshop.plan.steps if step.kind in IN_ROUNDS)

    @property
    def _closed(self) -> frozenset[int]:
        return frozenset(one.step for one in self.room.rounds if one.closed)


def protocol_of(store: Store, room: Room) -> Protocol:
    """What came of a workshop so far."""
    workshop = room.workshop
    wave = store.waves.find(workshop.wave) if workshop.wave else None
    release = store.releases.load(wave) if wave else None
    tallies = store.workshops.tallies(workshop)
    written = store.workshops.contributions(workshop)
    return Protocol(
        room=room,
        instrument=load_instrument(workshop.plan.instrument),
        wave=wave,
        survey=release.histograms.get(ORGANISATION, {}) if release else {},
        measures=of_workshop(store, workshop),
        polls=tuple(_polls(room, tallies)),
        dots=tuple(_dots(room, tallies, written)),
        ideas=_wall(one for one in written if one.step),
        questions=_wall(one for one in written if not one.step),
    )


def _polls(room: Room, tallies: Mapping[int, Tally]) -> Iterable[Poll]:
    for step, one in _closed_rounds(room):
        if step.kind in POLLS:
            counts = tallies.get(one.id, {})
            yield Poll(step, one, {item: histogram_of(counts.get(item)) for item in step.items})


def _dots(
    room: Room, tallies: Mapping[int, Tally], written: Iterable[Contribution]
) -> Iterable[Dots]:
    """An idea that was taken off the wall after it got dots has no title any more."""
    hidden = {f"{IDEA} {one.id}" for one in written if not one.shown}
    for step, one in _closed_rounds(room):
        if step.kind is StepKind.DOTS:
            given = dots_given(one, tallies.get(one.id, {}))
            shown = ((replace(c, title="") if c.key in hidden else c, dots) for c, dots in given)
            yield Dots(one, tuple(shown))


def _closed_rounds(room: Room) -> Iterable[tuple[Step, Round]]:
    """In the agenda's order, then as they were asked."""
    for step in room.workshop.plan.steps:
        yield from ((step, one) for one in closed_rounds(room, step))


def _wall(written: Iterable[Contribution]) -> Wall:
    texts = tuple(written)
    shown = [one for one in texts if one.shown]
    return Wall(heaps(shown), len(texts) - len(shown))
