"""How many have answered, while a wave is open and before its release."""

import streamlit as st

from data.model import Wave, WaveState
from survey import releasing
from survey.house import house
from survey.screens.today import now, today
from survey.tables import band_table
from survey.wording import Wording

_FEW_BANDS = 8


def show_participation(say: Wording, wave: Wave) -> None:
    """The whole organisation's number; departments in bands, as METHOD §4 allows."""
    per_day = house().store.answers.per_day(wave)
    total = answered(wave)
    heads = _heads(wave)
    st.header(say("wave.participation"))
    if heads and total <= heads:
        share = say.percent(total / heads)
        st.write(say("wave.participation_share", total=total, heads=heads, share=share))
    else:
        st.write(say.count("wave.answers", total))
    if heads and total > heads:
        st.warning(say("wave.more_than_heads", heads=heads))
    if wave.state is WaveState.OPEN:
        st.caption(say("wave.answers_today", number=per_day.get(today(), 0)))
        _bands(say, wave)


def answered(wave: Wave) -> int:
    """How many have answered."""
    return sum(house().store.answers.per_day(wave).values())


def _bands(say: Wording, wave: Wave) -> None:
    found = house().store.answers.participation(wave, now())
    if found.bands:
        with st.expander(say("wave.bands"), expanded=len(found.bands) <= _FEW_BANDS):
            st.html(band_table(say, found.bands))
            st.caption(say("wave.bands_why", time=say.time(found.counted_at)))


def _heads(wave: Wave) -> int | None:
    departments = house().store.waves.departments(wave)
    return releasing.headcounts(departments).get(())
