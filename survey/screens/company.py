"""Signing in with a company account: to the identity provider, and back from it.

Streamlit's own cookie is used for this one step. Everything after it is a session of ours.
"""

import hashlib
import json
import time
from datetime import datetime

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.accounts import Account, TicketKind
from survey.access import company_provider, has_company_sign_in, visitor
from survey.house import house
from survey.screens.frame import escaped, leave, spoken
from survey.screens.places import START, link
from survey.web.forms import FORM_COOKIE
from survey.wording import Wording

_FRESH_SECONDS = 600
"""How long ago the provider may have said who it is."""
_TICKET = "company_ticket"


def show() -> None:
    """Send to the identity provider, or on from there."""
    say = spoken()
    if visitor():
        st.title(say("nav.company"))
        with st.container(key="step_start"):
            link(say, START, say("nav.start"))
    elif not has_company_sign_in():
        st.title(say("nav.company"))
        st.write(say("company.none"))
        _to_sign_in(say)
    elif just_arrived():
        arrive(say)
    else:
        st.title(say("nav.company"))
        st.write(say("company.leaving"))
        st.login(company_provider())


def just_arrived() -> bool:
    """Whether the provider has said a moment ago who this is."""
    if not has_company_sign_in() or not st.user.is_logged_in:
        return False
    said = st.user.get("iat")
    return isinstance(said, int | float) and abs(time.time() - said) < _FRESH_SECONDS


def arrive(say: Wording) -> None:
    """Let in whoever has an account of the verified e-mail; tell everybody else why not."""
    email = str(st.user.get("email") or "")
    verified = str(st.user.get("email_verified")).lower() == "true"
    account = house().reception.named_by_provider(email, verified=verified)
    browser = st.context.cookies.get(FORM_COOKIE, "")
    if account is None:
        _refuse(say, email, verified=verified)
    elif not browser or not _first_time():
        st.title(say("nav.company"))
        st.write(say("company.other_browser"))
        _to_sign_in(say)
    else:
        st.title(say("nav.company"))
        st.write(say("company.arrived", name=escaped(account.name)))
        address = f"/signed-on/{_ticket(account, browser)}"
        leave(say("sign_in.go_on"), address, key="step_go_on", lang=say.language)
        _go(address)


def _first_time() -> bool:
    """Whether what the provider said has let nobody in yet, so that no copy of it does."""
    if _TICKET in st.session_state:
        return True
    said = json.dumps(st.user.to_dict(), sort_keys=True, default=str)
    return not house().statements.take(hashlib.sha256(said.encode()).hexdigest())


def _ticket(account: Account, browser: str) -> str:
    """One link for one arrival, however often this script runs."""
    if _TICKET not in st.session_state:
        visitors = house().visitors
        st.session_state[_TICKET] = visitors.offer(
            TicketKind.SIGN_ON, account, datetime.now(), browser
        )
    return str(st.session_state[_TICKET])


def _refuse(say: Wording, email: str, *, verified: bool) -> None:
    st.title(say("company.unknown_title"))
    if verified:
        st.write(say("company.unknown", email=escaped(email)))
    else:
        st.write(say("company.unverified", email=escaped(email)))
    leave(say("company.other"), "/auth/logout", key="step_other", lang=say.language)
    _to_sign_in(say)


def _to_sign_in(say: Wording) -> None:
    leave(say("notice.sign_in"), "/sign-in", key="step_to_sign_in", lang=say.language)


def _go(address: str) -> None:
    """Leave for a plain page at once, in the same tab, as `st.login` does."""
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = address
        context.enqueue(message)
