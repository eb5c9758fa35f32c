"""A measure as HTML: what was agreed, and what became of its gap. No Streamlit."""

from collections.abc import Iterable
from datetime import date

from data.measures import Measure, Plan
from data.model import Dimension
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.workshops import Workshop
from survey.addresses import protocol_address
from survey.outcomes import (
    outcome,
    outcome_sentences,
    present_sentence,
    standing,
    start_sentence,
)
from survey.results import Results
from survey.tables import render
from survey.wording import Wording


def dimension_title(say: Wording, dimensions: Iterable[Dimension], dimension: str) -> str:
    """What people call one of the dimensions that could be agreed about."""
    titles = {d.id: d.title for d in dimensions}
    return titles[dimension].get(say.language, dimension) if dimension in titles else dimension


def department_name(say: Wording, plan: Plan) -> str:
    """Where a measure is for."""
    return " / ".join(plan.path) or say("group.organisation")


def measure_card(
    say: Wording,
    measure: Measure,
    then: Results | None,
    now: Results,
    today: date,
    workshop: Workshop | None = None,
) -> str:
    """`then`: the results that it was agreed after, if any; `now`: those that are looked at.

    `workshop`: the one that it was agreed in, whose protocol is linked.
    """
    told = sentences(say, measure.plan, then, now)
    return plain_card(say, measure, _dimensions(then, now), today, told, workshop)


def plain_card(
    say: Wording,
    measure: Measure,
    dimensions: Iterable[Dimension],
    today: date,
    told: Iterable[str] = (),
    workshop: Workshop | None = None,
) -> str:
    """What was agreed. `dimensions`: what could be agreed about; `told`: sentences below it."""
    plan = measure.plan
    return render(
        "measure.html",
        say=say,
        plan=plan,
        late=plan.overdue(today),
        dimension=dimension_title(say, dimensions, plan.dimension),
        department=department_name(say, plan),
        sentences=told,
        workshop=workshop.plan.title if workshop else "",
        protocol=protocol_address(say, workshop) if workshop else "",
    )


def _dimensions(then: Results | None, now: Results) -> Iterable[Dimension]:
    """What a measure may be about: of a wave, or the house's own questions."""
    if then:
        return then.dimensions
    return (*load_instrument(FIVE_QUESTIONS).dimensions, *now.dimensions)


def sentences(say: Wording, plan: Plan, then: Results | None, now: Results) -> tuple[str, ...]:
    """Where its gap stood, or in a later wave what became of it.

    Of one that no wave came before, where its place stands in the wave that is looked at.
    """
    if then is None:
        return (present_sentence(say, standing(now, plan.path, plan.dimension)),)
    if then.wave.code == now.wave.code:
        return (start_sentence(say, standing(then, plan.path, plan.dimension)),)
    return outcome_sentences(say, outcome(plan, then, now))
