"""The shelf of links. See `data.shelves.invitations`."""

from collections.abc import Mapping

from sqlite_utils import Database

from data.errors import NotFound
from data.invited import hash_code
from data.model import Department, Invitation, Wave
from data.sqlite.connections import Connections
from data.sqlite.organisations import read_wave_departments
from data.sqlite.wave_rows import COLUMNS, wave_of

_INVITATION = f"""SELECT invitation.department_id, {COLUMNS}
JOIN invitation ON invitation.wave_id = wave.id WHERE invitation.code = ?"""

_PERSONAL = f"""SELECT department_id, used, {COLUMNS}
JOIN personal_invitation ON personal_invitation.wave_id = wave.id
JOIN personal_code ON invitation_id = personal_invitation.id WHERE hash = ?"""


class SqliteInvitations:
    """Fulfils `data.shelves.invitations.Invitations`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, wave: Wave, codes: Mapping[str, Department]) -> None:
        """Add links that carry a department."""
        with self._connections.writing() as db:
            db.conn.executemany(
                "INSERT INTO invitation VALUES (?, ?, ?)",
                [(code, wave.id, department.id) for code, department in codes.items()],
            )

    def find(self, code: str) -> Invitation:
        """What a link's code stands for, shared or personal. `NotFound`."""
        with self._connections.borrow() as db:
            row = db.conn.execute(_INVITATION, [code]).fetchone()
            if row is not None:
                wave = wave_of(row[1:])
                return Invitation(code, wave, _department(db, wave, row[0]))
            hashed = hash_code(code)
            row = db.conn.execute(_PERSONAL, [hashed]).fetchone()
            if row is None:
                raise NotFound("error.link_unknown", code=code)
            wave = wave_of(row[2:])
            department = _department(db, wave, row[0])
        return Invitation(code, wave, department, personal=hashed, used=bool(row[1]))

    def of(self, wave: Wave) -> tuple[Invitation, ...]:
        """The wave's links, the open one first, then in the tree's order."""
        with self._connections.borrow() as db:
            rows = dict(
                db.execute(
                    "SELECT department_id, code FROM invitation WHERE wave_id = ?", [wave.id]
                ).fetchall()
            )
            departments = read_wave_departments(db, wave)
        linked = [Invitation(rows[d.id], wave, d) for d in departments if d.id in rows]
        return (Invitation(wave.code, wave), *linked)


def _department(db: Database, wave: Wave, department: int | None) -> Department | None:
    if department is None:
        return None
    return next(d for d in read_wave_departments(db, wave) if d.id == department)
