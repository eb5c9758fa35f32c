"""Distributions as a table: all that the bars show, and why the rest is not. No Streamlit."""

from collections.abc import Sequence

from scoring.figures import Figures
from survey.charts.share_rows import Row
from survey.tables import render
from survey.wording import Wording


def share_table(say: Wording, rows: Sequence[Row], title: str, *, by_question: bool = False) -> str:
    """Rows named by their question, or by their group; shares in whole per cent."""
    lines = [
        {
            "name": row.full,
            "own": row.own,
            "address": row.address,
            "n": None
            if row.figures.score.valid is None
            else say.number(row.figures.score.valid, 0),
            "favourable": _percent(say, row.figures.favourable),
            "cells": _cells(say, row.figures),
            "camps": row.figures.distribution is not None and row.figures.distribution.polarised,
            "withheld": not row.figures.score.shown,
        }
        for row in rows
    ]
    first = say("results.column_question" if by_question else "results.column_group")
    return render("distributions.html", say=say, title=title, first=first, lines=lines)


def share_notes(say: Wording, few: Sequence[Row], withheld: Sequence[Row]) -> str:
    """Once for all: whose answers are too few for a distribution, and what is withheld."""
    names = [
        say("distribution.with_n", name=row.full, people=row.figures.score.valid or 0)
        for row in few
    ]
    hidden = [row.full for row in withheld]
    return render("share_notes.html", say=say, few=names, withheld=hidden)


def _cells(say: Wording, found: Figures) -> tuple[str, ...]:
    """The five shares, who could not judge, r*wg and a_wg; () below ten answers."""
    shares, agreement = found.distribution, found.agreement
    if shares is None or agreement is None:
        return ()
    return (
        *(say.percent(share) for share in shares.shares),
        say.percent(shares.cant_judge),
        *("–" if a is None else say.number(a, 2) for a in (agreement.r_wg, agreement.a_wg)),
    )


def _percent(say: Wording, share: float | None) -> str | None:
    return None if share is None else say.percent(share)
