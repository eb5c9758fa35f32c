"""The agenda: what is done, what comes; going anywhere, leaving out, and ending it."""

from functools import partial

import streamlit as st

from data.accounts import Account
from data.questionnaires import load_instrument
from data.workshops import Room, Step, WorkshopState
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.workshop_controls import attempt, go
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.findings import closed
from survey.workshop.replanning import skip
from survey.workshop.words import step_name

ANCHOR = "agenda"
"""Where a phone, on which the agenda stands last, is led to."""


def show(say: Wording, account: Account, room: Room) -> None:
    """Every step leads there; those that are left out are folded below."""
    instrument = load_instrument(room.workshop.plan.instrument)
    steps = room.workshop.plan.steps
    here = room.workshop.at
    listed = [step for step in steps if not step.skipped or step.id == here]
    left_out = [step for step in steps if step.skipped and step.id != here]
    st.header(say("facilitator.agenda"), anchor=ANCHOR)
    with st.container(key="facilitator_agenda", gap="xsmall"):
        for number, step in enumerate(listed, start=1):
            name = step_name(say, step, instrument)
            _row(say, account, room, step, name, number)
    if left_out:
        with st.expander(say.count("facilitator.left_out", len(left_out))):
            for step in left_out:
                _row(say, account, room, step, step_name(say, step, instrument))
    _end(say, account, room)


def _row(
    say: Wording, account: Account, room: Room, step: Step, name: str, number: int | None = None
) -> None:
    """A step and the way to leave it out or take it in, which names it for screen readers."""
    here = step.id == room.workshop.at
    label = _told(say, room, step, name)
    with st.container(horizontal=True, key=f"agenda_{step.id}", vertical_alignment="center"):
        st.button(
            f"{number}. {label}" if number else label,
            key=f"agenda_{step.id}_go",
            type="primary" if here else "tertiary",
            width="stretch",
            on_click=go,
            args=(account, room, step),
        )
        if here or _done(room, step):
            return
        change = partial(
            skip, house().store, account, room.workshop.code, step, skipped=not step.skipped
        )
        named = escaped(name)
        st.button(
            say("facilitator.take_in", step=named)
            if step.skipped
            else say("facilitator.leave_out", step=named),
            key=f"agenda_{step.id}_skip",
            type="tertiary",
            on_click=attempt,
            args=(change,),
        )


def _told(say: Wording, room: Room, step: Step, name: str) -> str:
    """A step with its minutes, and a tick where it was revealed or left behind."""
    told = say("facilitator.step", name=name, minutes=step.minutes)
    if step.id == room.workshop.at:
        return say("facilitator.step_now", step=told)
    return say("facilitator.step_done", step=told) if _done(room, step) else told


def _done(room: Room, step: Step) -> bool:
    """Whether it was revealed, or lies before the present step."""
    ids = [one.id for one in room.workshop.plan.steps]
    at = room.workshop.at
    before = at in ids and not step.skipped and ids.index(step.id) < ids.index(at)
    return before or closed(room, step) is not None


def _end(say: Wording, account: Account, room: Room) -> None:
    if room.workshop.state is not WorkshopState.RUNNING:
        return
    with st.popover(say("facilitator.end")):
        st.markdown(say("facilitator.end_sure"))
        st.button(
            say("facilitator.end_yes"),
            key="facilitator_end",
            type="primary",
            on_click=attempt,
            args=(partial(acts.end, house().store, account, room),),
        )
