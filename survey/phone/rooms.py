"""Rooms, remembered for half a second, so that a rush of phones asks the store twice a second.

What a phone sends is checked by the store in the transaction that keeps it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from data.errors import NotFound
from data.store import Store
from data.workshops import Room

_FRESH = 0.5
"""Seconds for which a version is taken as it was."""
_LONGEST = 2.0
"""Seconds after which a room is read again: its organisation may have another name."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    room: Room
    read: float
    asked: float


class Rooms:
    """Looks workshops up."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask this store; `clock` tells how old an answer is."""
        self._store = store
        self._clock = clock
        self._seen: dict[str, _Seen] = {}
        self._gone: set[str] = set()

    def knew(self, code: str) -> bool:
        """Whether there was a workshop of this code that is gone: its phones do not guess."""
        return code in self._gone

    def remembered(self, code: str) -> Room | None:
        """What the store said within the last half second, if it was asked."""
        seen = self._seen.get(code)
        return seen.room if seen and self._clock() < seen.asked + _FRESH else None

    def find(self, code: str) -> Room:
        """What the store says now. `NotFound`."""
        now, seen = self._clock(), self._seen.get(code)
        try:
            version = self._store.workshops.version(code)
        except NotFound:
            if self._seen.pop(code, None):
                self._gone.add(code)
            raise
        if not seen or seen.room.workshop.version != version or now > seen.read + _LONGEST:
            seen = _Seen(self._store.workshops.room(code), now, now)
        latest = self._seen.get(code)
        if latest and (latest.asked > now or _newer(latest.room, seen.room)):
            return latest.room  # somebody else asked meanwhile
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[code] = replace(seen, asked=now)
        return seen.room


def _newer(room: Room, than: Room) -> bool:
    one, other = room.workshop, than.workshop
    return one.id == other.id and one.version > other.version
