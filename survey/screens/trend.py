"""What has become of things since the earlier wave, and what cannot be compared."""

import streamlit as st

from data.accounts import Account
from survey.comparable import incomparable
from survey.gap_table import department_links
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import link
from survey.screens.results_view import Seen, chart, choose, kept, opened
from survey.trend_words import what_has_no_trend
from survey.views.gap_choice import ALL, BY_SIZE, IN_TREE, ORDER, QUESTION, question_id
from survey.views.places import place_names
from survey.views.scene import DEPARTMENT, Scene, path_text
from survey.views.trend import FEW, NAME, TrendChoice, question_titles, row_numbers, trend_choice
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """The slopes of what the address asks for."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("trend.title"))
    if seen.results.earlier is None:
        _first(seen)
        return
    st.write(say("trend.intro", wave=escaped(seen.results.earlier.title)))
    choice = trend_choice(seen.scene)
    _choices(seen, choice)
    if chart(seen, NAME):
        if choice.question:
            st.html(kept(seen.scene, NAME, "trend_ways", _ways))
    else:
        st.info(say("trend.none"))
    _not_compared(seen)


def _first(seen: Seen) -> None:
    """Why there is no trend yet, and what would make one."""
    say, wave = seen.say, seen.wave
    st.info(say("trend.first", wave=escaped(wave.title)))
    if seen.account.runs(wave.organisation.id):
        with st.container(key="step_again"):
            link(
                say,
                "wave_new",
                say("wave.again"),
                organisation=str(wave.organisation.id),
                copy=wave.code,
            )


def _choices(seen: Seen, choice: TrendChoice) -> None:
    """One place on all dimensions, or one question in all departments."""
    say, scene = seen.say, seen.scene
    titles = question_titles(scene, choice)
    with st.container(horizontal=True, key="trend_choices"):
        choose(say("trend.choose"), titles, QUESTION, question_id(choice.question))
        if choice.question is None:
            chosen = path_text(choice.place.path)
            choose(say("department.choose"), place_names(scene), DEPARTMENT, chosen)
        else:
            orders = {BY_SIZE: say("gaps.order_size"), IN_TREE: say("gaps.order_tree")}
            choose(say("gaps.order"), orders, ORDER, choice.order)
            if len(choice.gaps) > FEW:
                choose(say("gaps.rows"), row_numbers(scene, choice), ALL, choice.rows)


def _ways(scene: Scene) -> str:
    groups = [gap.to.group for gap in trend_choice(scene).shown]
    return department_links(scene.say, scene.results, groups)


def _not_compared(seen: Seen) -> None:
    """What was not asked alike, and the departments without a line."""
    say, results = seen.say, seen.results
    st.subheader(say("trend.not_compared"))
    found = incomparable(results)
    if not found:
        st.write(say("trend.all_alike"))
        return
    st.html(what_has_no_trend(say, results, found))
