"""The SQLite store: one file, opened safely, one room a shelf.

`open_store` is the way in. SQL is spoken here and nowhere else in the house.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from data.sqlite.accounts import SqliteAccounts
from data.sqlite.answers import SqliteAnswers
from data.sqlite.audit import SqliteAuditLog
from data.sqlite.connections import Connections
from data.sqlite.copies import write_copy
from data.sqlite.expectations import SqliteExpectations
from data.sqlite.invitations import SqliteInvitations
from data.sqlite.measures import SqliteMeasures
from data.sqlite.organisations import SqliteOrganisations
from data.sqlite.personal import SqlitePersonalInvitations
from data.sqlite.profiles import SqliteProfiles
from data.sqlite.releases import SqliteReleases
from data.sqlite.sessions import SqliteSessions
from data.sqlite.waves import SqliteWaves
from data.sqlite.workshops import SqliteWorkshops


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """Fulfils `data.store.Store` with one SQLite file."""

    organisations: SqliteOrganisations
    profiles: SqliteProfiles
    waves: SqliteWaves
    invitations: SqliteInvitations
    personal: SqlitePersonalInvitations
    answers: SqliteAnswers
    expectations: SqliteExpectations
    releases: SqliteReleases
    measures: SqliteMeasures
    workshops: SqliteWorkshops
    accounts: SqliteAccounts
    sessions: SqliteSessions
    audit: SqliteAuditLog
    connections: Connections

    def together(self) -> AbstractContextManager[None]:
        """Everything that this thread writes in the block is kept, or none of it."""
        return self.connections.together()

    def check(self) -> None:
        """Read and lock the database for a moment; `DatabaseProblem` if that fails."""
        self.connections.check()

    def truncate_log(self) -> None:
        """Empty the write-ahead log, whose frames keep the order of arrival."""
        self.connections.truncate_log()

    def back_up(self, file: Path) -> None:
        """Write a whole copy to a new file, for its owner only. `SetUpProblem` names the file."""
        with self.connections.borrow() as db:
            write_copy(db.conn, file)

    def close(self) -> None:
        """Close every connection."""
        self.connections.close()


def open_store(path: Path, *, patience: float = 5.0, to_read: bool = False) -> SqliteStore:
    """Open the database at `path`, creating or migrating it where needed.

    `patience`: seconds to wait for a lock. `to_read`: the file must be up to date
    (`data.sqlite.checking`), and nothing is ever written to it. Raises `DatabaseProblem` naming the
    path and the next step when the file is of a newer version, locked,
    read-only, damaged or somebody else's; it is not written to then.
    """
    connections = Connections(path, patience, to_read=to_read)
    connections.prepare()
    return SqliteStore(
        organisations=SqliteOrganisations(connections),
        profiles=SqliteProfiles(connections),
        waves=SqliteWaves(connections),
        invitations=SqliteInvitations(connections),
        personal=SqlitePersonalInvitations(connections),
        answers=SqliteAnswers(connections),
        expectations=SqliteExpectations(connections),
        releases=SqliteReleases(connections),
        measures=SqliteMeasures(connections),
        workshops=SqliteWorkshops(connections),
        accounts=SqliteAccounts(connections),
        sessions=SqliteSessions(connections),
        audit=SqliteAuditLog(connections),
        connections=connections,
    )
