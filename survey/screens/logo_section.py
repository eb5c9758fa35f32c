"""The logo of an organisation: upload, look at it, take it or remove it."""

from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import Organisation
from survey import profiles
from survey.form_head import picture
from survey.house import house
from survey.logo import prepare_logo
from survey.screens.frame import show_problem, uploader_speaks
from survey.wording import Wording

_SHOWN = "organisation_logo_shown"
_KEPT = "organisation_logos_kept"
"""How many were taken or removed here: each time the uploader begins anew, without a file."""

_SAID = "organisation_logo_said"


def show(say: Wording, account: Account, organisation: Organisation, logo: bytes | None) -> None:
    """The present logo, and a new one before it is taken."""
    seen = st.session_state.get(_SHOWN, organisation)
    if seen.id != organisation.id:
        seen = organisation
    st.session_state[_SHOWN] = organisation
    st.header(say("organisation.logo"))
    st.write(say("organisation.logo_text"))
    if st.session_state.pop(_SAID, False):
        st.success(say("organisation.saved"))
    change = partial(profiles.set_logo, house().store, account, seen)
    if logo:
        _picture(say("organisation.logo_now"), logo)
        if st.button(say("organisation.logo_remove")):
            _keep(say, partial(change, None))
    st.html(uploader_speaks(say("organisation.logo_choose")))
    key = f"logo_{organisation.id}_{st.session_state.get(_KEPT, 0)}"
    uploaded = st.file_uploader(say("organisation.logo_upload"), key=key)
    if uploaded:
        _offer(say, change, uploaded.getvalue())


def _offer(say: Wording, change: "partial[Organisation]", file: bytes) -> None:
    """What would be kept of a file."""
    try:
        prepared = prepare_logo(file)
    except Problem as problem:
        show_problem(say, problem)
        return
    _picture(say("organisation.logo_new"), prepared)
    if st.button(say("organisation.logo_use"), type="primary"):
        _keep(say, partial(change, file))


def _keep(say: Wording, change: "partial[Organisation]") -> None:
    try:
        change()
    except Problem as problem:
        show_problem(say, problem)
    else:
        st.session_state[_KEPT] = st.session_state.get(_KEPT, 0) + 1
        st.session_state[_SAID] = True
        st.rerun()


def _picture(what: str, image: bytes) -> None:
    st.html(f'<img class="logo" src="{picture(image)}" alt="{what}" height="40">')
