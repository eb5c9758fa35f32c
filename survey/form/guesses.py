"""Slows down who tries codes that do not exist. Nothing of it is kept but in memory.

Only unknown codes count, so a canteen full of phones behind one address is never
slowed down. Who guesses waits, twice as long each time, also before right codes:
otherwise the answer would tell which code was right.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_OF_ONE = parse("20 per 10 minutes")
_OF_ALL = parse("300 per 10 minutes")
"""More wrong codes than this is a flood; while it lasts, one wrong code is enough to wait."""

_FIRST_WAIT = 60.0
_LONGEST_WAIT = 3600.0
_MOST_WAITING = 10_000


@dataclass(frozen=True, slots=True)
class _Pause:
    """How long somebody waits, and until when (by the clock of `Guesses`)."""

    seconds: float
    until: float


class Guesses:
    """Counts wrong codes by the address they came from."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody suspected; `clock` tells when a wait is over."""
        self._clock = clock
        self._wrong = MovingWindowRateLimiter(MemoryStorage())
        self._pauses: dict[str, _Pause] = {}
        self._changing = threading.Lock()

    def wait(self, client: str) -> int:
        """Whole seconds until this client may try again; 0: now."""
        pause = self._pauses.get(client)
        return max(0, math.ceil(pause.until - self._clock())) if pause else 0

    def wrong(self, client: str) -> None:
        """Count a code that does not exist."""
        flood = not self._take(_OF_ALL, "everybody")
        # The 20th wrong one is the last that is free.
        too_many = not self._take(_OF_ONE, client) or not self._wrong.test(_OF_ONE, client)
        if flood or too_many:
            self._pause(client)

    def _take(self, limit: RateLimitItem, who: str) -> bool:
        return self._wrong.hit(limit, who)

    def _pause(self, client: str) -> None:
        with self._changing:
            now, before = self._clock(), self._pauses.get(client)
            seconds = min(_LONGEST_WAIT, before.seconds * 2) if before else _FIRST_WAIT
            if len(self._pauses) >= _MOST_WAITING:
                self._forget(now)
            self._pauses[client] = _Pause(seconds, now + seconds)

    def _forget(self, now: float) -> None:
        """Make room: those whose wait is over go first, then those who wait shortest."""
        ends = sorted(self._pauses, key=lambda client: self._pauses[client].until)
        for client in ends[: _MOST_WAITING // 10]:
            del self._pauses[client]
        for client in [c for c, pause in self._pauses.items() if pause.until + _LONGEST_WAIT < now]:
            del self._pauses[client]
