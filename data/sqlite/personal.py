"""The shelf of personal invitations. See `data.shelves.personal`."""

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlite_utils import Database

from data.errors import NotAllowed, SetUpProblem
from data.invited import BETWEEN_MAILS, SMALLEST_INVITED, Delivery, Invited, InvitedCounts
from data.model import Wave, WaveState
from data.sqlite.connections import Connections
from data.sqlite.wave_states import check_open, read_state

_ID_BYTES = 16
_HASH_BYTES = 32


class SqlitePersonalInvitations:
    """Fulfils `data.shelves.personal.PersonalInvitations`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, wave: Wave, invited: Sequence[Invited]) -> None:
        """Add all or none. `SetUpProblem`: an address is there already. `NotAllowed`: closed."""
        with self._connections.writing() as db:
            state = read_state(db, wave)
            if state not in {WaveState.DRAFT, WaveState.OPEN}:
                raise NotAllowed("error.invite_over", wave=wave.title, state=state)
            # In the order of random keys, so that the file tells nothing of the list's order.
            keyed = {secrets.token_bytes(_ID_BYTES): one for one in invited}
            for id_, one in sorted(keyed.items()):
                _insert(db, wave, id_, one)

    def discard(self, wave: Wave) -> int:
        """Delete all of a draft's; how many there were. `NotAllowed` once it has opened."""
        with self._connections.writing() as db:
            if read_state(db, wave) is not WaveState.DRAFT:
                raise NotAllowed("error.invited_kept", wave=wave.title)
            return int(
                db.execute("DELETE FROM personal_invitation WHERE wave_id = ?", [wave.id]).rowcount
            )

    def counts(self, wave: Wave) -> InvitedCounts:
        """How many there are, and what became of them, in the whole wave."""
        with self._connections.borrow() as db:
            return read_counts(db, wave)

    def to_invite(self, wave: Wave) -> tuple[str, ...]:
        """The addresses that no mail has reached yet, in their alphabet's order."""
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT address FROM personal_invitation WHERE wave_id = ?"
                " AND address IS NOT NULL AND delivery IS NOT 'sent' ORDER BY address",
                [wave.id],
            ).fetchall()
        return tuple(address for (address,) in rows)

    def failures(self, wave: Wave) -> Mapping[str, Delivery]:
        """The addresses whose invitation could not be delivered, and why."""
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT address, delivery FROM personal_invitation WHERE wave_id = ?"
                " AND delivery IN ('refused', 'failed') ORDER BY address",
                [wave.id],
            ).fetchall()
        return {address: Delivery(delivery) for address, delivery in rows}

    def renew(self, wave: Wave, address: str, code: bytes) -> bool:
        """Add the hash of a fresh code; those before stay good. Whether it can still be used."""
        with self._connections.writing() as db:
            check_open(db, wave)
            found = db.execute(
                "SELECT id, used FROM personal_invitation WHERE wave_id = ? AND address = ?",
                [wave.id, address],
            ).fetchone()
            if found:
                db.execute("INSERT INTO personal_code VALUES (?, ?)", [code, found[0]])
        return bool(found) and not found[1]

    def deliver(self, wave: Wave, address: str, delivery: Delivery, at: datetime) -> None:
        """Keep what became of an invitation's mail."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE personal_invitation SET delivery = ? WHERE wave_id = ? AND address = ?",
                [delivery, wave.id, address],
            )
            _mailed(db, wave, at)

    def begin_reminding(self, wave: Wave, now: datetime) -> None:
        """Begin a round of reminders, or go on with one that was interrupted. `NotAllowed`."""
        with self._connections.writing() as db:
            check_open(db, wave)
            counts = read_counts(db, wave)
            if counts.reminding:
                return
            if counts.sent < SMALLEST_INVITED:
                raise NotAllowed("error.remind_few", smallest=SMALLEST_INVITED)
            if counts.last_mail and now - counts.last_mail < BETWEEN_MAILS:
                hours = int(BETWEEN_MAILS.total_seconds() // 3600)
                raise NotAllowed("error.remind_soon", hours=hours)
            db.execute(
                "UPDATE personal_invitation SET due = 1 WHERE wave_id = ? AND delivery = 'sent'",
                [wave.id],
            )

    def to_remind(self, wave: Wave) -> tuple[str, ...]:
        """Whom this round still has to remind. For the post only, never for a screen."""
        with self._connections.writing() as db:
            _pass_over_used(db, wave)
            rows = db.execute(
                "SELECT address FROM personal_invitation WHERE wave_id = ? AND due ORDER BY id",
                [wave.id],
            ).fetchall()
        return tuple(address for (address,) in rows)

    def remind(self, wave: Wave, address: str, at: datetime) -> None:
        """Keep that this round is done with an address, whether its mail arrived or not."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE personal_invitation SET due = 0 WHERE wave_id = ? AND address = ?",
                [wave.id, address],
            )
            _mailed(db, wave, at)


