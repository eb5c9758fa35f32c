"""Differences as bars around zero, a row each. No Streamlit."""

from collections.abc import Sequence

import plotly.graph_objects as go

from survey.charts.look import LIGHT, TEXT_SIZE, Look, dress
from survey.charts.pairs import Pair, reach, whiskers
from survey.charts.rows import differences, height, row_names
from survey.wording import Wording


def gap_chart(say: Wording, pairs: Sequence[Pair], *, look: Look = LIGHT) -> go.Figure:
    """Each group against the other side, in the order given, from the top down.

    Bars are differences of means in points of the five-point scale; hatched where
    a difference is not sure. A whisker is the interval of the group's own mean.
    """
    rows = list(enumerate(pairs))
    bars = [
        _bars([row for row in rows if row[1].sure], say("bars.sure"), "", look),
        _bars([row for row in rows if not row[1].sure], say("bars.unsure"), "/", look),
    ]
    figure = go.Figure(
        [
            *(bar for bar in bars if len(bar.y)),
            go.Scatter(x=[None], y=[None], yaxis="y2", showlegend=False),
        ]
    )
    dress(figure, look, say, height=height(pairs))
    return figure.update_layout(
        showlegend=True,
        barmode="overlay",
        bargap=0.5,
        xaxis=_points_axis(pairs, say, look),
        yaxis=row_names(pairs),
        yaxis2=differences(pairs),
    )


def _bars(rows: Sequence[tuple[int, Pair]], name: str, pattern: str, look: Look) -> go.Bar:
    reaches = [reach(pair.now, pair.now_interval) for _, pair in rows]
    return go.Bar(
        x=[pair.now - pair.before for _, pair in rows],
        y=[row for row, _ in rows],
        orientation="h",
        marker={
            "color": [look.better if pair.better else look.worse for _, pair in rows],
            "pattern": {"shape": pattern, "solidity": 0.4},
        },
        error_x=whiskers(reaches) | {"color": look.ink},
        hovertext=[pair.hover for _, pair in rows],
        hoverinfo="text",
        name=name,
    )


def _points_axis(pairs: Sequence[Pair], say: Wording, look: Look) -> dict[str, object]:
    """As far to the left as to the right of zero, with all whiskers."""
    ends = [0.5]
    for pair in pairs:
        down, up = reach(pair.now, pair.now_interval)
        size = pair.now - pair.before
        ends += [abs(size - down), abs(size + up)]
    return {
        "range": [-1.08 * max(ends), 1.08 * max(ends)],
        "title": {"text": say("gaps.axis"), "font": {"size": TEXT_SIZE}},
        "zeroline": True,
        "zerolinewidth": 2,
        "zerolinecolor": look.ink,
        "gridcolor": look.line,
        "fixedrange": True,
        "tickformat": "+.1f",
        "nticks": 6,
    }
