"""Where one can go: the screens' addresses, and links between them that keep the language."""

from collections.abc import Mapping
from importlib import import_module
from urllib.parse import urlencode

import streamlit as st

from data.accounts import Account, Role
from data.model import Wave
from survey.wording import Wording

START = "start"
EVERYBODY = None
RUNNERS = frozenset({Role.OWNER, Role.CONSULTANT})
READERS = frozenset(Role)
OWNERS = frozenset({Role.OWNER})
SCREENS: Mapping[str, frozenset[Role] | None] = {
    START: READERS,
    "setup": RUNNERS,
    "organisation": RUNNERS,
    "departments": RUNNERS,
    "wave": RUNNERS,
    "wave_new": RUNNERS,
    "invitations": RUNNERS,
    "expectations": READERS,
    "results": READERS,
    "gaps": READERS,
    "heatmap": READERS,
    "distributions": READERS,
    "department": READERS,
    "trend": READERS,
    "comments": READERS,
    "priorities": READERS,
    "workshops": RUNNERS,
    "workshop": RUNNERS,
    "projector": RUNNERS,
    "facilitator": RUNNERS,
    "protocol": READERS,
    "accounts": OWNERS,
    "account": READERS,
    "company": EVERYBODY,
    "audit": OWNERS,
    "answer": EVERYBODY,
    "method": EVERYBODY,
}
"""Every screen, and the roles that may see it."""

ADDRESSES = frozenset("/" if name == START else f"/{name}" for name in SCREENS)


def admitted(name: str, account: Account | None) -> bool:
    """Whether a visitor may see a screen; which organisation is theirs it checks itself."""
    roles = SCREENS[name]
    return roles is EVERYBODY or (account is not None and account.role in roles)


def place(name: str, title: str) -> st.Page:
    """A screen as Streamlit knows it; the start screen lives at "/"."""
    show = import_module(f"survey.screens.{name}").show
    return st.Page(show, title=title, url_path="" if name == START else name, default=name == START)


def link(say: Wording, name: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """A link to a screen, in the language spoken here."""
    query["lang"] = say.language
    st.page_link(place(name, label), label=label, icon=icon, query_params=query)


def download_address(wave: Wave, file: str, say: Wording, **query: str) -> str:
    """The address of one of the wave's files, on this server."""
    asked = urlencode({**query, "lang": say.language})
    return f"/download/{wave.code}/{file}?{asked}"


def go(say: Wording, name: str, **query: str) -> None:
    """Leave for another screen at once."""
    st.switch_page(place(name, name), query_params={**query, "lang": say.language})
