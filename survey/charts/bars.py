"""Gaps as bars around zero, a row each. No Streamlit."""

import html
from collections.abc import Sequence

import plotly.graph_objects as go

from data.model import DepartmentPath
from scoring.gaps import Gap
from survey.charts.look import LIGHT, TEXT_SIZE, Look, dress
from survey.naming import full_name, group_name, side_name
from survey.own import belongs
from survey.results import Results
from survey.sentences import certainty
from survey.wording import Wording

_ROW_HEIGHT = 30
_AROUND = 110


def gap_chart(
    say: Wording,
    results: Results,
    gaps: Sequence[Gap],
    *,
    own: DepartmentPath = (),
    look: Look = LIGHT,
) -> go.Figure:
    """Each group against the other side, in the order given, from the top down.

    `own`: the department of whoever looks; the names of its groups are bold.

    Bars are differences of means in points of the five-point scale; hatched where
    a difference is not sure.
    """
    figure = go.Figure(_bars(say, results, gaps, look))
    dress(figure, look, say, height=_AROUND + _ROW_HEIGHT * len(gaps))
    return figure.update_layout(
        showlegend=False,
        bargap=0.35,
        xaxis=_points_axis(gaps, say, look),
        yaxis={
            "tickvals": list(range(len(gaps))),
            "ticktext": [_label(say, results, gap, own) for gap in gaps],
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
        },
    )


def _bars(say: Wording, results: Results, gaps: Sequence[Gap], look: Look) -> go.Bar:
    return go.Bar(
        x=[gap.size for gap in gaps],
        y=list(range(len(gaps))),
        orientation="h",
        marker={
            "color": [look.worse if gap.size < 0 else look.better for gap in gaps],
            "pattern": {"shape": ["" if gap.may_claim else "/" for gap in gaps], "solidity": 0.4},
        },
        text=[say.number(gap.size, 2, signed=True) for gap in gaps],
        textposition="outside",
        textfont={"color": look.ink, "size": TEXT_SIZE},
        cliponaxis=False,
        hovertext=[_hover(say, results, gap) for gap in gaps],
        hoverinfo="text",
        name=say("gaps.series"),
    )


def _points_axis(gaps: Sequence[Gap], say: Wording, look: Look) -> dict[str, object]:
    """As far to the left as to the right, with room for the numbers beside the bars."""
    reach = max((abs(gap.size) for gap in gaps), default=0.0) * 1.6 or 1.0
    return {
        "range": [-reach, reach],
        "title": {"text": say("gaps.axis")},
        "zeroline": True,
        "zerolinewidth": 2,
        "zerolinecolor": look.ink,
        "gridcolor": look.line,
        "fixedrange": True,
        "tickformat": "+.1f",
    }


def _label(say: Wording, results: Results, gap: Gap, own: DepartmentPath) -> str:
    """A group's own name, shortened where it would take the chart's room."""
    group = gap.to.group
    name = (full_name if group.member is False else group_name)(say, group, results.release)
    label = _plain(name if len(name) <= 24 else f"{name[:23]}…")
    return f"<b>{label}</b>" if belongs(group, own) else label


def _plain(text: str) -> str:
    """A name as Plotly shows it letter by letter, without reading it as HTML."""
    return html.escape(text, quote=False)


def _hover(say: Wording, results: Results, gap: Gap) -> str:
    return say(
        "gaps.hover",
        path=_plain(full_name(say, gap.to.group, results.release)),
        size=say.number(gap.size, 2, signed=True),
        side=_plain(side_name(say, gap.from_, results.release)),
        people=gap.to.valid,
        sure=certainty(say, gap),
    )
