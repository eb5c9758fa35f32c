"""Whatever somebody calls a thing is shown as text: in every screen, page, chart and poster."""

import html
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

import pypdfium2
import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.store import Store
from survey.screens.places import SCREENS
from survey.screens.results_view import VIEWS
from survey.views.pictures import PICTURES
from tests.survey.everybody import (
    ADDRESS,
    LEADER,
    OPEN,
    OWNER,
    RELEASED,
    browser_of,
    cookies_of,
    prepared_workshop,
)
from tests.survey.test_picture_page import FIGURE
from tests.survey.test_screen_logic import visit
from tests.survey.test_who_sees_what import ROUTES

HTML = "<img src=x onerror=alert(1)>"
IMAGE = "![a]"
NASTY = f"Nasty {HTML}{IMAGE}(https://evil.example/a.png) *b* $c$ `d` :red[e] {{{{7*7}}}}"
PATHS = (
    ("release_group", "path"),
    ("release_headcount", "path"),
    ("release_comment", "path"),
    ("target", "path"),
    ("measure", "path"),
)
NAMES = (
    ("organisation", "name"),
    ("organisation", "contact"),
    ("organisation", "privacy"),
    ("department", "name"),
    ("wave", "title"),
    ("wave", "introduction"),
    ("account", "name"),
    ("release_comment", "text"),
    ("prediction", "entered_by"),
    ("measure", "what"),
    ("measure", "responsible"),
    ("audit", "who"),
    ("audit", "subject"),
    ("workshop", "title"),
    ("workshop_step", "notes"),
)


def renamed(path: str) -> str:
    """A path whose every name is a nasty one."""
    return json.dumps([f"{name} {NASTY}" for name in json.loads(path)])


