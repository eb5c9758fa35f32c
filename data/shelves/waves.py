"""What a store must know of waves. See `data.store`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from data.model import Department, DepartmentPath, Organisation, Wave, WaveSettings
from data.settings_log import LogEntry


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

    def departments(self, wave: Wave) -> tuple[Department, ...]:
        """The tree this wave asks in: the organisation's, frozen for the wave once it opens."""
        ...

    def add_departments(
        self, wave: Wave, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing in an open wave's own tree (parents too). `NotAllowed`.

        A headcount is set only where none was known: who could change it could find out
        how many took part. The organisation's own tree stays as it is.
        """
        ...

    def open(self, wave: Wave, on: date) -> Wave:
        """Draft or closed → open. `NotAllowed` from any other state.

        A draft gets a copy of the organisation's tree for its own, and its links lead to it.
        """
        ...

    def close(self, wave: Wave, on: date) -> Wave:
        """Open → closed; nothing on disk keeps an order of arrival. `NotAllowed`."""
        ...

    def change(self, seen: Wave, wanted: WaveSettings, on: date) -> Wave:
        """Give a wave these settings, if it still is as the person saw it.

        A draft may change in everything, an open or closed wave only in what
        `data.changes` names. `Conflict`: somebody else changed it meanwhile, or
        removed it. `NotAllowed`, `SetUpProblem`: the title is taken, k is lower.
        """
        ...

    def remove(self, seen: Wave) -> None:
        """Delete a draft with its links and targets. `Conflict`; `NotAllowed` once opened."""
        ...

    def keep_time(self, now: datetime) -> tuple[Wave, ...]:
        """Open drafts and close open waves whose time has come; the waves that moved.

        A draft that cannot be opened stays one, and holds up no other. Two
        processes that do this at once move a wave once. Written in both logs.
        """
        ...

    def raise_smallest_group(self, wave: Wave, smallest: int, on: date) -> Wave:
        """Ask for larger groups, until the release. `NotAllowed`, `SetUpProblem`."""
        ...

    def log(self, wave: Wave) -> tuple[LogEntry, ...]:
        """What was set and done, oldest first; `DatabaseProblem` if an entry cannot be read.

        `open`, `close`, `change` (of k), `raise_smallest_group`, `keep_time`, a release and a
        purge write it themselves.
        """
        ...
