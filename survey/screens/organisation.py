"""One organisation: how it speaks to its people and looks, what its waves begin with, its end."""

import streamlit as st

from data.accounts import Account
from survey.house import house
from survey.screens import erase_section, logo_section, profile_section
from survey.screens.frame import escaped
from survey.screens.guard import asked_organisation, guarded
from survey.screens.places import START, link
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """The settings of the organisation in the address."""
    organisation = asked_organisation(account)
    if organisation is None:
        st.title(say("nav.organisation"))
        st.info(say("organisation.none_chosen"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    st.title(escaped(organisation.name))
    if organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    with st.container(horizontal=True, key="step_organisation"):
        link(say, "departments", say("start.departments"), organisation=str(organisation.id))
        link(say, "wave_new", say("start.wave_new"), organisation=str(organisation.id))
    with st.container(width=736):
        logo = house().store.profiles.logo(organisation)
        profile_section.show(say, account, organisation, logo)
        logo_section.show(say, account, organisation, logo)
        erase_section.show(say, account, organisation)
