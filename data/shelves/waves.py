"""What a store must know of waves. See `data.store`."""

from datetime import date
from typing import Protocol

from data.model import Department, Organisation, Wave, WaveSettings
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
