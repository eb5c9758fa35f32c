"""The results of a released wave: scores, heat map, gaps, comments. Reads the release only."""

import streamlit as st

from data.model import Wave, WaveState
from data.questionnaires import load_instrument
from data.results import Release
from scoring.gaps import Gap, department_gaps
from scoring.scores import Question
from survey import exporting, running
from survey.charts import department_gap_chart
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.guard import owners_only
from survey.screens.places import START, link
from survey.tables import (
    comment_list,
    gap_table,
    heat_map,
    overview,
    question_title,
    shown_questions,
)
from survey.wording import Wording

_FEW = 20
_QUESTION = "question"


@owners_only
def show(say: Wording) -> None:
    """The wave in the address, or the latest released one."""
    wave = running.find_released(house().store, st.query_params.get("wave"))
    if wave is None:
        st.title(say("nav.results"))
        st.info(say("results.none_yet"))
        link(say, START, say("nav.start"))
        return
    _heading(say, wave)
    release = _release(wave.id)
    dimensions = load_instrument(wave.settings.instrument).asked(wave.settings.items)
    st.html(overview(say, wave, release, dimensions))
    _gaps(say, wave, release)
    st.header(say("results.heatmap_title"))
    st.html(heat_map(say, wave, release, dimensions))
    _comments(say, wave, release)
    _downloads(say, wave, release)
    st.caption(_source(say, wave))


@st.cache_data(max_entries=50, show_spinner=False)
def _release(wave_id: int) -> Release:
    """A release never changes, so one reading of it is enough."""
    waves = (wave for wave in house().store.waves.all() if wave.id == wave_id)
    return house().store.releases.load(next(waves))


def _heading(say: Wording, wave: Wave) -> None:
    st.title(say("results.title", organisation=escaped(wave.organisation.name)))
    if wave.organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    waves = [w for w in house().store.waves.all() if w.state is WaveState.RELEASED]
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


def _gaps(say: Wording, wave: Wave, release: Release) -> None:
    dimensions = load_instrument(wave.settings.instrument).asked(wave.settings.items)
    asked = {question.id: question for question in shown_questions(dimensions)}
    titles = {id_: question_title(say, dimensions, question) for id_, question in asked.items()}
    st.header(say("gaps.title"))
    st.write(say("gaps.intro"))
    question = _chosen_question(say, asked, titles)
    gaps = department_gaps(release, question)
    if not gaps:
        st.info(say("gaps.none", smallest=wave.settings.smallest_group))
        return
    few = gaps
    if len(gaps) > _FEW and not st.toggle(say("gaps.all", number=len(gaps))):
        few = gaps[:_FEW]
    title = _finding(say, gaps[0], titles[question.id])
    st.markdown(f"**{escaped(title)}**")
    st.plotly_chart(
        department_gap_chart(few, say, dark=st.context.theme.type == "dark"),
        theme=None,
        config={"displayModeBar": False},
        key="gap_chart",
    )
    cut = say("gaps.few", shown=len(few), number=len(gaps)) if len(few) < len(gaps) else ""
    st.caption(f"{say('gaps.scale')} {cut}")
    with st.expander(say("results.as_table")):
        st.html(gap_table(say, wave, few, title))


def _chosen_question(say: Wording, asked: dict[str, Question], titles: dict[str, str]) -> Question:
    ids = list(asked)
    wanted = st.query_params.get(_QUESTION, ids[0])
    st.selectbox(
        say("gaps.question"),
        ids,
        index=ids.index(wanted) if wanted in ids else 0,
        format_func=titles.__getitem__,
        key="results_question",
        on_change=_remember_question,
    )
    return asked[st.session_state["results_question"]]


def _remember_question() -> None:
    st.query_params[_QUESTION] = st.session_state["results_question"]


def _finding(say: Wording, largest: Gap, title: str) -> str:
    values = {
        "department": " / ".join(largest.group.path),
        "people": largest.people,
        "size": say.number(abs(largest.size), 2),
        "question": title,
    }
    if largest.size < 0:
        return say("gaps.finding_worse", **values)
    return say("gaps.finding_better", **values)


def _comments(say: Wording, wave: Wave, release: Release) -> None:
    st.header(say("results.comments"))
    if not release.comments:
        st.write(say("results.comments_none"))
        return
    st.caption(say("results.comments_hint"))
    for dimension in load_instrument(wave.settings.instrument).dimensions:
        found = [comment for comment in release.comments if comment.dimension == dimension.id]
        if found:
            title = dimension.title.get(say.language, dimension.id)
            count = say.count("results.comments_count", len(found))
            with st.expander(f"{title} · {count}"):
                st.html(comment_list(say, found))


def _downloads(say: Wording, wave: Wave, release: Release) -> None:
    st.download_button(
        say("results.download"),
        lambda: exporting.as_csv(wave, release).encode("utf-8-sig"),
        file_name=f"kundenkompass-{wave.code}.csv",
        mime="text/csv",
    )


def _source(say: Wording, wave: Wave) -> str:
    return say(
        "results.source",
        organisation=escaped(wave.organisation.name),
        wave=escaped(wave.title),
        day=wave.released_on,
        smallest=wave.settings.smallest_group,
    )
