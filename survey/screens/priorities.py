"""Where to begin: places and dimensions below target, the heaviest first, and what is agreed."""

import streamlit as st

from data.accounts import Account
from scoring.gaps import GapKind
from survey.screens import measures_section
from survey.screens.guard import guarded
from survey.screens.results_view import Seen, chart, opened
from survey.tables import priority_table
from survey.views.impact import NAME, shown_priorities
from survey.wording import Wording

_FEW = 10


@guarded
def show(say: Wording, account: Account) -> None:
    """The list with its reasons, and the measures; first a form where the address asks for it."""
    seen = opened(say, account)
    if seen is None:
        return
    measures_section.asked_for(seen)
    st.header(say("priority.title"))
    _list(seen)
    measures_section.show(seen)


def _list(seen: Seen) -> None:
    say, results, own = seen.say, seen.results, seen.scene.own
    if not results.release.targets:
        st.write(say("priority.no_targets"))
        return
    if not results.gaps[GapKind.TARGET]:
        st.write(say("gaps.none_target"))
        return
    if not results.priorities:
        st.write(say("priority.none"))
        return
    chart(seen, NAME)
    number = len(results.priorities)
    shown = shown_priorities(seen.scene)
    if number > _FEW and not st.toggle(say("priority.all", number=number)):
        shown = shown[:_FEW]
    st.html(priority_table(say, results, shown, own, acts=True))
