"""To come."""

import streamlit as st

from data.accounts import Account
from survey.screens.guard import guarded
from survey.screens.results_view import opened
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """To come."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("view.distributions"))
