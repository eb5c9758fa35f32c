"""Erasing an organisation: what will go, how to keep a copy, and its name typed."""

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import Organisation
from survey import profiles
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.places import START, go
from survey.screens.results_view import forget
from survey.wording import Wording

ERASED = "organisation_erased"
"""Where the start screen finds the name of what was just erased, to say so once."""


def show(say: Wording, account: Account, organisation: Organisation) -> None:
    """What goes, and the button."""
    st.header(say("erase.title"))
    with st.expander(say("erase.open")):
        held = house().store.profiles.holdings(organisation)
        st.write(say("erase.text", organisation=escaped(organisation.name)))
        goes = (
            say.count("erase.waves", held.waves),
            say.count("erase.departments", held.departments),
            say.count("erase.responses", held.responses),
            say.count("erase.comments", held.comments),
            say.count("erase.releases", held.releases),
            say("erase.rest"),
        )
        st.markdown("\n".join(f"- {line}" for line in goes))
        st.write(say("erase.accounts_stay"))
        st.info(say("erase.backup"))
        typed = st.text_input(
            say("erase.type", organisation=escaped(organisation.name)),
            key=f"erase_{organisation.id}",
        )
        if st.button(say("erase.button")):
            _erase(say, account, organisation, typed)


def _erase(say: Wording, account: Account, organisation: Organisation, typed: str) -> None:
    try:
        with st.spinner(say("erase.working")):
            profiles.erase(house().store, account, organisation, typed)
    except Problem as problem:
        show_problem(say, problem)
        return
    forget()
    st.session_state[ERASED] = organisation.name
    go(say, START)
