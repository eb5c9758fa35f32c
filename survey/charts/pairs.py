"""Two values of one thing: what dumbbells, bars and slopes are drawn from. No Streamlit.

The marks of `look` are made here once, so that every form uses the same ones.
"""

import html
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from scoring.intervals import Interval
from survey.charts.look import Look

MARK_SIZE = 13
_LINE_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """What one thing is compared with, and what people answered now; means, 1…5.

    `size`: now − before in points, as people read it. `sure`: whether the
    difference may be claimed. `coloured`: whether it is more than chance, so that
    it has a colour; what is sure always is. `own`: whether it is about the department of
    whoever looks. The intervals are those of the means, where they have one.
    `n`: the answers on both sides, in words. `hover`: all of it in words, as
    Plotly reads it (HTML). `name` is plain text.
    """

    name: str
    before: float
    now: float
    size: str
    sure: bool
    coloured: bool = False
    own: bool = False
    n: str = ""
    before_interval: Interval | None = None
    now_interval: Interval | None = None
    hover: str = ""

    def colour(self, look: Look) -> str:
        """Better or worse than what it is compared with; grey where that may be chance."""
        if not (self.coloured or self.sure):
            return look.soft
        return look.better if self.now >= self.before else look.worse


@dataclass(frozen=True, slots=True)
class Point:
    """Where a mark stands, and how far its interval reaches to either side (0: there is none)."""

    x: float
    y: float
    down: float = 0.0
    up: float = 0.0


def plain(text: str) -> str:
    """A name as Plotly shows it letter by letter, without reading it as HTML."""
    return html.escape(text, quote=False)


def bold(text: str, *, when: bool) -> str:
    """Text for Plotly, in bold where that says something."""
    return f"<b>{text}</b>" if when else text


def short(text: str, width: int) -> str:
    """A name of at most so many letters; what is left is cut off."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def wrapped(text: str, width: int, most: int) -> str:
    """A long name for Plotly, in at most so many lines of so many letters."""
    found = textwrap.wrap(text, width)
    cut = [*found[: most - 1], short(" ".join(found[most - 1 :]), width)]
    return "<br>".join(plain(line) for line in cut if line)


def reach(value: float, interval: Interval | None) -> tuple[float, float]:
    """How far an interval reaches below and above a mean; nowhere where it has no limits."""
    if interval is None or interval.low is None or interval.high is None:
        return 0.0, 0.0
    return max(0.0, value - interval.low), max(0.0, interval.high - value)


def whiskers(reaches: Sequence[tuple[float, float]]) -> dict[str, object]:
    """Error bars as Plotly takes them, of (below, above) each."""
    return {
        "array": [up for _, up in reaches],
        "arrayminus": [down for down, _ in reaches],
        "visible": any(down or up for down, up in reaches),
        "thickness": 1.5,
        "width": 4,
    }


def has_interval(pair: Pair) -> bool:
    """Whether either of its means has one that can be drawn."""
    return any(
        (*reach(pair.before, pair.before_interval), *reach(pair.now, pair.now_interval)),
    )


def scale(pairs: Iterable[Pair]) -> tuple[float, float]:
    """The part of the scale 1…5 that holds all values and intervals, in halves, at least 1 long."""
    ends = [end for pair in pairs for end in _ends(pair)] or [1.0, 5.0]
    low, high = math.floor(2 * min(ends)) / 2, math.ceil(2 * max(ends)) / 2
    if high - low < 1:
        low, high = (low - 0.5, high) if low > 1 else (low, high + 0.5)
    return low, high


def _ends(pair: Pair) -> tuple[float, ...]:
    (a, b), (c, d) = (
        reach(pair.before, pair.before_interval),
        reach(pair.now, pair.now_interval),
    )
    return pair.before - a, pair.before + b, pair.now - c, pair.now + d


def connections(
    pairs: Sequence[Pair], ends: Sequence[tuple[Point, Point]], look: Look
) -> list[go.Scatter]:
    """A line from each pair's one mark to the other: solid where sure, dotted where not."""
    found = []
    for sure in (True, False):
        for colour in (look.better, look.worse, look.soft):
            chosen = [
                end
                for pair, end in zip(pairs, ends, strict=True)
                if (pair.sure, pair.colour(look)) == (sure, colour)
            ]
            if chosen:
                found.append(_connection(chosen, colour, sure=sure))
    return found


def _connection(ends: Sequence[tuple[Point, Point]], colour: str, *, sure: bool) -> go.Scatter:
    return go.Scatter(
        x=[x for a, b in ends for x in (a.x, b.x, None)],
        y=[y for a, b in ends for y in (a.y, b.y, None)],
        mode="lines",
        line={
            "color": colour,
            "width": _LINE_WIDTH if sure else _LINE_WIDTH - 1,
            "dash": "solid" if sure else "dot",
        },
        hoverinfo="skip",
        showlegend=False,
    )


def compared_with(
    name: str, pairs: Sequence[Pair], points: Sequence[Point], look: Look, *, upright: bool
) -> go.Scatter:
    """Grey diamonds: a target, a prediction, an earlier wave, the other side. See `_marks`."""
    marker = {"symbol": "diamond", "size": MARK_SIZE - 1, "color": look.soft}
    return _marks(name, pairs, points, marker, look.soft, upright=upright)


def answered(
    names: tuple[str, str],
    pairs: Sequence[Pair],
    points: Sequence[Point],
    look: Look,
    *,
    upright: bool,
) -> list[go.Scatter]:
    """Round dots in ink, filled where the difference is sure, hollow where not.

    `names`: of the sure ones and of the others, in the legend. See `_marks`.
    """
    found = []
    for name, sure in zip(names, (True, False), strict=True):
        both = [both for both in zip(pairs, points, strict=True) if both[0].sure is sure]
        marker = {
            "symbol": "circle",
            "size": MARK_SIZE,
            "color": look.ink if sure else look.paper,
            "line": {"color": look.ink, "width": 2.5},
        }
        if both:
            shown, places = zip(*both, strict=True)
            found.append(_marks(name, shown, places, marker, look.ink, upright=upright))
    return found


def _marks(
    name: str,
    pairs: Sequence[Pair],
    points: Sequence[Point],
    marker: dict[str, object],
    colour: str,
    *,
    upright: bool,
) -> go.Scatter:
    """One kind of mark with its intervals; `upright`: means go upwards, not to the right."""
    intervals = {
        **whiskers([(point.down, point.up) for point in points]),
        "color": colour,
    }
    return go.Scatter(
        x=[point.x for point in points],
        y=[point.y for point in points],
        mode="markers",
        marker=marker,
        name=plain(name),
        hovertext=[pair.hover for pair in pairs],
        hoverinfo="text",
        cliponaxis=False,
        **{"error_y" if upright else "error_x": intervals},
    )


def mean_axis(low: float, high: float, look: Look) -> dict[str, object]:
    """An axis of means on the scale 1…5; its title stands where there is room for it."""
    return {
        "range": [low - 0.08, high + 0.08],
        "tick0": 1,
        "dtick": 0.5 if high - low <= 2 else 1,
        "tickformat": ".1f",
        "gridcolor": look.line,
        "zeroline": False,
        "fixedrange": True,
    }
