"""The owner's first screen: begin, or go on with a wave."""

from collections.abc import Sequence

import streamlit as st

from data.accounts import Account
from data.errors import SetUpProblem
from data.model import Organisation, Wave, WaveState
from survey import running
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import admitted, link
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Offer the demo and the set-up; list every wave with what can be done next."""
    theirs = [o for o in house().store.organisations.all() if account.reads(o.id)]
    st.title(say("start.title") if theirs else say("start.welcome"))
    if not theirs:
        st.write(say("start.intro"))
    waves = house().store.waves.all()
    for organisation in theirs:
        own = [wave for wave in waves if wave.organisation.id == organisation.id]
        _organisation(say, account, organisation, own)
    if admitted("setup", account):
        _offers(say, account, with_demo=not any(o.demo for o in house().store.organisations.all()))
    if admitted("audit", account):
        link(say, "audit", say("nav.audit"))


def _organisation(
    say: Wording, account: Account, organisation: Organisation, waves: Sequence[Wave]
) -> None:
    st.header(escaped(organisation.name))
    if organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    runs = account.runs(organisation.id)
    for wave in reversed(waves):
        if runs or wave.state is not WaveState.DRAFT:
            _wave(say, wave, runs=runs)
    if runs:
        with st.container(key=f"step_new_{organisation.id}"):
            link(say, "wave_new", say("nav.wave_new"), organisation=str(organisation.id))


def _wave(say: Wording, wave: Wave, *, runs: bool) -> None:
    """One wave; those who do not run it learn of its answers by its release only."""
    released = wave.state is WaveState.RELEASED
    told = [f"**{escaped(wave.title)}**", say.state(wave.state)]
    with st.container(border=True):
        st.markdown(" · ".join([*told, _answers(say, wave)] if runs or released else told))
        with st.container(horizontal=True, key=f"step_{wave.code}"):
            if runs:
                link(say, "wave", say("start.manage"), wave=wave.code)
            elif not released:
                link(say, "expectations", say("wave.expectations"), wave=wave.code)
            if released:
                link(say, "results", say("start.results"), wave=wave.code)
            if wave.state is WaveState.OPEN:
                link(say, "answer", say("start.answer"), wave=wave.code)


def _answers(say: Wording, wave: Wave) -> str:
    return say.count("wave.answers", sum(house().store.answers.per_day(wave).values()))


def _offers(say: Wording, account: Account, *, with_demo: bool) -> None:
    own, demo = st.columns(2)
    with own.container(border=True, height="stretch"):
        st.header(say("start.own"))
        st.write(say("start.own_text"))
        with st.container(key="step_setup"):
            link(say, "setup", say("start.own_button"))
    if with_demo:
        with demo.container(border=True, height="stretch"):
            st.header(say("start.demo"))
            st.write(say("start.demo_text"))
            if st.button(say("start.demo_button"), type="primary"):
                _create_demo(say, account)


def _create_demo(say: Wording, account: Account) -> None:
    with st.spinner(say("start.demo_working")):
        try:
            running.demo(house().store, account.label)
        except SetUpProblem:
            # A second click while the first was at work: the demo is there.
            if not any(o.demo for o in house().store.organisations.all()):
                raise
    st.rerun()
