"""An opened wave's settings: what is fixed and why, and the little that may still change."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import LARGEST_SMALLEST_GROUP, Wave, WaveState
from survey import running
from survey.house import house
from survey.invitations import sheet_address
from survey.screens import wave_fields as fields
from survey.screens import wave_times as times
from survey.screens.acts import act
from survey.screens.editing import Typed, begin_anew, editing, save_bar, tell_others
from survey.screens.today import today
from survey.wave_words import setting_table
from survey.wording import Wording

_FIXED = (
    "instrument",
    "items",
    "languages",
    "position",
    "position_by_division",
    "contact",
    "contact_by_division",
    "smallest_group",
    "opens_at",
    "retention_days",
    "introduction",
)
_STILL_OPEN = ("closes_at", "results_on", "staff_overview")


def show_settings(say: Wording, account: Account, wave: Wave) -> None:
    """What is fixed, with the reason; the one thing of it that may change, upwards."""
    final = wave.state is WaveState.RELEASED
    with st.expander(say("wave.settings")):
        st.write(say("wave.fixed_by_release") if final else say("wave.fixed_by_opening"))
        names = (*_FIXED, *_STILL_OPEN) if final else _FIXED
        st.html(setting_table(say, wave.settings, names))
        st.link_button(say("wave.sheet"), sheet_address(wave.code, say.language))
        if not final and wave.settings.smallest_group < LARGEST_SMALLEST_GROUP:
            _raising(say, account, wave)


def _raising(say: Wording, account: Account, wave: Wave) -> None:
    smallest = wave.settings.smallest_group
    st.write(say("wave.raise_text"))
    larger = st.number_input(
        say("wave.raise_to"), smallest + 1, LARGEST_SMALLEST_GROUP, key="raise_to"
    )
    with st.popover(say("wave.raise")):
        if st.button(say("wave.raise_yes"), type="primary"):
            raised = partial(running.raise_smallest_group, house().store, wave, larger)
            act(say, partial(raised, account.label, today()))


def show_changeable(say: Wording, account: Account, wave: Wave) -> None:
    """The end (while open), and what is told of results; changeable until the release."""
    edit = editing(wave)
    if edit.seen.state is not wave.state:
        st.warning(say("editing.state_moved", state=wave.state))
        begin_anew(wave)
        edit = editing(wave)
    st.header(say("wave.changeable"))
    st.write(say("wave.changeable_text"))
    problems: list[Problem] = []
    settings = edit.shown
    others = st.container()
    with st.container(border=True):
        if wave.state is WaveState.OPEN:
            st.caption(say("wave.zone", zone=settings.zone))
            closes = times.closing(say, edit.key, settings.closes_at, settings.zone, problems)
            settings = replace(settings, closes_at=closes)
        settings = replace(
            settings,
            results_on=times.results_on(say, edit),
            staff_overview=fields.staff_overview(say, edit),
        )
        typed = Typed(settings, problems)
        save_bar(say, account, wave, edit, typed)
    with others:
        tell_others(say, wave, edit, typed)
