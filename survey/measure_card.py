"""A measure as HTML: what was agreed, and what became of its gap. No Streamlit."""

from collections.abc import Iterable
from datetime import date

from data.measures import Measure, Plan
from data.model import Dimension
from survey.outcomes import outcome, outcome_sentences, standing, start_sentence
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


def measure_card(say: Wording, measure: Measure, then: Results, now: Results, today: date) -> str:
    """`then`: the results that it was agreed after; `now`: those that are looked at."""
    told = sentences(say, measure.plan, then, now)
    return plain_card(say, measure, then.dimensions, today, told)


def plain_card(
    say: Wording,
    measure: Measure,
    dimensions: Iterable[Dimension],
    today: date,
    told: Iterable[str] = (),
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
    )


def sentences(say: Wording, plan: Plan, then: Results, now: Results) -> tuple[str, ...]:
    """Where its gap stood, or in a later wave what became of it."""
    if then.wave.code == now.wave.code:
        return (start_sentence(say, standing(then, plan.path, plan.dimension)),)
    return outcome_sentences(say, outcome(plan, then, now))
