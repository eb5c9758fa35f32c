"""Participation of the whole organisation, day by day: its finding, figure and table.

From values; no Streamlit. Departments have bands only (`data.participation`).
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from scoring.pace import AIM, days_to_aim, needed
from survey.charts.look import LIGHT
from survey.tables import render
from survey.wording import Wording

_HEIGHT = 320
_TICKS = 6
_DAY = 24 * 60 * 60 * 1000
"""In milliseconds: of few days each is named once, not every few hours."""
_FURTHEST = 90
"""Days ahead beyond which a straight line says nothing."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The answers of every day from the first to the last, none left out.

    `heads`: of the whole organisation, None where not all headcounts are known.
    `going_on`: whether the last day is today. `closes_on`: when it is to end.
    """

    first: date
    answers: tuple[int, ...]
    heads: int | None = None
    going_on: bool = False
    closes_on: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day."""
        return tuple(self.first + timedelta(days=n) for n in range(len(self.answers)))

    @property
    def totals(self) -> tuple[int, ...]:
        """The answers until the end of each day."""
        return tuple(itertools.accumulate(self.answers))

    @property
    def told_heads(self) -> int | None:
        """The headcount, unless there are more answers than heads."""
        return self.heads if self.heads and self.totals[-1] <= self.heads else None


def curve_of(
    per_day: Mapping[date, int],
    first: date,
    last: date,
    *,
    heads: int | None = None,
    going_on: bool = False,
    closes_on: date | None = None,
) -> Curve:
    """The curve of a wave's days, from its first one (or the first answer) to the last."""
    first, last = min([first, *per_day]), max([first, last, *per_day])
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    answers = tuple(per_day.get(day, 0) for day in days)
    return Curve(first, answers, heads, going_on, closes_on)


def finding(say: Wording, curve: Curve) -> str:
    """What the curve says: how far it is, and when three quarters will have answered."""
    total, heads = curve.totals[-1], curve.told_heads
    if heads is None:
        return say.count("curve.answers", total, day=curve.days[-1])
    share = say.percent(total / heads)
    totals = zip(curve.days, curve.totals, strict=True)
    reached = next((day for day, total in totals if total >= needed(heads)), None)
    if reached:
        return say("curve.reached", share=share, day=reached)
    if not curve.going_on:
        return say("curve.missed", share=share)
    return " ".join(filter(None, (say("curve.so_far", share=share), _outlook(say, curve, heads))))


def foretells(say: Wording, curve: Curve) -> bool:
    """Whether the finding says when three quarters will have answered."""
    heads = curve.told_heads
    return bool(curve.going_on and heads and _outlook(say, curve, heads))


def _outlook(say: Wording, curve: Curve, heads: int) -> str:
    days = days_to_aim(curve.answers[:-1], curve.answers[-1], heads)
    if not days:
        return ""
    if curve.closes_on and days > (curve.closes_on - curve.days[-1]).days:
        return say("curve.not_before_closing", day=curve.closes_on)
    if days > _FURTHEST:
        return ""
    return say("curve.by", day=curve.days[-1] + timedelta(days=days))


def curve_chart(say: Wording, curve: Curve, *, dark: bool = False) -> go.Figure:
    """Answers until the end of each day against the headcount, with the line of 75 %."""
    ink, line = ("#e8eeef", "#46555a") if dark else ("#1b2a2e", "#c3cdcf")
    figure = go.Figure(_line(say, curve))
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 56},
        showlegend=False,
        font={"color": ink, "size": 14, "family": "Source Sans, sans-serif"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        separators=say("chart.separators"),
        xaxis={
            "title": {"text": say("curve.days")},
            "tickformat": say("curve.day_format"),
            "nticks": _TICKS,
            "dtick": None if len(curve.answers) > _TICKS else _DAY,
            "tickangle": 0,
            "gridcolor": line,
            "fixedrange": True,
        },
        yaxis={
            "title": {"text": say("curve.answers_axis"), "standoff": 10},
            "range": [0, 1.08 * (curve.told_heads or max(curve.totals[-1], 1))],
            "gridcolor": line,
            "fixedrange": True,
            "automargin": True,
        },
    )
    for heads, label, colour in _marks(say, curve, ink):
        figure.add_hline(
            y=heads,
            line={"color": colour, "dash": "dash", "width": 2},
            annotation={"text": label, "font": {"color": ink}},
            annotation_position="top left",
        )
    return figure


def _line(say: Wording, curve: Curve) -> go.Scatter:
    return go.Scatter(
        x=[day.isoformat() for day in curve.days],
        y=list(curve.totals),
        mode="lines+markers",
        line={"color": LIGHT.better, "width": 3},
        marker={"size": 7},
        cliponaxis=False,
        hovertext=[
            say("curve.hover", day=day, total=total, new=new)
            for day, total, new in zip(curve.days, curve.totals, curve.answers, strict=True)
        ],
        hoverinfo="text",
        name=say("curve.answers_axis"),
    )


def _marks(say: Wording, curve: Curve, ink: str) -> list[tuple[int, str, str]]:
    """The lines that answers are held against: 75 %, and everybody."""
    heads = curve.told_heads
    if heads is None:
        return []
    share = say.percent(AIM)
    aim = say("curve.aim", share=share, number=needed(heads))
    return [(needed(heads), aim, LIGHT.worse), (heads, say("curve.everybody", number=heads), ink)]


def curve_table(say: Wording, curve: Curve) -> str:
    """The same as a table, the latest day first."""
    heads = curve.told_heads
    lines = [
        (
            say.day(day),
            (
                say.number(new, 0),
                say.number(total, 0),
                None if heads is None else say.percent(total / heads),
            ),
        )
        for day, new, total in zip(curve.days, curve.answers, curve.totals, strict=True)
    ]
    return render(
        "figures.html",
        title=say("curve.title"),
        caption=say("curve.caption"),
        columns=(
            say("curve.column_day"),
            say("curve.column_new"),
            say("curve.column_total"),
            say("curve.column_share"),
        ),
        lines=lines[::-1],
    )
