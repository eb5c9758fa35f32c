"""The shelf of the owner's browsers. See `data.shelves.Sessions`."""

from datetime import datetime

from data.sqlite.connections import Connections


class SqliteSessions:
    """Fulfils `data.shelves.Sessions`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def offer(self, link: bytes) -> None:
        """Make this the one owner link that is good; earlier ones are not any more."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM owner_link")
            db.execute("INSERT INTO owner_link VALUES (?)", [link])

    def redeem(self, link: bytes, session: bytes, until: datetime) -> bool:
        """Turn an owner link into a session, once; False if the link is not good."""
        with self._connections.writing() as db:
            if not db.execute("DELETE FROM owner_link WHERE hash = ?", [link]).rowcount:
                return False
            db.execute("INSERT INTO owner_session VALUES (?, ?)", [session, until.isoformat()])
        return True

    def known(self, session: bytes, now: datetime) -> bool:
        """Whether this session is the owner's and has not run out."""
        with self._connections.borrow() as db:
            row = db.execute("SELECT until FROM owner_session WHERE hash = ?", [session]).fetchone()
        return row is not None and now < datetime.fromisoformat(row[0])

    def end(self, session: bytes) -> None:
        """Sign this browser out."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM owner_session WHERE hash = ?", [session])
