"""The part of the invitations' screen for personal links: make them, hand out their file."""

from collections.abc import Sequence

import streamlit as st

from data.accounts import Account
from data.audit import AuditAct
from data.errors import Problem
from data.invited import InvitedCounts
from data.model import Wave, WaveState
from data.uploads import read_upload
from survey.auditing import note
from survey.house import house
from survey.inviting import (
    MOST_LINKS,
    Person,
    has_heading,
    links_files,
    make_links,
    people_for,
    read_people,
)
from survey.screens import mail_section
from survey.screens.frame import escaped, show_problem, uploader_speaks
from survey.tables import handout_form
from survey.wording import Wording


def show(say: Wording, account: Account, wave: Wave, origin: str) -> None:
    """When to choose them, what there is, and how to make more."""
    st.header(say("invite.personal"))
    st.markdown(
        f"**{say('invite.when')}** {say('invite.personal_when')}  \n"
        f"**{say('invite.limit')}** {say('invite.personal_limit')}"
    )
    _handout(say, account, wave)
    counts = house().store.personal.counts(wave)
    _counts(say, counts)
    with st.expander(say("invite.list"), expanded=not counts.made):
        _from_list(say, account, wave, origin)
    with st.expander(say("invite.numbers")):
        _by_number(say, account, wave, origin)
    if counts.addressed:
        mail_section.show(say, account, wave, origin, counts)
    if counts.made and wave.state is WaveState.DRAFT:
        _discard(say, account, wave, counts)


def _counts(say: Wording, counts: InvitedCounts) -> None:
    if not counts.made:
        return
    st.write(say.count("invite.made", counts.made, addressed=counts.addressed))


def _handout(say: Wording, account: Account, wave: Wave) -> None:
    """Files that were made and not taken yet."""
    for ticket in house().handouts.waiting(account.id, wave.code):
        with st.container(border=True):
            st.warning(say("invite.once"))
            st.html(handout_form(say, wave, ticket))


def _from_list(say: Wording, account: Account, wave: Wave, origin: str) -> None:
    st.write(say("invite.list_text"))
    pasted = st.text_area(
        say("invite.paste"), placeholder=say("invite.paste_example"), key="people_pasted"
    )
    st.html(uploader_speaks(say("setup.choose_file")))
    uploaded = st.file_uploader(say("invite.upload"), type=["csv", "txt", "xlsx"], key="people")
    if not uploaded and not pasted.strip():
        return
    departments = house().store.waves.departments(wave)
    separator = wave.organisation.separator
    try:
        if uploaded:
            rows = read_upload(uploaded.name, uploaded.getvalue())
        else:
            rows = read_upload(f"{say('invite.paste')}.txt", pasted.encode())
        people = read_people(rows, departments, separator)
    except Problem as problem:
        show_problem(say, problem)
        return
    if has_heading(rows, departments, separator):
        st.info(say("setup.heading_read", heading=escaped(" · ".join(rows[0].cells))))
    _make(say, account, wave, people, origin, "make_listed")


def _by_number(say: Wording, account: Account, wave: Wave, origin: str) -> None:
    st.write(say("invite.numbers_text"))
    departments = {d.id: d for d in house().store.waves.departments(wave)}
    names = {id_: " / ".join(d.path) for id_, d in departments.items()}
    chosen = st.multiselect(
        say("invite.numbers_departments"),
        list(names),
        format_func=names.__getitem__,
        placeholder=say("invite.numbers_all"),
    )
    number = st.number_input(say("invite.number"), 1, MOST_LINKS, 10)
    people = [p for id_ in chosen for p in people_for(departments[id_], number)]
    _make(say, account, wave, people or people_for(None, number), origin, "make_numbered")


def _make(
    say: Wording, account: Account, wave: Wave, people: Sequence[Person], origin: str, key: str
) -> None:
    """One press stores the links and puts their file aside, to be taken once."""
    if not st.button(say.count("invite.make", len(people)), type="primary", key=key):
        return
    try:
        links = make_links(house().store, account, wave, people, origin)
    except Problem as problem:
        show_problem(say, problem)
        return
    house().handouts.offer(account.id, wave.code, links_files(say, links))
    st.rerun()


def _discard(say: Wording, account: Account, wave: Wave, counts: InvitedCounts) -> None:
    with st.popover(say("invite.discard")):
        st.write(say.count("invite.discard_text", counts.made))
        if st.button(say("invite.discard_yes"), type="primary"):
            store = house().store
            with store.together():
                store.personal.discard(wave)
                note(store, account.label, AuditAct.INVITED, wave.organisation.id, wave.title)
            st.rerun()
