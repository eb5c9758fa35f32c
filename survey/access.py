"""Who is asking? Checked anew on every rerun of every screen and fragment."""

from datetime import datetime

import streamlit as st

from data.accounts import Account
from survey.house import house
from survey.visitors import COOKIE


def visitor() -> Account | None:
    """The account this browser is signed in with, looked up in the store each time."""
    return house().visitors.visitor(st.context.cookies.get(COOKIE), datetime.now())
