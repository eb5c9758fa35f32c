"""Who is asking? Checked anew on every rerun of every screen and fragment."""

from datetime import datetime

import streamlit as st

from data.accounts import Account
from survey.house import house
from survey.ownership import COOKIE


def visitor() -> Account | None:
    """The account this browser is signed in with, looked up in the store each time."""
    return house().ownership.visitor(_cookie(), datetime.now())


def sign_out() -> None:
    """Forget that this browser is signed in."""
    house().ownership.sign_out(_cookie())


def _cookie() -> str | None:
    return st.context.cookies.get(COOKIE)
