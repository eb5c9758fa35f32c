"""Departments by dimensions."""

import streamlit as st

from data.accounts import Account
from survey.explained import explanation
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.results_view import Seen, choose, kept, opened
from survey.views import heatmap
from survey.views.scene import DEPARTMENT, path_text
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """The tree, the pairs and the remainders; every choice is in the address."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("results.heatmap_title"))
    _choices(seen)
    view = kept(seen.scene, heatmap.NAME, heatmap.NAME, heatmap.heat_view)
    st.subheader(escaped(view.title), anchor=False)
    st.html(view.table)
    st.caption(escaped(view.source))
    st.html(explanation(say, view.topics))


def _choices(seen: Seen) -> None:
    """What colour and numbers say; folded up, which part is shown and in which order."""
    say, scene = seen.say, seen.scene
    choice = heatmap.heat_choice(scene)
    left, right = st.columns(2)
    with left:
        options = heatmap.reference_options(scene)
        choose(say("heat.reference"), options, heatmap.REFERENCE, choice.reference.value)
    with right:
        options = heatmap.number_options(scene)
        choose(say("heat.numbers"), options, heatmap.NUMBERS, choice.numbers.value)
    with st.expander(say("heat.more_choices")):
        _part(seen)


def _part(seen: Seen) -> None:
    say, scene = seen.say, seen.scene
    choice = heatmap.heat_choice(scene)
    branch, order, level = st.columns(3)
    with branch:
        options = heatmap.branch_options(scene, choice)
        choose(say("heat.branch"), options, DEPARTMENT, path_text(choice.branch))
    with order:
        options = heatmap.order_options(scene, choice)
        chosen = choice.order.id if choice.order else heatmap.TREE_ORDER
        choose(say("heat.order"), options, heatmap.ORDER, chosen)
    with level:
        options = heatmap.level_options(scene)
        chosen = choice.level.value if choice.level else heatmap.AUTOMATIC
        choose(say("heat.level"), options, heatmap.LEVEL, chosen)
    if heatmap.several(scene):
        options = heatmap.column_options(scene)
        shown = scene.asked.get(heatmap.COLUMNS, "")
        choose(say("heat.columns"), options, heatmap.COLUMNS, shown if shown in options else "")
