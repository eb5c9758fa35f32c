"""Slopes: how each thing went from what it is compared with to today. No Streamlit."""

from collections.abc import Sequence
from html import unescape

import plotly.graph_objects as go

from survey.charts.look import LIGHT, TEXT_SIZE, Look, dress
from survey.charts.pairs import (
    Pair,
    Point,
    answered,
    bold,
    compared_with,
    connections,
    mean_axis,
    plain,
    reach,
    scale,
    short,
    wrapped,
)
from survey.wording import Wording

MOST_INTERVALS = 7
"""Slopes up to which intervals are drawn; those of more would lie on top of each other."""

_NAME = 18
"""Letters of a name beside one of many slopes."""
_WIDE, _LINES = 23, 2
"""Letters in a line, and lines, of a name beside one of a few slopes."""
_NAMES_AT = 1.15
"""Where names begin, a little right of today's marks."""
_LETTER = 6.9
"""Pixels that a letter takes, at most, on average."""
_LINE = 19
"""Pixels from one name to the next."""
_LEAST_HEIGHT = 300
_AROUND = 130
"""Pixels above and below what is drawn, for legend and axis."""
_APART = 0.025
"""How far marks with intervals stand beside each other; the whole way is 1 long."""


def slope_chart(
    say: Wording, pairs: Sequence[Pair], *, before: str, now: str, look: Look = LIGHT
) -> go.Figure:
    """A line for each pair, from the earlier mean on the left to today's on the right.

    `before`, `now`: what the two sides are called in the legend. Names and differences stand at
    the right end, none on top of another; the chart grows with their number.
    """
    low, high = scale(pairs)
    ends = _ends(pairs)
    texts = [_text(pair, whole=len(pairs) <= MOST_INTERVALS) for pair in pairs]
    breaks = max((text.count("<br>") for text, _ in texts), default=0)
    line = _LINE + (_LINE + 4) * breaks
    drawn = max(_LEAST_HEIGHT, (line + 2) * len(pairs))
    places = apart([pair.now for pair in pairs], line * (high - low) / drawn, low, high)
    figure = go.Figure(
        [
            *connections(pairs, ends, look),
            _leaders([end for _, end in ends], places, look),
            compared_with(before, pairs, [start for start, _ in ends], look, upright=True),
            *answered(
                (say("marks.sure", side=now), say("marks.unsure", side=now)),
                pairs,
                [end for _, end in ends],
                look,
                upright=True,
            ),
            _names([text for text, _ in texts], places, look),
        ]
    )
    dress(figure, look, say, height=_AROUND + drawn)
    longest = max((length for _, length in texts), default=0)
    return figure.update_layout(
        margin={"r": 16 + round(_LETTER * longest)},
        xaxis=_sides(say),
        yaxis=mean_axis(low, high, look) | {"automargin": True},
    )


def apart(values: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places for names as near to their values as fits, each at least `least` from the next.

    From `low` to `high`, if there is room for all.
    """
    order = sorted(range(len(values)), key=lambda n: (values[n], n))
    pools: list[list[float]] = []
    for rank, n in enumerate(order):
        pools.append([values[n] - rank * least])
        while len(pools) > 1 and _middle(pools[-2]) > _middle(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    evened = [_middle(pool) for pool in pools for _ in pool]
    top = high - (len(values) - 1) * least
    found = [0.0] * len(values)
    for rank, (n, place) in enumerate(zip(order, evened, strict=True)):
        found[n] = max(low, min(top, place)) + rank * least
    return found


def _middle(pool: Sequence[float]) -> float:
    return sum(pool) / len(pool)


def _ends(pairs: Sequence[Pair]) -> list[tuple[Point, Point]]:
    """Both marks of each pair; with intervals where there is room for them side by side."""
    if len(pairs) > MOST_INTERVALS:
        return [(Point(0, pair.before), Point(1, pair.now)) for pair in pairs]
    found = []
    for n, pair in enumerate(pairs):
        aside = (n - (len(pairs) - 1) / 2) * _APART
        found.append(
            (
                Point(aside, pair.before, *reach(pair.before, pair.before_interval)),
                Point(1 + aside, pair.now, *reach(pair.now, pair.now_interval)),
            )
        )
    return found


def _text(pair: Pair, *, whole: bool) -> tuple[str, int]:
    """Name and difference as Plotly reads them, and how many letters their longest line has.

    `whole`: there is room for a name in lines, with the difference beside or below the last.
    """
    size = bold(pair.size, when=pair.sure)
    if not whole:
        name = short(pair.name, _NAME)
        return f"{bold(plain(name), when=pair.own)} {size}", len(name) + 1 + len(pair.size)
    name = wrapped(pair.name, _WIDE, _LINES)
    *above, last = (len(unescape(line)) for line in name.split("<br>"))
    beside = last + 1 + len(pair.size)
    fits = beside <= _WIDE
    told = f"{bold(name, when=pair.own)}{' ' if fits else '<br>'}{size}"
    return told, max(*above, beside if fits else max(last, len(pair.size)), 0)


def _leaders(ends: Sequence[Point], places: Sequence[float], look: Look) -> go.Scatter:
    """A thin line from each mark to its name."""
    return go.Scatter(
        x=[x for end in ends for x in (end.x, _NAMES_AT, None)],
        y=[y for end, place in zip(ends, places, strict=True) for y in (end.y, place, None)],
        mode="lines",
        line={"color": look.line, "width": 1},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _names(texts: Sequence[str], places: Sequence[float], look: Look) -> go.Scatter:
    return go.Scatter(
        x=[_NAMES_AT] * len(texts),
        y=list(places),
        mode="text",
        text=list(texts),
        textposition="middle right",
        textfont={"color": look.ink, "size": TEXT_SIZE},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _sides(say: Wording) -> dict[str, object]:
    return {
        "title": {"text": say("marks.axis"), "font": {"size": TEXT_SIZE}},
        "tickvals": [0, 1],
        "ticktext": [say("side.earlier"), say("side.now")],
        "tickangle": 0,
        "range": [1 - _NAMES_AT, _NAMES_AT],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
