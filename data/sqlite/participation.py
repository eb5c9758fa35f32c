"""Participation's rows: frozen in the database, so that no restart and no process counts sooner."""

from datetime import datetime

from sqlite_utils import Database

from data.model import Wave
from data.participation import FROZEN_FOR, Band, Participation, count_bands
from data.sqlite.organisations import read_wave_departments


def read_frozen(db: Database, wave: Wave, now: datetime) -> Participation | None:
    """The bands as last counted, if that is not long ago."""
    rows = db.execute(
        "SELECT at, department_id, band FROM participation_counted"
        " LEFT JOIN participation USING (wave_id) WHERE wave_id = ?",
        [wave.id],
    ).fetchall()
    if not rows or now >= datetime.fromisoformat(rows[0][0]) + FROZEN_FOR:
        return None
    bands = {department: band for _, department, band in rows}
    departments = read_wave_departments(db, wave)
    return Participation(
        datetime.fromisoformat(rows[0][0]),
        {d.path: Band(bands[d.id]) for d in departments if d.id in bands},
    )


def count_anew(db: Database, wave: Wave, now: datetime) -> Participation:
    """Count, and freeze what came of it."""
    departments = read_wave_departments(db, wave)
    rows = db.execute(
        "SELECT department_id, count(*) FROM response WHERE wave_id = ? GROUP BY 1", [wave.id]
    )
    answered = dict(rows.fetchall())
    bands = count_bands(departments, {d.path: answered.get(d.id, 0) for d in departments})
    forget(db, wave)
    db.execute("INSERT OR REPLACE INTO participation_counted VALUES (?, ?)", [wave.id, str(now)])
    db.conn.executemany(
        "INSERT INTO participation VALUES (?, ?, ?)",
        [(wave.id, d.id, bands[d.path]) for d in departments if d.path in bands],
    )
    return Participation(now, bands)


def forget(db: Database, wave: Wave) -> None:
    """Delete the bands. When they were counted stays: reopening is no way to count sooner."""
    db.execute("DELETE FROM participation WHERE wave_id = ?", [wave.id])
