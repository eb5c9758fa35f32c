"""The values of personal invitations: who gets a link of their own. Imports nothing of the house.

An invitation knows that it was used, never by which response. Outside the store
there are numbers of the whole wave only.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SMALLEST_INVITED = 10
"""Personal links that must have been mailed before anybody is reminded.

With fewer, a number would be about somebody.
"""

BETWEEN_MAILS = timedelta(hours=48)
"""How long a wave's last mail must be ago before anybody is reminded."""


def hash_code(code: str) -> bytes:
    """What is kept of a personal code. It has 128 random bits, so one round of SHA-256 is safe."""
    return hashlib.sha256(code.encode()).digest()


class Delivery(StrEnum):
    """What became of the mail that invites."""

    SENT = "sent"
    REFUSED = "refused"
    """The mail server does not take mail for this address."""
    FAILED = "failed"
    """The mail server took it neither, for another reason, which may pass."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who gets a personal link.

    `hash`: of the link's code. `department`: an id, or None where the form asks
    for it. `address`: an e-mail address in lower case, None where there is none.
    """

    hash: bytes
    department: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class InvitedCounts:
    """How many personal links a wave has.

    `made`: all of them. `addressed`, `sent`, `failed`: those with an address, and
    what became of their mail. `last_mail`: when one went out last, to whomever.
    `reminding`: whether a round of reminders was interrupted. How many were used is
    told to nobody: where one department alone has such links, it would be that
    department's exact participation.
    """

    made: int = 0
    addressed: int = 0
    sent: int = 0
    failed: int = 0
    last_mail: datetime | None = None
    reminding: bool = False

    @property
    def waiting(self) -> int:
        """Addresses that no mail has been sent to yet."""
        return self.addressed - self.sent
