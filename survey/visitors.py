"""Who is asking: browsers that are signed in, and one-time links that let somebody in.

Tokens have 256 random bits; the store keeps their hashes only. No Streamlit.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from data.accounts import Account, Ticket, TicketKind
from data.store import Store

COOKIE = "kundenkompass_session"
SESSION_LENGTH = timedelta(days=30)
"""After that, one signs in again, however often one was here."""
IDLE_LENGTH = timedelta(hours=12)
"""After so long without a visit, too."""

LINK_LENGTHS = {
    TicketKind.SET_UP: timedelta(days=1),
    TicketKind.PASSWORD: timedelta(days=3),
    TicketKind.SIGN_ON: timedelta(seconds=60),
}


class Visitors:
    """Signs browsers in and out, and recognises them by their signed cookie."""

    def __init__(self, store: Store, secret: str) -> None:
        """Keep sessions in this store, sign cookies with this secret."""
        self._sessions = store.sessions
        self._serializer = URLSafeSerializer(secret, salt="session")

    def visitor(self, cookie: str | None, now: datetime) -> Account | None:
        """The account that a cookie's session belongs to, as it is now."""
        session = self._session(cookie)
        return self._sessions.account(session, now, IDLE_LENGTH) if session else None

    def sign_in(self, account: Account, now: datetime, before: str | None = None) -> str:
        """The cookie of a new session; the one the browser had `before` ends."""
        token = secrets.token_urlsafe(32)
        self.sign_out(before)
        self._sessions.begin(_hash(token), account, now, now + SESSION_LENGTH)
        return str(self._serializer.dumps(token))

    def sign_out(self, cookie: str | None) -> None:
        """Forget this browser."""
        session = self._session(cookie)
        if session:
            self._sessions.end(session)

    def sign_out_everywhere(self, account: Account) -> None:
        """Forget every browser of an account."""
        self._sessions.end_all(account)

    def offer(
        self, kind: TicketKind, account: Account | None, now: datetime, browser: str = ""
    ) -> str:
        """The token of a new one-time link. `browser`: a secret of the only one it works in."""
        token = secrets.token_urlsafe(32)
        until = now + LINK_LENGTHS[kind]
        self._sessions.offer(_hash(token + browser), kind, account, until)
        return token

    def offered(self, token: str, kind: TicketKind, now: datetime) -> Ticket | None:
        """What a link stands for, if it is good; looking does not use it up."""
        return self._sessions.offered(_hash(token), kind, now)

    def redeem(
        self, token: str, kind: TicketKind, now: datetime, browser: str = ""
    ) -> Ticket | None:
        """What a link stood for, if it was good; it works once."""
        return self._sessions.redeem(_hash(token + browser), kind, now)

    def _session(self, cookie: str | None) -> bytes | None:
        try:
            return _hash(str(self._serializer.loads(cookie))) if cookie else None
        except (BadSignature, UnicodeError):
            return None


def _hash(token: str) -> bytes:
    """One round of SHA-256 keeps tokens of so many random bits safe."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
