"""What a store must know of accounts. See `data.store`."""

from collections.abc import Mapping
from typing import Protocol

from data.accounts import Account, Role
from data.model import DepartmentPath


class Accounts(Protocol):
    """People who may sign in. There is never nobody who can look after the accounts."""

    def add(
        self, email: str, name: str, role: Role, grants: Mapping[int, DepartmentPath]
    ) -> Account:
        """Create an account without a password. `SetUpProblem` where the e-mail is taken."""
        ...

    def all(self) -> tuple[Account, ...]:
        """Every account, by e-mail."""
        ...

    def find(self, email: str) -> Account:
        """The account of this e-mail, in whatever case it is typed. `NotFound`."""
        ...

    def change(self, seen: Account, wanted: Account) -> Account:
        """Make what was seen into what is wanted; the e-mail and the id stay.

        `Conflict` if somebody changed or removed it meanwhile, `NotAllowed` where
        nobody who can look after the accounts would be left.
        """
        ...

    def remove(self, seen: Account) -> None:
        """Remove an account with its sessions and links. `Conflict`, `NotAllowed` as above."""
        ...

    def password(self, account: Account) -> str | None:
        """The hash of its password; None where it has none, or is gone."""
        ...

    def set_password(self, account: Account, hashed: str) -> None:
        """Keep the hash of a new password. `NotFound` if the account is gone."""
        ...

    def ready(self) -> bool:
        """Whether there is an owner with a password."""
        ...
