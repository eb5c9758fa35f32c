"""Every role and every screen and route, each as the first request after a start.

A screen or a route without a row in these tables is a failure: whoever adds one
says here who may see it.
"""

import importlib
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.context import ContextProxy

from data.accounts import Account, Role
from data.sqlite import open_store
from data.store import Store
from survey import accounts, running
from survey.house import house
from survey.screens.places import SCREENS
from survey.visitors import COOKIE
from tests.people import somebody
from tests.survey.test_screen_logic import visit, words

NOBODY = "nobody"
LEADER = "leader"
STRANGER = "a consultant of another organisation"
CONSULTANT = "the consultant"
OWNER = "the owner"
PEOPLE = (NOBODY, LEADER, STRANGER, CONSULTANT, OWNER)

ALL = frozenset(PEOPLE)
SIGNED_IN = ALL - {NOBODY}
MAY_OPEN = {
    "start": SIGNED_IN,
    "setup": frozenset({STRANGER, CONSULTANT, OWNER}),
    "wave": frozenset({STRANGER, CONSULTANT, OWNER}),
    "expectations": SIGNED_IN,
    "results": SIGNED_IN,
    "accounts": frozenset({OWNER}),
    "account": SIGNED_IN,
    "company": ALL,
    "answer": ALL,
    "method": ALL,
}
"""Who is let in at all; which organisation is theirs is the next table's."""

KNOWS_THE_FIRM = {
    "start": frozenset({LEADER, CONSULTANT, OWNER}),
    "wave": frozenset({CONSULTANT, OWNER}),
    "expectations": frozenset({LEADER, CONSULTANT, OWNER}),
    "results": frozenset({LEADER, CONSULTANT, OWNER}),
    "accounts": frozenset({OWNER}),
    "account": frozenset({LEADER, CONSULTANT}),
}
"""Who reads the organisation's name there, its wave being in the address."""

STATUS = {
    ("GET", "/sign-in"): 200,
    ("POST", "/sign-in"): 403,
    ("GET", "/sign-out"): 200,
    ("POST", "/sign-out"): 403,
    ("POST", "/sign-out-everywhere"): 403,
    ("GET", "/password"): {NOBODY: 303, **dict.fromkeys(SIGNED_IN, 200)},
    ("POST", "/password"): {NOBODY: 303, **dict.fromkeys(SIGNED_IN, 403)},
    ("GET", "/set-up/{token}"): 403,
    ("POST", "/set-up/{token}"): 403,
    ("GET", "/password/{token}"): 403,
    ("POST", "/password/{token}"): 403,
    ("GET", "/signed-on/{token}"): 403,
    ("GET", "/q/{code}"): 200,
    ("POST", "/q/{code}"): 422,
    ("GET", "/q/{code}/thanks"): 303,
    ("GET", "/q/{code}/privacy"): 200,
    ("GET", "/healthz"): 200,
}
"""What a route answers to a request without a form's token: to everybody, or by person."""

PUBLIC = re.compile(r"/q/")
"""Routes where anybody who has a link reads the organisation's name."""


@pytest.fixture(scope="module")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo organisation and one of everybody."""
    path = tmp_path_factory.mktemp("people") / "kundenkompass.db"
    store = open_store(path)
    running.demo(store)
    demo = store.organisations.all()[0].id
    other = store.organisations.add("Pflaume KG").id
    somebody(store, Role.LEADER, {demo: ()}, f"{LEADER}@example.org")
    somebody(store, Role.CONSULTANT, {other: ()}, "stranger@example.org")
    somebody(store, Role.CONSULTANT, {demo: ()}, "consultant@example.org")
    store.accounts.set_password(somebody(store), "a hash")
    store.close()
    return path


ADDRESS = {
    LEADER: "leader@example.org",
    STRANGER: "stranger@example.org",
    CONSULTANT: "consultant@example.org",
    OWNER: "owner@example.org",
}


@pytest.fixture
def started(
    furnished_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The house on a copy of that database, just opened."""
    path = shutil.copy(furnished_file, tmp_path / "kundenkompass.db")
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(path))
    house.cache_clear()
    st.cache_data.clear()
    yield house().store
    house().store.close()
    house.cache_clear()


