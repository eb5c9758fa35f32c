"""Saving each change of a workshop's plan at once; where two changed the same, one decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.accounts import Account
from data.errors import Conflict, Problem
from data.questionnaires import load_instrument
from data.workshops import Workshop, WorkshopPlan
from survey.access import still
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.planning import Clash, Part, merged
from survey.workshop.words import step_name

_UNDECIDED = "workshop_undecided_"
_TROUBLE = "workshop_edit_trouble_"
"""What session_state holds of a workshop, by its code: what two people changed differently, and
why the last change was refused."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """What somebody wanted of the workshop as they saw it, when another was faster."""

    seen: Workshop
    wanted: WorkshopPlan


def field(key: str, stored: object) -> str:
    """The key of a field that shows what is stored, also where somebody else changed it."""
    if st.session_state.get(key) != stored:
        st.session_state[key] = stored
    return key


def save(account: Account, seen: Workshop, wanted: WorkshopPlan) -> None:
    """Keep a change; what cannot be kept is told by `tell`."""
    if not still(account):
        return
    try:
        acts.revise(house().store, account, seen, wanted)
    except Conflict:
        st.session_state.setdefault(_UNDECIDED + seen.code, []).append(Undecided(seen, wanted))
    except Problem as problem:
        st.session_state[_TROUBLE + seen.code] = problem


def save_typed(
    account: Account, seen: Workshop, key: str, change: Callable[[WorkshopPlan, Any], WorkshopPlan]
) -> None:
    """Keep what a field holds now."""
    save(account, seen, change(seen.plan, st.session_state[key]))


def save_act(account: Account, code: str, change: Callable[[WorkshopPlan], WorkshopPlan]) -> None:
    """Change the plan as it is now, so that a button pressed twice acts twice."""
    try:
        now = acts.enter(house().store, account, code).workshop
    except Problem as problem:
        st.session_state[_TROUBLE + code] = problem
    else:
        save(account, now, change(now.plan))


def tell(say: Wording, account: Account, now: Workshop) -> None:
    """Why the last change was refused, and what is to be decided; nothing typed is lost."""
    problem = st.session_state.pop(_TROUBLE + now.code, None)
    if problem is not None:
        show_problem(say, problem)
    waiting: list[Undecided] = st.session_state.get(_UNDECIDED + now.code, [])
    clashes = [c for one in waiting for c in merged(one.seen.plan, one.wanted, now.plan).clashes]
    if not clashes:
        _forget(now)
        return
    lines = "\n".join(f"- {escaped(_line(say, now, clash))}" for clash in clashes)
    st.warning(f"**{say('workshop.clash')}**\n\n{lines}")
    with st.container(horizontal=True):
        st.button(say("editing.mine"), on_click=_insist, args=(account, now))
        st.button(say("editing.theirs"), on_click=_theirs, args=(now,))


def _theirs(now: Workshop) -> None:
    _forget(now)


def _insist(account: Account, now: Workshop) -> None:
    for one in _forget(now) if still(account) else ():
        try:
            acts.revise(house().store, account, one.seen, one.wanted, insist=True)
        except Problem as problem:
            st.session_state[_TROUBLE + now.code] = problem


def _forget(now: Workshop) -> list[Undecided]:
    """Nothing is to be decided any more; what was."""
    waiting: list[Undecided] = st.session_state.pop(_UNDECIDED + now.code, [])
    return waiting


def _line(say: Wording, workshop: Workshop, clash: Clash) -> str:
    """What was changed, what stands there now, and what this person wanted."""
    setting = {
        Part.TITLE: say("workshop.title"),
        Part.DOTS: say("workshop.dots"),
        Part.ORDER: say("workshop.order"),
        Part.MINUTES: say("workshop.minutes"),
        Part.NOTES: say("workshop.notes"),
        Part.SKIPPED: say("workshop.takes_part"),
    }[clash.part]
    instrument = load_instrument(workshop.plan.instrument)
    names = {step.id: step_name(say, step, instrument) for step in workshop.plan.steps}
    if clash.step:
        setting = say("workshop.of_step", setting=setting, step=names[clash.step])
    theirs, mine = (_value(say, clash.part, one, names) for one in (clash.theirs, clash.mine))
    return say("workshop.clash_line", setting=setting, theirs=theirs, mine=mine)


def _value(say: Wording, part: Part, value: object, names: Mapping[int, str]) -> str:
    if part is Part.SKIPPED:
        return say("form.no") if value else say("form.yes")
    if isinstance(value, tuple):
        return ", ".join(names[step] for step in value)
    return " ".join(str(value).split()) or say("setting.none")
