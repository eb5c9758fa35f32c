"""What the facilitator wants to say in a step: their notes or the house's, and the survey's.

Notes are written in a form that stays with its step until it is saved or given up, even
when the room moves on meanwhile.
"""

from dataclasses import dataclass

import streamlit as st

from data.accounts import Account
from data.errors import Conflict, Problem
from data.questionnaires import load_instrument
from data.workshops import Room, Step, StepKind, Workshop
from survey.house import house
from survey.screens.frame import escaped, plain_lines, show_problem
from survey.screens.results_view import results_for
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.acts import LONGEST_NOTES
from survey.workshop.briefing import briefing
from survey.workshop.prompts import prompts
from survey.workshop.replanning import write_notes
from survey.workshop.words import step_name

_WRITING = "facilitator_writing"
"""What session_state holds: the notes that are being written, by the workshop's code."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """Notes that are being written. `seen`: the step as it was when they were begun."""

    seen: Step
    told: bool = False
    """Whether the person was told that somebody else wrote something meanwhile."""


def show(say: Wording, account: Account, room: Room) -> None:
    """The notes of the present step, or of the first before it begins; then what comes next."""
    workshop = room.workshop
    step = workshop.step or acts.beside(workshop, 1)
    with st.container(key="facilitator_notes"):
        st.header(say("facilitator.notes"), anchor=False)
        if step is not None:
            _notes(say, step)
            _survey(say, workshop, step)
        _editor(say, account, workshop, step)
        _after(say, workshop)


def _notes(say: Wording, step: Step) -> None:
    if step.notes:
        st.markdown(plain_lines(step.notes))
    else:
        st.markdown("\n".join(f"- {line}" for line in prompts(say, step.kind)))


def _survey(say: Wording, workshop: Workshop, step: Step) -> None:
    """What the survey says of it, where the workshop starts from one."""
    if not workshop.wave:
        return
    told = briefing(say, results_for(house().store.waves.find(workshop.wave)), step)
    if not told:
        return
    unfolded = bool(step.dimension) or step.kind is StepKind.RESULT
    with st.expander(say("facilitator.survey_says"), expanded=unfolded):
        st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in told))


def _after(say: Wording, workshop: Workshop) -> None:
    following = acts.beside(workshop, 1)
    if workshop.step is None or following is None:
        return
    name = step_name(say, following, load_instrument(workshop.plan.instrument))
    minutes = say.count("facilitator.minutes", following.minutes)
    st.markdown(f"**{say('facilitator.next')}** {escaped(name)} ({minutes})")


def _editor(say: Wording, account: Account, workshop: Workshop, step: Step | None) -> None:
    writing = _open(workshop)
    if writing is None:
        if step is not None and st.button(say("facilitator.notes_change"), key="notes_change"):
            _keep(workshop, _Writing(step))
            st.rerun()
        return
    name = step_name(say, writing.seen, load_instrument(workshop.plan.instrument))
    if writing.told:
        _meanwhile(say, writing.seen)
    typed = st.text_area(
        say("facilitator.notes_of", step=name),
        writing.seen.notes,
        max_chars=LONGEST_NOTES,
        height=200,
        key=f"notes_{workshop.code}_{writing.seen.id}",
        help=say("facilitator.notes_help"),
    )
    with st.container(horizontal=True):
        if st.button(say("facilitator.notes_save"), key="notes_save", type="primary"):
            _save(say, account, workshop, writing, typed)
        if st.button(say("facilitator.notes_cancel"), key="notes_cancel"):
            _keep(workshop, None)
            st.rerun()


def _save(
    say: Wording, account: Account, workshop: Workshop, writing: _Writing, typed: str
) -> None:
    """Keep them; where somebody else wrote some meanwhile, say so and keep what is typed."""
    try:
        write_notes(house().store, account, workshop.code, writing.seen, typed)
    except Conflict:
        room = acts.enter(house().store, account, workshop.code)
        now = next(step for step in room.workshop.plan.steps if step.id == writing.seen.id)
        _keep(workshop, _Writing(now, told=True))
        st.rerun()
    except Problem as problem:
        show_problem(say, problem)
    else:
        _keep(workshop, None)
        st.rerun()


def _meanwhile(say: Wording, now: Step) -> None:
    theirs = plain_lines(now.notes) if now.notes else say("facilitator.notes_emptied")
    st.warning(f"{say('facilitator.notes_meanwhile')}\n\n{theirs}")


def _open(workshop: Workshop) -> _Writing | None:
    forms: dict[str, _Writing] = st.session_state.get(_WRITING, {})
    return forms.get(workshop.code)


def _keep(workshop: Workshop, writing: _Writing | None) -> None:
    forms: dict[str, _Writing] = st.session_state.setdefault(_WRITING, {})
    forms.pop(workshop.code, None)
    if writing is not None:
        forms[workshop.code] = writing
