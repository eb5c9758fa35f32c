"""An organisation's departments: the tree as a table, or read from a list."""

import streamlit as st

from data.accounts import Account
from data.model import Organisation, WaveState
from survey.departments import waves_with_their_own
from survey.house import house
from survey.screens.department_import import read
from survey.screens.department_table import SAVED, edit
from survey.screens.frame import escaped
from survey.screens.guard import asked_organisation, guarded
from survey.screens.places import link
from survey.wording import Wording

_FEW_DRAFTS = 3


@guarded
def show(say: Wording, account: Account) -> None:
    """The tree that the next wave will ask in."""
    organisation = asked_organisation(account)
    st.title(say("departments.title"))
    if organisation is None:
        _choose(say, account)
        return
    st.markdown(f"**{escaped(organisation.name)}**")
    st.write(say("departments.intro"))
    if st.session_state.pop(SAVED, False):
        st.success(say("departments.saved"))
    _onwards(say, organisation)
    if own := waves_with_their_own(house().store, organisation):
        st.info(say("departments.frozen", waves=escaped(say.listed(own))))
    _ways(say, account, organisation)


def _onwards(say: Wording, organisation: Organisation) -> None:
    """To the drafts that will ask these departments, newest first; else to a new one."""
    waves = house().store.waves.all()[::-1]
    drafts = [
        wave
        for wave in waves
        if wave.organisation.id == organisation.id and wave.state is WaveState.DRAFT
    ]
    with st.container(horizontal=True, key="step_departments"):
        for wave in drafts[:_FEW_DRAFTS]:
            label = say("departments.to_draft", wave=escaped(wave.title))
            link(say, "wave", label, wave=wave.code)
        if not drafts:
            link(say, "wave_new", say("start.wave_new"), organisation=str(organisation.id))


def _ways(say: Wording, account: Account, organisation: Organisation) -> None:
    """The table and the list; who has no departments yet most likely has a list."""
    names = [say("departments.table"), say("departments.list")]
    empty = not house().store.organisations.departments(organisation)
    if empty:
        st.info(say("departments.empty"))
    table, listed = st.tabs(names, default=names[1] if empty else names[0])
    with table:
        edit(say, account, organisation)
    with listed:
        read(say, account, organisation)


def _choose(say: Wording, account: Account) -> None:
    """Lead to the departments of one of their organisations."""
    theirs = [o for o in house().store.organisations.all() if account.runs(o.id)]
    if not theirs:
        st.info(say("departments.no_organisation"))
        link(say, "setup", say("start.own_button"))
        return
    st.write(say("departments.choose"))
    for organisation in theirs:
        name = escaped(organisation.name)
        link(say, "departments", name, organisation=str(organisation.id))
