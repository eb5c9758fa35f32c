"""Preparing a workshop: its agenda, how phones come in, its settings, its end."""

from dataclasses import replace

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.questionnaires import load_instrument
from data.schedule import LONGEST_TITLE
from data.workshops import MOST_DOTS, Workshop, WorkshopPlan, WorkshopState
from survey.addresses import projector_address
from survey.house import house
from survey.screens import workshop_agenda, workshop_joining
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import guarded
from survey.screens.places import START, go, link
from survey.screens.workshop_door import asked_room
from survey.screens.workshop_edits import field, save_typed, tell
from survey.screens.workshop_list import REMOVED, origin_of
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.words import state_name


@guarded
def show(say: Wording, account: Account) -> None:
    """The workshop in the address."""
    room = asked_room(account)
    if room is None:
        st.title(say("nav.workshop"))
        st.info(say("workshop.none_chosen"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    workshop = room.workshop
    _head(say, workshop)
    tell(say, account, workshop)
    left, right = st.columns([5, 2], gap="large")
    with left:
        instrument = load_instrument(workshop.plan.instrument)
        workshop_agenda.show(say, account, workshop, instrument)
    with right:
        workshop_joining.show(say, workshop)
        _settings(say, account, workshop)
        _removal(say, account, workshop)


def _head(say: Wording, workshop: Workshop) -> None:
    st.title(escaped(workshop.plan.title))
    told = (
        f"**{escaped(workshop.organisation.name)}**",
        escaped(origin_of(say, workshop)),
        state_name(say, workshop.state),
    )
    st.markdown(" · ".join(told))
    if workshop.state is WorkshopState.ENDED:
        st.info(say("workshop.ended_text"))
    with st.container(horizontal=True, vertical_alignment="center", key="step_workshop"):
        wall = projector_address(say, workshop)
        st.link_button(say("workshop.open_projector"), wall, type="primary")
        link(say, "facilitator", say("workshop.to_facilitator"), workshop=workshop.code)
        if workshop.state is not WorkshopState.PLANNED:
            link(say, "protocol", say("workshop.to_protocol"), workshop=workshop.code)
        organisation = str(workshop.organisation.id)
        link(say, "workshops", say("workshop.all"), organisation=organisation)


def _settings(say: Wording, account: Account, workshop: Workshop) -> None:
    plan = workshop.plan
    st.header(say("workshop.settings"))
    title = field(f"workshop_title_{workshop.code}", plan.title)
    st.text_input(
        say("workshop.title"),
        key=title,
        max_chars=LONGEST_TITLE,
        on_change=save_typed,
        args=(account, workshop, title, _titled),
    )
    dots = field(f"workshop_dots_{workshop.code}", plan.dots)
    st.number_input(
        say("workshop.dots"),
        min_value=1,
        max_value=MOST_DOTS,
        key=dots,
        on_change=save_typed,
        args=(account, workshop, dots, _with_dots),
    )
    st.markdown(say("workshop.smallest", smallest=plan.smallest_group))


def _titled(plan: WorkshopPlan, title: str) -> WorkshopPlan:
    return replace(plan, title=title)


def _with_dots(plan: WorkshopPlan, dots: int) -> WorkshopPlan:
    return replace(plan, dots=dots)


def _removal(say: Wording, account: Account, workshop: Workshop) -> None:
    with st.popover(say("workshop.remove")):
        st.write(say("workshop.remove_sure"))
        if workshop.state is WorkshopState.RUNNING:
            st.warning(say.count("workshop.remove_running", workshop.phones))
        if st.button(say("workshop.remove_yes"), type="primary"):
            _remove(say, account, workshop)


def _remove(say: Wording, account: Account, workshop: Workshop) -> None:
    try:
        acts.remove(house().store, account, workshop)
    except Problem as problem:
        show_problem(say, problem)
    else:
        st.session_state[REMOVED] = workshop.plan.title
        go(say, "workshops", organisation=str(workshop.organisation.id))
