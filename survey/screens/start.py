"""The first screen: begin, or go on with what each organisation's waves need next."""

import streamlit as st

from data.accounts import Account
from data.errors import SetUpProblem
from data.model import Organisation, Wave, WaveState
from survey import running
from survey.house import house
from survey.screens.brand import logo_of
from survey.screens.erase_section import ERASED
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import admitted, link
from survey.wave_words import next_step
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Every organisation of theirs with its waves, newest first; else how to begin."""
    everyone = house().store.organisations.all()
    organisations = [o for o in everyone if account.reads(o.id)]
    may_add = admitted("setup", account)
    _heading(say, begun=bool(organisations), may_add=may_add)
    waves = house().store.waves.all()
    for organisation in organisations:
        theirs = [wave for wave in waves if wave.organisation.id == organisation.id]
        _organisation(say, account, organisation, theirs[::-1])
    if may_add:
        with_demo = not any(o.demo for o in everyone)
        _offers(say, account, with_own=not organisations, with_demo=with_demo)


def _heading(say: Wording, *, begun: bool, may_add: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="start_heading"):
        st.title(say("start.title") if begun else say("start.welcome"), width="stretch")
        if begun and may_add:
            with st.container(width="content", key="step_setup"):
                link(say, "setup", say("start.own_button"))
    if erased := st.session_state.pop(ERASED, None):
        st.success(say("erase.done", organisation=escaped(erased)))
    if not begun:
        st.write(say("start.intro") if may_add else say("start.none_yours"))


def _organisation(
    say: Wording, account: Account, organisation: Organisation, waves: list[Wave]
) -> None:
    runs = account.runs(organisation.id)
    told = [wave for wave in waves if runs or wave.state is not WaveState.DRAFT]
    with st.container(border=True, key=f"organisation_{organisation.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if waves:
                logo_of(organisation, waves[0].code)
            st.header(escaped(organisation.name), width="stretch")
            if organisation.demo:
                st.badge(say("demo.badge"), color="orange")
            if runs:
                _ways(say, organisation)
        if not told:
            st.write(say("start.no_waves") if runs else say("start.no_waves_yet"))
        _waves(say, told, runs=runs)


def _waves(say: Wording, waves: list[Wave], *, runs: bool) -> None:
    """What goes on and the latest results; results before those are folded away."""
    released = [wave for wave in waves if wave.state is WaveState.RELEASED]
    earlier = released[1:]
    for wave in waves:
        if wave not in earlier:
            _wave(say, wave, runs=runs)
    if earlier:
        with st.expander(say.count("start.earlier", len(earlier))):
            for wave in earlier:
                _wave(say, wave, runs=runs)


def _ways(say: Wording, organisation: Organisation) -> None:
    """To what belongs to the organisation itself."""
    ways = {
        "wave_new": say("start.wave_new"),
        "workshops": say("nav.workshops"),
        "departments": say("start.departments"),
        "organisation": say("start.organisation"),
    }
    with st.container(horizontal=True, width="content", key=f"ways_{organisation.id}"):
        for name, label in ways.items():
            link(say, name, label, organisation=str(organisation.id))


def _wave(say: Wording, wave: Wave, *, runs: bool) -> None:
    """One wave; those who do not run it learn of its answers by its release only."""
    released = wave.state is WaveState.RELEASED
    told = [f"**{escaped(wave.title)}**", say.state(wave.state)]
    if released or (runs and wave.state is not WaveState.DRAFT):
        told.append(_answers(say, wave))
    lines = [" · ".join(told), *([next_step(say, wave.state)] if runs else [])]
    with st.container(horizontal=True, vertical_alignment="center", key=f"wave_{wave.code}"):
        st.markdown("  \n".join(lines), width="stretch")
        with st.container(horizontal=True, width="content", key=f"step_{wave.code}"):
            if runs:
                link(say, "wave", say("start.manage"), wave=wave.code)
                if wave.state is WaveState.OPEN:
                    link(say, "invitations", say("draft.to_invitations"), wave=wave.code)
            elif not released:
                link(say, "expectations", say("wave.expectations"), wave=wave.code)
            if released:
                link(say, "results", say("start.results"), wave=wave.code)
            if wave.state is WaveState.OPEN:
                link(say, "answer", say("start.answer"), wave=wave.code)


def _answers(say: Wording, wave: Wave) -> str:
    return say.count("wave.answers", sum(house().store.answers.per_day(wave).values()))


def _offers(say: Wording, account: Account, *, with_own: bool, with_demo: bool) -> None:
    own, demo = st.columns(2)
    if with_own:
        with own.container(border=True, height="stretch"):
            st.header(say("start.own"))
            st.write(say("start.own_text"))
            with st.container(key="next_setup"):
                link(say, "setup", say("start.own_button"))
    if with_demo:
        with (demo if with_own else own).container(border=True, height="stretch"):
            st.header(say("start.demo"))
            st.write(say("start.demo_text"))
            if st.button(say("start.demo_button")):
                _create_demo(say, account)


def _create_demo(say: Wording, account: Account) -> None:
    with st.spinner(say("start.demo_working")):
        try:
            running.demo(house().store, account)
        except SetUpProblem:
            # A second click while the first was at work: the demo is there.
            if not any(o.demo for o in house().store.organisations.all()):
                raise
    st.rerun()
