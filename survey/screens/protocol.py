"""What came of a workshop, to read, to print and to take along."""

from urllib.parse import urlencode

import streamlit as st

from data.accounts import Account
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.places import START, admitted, link
from survey.screens.today import today
from survey.screens.workshop_door import WORKSHOP, asked_room
from survey.tables import document_html
from survey.wording import Wording
from survey.workshop.protocol import Protocol, protocol_of
from survey.workshop.protocol_words import document


@guarded
def show(say: Wording, account: Account) -> None:
    """The protocol of the workshop in the address, as it stands now."""
    room = asked_room(account, to_run=False)
    if room is None:
        st.title(say("nav.protocol"))
        st.info(say("protocol.which"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    found = protocol_of(house().store, room)
    written = document(say, found, today())
    st.title(escaped(written.title))
    if found.workshop.day:
        _take_along(say, found)
    st.html(document_html(written))
    _ways(say, account, found)


def _take_along(say: Wording, found: Protocol) -> None:
    with st.container(horizontal=True, key="protocol_files"):
        # Not st.download_button: whoever has its address gets the file.
        for file, label in (
            ("protocol.md", say("protocol.download_markdown")),
            ("votes.csv", say("protocol.download_votes")),
        ):
            query = urlencode({"lang": say.language})
            st.link_button(label, f"/workshop-file/{found.workshop.code}/{file}?{query}")
        st.caption(say("protocol.print"))


def _ways(say: Wording, account: Account, found: Protocol) -> None:
    """To the survey that it started from, and to the workshop for those who lead it."""
    with st.container(horizontal=True, key="ways_protocol"):
        if found.wave:
            link(say, "results", say("protocol.to_results"), wave=found.wave.code)
        if admitted("workshop", account) and account.runs(found.workshop.organisation.id):
            code = found.workshop.code
            link(say, "workshop", say("protocol.to_workshop"), **{WORKSHOP: code})
