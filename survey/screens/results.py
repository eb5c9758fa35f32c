"""The overview of a released wave: where the organisation stands, and its findings."""

import streamlit as st

from data.accounts import Account
from survey.charts.chart import source_line
from survey.explained import explanation
from survey.facts import facts, first_priorities, linked_headlines
from survey.overview_table import overview
from survey.screens import own_part
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import download_address, link
from survey.screens.results_view import Seen, asking, chart, opened
from survey.tables import reliability_table, spread_table
from survey.views import profile
from survey.views.scene import DEPARTMENT
from survey.wording import Wording

_TOPICS = ("method.mean", "method.shares", "method.overall", "method.interval", "method.withheld")


@guarded
def show(say: Wording, account: Account) -> None:
    """The wave in the address, or the latest released one."""
    seen = opened(say, account)
    if seen is None:
        return
    if seen.scene.own:
        own_part.show(say, seen.results, seen.scene.own)
    st.html(facts(say, seen.results))
    st.header(say("headline.title"))
    st.html(linked_headlines(say, seen.results))
    chart(asking(seen, **{DEPARTMENT: ""}), profile.NAME)
    first = first_priorities(say, seen.results)
    if first:
        st.header(say("facts.monday"))
        st.html(first)
    if account.runs(seen.wave.organisation.id):
        with st.container(key="step_workshop"):
            link(say, "workshops", say("nav.workshop"), wave=seen.wave.code)
    st.header(say("facts.all"))
    st.html(overview(say, seen.results))
    st.caption(say("results.interval_note"))
    st.html(explanation(say, _TOPICS))
    with st.container(key="results_more"):
        st.header(say("results.more"))
        _statistics(seen)
        _downloads(seen)
    st.caption(escaped(source_line(say, seen.results)))
    with st.container(key="step_method"):
        link(say, "method", say("results.method"))


def _statistics(seen: Seen) -> None:
    say, results = seen.say, seen.results
    spread = spread_table(say, results)
    if results.release.reliability or spread:
        with st.expander(say("results.statistics")):
            if results.release.reliability:
                st.html(reliability_table(say, results.release, results.dimensions))
            if spread:
                st.html(spread)


def _downloads(seen: Seen) -> None:
    say = seen.say
    with st.container(horizontal=True):
        for extract, label in (
            ("scores", say("results.download")),
            ("gaps", say("results.download_gaps")),
            ("priorities", say("results.download_priorities")),
        ):
            # Not st.download_button: whoever has its address gets the file.
            st.link_button(label, download_address(seen.wave, f"results-{extract}.csv", say))
