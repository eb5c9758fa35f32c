"""The settings log's rows: written in the transaction of the act itself."""

import json
from collections.abc import Mapping
from datetime import date

from sqlite_utils import Database

from data.errors import DatabaseProblem
from data.model import Wave
from data.settings_log import NOTHING_BEFORE, Detail, LogAct, LogEntry, entry_hash


def log_act(
    db: Database, wave: Wave, act: LogAct, on: date, details: Mapping[str, Detail] | None = None
) -> None:
    """Write the next entry of a wave's log."""
    details = details or {}
    last = db.execute(
        "SELECT number, hash FROM settings_log WHERE wave_id = ? ORDER BY number DESC LIMIT 1",
        [wave.id],
    ).fetchone()
    number, before = (last[0] + 1, last[1]) if last else (1, NOTHING_BEFORE)
    own = entry_hash(wave.code, number, on, act, details, before)
    db.execute(
        "INSERT INTO settings_log VALUES (?, ?, ?, ?, ?, ?, ?)",
        [wave.id, number, on.isoformat(), act, json.dumps(details), before, own],
    )


def read_log(db: Database, wave: Wave) -> tuple[LogEntry, ...]:
    """The entries of a wave's log. `DatabaseProblem` names one that was made unreadable."""
    rows = db.execute(
        "SELECT number, day, act, details, before, hash FROM settings_log WHERE wave_id = ?"
        " ORDER BY number",
        [wave.id],
    ).fetchall()
    return tuple(_entry(wave, *row) for row in rows)


def _entry(
    wave: Wave, number: int, day: str, act: str, details: str, before: str, own: str
) -> LogEntry:
    try:
        stated = dict(json.loads(details))
        return LogEntry(number, date.fromisoformat(day), LogAct(act), stated, before, own)
    except (TypeError, ValueError) as error:
        raise DatabaseProblem("error.log_unreadable", wave=wave.title, number=number) from error
