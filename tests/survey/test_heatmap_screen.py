"""The heat map's screen: what is chosen is in the address, and an address opens what was chosen."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from survey.wording import wording
from tests.survey.test_screen_logic import demo_house, empty_house, visit, words
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

DE = wording("de")
pytestmark = pytest.mark.usefixtures("demo_house")


@pytest.fixture(autouse=True)
def consultant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who may see the demo's results."""
    sign_in(monkeypatch, Role.OWNER)


def table(screen: AppTest) -> str:
    """The heat map's HTML."""
    assert not screen.exception
    bodies = (str(e.proto.body) for e in screen.get("html"))
    return next(body for body in bodies if "scope=" in body and "rowgroup" in body)


def chosen(screen: AppTest) -> dict[str, str]:
    """Every choice by its label."""
    return {box.label: box.value for box in screen.selectbox}


def test_a_link_opens_the_same_heat_map() -> None:
    """Reference, numbers, part, order and level."""
    asked = {
        "reference": "target",
        "numbers": "difference",
        "department": "Kundendienst",
        "order": "overall",
        "level": "1",
    }
    screen = visit("heatmap", wave="muster25", **asked)
    assert set(asked.values()) <= set(chosen(screen).values())
    html = table(screen)
    assert DE("heat.caption_target") in html
    assert "Servicetechnik" in html
    assert "Logistik" not in html
    assert "checked aria-label" not in html


def test_nonsense_in_an_address_shows_what_is_shown_without_it() -> None:
    """No error, and no other figures."""
    nonsense = dict.fromkeys(("reference", "numbers", "department", "order", "level"), "<b>")
    plain, odd = (visit("heatmap", wave="muster25", **query) for query in ({}, nonsense))
    assert table(plain) == table(odd)
    assert chosen(plain) == chosen(odd)


def test_what_is_chosen_is_in_the_address() -> None:
    """And the next run shows it, with its finding as the title."""
    screen = visit("heatmap", wave="muster25")
    box = screen.selectbox(key="results_reference")
    assert list(box.options) == [DE("heat.reference_rest"), DE("heat.reference_target")]
    box.set_value("target").run()
    assert screen.query_params["reference"] in ("target", ["target"])
    title = screen.subheader[0].value
    assert re.search(r"\d Punkte unter dem Ziel von \d", title)


def test_the_heat_map_says_where_it_is_from() -> None:
    """Organisation, wave, day and k; and what its figures mean."""
    screen = visit("heatmap", wave="muster25")
    said = words(screen).replace("\\", "")
    assert "freigegeben am 2. Oktober 2025; gezeigt werden Gruppen ab 5 Personen" in said
    bodies = "".join(str(e.proto.body) for e in screen.get("html"))
    assert DE("explained.title") in bodies
