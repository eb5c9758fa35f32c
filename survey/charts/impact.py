"""Where a step moves most: points below target by people, a dot a place and question."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from scoring.priorities import Priority
from survey.charts.look import TEXT_SIZE, Look, dress
from survey.wording import Wording

_HEIGHT = 460
_NUMBERED = 10
"""Dots that carry their place in the list."""
_POINTS_OF_A_CURVE = 40
_ON_A_PHONE = (310, 370)
"""How wide and high the dots' area is on a phone, in pixels."""
_AROUND: Mapping[str, tuple[float, float]] = {
    "top center": (0, 14),
    "middle right": (14, 0),
    "middle left": (-14, 0),
    "bottom center": (0, -14),
    "top right": (12, 12),
    "top left": (-12, 12),
    "bottom right": (12, -12),
    "bottom left": (-12, -12),
}
"""Where a number may stand beside its dot, best first, and how far away, in pixels."""
_TOO_NEAR = 13
"""Pixels from one number to another, or to a dot, below which they run into each other."""


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
            _dots(say, shown, names, _beside(shown, far, high), look),
        ]
    )
    dress(figure, look, say, height=_HEIGHT)
    return figure.update_layout(
        showlegend=False,
        xaxis=_axis(say("impact.axis_points"), far, look) | {"tickformat": ".1f"},
        yaxis=_axis(say("impact.axis_people"), high, look) | {"automargin": True},
    )


def _beside(shown: Sequence[Priority], far: float, high: float) -> list[str]:
    """On which side of its dot each number has most room, the heaviest first."""
    wide, tall = _ON_A_PHONE
    dots = [(-one.gap.size / far * wide, one.people / high * tall) for one in shown]
    numbers: list[tuple[float, float]] = []
    found = []
    for x, y in dots[:_NUMBERED]:
        sides = {side: (x + right, y + up) for side, (right, up) in _AROUND.items()}
        crowds = {side: _crowd(place, dots, numbers) for side, place in sides.items()}
        best = min(crowds, key=crowds.__getitem__)
        numbers.append(sides[best])
        found.append(best)
    return found + ["top center"] * (len(shown) - len(found))


def _crowd(
    place: tuple[float, float],
    dots: Sequence[tuple[float, float]],
    numbers: Sequence[tuple[float, float]],
) -> int:
    """How much is in the way at a place; a number upon another one cannot be read at all."""
    return sum(_near(place, dot) for dot in dots) + len(dots) * sum(
        _near(place, number) for number in numbers
    )


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < _TOO_NEAR and abs(one[1] - other[1]) < _TOO_NEAR


def _dots(
    say: Wording,
    shown: Sequence[Priority],
    names: Sequence[str],
    sides: Sequence[str],
    look: Look,
) -> go.Scatter:
    inside = [look.ink if priority.gap.may_claim else look.paper for priority in shown]
    return go.Scatter(
        x=[-priority.gap.size for priority in shown],
        y=[priority.people for priority in shown],
        mode="markers+text",
        marker={"size": 12, "color": inside, "line": {"color": look.ink, "width": 2}},
        text=[say.number(n, 0) if n <= _NUMBERED else "" for n in range(1, len(shown) + 1)],
        textposition=list(sides),
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
