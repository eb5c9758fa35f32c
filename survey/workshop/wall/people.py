"""Steps in which people arrive, talk, ask and agree."""

from markupsafe import Markup

from data.measures import Measure
from data.workshops import Step
from survey.workshop.joining import door
from survey.workshop.wall.filling import fill
from survey.workshop.wall.scene import Scene
from survey.workshop.words import dimension_name, question_of

_PROMPTS = {
    "customer_perspective": (
        "wall.talk_customer_1",
        "wall.talk_customer_2",
        "wall.talk_customer_3",
    ),
    "employee_orientation": (
        "wall.talk_employees_1",
        "wall.talk_employees_2",
        "wall.talk_employees_3",
    ),
    "top_down_bottom_up": ("wall.talk_levels_1", "wall.talk_levels_2", "wall.talk_levels_3"),
    "back_office_involvement": ("wall.talk_areas_1", "wall.talk_areas_2", "wall.talk_areas_3"),
    "systematic_ownership": ("wall.talk_owner_1", "wall.talk_owner_2", "wall.talk_owner_3"),
}
_OTHERWISE = ("wall.talk_1", "wall.talk_2", "wall.talk_3")


def planned(scene: Scene) -> Markup:
    """Before the workshop begins: where everybody will go."""
    return fill("doorway.html", say=scene.say, hint=scene.say("wall.planned"), **_door(scene))


def welcome(scene: Scene, _step: Step) -> Markup:
    """The way in, and what is promised to those who come in."""
    say = scene.say
    smallest = scene.workshop.plan.smallest_group
    rules = (
        say("wall.rule_voluntary"),
        say("wall.rule_counts"),
        say("wall.rule_smallest", smallest=smallest),
        say("wall.rule_unanimous"),
        say("wall.rule_nameless"),
    )
    joined = say.count("wall.joined", scene.workshop.phones)
    return fill("doorway.html", say=say, hint="", rules=rules, joined=joined, **_door(scene))


def ended(scene: Scene) -> Markup:
    """After the workshop: where what was agreed can still be read."""
    return _farewell(scene, scene.say("wall.ended"))


def talk(scene: Scene, step: Step) -> Markup:
    """A dimension's question, and what to begin with."""
    say = scene.say
    about = step.dimension
    question = question_of(say, about, scene.instrument) if about else ""
    prompts = [say(key) for key in _PROMPTS.get(about, _OTHERWISE)]
    return fill("talk.html", say=say, question=question, prompts=prompts)


def measures(scene: Scene, _step: Step) -> Markup:
    """What has been agreed so far."""
    return fill(
        "measures.html",
        say=scene.say,
        hint=scene.say("wall.measures_hint"),
        measures=[_measure(scene, one) for one in scene.measures],
    )


def closing(scene: Scene, _step: Step) -> Markup:
    """Thanks, what was agreed, and how it goes on."""
    return _farewell(scene, scene.say("wall.thanks"))


def _farewell(scene: Scene, first: str) -> Markup:
    agreed = len(scene.measures)
    return fill("closing.html", say=scene.say, first=first, agreed=agreed, **_door(scene))


def _measure(scene: Scene, measure: Measure) -> dict[str, str]:
    plan = measure.plan
    return {
        "dimension": dimension_name(scene.say, plan.dimension, scene.instrument),
        "what": plan.what,
        "responsible": plan.responsible,
        "due": scene.say.day(plan.due),
    }


def _door(scene: Scene) -> dict[str, str]:
    return door(scene.origin, scene.workshop.code)
