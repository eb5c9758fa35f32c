"""One look at a workshop: all that a wall shows, read at one moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from data.measures import Measure
from data.model import Instrument
from data.questionnaires import load_instrument
from data.store import Store
from data.workshops import Contribution, Room, Step, StepKind, Tally, Workshop, WorkshopState
from survey.measures import of_workshop
from survey.results import Results
from survey.wording import Wording, wording_for
from survey.workshop.words import statement

_READ_OUT = frozenset({StepKind.QUESTIONS, StepKind.IDEAS})
_AGREED = frozenset({StepKind.MEASURES, StepKind.CLOSING})


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn.

    `origin`: the address phones reach this server at. `written` and `measures`: empty
    where the step shows none. `results`: None where it shows none, or there are none.
    """

    say: Wording
    room: Room
    instrument: Instrument
    origin: str
    tallies: Mapping[int, Tally] = field(default_factory=dict)
    written: tuple[Contribution, ...] = ()
    measures: tuple[Measure, ...] = ()
    results: Results | None = None

    @property
    def workshop(self) -> Workshop:
        """The workshop that is looked at."""
        return self.room.workshop

    @property
    def step(self) -> Step | None:
        """The step that is shown; None before the workshop begins and after it has ended."""
        running = self.workshop.state is WorkshopState.RUNNING
        return self.workshop.step if running else None

    def statement(self, item: str) -> str:
        """What people vote on."""
        return statement(self.say, item, self.instrument)


def look(
    store: Store,
    language: str,
    room: Room,
    origin: str,
    results_of: Callable[[str], Results],
) -> Scene:
    """What the wall needs for its present step, and nothing else.

    `results_of`: the results of a released wave by its code; asked only where they are shown.
    """
    workshop = room.workshop
    kind = workshop.step.kind if workshop.step else None
    of_survey = workshop.wave and kind is StepKind.RESULT
    shows_agreed = kind in _AGREED or workshop.state is WorkshopState.ENDED
    return Scene(
        say=wording_for(workshop.organisation, language),
        room=room,
        instrument=load_instrument(workshop.plan.instrument),
        origin=origin,
        tallies=store.workshops.tallies(workshop),
        written=store.workshops.contributions(workshop) if kind in _READ_OUT else (),
        measures=of_workshop(store, workshop) if shows_agreed else (),
        results=results_of(workshop.wave) if of_survey else None,
    )


def revealed(scene: Scene, step: Step) -> bool:
    """Whether a step's latest round is closed, so that the wall shows what it counted."""
    latest = scene.room.latest(step)
    return latest is not None and latest.closed
