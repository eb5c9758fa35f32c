"""The whole wall: what is the same in every step, and what this step shows."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from data.workshops import Step, StepKind, WorkshopState
from survey.workshop.joining import door
from survey.workshop.pace import agenda, place
from survey.workshop.wall import people, survey_result, votes, written
from survey.workshop.wall.filling import fill
from survey.workshop.wall.scene import Scene
from survey.workshop.words import Phase, phase_name, phase_of, step_name

_DRAWN: Mapping[StepKind, Callable[[Scene, Step], Markup]] = {
    StepKind.WELCOME: people.welcome,
    StepKind.GUESS: votes.draw,
    StepKind.RESULT: survey_result.draw,
    StepKind.VOTE: votes.draw,
    StepKind.TALK: people.talk,
    StepKind.REVOTE: votes.draw,
    StepKind.QUESTIONS: written.questions,
    StepKind.IDEAS: written.ideas,
    StepKind.DOTS: written.dots,
    StepKind.MEASURES: people.measures,
    StepKind.CLOSING: people.closing,
}

_WITH_DOOR = frozenset({StepKind.WELCOME, StepKind.CLOSING})
"""Steps that show the way in large already."""


def paint(scene: Scene) -> str:
    """What the room sees now, as HTML."""
    step, say = scene.step, scene.say
    return fill(
        "wall.html",
        say=say,
        language=say.tag,
        heading=_heading(scene),
        phases=_phases(scene) if step else [],
        place=_place(scene),
        door=_corner(scene) if step and step.kind not in _WITH_DOOR else None,
        body=_body(scene),
        timed=scene.workshop.timer_ends is not None and step is not None,
    )


def _heading(scene: Scene) -> str:
    """What happens now; before and after the workshop what it is called."""
    if scene.step is None:
        return scene.workshop.plan.title
    return step_name(scene.say, scene.step, scene.instrument)


def _phases(scene: Scene) -> list[tuple[str, bool]]:
    """The loop, with where in it the room is."""
    now = phase_of(scene.step) if scene.step else None
    return [(phase_name(scene.say, phase), phase is now) for phase in Phase]


def _place(scene: Scene) -> str:
    """Which of how many steps this is; "" before and after the workshop."""
    if scene.step is None:
        return ""
    of = len(agenda(scene.workshop))
    return scene.say("workshop.place", number=place(scene.workshop), of=of)


def _corner(scene: Scene) -> dict[str, str]:
    """The way in for those who come later."""
    joined = scene.say.count("wall.joined", scene.workshop.phones)
    return {**door(scene.origin, scene.workshop.code), "joined": joined}


def _body(scene: Scene) -> Markup:
    if scene.workshop.state is WorkshopState.ENDED:
        return people.ended(scene)
    step = scene.step
    return people.planned(scene) if step is None else _DRAWN[step.kind](scene, step)
