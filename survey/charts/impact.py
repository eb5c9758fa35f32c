"""Where a step moves most: points below target by people, a dot a place and question."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from scoring.priorities import Priority
from survey.charts.look import TEXT_SIZE, Look, dress
from survey.wording import Wording

_HEIGHT = 460
_NUMBERED = 10
"""Dots that carry their place in the list."""
_POINTS_OF_A_CURVE = 40


def impact_chart(
    say: Wording, shown: Sequence[Priority], names: Sequence[str], look: Look
) -> go.Figure:
    """Priorities as dots, the heaviest numbered as in the list; `names`: of each, for pointing at.

    The dotted lines join what weighs the same as the first, and half of it.
    """
    far = 1.15 * max(-priority.gap.size for priority in shown)
    high = 1.15 * max(priority.people for priority in shown)
    heaviest = shown[0].weight
    figure = go.Figure(
        [
            *(_same_weight(weight, far, high, look) for weight in (heaviest, heaviest / 2)),
            _dots(say, shown, names, look),
        ]
    )
    dress(figure, look, say, height=_HEIGHT)
    return figure.update_layout(
        showlegend=False,
        xaxis=_axis(say("impact.axis_points"), far, look) | {"tickformat": ".1f"},
        yaxis=_axis(say("impact.axis_people"), high, look) | {"automargin": True},
    )


def _dots(say: Wording, shown: Sequence[Priority], names: Sequence[str], look: Look) -> go.Scatter:
    inside = [look.ink if priority.gap.may_claim else look.paper for priority in shown]
    return go.Scatter(
        x=[-priority.gap.size for priority in shown],
        y=[priority.people for priority in shown],
        mode="markers+text",
        marker={"size": 12, "color": inside, "line": {"color": look.ink, "width": 2}},
        text=[say.number(n, 0) if n <= _NUMBERED else "" for n in range(1, len(shown) + 1)],
        textposition="top center",
        textfont={"color": look.ink, "size": TEXT_SIZE},
        cliponaxis=False,
        hovertext=names,
        hoverinfo="text",
    )


def _same_weight(weight: float, far: float, high: float, look: Look) -> go.Scatter:
    points = np.linspace(weight / high, far, _POINTS_OF_A_CURVE)
    return go.Scatter(
        x=[round(float(x), 3) for x in points],
        y=[round(weight / float(x), 2) for x in points],
        mode="lines",
        line={"color": look.soft, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )


def _axis(title: str, reach: float, look: Look) -> dict[str, object]:
    return {
        "title": {"text": title},
        "range": [0, reach],
        "gridcolor": look.line,
        "zerolinecolor": look.ink,
        "fixedrange": True,
    }
