"""Of the results: one kind of gap at a time, as a chart and a table."""

import streamlit as st

from data.model import DepartmentPath
from scoring.gaps import Gap, GapKind, largest_first
from scoring.scores import Question
from survey.charts import gap_chart
from survey.naming import full_name, kind_name, question_title
from survey.own import belongs, own_first
from survey.results import Results
from survey.screens.frame import escaped
from survey.sentences import certainty, gap_sentence
from survey.tables import gap_table
from survey.wording import Wording

_FEW = 20
_KIND, _QUESTION = "gap", "question"
_BY_QUESTION = (GapKind.LEADERSHIP, GapKind.CONTACT, GapKind.BLIND_SPOT)
"""Kinds with one gap a question; the others have one a group, too."""

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


def show(say: Wording, results: Results, own: DepartmentPath = ()) -> None:
    """Choose a kind, and a question where there is one gap a group; both are in the address.

    `own`: the department of whoever looks; its gaps come first.
    """
    st.header(say("gaps.title"))
    kinds = {kind.value: kind_name(say, kind) for kind in GapKind}
    kind = GapKind(_chosen(say("gaps.kind"), kinds, _KIND, GapKind.DEPARTMENT.value))
    gaps = results.gaps[kind]
    if not gaps:
        st.info(say(_NONE[kind], smallest=results.wave.settings.smallest_group))
        return
    earlier = results.earlier.title if results.earlier else ""
    st.write(say(_INTROS[kind], wave=escaped(earlier)))
    if kind in _BY_QUESTION:
        st.html(gap_table(say, results, gaps, kinds[kind], by_question=True))
        st.caption(say("gaps.scale"))
    else:
        _by_group(say, results, largest_first(gaps, _chosen_question(say, results, kind)), own)


def _by_group(say: Wording, results: Results, gaps: tuple[Gap, ...], own: DepartmentPath) -> None:
    title = _title(say, results, gaps)
    gaps = few = own_first(gaps, own, lambda gap: gap.to.group)
    if len(gaps) > _FEW and not st.toggle(say("gaps.all", number=len(gaps))):
        few = gaps[:_FEW]
    st.markdown(f"**{escaped(title)}**")
    st.plotly_chart(
        gap_chart(say, results, few, own=own, dark=st.context.theme.type == "dark"),
        theme=None,
        config={"displayModeBar": False},
        key="gap_chart",
    )
    cut = say("gaps.few", shown=len(few), number=len(gaps)) if len(few) < len(gaps) else ""
    mine = say("own.bold") if any(belongs(gap.to.group, own) for gap in few) else ""
    st.caption(f"{say('gaps.scale')} {say('gaps.hatched')} {cut} {mine}")
    with st.expander(say("results.as_table")):
        st.html(gap_table(say, results, few, title, own=own))


def _title(say: Wording, results: Results, gaps: tuple[Gap, ...]) -> str:
    """The largest gap that may be claimed, in words; else the largest one's size, with doubt."""
    sure = next((gap for gap in gaps if gap.may_claim), None)
    if sure:
        return say("gaps.largest_sure", sentence=gap_sentence(say, results, sure))
    return say(
        "gaps.largest",
        name=full_name(say, gaps[0].to.group, results.release),
        size=say.number(gaps[0].size, 2, signed=True),
        sure=certainty(say, gaps[0]),
    )


def _chosen_question(say: Wording, results: Results, kind: GapKind) -> Question:
    """Those that have a gap of this kind; at first, the one with the largest sure gap."""
    asked = {gap.question.id: gap.question for gap in results.gaps[kind]}
    sure = (gap for gap in results.gaps[kind] if gap.may_claim)
    largest = max(sure, key=lambda gap: abs(gap.size), default=None)
    first = largest.question.id if largest else next(iter(asked))
    titles = {id_: question_title(say, results.dimensions, q) for id_, q in asked.items()}
    return asked[_chosen(say("gaps.question"), titles, _QUESTION, first)]


def _chosen(label: str, options: dict[str, str], name: str, default: str) -> str:
    """What is chosen from a list, kept in the address under `name`."""
    ids, key = list(options), f"results_{name}"
    wanted = st.query_params.get(name, default)
    st.selectbox(
        label,
        ids,
        index=ids.index(wanted if wanted in ids else default),
        format_func=options.__getitem__,
        key=key,
        on_change=_remember,
        args=(name, key),
    )
    return str(st.session_state[key])


def _remember(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]
