"""Files that are handed out once and kept in memory only until then. No Streamlit."""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

SECONDS = 1800
"""How long a file waits for whoever made it."""

_MOST = 10
"""Files that wait for one account; nobody's are crowded out by somebody else's."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Files by name, of which one may be taken; for one account and one wave.

    `wave`: its code. A number may be another wave's, once an organisation has been erased.
    """

    account: int
    wave: str
    files: Mapping[str, bytes]
    until: float


class Handouts:
    """Hands files out by tickets."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing; `clock` tells when a file has waited long enough."""
        self._clock = clock
        self._waiting: dict[str, _Waiting] = {}
        self._changing = threading.Lock()

    def offer(self, account: int, wave: str, files: Mapping[str, bytes]) -> str:
        """Keep files (the same list in several formats); the ticket to take one of them."""
        ticket = secrets.token_urlsafe(32)
        with self._changing:
            self._forget()
            self._make_room(account)
            self._waiting[ticket] = _Waiting(account, wave, files, self._clock() + SECONDS)
        return ticket

    def waiting(self, account: int, wave: str) -> tuple[str, ...]:
        """The tickets of files that this account made for this wave and has not taken."""
        with self._changing:
            self._forget()
            mine = (account, wave)
            return tuple(t for t, w in self._waiting.items() if (w.account, w.wave) == mine)

    def take(self, ticket: str, account: int, wave: str, name: str) -> bytes | None:
        """The file of that name, once; None if it is gone, or somebody else's."""
        with self._changing:
            self._forget()
            found = self._waiting.get(ticket)
            if not found or (found.account, found.wave) != (account, wave):
                return None
            if name not in found.files:
                return None
            del self._waiting[ticket]
            return found.files[name]

    def _forget(self) -> None:
        now = self._clock()
        self._waiting = {t: w for t, w in self._waiting.items() if w.until > now}

    def _make_room(self, account: int) -> None:
        """The oldest go first."""
        theirs = [t for t, w in self._waiting.items() if w.account == account]
        for ticket in theirs[: max(0, len(theirs) - _MOST + 1)]:
            del self._waiting[ticket]
