"""One department: how it stands beside the rest, what its people wrote, what became of it."""

import streamlit as st

from data.accounts import Account
from data.results import Group, GroupKind
from survey.department_comments import above_with_comments, comments_at
from survey.naming import full_name, group_name
from survey.overview_table import group_overview
from survey.screens import measures_section
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.place_part import sub_departments, summary
from survey.screens.places import link
from survey.screens.results_view import Seen, ask_button, asking, chart, choose, opened
from survey.tables import comment_list
from survey.views import profile, trend
from survey.views.gap_choice import EVERY_QUESTION, QUESTION
from survey.views.places import above, below, place_names
from survey.views.scene import DEPARTMENT, asked_place, path_text
from survey.wording import Wording

_MOST_WAYS = 20
"""Sub-departments up to which each has a link; more are chosen from the list."""


@guarded
def show(say: Wording, account: Account) -> None:
    """The department in the address; a leader's own one where it names none."""
    seen = opened(say, account)
    if seen is None:
        return
    # Whatever question the address asks for elsewhere, here all of them are shown.
    at_home = seen.scene.asked.get(DEPARTMENT, path_text(seen.scene.own))
    seen = asking(seen, **{DEPARTMENT: at_home, QUESTION: EVERY_QUESTION})
    names = place_names(seen.scene)
    if at_home not in names:
        _unknown(seen, at_home)
        return
    place = asked_place(seen.scene)
    st.header(escaped(full_name(say, place, seen.results.release)))
    choose(say("department.choose"), names, DEPARTMENT, at_home)
    _ways(seen, place)
    if summary(say, seen.results, place):
        _results(seen, place)


def _unknown(seen: Seen, wanted: str) -> None:
    """No such department in this wave, and the way to those that there are."""
    say = seen.say
    st.header(say("view.department"))
    st.warning(say("department.unknown", department=escaped(wanted)))
    ask_button(say("department.whole"), "ask_whole", **{DEPARTMENT: ""})


def _ways(seen: Seen, place: Group) -> None:
    """To the department above, and to those in it."""
    say, release = seen.say, seen.results.release
    parent, inside = above(place), below(release, place)
    with st.container(horizontal=True, key="ways_department"):
        if parent:
            name = escaped(group_name(say, parent, release))
            to = {DEPARTMENT: path_text(parent.path)}
            ask_button(say("department.up", name=name), "ask_above", **to)
        for number, group in enumerate(inside if len(inside) <= _MOST_WAYS else ()):
            to = {DEPARTMENT: path_text(group.path)}
            ask_button(escaped(group.path[-1]), f"ask_below_{number}", **to)


def _results(seen: Seen, place: Group) -> None:
    say = seen.say
    st.header(say("department.profile"))
    chart(seen, profile.NAME)
    with st.expander(say("department.figures")):
        st.html(group_overview(say, seen.results, place))
        st.caption(say("results.interval_note"))
    _more(seen, place)
    st.header(say("trend.title"))
    if not chart(seen, trend.NAME):
        first = say("trend.first", wave=escaped(seen.wave.title))
        st.write(say("trend.none") if seen.results.earlier else first)
    measures_section.show(seen, place.path)
    _comments(seen, place)
    sub_departments(say, seen.results, place)


def _more(seen: Seen, place: Group) -> None:
    """What else there is of this place."""
    say = seen.say
    to = {"wave": seen.wave.code, DEPARTMENT: path_text(place.path)}
    with st.container(key="step_department"):
        link(say, "distributions", say("department.distributions"), **to)


def _comments(seen: Seen, place: Group) -> None:
    """What stands under this very place, and where more from here may stand."""
    say, release = seen.say, seen.results.release
    st.header(say("results.comments"))
    found = comments_at(release, place.path)
    if not found:
        st.write(say("department.comments_none"))
    for dimension in seen.results.instrument.dimensions:
        texts = found.get(dimension.id, [])
        if texts:
            count = say.count("results.comments_count", len(texts))
            with st.expander(f"{dimension.title.get(say.language, dimension.id)} · {count}"):
                st.html(comment_list(say, texts))
    if place.kind is GroupKind.DEPARTMENT:
        st.caption(say("department.comments_move"))
    with st.container(horizontal=True, key="ways_comments"):
        for path in above_with_comments(release, place.path):
            name = escaped(path[-1] if path else say("group.organisation"))
            label = say("department.comments_at", name=name)
            link(say, "comments", label, wave=seen.wave.code, department=path_text(path))
