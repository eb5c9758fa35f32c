"""What a store must know of clients and their trees of departments. See `data.store`."""

from collections.abc import Mapping
from typing import Protocol

from data.model import Department, DepartmentPath, Organisation, Profile


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
        """The tree, parents before children, siblings in the order they were added."""
        ...

    def save_departments(
        self, organisation: Organisation, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing (parents too) and set the headcounts given; None keeps the old."""
        ...
