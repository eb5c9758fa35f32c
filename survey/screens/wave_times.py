"""The fields of when a wave opens, closes and has results, on the screens that edit it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

import streamlit as st

from data.errors import Problem
from data.schedule import moment
from survey.screens.editing import Editing
from survey.screens.frame import show_problem
from survey.screens.today import today
from survey.wording import Wording

_WEEKS_OPEN = timedelta(weeks=2)
_UNTIL_RESULTS = timedelta(weeks=4)
_MORNING, _EVENING = time(8), time(18)
_USUAL_ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "UTC")


def zone(say: Wording, edit: Editing) -> str:
    """The zone in which times are typed and told."""
    shown = edit.shown.zone
    usual = dict.fromkeys((shown, *_USUAL_ZONES))
    known = [*usual, *sorted(available_timezones() - usual.keys())]
    return st.selectbox(say("setting.zone"), known, key=edit.key("zone"))


def opening(say: Wording, edit: Editing, where: str, problems: list[Problem]) -> datetime | None:
    """When the wave opens by itself, if it shall."""
    shown = edit.shown.opens_at
    asked = st.checkbox(say("draft.opens_itself"), shown is not None, key=edit.key("opens"))
    if not asked:
        st.caption(say("draft.opens_by_hand"))
        return None
    begin = (today() + timedelta(days=1), _MORNING)
    return _typed_moment(
        say, say("draft.opens_day"), edit.key("opens"), shown, begin, where, problems
    )


def closing(
    say: Wording,
    key: Callable[[str], str],
    shown: datetime | None,
    where: str,
    problems: list[Problem],
) -> datetime | None:
    """When the wave closes by itself, if it shall."""
    asked = st.checkbox(say("draft.closes_itself"), shown is not None, key=key("closes"))
    if not asked:
        st.caption(say("draft.closes_by_hand"))
        return None
    begin = (today() + _WEEKS_OPEN, _EVENING)
    label = say("draft.closes_day")
    return _typed_moment(say, label, key("closes"), shown, begin, where, problems)


def _typed_moment(
    say: Wording,
    label: str,
    key: str,
    shown: datetime | None,
    otherwise: tuple[date, time],
    where: str,
    problems: list[Problem],
) -> datetime | None:
    """A day and a time of day in a zone. What cannot be is told at once, and is a problem."""
    start = (shown.date(), shown.time()) if shown else otherwise
    left, right = st.columns(2)
    day = left.date_input(label, start[0], format="DD.MM.YYYY", key=f"{key}_day")
    at = right.time_input(say("draft.time"), start[1], key=f"{key}_time")
    try:
        return moment(day, at, where)
    except Problem as problem:
        problems.append(problem)
        show_problem(say, problem)
        return shown


def results_on(say: Wording, edit: Editing) -> date | None:
    """The day that respondents are told results are planned for."""
    shown = edit.shown.results_on
    asked = st.checkbox(say("draft.announce"), shown is not None, key=edit.key("announce"))
    if not asked:
        return None
    return st.date_input(
        say("draft.results_on"),
        shown or today() + _UNTIL_RESULTS,
        format="DD.MM.YYYY",
        key=edit.key("results_on"),
    )
