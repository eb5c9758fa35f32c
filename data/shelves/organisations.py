"""What a store must know of clients and their trees of departments. See `data.store`."""

from collections.abc import Mapping
from typing import Protocol

from data.model import Department, DepartmentPath, Organisation, Profile
from data.tree import Entry


class Organisations(Protocol):
    """Clients and their trees of departments."""

    def add(
        self,
        name: str,
        *,
        demo: bool = False,
        separator: str = "/",
        profile: Profile | None = None,
    ) -> Organisation:
        """Create an organisation. `SetUpProblem` where the name is taken."""
        ...

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by name."""
        ...

    def departments(self, organisation: Organisation) -> tuple[Department, ...]:
        """The tree that the next wave asks in: parents first, siblings in the order of adding."""
        ...

    def save_departments(
        self, organisation: Organisation, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing (parents too) and set the headcounts given; None keeps the old."""
        ...

    def replace_departments(
        self, organisation: Organisation, seen: tuple[Department, ...], wanted: tuple[Entry, ...]
    ) -> tuple[Department, ...]:
        """Make this the tree. `Conflict` unless it is as `seen` now; `ImportProblem`.

        A department that is renamed or moved keeps its id, and with it the links of waves
        that are not open yet; their targets and leaders' parts of the tree, which are
        known by path, follow it. Of a removed one those links and targets go too, while a
        leader whose part it was sees the whole first. Waves that were opened keep their
        own tree, and releases their names.
        """
        ...
