"""Of the results: a leader's own part of the tree, above everything else."""

import streamlit as st

from data.model import DepartmentPath
from data.results import Group, GroupKind
from survey.results import Results
from survey.screens.frame import escaped
from survey.screens.place_part import sub_departments, summary
from survey.screens.places import link
from survey.views.scene import path_text
from survey.wording import Wording


def show(say: Wording, results: Results, own: DepartmentPath) -> None:
    """Their department in short, the way to its own screen, and its sub-departments."""
    group = Group(GroupKind.DEPARTMENT, own)
    st.header(say("own.heading", department=escaped(path_text(own))))
    if group not in results.release.groups:
        st.info(say("own.not_in_wave"))
        return
    if summary(say, results, group):
        with st.container(key="step_own"):
            to = {"wave": results.wave.code, "department": path_text(own)}
            link(say, "department", say("own.more"), **to)
        sub_departments(say, results, group)
    st.divider()
