"""Sends mail through the server that the surroundings name. No Streamlit.

    KUNDENKOMPASS_SMTP        smtps://user:password@host:465
                              smtp+starttls://user:password@host:587
                              smtp://127.0.0.1:25 (this machine only)
    KUNDENKOMPASS_SMTP_FROM   the sender, such as "Muster GmbH <umfrage@muster.example>"

The server's certificate is always checked; a password never travels unencrypted.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from data.errors import MailProblem
from data.invited import Delivery

_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
_HERE = {"127.0.0.1", "::1", "localhost"}
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and who it is from. `secure`: one of the schemes above."""

    secure: str
    host: str
    port: int
    user: str
    password: str
    sender: Address


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, as plain text."""

    to: str
    subject: str
    text: str


def mail_server(environment: Mapping[str, str] = os.environ) -> MailServer | None:
    """The server in the settings, None where there is none. `MailProblem`: they are wrong."""
    address = environment.get("KUNDENKOMPASS_SMTP", "").strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise MailProblem("error.mail_settings") from error
    local = parts.scheme == "smtp" and host not in _HERE
    if parts.scheme not in _PORTS or not host or local:
        raise MailProblem("error.mail_settings")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise MailProblem("error.mail_letters")
    return MailServer(
        secure=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
        user=user,
        password=password,
        sender=_sender(environment.get("KUNDENKOMPASS_SMTP_FROM", "")),
    )


class Post:
    """An open connection to the mail server."""

    def __init__(self, server: MailServer, connection: smtplib.SMTP) -> None:
        """Send as this server's sender."""
        self._server = server
        self._connection = connection

    def send(self, letter: Letter) -> Delivery:
        """Hand one mail in; what the server said. `MailProblem`: the connection is lost."""
        try:
            self._connection.send_message(_message(self._server.sender, letter))
        except smtplib.SMTPRecipientsRefused as error:
            self._reset()
            return _refusal(error)
        except smtplib.SMTPSenderRefused as error:
            # Nobody's mail would be taken now, so nobody's address is to blame.
            raise MailProblem("error.mail_rejected", host=self._server.host) from error
        except smtplib.SMTPResponseException:
            self._reset()
            return Delivery.FAILED
        except OSError as error:
            raise MailProblem("error.mail_lost", host=self._server.host) from error
        except (MessageError, ValueError):
            return Delivery.REFUSED
        return Delivery.SENT

    def _reset(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._connection.rset()


@contextmanager
def connected(server: MailServer) -> Iterator[Post]:
    """A connection for many mails. `MailProblem` says in words why there is none."""
    try:
        connection = _connect(server)
    except ssl.SSLError as error:
        raise MailProblem("error.mail_tls", host=server.host) from error
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        if isinstance(error, smtplib.SMTPResponseException):
            raise MailProblem("error.mail_rejected", host=server.host) from error
        raise MailProblem("error.mail_unreachable", host=server.host, port=server.port) from error
    try:
        _sign_in(server, connection)
        yield Post(server, connection)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.secure == "smtps":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=trusted)
    connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    if server.secure == "smtp+starttls":
        try:
            connection.starttls(context=trusted)
        except smtplib.SMTPNotSupportedError as error:
            connection.close()
            raise MailProblem("error.mail_tls", host=server.host) from error
        except BaseException:
            connection.close()
            raise
    return connection


def _sign_in(server: MailServer, connection: smtplib.SMTP) -> None:
    if not server.user:
        return
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        raise MailProblem("error.mail_login", host=server.host, user=server.user) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailProblem("error.mail_rejected", host=server.host) from error


def _message(sender: Address, letter: Letter) -> EmailMessage:
    """A mail whose headers cannot be continued by what somebody typed."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _refusal(error: smtplib.SMTPRecipientsRefused) -> Delivery:
    """A refusal for good begins with 5; others may pass."""
    codes = [code for code, _ in error.recipients.values()]
    return Delivery.REFUSED if all(code >= 500 for code in codes) else Delivery.FAILED


def _sender(text: str) -> Address:
    name, spec = parseaddr(text)
    if not text.isprintable():
        raise MailProblem("error.mail_sender")
    try:
        return Address(display_name=name, addr_spec=spec)
    except (MessageError, ValueError, IndexError) as error:
        raise MailProblem("error.mail_sender") from error
