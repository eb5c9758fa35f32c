"""Mail through a real server with TLS: whoever is to be invited is, once, and nothing gets lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from data.accounts import Account, Role
from data.audit import AuditAct
from data.errors import Conflict, MailProblem, NotAllowed, SetUpProblem
from data.invited import Delivery, Invited, hash_code
from data.model import Organisation, Profile, Wave
from data.store import Store
from survey import mailing
from survey.mailing import GAP, Sent, Template, send_invitations, send_reminders
from survey.mailserver import MailServer
from survey.mailserver import mail_server as configured
from tests.data.samples import DAY, response
from tests.survey.mailbox import PASSWORD, USER, Mailbox, mail_server

ORIGIN = "https://umfrage.muster.example"
OWNER = Account(1, "o@x.example", "O", Role.OWNER)
SENDER = "Muster GmbH <umfrage@muster.example>"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=48)
TEMPLATE = Template("Jede Sicht zählt", f"Guten Tag,\n\nzum Fragebogen: {GAP}\n")


def address(number: int) -> str:
    """A sample address."""
    return f"p{number:02d}@muster.example"


def settings(how: str, port: int, password: str = PASSWORD) -> MailServer:
    """The server as the surroundings would name it."""
    user = f"{USER}:{quote(password, safe='')}@" if password else ""
    found = configured(
        {
            "KUNDENKOMPASS_SMTP": f"{how}://{user}127.0.0.1:{port}",
            "KUNDENKOMPASS_SMTP_FROM": SENDER,
        }
    )
    assert found
    return found


@pytest.fixture
def own_mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def secure_server(
    own_mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MailServer]:
    """A server that encrypts from the first byte, whose certificate is trusted."""
    with mail_server(own_mailbox, tmp_path, "smtps") as port:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        yield settings("smtps", port)


@pytest.fixture
def invited_wave(fresh_store: Store, open_wave: Wave) -> Wave:
    """Twelve people with addresses."""
    fresh_store.personal.add(
        open_wave,
        [Invited(hash_code(str(number)), address=address(number)) for number in range(12)],
    )
    return open_wave


def invite(
    store: Store, wave: Wave, server: MailServer, template: Template = TEMPLATE, **more: object
) -> Sent:
    """Send invitations at NOON."""
    progress = more.get("progress", lambda _done, _all: None)
    assert callable(progress)
    return send_invitations(store, OWNER, wave, template, server, ORIGIN, lambda: NOON, progress)


def remind(store: Store, wave: Wave, server: MailServer, at: datetime = LATER) -> Sent:
    """Send reminders."""
    return send_reminders(store, OWNER, wave, TEMPLATE, server, ORIGIN, lambda: at)


def link_in(text: str) -> str:
    """The code of the link in a mail."""
    return text.split(f"{ORIGIN}/q/")[1].split(maxsplit=1)[0]


def test_everybody_gets_one_mail_with_a_link_of_their_own(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """To nobody else's eyes, plain text, and the link leads to the wave."""
    seen: list[tuple[int, int]] = []
    sent = invite(
        fresh_store,
        invited_wave,
        secure_server,
        progress=lambda done, of: seen.append((done, of)),
    )
    assert sent == Sent(12, 0)
    assert seen == [(number, 12) for number in range(1, 13)]
    assert own_mailbox.signed_in == 1
    assert [to for to, _ in own_mailbox.mails] == [address(number) for number in range(12)]
    codes = set()
    for to, mail in own_mailbox.mails:
        assert mail["To"] == to
        assert mail["Cc"] is None
        assert mail["From"] == SENDER
        assert mail["Subject"] == "Jede Sicht zählt"
        assert mail.get_content_type() == "text/plain"
        code = link_in(mail.get_content())
        assert fresh_store.invitations.find(code).wave == invited_wave
        codes.add(code)
    assert len(codes) == 12
    counts = fresh_store.personal.counts(invited_wave)
    assert (counts.sent, counts.failed, counts.last_mail) == (12, 0, NOON)
    assert fresh_store.audit.read(1)[0].act is AuditAct.INVITED
    assert invite(fresh_store, invited_wave, secure_server) == Sent(0, 0)


