"""The results of a released wave: findings, scores, gaps, heat map, priorities, comments.

Reads the release only.
"""

from collections.abc import Sequence

import streamlit as st

from data.accounts import Account
from data.errors import NotFound
from data.model import DepartmentPath, Wave
from scoring.gaps import GapKind
from survey import releasing
from survey.heatmap import heat_map
from survey.house import house
from survey.overview_table import overview
from survey.own import own_first, own_path
from survey.results import Results, load_results
from survey.screens import gap_section, own_part
from survey.screens.brand import logo_of
from survey.screens.frame import escaped
from survey.screens.guard import asked_wave, guarded
from survey.screens.places import START, download_address, link
from survey.sentences import headline_sentences
from survey.tables import (
    comment_list,
    findings,
    priority_table,
    reliability_table,
    spread_table,
)
from survey.wording import Wording

_FEW = 10


@guarded
def show(say: Wording, account: Account) -> None:
    """The wave in the address, or the latest released one."""
    store = house().store
    released = releasing.released_waves(store, account)
    wave = asked_wave(account, to_run=False) or releasing.latest(released)
    if wave is not None and wave not in released:
        raise NotFound("error.wave_not_released", wave=wave.title)
    if wave is None:
        st.title(say("nav.results"))
        st.info(say("results.none_yet"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    _heading(say, wave, released)
    earlier = releasing.earlier_wave(store, wave)
    results = _results(wave.code, earlier.code if earlier else None)
    own = own_path(account, wave.organisation)
    if own:
        own_part.show(say, results, own)
    _findings(say, results)
    st.html(overview(say, results))
    st.caption(say("results.interval_note"))
    gap_section.show(say, results, own)
    st.header(say("results.heatmap_title"))
    st.html(heat_map(say, results, own))
    _priorities(say, results, own)
    _comments(say, results)
    st.header(say("results.more"))
    _statistics(say, results)
    _downloads(say, results)
    st.caption(_source(say, wave))
    with st.container(key="step_method"):
        link(say, "method", say("results.method"))


@st.cache_resource(max_entries=20, show_spinner=False)
def _results(code: str, earlier: str | None) -> Results:
    """A release never changes, nor what it is compared with; so computing it once is enough.

    By code: a number may be another wave's, once an organisation has been erased.
    """
    del earlier
    waves = (wave for wave in house().store.waves.all() if wave.code == code)
    return load_results(house().store, next(waves))


def _findings(say: Wording, results: Results) -> None:
    st.header(say("headline.title"))
    st.html(findings(say, headline_sentences(say, results)))


def _priorities(say: Wording, results: Results, own: DepartmentPath) -> None:
    st.header(say("priority.title"))
    if not results.release.targets:
        st.write(say("priority.no_targets"))
        return
    if not results.gaps[GapKind.TARGET]:
        st.write(say("gaps.none_target"))
        return
    if not results.priorities:
        st.write(say("priority.none"))
        return
    number = len(results.priorities)
    shown = own_first(results.priorities, own, lambda priority: priority.gap.to.group)
    if number > _FEW and not st.toggle(say("priority.all", number=number)):
        shown = shown[:_FEW]
    st.html(priority_table(say, results, shown, own))


def _heading(say: Wording, wave: Wave, waves: Sequence[Wave]) -> None:
    logo_of(wave.organisation, wave.code)
    st.title(say("results.title", organisation=escaped(wave.organisation.name)))
    if wave.organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    if len(waves) < 2:
        st.write(f"**{escaped(wave.title)}**")
        return
    names = {w.code: f"{w.organisation.name}: {w.title}" for w in waves}
    codes = list(names)
    st.selectbox(
        say("results.choose_wave"),
        codes,
        index=codes.index(wave.code),
        format_func=names.__getitem__,
        key="results_wave",
        on_change=_remember_wave,
    )


def _remember_wave() -> None:
    st.query_params["wave"] = st.session_state["results_wave"]


def _comments(say: Wording, results: Results) -> None:
    st.header(say("results.comments"))
    if not results.release.comments:
        st.write(say("results.comments_none"))
        return
    st.caption(say("results.comments_hint"))
    for dimension in results.instrument.dimensions:
        found = [
            comment for comment in results.release.comments if comment.dimension == dimension.id
        ]
        if found:
            title = dimension.title.get(say.language, dimension.id)
            count = say.count("results.comments_count", len(found))
            with st.expander(f"{title} · {count}"):
                st.html(comment_list(say, found))


def _statistics(say: Wording, results: Results) -> None:
    spread = spread_table(say, results)
    if results.release.reliability or spread:
        with st.expander(say("results.statistics")):
            if results.release.reliability:
                st.html(reliability_table(say, results.release, results.dimensions))
            if spread:
                st.html(spread)


def _downloads(say: Wording, results: Results) -> None:
    with st.container(horizontal=True):
        for extract, label in (
            ("scores", say("results.download")),
            ("gaps", say("results.download_gaps")),
            ("priorities", say("results.download_priorities")),
        ):
            # Not st.download_button: whoever has its address gets the file.
            st.link_button(label, download_address(results.wave, f"results-{extract}.csv", say))


def _source(say: Wording, wave: Wave) -> str:
    return say(
        "results.source",
        organisation=escaped(wave.organisation.name),
        wave=escaped(wave.title),
        day=wave.released_on,
        smallest=wave.settings.smallest_group,
    )
