"""One item on the wall: how answers are spread, their mean, and what it is compared with."""

from dataclasses import dataclass

from data.model import SCALE
from data.results import Histogram
from scoring.agreement import disagrees, r_wg
from scoring.drawable import Figure, drawable
from scoring.histogram import mean, polarised, shares
from survey.wording import Wording

_WORDS = (
    (0.91, "wall.agreement_very_strong"),
    (0.71, "wall.agreement_strong"),
    (0.51, "wall.agreement_moderate"),
    (-1.0, "wall.agreement_weak"),
)
"""From which r*wg on agreement is called what (LeBreton & Senter 2008, ORM 11, table 3)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One point of the scale. `height` and `before`: per cent of the highest, None for no bar."""

    point: int
    height: float
    before: float | None
    told: str
    share: str


@dataclass(frozen=True, slots=True)
class Row:
    """One item. `at`, `was_at`: places of means on the scale in per cent of its length.

    `absence`: why there is nothing to show, "" where there is. `now`, `before` and
    `change` are written; "" where there is none.
    """

    title: str
    statement: str = ""
    absence: str = ""
    columns: tuple[Column, ...] = ()
    now: str = ""
    at: float = 0.0
    before: str = ""
    was_at: float = 0.0
    change: str = ""
    agreement: str = ""
    people: str = ""


def row(
    say: Wording,
    title: str,
    counted: Histogram,
    other: Histogram | None,
    *,
    statement: str = "",
    of_room: bool = True,
) -> Row:
    """An item with what was counted. `other`: what it is compared with.

    `of_room`: the room's own votes, with their numbers; else the survey's, in shares.
    """
    average = mean(counted) or 0.0
    was = mean(other) if other else None
    return Row(
        title=title,
        statement=statement,
        columns=_columns(say, counted, other, of_room=of_room),
        now=say.number(average, 1),
        at=_place(average),
        before="" if was is None else say.number(was, 1),
        was_at=0.0 if was is None else _place(was),
        change="" if was is None else say.number(average - was, 1, signed=True),
        agreement=agreement_words(say, counted) if of_room else "",
        people=_people(say, counted, of_room=of_room),
    )


def agreement_words(say: Wording, counted: Histogram) -> str:
    """How far people agree, with r*wg; "" below ten valid answers, where chance looks like it."""
    value = r_wg(counted)
    if value is None or Figure.AGREEMENT not in drawable(counted.valid):
        return ""
    return say("wall.agreement", words=_agreement(say, counted, value), value=say.number(value, 2))


def _agreement(say: Wording, counted: Histogram, value: float) -> str:
    if polarised(counted):
        return say("wall.agreement_camps")
    if disagrees(counted):
        return say("wall.agreement_lacking")
    return say(next(key for least, key in _WORDS if round(value, 2) >= least))


def _columns(
    say: Wording, counted: Histogram, other: Histogram | None, *, of_room: bool
) -> tuple[Column, ...]:
    """Five bars; () where a survey's answers are too few for a distribution (METHOD §2)."""
    fit = Figure.DISTRIBUTION in drawable(counted.valid)
    if not (fit or of_room):
        return ()
    here, there = shares(counted), shares(other) if other else ()
    highest = max((*here, *there))
    return tuple(
        Column(
            point=point,
            height=100 * share / highest,
            before=100 * there[point - 1] / highest if there else None,
            told=say.number(counted.counts[point], 0) if of_room else say.percent(share),
            share=say.percent(share) if of_room and fit else "",
        )
        for point, share in zip(SCALE, here, strict=True)
    )


def _people(say: Wording, counted: Histogram, *, of_room: bool) -> str:
    if not of_room:
        return say.count("wall.answers", counted.valid)
    told = say.count("wall.votes", counted.valid)
    if not counted.cant_judge:
        return told
    return f"{told} · {say.count('wall.cant_judge', counted.cant_judge)}"


def _place(average: float) -> float:
    return 25 * (average - 1)
