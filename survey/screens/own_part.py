"""Of the results: a leader's own part of the tree, above everything else."""

import streamlit as st

from data.model import DepartmentPath
from data.results import Group, GroupKind
from scoring.gaps import Gap, GapKind
from survey.gap_table import gap_table
from survey.heatmap import heat_map
from survey.naming import kind_name
from survey.overview_table import group_overview
from survey.results import Results
from survey.screens.frame import escaped
from survey.wording import Wording

_KINDS = (GapKind.TARGET, GapKind.TREND)


def show(say: Wording, results: Results, own: DepartmentPath) -> None:
    """Their department against the rest, its other gaps, and its sub-departments."""
    group = Group(GroupKind.DEPARTMENT, own)
    st.header(say("own.heading", department=escaped(" / ".join(own))))
    if group not in results.release.groups:
        st.info(say("own.not_in_wave"))
        return
    st.html(group_overview(say, results, group))
    _gaps(say, results, group, GapKind.DEPARTMENT, say("own.against_rest"))
    for kind in _KINDS:
        _gaps(say, results, group, kind, kind_name(say, kind))
    below = [g for g in results.release.groups if g.path[:-1] == own and g.kind is group.kind]
    if below:
        st.subheader(say("own.below"))
        st.html(heat_map(say, results, own, alone=True))
    st.divider()


def _gaps(say: Wording, results: Results, group: Group, kind: GapKind, title: str) -> None:
    """The department's gaps of one kind, the largest first; nothing where there are none."""
    found = [gap for gap in results.gaps[kind] if gap.to.group == group]
    if found:
        st.subheader(title)
        caption = f"{' / '.join(group.path)}: {title}"
        st.html(gap_table(say, results, sorted(found, key=_size), caption, by_question=True))


def _size(gap: Gap) -> float:
    return -abs(gap.size)
