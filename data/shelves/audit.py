"""What a store must know of the audit log. See `data.store`."""

from typing import Protocol

from data.audit import AuditEntry


class AuditLog(Protocol):
    """Who did what and when; entries are never changed. Erasing an organisation erases its own."""

    def write(self, entry: AuditEntry) -> None:
        """Write an entry, in the transaction of the act where there is one."""
        ...

    def read(
        self,
        most: int | None = 1000,
        *,
        skip: int = 0,
        organisation: int | None = None,
        who: str = "",
    ) -> tuple[AuditEntry, ...]:
        """The latest entries, newest first; all of them where `most` is None.

        `skip`: so many of the newest are left out. `organisation`, `who`: only
        those that concern it, only those by them. `DatabaseProblem` if an entry
        cannot be read.
        """
        ...

    def count(self, *, organisation: int | None = None, who: str = "") -> int:
        """How many entries there are, of an organisation or by somebody."""
        ...

    def people(self) -> tuple[str, ...]:
        """Everybody who has an entry, in alphabetical order."""
        ...
