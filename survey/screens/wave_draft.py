"""A wave that is still a draft: its settings, what is missing, how it will look, opening it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import Wave
from survey import drafting, readiness, running
from survey.house import house
from survey.readiness import Hint, Readiness
from survey.screens import wave_fields as fields
from survey.screens import wave_times as times
from survey.screens.editing import (
    Editing,
    Typed,
    begin_anew,
    editing,
    save_bar,
    tell_others,
    unsaved,
)
from survey.screens.frame import escaped, plain_lines, show_problem
from survey.screens.places import SCREENS, START, go, link
from survey.screens.today import now
from survey.wording import Wording

_MUST, _MAY, _DONE = ":material/error:", ":material/radio_button_unchecked:", ":material/check:"


def show_draft(say: Wording, account: Account, wave: Wave) -> None:
    """The editor, and beside it the way to the opening; the preview below."""
    st.write(say("draft.intro"))
    edit = editing(wave)
    others = st.container()
    left, right = st.columns([5, 3], gap="large")
    with left:
        typed = _editor(say, edit)
    with others:
        tell_others(say, wave, edit, typed)
    with left:
        save_bar(say, account, wave, edit, typed)
    with right:
        _steps(say, wave)
        _opening(say, account, edit.seen, pending=unsaved(edit, typed))
        _removal(say, account, edit.seen)
    _preview(say, wave, edit, pending=unsaved(edit, typed))


def _editor(say: Wording, edit: Editing) -> Typed:
    problems: list[Problem] = []
    with _section(say("draft.what")):
        settings = fields.what_is_asked(say, edit)
    with _section(say("setup.groups")):
        settings = fields.for_whom(say, edit, settings)
    with _section(say("draft.when")):
        zone = times.zone(say, edit)
        opens = times.opening(say, edit, zone, problems)
        closes = times.closing(say, edit.key, edit.shown.closes_at, zone, problems)
        settings = replace(settings, zone=zone, opens_at=opens, closes_at=closes)
    with _section(say("draft.texts")):
        settings = fields.texts(say, edit, settings)
    with _section(say("draft.after")):
        settings = replace(
            settings,
            results_on=times.results_on(say, edit),
            staff_overview=fields.staff_overview(say, edit),
        )
    return Typed(settings, problems)


@contextmanager
def _section(title: str) -> Iterator[None]:
    with st.container(border=True):
        st.header(title)
        yield


def _steps(say: Wording, wave: Wave) -> None:
    """Where else something of this wave is set."""
    st.header(say("draft.steps"))
    organisation = str(wave.organisation.id)
    with st.container(key="step_draft"):
        if "departments" in SCREENS:
            link(say, "departments", say("draft.to_departments"), organisation=organisation)
        if "invitations" in SCREENS:
            link(say, "invitations", say("draft.to_invitations"), wave=wave.code)
        link(say, "expectations", say("wave.expectations"), wave=wave.code)


def _opening(say: Wording, account: Account, wave: Wave, *, pending: bool) -> None:
    st.header(say("draft.check"))
    ready = readiness.look(house().store, wave, now())
    st.markdown(_list(say, ready))
    if wave.settings.opens_at:
        st.info(_by_itself(say, wave, ready))
    with st.popover(say("draft.open"), type="primary", disabled=pending or not ready.openable):
        st.write(say("draft.open_sure"))
        st.write(say("draft.open_fixed"))
        if st.button(say("draft.open_yes"), type="primary"):
            _open(say, account, wave)
    if pending:
        st.caption(say("draft.save_first"))


def _by_itself(say: Wording, wave: Wave, ready: Readiness) -> str:
    opens = wave.settings.opens_at
    if not ready.openable:
        return escaped(say("draft.opens_not", moment=opens, zone=wave.settings.zone))
    return escaped(say("draft.opens_then", moment=opens, zone=wave.settings.zone))


def _list(say: Wording, ready: Readiness) -> str:
    """What must be mended first, then what is there and what is not."""
    present = {
        Hint.DEPARTMENTS: say("check.departments"),
        Hint.HEADCOUNTS: say("check.headcounts"),
        Hint.LINKS: say("check.links"),
        Hint.CLOSING: say("check.closing"),
        Hint.TARGETS: say("check.targets"),
        Hint.PREDICTION: say("check.prediction"),
    }
    missing = {
        Hint.DEPARTMENTS: say("check.no_departments"),
        Hint.HEADCOUNTS: say("check.no_headcounts"),
        Hint.LINKS: say("check.no_links"),
        Hint.CLOSING: say("check.no_closing"),
        Hint.TARGETS: say("check.no_targets"),
        Hint.PREDICTION: say("check.no_prediction"),
    }
    lines = [f"{_MUST} **{plain_lines(say.problem(one)).strip()}**" for one in ready.obstacles]
    for hint, there in ready.hints.items():
        lines.append(f"{_DONE} {present[hint]}" if there else f"{_MAY} {missing[hint]}")
    return "  \n".join(lines)


def _open(say: Wording, account: Account, wave: Wave) -> None:
    try:
        opened = running.open_wave(house().store, wave, account.label, now())
    except Problem as problem:
        show_problem(say, problem)
    else:
        begin_anew(opened)
        st.rerun()


def _removal(say: Wording, account: Account, wave: Wave) -> None:
    with st.popover(say("draft.remove")):
        st.write(say("draft.remove_sure"))
        if st.button(say("draft.remove_yes"), type="primary"):
            try:
                drafting.remove(house().store, wave, account.label)
            except Problem as problem:
                show_problem(say, problem)
            else:
                go(say, START)


def _preview(say: Wording, wave: Wave, edit: Editing, *, pending: bool) -> None:
    """The real questionnaire in two frames; it changes with every saving."""
    address = f"/preview/{wave.code}?lang={say.language}"
    st.header(say("preview.title"))
    st.write(say("preview.text"))
    if pending:
        st.caption(say("preview.stored_only"))
    st.link_button(say("preview.open"), address)
    phone, desktop = st.tabs([say("preview.phone"), say("preview.desktop")])
    frame = f"{address}&shown={edit.turn}"
    with phone:
        st.iframe(frame, width=390, height=760, alt=say("preview.phone"))
    with desktop:
        st.iframe(frame, height=760, alt=say("preview.desktop"))
