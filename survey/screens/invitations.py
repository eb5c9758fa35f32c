"""Invitations to a wave, in three ways: department links, personal links, the open link."""

import streamlit as st

from data.accounts import Account
from data.model import Invitation, Wave, WaveState
from survey.form.kiosk import kiosk_address
from survey.house import house
from survey.invitations import form_address, qr, spaced_code, typing_address
from survey.inviting import add_department_links
from survey.screens import personal_section
from survey.screens.frame import escaped
from survey.screens.guard import asked_wave, guarded
from survey.screens.origin import public_origin, warn_if_local
from survey.screens.places import START, download_address, link
from survey.tables import link_table
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """The three ways, each with when to choose it and what it cannot prevent."""
    wave = asked_wave(account, to_run=True)
    st.title(say("nav.invitations"))
    if wave is None:
        st.info(say("wave.none_chosen"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    st.markdown(
        f"**{escaped(wave.title)}** · {escaped(wave.organisation.name)} · {say.state(wave.state)}"
    )
    with st.container(key="step_wave"):
        link(say, "wave", say("invite.back"), wave=wave.code)
    if wave.state in {WaveState.CLOSED, WaveState.RELEASED}:
        st.info(say("invite.over", state=wave.state))
        return
    st.write(say("invite.intro_draft" if wave.state is WaveState.DRAFT else "invite.intro"))
    warn_if_local(say)
    origin = public_origin()
    everyone, *departments = house().store.invitations.of(wave)
    _departments(say, account, wave, departments, origin)
    personal_section.show(say, account, wave, origin)
    _open_link(say, wave, everyone, origin)


def _way(say: Wording, title: str, when: str, limit: str) -> None:
    """A way's name, when to choose it, and what it cannot prevent."""
    st.header(title)
    st.markdown(f"**{say('invite.when')}** {when}  \n**{say('invite.limit')}** {limit}")


def _departments(
    say: Wording, account: Account, wave: Wave, links: list[Invitation], origin: str
) -> None:
    _way(
        say,
        say("invite.departments"),
        say("invite.departments_when"),
        say("invite.departments_limit"),
    )
    known = house().store.waves.departments(wave)
    if not known:
        st.info(say("invite.departments_none"))
        return
    missing = len(known) - len(links)
    label = say.count("invite.departments_make", missing)
    if missing and st.button(label, key="make_departments"):
        add_department_links(house().store, account, wave)
        st.rerun()
    if not links:
        return
    names = {str(i.department.id): " / ".join(i.department.path) for i in links if i.department}
    st.link_button(
        say("invite.posters_all"), download_address(wave, "posters.pdf", say), type="primary"
    )
    with st.expander(say("wave.department_links")):
        chosen = st.selectbox(
            say("invite.poster_of"), list(names), format_func=names.__getitem__, index=None
        )
        if chosen:
            address = download_address(wave, "posters.pdf", say, department=chosen)
            st.link_button(say("invite.poster_one", department=escaped(names[chosen])), address)
        st.html(
            link_table(
                say,
                {
                    " / ".join(i.department.path): form_address(origin, i.code)
                    for i in links
                    if i.department
                },
            )
        )


def _open_link(say: Wording, wave: Wave, everyone: Invitation, origin: str) -> None:
    _way(say, say("invite.open"), say("invite.open_when"), say("invite.open_limit"))
    address = form_address(origin, everyone.code)
    code, text = st.columns([1, 4])
    code.html(f'<img src="{qr(address)}" alt="{say("wave.qr")}" width="168" height="168">')
    with text:
        st.code(address, language=None)
        st.write(
            say(
                "invite.typed",
                address=escaped(typing_address(origin)),
                code=escaped(spaced_code(everyone.code)),
            )
        )
        with st.container(horizontal=True):
            st.link_button(
                say("invite.poster_open"), download_address(wave, "posters.pdf", say, link="open")
            )
            st.link_button(say("wave.link_try"), address)
            st.link_button(say("invite.kiosk"), kiosk_address(everyone.code, say.language))
        st.caption(say("invite.kiosk_text"))
