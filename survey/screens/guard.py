"""The check that every screen makes itself, whoever let the visitor through."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from data.accounts import Account
from data.errors import NotFound, Problem
from data.model import Organisation, Wave
from survey.access import visitor
from survey.house import house
from survey.screens.frame import closed_door, show_problem, spoken
from survey.screens.places import START, admitted, link
from survey.wording import Wording

Screen = Callable[[Wording, Account], None]


def guarded(screen: Screen) -> Callable[[], None]:
    """A screen for accounts of the roles that `places.SCREENS` names for its room.

    Everybody else sees nothing of anybody's.
    """
    name = screen.__module__.rpartition(".")[2]

    @wraps(screen)
    def checked() -> None:
        say, account = spoken(), visitor()
        if account is not None and admitted(name, account):
            try:
                screen(say, account)
            except NotFound as problem:
                _lost(say, problem)
            except Problem as problem:
                show_problem(say, problem)
        else:
            closed_door(say, account)

    return checked


def _lost(say: Wording, problem: NotFound) -> None:
    """What was asked for is not there, and the way to what is."""
    st.title(say("door.lost_title"))
    show_problem(say, problem)
    with st.container(key="step_start"):
        link(say, START, say("nav.start"))


def asked_wave(account: Account, *, to_run: bool) -> Wave | None:
    """The wave in the address, if there is one. `NotFound`: unknown, or not theirs.

    The two are told alike, so that nobody learns by guessing what others have.
    `to_run`: to set it up and release it, not only to read its release.
    """
    code = st.query_params.get("wave", "")
    if not code:
        return None
    for wave in house().store.waves.all():
        if wave.code == code and may(account, wave.organisation, to_run=to_run):
            return wave
    raise NotFound("error.wave_unknown", wave=code)


def asked_organisation(account: Account) -> Organisation | None:
    """The organisation in the address, if there is one. `NotFound`: unknown, or not theirs."""
    number = st.query_params.get("organisation", "")
    if not number:
        return None
    for organisation in house().store.organisations.all():
        if str(organisation.id) == number and account.runs(organisation.id):
            return organisation
    raise NotFound("error.organisation_unknown", organisation=number)


def may(account: Account, organisation: Organisation, *, to_run: bool) -> bool:
    """Whether an organisation is theirs, to run or just to read."""
    return account.runs(organisation.id) if to_run else account.reads(organisation.id)
