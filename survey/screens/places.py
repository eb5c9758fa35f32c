"""Where one can go: the screens' addresses, and links between them that keep the language."""

from importlib import import_module

import streamlit as st

from survey.wording import Wording

START = "start"
OWNERS = ("setup", "wave", "expectations", "results")
EVERYBODYS = ("answer", "method")
ADDRESSES = frozenset({"/", *(f"/{name}" for name in (*OWNERS, *EVERYBODYS))})


def place(name: str, title: str) -> st.Page:
    """A screen as Streamlit knows it; the start screen lives at "/"."""
    show = import_module(f"survey.screens.{name}").show
    return st.Page(show, title=title, url_path="" if name == START else name, default=name == START)


def link(say: Wording, name: str, label: str, **query: str) -> None:
    """A link to a screen, in the language spoken here."""
    st.page_link(place(name, label), label=label, query_params={**query, "lang": say.language})


def go(say: Wording, name: str, **query: str) -> None:
    """Leave for another screen at once."""
    st.switch_page(place(name, name), query_params={**query, "lang": say.language})
