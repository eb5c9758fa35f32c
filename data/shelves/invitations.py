"""What a store must know of the links to a wave. See `data.store`."""

from collections.abc import Mapping
from typing import Protocol

from data.model import Department, Invitation, Wave


class Invitations(Protocol):
    """The links to a wave."""

    def add(self, wave: Wave, codes: Mapping[str, Department]) -> None:
        """Add links that carry a department."""
        ...

    def find(self, code: str) -> Invitation:
        """What a link's code stands for, shared or personal. `NotFound`."""
        ...

    def of(self, wave: Wave) -> tuple[Invitation, ...]:
        """The wave's links, the open one first, then in the tree's order."""
        ...
