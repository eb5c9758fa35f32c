"""A measure as HTML: what was agreed, and what became of its gap. No Streamlit."""

from datetime import date

from data.measures import Measure, Plan
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


def dimension_title(say: Wording, results: Results, dimension: str) -> str:
    """What people call a dimension of a wave, or of the house's own questions."""
    house = load_instrument(FIVE_QUESTIONS).dimensions
    titles = {d.id: d.title for d in (*house, *results.dimensions)}
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
    plan = measure.plan
    return render(
        "measure.html",
        say=say,
        plan=plan,
        late=plan.overdue(today),
        dimension=dimension_title(say, then or now, plan.dimension),
        department=department_name(say, plan),
        sentences=sentences(say, plan, then, now),
        workshop=workshop.plan.title if workshop else "",
        protocol=protocol_address(say, workshop) if workshop else "",
    )


def sentences(say: Wording, plan: Plan, then: Results | None, now: Results) -> tuple[str, ...]:
    """Where its gap stood, or in a later wave what became of it.

    Of one that no wave came before, where its place stands in the wave that is looked at.
    """
    if then is None:
        return (present_sentence(say, standing(now, plan.path, plan.dimension)),)
    if then.wave.code == now.wave.code:
        return (start_sentence(say, standing(then, plan.path, plan.dimension)),)
    return outcome_sentences(say, outcome(plan, then, now))
