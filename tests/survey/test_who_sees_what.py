"""Every role and every screen and route, each as the first request after a start.

A screen or a route without a row in these tables is a failure: whoever adds one
says here who may see it.
"""

import re
from datetime import datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import Match, Route
from streamlit.runtime.context import ContextProxy

from data.accounts import Account, Role
from data.store import Store
from survey import accounts
from survey.extracts import EXTRACTS
from survey.house import house
from survey.screens.places import SCREENS
from survey.screens.results_view import VIEWS
from survey.views.pictures import PICTURES
from tests.survey.everybody import (
    ADDRESS,
    CONSULTANT,
    LEADER,
    NOBODY,
    OPEN,
    OWNER,
    PEOPLE,
    RELEASED,
    STRANGER,
    all_words,
    app_of_a_start,
    browser_of,
    cookies_of,
)
from tests.survey.held import WORKSHOP
from tests.survey.test_screen_logic import visit

ALL = frozenset(PEOPLE)
SIGNED_IN = ALL - {NOBODY}
CONSULTANTS = frozenset({STRANGER, CONSULTANT, OWNER})
THEIRS = frozenset({CONSULTANT, OWNER})
READERS = frozenset({LEADER, CONSULTANT, OWNER})
MAY_OPEN = {
    "start": SIGNED_IN,
    "setup": CONSULTANTS,
    "organisation": CONSULTANTS,
    "departments": CONSULTANTS,
    "wave": CONSULTANTS,
    "wave_new": CONSULTANTS,
    "invitations": CONSULTANTS,
    "expectations": SIGNED_IN,
    "results": SIGNED_IN,
    "gaps": SIGNED_IN,
    "heatmap": SIGNED_IN,
    "distributions": SIGNED_IN,
    "department": SIGNED_IN,
    "trend": SIGNED_IN,
    "comments": SIGNED_IN,
    "priorities": SIGNED_IN,
    "workshops": CONSULTANTS,
    "workshop": CONSULTANTS,
    "projector": CONSULTANTS,
    "facilitator": CONSULTANTS,
    "protocol": SIGNED_IN,
    "accounts": frozenset({OWNER}),
    "account": SIGNED_IN,
    "company": ALL,
    "audit": frozenset({OWNER}),
    "answer": ALL,
    "method": ALL,
}
"""Who is let in at all; which organisation is theirs is the next table's."""

KNOWS_THE_FIRM = {
    "start": READERS,
    "organisation": THEIRS,
    "departments": THEIRS,
    "wave": THEIRS,
    "wave_new": THEIRS,
    "invitations": THEIRS,
    "expectations": READERS,
    "results": READERS,
    "gaps": READERS,
    "heatmap": READERS,
    "distributions": READERS,
    "department": READERS,
    "trend": READERS,
    "comments": READERS,
    "priorities": READERS,
    "workshops": THEIRS,
    "workshop": THEIRS,
    "facilitator": THEIRS,
    "protocol": READERS,
    "accounts": frozenset({OWNER}),
    "account": frozenset({LEADER, CONSULTANT}),
    "audit": frozenset({OWNER}),
    "answer": ALL,
}
"""Who reads the organisation's name there, it, its wave and its workshop being in the address.

The wall shows a workshop by its title only.
"""


def only(allowed: frozenset[str], status: int, otherwise: int) -> dict[str, int]:
    """One status for these people, another for everybody else."""
    return {person: status if person in allowed else otherwise for person in PEOPLE}


