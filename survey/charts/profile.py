"""A profile: on each question what was answered, beside what it is compared with. No Streamlit."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from survey.charts.look import TEXT_SIZE, Look, dress
from survey.charts.pairs import Pair, Point, answered, compared_with, connections, plain, reach
from survey.wording import Wording

_ROW_HEIGHT = 62
_AROUND = 150
"""Pixels above and below the rows; on a phone the legend has a line for each mark."""
_LABEL_ABOVE = 20
"""Pixels between a row's line and its label, which stands above: so a phone has room for both."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One question's row.

    `pair`: what was answered beside what it is compared with, None where
    withheld; where it is compared with nothing, both are the same. `target`: 1…5.
    `figures`: at the right, in few characters.
    """

    title: str
    pair: Pair | None = None
    compared: bool = False
    target: float | None = None
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What the legend says of the marks."""

    sure: str
    unsure: str
    compared: str
    target: str
    withheld: str


def profile_chart(say: Wording, marks: Sequence[Mark], names: Names, look: Look) -> go.Figure:
    """The rows from the top down, on the five points of the scale."""
    figure = go.Figure(
        [
            *_compared(marks, names, look),
            *_targets(marks, names, look),
            *_answered(marks, names, look),
            *_withheld(marks, names, look),
        ]
    )
    dress(figure, look, say, height=_AROUND + _ROW_HEIGHT * len(marks))
    return figure.update_layout(
        annotations=[label for at, mark in enumerate(marks) for label in _labels(at, mark, look)],
        xaxis={
            "range": [0.9, 5.1],
            "dtick": 1,
            "title": {"text": say("marks.axis"), "font": {"size": TEXT_SIZE}},
            "gridcolor": look.line,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"range": [len(marks) - 0.6, -0.75], "visible": False, "fixedrange": True},
    )


def _compared(marks: Sequence[Mark], names: Names, look: Look) -> list[go.Scatter]:
    """The diamonds, and the lines from them to the dots."""
    rows = [(at, mark.pair) for at, mark in enumerate(marks) if mark.pair and mark.compared]
    if not rows:
        return []
    pairs = [pair for _, pair in rows]
    before = [Point(pair.before, at) for at, pair in rows]
    now = [Point(pair.now, at) for at, pair in rows]
    return [
        *connections(pairs, list(zip(before, now, strict=True)), look),
        compared_with(names.compared, pairs, before, look, upright=False),
    ]


def _answered(marks: Sequence[Mark], names: Names, look: Look) -> list[go.Scatter]:
    """The dots with their intervals."""
    rows = [(at, mark.pair) for at, mark in enumerate(marks) if mark.pair]
    points = [Point(pair.now, at, *reach(pair.now, pair.now_interval)) for at, pair in rows]
    pairs = [pair for _, pair in rows]
    return answered((names.sure, names.unsure), pairs, points, look, upright=False)


def _targets(marks: Sequence[Mark], names: Names, look: Look) -> list[go.Scatter]:
    rows = [(at, mark.target) for at, mark in enumerate(marks) if mark.target is not None]
    ticks = go.Scatter(
        x=[target for _, target in rows],
        y=[at for at, _ in rows],
        mode="markers",
        marker={"symbol": "line-ns", "size": 24, "line": {"color": look.soft, "width": 3}},
        hoverinfo="skip",
        name=names.target,
    )
    return [ticks] if rows else []


def _withheld(marks: Sequence[Mark], names: Names, look: Look) -> list[go.Bar]:
    rows = [at for at, mark in enumerate(marks) if mark.pair is None]
    hatched = go.Bar(
        x=[4] * len(rows),
        y=rows,
        base=1,
        width=0.3,
        orientation="h",
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"color": look.line, "width": 1},
            "pattern": {"shape": "/", "fgcolor": look.line, "size": 8, "solidity": 0.3},
        },
        hovertext=[names.withheld] * len(rows),
        hoverinfo="text",
        name=names.withheld,
        showlegend=True,
    )
    return [hatched] if rows else []


def _labels(at: int, mark: Mark, look: Look) -> tuple[dict[str, object], ...]:
    """A row's name at its left, its figures at its right, both above the line."""
    common = {
        "xref": "paper",
        "yref": "y",
        "y": at,
        "yshift": _LABEL_ABOVE,
        "showarrow": False,
        "bgcolor": look.paper,
        "font": {"size": TEXT_SIZE},
    }
    left = {"x": 0, "xanchor": "left", "text": f"<b>{plain(mark.title)}</b>"}
    right = {"x": 1, "xanchor": "right", "text": plain(mark.figures)}
    return {**common, **left}, {**common, **right}
