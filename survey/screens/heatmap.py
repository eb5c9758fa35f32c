"""Departments by dimensions."""

import streamlit as st

from data.accounts import Account
from survey.explained import explanation
from survey.heat_cells import Numbers, Reference
from survey.heat_rows import Level
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
    view = kept(seen.scene, heatmap.NAME, heatmap.heat_view)
    st.subheader(escaped(view.title), anchor=False)
    st.html(view.table)
    st.caption(escaped(view.source))
    st.html(explanation(say, view.topics))


def _choices(seen: Seen) -> None:
    """What colour and numbers say; folded up, which part is shown and in which order."""
    say, scene = seen.say, seen.scene
    choice = heatmap.heat_choice(scene)
    references = {
        Reference.REST.value: say("heat.reference_rest"),
        Reference.TARGET.value: say("heat.reference_target"),
    }
    numbers = {
        Numbers.MEAN.value: say("heat.numbers_mean"),
        Numbers.DIFFERENCE.value: say("heat.numbers_difference"),
    }
    left, right = st.columns(2)
    with left:
        choose(say("heat.reference"), references, heatmap.REFERENCE, choice.reference.value)
    with right:
        choose(say("heat.numbers"), numbers, heatmap.NUMBERS, choice.numbers.value)
    with st.expander(say("heat.more_choices")):
        _part(seen)


def _part(seen: Seen) -> None:
    say, scene = seen.say, seen.scene
    choice = heatmap.heat_choice(scene)
    branches = heatmap.branch_options(scene, choice)
    choose(say("heat.branch"), branches, DEPARTMENT, path_text(choice.branch))
    orders = heatmap.order_options(scene, choice)
    ordered = choice.order.id if choice.order else heatmap.TREE_ORDER
    choose(say("heat.order"), orders, heatmap.ORDER, ordered)
    levels = {
        heatmap.AUTOMATIC: say("heat.level_automatic"),
        Level.ONE.value: say("heat.level_one"),
        Level.TWO.value: say("heat.level_two"),
        Level.ALL.value: say("heat.level_all"),
    }
    level = choice.level.value if choice.level else heatmap.AUTOMATIC
    choose(say("heat.level"), levels, heatmap.LEVEL, level)
    if heatmap.several(scene):
        columns = heatmap.column_options(scene)
        shown = scene.asked.get(heatmap.COLUMNS, "")
        choose(say("heat.columns"), columns, heatmap.COLUMNS, shown if shown in columns else "")