ROUTES = {
    ("GET", "/sign-in"): only(ALL, 200, 0),
    ("POST", "/sign-in"): only(ALL, 403, 0),
    ("GET", "/sign-out"): only(ALL, 200, 0),
    ("POST", "/sign-out"): only(ALL, 403, 0),
    ("POST", "/sign-out-everywhere"): only(ALL, 403, 0),
    ("GET", "/password"): only(SIGNED_IN, 200, 303),
    ("POST", "/password"): only(SIGNED_IN, 403, 303),
    ("GET", "/set-up/guessed"): only(ALL, 403, 0),
    ("POST", "/set-up/guessed"): only(ALL, 403, 0),
    ("GET", "/password/guessed"): only(ALL, 403, 0),
    ("POST", "/password/guessed"): only(ALL, 403, 0),
    ("GET", "/signed-on/guessed"): only(ALL, 403, 0),
    ("GET", "/q"): only(ALL, 200, 0),
    ("GET", "/q/"): only(ALL, 200, 0),
    ("GET", f"/q/{OPEN}"): only(ALL, 200, 0),
    ("POST", f"/q/{OPEN}"): only(ALL, 422, 0),
    ("GET", f"/q/{OPEN}/thanks"): only(ALL, 303, 0),
    ("GET", f"/q/{OPEN}/privacy"): only(ALL, 200, 0),
    ("GET", f"/q/{OPEN}/logo"): only(ALL, 200, 0),
    ("GET", f"/preview/{OPEN}"): only(THEIRS, 200, 404),
    ("POST", f"/preview/{OPEN}"): only(THEIRS, 422, 404),
    ("GET", f"/download/{OPEN}/posters.pdf"): only(THEIRS, 200, 404),
    ("GET", f"/download/{OPEN}/results-scores.csv"): only(ALL, 404, 0),
    ("GET", f"/download/{OPEN}/measures.csv"): only(ALL, 404, 0),
    ("GET", f"/download/{RELEASED}/measures.csv"): only(READERS, 200, 404),
    ("GET", f"/download/{OPEN}/personal.csv"): only(ALL, 404, 0),
    ("POST", f"/download/{OPEN}/personal.csv"): only(ALL, 404, 0),
    ("POST", f"/download/{OPEN}/personal.xlsx"): only(ALL, 404, 0),
    ("GET", "/download/audit.csv"): only(frozenset({OWNER}), 200, 403),
    ("GET", f"/picture/{OPEN}/gaps"): only(ALL, 404, 0),
    ("GET", "/picture-script/drawing.js"): only(ALL, 200, 0),
    ("GET", "/w"): only(ALL, 200, 0),
    ("GET", "/w/script"): only(ALL, 200, 0),
    ("GET", f"/w/{WORKSHOP}"): only(ALL, 200, 0),
    ("POST", f"/w/{WORKSHOP}"): only(ALL, 403, 0),
    ("GET", f"/w/{WORKSHOP}/logo"): only(ALL, 200, 0),
    ("GET", f"/w/{WORKSHOP}/now"): only(ALL, 200, 0),
    ("GET", "/w/guessed"): only(ALL, 404, 0),
    ("POST", "/w/guessed"): only(ALL, 404, 0),
    ("GET", "/w/guessed/logo"): only(ALL, 404, 0),
    ("GET", "/w/guessed/now"): only(ALL, 404, 0),
    ("GET", "/workshop-file/guessed/protocol.md"): only(ALL, 404, 0),
    ("GET", f"/workshop-file/{WORKSHOP}/protocol.md"): only(READERS, 200, 404),
    ("GET", f"/workshop-file/{WORKSHOP}/votes.csv"): only(READERS, 200, 404),
    ("GET", "/healthz"): only(ALL, 200, 0),
    **{("GET", f"/picture/{RELEASED}/{name}"): only(READERS, 200, 404) for name in PICTURES},
    **{
        ("GET", f"/download/{RELEASED}/results-{extract}.{ending}"): only(READERS, 200, 404)
        for extract in EXTRACTS
        for ending in ("csv", "json")
    },
}
"""What a route answers each of them, to a request without a form's token."""

