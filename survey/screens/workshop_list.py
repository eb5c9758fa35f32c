"""An organisation's workshops, the latest first, each with its next step."""

from collections.abc import Sequence

import streamlit as st

from data.workshops import Workshop, WorkshopState
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.places import link
from survey.wording import Wording
from survey.workshop.words import state_name

REMOVED = "workshop_removed"
"""What session_state holds: the title of the workshop that was just deleted, until it is told."""


def show(say: Wording, workshops: Sequence[Workshop]) -> None:
    """A row each."""
    if removed := st.session_state.pop(REMOVED, None):
        st.success(say("workshop.removed", workshop=escaped(removed)))
    for workshop in workshops:
        _row(say, workshop)


def origin_of(say: Wording, workshop: Workshop) -> str:
    """From which wave it starts, or that it starts from nothing."""
    if not workshop.wave:
        return say("workshop.from_nothing")
    wave = house().store.waves.find(workshop.wave)
    return say("workshop.from_wave", wave=wave.title)


def _row(say: Wording, workshop: Workshop) -> None:
    told = [state_name(say, workshop.state)]
    if workshop.day:
        told.append(say.day(workshop.day))
    if workshop.state is not WorkshopState.PLANNED:
        told.append(say.count("workshop.phones", workshop.phones))
    told.append(origin_of(say, workshop))
    lines = (f"**{escaped(workshop.plan.title)}**", escaped(" · ".join(told)))
    key = f"wave_workshop_{workshop.code}"
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        st.markdown("  \n".join(lines), width="stretch")
        with st.container(horizontal=True, width="content", key=f"step_{workshop.code}"):
            for name, label in _ways(say, workshop.state).items():
                link(say, name, label, workshop=workshop.code)


def _ways(say: Wording, state: WorkshopState) -> dict[str, str]:
    """The next step first."""
    prepare, lead = say("workshop.to_prepare"), say("workshop.to_facilitator")
    if state is WorkshopState.PLANNED:
        return {"workshop": prepare, "projector": say("workshop.to_projector")}
    if state is WorkshopState.RUNNING:
        wall = say("workshop.to_projector")
        return {"facilitator": lead, "projector": wall, "workshop": prepare}
    return {"protocol": say("workshop.to_protocol"), "workshop": prepare}
