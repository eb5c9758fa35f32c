"""The agenda: what is done, what comes; going anywhere, leaving out, and ending it."""

from functools import partial

import streamlit as st

from data.accounts import Account
from data.model import Instrument
from data.questionnaires import load_instrument
from data.workshops import Room, Step, WorkshopState
from survey.house import house
from survey.screens.workshop_controls import attempt, go
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.findings import closed
from survey.workshop.replanning import skip
from survey.workshop.words import step_name


def show(say: Wording, account: Account, room: Room) -> None:
    """Every step leads there; those that are left out are folded below."""
    instrument = load_instrument(room.workshop.plan.instrument)
    steps = room.workshop.plan.steps
    here = room.workshop.at
    listed = [step for step in steps if not step.skipped or step.id == here]
    left_out = [step for step in steps if step.skipped and step.id != here]
    st.header(say("workshop.agenda"), anchor=False)
    with st.container(key="facilitator_agenda", gap="xsmall"):
        for number, step in enumerate(listed, start=1):
            _row(say, account, room, step, f"{number}. {_name(say, room, step, instrument)}")
    if left_out:
        with st.expander(say.count("facilitator.left_out", len(left_out))):
            for step in left_out:
                _row(say, account, room, step, _name(say, room, step, instrument))
    _end(say, account, room)


def _row(say: Wording, account: Account, room: Room, step: Step, label: str) -> None:
    here = step.id == room.workshop.at
    with st.container(horizontal=True, key=f"agenda_{step.id}", vertical_alignment="center"):
        st.button(
            label,
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
        st.button(
            say("facilitator.take_in") if step.skipped else say("facilitator.leave_out"),
            key=f"agenda_{step.id}_skip",
            type="tertiary",
            on_click=attempt,
            args=(account, change),
        )


def _name(say: Wording, room: Room, step: Step, instrument: Instrument) -> str:
    """A step with its minutes, and a tick where it was revealed or left behind."""
    name = step_name(say, step, instrument)
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
            args=(account, partial(acts.end, house().store, account, room)),
        )
