"""In front of the answer screen: who may try a code now, as at the light form."""

import streamlit as st

from data.errors import NotFound
from data.model import Invitation
from survey.house import house
from survey.settings import proxies
from survey.web.client import client_address
from survey.wording import Wording

_TRIED = "answer_tried"


def asked_invitation(say: Wording, code: str) -> Invitation | None:
    """What the code stands for; None where that has been answered: unknown, or too many tried."""
    guesses, client = house().guesses, _client()
    seconds = 0 if st.session_state.get(_TRIED) == code else guesses.wait(client)
    if seconds:
        st.title(say("form.too_many_title"))
        st.write(say.count("form.too_many", -(-seconds // 60)))
        return None
    try:
        return house().store.invitations.find(code)
    except NotFound:
        if st.session_state.get(_TRIED) != code:
            guesses.wrong(client)
        st.title(say("form.unknown_title"))
        st.write(say("form.unknown"))
        return None
    finally:
        # A rerun of the same visit is no other try, and nobody who has a form open is stopped.
        st.session_state[_TRIED] = code


def _client() -> str:
    """Where this visit comes from; what a header says counts only if it is our proxy's."""
    forwarded = st.context.headers.get("X-Forwarded-For") or ""
    ours = proxies()
    nearest = st.context.ip_address if ours or not forwarded else None
    return client_address(nearest or "127.0.0.1", forwarded, ours)
