"""Departments by dimensions."""

import streamlit as st

from data.accounts import Account
from survey.heatmap import heat_map
from survey.screens.guard import guarded
from survey.screens.results_view import opened
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """The tree, the pairs and the remainders."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("results.heatmap_title"))
    st.html(heat_map(say, seen.results, seen.scene.own))
