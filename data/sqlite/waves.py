"""The shelf of waves and their links. See `data.shelves.Waves`."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from sqlite_utils import Database

from data.errors import NotAllowed, NotFound, SetUpProblem
from data.model import (
    LARGEST_SMALLEST_GROUP,
    Department,
    DepartmentPath,
    Organisation,
    Wave,
    WaveSettings,
    WaveState,
)
from data.settings_log import LogAct, LogEntry, opening
from data.sqlite.connections import Connections
from data.sqlite.organisations import read_wave_departments
from data.sqlite.participation import forget
from data.sqlite.settings_log import log_act, read_log
from data.sqlite.trees import copy_tree, grow_tree
from data.sqlite.wave_rows import COLUMNS, SETTINGS, settings_row, wave_of

_WAVES = f"SELECT {COLUMNS}"


class SqliteWaves:
    """Fulfils `data.shelves.Waves`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, organisation: Organisation, settings: WaveSettings, code: str) -> Wave:
        """Create a draft; `code` becomes its open link. `SetUpProblem`: the title is taken."""
        columns = ", ".join(SETTINGS)
        marks = ", ".join("?" for _ in SETTINGS)
        try:
            with self._connections.writing() as db:
                cursor = db.execute(
                    f"INSERT INTO wave (organisation_id, code, {columns}, state)"  # noqa: S608 - our own
                    f" VALUES (?, ?, {marks}, 'draft')",
                    [organisation.id, code, *settings_row(settings)],
                )
                wave_id = cursor.lastrowid
                db.execute("INSERT INTO invitation VALUES (?, ?, NULL)", [code, wave_id])
                return _one(db, "wave.id = ?", wave_id)
        except sqlite3.IntegrityError as error:
            if ".title" not in str(error):
                raise
            raise SetUpProblem(
                "error.wave_exists", wave=settings.title, organisation=organisation.name
            ) from error

    def all(self) -> tuple[Wave, ...]:
        """Every wave, by organisation, oldest first."""
        with self._connections.borrow() as db:
            return read_waves(db, "TRUE ORDER BY organisation.name, wave.id")

    def find(self, reference: str) -> Wave:
        """The wave of this code, or of this title where only one has it. `NotFound`."""
        with self._connections.borrow() as db:
            found = read_waves(db, "wave.code = ?", reference) or read_waves(
                db, "title = ?", reference
            )
        if not found:
            raise NotFound("error.wave_unknown", wave=reference)
        if len(found) > 1:
            codes = ", ".join(f"{w.code} ({w.organisation.name})" for w in found)
            raise NotFound("error.wave_ambiguous", wave=reference, codes=codes)
        return found[0]

    def departments(self, wave: Wave) -> tuple[Department, ...]:
        """The tree this wave asks in: the organisation's, frozen for the wave once it opens."""
        with self._connections.borrow() as db:
            return read_wave_departments(db, wave)

    def add_departments(
        self, wave: Wave, headcounts: Mapping[DepartmentPath, int | None]
    ) -> tuple[Department, ...]:
        """Add what is missing in an open wave's own tree; known headcounts stay. `NotAllowed`."""
        with self._connections.writing() as db:
            check_open(db, wave)
            grow_tree(db, wave.organisation.id, headcounts, wave.id)
            return read_wave_departments(db, wave)

    def open(self, wave: Wave, on: date) -> Wave:
        """Draft or closed → open. `NotAllowed` from any other state."""
        with self._connections.writing() as db:
            again = read_state(db, wave) is WaveState.CLOSED
            opened = change_state(
                db, wave, (WaveState.DRAFT, WaveState.CLOSED), WaveState.OPEN, "opened_on", on
            )
            act = LogAct.REOPENED if again else LogAct.OPENED
            log_act(db, opened, act, on, opening(opened.settings))
            if not again:
                copy_tree(db, opened)
            return opened

    def close(self, wave: Wave, on: date) -> Wave:
        """Open → closed; nothing on disk keeps an order of arrival. `NotAllowed`."""
        with self._connections.writing() as db:
            closed = change_state(db, wave, (WaveState.OPEN,), WaveState.CLOSED, "closed_on", on)
            log_act(db, closed, LogAct.CLOSED, on)
            forget(db, closed)
        self._connections.rewrite()
        return closed

    def raise_smallest_group(self, wave: Wave, smallest: int, on: date) -> Wave:
        """Ask for larger groups, until the release. `NotAllowed`, `SetUpProblem`."""
        with self._connections.writing() as db:
            now = _one(db, "wave.id = ?", wave.id)
            if now.state is WaveState.RELEASED:
                raise NotAllowed("error.group_final", wave=now.title)
            if not now.settings.smallest_group < smallest <= LARGEST_SMALLEST_GROUP:
                raise SetUpProblem(
                    "error.group_not_raised",
                    wave=now.title,
                    smallest=now.settings.smallest_group,
                    largest=LARGEST_SMALLEST_GROUP,
                )
            db.execute("UPDATE wave SET smallest_group = ? WHERE id = ?", [smallest, wave.id])
            log_act(db, now, LogAct.GROUP_RAISED, on, {"smallest_group": smallest})
            return _one(db, "wave.id = ?", wave.id)

    def log(self, wave: Wave) -> tuple[LogEntry, ...]:
        """What was set and done, oldest first; `DatabaseProblem` if an entry cannot be read."""
        with self._connections.borrow() as db:
            return read_log(db, wave)


def change_state(
    db: Database,
    wave: Wave,
    allowed: Sequence[WaveState],
    state: WaveState,
    dated: str,
    on: date,
) -> Wave:
    """Move a wave on, if the database still has it in one of the states allowed."""
    check_state(db, wave, allowed, state)
    db.execute(
        f"UPDATE wave SET state = ?, {dated} = ? WHERE id = ?",  # noqa: S608 - our own column
        [state, on.isoformat(), wave.id],
    )
    return _one(db, "wave.id = ?", wave.id)


def check_state(db: Database, wave: Wave, allowed: Sequence[WaveState], wanted: WaveState) -> None:
    """`NotAllowed` unless the database has the wave in one of the states allowed."""
    now = read_state(db, wave)
    if now not in allowed:
        raise NotAllowed("error.wave_state", wave=wave.title, state=now, wanted=wanted)


def check_open(db: Database, wave: Wave) -> None:
    """`NotAllowed` unless the database has the wave open."""
    now = read_state(db, wave)
    if now is not WaveState.OPEN:
        raise NotAllowed("error.wave_not_open", wave=wave.title, state=now)


def read_state(db: Database, wave: Wave) -> WaveState:
    """Where the database has the wave now."""
    return _one(db, "wave.id = ?", wave.id).state


def read_waves(db: Database, where: str, *values: object) -> tuple[Wave, ...]:
    """The waves that a condition on their rows selects, in its order."""
    rows = db.execute(f"{_WAVES} WHERE {where}", list(values)).fetchall()
    return tuple(wave_of(row) for row in rows)


def _one(db: Database, where: str, *values: object) -> Wave:
    return read_waves(db, where, *values)[0]