def test_starttls_encrypts_before_the_password(
    fresh_store: Store,
    invited_wave: Wave,
    own_mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other way of TLS."""
    with mail_server(own_mailbox, tmp_path, "starttls") as port:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        assert invite(fresh_store, invited_wave, settings("smtp+starttls", port)).sent == 12
    assert own_mailbox.encrypted
    assert own_mailbox.signed_in == 1


@pytest.mark.parametrize("how", ["smtps", "starttls"])
@pytest.mark.parametrize("name", ["127.0.0.1", "other.example"])
def test_a_server_that_cannot_be_trusted_gets_nothing(
    fresh_store: Store,
    invited_wave: Wave,
    own_mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
    name: str,
) -> None:
    """An unknown authority, or a certificate for somebody else."""
    scheme = {"smtps": "smtps", "starttls": "smtp+starttls"}[how]
    with mail_server(own_mailbox, tmp_path, how, name) as port:
        if name != "127.0.0.1":
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with pytest.raises(MailProblem) as problem:
            invite(fresh_store, invited_wave, settings(scheme, port))
    assert problem.value.key == "error.mail_tls"
    assert own_mailbox.mails == []
    assert own_mailbox.signed_in == 0


def test_a_server_without_encryption_gets_no_password(
    fresh_store: Store, invited_wave: Wave, own_mailbox: Mailbox, tmp_path: Path
) -> None:
    """Somebody in between may have taken the offer of TLS out."""
    with mail_server(own_mailbox, tmp_path, "plain") as port:
        with pytest.raises(MailProblem) as problem:
            invite(fresh_store, invited_wave, settings("smtp+starttls", port))
        assert problem.value.key == "error.mail_tls"
        assert own_mailbox.signed_in == 0
        here = settings("smtp", port, password="")
        assert invite(fresh_store, invited_wave, here).sent == 12


def test_a_wrong_password_is_named_and_loses_nothing(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer
) -> None:
    """With the right one it goes on."""
    wrong = settings("smtps", secure_server.port, "wrong")
    with pytest.raises(MailProblem) as problem:
        invite(fresh_store, invited_wave, wrong)
    assert problem.value.key == "error.mail_login"
    assert "wrong" not in str(problem.value)
    assert invite(fresh_store, invited_wave, secure_server) == Sent(12, 0)


def test_a_server_that_is_not_there_is_named(fresh_store: Store, invited_wave: Wave) -> None:
    """With its port; nothing is lost."""
    with pytest.raises(MailProblem) as problem:
        invite(fresh_store, invited_wave, settings("smtps", 9))
    assert problem.value.key == "error.mail_unreachable"
    assert fresh_store.personal.counts(invited_wave).waiting == 12


def test_a_refused_address_keeps_nobody_else_from_getting_mail(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """Each with its reason; the next sending tries them again and nobody else."""
    own_mailbox.refused = {address(3): "550 unknown", address(5): "451 later"}
    assert invite(fresh_store, invited_wave, secure_server) == Sent(10, 2)
    assert fresh_store.personal.failures(invited_wave) == {
        address(3): Delivery.REFUSED,
        address(5): Delivery.FAILED,
    }
    own_mailbox.refused, own_mailbox.mails = {}, []
    assert invite(fresh_store, invited_wave, secure_server) == Sent(2, 0)
    assert [to for to, _ in own_mailbox.mails] == [address(3), address(5)]


def test_a_lost_connection_goes_on_where_it_was(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """Nobody is left out, nobody gets two."""
    own_mailbox.lost_after = 5
    with pytest.raises(MailProblem) as problem:
        invite(fresh_store, invited_wave, secure_server)
    assert problem.value.key == "error.mail_lost"
    assert fresh_store.personal.counts(invited_wave).sent == 5
    own_mailbox.lost_after = None
    assert invite(fresh_store, invited_wave, secure_server) == Sent(7, 0)
    assert sorted(to for to, _ in own_mailbox.mails) == [address(n) for n in range(12)]


def test_stopping_goes_on_where_it_was(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """Somebody presses stop between two mails."""

    def stop(done: int, _of: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        invite(fresh_store, invited_wave, secure_server, progress=stop)
    assert invite(fresh_store, invited_wave, secure_server) == Sent(8, 0)
    assert len(own_mailbox.mails) == 12


def test_nobody_gets_two_mails_because_two_people_press_send(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """The later one is told."""

    def press(done: int, _of: int) -> None:
        if done == 1:
            with pytest.raises(Conflict):
                invite(fresh_store, invited_wave, secure_server)

    assert invite(fresh_store, invited_wave, secure_server, progress=press) == Sent(12, 0)
    assert len(own_mailbox.mails) == 12


def test_nothing_is_sent_before_a_wave_opens(
    fresh_store: Store, draft_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """Nor after it closed, even in the middle of sending."""
    fresh_store.personal.add(draft_wave, [Invited(hash_code("0"), address=address(0))])
    with pytest.raises(NotAllowed):
        invite(fresh_store, draft_wave, secure_server)
    assert own_mailbox.mails == []


# Reminders


def test_only_those_who_have_not_answered_are_reminded(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """The outcome is two numbers; the first link and the second are good for one answer."""
    invite(fresh_store, invited_wave, secure_server)
    first = link_in(own_mailbox.mails[4][1].get_content())
    fresh_store.answers.add(invited_wave, response(1), DAY, hash_code(first))
    own_mailbox.mails = []
    own_mailbox.refused = {address(7): "550 gone"}
    assert remind(fresh_store, invited_wave, secure_server) == Sent(10, 1)
    reached = sorted(to for to, _ in own_mailbox.mails)
    assert reached == [address(n) for n in range(12) if n not in {4, 7}]
    assert fresh_store.audit.read(1)[0].act is AuditAct.REMINDED
    assert fresh_store.personal.failures(invited_wave) == {}


def test_reminders_wait_two_days(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """Since the invitation, and since the last reminder."""
    invite(fresh_store, invited_wave, secure_server)
    for at in (NOON, LATER - timedelta(minutes=1)):
        with pytest.raises(NotAllowed):
            remind(fresh_store, invited_wave, secure_server, at)
    assert remind(fresh_store, invited_wave, secure_server, LATER).sent == 12
    with pytest.raises(NotAllowed):
        remind(fresh_store, invited_wave, secure_server, LATER + timedelta(hours=1))
    assert len(own_mailbox.mails) == 24


def test_an_interrupted_reminder_goes_on_at_once(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """Nobody is reminded twice."""
    invite(fresh_store, invited_wave, secure_server)
    own_mailbox.mails, own_mailbox.lost_after = [], 5
    with pytest.raises(MailProblem):
        remind(fresh_store, invited_wave, secure_server)
    own_mailbox.lost_after = None
    assert remind(fresh_store, invited_wave, secure_server) == Sent(7, 0)
    assert sorted(to for to, _ in own_mailbox.mails) == [address(n) for n in range(12)]


# What is typed


@pytest.mark.parametrize(
    "subject", ["", " ", "x" * 151, "a\nBcc: all@x.example", "a\r\nX: y", "a\x00"]
)
def test_a_subject_is_one_line(
    fresh_store: Store,
    invited_wave: Wave,
    secure_server: MailServer,
    own_mailbox: Mailbox,
    subject: str,
) -> None:
    """Nothing typed becomes a header."""
    with pytest.raises(SetUpProblem):
        invite(fresh_store, invited_wave, secure_server, Template(subject, GAP))
    assert own_mailbox.mails == []


@pytest.mark.parametrize("text", ["", "no gap", f"{GAP} and {GAP}", GAP + "x" * 5000])
def test_a_text_has_one_gap_for_the_link(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, text: str
) -> None:
    """Otherwise nothing is sent."""
    with pytest.raises(SetUpProblem):
        invite(fresh_store, invited_wave, secure_server, Template("Betreff", text))


@pytest.mark.parametrize(
    "odd", ["a@x.example\nBcc: b@x.example", "a@x.example, b@x.example", "a@x.example>", "no-at"]
)
def test_an_odd_address_reaches_nobody(
    fresh_store: Store,
    open_wave: Wave,
    secure_server: MailServer,
    own_mailbox: Mailbox,
    odd: str,
) -> None:
    """Should one ever get into the store: it is refused, and the others are sent."""
    people = [Invited(hash_code("0"), address=odd), Invited(hash_code("1"), address=address(1))]
    fresh_store.personal.add(open_wave, people)
    assert invite(fresh_store, open_wave, secure_server) == Sent(1, 1)
    assert [to for to, _ in own_mailbox.mails] == [address(1)]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("reminder", [False, True])
def test_what_is_proposed_can_be_sent(open_wave: Wave, language: str, *, reminder: bool) -> None:
    """In both languages, with its gap and without another one."""
    proposed = mailing.checked(mailing.suggested(open_wave, language, reminder=reminder))
    assert "{" not in proposed.subject + proposed.text
    assert open_wave.organisation.name in proposed.text


def test_the_swiss_greet_without_a_sharp_s(open_wave: Wave) -> None:
    """As everywhere in what they read."""
    profile = Profile(swiss=True)
    firm = Organisation(open_wave.organisation.id, "Muster AG", profile=profile)
    swiss = Wave(open_wave.id, open_wave.code, firm, open_wave.settings, open_wave.state)
    assert "Grüsse" in mailing.suggested(swiss, "de", reminder=False).text


@pytest.mark.parametrize(
    ("address", "sender", "key"),
    [
        ("smtp://user:p@mail.example:25", SENDER, "error.mail_settings"),
        ("smtp://mail.example", SENDER, "error.mail_settings"),
        ("http://mail.example", SENDER, "error.mail_settings"),
        ("smtps://mail.example:x", SENDER, "error.mail_settings"),
        ("smtps://", SENDER, "error.mail_settings"),
        ("smtps://user:p%C3%A4ss@mail.example", SENDER, "error.mail_letters"),
        ("smtps://mail.example", "", "error.mail_sender"),
        ("smtps://mail.example", "nobody", "error.mail_sender"),
        ("smtps://mail.example", "a@x.example\r\nBcc: b@x.example", "error.mail_sender"),
    ],
)
def test_wrong_settings_are_told_in_words(address: str, sender: str, key: str) -> None:
    """Without the password that they hold."""
    with pytest.raises(MailProblem) as problem:
        configured({"KUNDENKOMPASS_SMTP": address, "KUNDENKOMPASS_SMTP_FROM": sender})
    assert problem.value.key == key


def test_without_settings_there_is_no_mail() -> None:
    """And no problem."""
    assert configured({}) is None


def test_whoever_answered_before_the_mail_is_invited_like_everybody_else(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """A mail less, or a number that stays, would tell that just this person has answered."""
    invite(fresh_store, invited_wave, secure_server)
    added = [Invited(hash_code(f"by hand {n}"), address=f"new{n}@muster.example") for n in (1, 2)]
    fresh_store.personal.add(invited_wave, added)
    fresh_store.answers.add(invited_wave, response(1), DAY, hash_code("by hand 1"))
    own_mailbox.mails = []
    assert invite(fresh_store, invited_wave, secure_server) == Sent(2, 0)
    assert [to for to, _ in own_mailbox.mails] == ["new1@muster.example", "new2@muster.example"]
    assert fresh_store.personal.counts(invited_wave).waiting == 0
    with fresh_store.connections.borrow() as db:  # type: ignore[attr-defined]
        codes = db.execute("SELECT count(*) FROM personal_code GROUP BY invitation_id").fetchall()
    assert codes == [(2,)] * 14


def test_somebody_who_answers_during_a_round_does_not_keep_it_open(
    fresh_store: Store, invited_wave: Wave, secure_server: MailServer, own_mailbox: Mailbox
) -> None:
    """They get no reminder, and nobody sees that there was one less to send later."""
    invite(fresh_store, invited_wave, secure_server)
    codes = {to: link_in(mail.get_content()) for to, mail in own_mailbox.mails}
    own_mailbox.mails = []
    answered: list[str] = []

    def answer(done: int, _of: int) -> None:
        if done == 1:
            reached = {to for to, _ in own_mailbox.mails}
            answered.append(next(to for to in codes if to not in reached))
            code = hash_code(codes[answered[0]])
            fresh_store.answers.add(invited_wave, response(1), DAY, code)

    send_reminders(
        fresh_store, OWNER, invited_wave, TEMPLATE, secure_server, ORIGIN, lambda: LATER, answer
    )
    assert answered[0] not in {to for to, _ in own_mailbox.mails}
    assert len(own_mailbox.mails) == 11
    assert not fresh_store.personal.counts(invited_wave).reminding
