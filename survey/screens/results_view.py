"""What every screen of the results shares: which wave, the way to the other views, charts.

Reads the release only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from data.accounts import Account
from data.errors import NotFound
from data.model import Wave
from survey import releasing
from survey.charts.chart import Chart
from survey.charts.look import DARK, LIGHT
from survey.explained import explanation
from survey.house import house
from survey.own import own_path
from survey.results import Results, load_results
from survey.screens.brand import logo_of
from survey.screens.frame import escaped
from survey.screens.guard import asked_wave
from survey.screens.places import START, link
from survey.tables import render
from survey.views.choices import understood
from survey.views.pictures import PICTURES
from survey.views.scene import DEPARTMENT, Scene
from survey.wording import Wording

_Made = TypeVar("_Made")

VIEWS: Mapping[str, str] = {
    "results": "view.overview",
    "gaps": "view.gaps",
    "heatmap": "view.heatmap",
    "distributions": "view.distributions",
    "department": "view.department",
    "trend": "view.trend",
    "comments": "view.comments",
    "priorities": "view.priorities",
}
"""The screens of the results, and what they are called."""

_KEPT_IN_ADDRESS = (DEPARTMENT,)
"""Choices that go along from one view to the next."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks at what."""

    account: Account
    scene: Scene

    @property
    def say(self) -> Wording:
        """The language spoken here."""
        return self.scene.say

    @property
    def results(self) -> Results:
        """What is looked at."""
        return self.scene.results

    @property
    def wave(self) -> Wave:
        """The wave whose results these are."""
        return self.scene.results.wave


def opened(say: Wording, account: Account) -> Seen | None:
    """The heading of a view, with the wave in the address or the latest released one.

    None where nothing is released yet, which is said. `NotFound`: not released.
    """
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
        return None
    _heading(say, wave, released)
    _ways(say, wave)
    results = results_for(wave)
    look = DARK if st.context.theme.type == "dark" else LIGHT
    own = own_path(account, wave.organisation)
    return Seen(account, Scene(say, results, dict(st.query_params), look, own))


def asking(seen: Seen, **choices: str) -> Seen:
    """The same as if the address made these choices, too."""
    return replace(seen, scene=replace(seen.scene, asked={**seen.scene.asked, **choices}))


def chart(seen: Seen, name: str) -> bool:
    """A picture with its words, table and explanation; whether there is one."""
    drawn = kept(seen.scene, name, name, PICTURES[name])
    if drawn is None:
        return False
    say = seen.say
    st.subheader(escaped(drawn.title), anchor=False)
    st.caption(escaped(drawn.unit))
    st.plotly_chart(
        drawn.figure,
        theme=None,
        config={"displayModeBar": False},
        key=f"chart_{name}",
        alt=drawn.alt,
    )
    if drawn.note:
        st.caption(escaped(drawn.note))
    foot(seen, drawn)
    if drawn.topics:
        st.html(explanation(say, drawn.topics))
    return True


def foot(seen: Seen, drawn: Chart) -> None:
    """Where a picture is from, the way to take it along, and the same as a table."""
    asked = {name: value for name, value in seen.scene.asked.items() if name != "wave"}
    query = urlencode({**asked, "lang": seen.say.language})
    address = f"/picture/{seen.wave.code}/{drawn.name}?{query}"
    table = Markup(drawn.table)  # noqa: S704 - made by our own templates
    st.html(render("chart_foot.html", say=seen.say, chart=drawn, address=address, table=table))


def kept(scene: Scene, view: str, name: str, make: Callable[[Scene], _Made]) -> _Made:
    """What `make` makes of a scene; made once for each release and all that it depends on.

    `view`: whose choices those are (`CHOICES`); `make` sees no others.
    """
    wave, earlier, asked = scene.results.wave, scene.results.earlier, understood(scene, view)
    of = (
        (wave.code, wave.organisation.name, earlier.code if earlier else ""),
        (scene.say.tag, scene.look.name, scene.own),
        tuple(sorted(asked.asked.items())),
    )
    made: _Made = _made(name, of, make, asked)
    return made


@st.cache_resource(max_entries=200, show_spinner=False)
def _made(
    name: str,
    of: tuple[object, ...],
    _make: Callable[[Scene], _Made],
    _scene: Scene,
) -> _Made:
    """A release never changes; so drawing it once is enough."""
    del name, of
    return _make(_scene)


def results_for(wave: Wave) -> Results:
    """A released wave's results, computed once; with its organisation's name as it is now."""
    earlier = releasing.earlier_wave(house().store, wave)
    computed = _results(wave.code, earlier.code if earlier else None)
    return replace(computed, wave=wave, earlier=earlier)


def forget() -> None:
    """Keep nothing of any release in memory, as after an organisation has been erased."""
    _results.clear()
    _made.clear()


def choose(
    label: str, options: Mapping[str, str], name: str, chosen: str, *, labelled: bool = True
) -> None:
    """Let somebody choose; what is chosen is in the address under `name`, and so in the scene.

    `options`: what addresses call them, and what people read. Not `labelled`: the label is
    read aloud only.
    """
    key = f"results_{name}"
    st.session_state[key] = chosen  # the address decides, also where a link has changed it
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=_remember,
        args=(name, key),
        label_visibility="visible" if labelled else "collapsed",
    )


def ask_button(label: str, key: str, **choices: str) -> None:
    """A button that puts these choices into the address.

    Not a link: within one screen Streamlit's links leave the address as it was.
    """
    st.button(label, key=key, on_click=st.query_params.update, args=(choices,))


def _remember(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]


@st.cache_resource(max_entries=20, show_spinner=False)
def _results(code: str, earlier: str | None) -> Results:
    """A release never changes, nor what it is compared with; so computing it once is enough.

    By code: a number may be another wave's, once an organisation has been erased.
    """
    del earlier
    waves = (wave for wave in house().store.waves.all() if wave.code == code)
    return load_results(house().store, next(waves))


def _heading(say: Wording, wave: Wave, waves: tuple[Wave, ...]) -> None:
    """Whose results, and of which wave: in one row, so that what was found is in sight."""
    logo_of(wave.organisation, wave.code)
    with st.container(horizontal=True, vertical_alignment="center", key="results_head"):
        st.title(say("results.title", organisation=escaped(wave.organisation.name)))
        if wave.organisation.demo:
            st.badge(say("demo.badge"), color="orange", width="content")
        if len(waves) < 2:
            st.markdown(f"**{escaped(wave.title)}**", width="content")
            return
        one = len({w.organisation for w in waves}) == 1
        names = {w.code: w.title if one else f"{w.organisation.name}: {w.title}" for w in waves}
        choose(say("results.choose_wave"), names, "wave", wave.code, labelled=False)


def _ways(say: Wording, wave: Wave) -> None:
    """To the other views of the same wave, and of the same department."""
    along = {k: st.query_params[k] for k in _KEPT_IN_ADDRESS if k in st.query_params}
    with st.container(horizontal=True, key="views"):
        for name, title in VIEWS.items():
            link(say, name, say(title), wave=wave.code, **along)