def cookies_of(person: str) -> dict[str, str]:
    """What the browser of a person sends."""
    if person == NOBODY:
        return {}
    account = house().store.accounts.find(ADDRESS[person])
    return {COOKIE: house().visitors.sign_in(account, datetime.now())}


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_screen_lets_in_who_may_see_it(
    screen: str, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the navigation, too; a wave that is not theirs is told of as if there were none."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(person))
    wave = "muster25" if screen == "results" else "muster26"
    shown = visit(screen, wave=wave)
    assert not shown.exception
    said = words(shown) + "".join(element.proto.body for element in shown.get("html"))
    door = "melden Sie sich mit Ihrem Konto an" in said or "nicht zu Ihrem Konto" in said
    assert door == (person not in MAY_OPEN[screen])
    if screen != "answer":
        named = "Apfel" in said or "Herbst 20" in said
        assert named == (person in KNOWS_THE_FIRM.get(screen, frozenset()))


def test_every_screen_has_its_row() -> None:
    """A new one is entered here first."""
    assert set(MAY_OPEN) == set(SCREENS)


def routes_of_the_app() -> list[Route]:
    """The app's own routes, from a module that is run as at a start."""
    sys.modules.pop("streamlit_app", None)
    app = importlib.import_module("streamlit_app").app
    return list(app._user_routes)


@pytest.mark.usefixtures("started")
def test_every_route_has_its_row() -> None:
    """Whoever adds a route says who may ask for it."""
    found = {
        (method, route.path)
        for route in routes_of_the_app()
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert found == set(STATUS)


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("method", "path"), list(STATUS))
def test_a_route_answers_who_may_ask(method: str, path: str, person: str) -> None:
    """As the table says, with nothing of anybody's in it, and never with a traceback."""
    sys.modules.pop("streamlit_app", None)
    app = importlib.import_module("streamlit_app").app
    plain = Starlette(routes=app._user_routes, middleware=app._user_middleware)
    client = TestClient(plain, follow_redirects=False, cookies=cookies_of(person))
    address = path.replace("{code}", "muster26").replace("{token}", "guessed")
    answer = client.request(method, address, data={} if method == "POST" else None)
    expected = STATUS[method, path]
    assert answer.status_code == (expected if isinstance(expected, int) else expected[person])
    assert "Traceback" not in answer.text
    assert PUBLIC.match(path) or "Apfel" not in answer.text


# What changes takes effect at once


@pytest.fixture
def consultant(started: Store, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The consultant, signed in."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(CONSULTANT))
    return started.accounts.find(ADDRESS[CONSULTANT])


def test_a_withdrawn_grant_takes_effect_at_the_next_rerun(
    started: Store, consultant: Account
) -> None:
    """The screen that is open shows nothing of the organisation any more."""
    screen = visit("wave", wave="muster26")
    assert "Apfel" in words(screen)
    accounts.change(started, "x", consultant, consultant.name, consultant.role, {})
    screen.run()
    assert not screen.exception
    assert "Apfel" not in words(screen)
    assert not screen.button


def test_a_lesser_role_takes_effect_at_the_next_rerun(started: Store, consultant: Account) -> None:
    """Who became a leader reads the release, and runs nothing."""
    screen = visit("wave", wave="muster26")
    accounts.change(started, "x", consultant, consultant.name, Role.LEADER, consultant.grants)
    assert "nicht zu Ihrem Konto" in words(screen.run())


def test_a_removed_account_is_nobody_at_the_next_rerun(started: Store, consultant: Account) -> None:
    """Its session goes with it; a press on a button that was still there does nothing."""
    screen = visit("wave", wave="muster26")
    accounts.remove(started, "x", consultant)
    screen.button[0].click().run()
    assert "melden Sie sich mit Ihrem Konto an" in words(screen)
    assert started.waves.find("muster26").closed_on is None


def test_signing_out_elsewhere_takes_effect_at_the_next_rerun(
    started: Store, consultant: Account
) -> None:
    """And so does a session that has run out."""
    screen = visit("start")
    assert "Apfel" in words(screen)
    house().visitors.sign_out_everywhere(consultant)
    assert "Apfel" not in words(screen.run())
    late = datetime.now() - timedelta(hours=13)
    cookie = house().visitors.sign_in(consultant, late)
    assert started.sessions
    assert house().visitors.visitor(cookie, datetime.now()) is None
