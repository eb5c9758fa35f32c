"""To be built."""

import streamlit as st

from data.accounts import Account
from survey.screens.guard import guarded
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """To be built."""
    del account
    st.title(say("nav.projector"))
