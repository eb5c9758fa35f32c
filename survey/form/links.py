"""What links stand for, remembered for a moment, so that a rush asks the store once a second.

A wave that closes meanwhile still takes no answer: the store looks at its state
in the transaction that would write one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from data.model import Department, Invitation
from data.store import Store

_SECONDS = 1.0
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """A link's invitation, and the departments of its wave."""

    invitation: Invitation
    departments: tuple[Department, ...]

    @property
    def choices(self) -> tuple[Department, ...]:
        """What there is to choose from; nothing where the link carries the department."""
        return () if self.invitation.department else self.departments


class Links:
    """Looks links up."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask this store; `clock` tells how old an answer is."""
        self._store = store
        self._clock = clock
        self._seen: dict[str, tuple[float, Link]] = {}

    def remembered(self, code: str) -> Link | None:
        """What the store said within the last second, if it was asked."""
        asked, link = self._seen.get(code, (0.0, None))
        return link if self._clock() < asked + _SECONDS else None

    def find(self, code: str) -> Link:
        """What the store says now. `NotFound`."""
        invitation = self._store.invitations.find(code)
        departments = self._store.waves.departments(invitation.wave)
        link = Link(invitation, departments)
        if invitation.personal is not None:
            return link  # one person's: nobody else asks for it, and it may be used a moment later
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[code] = (self._clock(), link)
        return link
