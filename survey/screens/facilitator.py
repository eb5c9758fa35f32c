"""The facilitator's second view: what only they see, beside the projector.

The live part refreshes itself; everything that is typed is outside of it, so that no
refresh takes it away. When the workshop moves on, wherever from, all is drawn anew.
"""

import streamlit as st

from data.accounts import Account
from data.workshops import Room
from survey.addresses import projector_address
from survey.screens import (
    facilitator_agenda,
    facilitator_ideas,
    facilitator_live,
    facilitator_measures,
    facilitator_notes,
    facilitator_questions,
    facilitator_round,
)
from survey.screens.facilitator_folds import unfold
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import link
from survey.screens.workshop_door import asked_room
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Where the room is, what to say now, and the room's ideas, questions and measures."""
    room = asked_room(account)
    if room is None:
        _nowhere(say)
        return
    unfold(room, writing=facilitator_measures.writing(room.workshop))
    facilitator_questions.look(room)
    with st.container(key="facilitator"):
        _head(say, room)
        facilitator_live.show(say, room)
        work, agenda = st.columns([5, 3], gap="large")
        with work:
            facilitator_round.show(say, room)
            facilitator_notes.show(say, account, room)
            facilitator_ideas.show(say, account, room)
            facilitator_questions.show(say, account, room)
            facilitator_measures.show(say, account, room)
        with agenda:
            facilitator_agenda.show(say, account, room)


def _nowhere(say: Wording) -> None:
    st.title(say("nav.facilitator"))
    st.info(say("facilitator.nowhere"))
    with st.container(key="step_workshops"):
        link(say, "workshops", say("nav.workshops"))


def _head(say: Wording, room: Room) -> None:
    workshop = room.workshop
    st.title(escaped(workshop.plan.title))
    with st.container(horizontal=True, vertical_alignment="center", key="facilitator_ways"):
        st.link_button(say("facilitator.projector"), projector_address(say, workshop))
        link(say, "protocol", say("facilitator.protocol"), workshop=workshop.code)
        link(say, "workshop", say("nav.workshop"), workshop=workshop.code)
        with st.container(key="facilitator_to_agenda", width="content"):
            st.markdown(f"[{say('facilitator.to_agenda')}](#{facilitator_agenda.ANCHOR})")
