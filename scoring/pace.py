"""How long a share of an organisation takes to answer at the present pace. Pure; counts only."""

import math
from collections.abc import Sequence

AIM = 0.75
"""The share of the people that a survey hopes for."""

LOOKS_BACK = 7
"""Days that make the pace: a week, so that a weekend is always in it."""


def needed(heads: int) -> int:
    """The fewest answers that are the aimed share of so many people: ⌈0.75·N⌉."""
    return math.ceil(heads * AIM)


def days_to_aim(before: Sequence[int], today: int, heads: int) -> int | None:
    """The days from today until the aimed share has answered; 0 where it has; None: no telling.

    `before`: the answers of each day since the first one, oldest first, days
    without one as 0; `today`: of the day that is not over yet.

        pace = Σ of the last d days before today / d,  d = min(7, days there are)
        days = ⌈(⌈0.75·N⌉ − answers so far) / pace⌉

    The drift method (Hyndman & Athanasopoulos, Forecasting: Principles and
    Practice, 3rd ed., §5.2), over the last seven days: the count goes on rising
    as it did on average. Limits: answers come in fast at first and after each
    reminder and slowly in between, so that a straight line is early before the
    rush is over and late before a reminder; today is left out of the pace, as it
    is not over, and counts among the answers. None where fewer than two of these
    days have answers (one says nothing of a pace).
    """
    missing = needed(heads) - sum(before) - today
    if missing <= 0:
        return 0
    week = before[-LOOKS_BACK:]
    if sum(count > 0 for count in week) < 2:
        return None
    return math.ceil(missing * len(week) / sum(week))
