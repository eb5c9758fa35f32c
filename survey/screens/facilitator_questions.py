"""What people ask the facilitator from their phones: announced, put on the wall, taken back."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data.accounts import Account
from data.workshops import Contribution, Room, Workshop
from survey.house import house
from survey.screens.facilitator_folds import QUESTIONS, unfolded, want
from survey.screens.frame import plain_lines
from survey.screens.workshop_controls import attempt
from survey.wording import Wording
from survey.workshop import acts

_KNOWN = "facilitator_questions_known"
"""Which questions the facilitator has looked at, in session_state."""


def announce(say: Wording, room: Room) -> None:
    """How many came that the facilitator has not looked at, and the way to them."""
    new = sum(one.id not in _known() for one in _questions(room.workshop))
    if not new:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="facilitator_new"):
        st.markdown(f"**{say.count('facilitator.questions_new', new)}**", width="content")
        if st.button(say("facilitator.questions_look"), key="facilitator_look"):
            want(QUESTIONS)
            st.rerun()


def look(room: Room) -> None:
    """Where questions are unfolded, those that are there now are no news any more."""
    if unfolded(QUESTIONS):
        st.session_state[_KNOWN] = _known() | {one.id for one in _questions(room.workshop)}


def show(say: Wording, account: Account, room: Room) -> None:
    """Every question that was asked."""
    with st.expander(say("workshop.kind_questions"), key=QUESTIONS, on_change="rerun"):
        asked = _questions(room.workshop)
        if not asked:
            st.write(say("facilitator.questions_none"))
        for one in asked:
            _question(say, account, room.workshop, one)


def _question(say: Wording, account: Account, workshop: Workshop, one: Contribution) -> None:
    with st.container(key=f"facilitator_question_{one.id}"):
        st.markdown(plain_lines(one.text))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                say("facilitator.take_back") if one.shown else say("facilitator.put_on_wall"),
                key=f"question_{one.id}",
                on_click=_turn,
                args=(account, workshop, one),
            )
            if one.shown:
                st.markdown(say("facilitator.on_wall"), width="content")


def _turn(account: Account, workshop: Workshop, one: Contribution) -> None:
    """Put it on the wall, or take it back."""
    changed = (replace(one, shown=not one.shown),)
    attempt(account, partial(acts.arrange, house().store, account, workshop, changed))


def _questions(workshop: Workshop) -> tuple[Contribution, ...]:
    return tuple(one for one in house().store.workshops.contributions(workshop) if not one.step)


def _known() -> frozenset[str]:
    known: frozenset[str] = st.session_state.get(_KNOWN, frozenset())
    return known
