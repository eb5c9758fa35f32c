"""One of everybody, the browsers they use, and what their screens say."""

import importlib
import sys
from datetime import datetime

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from survey.house import house
from survey.visitors import COOKIE
from tests.survey.test_screen_logic import words

NOBODY = "nobody"
LEADER = "leader"
STRANGER = "a consultant of another organisation"
CONSULTANT = "the consultant"
OWNER = "the owner"
PEOPLE = (NOBODY, LEADER, STRANGER, CONSULTANT, OWNER)

OPEN, RELEASED = "muster26", "muster25"
"""The demo's waves, by their codes."""

ADDRESS = {
    LEADER: "leader@example.org",
    STRANGER: "stranger@example.org",
    CONSULTANT: "consultant@example.org",
    OWNER: "owner@example.org",
}


def cookies_of(person: str) -> dict[str, str]:
    """What the browser of a person sends."""
    if person == NOBODY:
        return {}
    account = house().store.accounts.find(ADDRESS[person])
    return {COOKIE: house().visitors.sign_in(account, datetime.now())}


def prepared_workshop() -> str:
    """The code of the demo's workshop."""
    firm = next(one for one in house().store.organisations.all() if one.demo)
    return house().store.workshops.of(firm)[-1].code


def app_of_a_start() -> Starlette:
    """Our own routes and middleware, from a module that is run as at a start."""
    sys.modules.pop("streamlit_app", None)
    app = importlib.import_module("streamlit_app").app
    return Starlette(routes=app._user_routes, middleware=app._user_middleware)


def browser_of(person: str) -> TestClient:
    """Somebody's browser, before its first request after a start."""
    return TestClient(app_of_a_start(), follow_redirects=False, cookies=cookies_of(person))


def all_words(screen: AppTest) -> str:
    """Everything a screen says, in its tables too."""
    return words(screen) + "".join(element.proto.body for element in screen.get("html"))
