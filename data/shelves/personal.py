"""What a store must know of personal invitations. See `data.store`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from data.invited import Delivery, Invited, InvitedCounts
from data.model import Wave


class PersonalInvitations(Protocol):
    """Links for one person each: hashes of their codes, until the release addresses too.

    Nothing here says by which response a link was used, nor when. `Invitations.find`
    finds them, `Answers.add` uses them.
    """

    def add(self, wave: Wave, invited: Sequence[Invited]) -> None:
        """Add all or none. `SetUpProblem`: an address is there already. `NotAllowed`: closed."""
        ...

    def discard(self, wave: Wave) -> int:
        """Delete all of a draft's; how many there were. `NotAllowed` once it has opened."""
        ...

    def counts(self, wave: Wave) -> InvitedCounts:
        """How many there are, and what became of them, in the whole wave."""
        ...

    def to_invite(self, wave: Wave) -> tuple[str, ...]:
        """The addresses that no mail has reached yet, in their alphabet's order."""
        ...

    def failures(self, wave: Wave) -> Mapping[str, Delivery]:
        """The addresses whose invitation could not be delivered, and why."""
        ...

    def renew(self, wave: Wave, address: str, code: bytes) -> bool:
        """Add the hash of a fresh code; those before stay good. Whether it can still be used.

        Those who answered get one too, or the number of codes would tell who they are.
        `NotAllowed` unless the wave is open.
        """
        ...

    def deliver(self, wave: Wave, address: str, delivery: Delivery, at: datetime) -> None:
        """Keep what became of an invitation's mail."""
        ...

    def begin_reminding(self, wave: Wave, now: datetime) -> None:
        """Begin a round of reminders, or go on with one that was interrupted. `NotAllowed`.

        Not allowed unless the wave is open, of few, and soon after the last mail.
        """
        ...

    def to_remind(self, wave: Wave) -> tuple[str, ...]:
        """Whom this round still has to remind. For the post only, never for a screen."""
        ...

    def remind(self, wave: Wave, address: str, at: datetime) -> None:
        """Keep that this round is done with an address, whether its mail arrived or not."""
        ...
