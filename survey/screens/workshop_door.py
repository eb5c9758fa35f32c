"""Which workshop a screen is about: the one in the address."""

import streamlit as st

from data.accounts import Account
from data.workshops import Room
from survey.house import house
from survey.workshop import acts

WORKSHOP = "workshop"
"""The name of its code in the address."""


def asked_room(account: Account, *, to_run: bool = True) -> Room | None:
    """The workshop in the address as it stands now, None if the address names none.

    `NotFound`: unknown, or not theirs. `to_run`: to lead it, not only to read what came of it.
    """
    code = st.query_params.get(WORKSHOP, "")
    return acts.enter(house().store, account, code, to_run=to_run) if code else None
