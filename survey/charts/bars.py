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
    a difference is not sure, and grey where it may be chance. A whisker is the
    interval of the group's own mean.
    """
    rows = list(enumerate(pairs))
    bars = [
        _bars([row for row in rows if row[1].sure], say("bars.sure"), "", look),
        _bars([row for row in rows if not row[1].sure], say("bars.unsure"), "/", look),
    ]
    figure = go.Figure(
        [
            *(bar for bar in bars if bar.y),
            _intervals(rows, look),
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
    return go.Bar(
        x=[pair.now - pair.before for _, pair in rows],
        y=[row for row, _ in rows],
        orientation="h",
        marker={
            "color": [pair.colour(look) for _, pair in rows],
            "pattern": {"shape": pattern, "solidity": 0.4},
        },
        hovertext=[pair.hover for _, pair in rows],
        hoverinfo="text",
        name=name,
    )


def _intervals(rows: Sequence[tuple[int, Pair]], look: Look) -> go.Scatter:
    """A whisker at the end of each bar whose group has an interval."""
    found = [(row, pair, reach(pair.now, pair.now_interval)) for row, pair in rows]
    drawn = [one for one in found if any(one[2])]
    return go.Scatter(
        x=[pair.now - pair.before for _, pair, _ in drawn],
        y=[row for row, _, _ in drawn],
        mode="markers",
        marker={"size": 1, "color": look.ink},
        error_x=whiskers([reaches for _, _, reaches in drawn]) | {"color": look.ink},
        hoverinfo="skip",
        showlegend=False,
    )


def _points_axis(pairs: Sequence[Pair], say: Wording, look: Look) -> dict[str, object]:
    """As far to the left as to the right of zero, with all whiskers."""
    ends = [0.5]
    for pair in pairs:
        down, up = reach(pair.now, pair.now_interval)
        size = pair.now - pair.before
        ends += [abs(size - down), abs(size + up)]
    most = 1.08 * max(ends)
    step = 0.5 if most < 1.5 else 1.0
    ticks = [n * step for n in range(-int(most / step), int(most / step) + 1)]
    return {
        "range": [-most, most],
        "tickvals": ticks,
        "ticktext": [say.number(tick, 1, signed=True) if tick else "0" for tick in ticks],
        "tickangle": 0,
        "title": {"text": say("gaps.axis"), "font": {"size": TEXT_SIZE}},
        "zeroline": True,
        "zerolinewidth": 2,
        "zerolinecolor": look.ink,
        "gridcolor": look.line,
        "fixedrange": True,
    }
