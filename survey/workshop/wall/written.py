"""Steps about what people write: questions, ideas, and the dots these get."""

from markupsafe import Markup

from data.workshops import Round, Step
from survey.workshop.findings import closed, dots_given
from survey.workshop.heaps import heaps
from survey.workshop.wall.filling import fill
from survey.workshop.wall.scene import Scene, revealed
from survey.workshop.wall.votes import progress
from survey.workshop.words import choice_name

DENSE, DENSER = 8, 24
"""From so many texts on, they are set smaller, and smaller still."""

MOST_SINGLE_DOTS = 40
"""More dots than this on one choice are one bar."""


def questions(scene: Scene, _step: Step) -> Markup:
    """The questions from the room that the facilitator has put on the wall."""
    asked = [one for one in scene.written if not one.step and one.shown]
    return fill(
        "cards.html",
        say=scene.say,
        heaps=heaps(asked),
        size=density(len(asked)),
        nothing=scene.say("wall.questions_none"),
        waiting="",
        below=_below(scene, len(asked)),
    )


def ideas(scene: Scene, step: Step) -> Markup:
    """How many came; once closed, those that the facilitator has put on the wall."""
    if revealed(scene, step):
        return _released(scene, step)
    current = scene.room.latest(step)
    came = current.voters if current else 0
    say = scene.say
    return fill(
        "collecting.html",
        prompt=say("wall.ideas_prompt"),
        came=say.count("wall.ideas_came", came),
        hint=say("wall.ideas_hint"),
    )


def _released(scene: Scene, step: Step) -> Markup:
    mine = [one for one in scene.written if one.step == step.id]
    shown = [one for one in mine if one.shown]
    hidden = len(mine) - len(shown)
    return fill(
        "cards.html",
        say=scene.say,
        heaps=heaps(shown),
        size=density(len(shown)),
        nothing=scene.say("wall.ideas_none"),
        waiting=scene.say.count("wall.ideas_waiting", hidden) if hidden else "",
        below=_below(scene, len(shown)),
    )


def _below(scene: Scene, number: int) -> str:
    """That there are more than a wall shows at once; "" where there are not."""
    return scene.say.count("wall.texts_below", number) if number > DENSER else ""


def density(number: int) -> str:
    """How small so many texts are set."""
    if number > DENSER:
        return "denser"
    return "dense" if number > DENSE else ""


def dots(scene: Scene, step: Step) -> Markup:
    """What can be chosen from, or where the dots went."""
    latest = closed(scene.room, step)
    if latest is not None and revealed(scene, step):
        return _given(scene, latest)
    current = scene.room.latest(step)
    choices = current.choices if current else ()
    return fill(
        "choices.html",
        hint=scene.say.count("wall.dots_each", scene.workshop.plan.dots),
        choices=[choice_name(scene.say, one, scene.instrument) for one in choices],
        size=density(len(choices)),
        progress=progress(scene, current) if current else "",
    )


def _given(scene: Scene, latest: Round) -> Markup:
    given = dots_given(latest, scene.tallies.get(latest.id, {}))
    most = max((number for _, number in given), default=0)
    lines = [
        {
            "title": choice_name(scene.say, choice, scene.instrument),
            "number": number,
            "width": round(100 * number / most, 1) if most else 0,
            "each": round(100 / number, 3) if number else 0,
        }
        for choice, number in given
    ]
    return fill(
        "dots.html",
        say=scene.say,
        lines=lines,
        size=density(len(lines)),
        most=most,
        single=most <= MOST_SINGLE_DOTS,
        voters=scene.say.count("wall.dots_voters", latest.voters),
    )
