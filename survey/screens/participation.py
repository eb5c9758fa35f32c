"""Of a wave: how many have answered so far, refreshed by itself while it is open.

Exact numbers of the whole organisation only; departments in bands (METHOD §4).
"""

import streamlit as st

from data.errors import Problem
from data.model import Wave, WaveState
from survey import releasing
from survey.access import visitor
from survey.curve import Curve, curve_chart, curve_of, curve_table, finding, foretells
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.today import now, today
from survey.tables import band_table
from survey.wording import Wording, wording

_FEW_BANDS = 8
_EVERY = "60s"


def show_participation(say: Wording, wave: Wave) -> None:
    """How many have answered, the curve, and the departments' bands."""
    st.header(say("wave.participation"))
    if wave.state is WaveState.OPEN:
        st.fragment(_live, run_every=_EVERY)(say.language, wave.code)
    else:
        _state(say, wave)


def answered(wave: Wave) -> int:
    """How many have answered."""
    return sum(house().store.answers.per_day(wave).values())


def _live(language: str, code: str) -> None:
    """What is shown again each minute: who asks, and of what, is looked up anew each time."""
    say, account = wording(language), visitor()
    try:
        wave = house().store.waves.find(code)
        if account is None or not account.runs(wave.organisation.id):
            return
        if wave.state is not WaveState.OPEN:
            st.rerun()
        _state(say, wave)
    except Problem as problem:
        show_problem(say, problem)


def _state(say: Wording, wave: Wave) -> None:
    curve = _curve(wave)
    total, heads = curve.totals[-1], curve.heads
    if heads and total <= heads:
        share = say.percent(total / heads)
        st.write(say("wave.participation_share", total=total, heads=heads, share=share))
    else:
        st.write(say.count("wave.answers", total))
    if heads and total > heads:
        st.warning(say("wave.more_than_heads", heads=heads))
    if wave.state is WaveState.OPEN:
        st.caption(say("wave.answers_today", number=curve.answers[-1]))
    if total:
        _draw(say, curve)
    if wave.state is WaveState.OPEN:
        _bands(say, wave)


def _curve(wave: Wave) -> Curve:
    store, settings = house().store, wave.settings
    is_open = wave.state is WaveState.OPEN
    return curve_of(
        store.answers.per_day(wave),
        wave.opened_on or today(),
        today() if is_open else wave.closed_on or today(),
        heads=releasing.headcounts(store.waves.departments(wave)).get(()),
        going_on=is_open,
        closes_on=settings.closes_at.date() if settings.closes_at else None,
    )


def _draw(say: Wording, curve: Curve) -> None:
    st.markdown(f"**{escaped(finding(say, curve))}**")
    st.plotly_chart(
        curve_chart(say, curve, dark=st.context.theme.type == "dark"),
        theme=None,
        config={"displayModeBar": False},
        key="participation_curve",
    )
    if foretells(say, curve):
        st.caption(say("curve.how"))
    with st.expander(say("results.as_table")):
        st.html(curve_table(say, curve))


def _bands(say: Wording, wave: Wave) -> None:
    found = house().store.answers.participation(wave, now())
    if found.bands:
        with st.expander(say("wave.bands"), expanded=len(found.bands) <= _FEW_BANDS):
            st.html(band_table(say, found.bands))
            st.caption(say("wave.bands_why", time=say.time(found.counted_at)))