PUBLIC = re.compile(r"/[qw]/")
"""Routes where anybody who has a link or a code reads the organisation's name."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_screen_lets_in_who_may_see_it(
    screen: str, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the navigation, too; a wave that is not theirs is told of as if there were none."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(person))
    wave = RELEASED if screen in VIEWS else OPEN
    shown = visit(screen, wave=wave, organisation="1", workshop=WORKSHOP)
    assert not shown.exception
    said = all_words(shown)
    door = "melden Sie sich mit Ihrem Konto an" in said or "nicht zu Ihrem Konto" in said
    assert door == (person not in MAY_OPEN[screen])
    named = "Apfel" in said or "Herbst 20" in said
    assert named == (person in KNOWS_THE_FIRM.get(screen, frozenset()))


def test_every_screen_has_its_row() -> None:
    """A new one is entered here first."""
    assert set(MAY_OPEN) == set(SCREENS)


def route_of(app: Starlette, method: str, address: str) -> tuple[str, str]:
    """The method and the pattern of the route that answers."""
    scope = {"type": "http", "method": method, "path": address}
    found = (r for r in app.routes if isinstance(r, Route) and r.matches(scope)[0] is Match.FULL)
    return method, next(found).path


@pytest.mark.usefixtures("started")
def test_every_route_has_its_row() -> None:
    """Whoever adds a route says who may ask for it."""
    app = app_of_a_start()
    every = {
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {route_of(app, method, address) for method, address in ROUTES} == every


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("method", "address"), list(ROUTES))
def test_a_route_answers_who_may_ask(method: str, address: str, person: str) -> None:
    """As the table says, with nothing of anybody else's in it, and never with a traceback."""
    data = {} if method == "POST" else None
    answer = browser_of(person).request(method, address, data=data)
    assert answer.status_code == ROUTES[method, address][person]
    assert "Traceback" not in answer.text
    refused = answer.status_code >= 300 and answer.status_code != 422
    in_words = answer.headers.get("content-type", "").startswith("text/html")
    assert in_words or not refused or "location" in answer.headers
    assert PUBLIC.match(address) or not refused or "Apfel" not in answer.text


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("person", PEOPLE)
def test_no_other_method_does_anything(person: str) -> None:
    """HEAD is answered as GET is, without a body and without a trace; the rest is refused."""
    browser = browser_of(person)
    before = house().store.audit.count()
    for address in dict.fromkeys(address for _, address in ROUTES):
        for method in METHODS:
            meant = ROUTES.get(("GET" if method == "HEAD" else method, address))
            if method in {"GET", "POST"} and meant:
                continue
            answer = browser.request(method, address)
            wanted = {meant[person]} if meant else {404, 405}
            if (method, address) == ("HEAD", "/signed-on/guessed"):
                wanted = {200}  # asks nothing, so that a mail program's look uses nothing up
            assert answer.status_code in wanted, (method, address)
            assert not (method == "HEAD" and answer.content)
            assert "Apfel" not in answer.text
    assert house().store.audit.count() == before


@pytest.mark.usefixtures("started")
def test_a_file_of_links_is_given_to_whoever_made_it_only() -> None:
    """Another consultant of the same organisation, and the owner, get nothing with its ticket."""
    store, files = house().store, {"personal.csv": b"link", "personal.xlsx": b"links"}
    accounts_, wave = {p: store.accounts.find(ADDRESS[p]) for p in ADDRESS}, store.waves.find(OPEN)
    other_wave = store.waves.find(RELEASED)
    ticket = house().handouts.offer(accounts_[CONSULTANT].id, wave.code, files)
    address = f"/download/{wave.code}/personal.csv"
    for person in (NOBODY, LEADER, STRANGER, OWNER):
        assert browser_of(person).post(address, data={"ticket": ticket}).status_code == 404
    maker = browser_of(CONSULTANT)
    elsewhere = address.replace(wave.code, other_wave.code)
    assert maker.post(elsewhere, data={"ticket": ticket}).status_code == 404
    assert maker.get(address, params={"ticket": ticket}).status_code == 404
    assert maker.post(address, data={"ticket": ticket}).content == b"link"
    assert maker.post(address, data={"ticket": ticket}).status_code == 404


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
    assert "Apfel" in all_words(screen)
    accounts.change(started, "x", consultant, consultant.name, consultant.role, {})
    screen.run()
    assert not screen.exception
    assert "Apfel" not in all_words(screen)
    assert not screen.button


def test_a_lesser_role_takes_effect_at_the_next_rerun(started: Store, consultant: Account) -> None:
    """Who became a leader reads the release, and runs nothing."""
    screen = visit("wave", wave="muster26")
    accounts.change(started, "x", consultant, consultant.name, Role.LEADER, consultant.grants)
    assert "nicht zu Ihrem Konto" in all_words(screen.run())


def test_a_removed_account_is_nobody_at_the_next_rerun(started: Store, consultant: Account) -> None:
    """Its session goes with it; a press on a button that was still there does nothing."""
    screen = visit("wave", wave="muster26")
    accounts.remove(started, "x", consultant)
    next(b for b in screen.button if b.label == "Ja, schließen").click().run()
    assert "melden Sie sich mit Ihrem Konto an" in all_words(screen)
    assert started.waves.find("muster26").closed_on is None


def test_signing_out_elsewhere_takes_effect_at_the_next_rerun(
    started: Store, consultant: Account
) -> None:
    """And so does a session that has run out."""
    screen = visit("start")
    assert "Apfel" in all_words(screen)
    house().visitors.sign_out_everywhere(consultant)
    assert "Apfel" not in all_words(screen.run())
    late = datetime.now() - timedelta(hours=13)
    cookie = house().visitors.sign_in(consultant, late)
    assert started.sessions
    assert house().visitors.visitor(cookie, datetime.now()) is None
