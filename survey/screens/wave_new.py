"""A new wave of an organisation: from scratch, or as a copy of an earlier one."""

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import Organisation, Wave
from data.schedule import LONGEST_TITLE
from survey import drafting
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import asked_organisation, guarded
from survey.screens.places import START, go, link
from survey.screens.today import today
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Choose what it begins with, and go on to the draft; nothing opens here."""
    organisation = asked_organisation(account)
    st.title(say("nav.wave_new"))
    if organisation is None:
        st.info(say("wave_new.none_chosen"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    st.markdown(f"**{escaped(organisation.name)}**")
    waves = [w for w in house().store.waves.all() if w.organisation.id == organisation.id]
    source = _source(say, waves)
    default = source.title if source else say("setup.wave_default", year=str(today().year))
    title = st.text_input(
        say("setup.wave_title"),
        value=drafting.suggested_title(default, today().year, (w.title for w in waves)),
        max_chars=LONGEST_TITLE,
        key=f"wave_new_{source.code if source else ''}",
    )
    st.caption(say("wave_new.nothing_opens"))
    if st.button(say("wave_new.create"), type="primary"):
        _create(say, account, organisation, source, title)


def _source(say: Wording, waves: list[Wave]) -> Wave | None:
    """The wave to copy, None to begin from scratch."""
    if not waves:
        return None
    newest_first: list[Wave | None] = [None, *reversed(waves)]
    wanted = st.query_params.get("copy", "")
    codes = [wave.code if wave else "" for wave in newest_first]
    chosen = st.radio(
        say("wave_new.from"),
        newest_first,
        index=codes.index(wanted) if wanted in codes else 0,
        format_func=lambda wave: (
            say("wave_new.copy", wave=escaped(wave.title), state=wave.state)
            if wave
            else say("wave_new.scratch")
        ),
    )
    if chosen:
        st.caption(say("wave_new.copy_text"))
    return chosen


def _create(
    say: Wording, account: Account, organisation: Organisation, source: Wave | None, title: str
) -> None:
    store, who = house().store, account.label
    try:
        if source:
            draft = drafting.copy(store, source, title, who)
        else:
            settings = drafting.first_settings(organisation.profile, title)
            draft = drafting.add_draft(store, organisation, settings, who)
    except Problem as problem:
        show_problem(say, problem)
    else:
        go(say, "wave", wave=draft.code)
