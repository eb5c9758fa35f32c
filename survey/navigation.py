"""The script that Streamlit runs for every visit: who is here, and which screens they get."""

from pathlib import Path

import streamlit as st

from data.errors import Problem
from survey.access import visitor
from survey.screens import company
from survey.screens.frame import closed_door, show_problem, spoken, top_bar
from survey.screens.places import SCREENS, START, admitted, place
from survey.wording import Wording

_ICON = str(Path(__file__).parent / "screens" / "icon.svg")


def main() -> None:
    """Draw the top bar and the screen that was asked for."""
    say = spoken()
    account = visitor()
    titles = _titles(say)
    pages = [
        place(name, titles[name]) if admitted(name, account) else _door(name, titles[name])
        for name in SCREENS
    ]
    page = st.navigation(pages, position="hidden")
    title = f"{page.title} · {say('app.name')}"
    st.set_page_config(page_title=title, page_icon=_ICON, layout="wide")
    top_bar(say)
    try:
        if account is None and page.url_path == "" and company.just_arrived():
            company.arrive(say)  # the identity provider leads back to the start
        else:
            page.run()
    except Problem as problem:
        show_problem(say, problem)


def _titles(say: Wording) -> dict[str, str]:
    return {
        "start": say("nav.start"),
        "setup": say("nav.setup"),
        "organisation": say("nav.organisation"),
        "departments": say("departments.title"),
        "wave": say("nav.wave"),
        "wave_new": say("nav.wave_new"),
        "invitations": say("nav.invitations"),
        "expectations": say("nav.expectations"),
        "results": say("nav.results"),
        "gaps": say("view.gaps"),
        "heatmap": say("view.heatmap"),
        "distributions": say("view.distributions"),
        "department": say("view.department"),
        "trend": say("view.trend"),
        "comments": say("view.comments"),
        "priorities": say("view.priorities"),
        "workshops": say("nav.workshops"),
        "workshop": say("nav.workshop"),
        "projector": say("nav.projector"),
        "facilitator": say("nav.facilitator"),
        "protocol": say("nav.protocol"),
        "accounts": say("nav.accounts"),
        "account": say("nav.account"),
        "company": say("nav.company"),
        "audit": say("nav.audit"),
        "answer": say("nav.answer"),
        "method": say("nav.method"),
    }


def _door(name: str, title: str) -> st.Page:
    """At a screen's address, what those get who may not see it."""
    return st.Page(
        lambda: closed_door(spoken(), visitor()),
        title=title,
        url_path="" if name == START else name,
        default=name == START,
    )


if __name__ == "__main__":
    main()
