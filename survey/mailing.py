"""Invites and reminds by mail: one mail a person, each step kept before the next. No Streamlit.

Whatever stops it (a button, a lost connection, the end of the server) loses
nothing: what was sent is known, and the next start goes on with the rest.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from data.accounts import Account
from data.audit import AuditAct
from data.errors import Conflict, SetUpProblem
from data.invited import Delivery, hash_code
from data.model import Wave
from data.store import Store
from survey.auditing import note
from survey.invitations import form_address, new_personal_code
from survey.mailserver import Letter, MailServer, connected
from survey.posters.content import length_of
from survey.wording import wording_for

GAP = "[Link]"
"""Where a mail's text gets its reader's own link."""

LONGEST_SUBJECT = 150
LONGEST_TEXT = 5000

Progress = Callable[[int, int], None]
"""Told how many of all mails are done."""

_busy: set[int] = set()
_changing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Template:
    """A mail's subject and text, as somebody wrote them."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did, in numbers; whom it reached is nobody's business."""

    sent: int
    failed: int


def suggested(wave: Wave, language: str, *, reminder: bool) -> Template:
    """A mail to begin with, in a language, as this organisation spells it."""
    organisation = wave.organisation
    say = wording_for(organisation, language)
    closes = wave.settings.closes_at
    until = say("poster.until", day=closes.date(), time=f"{closes:%H:%M}") if closes else ""
    about = say("poster.about", organisation=organisation.name)
    subject = say("mail.remind_subject" if reminder else "mail.subject", wave=wave.title)
    text = say(
        "mail.remind_text" if reminder else "mail.text",
        about=about,
        length=length_of(say, wave),
        link=GAP,
        until=f"{until}\n" if until else "",
        organisation=organisation.name,
    )
    return Template(subject, text)


def checked(template: Template) -> Template:
    """The mail to send. `SetUpProblem` says what is missing or too long."""
    subject, text = template.subject.strip(), template.text.replace("\r\n", "\n").strip()
    if not subject or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise SetUpProblem("error.mail_subject", longest=LONGEST_SUBJECT)
    if len(text) > LONGEST_TEXT:
        raise SetUpProblem("error.mail_long", longest=LONGEST_TEXT)
    if text.count(GAP) != 1:
        raise SetUpProblem("error.mail_gap", gap=GAP)
    return Template(subject, text + "\n")


def send_invitations(
    store: Store,
    account: Account,
    wave: Wave,
    template: Template,
    server: MailServer,
    origin: str,
    now: Callable[[], datetime],
    progress: Progress = lambda _done, _all: None,
) -> Sent:
    """Mail everybody who has an address and no mail yet.

    `Conflict`: somebody is at it already. `MailProblem`, `NotAllowed`: it stopped.
    """
    letter = checked(template)

    def keep(address: str, delivery: Delivery) -> None:
        store.personal.deliver(wave, address, delivery, now())

    with _alone(wave):
        note(store, account.label, AuditAct.INVITED, wave.organisation.id, wave.title)
        addresses = store.personal.to_invite(wave)
        return _send(store, wave, letter, server, origin, addresses, keep, progress)


def send_reminders(
    store: Store,
    account: Account,
    wave: Wave,
    template: Template,
    server: MailServer,
    origin: str,
    now: Callable[[], datetime],
    progress: Progress = lambda _done, _all: None,
) -> Sent:
    """Mail everybody who was mailed before and has not answered; nobody learns who that is.

    `Conflict`, `MailProblem`, `NotAllowed` as `send_invitations`.
    """
    letter = checked(template)

    def keep(address: str, _: Delivery) -> None:
        store.personal.remind(wave, address, now())

    with _alone(wave):
        with store.together():
            store.personal.begin_reminding(wave, now())
            note(store, account.label, AuditAct.REMINDED, wave.organisation.id, wave.title)
        addresses = store.personal.to_remind(wave)
        return _send(store, wave, letter, server, origin, addresses, keep, progress)


def _send(
    store: Store,
    wave: Wave,
    template: Template,
    server: MailServer,
    origin: str,
    addresses: tuple[str, ...],
    keep: Callable[[str, Delivery], None],
    progress: Progress,
) -> Sent:
    done: dict[Delivery, int] = dict.fromkeys(Delivery, 0)
    with connected(server) as post:
        for number, address in enumerate(addresses, start=1):
            code = new_personal_code()
            # Known before it is sent: a mail never carries a link that does not exist.
            if store.personal.renew(wave, address, hash_code(code)):
                link = form_address(origin, code)
                text = template.text.replace(GAP, link)
                delivery = post.send(Letter(address, template.subject, text))
                keep(address, delivery)
                done[delivery] += 1
            progress(number, len(addresses))
    return _numbers(done)


def _numbers(done: Mapping[Delivery, int]) -> Sent:
    sent = done[Delivery.SENT]
    return Sent(sent, sum(done.values()) - sent)


@contextmanager
def _alone(wave: Wave) -> Iterator[None]:
    """Nobody gets two mails because two people pressed the button."""
    with _changing:
        if wave.id in _busy:
            raise Conflict("error.mail_busy", wave=wave.title)
        _busy.add(wave.id)
    try:
        yield
    finally:
        with _changing:
            _busy.discard(wave.id)
