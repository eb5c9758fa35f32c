"""One wave: hand out its links, watch answers come in, close it, release it."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import segno
import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import LARGEST_SMALLEST_GROUP, Wave, WaveState
from survey import releasing
from survey.house import house
from survey.invitations import form_address, sheet_address
from survey.screens.brand import heading_of
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import asked_wave, guarded
from survey.screens.places import link
from survey.screens.today import now, today
from survey.settings import public_url
from survey.tables import band_table, link_table
from survey.wording import Wording

_FEW_BANDS = 8


@guarded
def show(say: Wording, account: Account) -> None:
    """What this wave needs next, by its state."""
    wave = asked_wave(account, to_run=True)
    if wave is None:
        st.title(say("nav.wave"))
        st.info(say("wave.none_chosen"))
        return
    st.title(escaped(wave.title))
    heading_of(wave.organisation, wave.code)
    st.markdown(f"**{say.state(wave.state)}**")
    if wave.organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    with st.container(key="step_expectations"):
        link(say, "expectations", say("wave.expectations"), wave=wave.code)
    if wave.state is not WaveState.DRAFT:
        _settings(say, wave)
    {
        WaveState.DRAFT: _draft,
        WaveState.OPEN: _open,
        WaveState.CLOSED: _closed,
        WaveState.RELEASED: _released,
    }[wave.state](say, wave)


def _settings(say: Wording, wave: Wave) -> None:
    """What is fixed, and the one thing that may still change, upwards."""
    smallest = wave.settings.smallest_group
    with st.expander(say("wave.settings")):
        st.markdown(say("wave.settings_text", smallest=smallest))
        st.link_button(say("wave.sheet"), sheet_address(wave.code, say.language))
        if wave.state is WaveState.RELEASED or smallest >= LARGEST_SMALLEST_GROUP:
            return
        st.write(say("wave.raise_text"))
        larger = st.number_input(
            say("wave.raise_to"), smallest + 1, LARGEST_SMALLEST_GROUP, key="raise_to"
        )
        with st.popover(say("wave.raise")):
            if st.button(say("wave.raise_yes"), type="primary"):
                raised = partial(house().store.waves.raise_smallest_group, wave, larger, today())
                _change(say, raised)


def _draft(say: Wording, wave: Wave) -> None:
    st.write(say("wave.draft"))
    if st.button(say("wave.open"), type="primary"):
        _change(say, lambda: house().store.waves.open(wave, today()))


def _open(say: Wording, wave: Wave) -> None:
    _participation(say, wave)
    _links(say, wave)
    st.header(say("wave.close_title"))
    st.write(say("wave.close_text"))
    with st.popover(say("wave.close")):
        st.write(say("wave.close_sure"))
        if st.button(say("wave.close_yes"), type="primary"):
            _change(say, lambda: house().store.waves.close(wave, today()))


def _closed(say: Wording, wave: Wave) -> None:
    _participation(say, wave)
    st.header(say("wave.release_title"))
    if _answered(wave) < wave.settings.smallest_group:
        st.warning(say.count("wave.release_few", _answered(wave)))
    st.write(say("wave.release_text", smallest=wave.settings.smallest_group))
    with st.container(horizontal=True):
        with st.popover(say("wave.release"), type="primary"):
            st.write(say("wave.release_sure"))
            if not house().store.expectations.targets(wave):
                st.warning(say("wave.release_without_targets"))
            if not house().store.expectations.predictions(wave):
                st.warning(say("wave.release_without_prediction"))
            if st.button(say("wave.release_yes"), type="primary"):
                _release(say, wave)
        if st.button(say("wave.reopen")):
            _change(say, lambda: house().store.waves.open(wave, today()))


def _release(say: Wording, wave: Wave) -> None:
    """Release, showing how far the gate has got: a large organisation takes a while."""
    bar = st.progress(0.0, say("cli.release.working"))

    def progress(done: int, of: int) -> None:
        bar.progress(done / of, say("cli.release.working"))

    _change(say, lambda: releasing.release(house().store, wave, today(), progress))


def _released(say: Wording, wave: Wave) -> None:
    st.success(say("wave.released", day=wave.released_on))
    with st.container(key="step_results"):
        link(say, "results", say("start.results"), wave=wave.code)


def _participation(say: Wording, wave: Wave) -> None:
    per_day = house().store.answers.per_day(wave)
    total = _answered(wave)
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


def _bands(say: Wording, wave: Wave) -> None:
    found = house().store.answers.participation(wave, now())
    if found.bands:
        with st.expander(say("wave.bands"), expanded=len(found.bands) <= _FEW_BANDS):
            st.html(band_table(say, found.bands))
            st.caption(say("wave.bands_why", time=say.time(found.counted_at)))


def _answered(wave: Wave) -> int:
    return sum(house().store.answers.per_day(wave).values())


def _heads(wave: Wave) -> int | None:
    departments = house().store.waves.departments(wave)
    return releasing.headcounts(departments).get(())


def _links(say: Wording, wave: Wave) -> None:
    origin = public_url() or _origin()
    everyone, *departments = house().store.invitations.of(wave)
    address = form_address(origin, everyone.code)
    st.header(say("wave.link"))
    st.write(say("wave.link_text"))
    if urlsplit(origin).hostname in {"localhost", "127.0.0.1", "::1"}:
        st.warning(say("wave.link_local"))
    code, text = st.columns([1, 4])
    code.html(f'<img src="{_qr(address)}" alt="{say("wave.qr")}" width="168" height="168">')
    with text:
        st.code(address, language=None)
        st.link_button(say("wave.link_try"), address)
        with st.container(key="step_answer"):
            link(say, "answer", say("wave.link_screen"), wave=wave.code)
    if departments:
        with st.expander(say("wave.department_links")):
            st.write(say("wave.department_links_text"))
            links = {
                " / ".join(i.department.path): form_address(origin, i.code)
                for i in departments
                if i.department
            }
            st.html(link_table(say, links))


def _qr(address: str) -> str:
    """The QR code as a data address, dark on white in dark mode too."""
    return segno.make(address, error="m").svg_data_uri(scale=6, border=4, light="white")


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"


def _change(say: Wording, act: Callable[[], Wave]) -> None:
    try:
        act()
    except Problem as problem:
        show_problem(say, problem)
    else:
        st.rerun()
