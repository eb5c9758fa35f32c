"""One of the six kinds of gap at a time."""

import streamlit as st

from data.accounts import Account
from data.model import Wave, WaveState
from scoring.gaps import GapKind
from survey.gap_table import department_links
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import link
from survey.screens.results_view import Seen, chart, choose, kept, opened
from survey.views.gap_choice import (
    ALL,
    FEW,
    KIND,
    ORDER,
    QUESTION,
    GapChoice,
    gap_choice,
    kinds,
    orders,
    question_id,
    rows,
    titles,
)
from survey.views.gap_words import absence, intro, may_still_be_set
from survey.views.gaps import NAME
from survey.views.scene import Scene
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Choose a kind, a question, an order and how many rows; all are in the address."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("gaps.title"))
    choice = gap_choice(seen.scene)
    _choices(seen, choice)
    if not choice.gaps:
        _nothing(seen, choice.kind)
        return
    st.write(escaped(intro(seen.scene, choice.kind)))
    if seen.scene.own and not choice.by_question:
        st.write(say("own.bold"))
    chart(seen, NAME)
    if not choice.by_question:
        st.html(kept(seen.scene, NAME, "gap_ways", _ways))
    if choice.kind is GapKind.DEPARTMENT:
        with st.container(key="step_heatmap"):
            link(say, "heatmap", say("gaps.to_heatmap"), wave=seen.wave.code)


def _choices(seen: Seen, choice: GapChoice) -> None:
    """What may be chosen side by side; on a phone below each other."""
    say, scene = seen.say, seen.scene
    with st.container(horizontal=True, key="gap_choices"):
        choose(say("gaps.kind"), kinds(scene), KIND, choice.kind.value)
        if len(choice.questions) > 1:
            offered, chosen = titles(scene, choice.questions), question_id(choice.question)
            choose(say("gaps.question"), offered, QUESTION, chosen)
        if len(choice.gaps) > 1:
            choose(say("gaps.order"), orders(scene, choice), ORDER, choice.order)
        if len(choice.gaps) > FEW:
            choose(say("gaps.rows"), rows(scene, choice), ALL, choice.rows)


def _ways(scene: Scene) -> str:
    groups = [gap.to.group for gap in gap_choice(scene).shown]
    return department_links(scene.say, scene.results, groups)


def _nothing(seen: Seen, kind: GapKind) -> None:
    """Why there is nothing to see, and what can be done about it."""
    say = seen.say
    st.info(escaped(absence(seen.scene, kind)))
    if not may_still_be_set(seen.scene, kind):
        return
    coming = _coming_wave(seen.wave)
    if coming is None:
        st.write(say("gaps.next_none"))
        return
    with st.container(key="step_expectations"):
        label = say("gaps.next", wave=escaped(coming.title))
        link(say, "expectations", label, wave=coming.code)


def _coming_wave(wave: Wave) -> Wave | None:
    """A wave of the same organisation whose targets can still be set, the latest one."""
    waves = [
        other
        for other in house().store.waves.all()
        if other.organisation.id == wave.organisation.id and other.state is not WaveState.RELEASED
    ]
    return waves[-1] if waves else None
