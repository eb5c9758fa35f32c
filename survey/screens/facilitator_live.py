"""The facilitator's live part: where the room is, the keys, the timer, and new questions.

Nothing can be typed in it. It counts and never tells who or what.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import NotFound, Problem
from data.questionnaires import load_instrument
from data.store import Store
from data.workshops import IN_ROUNDS, Room, Round, Step, StepKind, Workshop, WorkshopState
from survey.access import visitor
from survey.house import house
from survey.screens import facilitator_questions
from survey.screens.frame import show_problem
from survey.screens.today import now
from survey.screens.workshop_controls import REVEAL_AMONG_BUTTONS, attempt, controls
from survey.tables import render
from survey.wording import Wording, wording
from survey.workshop import acts
from survey.workshop.pace import pace
from survey.workshop.words import phase_name, phase_of, state_name, step_name

_EVERY = 2
"""Seconds."""

_MORE = (1, 5)
"""Minutes that a running timer can be given."""

_UNPLANNED = 5
"""Minutes of a timer where none are planned."""

Timing = Callable[[Store, Account, Workshop, float, datetime], None]
"""Starting a timer, or giving it more minutes."""


def show(say: Wording, room: Room) -> None:
    """What is shown again every two seconds."""
    workshop = room.workshop
    st.fragment(_live, run_every=_EVERY)(say.language, workshop.code, workshop.version)


def _live(language: str, code: str, drawn: int) -> None:
    """Who asks, and of what, is looked up anew each time. `drawn`: the rest shows this version."""
    say, account = wording(language), visitor()
    if account is None:
        st.rerun()
    try:
        room = acts.enter(house().store, account, code)
    except NotFound:
        st.rerun()
    except Problem as problem:
        show_problem(say, problem)
        return
    if room.workshop.version != drawn:
        st.rerun()
    _state(say, account, room)


def _state(say: Wording, account: Account, room: Room) -> None:
    with st.container(border=True, key="facilitator_live"):
        lead, beside = st.columns([5, 3], gap="large")
        with lead:
            st.html(_facts(say, room))
            controls(say, account, room, reveal=REVEAL_AMONG_BUTTONS)
        with beside:
            if room.workshop.state is WorkshopState.RUNNING:
                _timer(say, account, room)
                facilitator_questions.announce(say, room)


def _facts(say: Wording, room: Room) -> str:
    workshop, moment = room.workshop, now()
    at, step = pace(workshop, moment), workshop.step
    instrument = load_instrument(workshop.plan.instrument)
    facts = {say("facilitator.phones"): say.number(workshop.phones, 0)}
    if workshop.state is WorkshopState.RUNNING:
        facts[say("facilitator.this_step")] = say.count("facilitator.minutes", at.minutes)
        facts[say("facilitator.rest")] = say.count("facilitator.minutes", at.ahead)
        facts[say("facilitator.ends")] = say("facilitator.about", time=say.time(at.ends))
    elif workshop.state is WorkshopState.PLANNED:
        facts[say("facilitator.in_all")] = say.count("facilitator.minutes", at.ahead)
    return render(
        "facilitator_facts.html",
        say=say,
        state=state_name(say, workshop.state),
        place=say("workshop.place", number=at.number, of=at.of) if step else "",
        phase=phase_name(say, phase_of(step)) if step else "",
        here=step_name(say, step, instrument) if step else say("facilitator.not_begun"),
        told=_told(say, room),
        facts=facts,
    )


def _told(say: Wording, room: Room) -> tuple[str, ...]:
    """How many votes or ideas are in, and how many are still missing."""
    workshop, current = room.workshop, room.current
    step = workshop.step
    if workshop.state is not WorkshopState.RUNNING or current is None or step is None:
        return ()
    if step.kind not in IN_ROUNDS:
        return ()
    return tuple(filter(None, (_count(say, room, step, current), _missing(say, room, current))))


def _count(say: Wording, room: Room, step: Step, current: Round) -> str:
    if step.kind is StepKind.IDEAS:
        key = "facilitator.ideas_in" if current.closed else "facilitator.ideas_coming"
        return say.count(key, current.voters)
    if current.closed:
        told = say.count("facilitator.revealed", current.voters)
    else:
        told = say("facilitator.votes_in", votes=current.voters, phones=room.workshop.phones)
    return told if current.number == 1 else say("facilitator.of_round", told=told, n=current.number)


def _missing(say: Wording, room: Room, current: Round) -> str:
    step, smallest = room.workshop.step, room.workshop.plan.smallest_group
    if current.closed or current.voters >= smallest or (step and step.kind is StepKind.IDEAS):
        return ""
    return say.count("facilitator.missing", smallest - current.voters, smallest=smallest)


def _timer(say: Wording, account: Account, room: Room) -> None:
    """Start with the planned minutes, add some, or stop."""
    workshop = room.workshop
    planned = (workshop.step.minutes if workshop.step else 0) or _UNPLANNED
    with st.container(horizontal=True, vertical_alignment="center", key="facilitator_timer"):
        if workshop.timer_ends is None:
            label = say.count("facilitator.timer_start", planned)
            _button(label, "start", acts.start_timer, account, workshop, planned)
            return
        st.markdown(_remaining(say, workshop.timer_ends, now()), width="content")
        for minutes in _MORE:
            label = say("facilitator.timer_more", minutes=minutes)
            _button(label, f"more_{minutes}", acts.extend_timer, account, workshop, minutes)
        stop = partial(acts.stop_timer, house().store, account, workshop)
        label = say("facilitator.timer_stop")
        st.button(label, key="facilitator_timer_stop", on_click=attempt, args=(account, stop))


def _button(
    label: str, name: str, act: Timing, account: Account, workshop: Workshop, minutes: int
) -> None:
    key = f"facilitator_timer_{name}"
    st.button(label, key=key, on_click=_run, args=(act, account, workshop, minutes))


def _run(act: Timing, account: Account, workshop: Workshop, minutes: int) -> None:
    """From the moment on at which the button was pressed, not drawn."""
    attempt(account, partial(act, house().store, account, workshop, minutes, now()))


def _remaining(say: Wording, ends: datetime, moment: datetime) -> str:
    left = round((ends - moment).total_seconds())
    minutes, seconds = divmod(abs(left), 60)
    clock = f"{minutes}:{seconds:02d}"
    return say("facilitator.time_left" if left >= 0 else "facilitator.time_up", clock=clock)
