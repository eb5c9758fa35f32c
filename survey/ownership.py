"""Who the owner is, until there are accounts: a browser that redeemed the one-time link.

As in Jupyter, the console prints a link; the browser that opens it first gets a
signed cookie. The store keeps hashes only.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from data.accounts import Account, Role
from data.store import Store

COOKIE = "kundenkompass_owner"
SESSION_LENGTH = timedelta(days=30)


class Ownership:
    """Offers owner links, redeems them, and recognises the owner's browser."""

    def __init__(self, store: Store, secret: str) -> None:
        """Keep sessions in this store, sign cookies with this secret."""
        self._sessions = store.sessions
        self._serializer = URLSafeSerializer(secret, salt="owner")

    def offer(self) -> str:
        """A new one-time token for the owner link; the one before stops working."""
        token = secrets.token_urlsafe(32)
        self._sessions.offer(_hash(token))
        return token

    def redeem(self, token: str, now: datetime) -> str | None:
        """The cookie for the browser that brought this token; None if it is not good."""
        session = secrets.token_urlsafe(32)
        if not self._sessions.redeem(_hash(token), _hash(session), now + SESSION_LENGTH):
            return None
        return str(self._serializer.dumps(session))

    def recognises(self, cookie: str | None, now: datetime) -> bool:
        """Whether a cookie belongs to the owner's browser."""
        session = self._session(cookie)
        return session is not None and self._sessions.known(_hash(session), now)

    def visitor(self, cookie: str | None, now: datetime) -> Account | None:
        """The account that a cookie's session belongs to."""
        if self.recognises(cookie, now):
            return Account(0, "owner@localhost", "Owner", Role.OWNER)
        return None

    def sign_out(self, cookie: str | None) -> None:
        """Forget this browser."""
        session = self._session(cookie)
        if session is not None:
            self._sessions.end(_hash(session))

    def _session(self, cookie: str | None) -> str | None:
        try:
            return str(self._serializer.loads(cookie)) if cookie else None
        except BadSignature:
            return None


def _hash(token: str) -> bytes:
    """Tokens have 256 random bits, so one round of SHA-256 keeps them safe."""
    return hashlib.sha256(token.encode()).digest()
