"""What steps, choices and the workshop's loop are called, and what is asked, as it is spoken here.

An instrument that does not speak the language asked for is told in its first one.
"""

from collections.abc import Mapping
from enum import StrEnum

from data.model import Dimension, Instrument
from data.workshops import Choice, Step, StepKind, WorkshopState
from survey.wording import Wording
from survey.workshop.acts import DIMENSION

_KINDS: Mapping[StepKind, str] = {
    StepKind.WELCOME: "workshop.kind_welcome",
    StepKind.GUESS: "workshop.kind_guess",
    StepKind.RESULT: "workshop.kind_result",
    StepKind.VOTE: "workshop.kind_vote",
    StepKind.TALK: "workshop.kind_talk",
    StepKind.REVOTE: "workshop.kind_revote",
    StepKind.QUESTIONS: "workshop.kind_questions",
    StepKind.IDEAS: "workshop.kind_ideas",
    StepKind.DOTS: "workshop.kind_dots",
    StepKind.MEASURES: "workshop.kind_measures",
    StepKind.CLOSING: "workshop.kind_closing",
}

_STATES: Mapping[WorkshopState, str] = {
    WorkshopState.PLANNED: "workshop.state_planned",
    WorkshopState.RUNNING: "workshop.state_running",
    WorkshopState.ENDED: "workshop.state_ended",
}


class Phase(StrEnum):
    """Where the room is in the loop that measures go through, too."""

    SHARE = "share"
    IMPROVE = "improve"
    CARRY_OUT = "carry_out"


_IMPROVING = frozenset({StepKind.REVOTE, StepKind.IDEAS, StepKind.DOTS})
_CARRYING_OUT = frozenset({StepKind.MEASURES, StepKind.CLOSING})
_PHASES: Mapping[Phase, str] = {
    Phase.SHARE: "workshop.phase_share",
    Phase.IMPROVE: "workshop.phase_improve",
    Phase.CARRY_OUT: "workshop.phase_carry_out",
}


def kind_name(say: Wording, kind: StepKind) -> str:
    """What happens in such a step."""
    return say(_KINDS[kind])


def step_name(say: Wording, step: Step, instrument: Instrument) -> str:
    """What happens in a step, and with which dimension."""
    kind = kind_name(say, step.kind)
    if not step.dimension:
        return kind
    title = dimension_name(say, step.dimension, instrument)
    return say("workshop.step_of", kind=kind, dimension=title)


def dimension_name(say: Wording, dimension: str, instrument: Instrument) -> str:
    """A dimension's title."""
    title = _dimension(dimension, instrument).title
    return say.spelled(title[instrument.spoken(say.language)])


def question_of(say: Wording, dimension: str, instrument: Instrument) -> str:
    """What a dimension asks."""
    question = _dimension(dimension, instrument).question
    return say.spelled(question[instrument.spoken(say.language)])


def statement(say: Wording, item: str, instrument: Instrument) -> str:
    """What people vote on, by the item's id."""
    found = next(one for one in instrument.items() if one.id == item)
    return say.spelled(found.text[instrument.spoken(say.language)])


def scale_labels(say: Wording, instrument: Instrument) -> tuple[str, ...]:
    """What the points of the scale are called, the lowest first."""
    return tuple(map(say.spelled, instrument.scale[instrument.spoken(say.language)]))


def cant_judge_label(say: Wording, instrument: Instrument) -> str:
    """What the answer beside the scale is called."""
    return say.spelled(instrument.cant_judge[instrument.spoken(say.language)])


def choice_name(say: Wording, choice: Choice, instrument: Instrument) -> str:
    """What a dot can be given to, in words."""
    if choice.key.startswith(f"{DIMENSION} "):
        return dimension_name(say, choice.title, instrument)
    return choice.title


def state_name(say: Wording, state: WorkshopState) -> str:
    """Where a workshop stands."""
    return say(_STATES[state])


def phase_of(step: Step) -> Phase:
    """Where in the loop a step is."""
    if step.kind in _CARRYING_OUT:
        return Phase.CARRY_OUT
    return Phase.IMPROVE if step.kind in _IMPROVING else Phase.SHARE


def phase_name(say: Wording, phase: Phase) -> str:
    """What a part of the loop is called."""
    return say(_PHASES[phase])


def _dimension(id_: str, instrument: Instrument) -> Dimension:
    return next(one for one in instrument.dimensions if one.id == id_)
