"""Who is asking? Checked anew on every rerun of every screen."""

from datetime import datetime

import streamlit as st

from survey.house import house
from survey.ownership import COOKIE


def is_owner() -> bool:
    """Whether this browser is the owner's; looked up in the store each time."""
    return house().ownership.recognises(_cookie(), datetime.now())


def sign_out() -> None:
    """Forget that this browser is the owner's."""
    house().ownership.sign_out(_cookie())


def _cookie() -> str | None:
    return st.context.cookies.get(COOKIE)
