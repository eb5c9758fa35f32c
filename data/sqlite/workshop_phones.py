"""What phones send to a workshop: joining, votes, ideas and questions."""

from collections.abc import Mapping

from sqlite_utils import Database

from data.errors import NotAllowed, NotFound
from data.sqlite.connections import Connections
from data.sqlite.workshop_rounds import open_now
from data.sqlite.workshop_rows import read_workshops
from data.workshops import (
    MOST_CONTRIBUTIONS,
    MOST_PHONES,
    StepKind,
    Workshop,
    WorkshopState,
    fits,
)


class SqliteWorkshopPhones:
    """Fulfils the phones' part of `data.shelves.workshops.Workshops`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def join(self, workshop: Workshop, phone: bytes) -> bool:
        """Let a phone in; False if it was in. `NotAllowed`: not running, or too many."""
        with self._connections.writing() as db:
            now = _running(db, workshop)
            if _joined(db, now, phone):
                return False
            if now.phones >= MOST_PHONES:
                raise NotAllowed("error.workshop_full")
            db.execute("INSERT INTO workshop_phone VALUES (?, ?)", [now.id, phone])
            return True

    def joined(self, workshop: Workshop, phone: bytes) -> bool:
        """Whether a phone was let in."""
        with self._connections.borrow() as db:
            return _joined(db, workshop, phone)

    def vote(
        self, workshop: Workshop, round_id: int, phone: bytes, values: Mapping[str, int]
    ) -> None:
        """Keep what a phone votes in a round, instead of what it voted before. `NotAllowed`."""
        with self._connections.writing() as db:
            now = _running(db, workshop)
            asked = open_now(db, now)
            if now.step is None or asked.id != round_id:
                raise NotAllowed("error.round_closed")
            if not fits(now.step, asked, now.plan.dots, values):
                raise NotAllowed("error.vote_unfit")
            db.execute(
                "DELETE FROM workshop_vote WHERE round_id = ? AND phone = ?", [round_id, phone]
            )
            db.conn.executemany(
                "INSERT INTO workshop_vote VALUES (?, ?, ?, ?, ?)",
                [(now.id, round_id, phone, one, value) for one, value in values.items()],
            )

    def voted(self, workshop: Workshop, round_id: int, phone: bytes) -> Mapping[str, int]:
        """What a phone votes in a round that is open; {} if nothing."""
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT question, value FROM workshop_vote"
                " WHERE workshop_id = ? AND round_id = ? AND phone = ?",
                [workshop.id, round_id, phone],
            )
            return dict(rows.fetchall())

    def contribute(self, workshop: Workshop, step: int, nonce: bytes, text: str) -> bool:
        """Keep an idea, or at step 0 a question; False if one of this nonce was kept before."""
        with self._connections.writing() as db:
            now = _running(db, workshop)
            row = [now.id, nonce]
            if db.execute(
                "SELECT 1 FROM workshop_contribution WHERE workshop_id = ? AND id = ?", row
            ).fetchone():
                return False
            round_id = _collecting(db, now, step) if step else None
            (kept,) = db.execute(
                "SELECT count(*) FROM workshop_contribution WHERE workshop_id = ?", [now.id]
            ).fetchone()
            if kept >= MOST_CONTRIBUTIONS:
                raise NotAllowed("error.workshop_full")
            db.execute(
                "INSERT INTO workshop_contribution (workshop_id, id, step, round_id, text)"
                " VALUES (?, ?, ?, ?, ?)",
                [*row, step, round_id, text],
            )
            return True


def _joined(db: Database, workshop: Workshop, phone: bytes) -> bool:
    row = [workshop.id, phone]
    found = db.execute("SELECT 1 FROM workshop_phone WHERE workshop_id = ? AND phone = ?", row)
    return found.fetchone() is not None


def _running(db: Database, workshop: Workshop) -> Workshop:
    """The workshop as it is now. `NotAllowed` unless it runs, `NotFound`."""
    found = read_workshops(db, "workshop.id = ?", workshop.id)
    if not found:
        raise NotFound("error.workshop_unknown", code=workshop.code)
    if found[0].state is not WorkshopState.RUNNING:
        raise NotAllowed("error.workshop_not_running", workshop=workshop.plan.title)
    return found[0]


def _collecting(db: Database, workshop: Workshop, step: int) -> int:
    """The round in which ideas for a step are collected now. `NotAllowed`."""
    current, now = open_now(db, workshop), workshop.step
    if now is None or now.kind is not StepKind.IDEAS or now.id != step:
        raise NotAllowed("error.round_closed")
    return current.id
