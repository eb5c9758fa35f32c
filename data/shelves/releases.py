"""What a store must know of releases. See `data.store`."""

from datetime import date
from typing import Protocol

from data.model import Wave
from data.results import Release


class Releases(Protocol):
    """Frozen results."""

    def save(self, wave: Wave, release: Release, on: date) -> Wave:
        """Closed → released, with its figures, in one step and for good. `NotAllowed`."""
        ...

    def load(self, wave: Wave) -> Release:
        """The frozen release. `NotAllowed` where there is none."""
        ...
