"""One of the six kinds of gap at a time."""

import streamlit as st

from data.accounts import Account
from scoring.gaps import GapKind
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.results_view import chart, choose, opened
from survey.views.gaps import KIND, NAME, QUESTION, gap_choice, kinds, titles
from survey.wording import Wording

_INTROS = {
    GapKind.TARGET: "gaps.intro_target",
    GapKind.DEPARTMENT: "gaps.intro_department",
    GapKind.LEADERSHIP: "gaps.intro_leadership",
    GapKind.CONTACT: "gaps.intro_contact",
    GapKind.BLIND_SPOT: "gaps.intro_blind_spot",
    GapKind.TREND: "gaps.intro_trend",
}
_NONE = {
    GapKind.TARGET: "gaps.none_target",
    GapKind.DEPARTMENT: "gaps.none_department",
    GapKind.LEADERSHIP: "gaps.none_pair",
    GapKind.CONTACT: "gaps.none_pair",
    GapKind.BLIND_SPOT: "gaps.none_blind_spot",
    GapKind.TREND: "gaps.none_trend",
}


@guarded
def show(say: Wording, account: Account) -> None:
    """Choose a kind, and a question where there is one gap a group; both are in the address."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("gaps.title"))
    choice = gap_choice(seen.scene)
    choose(say("gaps.kind"), kinds(seen.scene), KIND, choice.kind.value)
    if not choice.gaps:
        st.info(say(_NONE[choice.kind], smallest=seen.wave.settings.smallest_group))
        return
    earlier = seen.results.earlier.title if seen.results.earlier else ""
    st.write(say(_INTROS[choice.kind], wave=escaped(earlier)))
    if choice.question:
        questions = titles(seen.scene, choice.questions)
        choose(say("gaps.question"), questions, QUESTION, choice.question.id)
    chart(seen, NAME)
