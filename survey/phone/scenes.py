"""What the template of each scene is filled with: the room's present step in a person's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from data.measures import Measure
from data.model import CANT_JUDGE, SCALE, Instrument
from data.questionnaires import load_instrument
from data.workshops import Room, Step, StepKind, Tally
from scoring.histogram import mean
from survey.phone.moment import Scene
from survey.phone.sent import dots_field
from survey.wording import Wording
from survey.workshop.findings import Finding, closed, dots_given, findings
from survey.workshop.words import (
    cant_judge_label,
    choice_name,
    dimension_name,
    question_of,
    scale_labels,
    statement,
)

Values = Mapping[str, object]

_INTROS = {
    StepKind.GUESS: "phone.guess_intro",
    StepKind.VOTE: "phone.vote_intro",
    StepKind.REVOTE: "phone.revote_intro",
    StepKind.RESULT: "phone.result_intro",
    StepKind.TALK: "phone.talk_intro",
}
_HEADINGS = {
    Scene.PLANNED: "phone.heading_planned",
    Scene.JOIN: "phone.heading_join",
    Scene.HERE: "phone.heading_here",
    Scene.POLL_REVEALED: "phone.heading_revealed",
    Scene.QUESTIONS: "phone.heading_questions",
    Scene.IDEAS: "phone.heading_ideas",
    Scene.IDEAS_CLOSED: "phone.heading_ideas_closed",
    Scene.DOTS: "phone.heading_dots",
    Scene.DOTS_REVEALED: "phone.heading_revealed",
    Scene.MEASURES: "phone.heading_measures",
    Scene.ENDED: "phone.heading_ended",
}
_STEPS = {
    StepKind.GUESS: "phone.heading_guess",
    StepKind.VOTE: "phone.heading_vote",
    StepKind.REVOTE: "phone.heading_revote",
    StepKind.RESULT: "phone.heading_result",
    StepKind.TALK: "phone.heading_talk",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A room with what was counted and agreed in it, as far as its scene needs it."""

    room: Room
    scene: Scene
    tallies: Mapping[int, Tally]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """A statement in the language spoken."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class _Revealed:
    """What the room answered to one statement; `level`: None where too few could judge."""

    text: str
    level: str | None
    before: str = ""
    people: str = ""
    bars: tuple[tuple[str, int], ...] = ()
    most: int = 0


def heading(say: Wording, shown: Shown) -> str:
    """What the page is called."""
    step = shown.room.workshop.step
    if shown.scene in _HEADINGS or step is None:
        return say(_HEADINGS[shown.scene])
    if step.dimension:
        return dimension_name(say, step.dimension, _instrument(shown.room))
    return say(_STEPS[step.kind])


def values_of(say: Wording, shown: Shown) -> Values:
    """What fills the scene's template, besides what every page has."""
    found = _FILLING.get(shown.scene)
    return found(say, shown) if found else {}


def _poll(say: Wording, shown: Shown) -> Values:
    step, instrument = _step(shown.room), _instrument(shown.room)
    guess = step.kind is StepKind.GUESS
    return {
        "intro": say(_INTROS[step.kind]),
        "items": [_Item(one, statement(say, one, instrument)) for one in step.items],
        "scale": scale_labels(say, instrument),
        "cant_judge": None if guess else cant_judge_label(say, instrument),
    }


def _poll_revealed(say: Wording, shown: Shown) -> Values:
    instrument = _instrument(shown.room)
    found = findings(shown.room, _step(shown.room), shown.tallies, None)
    return {"revealed": [_revealed(say, instrument, one) for one in found]}


def _revealed(say: Wording, instrument: Instrument, found: Finding) -> _Revealed:
    text, counted = statement(say, found.item, instrument), found.counted
    average = mean(counted) if counted else None
    if counted is None or average is None:
        return _Revealed(text, None)
    scale = scale_labels(say, instrument)
    level = say(
        "overview.level",
        mean=say.number(average, 1),
        most=SCALE[-1],
        label=scale[int(average + 0.5) - SCALE[0]],
    )
    earlier = mean(found.before) if found.before else None
    numbers = [(label, counted.counts[v]) for label, v in zip(scale, SCALE, strict=True)][::-1]
    if counted.cant_judge:
        numbers.append((cant_judge_label(say, instrument), counted.counts[CANT_JUDGE]))
    return _Revealed(
        text,
        level,
        say("phone.before", mean=say.number(earlier, 1)) if earlier is not None else "",
        say.count("phone.voters", counted.respondents),
        tuple(numbers),
        counted.respondents,
    )


def _topic(say: Wording, shown: Shown) -> Values:
    step, about = _step(shown.room), _step(shown.room).dimension
    return {
        "intro": say(_INTROS[step.kind]),
        "question": question_of(say, about, _instrument(shown.room)) if about else "",
    }


def _dots(say: Wording, shown: Shown) -> Values:
    now, instrument = shown.room.current, _instrument(shown.room)
    choices = now.choices if now else ()
    return {
        "choices": [
            {"field": dots_field(one), "name": choice_name(say, one, instrument)} for one in choices
        ]
    }


def _dots_revealed(say: Wording, shown: Shown) -> Values:
    instrument, latest = _instrument(shown.room), closed(shown.room, _step(shown.room))
    given = dots_given(latest, shown.tallies.get(latest.id, {})) if latest else ()
    return {
        "given": [(choice_name(say, one, instrument), number) for one, number in given],
        "most": max((number for _, number in given), default=0),
    }


def _measures(say: Wording, shown: Shown) -> Values:
    instrument = _instrument(shown.room)
    ended = shown.scene is Scene.ENDED
    return {
        "intro": say("phone.measures_ended") if ended else say("phone.measures"),
        "nothing": say("phone.no_measures_ended") if ended else say("phone.no_measures"),
        "measures": [
            {
                "what": one.plan.what,
                "dimension": dimension_name(say, one.plan.dimension, instrument),
                "responsible": one.plan.responsible,
                "due": say.day(one.plan.due),
            }
            for one in shown.measures
        ],
    }


_FILLING: Mapping[Scene, Callable[[Wording, Shown], Values]] = {
    Scene.POLL: _poll,
    Scene.POLL_REVEALED: _poll_revealed,
    Scene.TOPIC: _topic,
    Scene.DOTS: _dots,
    Scene.DOTS_REVEALED: _dots_revealed,
    Scene.MEASURES: _measures,
    Scene.ENDED: _measures,
}


def _instrument(room: Room) -> Instrument:
    return load_instrument(room.workshop.plan.instrument)


def _step(room: Room) -> Step:
    step = room.workshop.step
    assert step is not None, "only a running workshop shows this"  # noqa: S101
    return step
