"""Measures as a file, with what became of their gaps. No Streamlit."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from data.measures import Measure
from data.model import Wave
from survey.exporting import spreadsheet_cell
from survey.extracts import Row
from survey.measures import Agreed
from survey.outcomes import Standing, outcome, standing
from survey.results import Results

COLUMNS = (
    "wave",
    "wave_title",
    "group",
    "dimension",
    "what",
    "responsible",
    "due",
    "state",
    "mean_then",
    "target_then",
    "mean_now",
    "target_now",
    "comparable",
    "compared",
    "p_holm",
    "may_claim",
    "workshop",
    "workshop_title",
)


def as_csv(
    found: Sequence[Agreed],
    results: Callable[[Wave], Results],
    now: Wave,
    workshops: Mapping[str, str],
) -> str:
    """CSV (RFC 4180, comma, UTF-8), unrounded; a cell is empty where a figure is withheld.

    `now`: the wave that is looked at; what was agreed after it has nothing to be
    compared with yet, and what no wave came before has no figure of then.
    `workshops`: their titles by their codes. What a spreadsheet would run as a formula
    gets an apostrophe.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for one in found:
        for measure in one.measures:
            then = results(one.wave) if one.wave else None
            row = {
                **_plan(measure, one.wave, now),
                **_figures(measure, then, results(now)),
                "workshop": measure.workshop,
                "workshop_title": workshops.get(measure.workshop, ""),
            }
            writer.writerow({name: spreadsheet_cell(value) for name, value in row.items()})
    return text.getvalue()


def _plan(measure: Measure, wave: Wave | None, now: Wave) -> Row:
    plan = measure.plan
    return {
        "wave": wave.code if wave else "",
        "wave_title": wave.title if wave else "",
        "group": now.organisation.separator.join(plan.path),
        "dimension": plan.dimension,
        "what": plan.what,
        "responsible": plan.responsible,
        "due": plan.due.isoformat(),
        "state": plan.state.value,
    }


def _figures(measure: Measure, then: Results | None, now: Results) -> Row:
    plan = measure.plan
    if then is None:
        return _standing("now", standing(now, plan.path, plan.dimension))
    if then.wave.code == now.wave.code:
        return _standing("then", standing(then, plan.path, plan.dimension))
    found = outcome(plan, then, now)
    row = {**_standing("then", found.then), **_standing("now", found.now)}
    row |= {"comparable": found.same, "compared": found.compared}
    if found.trend:
        row |= {"p_holm": found.trend.p_claim, "may_claim": found.trend.may_claim}
    return row


def _standing(when: str, found: Standing | None) -> Row:
    if found is None:
        return {}
    return {f"mean_{when}": found.mean, f"target_{when}": found.target}
