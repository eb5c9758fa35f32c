"""Doing what a button says, and showing what came of it."""

from collections.abc import Callable

import streamlit as st

from data.errors import Problem
from data.model import Wave
from survey.screens.editing import begin_anew
from survey.screens.frame import show_problem
from survey.wording import Wording


def act(say: Wording, change: Callable[[], Wave]) -> None:
    """Change a wave and show it as it is then; or say why it could not be changed."""
    try:
        changed = change()
    except Problem as problem:
        show_problem(say, problem)
    else:
        begin_anew(changed)
        st.rerun()
