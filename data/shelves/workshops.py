"""What a store must know of workshops. See `data.store`.

Votes are kept by phone only until their round is closed; what an open round counts
no method tells. A change is refused with `Conflict` where the workshop is not
any more as it was seen.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from data.model import Organisation, Wave
from data.workshops import Choice, Contribution, Room, Tally, Workshop, WorkshopPlan


class Workshops(Protocol):
    """Rooms full of people, with what they vote and write."""

    def add(
        self, organisation: Organisation, wave: Wave | None, plan: WorkshopPlan, code: str
    ) -> Workshop:
        """Plan one. `NotAllowed` where its wave is not released, `SetUpProblem`: code used."""
        ...

    def of(self, organisation: Organisation) -> tuple[Workshop, ...]:
        """All of an organisation, the latest first."""
        ...

    def room(self, code: str) -> Room:
        """A workshop as it stands now. `NotFound`."""
        ...

    def version(self, code: str) -> int:
        """Its version alone, quickly. `NotFound`."""
        ...

    def replan(self, seen: Workshop, plan: WorkshopPlan) -> Workshop:
        """Change title, dots, order, minutes, notes and what is skipped. `Conflict`.

        `NotAllowed` where steps come, go or ask something else, or where a round that
        is open asks for another number of dots.
        """
        ...

    def remove(self, seen: Workshop) -> None:
        """Delete it with all that was said in it; what was agreed stays. `Conflict`."""
        ...

    def go(
        self, seen: Workshop, step: int, today: date, choices: Sequence[Choice] = ()
    ) -> Workshop:
        """Move to a step, beginning or resuming the workshop where it does not run.

        The first time, a step that is asked in rounds opens its first; `choices`:
        what dots can be given to then. Stops the timer. `Conflict`, `NotFound`: no such step.
        """
        ...

    def reveal(self, seen: Workshop) -> Workshop:
        """Close the present round: its votes become counts, and are deleted. `Conflict`.

        Where no item has k, nothing is kept, and it is closed all the same: otherwise one
        could try after each vote whether it judged. `NotAllowed` ("error.round_too_few")
        below k voters, ("error.round_closed") where no round is open.
        """
        ...

    def again(self, seen: Workshop, choices: Sequence[Choice] = ()) -> Workshop:
        """Open another round of the present step. `NotAllowed` where one is open. `Conflict`."""
        ...

    def end(self, seen: Workshop) -> Workshop:
        """End it: rounds that were not closed are deleted, and who joined is forgotten.

        How many they were stays; of one that was resumed, the larger number.
        """
        ...

    def end_forgotten(self, today: date) -> tuple[Workshop, ...]:
        """End those that began before yesterday, or on a day to come; which they were."""
        ...

    def set_timer(self, seen: Workshop, ends: datetime | None) -> None:
        """Start or stop the timer. Phones do not show it, so the version stays."""
        ...

    def touch(self, workshop: Workshop) -> None:
        """Tell every screen that there is something new."""
        ...

    def tallies(self, workshop: Workshop) -> Mapping[int, Tally]:
        """What every closed poll or dot round counted, by the round's id."""
        ...

    def join(self, workshop: Workshop, phone: bytes) -> bool:
        """Let a phone in; False if it was in. `NotAllowed`: not running, or too many."""
        ...

    def joined(self, workshop: Workshop, phone: bytes) -> bool:
        """Whether a phone was let in."""
        ...

    def vote(
        self, workshop: Workshop, round_id: int, phone: bytes, values: Mapping[str, int]
    ) -> None:
        """Keep what a phone votes in a round, instead of what it voted before.

        No values take it back. `NotAllowed` ("error.round_closed") unless the round is open
        and its step present, ("error.vote_unfit") where it does not ask for such a vote.
        """
        ...

    def voted(self, workshop: Workshop, round_id: int, phone: bytes) -> Mapping[str, int]:
        """What a phone votes in a round that is open; {} if nothing."""
        ...

    def contribute(self, workshop: Workshop, step: int, nonce: bytes, text: str) -> bool:
        """Keep an idea, or at step 0 a question; False if one of this nonce was kept before.

        That is so when it comes once more after its round is closed, too.
        `NotAllowed` ("error.round_closed") where ideas are not collected now,
        ("error.workshop_full"), ("error.workshop_not_running").
        """
        ...

    def contributions(self, workshop: Workshop) -> tuple[Contribution, ...]:
        """What was written, in no order of arrival: ideas of closed rounds, and every question."""
        ...

    def arrange(self, workshop: Workshop, changed: Sequence[Contribution]) -> None:
        """Show, hide and group what was written; its text and step stay. Unknown ids are left."""
        ...
