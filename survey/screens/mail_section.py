"""The part of the invitations' screen for mail: invite, see what failed, remind."""

from collections.abc import Callable

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.invited import BETWEEN_MAILS, SMALLEST_INVITED, Delivery, InvitedCounts
from data.model import Wave, WaveState
from survey import mailing
from survey.house import house
from survey.mailing import GAP, Sent, Template
from survey.mailserver import MailServer, mail_server
from survey.posters.content import poster_languages
from survey.screens.frame import show_problem
from survey.screens.today import now
from survey.wording import LANGUAGES, Wording, wording

_TOLD = "mail_told"


def show(say: Wording, account: Account, wave: Wave, origin: str, counts: InvitedCounts) -> None:
    """What can be sent, if there is a mail server and the wave is open."""
    st.subheader(say("mail.title"))
    st.write(say("mail.counts", **_numbers(counts)))
    if _TOLD in st.session_state:
        st.success(st.session_state.pop(_TOLD))
    _failures(say, wave)
    try:
        server = mail_server()
    except Problem as problem:
        show_problem(say, problem)
        return
    if server is None:
        st.info(say("mail.none"))
    elif wave.state is not WaveState.OPEN:
        st.info(say("mail.draft"))
    else:
        with st.expander(say("mail.invite"), expanded=counts.waiting > 0):
            _invite(say, account, wave, origin, counts, server)
        with st.expander(say("mail.remind"), expanded=counts.reminding):
            _remind(say, account, wave, origin, counts, server)


def _numbers(counts: InvitedCounts) -> dict[str, object]:
    return {"addressed": counts.addressed, "sent": counts.sent, "failed": counts.failed}


def _failures(say: Wording, wave: Wave) -> None:
    """Whose invitation did not arrive. Of reminders there is no such list, on purpose."""
    reasons = {
        Delivery.REFUSED: say("mail.refused"),
        Delivery.FAILED: say("mail.failed"),
    }
    found = house().store.personal.failures(wave)
    if found:
        with st.expander(say.count("mail.failures", len(found))):
            st.dataframe(
                {
                    say("invite.column_address"): list(found),
                    say("mail.reason"): [reasons[delivery] for delivery in found.values()],
                },
                hide_index=True,
            )


def _invite(
    say: Wording,
    account: Account,
    wave: Wave,
    origin: str,
    counts: InvitedCounts,
    server: MailServer,
) -> None:
    if not counts.waiting:
        st.write(say("mail.all_sent"))
        return
    template = _template(say, wave, reminder=False)
    # A key, as the number may be another one when the press arrives.
    label = say.count("mail.send", counts.waiting)
    if st.button(label, type="primary", key="send_invitations"):
        _run(
            say,
            lambda progress: mailing.send_invitations(
                house().store, account, wave, template, server, origin, now, progress
            ),
            lambda sent: say("mail.done", sent=sent.sent, failed=sent.failed),
        )


def _remind(
    say: Wording,
    account: Account,
    wave: Wave,
    origin: str,
    counts: InvitedCounts,
    server: MailServer,
) -> None:
    hours = int(BETWEEN_MAILS.total_seconds() // 3600)
    st.write(say("mail.remind_text_why", hours=hours, smallest=SMALLEST_INVITED))
    template = _template(say, wave, reminder=True)
    label = say("mail.remind_on" if counts.reminding else "mail.remind_send")
    if st.button(label, type="primary", key="send_reminders"):
        _run(
            say,
            lambda progress: mailing.send_reminders(
                house().store, account, wave, template, server, origin, now, progress
            ),
            lambda sent: say("mail.reminded_some" if sent.failed else "mail.reminded"),
        )


def _template(say: Wording, wave: Wave, *, reminder: bool) -> Template:
    """What will be sent, to be changed before."""
    first, *_ = poster_languages(wave)
    kind = "reminder" if reminder else "invitation"
    language = st.radio(
        say("mail.language"),
        LANGUAGES,
        index=LANGUAGES.index(first),
        format_func=lambda one: wording(one)("language.name"),
        horizontal=True,
        key=f"mail_language_{kind}",
    )
    proposed = mailing.suggested(wave, language, reminder=reminder)
    subject = st.text_input(
        say("mail.subject_label"),
        proposed.subject,
        max_chars=mailing.LONGEST_SUBJECT,
        key=f"mail_subject_{kind}_{language}",
    )
    text = st.text_area(
        say("mail.text_label", gap=GAP),
        proposed.text,
        max_chars=mailing.LONGEST_TEXT,
        height=320,
        key=f"mail_text_{kind}_{language}",
    )
    return Template(subject, text)


def _run(
    say: Wording, send: Callable[[mailing.Progress], Sent], told: Callable[[Sent], str]
) -> None:
    """Send, showing how far it has got; pressing anything stops it between two mails."""
    bar = st.progress(0.0, say("mail.working"))
    stop = st.empty()
    stop.button(say("mail.stop"))

    def progress(done: int, of: int) -> None:
        # In tenths: finer steps would tell how many there are, and reminders must not.
        bar.progress(round(done / of, 1), say("mail.working"))

    try:
        sent = send(progress)
    except Problem as problem:
        show_problem(say, problem)
    else:
        st.session_state[_TOLD] = told(sent)
        st.rerun()
    finally:
        bar.empty()
        stop.empty()
