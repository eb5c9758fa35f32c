"""The store's contract: what every database behind Kundenkompass must do.

A store has one shelf for each kind of thing. The SQLite store (`data/sqlite`)
fulfils the contract today; its tests are written against this module, so that
a second store can be held to the same.

Every method may raise `DatabaseProblem`. All writes are whole or not at all,
and are on disk when the method returns.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from data.model import (
    Department,
    DepartmentPath,
    Invitation,
    Organisation,
    Response,
    Wave,
    WaveSettings,
)
from data.participation import Participation
from data.results import AnswerCount, AnswerPattern, Prediction, PublishedComment, Release, Targets
from data.settings_log import LogEntry


class Organisations(Protocol):
    """Clients and their trees of departments."""

    def add(self, name: str, *, demo: bool = False, separator: str = "/") -> Organisation:
        """Create an organisation. `SetUpProblem` where the name is taken."""
        ...

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by name."""
        ...

    def departments(self, organisation: Organisation) -> tuple[Department, ...]:
        """The tree, parents before children, siblings in the order they were added."""
        ...

    def save_departments(
        self, organisation: Organisation, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing (parents too) and set the headcounts given; None keeps the old."""
        ...


class Waves(Protocol):
    """Administrations and their links. A wave's state changes here and nowhere else."""

    def add(self, organisation: Organisation, settings: WaveSettings, code: str) -> Wave:
        """Create a draft; `code` becomes its open link. `SetUpProblem`: the title is taken."""
        ...

    def all(self) -> tuple[Wave, ...]:
        """Every wave, by organisation, oldest first."""
        ...

    def find(self, reference: str) -> Wave:
        """The wave of this code, or of this title where only one has it. `NotFound`."""
        ...

    def open(self, wave: Wave, on: date) -> Wave:
        """Draft or closed → open. `NotAllowed` from any other state."""
        ...

    def close(self, wave: Wave, on: date) -> Wave:
        """Open → closed; nothing on disk keeps an order of arrival. `NotAllowed`."""
        ...

    def raise_smallest_group(self, wave: Wave, smallest: int, on: date) -> Wave:
        """Ask for larger groups, until the release. `NotAllowed`, `SetUpProblem`."""
        ...

    def log(self, wave: Wave) -> tuple[LogEntry, ...]:
        """What was set and done, oldest first; `DatabaseProblem` if an entry cannot be read.

        `open`, `close`, `raise_smallest_group`, a release and a purge write it themselves.
        """
        ...

    def invite(self, wave: Wave, codes: Mapping[str, Department]) -> None:
        """Add links that carry a department."""
        ...

    def invitation(self, code: str) -> Invitation:
        """What a link's code stands for. `NotFound`."""
        ...

    def invitations(self, wave: Wave) -> tuple[Invitation, ...]:
        """The wave's links, the open one first, then in the tree's order."""
        ...


class Answers(Protocol):
    """Responses while a wave is open, and what a release needs of them afterwards."""

    def add(self, wave: Wave, response: Response, on: date) -> bool:
        """Store one response; False if one of this nonce stands already. `NotAllowed`."""
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


class Expectations(Protocol):
    """What leadership wants and predicts of a wave; locked by its release."""

    def targets(self, wave: Wave) -> Targets:
        """The targets that were set, the wave's own at ()."""
        ...

    def set_targets(self, wave: Wave, path: DepartmentPath, values: Mapping[str, float]) -> None:
        """Make these the only targets of a department, or of the wave at (). `NotAllowed`."""
        ...

    def predictions(self, wave: Wave) -> Mapping[str, Prediction]:
        """What leadership predicted, by dimension."""
        ...

    def predict(self, wave: Wave, values: Mapping[str, float], by: str, on: date) -> None:
        """Make these the wave's only predictions, agreed under this name. `NotAllowed`."""
        ...


class Releases(Protocol):
    """Frozen results."""

    def save(self, wave: Wave, release: Release, on: date) -> Wave:
        """Closed → released, with its figures, in one step and for good. `NotAllowed`."""
        ...

    def load(self, wave: Wave) -> Release:
        """The frozen release. `NotAllowed` where there is none."""
        ...


class Sessions(Protocol):
    """Which browsers are the owner's. Only hashes are kept."""

    def offer(self, link: bytes) -> None:
        """Make this the one owner link that is good; earlier ones are not any more."""
        ...

    def redeem(self, link: bytes, session: bytes, until: datetime) -> bool:
        """Turn an owner link into a session, once; False if the link is not good."""
        ...

    def known(self, session: bytes, now: datetime) -> bool:
        """Whether this session is the owner's and has not run out."""
        ...

    def end(self, session: bytes) -> None:
        """Sign this browser out."""
        ...


class Store(Protocol):
    """Everything that is kept."""

    @property
    def organisations(self) -> Organisations:
        """The shelf of clients."""
        ...

    @property
    def waves(self) -> Waves:
        """The shelf of waves and links."""
        ...

    @property
    def answers(self) -> Answers:
        """The shelf of responses."""
        ...

    @property
    def expectations(self) -> Expectations:
        """The shelf of targets and predictions."""
        ...

    @property
    def releases(self) -> Releases:
        """The shelf of results."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The shelf of the owner's browsers."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Everything that this thread writes in the block is kept, or none of it."""
        ...

    def check(self) -> None:
        """Read and lock the database for a moment; `DatabaseProblem` if that fails."""
        ...

    def truncate_log(self) -> None:
        """Empty the write-ahead log, whose frames keep the order of arrival."""
        ...

    def back_up(self, file: Path) -> None:
        """Write a whole copy to a new file, for its owner only. `SetUpProblem` names the file.

        Answers may go on coming in meanwhile. The copy keeps what it holds.
        """
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
