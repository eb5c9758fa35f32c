"""An organisation's workshops, and the way to a new one."""

import streamlit as st

from data.accounts import Account
from data.model import Organisation, Wave
from survey.house import house
from survey.screens import workshop_list, workshop_new
from survey.screens.frame import escaped
from survey.screens.guard import asked_organisation, asked_wave, guarded
from survey.screens.places import START, link
from survey.screens.results_view import ask_button
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Those of the organisation in the address; else of the only one, else one is chosen."""
    wave = asked_wave(account, to_run=True)
    organisation = wave.organisation if wave else asked_organisation(account)
    theirs = [o for o in house().store.organisations.all() if account.runs(o.id)]
    if organisation is None and len(theirs) == 1:
        organisation = theirs[0]
    st.title(say("nav.workshops"))
    if organisation is None:
        _choose(say, theirs)
        return
    st.markdown(f"**{escaped(organisation.name)}**")
    _of(say, account, organisation, wave)


def _choose(say: Wording, theirs: list[Organisation]) -> None:
    if not theirs:
        st.info(say("workshop.no_organisation"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    st.write(say("workshop.choose_organisation"))
    for one in theirs:
        ask_button(escaped(one.name), f"workshops_{one.id}", organisation=str(one.id))


def _of(say: Wording, account: Account, organisation: Organisation, wave: Wave | None) -> None:
    """Whoever comes from a wave wants a new one; else those that there are come first."""
    workshops = house().store.workshops.of(organisation)
    if not workshops:
        st.markdown(say("workshop.what"))
    if wave is not None or not workshops:
        workshop_new.show(say, account, organisation, wave)
    if workshops and wave is not None:
        st.header(say("workshop.there_are"))
    workshop_list.show(say, workshops)
    if workshops and wave is None:
        workshop_new.show(say, account, organisation, wave)
