"""Who a phone is: a random token in a signed cookie, and keys made of it. Pure.

The store keeps keys only, another for every round, so that nothing in it tells
which votes came from one phone.
"""

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeSerializer

from data.workshops import Round, Workshop

COOKIE = "kundenkompass_phone"


class Phones:
    """Recognises phones by their cookie."""

    def __init__(self, secret: str) -> None:
        """Sign with this secret."""
        self._serializer = URLSafeSerializer(secret, salt="phone")

    def new_cookie(self) -> str:
        """The cookie of a phone that has none."""
        return str(self._serializer.dumps(secrets.token_urlsafe(24)))

    def token(self, cookie: str | None) -> str | None:
        """The token of a phone's cookie; None where it has none of ours."""
        try:
            return str(self._serializer.loads(cookie)) if cookie else None
        except (BadSignature, UnicodeError):
            return None


def member_key(token: str, workshop: Workshop) -> bytes:
    """By what a workshop knows that a phone has joined."""
    return _key(token, f"workshop {workshop.id} {workshop.code}")


def ballot_key(token: str, workshop: Workshop, asked: Round) -> bytes:
    """By what a round knows that a phone has voted."""
    return _key(token, f"round {workshop.code} {asked.id}")


def contribution_key(token: str, workshop: Workshop, step: int, nonce: str, text: str) -> bytes:
    """By what an idea or question is known that comes twice: of one form, and word for word."""
    return _key(token, f"text {workshop.code} {step} {nonce} {text}")


def _key(token: str, what: str) -> bytes:
    """One round of SHA-256 keeps tokens of so many random bits safe."""
    return hashlib.sha256(f"{what} {token}".encode()).digest()[:16]
