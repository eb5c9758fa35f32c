"""The facilitator's keys: back, reveal or ask again, on. The same on every screen that leads.

Pressed twice, or on two screens at once, they act once: what was seen must still be so.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Conflict, Problem
from data.workshops import IN_ROUNDS, Room, Step, StepKind, Workshop, WorkshopState
from survey.access import still
from survey.house import house
from survey.screens.frame import plain_lines
from survey.screens.today import today
from survey.wording import Wording
from survey.workshop import acts

_TROUBLE = "workshop_trouble"
"""What session_state holds: why the last key could not do what it says, until the next one."""


REVEAL = "Space"
"""The key that reveals."""

REVEAL_AMONG_BUTTONS = "A"
"""The same where a space may be meant for another button, which it would not reach."""


def controls(say: Wording, account: Account, room: Room, *, reveal: str = REVEAL) -> None:
    """Three buttons with their keys, and why the last one could not act. Call it in a fragment.

    `reveal`: the key that reveals. A wall does not tell the room that somebody was faster:
    it shows how it stands now.
    """
    workshop = room.workshop
    ended = workshop.state is WorkshopState.ENDED
    before, after = acts.beside(workshop, -1), acts.beside(workshop, 1)
    after = workshop.step if ended else after
    with st.container(horizontal=True, key="workshop_keys"):
        _step(account, room, before, say("workshop.back"), "Left")
        _middle(say, account, room, reveal)
        begun = workshop.state is WorkshopState.RUNNING
        _step(account, room, after, say("workshop.on") if begun else _begin(say, room), "Right")
    problem = st.session_state.get(_TROUBLE)
    told = reveal == REVEAL_AMONG_BUTTONS or not isinstance(problem, Conflict)
    if problem is not None and told:
        st.warning(plain_lines(say.problem(problem)))


def attempt(account: Account, act: Callable[[], object]) -> None:
    """Do something with the workshop; what cannot be done is told with the buttons.

    Not whose access ended since it was drawn: the door is closed then.
    """
    st.session_state.pop(_TROUBLE, None)
    if not still(account):
        return
    try:
        act()
    except Problem as problem:
        st.session_state[_TROUBLE] = problem


def go(account: Account, room: Room, step: Step) -> None:
    """Move to a step."""
    attempt(account, partial(acts.go, house().store, account, room, step, today()))


def _begin(say: Wording, room: Room) -> str:
    if room.workshop.state is WorkshopState.ENDED:
        return say("workshop.resume")
    return say("workshop.begin")


def _step(account: Account, room: Room, step: Step | None, label: str, key: str) -> None:
    st.button(
        label,
        key=_as_seen(room, key),
        shortcut=key,
        disabled=step is None,
        on_click=go if step else None,
        args=(account, room, step) if step else None,
    )


def _middle(say: Wording, account: Account, room: Room, key: str) -> None:
    """Reveal what is open; where all is revealed, ask once more."""
    step, current = room.workshop.step, room.current
    asked = step is not None and step.kind in IN_ROUNDS
    if not asked or room.workshop.state is not WorkshopState.RUNNING or current is None:
        return
    act: Callable[..., Workshop] = acts.again if current.closed else acts.reveal
    st.button(
        _again(say, step) if current.closed else _reveal(say, step),
        key=_as_seen(room, "again" if current.closed else "space"),
        shortcut=None if current.closed else key,
        type="secondary" if current.closed else "primary",
        on_click=attempt,
        args=(account, partial(act, house().store, account, room)),
    )


def _as_seen(room: Room, name: str) -> str:
    """A button is another one once the workshop has moved on.

    So a second press that is under way by then belongs to what was seen, too.
    """
    return f"workshop_{name.lower()}_{room.workshop.version}"


def _reveal(say: Wording, step: Step | None) -> str:
    ideas = step is not None and step.kind is StepKind.IDEAS
    return say("workshop.close_ideas") if ideas else say("workshop.reveal")


def _again(say: Wording, step: Step | None) -> str:
    ideas = step is not None and step.kind is StepKind.IDEAS
    return say("workshop.more_ideas") if ideas else say("workshop.again")
