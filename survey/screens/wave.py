"""One wave, by its state: prepare it, watch answers come in, close it, release it."""

from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import Wave, WaveState
from survey import releasing, running
from survey.house import house
from survey.screens import wave_times as times
from survey.screens.acts import act
from survey.screens.brand import heading_of
from survey.screens.frame import escaped
from survey.screens.guard import asked_wave, guarded
from survey.screens.participation import answered, show_participation
from survey.screens.places import START, link
from survey.screens.today import now, today
from survey.screens.wave_draft import show_draft
from survey.screens.wave_settings import show_changeable, show_settings
from survey.wave_words import next_step
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """What this wave needs next, by its state."""
    wave = asked_wave(account, to_run=True)
    if wave is None:
        st.title(say("nav.wave"))
        st.info(say("wave.none_chosen"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    _head(say, wave)
    {
        WaveState.DRAFT: show_draft,
        WaveState.OPEN: _open,
        WaveState.CLOSED: _closed,
        WaveState.RELEASED: _released,
    }[wave.state](say, account, wave)


def _head(say: Wording, wave: Wave) -> None:
    st.title(escaped(wave.title))
    heading_of(wave.organisation, wave.code)
    st.markdown(f"**{say.state(wave.state)}**{_until(say, wave)}")
    if wave.organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    if wave.state is not WaveState.DRAFT:
        _ways(say, wave)


def _ways(say: Wording, wave: Wave) -> None:
    """What comes next, and then where else something of an opened wave is."""
    if wave.state is WaveState.RELEASED:
        st.success(say("wave.released", day=wave.released_on))
    else:
        st.write(next_step(say, wave.state))
    with st.container(horizontal=True, key="onward_wave"):
        with st.container(width="content", key="next_wave"):
            if wave.state is WaveState.OPEN:
                link(say, "invitations", say("draft.to_invitations"), wave=wave.code)
            if wave.state is WaveState.RELEASED:
                link(say, "results", say("start.results"), wave=wave.code)
        with st.container(horizontal=True, width="content", key="step_wave"):
            link(say, "expectations", say("wave.expectations"), wave=wave.code)
            if wave.state is WaveState.RELEASED:
                link(say, "workshops", say("nav.workshop"), wave=wave.code)
            organisation = str(wave.organisation.id)
            link(say, "wave_new", say("wave.again"), organisation=organisation, copy=wave.code)


def _until(say: Wording, wave: Wave) -> str:
    closes = wave.settings.closes_at
    if wave.state is not WaveState.OPEN or closes is None:
        return ""
    return escaped(" " + say("wave.until", moment=closes, zone=wave.settings.zone))


def _open(say: Wording, account: Account, wave: Wave) -> None:
    show_participation(say, wave)
    show_changeable(say, account, wave)
    st.header(say("wave.close_title"))
    st.write(say("wave.close_text"))
    with st.popover(say("wave.close")):
        st.write(say("wave.close_sure"))
        if st.button(say("wave.close_yes"), type="primary"):
            act(say, lambda: running.close(house().store, wave, account.label, today()))
    show_settings(say, account, wave)


def _closed(say: Wording, account: Account, wave: Wave) -> None:
    st.header(say("wave.release_title"))
    if answered(wave) < wave.settings.smallest_group:
        st.warning(say.count("wave.release_few", answered(wave)))
    st.write(say("wave.release_text", smallest=wave.settings.smallest_group))
    with st.container(horizontal=True):
        with st.popover(say("wave.release"), type="primary"):
            _releasing(say, account, wave)
        with st.popover(say("wave.reopen")):
            _reopening(say, account, wave)
    show_participation(say, wave)
    show_changeable(say, account, wave)
    show_settings(say, account, wave)


def _releasing(say: Wording, account: Account, wave: Wave) -> None:
    """The last question; then how far the gate has got: a large organisation takes a while."""
    st.write(say("wave.release_sure"))
    if not house().store.expectations.targets(wave):
        st.warning(say("wave.release_without_targets"))
    if not house().store.expectations.predictions(wave):
        st.warning(say("wave.release_without_prediction"))
    if not st.button(say("wave.release_yes"), type="primary"):
        return
    bar = st.progress(0.0, say("cli.release.working"))

    def progress(done: int, of: int) -> None:
        bar.progress(done / of, say("cli.release.working"))

    store = house().store
    act(say, lambda: releasing.release(store, wave, today(), progress, account.label))


def _reopening(say: Wording, account: Account, wave: Wave) -> None:
    """Until when: an end that has passed cannot be kept."""
    st.write(say("wave.reopen_text"))
    closes = wave.settings.closes_at
    if closes and closes <= now():
        st.info(escaped(say("wave.reopen_past", moment=closes)))
        closes = None
    problems: list[Problem] = []
    zone = wave.settings.zone
    until = times.closing(say, partial("reopen_{}_{}".format, wave.code), closes, zone, problems)
    st.caption(say("wave.zone", zone=zone))
    if st.button(say("wave.reopen_yes"), type="primary", disabled=bool(problems)):
        act(say, lambda: running.reopen(house().store, wave, until, account.label, now()))


def _released(say: Wording, account: Account, wave: Wave) -> None:
    show_settings(say, account, wave)
