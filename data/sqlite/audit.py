"""The shelf of the audit log. See `data.shelves.audit`."""

from datetime import UTC, datetime

from sqlite_utils import Database

from data.audit import AuditAct, AuditEntry
from data.errors import DatabaseProblem
from data.sqlite.connections import Connections

_WANTED = "WHERE (:organisation IS NULL OR organisation_id = :organisation) AND :who IN ('', who)"


class SqliteAuditLog:
    """Fulfils `data.shelves.audit.AuditLog`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def write(self, entry: AuditEntry) -> None:
        """Write an entry, in the transaction of the act where there is one."""
        with self._connections.writing() as db:
            write_entry(db, entry)

    def read(
        self,
        most: int | None = 1000,
        *,
        skip: int = 0,
        organisation: int | None = None,
        who: str = "",
    ) -> tuple[AuditEntry, ...]:
        """The latest entries, newest first. `DatabaseProblem` if one cannot be read."""
        limit = -1 if most is None else most
        wanted = {"organisation": organisation, "who": who, "most": limit, "skip": skip}
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT number, at, who, act, organisation_id, subject FROM audit"  # noqa: S608
                f" {_WANTED} ORDER BY number DESC LIMIT :most OFFSET :skip",
                wanted,
            ).fetchall()
        return tuple(_entry(*row) for row in rows)

    def count(self, *, organisation: int | None = None, who: str = "") -> int:
        """How many entries there are."""
        with self._connections.borrow() as db:
            (number,) = db.execute(
                f"SELECT count(*) FROM audit {_WANTED}",  # noqa: S608
                {"organisation": organisation, "who": who},
            ).fetchone()
        return int(number)

    def people(self) -> tuple[str, ...]:
        """Everybody who has an entry."""
        with self._connections.borrow() as db:
            rows = db.execute("SELECT DISTINCT who FROM audit ORDER BY who").fetchall()
        return tuple(who for (who,) in rows)


def write_entry(db: Database, entry: AuditEntry) -> None:
    """Write an entry, in the transaction of the act itself."""
    at = entry.at.astimezone(UTC).isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO audit (at, who, act, organisation_id, subject) VALUES (?, ?, ?, ?, ?)",
        [at, entry.who, entry.act, entry.organisation, entry.subject],
    )


def _entry(
    number: int, at: str, who: str, act: str, organisation: int | None, subject: str
) -> AuditEntry:
    try:
        return AuditEntry(datetime.fromisoformat(at), who, AuditAct(act), organisation, subject)
    except (TypeError, ValueError) as error:
        raise DatabaseProblem("error.audit_unreadable", number=number) from error
