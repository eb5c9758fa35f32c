"""A real mail server on this machine, with a certificate that the test's own authority made."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "survey", "right & ready/@:%"


class Mailbox:
    """Takes mail in.

    `refused`: what it says to addresses it takes nothing for. `lost_after`: after so
    many mails it hangs up.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.refused: dict[str, str] = {}
        self.lost_after: int | None = None
        self.signed_in = 0
        self.encrypted = False

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take one recipient, or refuse."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take one mail, or hang up."""
        if self.lost_after is not None and len(self.mails) >= self.lost_after:
            assert server.transport
            server.transport.abort()
            return "250 never heard"
        self.encrypted = session.ssl is not None
        mail = message_from_bytes(cast("bytes", envelope.content), policy=policy.SMTP)
        assert len(envelope.rcpt_tos) == 1
        self.mails.append((envelope.rcpt_tos[0], cast("EmailMessage", mail)))
        return "250 OK"

    def sign_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        """Check the password."""
        given = cast("LoginPassword", data)
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        self.signed_in += right
        return AuthResult(success=right, handled=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(mailbox: Mailbox, folder: Path, how: str, name: str = "127.0.0.1") -> Iterator[int]:
    """A running server; its port.

    `how`: "smtps", "starttls" or "plain". `name`: in its certificate. The authority's
    certificate is `folder / "authority.pem"`.
    """
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(trusted)
    options: dict[str, Any] = {
        "smtps": {"ssl_context": trusted, "auth_require_tls": False, "auth_required": True},
        "starttls": {"tls_context": trusted, "require_starttls": True, "auth_required": True},
        "plain": {},
    }[how]
    port = _free_port()
    server = Controller(
        mailbox, hostname="127.0.0.1", port=port, authenticator=mailbox.sign_in, **options
    )
    server.start()
    try:
        yield port
    finally:
        server.stop()
