"""Passwords: which are good enough, and how they are kept (argon2id). No Streamlit."""

import itertools
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.errors import SetUpProblem

SHORTEST = 12
LONGEST = 200
_FEWEST_SIGNS = 5
_AT_ONCE = 2
"""Hashing takes 64 MiB and a core for a while: more at the same time help nobody."""


class Passwords:
    """Hashes passwords and compares them."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Hash with this, by default with the parameters that argon2-cffi recommends."""
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobodys = self.hashed(secrets.token_urlsafe(32))

    def hashed(self, password: str) -> str:
        """What is kept of a password."""
        with self._turn:
            return self._hasher.hash(_normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is the password that was kept; without one it never is, after as long."""
        try:
            with self._turn:
                self._hasher.verify(kept or self._nobodys, _normal(password[: 2 * LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def check_password(password: str, email: str) -> None:
    """`SetUpProblem` unless a new password is long enough and not easily guessed."""
    password = _normal(password)
    if len(password) < SHORTEST:
        raise SetUpProblem("error.password_short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise SetUpProblem("error.password_long", longest=LONGEST)
    if password.casefold() == email.casefold():
        raise SetUpProblem("error.password_email")
    if len(set(password.casefold())) < _FEWEST_SIGNS or _runs(password):
        raise SetUpProblem("error.password_simple")


def _runs(password: str) -> bool:
    """Whether it is mostly signs that follow each other, as 12345678 or abcdefgh."""
    steps = [ord(b) - ord(a) for a, b in itertools.pairwise(password)]
    return max(steps.count(one) for one in (-1, 0, 1)) > len(steps) * 2 / 3


def _normal(password: str) -> str:
    """One form for the same signs, however a keyboard writes an ä."""
    return unicodedata.normalize("NFKC", password)
