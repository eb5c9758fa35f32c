"""What a store must know of responses. See `data.store`."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from data.model import Response, Wave
from data.participation import Participation
from data.results import AnswerCount, AnswerPattern, PublishedComment


class Answers(Protocol):
    """Responses while a wave is open, and what a release needs of them afterwards."""

    def add(self, wave: Wave, response: Response, on: date, personal: bytes | None = None) -> bool:
        """Store one response; False if one of this nonce stands already.

        `personal`: the hash of the personal code it came by, which is used then, once.
        `NotAllowed` unless open, `NotFound` where the wave was erased meanwhile.
        """
        ...

    def add_many(self, wave: Wave, responses: Iterable[Response], on: date) -> int:
        """Store all of them or none; the number stored. `NotAllowed` unless open."""
        ...

    def per_day(self, wave: Wave) -> Mapping[date, int]:
        """Responses per day of the whole organisation."""
        ...

    def participation(self, wave: Wave, now: datetime) -> Participation:
        """Departments' participation in bands, counted at most once an hour. `NotAllowed`.

        `now` has a time zone, so that no change of clocks shortens the hour. Closing
        forgets the bands; a wave that is not open has none.
        """
        ...

    def counts(self, wave: Wave) -> tuple[AnswerCount, ...]:
        """Answers counted per department, position, contact, item and value."""
        ...

    def patterns(self, wave: Wave) -> tuple[AnswerPattern, ...]:
        """How many people of each department and facts gave the very same answers throughout."""
        ...

    def comments(self, wave: Wave) -> tuple[PublishedComment, ...]:
        """Every comment with its author's department, sorted by nothing but its text."""
        ...

    def kept(self) -> tuple[Wave, ...]:
        """Released waves whose raw answers are still here, the one released first first."""
        ...

    def purge(self, on: date) -> Mapping[Wave, int]:
        """Delete raw answers and comments whose time is over; responses deleted, by wave."""
        ...

    def purge_wave(self, wave: Wave, on: date) -> int:
        """Delete a released wave's raw answers now; the responses deleted. `NotAllowed`."""
        ...
