"""My account: my name, my password, signing out everywhere."""

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from survey import accounts
from survey.house import house
from survey.screens.frame import escaped, leave, show_problem
from survey.screens.guard import guarded
from survey.wording import Wording

_SAID = "account_said"
_SEEN = "account_seen"
_NAME = "account_name"


@guarded
def show(say: Wording, me: Account) -> None:
    """Who I am here, and what I can change about it."""
    st.title(say("nav.account"))
    if _SAID in st.session_state:
        st.success(st.session_state.pop(_SAID))
    st.markdown(say("account.who", email=escaped(me.email), role=accounts.role_name(say, me.role)))
    _theirs(me)
    # As it was when it was first shown: a change by an owner meanwhile is noticed.
    seen: Account = st.session_state.setdefault(f"{_SEEN}_{me.id}", me)
    name = st.text_input(say("accounts.name"), seen.name, max_chars=120, key=f"{_NAME}_{me.id}")
    if st.button(say("accounts.save"), type="primary"):
        _rename(say, me, seen, name)
    st.header(say("account.password"))
    st.write(say("account.password_text"))
    leave(say("account.password_button"), "/password", key="step_password", lang=say.language)
    st.header(say("account.leave"))
    st.write(say("sign_out.everywhere_text"))
    leave(say("account.leave_button"), "/sign-out", key="step_leave", lang=say.language)


def _theirs(me: Account) -> None:
    """Which organisations are mine."""
    for organisation in house().store.organisations.all():
        if organisation.id in me.grants:
            part = " / ".join(me.grants[organisation.id])
            st.markdown(f"- {escaped(organisation.name)}" + (f": {escaped(part)}" if part else ""))


def _rename(say: Wording, me: Account, seen: Account, name: str) -> None:
    try:
        accounts.change(house().store, me.label, seen, name, seen.role, seen.grants)
    except Problem as problem:
        show_problem(say, problem)
        return
    finally:
        st.session_state.pop(f"{_SEEN}_{me.id}")  # what was typed stays, beside what is kept now
    st.session_state[_SAID] = say("account.saved")
    st.rerun()
