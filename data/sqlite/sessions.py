"""The shelf of signed-in browsers and of one-time links. See `data.shelves.sessions`."""

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from data.accounts import Account, Ticket, TicketKind
from data.errors import NotFound
from data.sqlite.accounts import read_account
from data.sqlite.connections import Connections

_MINUTE = timedelta(minutes=1)


class SqliteSessions:
    """Fulfils `data.shelves.sessions.Sessions`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def begin(self, session: bytes, account: Account, now: datetime, until: datetime) -> None:
        """Sign a browser in, until then at the latest. `NotFound` if the account is gone."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM session WHERE until <= ?", [_text(now)])
            db.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)",
                [session, read_account(db, account.id).id, _text(now), _text(until)],
            )

    def account(self, session: bytes, now: datetime, idle: timedelta) -> Account | None:
        """Whose session it is; None if it is unknown, over, or was not used for `idle`."""
        with self._connections.borrow() as db:
            query = "SELECT account_id, seen, until FROM session WHERE hash = ?"
            row = db.execute(query, [session]).fetchone()
            if row is None:
                return None
            account_id, seen, until = row[0], datetime.fromisoformat(row[1]), row[2]
            if _text(now) >= min(until, _text(seen + idle)):
                return None
            try:
                account = read_account(db, account_id)
            except NotFound:  # removed between the two questions
                return None
        if now.astimezone(UTC) - seen >= _MINUTE:
            self._touch(session, now)
        return account

    def end(self, session: bytes) -> None:
        """Sign this browser out."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM session WHERE hash = ?", [session])

    def end_all(self, account: Account) -> None:
        """Sign all browsers of an account out."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM session WHERE account_id = ?", [account.id])

    def offer(
        self, ticket: bytes, kind: TicketKind, account: Account | None, until: datetime
    ) -> None:
        """Make a one-time link good until then. `NotFound` if the account is gone."""
        with self._connections.writing() as db:
            id_ = read_account(db, account.id).id if account else None
            if kind is not TicketKind.SIGN_ON:
                db.execute("DELETE FROM ticket WHERE kind = ? AND account_id IS ?", [kind, id_])
            db.execute("INSERT INTO ticket VALUES (?, ?, ?, ?)", [ticket, kind, id_, _text(until)])

    def offered(self, ticket: bytes, kind: TicketKind, now: datetime) -> Ticket | None:
        """What a link of this kind stands for if it is good; it stays good."""
        with self._connections.borrow() as db:
            return _ticket(db, ticket, kind, now)

    def redeem(self, ticket: bytes, kind: TicketKind, now: datetime) -> Ticket | None:
        """What a link of this kind stood for if it was good; from now on it is not."""
        with self._connections.writing() as db:
            found = _ticket(db, ticket, kind, now)
            db.execute("DELETE FROM ticket WHERE until <= ?", [_text(now)])
            if found:
                db.execute("DELETE FROM ticket WHERE hash = ?", [ticket])
            return found

    def _touch(self, session: bytes, now: datetime) -> None:
        with self._connections.writing() as db:
            db.execute("UPDATE session SET seen = ? WHERE hash = ?", [_text(now), session])


def _ticket(db: Database, ticket: bytes, kind: TicketKind, now: datetime) -> Ticket | None:
    query = "SELECT account_id FROM ticket WHERE hash = ? AND kind = ? AND until > ?"
    row = db.execute(query, [ticket, kind, _text(now)]).fetchone()
    if row is None:
        return None
    return Ticket(kind, read_account(db, row[0]) if row[0] is not None else None)


def _text(moment: datetime) -> str:
    """A moment as the file keeps it: in UTC and always as long, so that text compares as time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
