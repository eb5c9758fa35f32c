"""The shelf of the audit log. See `data.shelves.audit`."""

from datetime import UTC, datetime

from sqlite_utils import Database

from data.audit import AuditAct, AuditEntry
from data.sqlite.connections import Connections


class SqliteAuditLog:
    """Fulfils `data.shelves.audit.AuditLog`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def write(self, entry: AuditEntry) -> None:
        """Write an entry, in the transaction of the act where there is one."""
        with self._connections.writing() as db:
            write_entry(db, entry)

    def read(self, most: int = 1000) -> tuple[AuditEntry, ...]:
        """The latest entries, newest first."""
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT at, who, act, organisation_id, subject FROM audit"
                " ORDER BY number DESC LIMIT ?",
                [most],
            ).fetchall()
        return tuple(
            AuditEntry(datetime.fromisoformat(at), who, AuditAct(act), organisation, subject)
            for at, who, act, organisation, subject in rows
        )


def write_entry(db: Database, entry: AuditEntry) -> None:
    """Write an entry, in the transaction of the act itself."""
    at = entry.at.astimezone(UTC).isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO audit (at, who, act, organisation_id, subject) VALUES (?, ?, ?, ?, ?)",
        [at, entry.who, entry.act, entry.organisation, entry.subject],
    )
