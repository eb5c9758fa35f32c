"""Owners look after the accounts: add one, change what is theirs, give out links, remove."""

from datetime import datetime

import streamlit as st

from data.accounts import Account, Role
from data.errors import Problem
from data.model import DepartmentPath, Organisation
from survey import accounts
from survey.account_table import account_table
from survey.accounts import Grants
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import guarded
from survey.screens.origin import public_origin
from survey.wording import Wording

_LINK = "accounts_link"
_SEEN = "accounts_seen"
_SAID = "accounts_said"
_ROUND = "accounts_round"
"""What session_state holds: the link just made, an account as it was shown, what was done,
and how many were added, so that the fields of the next one are empty."""


@guarded
def show(say: Wording, me: Account) -> None:
    """The list of accounts, and below it the one that was chosen."""
    st.title(say("accounts.title"))
    st.write(say("accounts.intro"))
    everybody, organisations = house().store.accounts.all(), house().store.organisations.all()
    names = {one.id: one.name for one in organisations}
    st.html(account_table(say, everybody, names, house().store.accounts.password))
    with st.container():  # always there, so that the tabs below stay where they are
        if len(everybody) == 1:
            st.info(say("accounts.only_you"))
    add, change = st.tabs([say("accounts.add"), say("accounts.change")])
    with add:
        _add(say, me, organisations)
    with change:
        _change(say, me, everybody, organisations)
    # Below the button that was pressed, where the person looks.
    if _SAID in st.session_state:
        st.success(st.session_state.pop(_SAID))
    _link_once(say)


def _add(say: Wording, me: Account, organisations: tuple[Organisation, ...]) -> None:
    st.write(say("accounts.add_text"))
    new = f"new_{st.session_state.get(_ROUND, 0)}"
    email = st.text_input(say("sign_in.email"), max_chars=254, key=f"{new}_email")
    name = st.text_input(say("accounts.name"), max_chars=120, key=f"{new}_name")
    role = _role(say, new, Role.CONSULTANT)
    grants = _grants(say, new, role, organisations, {})
    if not st.button(say("accounts.add_button"), type="primary"):
        return
    store = house().store
    try:
        account = accounts.add(store, me.label, email, name, role, grants)
    except Problem as problem:
        show_problem(say, problem)
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    _make_link(me, account)


def _change(
    say: Wording,
    me: Account,
    everybody: tuple[Account, ...],
    organisations: tuple[Organisation, ...],
) -> None:
    by_id = {one.id: one for one in everybody}
    chosen = st.selectbox(
        say("accounts.which"),
        list(by_id),
        index=None,
        format_func=lambda id_: by_id[id_].label if id_ in by_id else "",
        placeholder=say("accounts.choose"),
        key="accounts_chosen",
    )
    if chosen is None:
        return
    # As it was when it was first shown: a change by somebody else meanwhile is noticed.
    seen: Account = st.session_state.setdefault(f"{_SEEN}_{chosen}", by_id[chosen])
    prefix = f"change_{chosen}"
    name = st.text_input(say("accounts.name"), seen.name, max_chars=120, key=f"{prefix}_name")
    role = _role(say, prefix, seen.role)
    grants = _grants(say, prefix, role, organisations, seen.grants)
    with st.container(horizontal=True):
        if st.button(say("accounts.save"), type="primary"):
            _save(say, me, seen, (name, role, grants))
        if st.button(say("accounts.link")):
            _make_link(me, seen)
        with st.popover(say("accounts.remove")):
            st.write(say("accounts.remove_sure", email=escaped(seen.label)))
            if st.button(say("accounts.remove_yes"), type="primary"):
                _remove(say, me, seen)
    if by_id[chosen] != seen and st.button(say("accounts.reload")):
        _forget(chosen)
        st.rerun()


def _save(say: Wording, me: Account, seen: Account, typed: tuple[str, Role, Grants]) -> None:
    try:
        accounts.change(house().store, me.label, seen, *typed)
    except Problem as problem:
        show_problem(say, problem)
        return
    _forget(seen.id)
    st.session_state[_SAID] = say("accounts.saved", email=escaped(seen.email))
    st.rerun()


def _remove(say: Wording, me: Account, seen: Account) -> None:
    try:
        accounts.remove(house().store, me.label, seen)
    except Problem as problem:
        show_problem(say, problem)
        return
    _forget(seen.id)
    st.session_state.pop("accounts_chosen", None)
    st.session_state[_SAID] = say("accounts.removed", email=escaped(seen.email))
    st.rerun()


def _make_link(me: Account, account: Account) -> None:
    """Make a password link, to be shown once."""
    lent = house()
    address = accounts.password_address(
        lent.store, lent.visitors, me.label, account, public_origin(), datetime.now()
    )
    st.session_state[_LINK] = (account.email, address)
    st.rerun()


def _link_once(say: Wording) -> None:
    if _LINK not in st.session_state:
        return
    email, address = st.session_state.pop(_LINK)
    with st.container(border=True):
        st.markdown(say("accounts.link_made", email=escaped(email)))
        st.code(address, language=None, wrap_lines=True)


def _role(say: Wording, prefix: str, now: Role) -> Role:
    roles = list(Role)
    return st.radio(
        say("accounts.role"),
        roles,
        index=roles.index(now),
        format_func=lambda role: accounts.role_explained(say, role),
        key=f"{prefix}_role",
    )


def _grants(
    say: Wording,
    prefix: str,
    role: Role,
    organisations: tuple[Organisation, ...],
    now: Grants,
) -> Grants:
    """Which organisations are theirs, and which part of each a leader sees first."""
    if role is Role.OWNER:
        return {}
    if not organisations:
        st.info(say("accounts.no_organisations"))
        return {}
    by_id = {one.id: one for one in organisations}
    chosen = st.multiselect(
        say("accounts.organisations"),
        list(by_id),
        default=[id_ for id_ in now if id_ in by_id],
        format_func=lambda id_: by_id[id_].name,
        placeholder=say("accounts.choose_organisations"),
        key=f"{prefix}_organisations",
    )
    if role is Role.CONSULTANT:
        return dict.fromkeys(chosen, ())
    return {id_: _part(say, prefix, by_id[id_], now.get(id_, ())) for id_ in chosen}


def _part(
    say: Wording, prefix: str, organisation: Organisation, now: DepartmentPath
) -> DepartmentPath:
    """The part of the tree that a leader sees first."""
    paths = [(), *(d.path for d in house().store.organisations.departments(organisation))]
    return st.selectbox(
        say("accounts.part", organisation=escaped(organisation.name)),
        paths,
        index=paths.index(now) if now in paths else 0,
        format_func=lambda path: " / ".join(path) or say("accounts.whole"),
        key=f"{prefix}_part_{organisation.id}",
    )


def _forget(number: int) -> None:
    """Show an account as it is now, the next time."""
    for key in list(st.session_state):
        if str(key).startswith(f"change_{number}_") or key == f"{_SEEN}_{number}":
            del st.session_state[key]
