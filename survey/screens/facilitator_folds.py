"""Which sections of the facilitator's view are unfolded: those that the step needs, or one."""

import streamlit as st

from data.workshops import Room, StepKind

IDEAS, QUESTIONS, MEASURES = "facilitator_ideas", "facilitator_questions", "facilitator_measures"
"""Whether each is unfolded, in session_state."""

_NEEDED = {
    IDEAS: StepKind.IDEAS,
    QUESTIONS: StepKind.QUESTIONS,
    MEASURES: StepKind.MEASURES,
}
_AT, _WANTED = "facilitator_at", "facilitator_wanted"
"""What session_state holds: where the room was when this was drawn last, and what is wanted."""


def unfold(room: Room, *, writing: bool) -> None:
    """Before anything is drawn. `writing`: somebody writes a measure, which stays in sight."""
    step, at = room.workshop.step, (room.workshop.code, room.workshop.at)
    wanted = st.session_state.pop(_WANTED, None)
    if wanted is None and st.session_state.get(_AT) == at:
        return
    st.session_state[_AT] = at
    for name, kind in _NEEDED.items():
        needed = step is not None and step.kind is kind
        st.session_state[name] = name == wanted if wanted else needed
    if writing:
        st.session_state[MEASURES] = True


def want(name: str) -> None:
    """Unfold only this at the next run, so that it is in sight."""
    st.session_state[_WANTED] = name


def unfolded(name: str) -> bool:
    """Whether somebody can read it."""
    return bool(st.session_state.get(name))
