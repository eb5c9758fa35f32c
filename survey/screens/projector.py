"""The wall: what the room sees, drawn anew every two seconds from what the store says.

Nothing is remembered here; so a reload, a second wall and another server show the same.
"""

import streamlit as st
from markupsafe import escape

from data.accounts import Account
from data.errors import Problem
from data.workshops import Room, Workshop, WorkshopState
from survey.access import visitor
from survey.house import house
from survey.results import Results
from survey.screens.frame import show_problem
from survey.screens.guard import guarded
from survey.screens.origin import public_origin, warn_if_local
from survey.screens.places import admitted, link
from survey.screens.results_view import results_for
from survey.screens.today import now
from survey.screens.workshop_controls import controls
from survey.screens.workshop_door import asked_room
from survey.wording import Wording, wording
from survey.workshop.wall.filling import STYLE
from survey.workshop.wall.paint import paint
from survey.workshop.wall.scene import look

_EVERY = 2
"""Seconds between two looks at the store."""


@guarded
def show(say: Wording, account: Account) -> None:
    """The wall of the workshop in the address; without one, the way to them."""
    room = asked_room(account)
    if room is None:
        st.title(say("nav.projector"))
        st.info(say("wall.none_chosen"))
        with st.container(key="step_workshops"):
            link(say, "workshops", say("nav.workshops"))
        return
    st.html(f"<style>{STYLE}</style>")
    with st.container(key="wall_page"):
        st.fragment(_live, run_every=_EVERY)(say.language, ticks=_ticks(room.workshop))
        if _ticks(room.workshop):
            st.fragment(_timer, run_every=1)(say.language)


def _live(language: str, *, ticks: bool) -> None:
    """The wall and its keys. Who asks is looked up anew each time, too.

    `ticks`: whether the timer is there; where that is not so any more, all is drawn anew.
    """
    say = wording(language)
    try:
        account = visitor()
        if account is None or not admitted("projector", account):
            st.rerun()
        room = asked_room(account)
        if room is None or _ticks(room.workshop) is not ticks:
            st.rerun()
        _wall(say, account, room)
    except Problem as problem:
        st.html(f'<div class="wall"><h1>{escape(say("wall.trouble"))}</h1></div>')
        show_problem(say, problem)


def _wall(say: Wording, account: Account, room: Room) -> None:
    st.html(paint(look(house().store, say.language, room, public_origin(), _results)))
    if room.workshop.state is WorkshopState.PLANNED:
        warn_if_local(say)
    with st.container(horizontal=True, vertical_alignment="center", key="wall_foot"):
        controls(say, account, room)
        code = room.workshop.code
        link(say, "facilitator", say("workshop.to_facilitator"), workshop=code)
        link(say, "protocol", say("workshop.to_protocol"), workshop=code)


def _timer(language: str) -> None:
    """Minutes and seconds that are left."""
    try:
        account = visitor()
        room = asked_room(account) if account else None
    except Problem:
        return
    ends = room.workshop.timer_ends if room else None
    if ends is None:
        return
    say = wording(language)
    left = round((ends - now()).total_seconds())
    with st.container(key="wall_timer"):
        if left > 0:
            st.html(f'<p class="wall-timer">{left // 60}:{left % 60:02}</p>')
        else:
            st.html(f'<p class="wall-timer over">{escape(say("wall.time_up"))}</p>')


def _ticks(workshop: Workshop) -> bool:
    return workshop.state is WorkshopState.RUNNING and workshop.timer_ends is not None


def _results(code: str) -> Results:
    return results_for(house().store.waves.find(code))
