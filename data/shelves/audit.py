"""What a store must know of the audit log. See `data.store`."""

from typing import Protocol

from data.audit import AuditEntry


class AuditLog(Protocol):
    """Who did what and when; entries are never changed. Erasing an organisation erases its own."""

    def write(self, entry: AuditEntry) -> None:
        """Write an entry, in the transaction of the act where there is one."""
        ...

    def read(self, most: int = 1000) -> tuple[AuditEntry, ...]:
        """The latest entries, newest first."""
        ...
