"""Gaps as an HTML table: a row each, named by its group or by its question. No Streamlit."""

from collections.abc import Mapping, Sequence

from data.model import DepartmentPath
from data.results import Group
from scoring.figures import figures
from scoring.gaps import Gap, GapKind
from survey.addresses import department_address
from survey.naming import full_name, question_title, side_name
from survey.overview_table import interval_text
from survey.own import belongs
from survey.results import Results
from survey.sentences import certainty
from survey.tables import render
from survey.wording import Wording

_SMALLEST_P = 0.001
"""Below this, p is told as "< 0.001"."""


def gap_table(
    say: Wording,
    results: Results,
    gaps: Sequence[Gap],
    title: str,
    *,
    by_question: bool = False,
    own: DepartmentPath = (),
) -> str:
    """Gaps in words and numbers; the names of departments lead to their own screens.

    `own`: the department of whoever looks; its rows are marked.
    """
    from_name, to_name = (
        side_name(say, side, results.release) for side in (gaps[0].from_, gaps[0].to)
    )
    return render(
        "gaps.html",
        say=say,
        lines=[_line(say, results, gap, own, by_question=by_question) for gap in gaps],
        title=title,
        first=say("results.column_question" if by_question else "results.column_group"),
        from_name=from_name,
        to_name=to_name if by_question else _today(say, gaps[0]),
    )


def department_links(say: Wording, results: Results, groups: Sequence[Group]) -> str:
    """The way to the screen of each department among these groups; "" where there is none."""
    links = {
        full_name(say, group, results.release): address
        for group in groups
        if (address := department_address(say, results.wave, group))
    }
    return render("ways.html", say=say, links=links) if links else ""


def _probability(say: Wording, p: float | None) -> str | None:
    if p is None:
        return None
    return f"< {say.number(_SMALLEST_P, 3)}" if p < _SMALLEST_P else say.number(p, 3)


def _line(
    say: Wording, results: Results, gap: Gap, own: DepartmentPath, *, by_question: bool
) -> Mapping[str, object]:
    group = gap.to.group
    found = figures(results.release, group, gap.question)
    return {
        "name": question_title(say, results.dimensions, gap.question)
        if by_question
        else full_name(say, group, results.release),
        "address": "" if by_question else department_address(say, results.wave, group),
        "own": not by_question and belongs(group, own),
        "from_mean": say.number(gap.from_.mean, 2),
        "to_mean": say.number(gap.to.mean, 2),
        "interval": interval_text(say, found.interval),
        "size": say.number(gap.size, 2, signed=True),
        "effect": None if gap.effect is None else say.number(gap.effect, 2, signed=True),
        "p": _probability(say, gap.p_claim),
        "sure": gap.may_claim,
        "certainty": certainty(say, gap),
        "n": " / ".join(say.number(n, 0) for n in (gap.from_.valid, gap.to.valid) if n),
    }


def _today(say: Wording, gap: Gap) -> str:
    return say("side.department" if gap.kind is GapKind.DEPARTMENT else "side.now")
