"""Editing a wave's settings: what the person saw, what they typed, and saving it.

The settings that were on the screen are remembered, so that what somebody else
saved meanwhile is never overwritten without a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from data.accounts import Account
from data.changes import differing
from data.errors import Conflict, Problem
from data.model import Wave, WaveSettings
from survey import running
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.today import now
from survey.wave_words import setting_name, setting_value
from survey.wording import Wording

_SAVED = "editing_saved"
_RENEWED = "editing_renewed"


@dataclass(frozen=True, slots=True)
class Editing:
    """The wave as the person saw it, and what its fields begin with.

    The two differ where what was typed has been put onto a newer state.
    `turn`: counts how often the fields began anew.
    """

    seen: Wave
    shown: WaveSettings
    turn: int

    def key(self, field: str) -> str:
        """The name of one field's value in the session."""
        return f"edit_{self.seen.code}_{self.turn}_{field}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields hold. `problems`: what in them cannot be read."""

    settings: WaveSettings
    problems: Sequence[Problem] = ()


def editing(wave: Wave) -> Editing:
    """What this person is editing, from now on where they have not begun."""
    found: Editing = st.session_state.setdefault(_place(wave), Editing(wave, wave.settings, 0))
    return found


def begin_anew(wave: Wave) -> None:
    """Forget what was typed: the fields show what is stored."""
    _begin(wave, wave.settings)


def unsaved(edit: Editing, typed: Typed) -> bool:
    """Whether something typed is not stored."""
    return bool(typed.problems) or bool(differing(edit.seen.settings, typed.settings))


def tell_others(say: Wording, wave: Wave, edit: Editing, typed: Typed) -> None:
    """Say what somebody else saved meanwhile, and let the person choose; nothing typed is lost."""
    if st.session_state.pop(_RENEWED, False):
        st.info(say("editing.renewed"))
    others = differing(edit.seen.settings, wave.settings)
    if not others:
        return
    if not unsaved(edit, typed):
        begin_anew(wave)
        st.session_state[_RENEWED] = True
        st.rerun()
    lines = [
        say(
            "editing.other_line",
            setting=setting_name(say, name),
            before=setting_value(say, edit.seen.settings, name),
            after=setting_value(say, wave.settings, name),
        )
        for name in others
    ]
    text = "\n".join(f"- {escaped(line)}" for line in lines)
    st.warning(f"**{say('editing.other_title')}**\n\n{text}\n\n{say('editing.other_how')}")
    with st.container(horizontal=True):
        if st.button(say("editing.mine"), disabled=bool(typed.problems)):
            mine = differing(edit.seen.settings, typed.settings)
            kept = {name: getattr(typed.settings, name) for name in mine}
            _begin(wave, replace(wave.settings, **kept))
            st.rerun()
        if st.button(say("editing.theirs")):
            begin_anew(wave)
            st.rerun()


def save_bar(say: Wording, account: Account, wave: Wave, edit: Editing, typed: Typed) -> None:
    """Save or discard, and whether there is anything to save."""
    if st.session_state.pop(_SAVED, False):
        st.toast(say("editing.saved"))
    changed = unsaved(edit, typed)
    with st.container(key=f"save_bar_{'unsaved' if changed else 'saved'}"):
        st.markdown(f"**{say('editing.unsaved')}**" if changed else say("editing.all_saved"))
        with st.container(horizontal=True):
            save = st.button(say("editing.save"), type="primary", disabled=not changed)
            discard = st.button(say("editing.discard"), disabled=not changed)
        if save:
            _save(say, account, wave, edit, typed)
        if discard:
            begin_anew(wave)
            st.rerun()


def _save(say: Wording, account: Account, wave: Wave, edit: Editing, typed: Typed) -> None:
    if typed.problems:
        st.error(say("editing.unreadable"))
        return
    try:
        changed = running.change(house().store, edit.seen, typed.settings, account.label, now())
    except Conflict as problem:
        if wave == edit.seen:
            st.rerun()
        show_problem(say, problem)
    except Problem as problem:
        show_problem(say, problem)
    else:
        begin_anew(changed)
        st.session_state[_SAVED] = True
        st.rerun()


def _begin(wave: Wave, shown: WaveSettings) -> None:
    st.session_state[_place(wave)] = Editing(wave, shown, editing(wave).turn + 1)


def _place(wave: Wave) -> str:
    return f"editing_{wave.code}"
