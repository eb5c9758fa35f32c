"""Participation on the wave's screen, and that it is gone with the session."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from data.store import Store
from tests.survey.test_screen_logic import demo_house, empty_house, visit, words
from tests.survey.visitors import sign_in, sign_out

__all__ = ["demo_house", "empty_house"]


def test_the_open_wave_has_a_curve_and_bands(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding in words, the figure, the same as a table, and departments in bands only."""
    sign_in(monkeypatch, Role.OWNER)
    screen = visit("wave", wave="muster26")
    assert not screen.exception
    assert "haben geantwortet" in words(screen)
    assert screen.get("plotly_chart")
    assert [e.label for e in screen.expander].count("Als Tabelle") == 1
    wave = demo_house.waves.find("muster26")
    total = sum(demo_house.answers.per_day(wave).values())
    assert str(total) in words(screen)


@pytest.mark.usefixtures("demo_house")
def test_a_wave_without_answers_draws_no_empty_figure(
    empty_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that there are none yet."""
    sign_in(monkeypatch, Role.OWNER)
    organisation = empty_house.organisations.add("Leer AG")
    settings = empty_house.waves.find("muster26").settings
    wave = empty_house.waves.add(organisation, settings, "k7m2p9qx")
    empty_house.waves.open(wave, date.today())
    screen = visit("wave", wave="k7m2p9qx")
    assert not screen.exception
    assert "0 Antworten" in words(screen)
    assert not screen.get("plotly_chart")


@pytest.mark.usefixtures("demo_house")
def test_what_refreshes_itself_shows_nothing_once_signed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fragment asks who is there each time, not only when the screen was opened."""
    sign_in(monkeypatch, Role.OWNER)
    script = "from survey.screens.participation import _live\n_live('de', 'muster26')\n"
    screen = AppTest.from_string(script).run(timeout=20)
    assert "haben geantwortet" in words(screen)
    sign_out(monkeypatch)
    assert words(screen.run(timeout=20)) == ""
    sign_in(monkeypatch, Role.CONSULTANT, {99: ()})
    assert words(screen.run(timeout=20)) == ""
    sign_in(monkeypatch, Role.LEADER, {1: ()})
    assert words(screen.run(timeout=20)) == ""