@pytest.fixture
def nasty_house(started: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Everything that people have named or written is called so; the owner is signed in."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(OWNER))
    st.cache_resource.clear()  # releases keep their names elsewhere than here
    file = started.connections.path  # type: ignore[attr-defined]
    with closing(sqlite3.connect(file)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        for table, column in NAMES:
            db.execute(f"UPDATE {table} SET {column} = {column} || ?", [f" {NASTY}"])  # noqa: S608
        db.create_function("renamed", 1, renamed)
        for table, column in PATHS:
            db.execute(f"UPDATE {table} SET {column} = renamed({column})")  # noqa: S608
        db.execute("UPDATE wave SET staff_overview = 1")
    return started


def shown(screen: AppTest) -> Iterator[tuple[str, str]]:
    """Every text that Streamlit reads as Markdown or as HTML, with the element's kind."""
    found = [screen.main, screen.sidebar]
    while found:
        node = found.pop()
        found.extend(getattr(node, "children", {}).values())
        proto = getattr(node, "proto", None)
        for field in ("body", "label", "help", "placeholder", "caption"):
            value = getattr(proto, field, "")
            if isinstance(value, str) and value:
                yield str(node.type), value
        if node.type in {"radio", "button_group", "tabs"}:
            yield from ((node.type, str(option)) for option in getattr(proto, "options", ()))
        for kind in ("expandable", "popover", "tab"):
            block = getattr(proto, kind, None)
            if block is not None and getattr(block, "label", ""):
                yield kind, block.label


@pytest.mark.usefixtures("nasty_house")
@pytest.mark.parametrize("name", list(SCREENS))
def test_a_screen_shows_names_as_text(name: str) -> None:
    """No tag in its HTML, and no image or link in its Markdown."""
    wave, workshop = RELEASED if name in VIEWS else OPEN, prepared_workshop()
    screen = visit(name, wave=wave, organisation="1", workshop=workshop)
    assert not screen.exception
    texts = list(shown(screen))
    named = any("Nasty" in text for _, text in texts)
    assert named == (name not in {"setup", "account", "company", "method"})
    for kind, text in texts:
        assert (HTML if kind == "html" else IMAGE) not in text, kind
    for chart in screen.get("plotly_chart"):
        assert HTML not in json.loads(chart.proto.spec).__repr__()


def test_the_part_of_a_leader_is_asked_for_in_text(nasty_house: Store) -> None:
    """The label of a field is Markdown, too."""
    leader = nasty_house.accounts.find(ADDRESS[LEADER])
    screen = visit("accounts")
    screen.selectbox(key="accounts_chosen").set_value(leader.id).run()
    assert not screen.exception
    labels = [box.label for box in screen.selectbox]
    assert any("Nasty" in label for label in labels)
    assert not any(IMAGE in label for label in labels)


@pytest.mark.parametrize("state", ["draft", "closed", "released"])
def test_a_wave_in_any_state_shows_names_as_text(nasty_house: Store, state: str) -> None:
    """Each state has a screen of its own."""
    file = nasty_house.connections.path  # type: ignore[attr-defined]
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(
            "UPDATE wave SET state = ?, closed_on = '2026-10-20', released_on = '2026-10-21'"
            " WHERE code = ?",
            [state, OPEN],
        )
    for name in ("start", "wave", "invitations", "wave_new", "answer"):
        screen = visit(name, wave=OPEN, organisation="1", copy=OPEN)
        assert not screen.exception
        for kind, text in shown(screen):
            assert (HTML if kind == "html" else IMAGE) not in text, (name, kind)


@pytest.mark.usefixtures("nasty_house")
def test_a_page_shows_names_as_text() -> None:
    """The form, its privacy sheet, the preview, the overview for employees, plain pages."""
    owner = browser_of(OWNER)
    read = 0
    pages = [*ROUTES, ("GET", f"/q/{RELEASED}"), ("GET", f"/q/{RELEASED}/privacy")]
    for method, address in pages:
        answer = owner.request(method, address, data={"x": HTML} if method == "POST" else None)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert HTML not in answer.text, address
        assert "Nasty" not in answer.text or "{{7*7}}" in answer.text
        read += "Nasty" in answer.text
    assert read >= 6


@pytest.mark.usefixtures("nasty_house")
def test_a_poster_shows_names_as_text() -> None:
    """A PDF has markup of its own."""
    answer = browser_of(OWNER).get(f"/download/{OPEN}/posters.pdf")
    assert answer.status_code == 200
    document = pypdfium2.PdfDocument(BytesIO(answer.content))
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "<img src=x" in " ".join(words.split())


@pytest.mark.usefixtures("nasty_house")
def test_what_comes_back_in_the_form_is_text() -> None:
    """What was filled in is shown again where something is missing."""
    fields = {"department": HTML, "comment_customer_perspective": HTML, "token": HTML}
    for address in (f"/q/{OPEN}", f"/preview/{OPEN}"):
        answer = browser_of(OWNER).post(f"{address}?lang=<b>", data={**fields, "email": HTML})
        assert answer.status_code == 422
        assert HTML not in answer.text
    answer = browser_of(OWNER).post("/sign-in", data={"email": HTML, "next": HTML})
    assert HTML not in answer.text


CHOICES = (
    {"gap": "target", "question": "customer_perspective", "order": "tree", "all": "1"},
    {"gap": "trend", "question": "customer_perspective"},
    {"gap": "leadership"},
    {"question": "customer_perspective", "order": "tree"},
    {"order": "customer_perspective", "numbers": "difference"},
    {"new": "1", "dimension": "customer_perspective"},
)
"""What leads to other sentences and other pictures than a view has at first."""


@pytest.fixture
def compared_house(nasty_house: Store) -> str:
    """The same, and the name of a department that is shown in both released waves."""
    wave = nasty_house.waves.find(RELEASED)
    shown = nasty_house.releases.load(wave).histograms
    return next(" / ".join(g.path) for g in shown if g.kind == "department" and len(g.path) == 2)


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_choice_of_a_view_shows_names_as_text(compared_house: str, view: str) -> None:
    """A department of such a name, each kind of gap, and a form from a finding."""
    places = ({"department": compared_house}, {"department": NASTY})
    for choice in (*CHOICES, *places):
        screen = visit(view, wave=RELEASED, **choice)
        assert not screen.exception
        for kind, text in shown(screen):
            assert (HTML if kind == "html" else IMAGE) not in text, (choice, kind)
        for chart in screen.get("plotly_chart"):
            assert HTML not in json.loads(chart.proto.spec).__repr__()


def test_a_picture_to_take_away_shows_names_as_text(compared_house: str) -> None:
    """What the page draws is not read as HTML either, and its file has a name that is one."""
    owner, read = browser_of(OWNER), 0
    for name in PICTURES:
        for choice in ({"lang": "de"}, *CHOICES, {"department": compared_house}):
            answer = owner.get(f"/picture/{RELEASED}/{name}", params=choice)
            assert HTML not in answer.text
            for figure in FIGURE.findall(answer.text):
                assert HTML not in json.loads(figure).__repr__()
                assert "&lt;img" in json.loads(figure).__repr__()
                read += 1
            for file in re.findall(r'data-file="([^"]*)"', answer.text):
                assert not set(html.unescape(file)) & set('\\/:*?"<>|')
    assert read > 2 * len(PICTURES)
