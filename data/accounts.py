"""The values of accounts: who may come in, and what is theirs. Imports data's values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.model import DepartmentPath


class Role(StrEnum):
    """What an account may do. Never a fact about a respondent."""

    OWNER = "owner"
    """Everything, accounts included."""
    CONSULTANT = "consultant"
    """Sets up, runs and releases the surveys of their organisations."""
    LEADER = "leader"
    """Reads the releases of their organisation, sets targets, predicts."""


class TicketKind(StrEnum):
    """What a one-time link is for."""

    SET_UP = "set_up"
    """The first owner's account."""
    PASSWORD = "password"  # noqa: S105 - a kind of link, not a password
    """A first or a new password."""
    SIGN_ON = "sign_on"
    """Signing in once, after an identity provider has said who it is."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `email` is in lower case and names the account.

    `grants`: the organisations (by id) that are theirs, and in each the part of
    the tree that is shown to them first, () for the whole. An owner needs none.
    """

    id: int
    email: str
    name: str
    role: Role
    grants: Mapping[int, DepartmentPath] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name and e-mail, as the audit log keeps them."""
        return f"{self.name} <{self.email}>"

    def runs(self, organisation_id: int) -> bool:
        """Whether they set up, run and release the surveys of this organisation."""
        if self.role is Role.OWNER:
            return True
        return self.role is Role.CONSULTANT and organisation_id in self.grants

    def reads(self, organisation_id: int) -> bool:
        """Whether they read the releases of this organisation, and set its targets."""
        return self.role is Role.OWNER or organisation_id in self.grants


@dataclass(frozen=True, slots=True)
class Ticket:
    """A one-time link that is good: what it is for and whose it is, None for a set-up."""

    kind: TicketKind
    account: Account | None
