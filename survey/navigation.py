"""The script that Streamlit runs for every visit: who is here, and which screens they get."""

from pathlib import Path

import streamlit as st

from data.errors import Problem
from survey.access import is_owner
from survey.screens.frame import closed_door, show_problem, spoken, top_bar
from survey.screens.places import EVERYBODYS, OWNERS, START, place
from survey.wording import Wording

_ICON = str(Path(__file__).parent / "screens" / "icon.svg")


def main() -> None:
    """Draw the top bar and the screen that was asked for."""
    say = spoken()
    owner = is_owner()
    titles = _titles(say)
    names = (START, *OWNERS, *EVERYBODYS)
    pages = [
        place(name, titles[name]) if owner or name in EVERYBODYS else _door(name, titles[name])
        for name in names
    ]
    page = st.navigation(pages, position="hidden")
    title = f"{page.title} · {say('app.name')}"
    st.set_page_config(page_title=title, page_icon=_ICON, layout="wide")
    top_bar(say)
    try:
        page.run()
    except Problem as problem:
        show_problem(say, problem)


def _titles(say: Wording) -> dict[str, str]:
    return {
        "start": say("nav.start"),
        "setup": say("nav.setup"),
        "wave": say("nav.wave"),
        "expectations": say("nav.expectations"),
        "results": say("nav.results"),
        "answer": say("nav.answer"),
        "method": say("nav.method"),
    }


def _door(name: str, title: str) -> st.Page:
    """At an owner's address, what everybody else gets."""
    return st.Page(
        lambda: closed_door(spoken()),
        title=title,
        url_path="" if name == START else name,
        default=name == START,
    )


if __name__ == "__main__":
    main()