def read_counts(db: Database, wave: Wave) -> InvitedCounts:
    """The counts of a wave, as far as they are about nobody alone."""
    made, addressed, sent, failed, due = db.execute(
        "SELECT count(*), count(address), count(nullif(delivery = 'sent', 0)),"
        " count(nullif(delivery IN ('refused', 'failed'), 0)), ifnull(sum(due), 0)"
        " FROM personal_invitation WHERE wave_id = ?",
        [wave.id],
    ).fetchone()
    mailed = db.execute("SELECT at FROM mailing WHERE wave_id = ?", [wave.id]).fetchone()
    return InvitedCounts(
        made=made,
        addressed=addressed,
        sent=sent,
        failed=failed,
        last_mail=datetime.fromisoformat(mailed[0]) if mailed else None,
        reminding=bool(due),
    )


def use(db: Database, wave: Wave, code: bytes) -> None:
    """Set the used flag of the invitation that a code's hash belongs to. `NotAllowed`: it is."""
    changed = db.conn.execute(
        "UPDATE personal_invitation SET used = 1 WHERE wave_id = ? AND NOT used"
        " AND id = (SELECT invitation_id FROM personal_code WHERE hash = ?)",
        [wave.id, code],
    ).rowcount
    if not changed:
        raise NotAllowed("error.link_used", wave=wave.title)


def forget_people(db: Database, wave: Wave) -> None:
    """Delete addresses, deliveries and used flags; the codes' hashes stay."""
    db.execute(
        "UPDATE personal_invitation SET address = NULL, delivery = NULL, due = 0, used = 0"
        " WHERE wave_id = ?",
        [wave.id],
    )
    db.execute("DELETE FROM mailing WHERE wave_id = ?", [wave.id])


def _insert(db: Database, wave: Wave, id_: bytes, one: Invited) -> None:
    try:
        db.conn.execute(
            "INSERT INTO personal_invitation (id, wave_id, department_id, address)"
            " VALUES (?, ?, ?, ?)",
            [id_, wave.id, one.department, one.address],
        )
    except sqlite3.IntegrityError as error:
        if ".address" not in str(error):
            raise
        raise SetUpProblem("error.address_invited", address=one.address) from error
    db.conn.execute("INSERT INTO personal_code VALUES (?, ?)", [one.hash, id_])


def _pass_over_used(db: Database, wave: Wave) -> None:
    """Those who answered get no mail, but a code too that nobody knows.

    Otherwise the number of codes would tell, when the used flags are deleted long since.
    """
    rows = db.execute(
        "SELECT id FROM personal_invitation WHERE wave_id = ? AND due AND used", [wave.id]
    ).fetchall()
    db.conn.executemany(
        "INSERT INTO personal_code VALUES (?, ?)",
        [(secrets.token_bytes(_HASH_BYTES), id_) for (id_,) in rows],
    )
    db.conn.executemany("UPDATE personal_invitation SET due = 0 WHERE id = ?", rows)


def _mailed(db: Database, wave: Wave, at: datetime) -> None:
    """Remember when the wave's last mail went out; of the wave, not of a person."""
    db.execute(
        "INSERT OR REPLACE INTO mailing VALUES (?, ?)", [wave.id, at.astimezone(UTC).isoformat()]
    )
