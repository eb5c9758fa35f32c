"""The shelf of waves and their links. See `data.shelves.Waves`."""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlite_utils import Database

from data.audit import BY_ITSELF, AuditAct, AuditEntry
from data.changes import check_changeable, check_raised, differing
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.model import Department, DepartmentPath, Organisation, Wave, WaveSettings, WaveState
from data.schedule import obstacles, today_there
from data.settings_log import LogAct, LogEntry, opening
from data.sqlite.audit import write_entry
from data.sqlite.connections import Connections
from data.sqlite.organisations import read_wave_departments
from data.sqlite.participation import forget
from data.sqlite.settings_log import log_act, read_log
from data.sqlite.trees import copy_tree, grow_tree
from data.sqlite.wave_rows import SETTINGS, settings_row
from data.sqlite.wave_states import change_state, check_open, one_wave, read_state, read_waves

_SCHEDULED = (
    "(state = 'draft' AND opens_at IS NOT NULL) OR (state = 'open' AND closes_at IS NOT NULL)"
)
_OF_A_DRAFT = ("invitation", "personal_invitation", "target", "prediction")
"""The tables that may hold something of a draft."""


class SqliteWaves:
    """Fulfils `data.shelves.Waves`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, organisation: Organisation, settings: WaveSettings, code: str) -> Wave:
        """Create a draft; `code` becomes its open link. `SetUpProblem`: the title is taken."""
        columns = ", ".join(SETTINGS)
        marks = ", ".join("?" for _ in SETTINGS)
        with _naming(organisation, settings), self._connections.writing() as db:
            cursor = db.execute(
                f"INSERT INTO wave (organisation_id, code, {columns}, state)"  # noqa: S608 - our own
                f" VALUES (?, ?, {marks}, 'draft')",
                [organisation.id, code, *settings_row(settings)],
            )
            wave_id = cursor.lastrowid
            db.execute("INSERT INTO invitation VALUES (?, ?, NULL)", [code, wave_id])
            return one_wave(db, "wave.id = ?", wave_id)

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
            return _opened(db, wave, on)

    def close(self, wave: Wave, on: date) -> Wave:
        """Open → closed; nothing on disk keeps an order of arrival. `NotAllowed`."""
        with self._connections.writing() as db:
            closed = _closed(db, wave, on)
        self._connections.rewrite()
        return closed

    def change(self, seen: Wave, wanted: WaveSettings, on: date) -> Wave:
        """Give a wave these settings, if it still is as the person saw it. `Conflict`."""
        with _naming(seen.organisation, wanted), self._connections.writing() as db:
            now = _as_seen(db, seen)
            check_changeable(now, wanted)
            if wanted.smallest_group != now.settings.smallest_group and now.opened_on:
                log_act(db, now, LogAct.GROUP_RAISED, on, {"smallest_group": wanted.smallest_group})
            places = ", ".join(f"{column} = ?" for column in SETTINGS)
            db.execute(
                f"UPDATE wave SET {places} WHERE id = ?",  # noqa: S608 - our own columns
                [*settings_row(wanted), now.id],
            )
            return one_wave(db, "wave.id = ?", now.id)

    def remove(self, seen: Wave) -> None:
        """Delete a draft with its links and targets. `Conflict`; `NotAllowed` once opened."""
        with self._connections.writing() as db:
            now = _as_seen(db, seen)
            if now.state is not WaveState.DRAFT:
                raise NotAllowed("error.wave_not_removable", wave=now.title, state=now.state)
            for table in _OF_A_DRAFT:
                db.execute(f"DELETE FROM {table} WHERE wave_id = ?", [now.id])  # noqa: S608
            db.execute("DELETE FROM wave WHERE id = ?", [now.id])

    def keep_time(self, now: datetime) -> tuple[Wave, ...]:
        """Open drafts and close open waves whose time has come; the waves that moved."""
        with self._connections.borrow() as db:
            due = [wave for wave in read_waves(db, _SCHEDULED) if _due(wave, now)]
        moved = tuple(wave for wave in (self._move(wave, now) for wave in due) if wave)
        if any(wave.state is WaveState.CLOSED for wave in moved):
            self._connections.rewrite()
        return moved

    def _move(self, wave: Wave, now: datetime) -> Wave | None:
        """Move one wave on, unless another process did so or somebody changed its times."""
        with self._connections.writing() as db:
            latest = next(iter(read_waves(db, "wave.id = ?", wave.id)), None)
            if latest is None or not _due(latest, now):
                return None
            on = today_there(latest.settings, now)
            opens = latest.state is WaveState.DRAFT
            moved = _opened(db, latest, on) if opens else _closed(db, latest, on)
            act = AuditAct.WAVE_OPENED if opens else AuditAct.WAVE_CLOSED
            write_entry(db, AuditEntry(now, BY_ITSELF, act, moved.organisation.id, moved.title))
            return moved

    def raise_smallest_group(self, wave: Wave, smallest: int, on: date) -> Wave:
        """Ask for larger groups, until the release. `NotAllowed`, `SetUpProblem`."""
        with self._connections.writing() as db:
            now = one_wave(db, "wave.id = ?", wave.id)
            if now.state is WaveState.RELEASED:
                raise NotAllowed("error.group_final", wave=now.title)
            check_raised(now, smallest)
            db.execute("UPDATE wave SET smallest_group = ? WHERE id = ?", [smallest, wave.id])
            log_act(db, now, LogAct.GROUP_RAISED, on, {"smallest_group": smallest})
            return one_wave(db, "wave.id = ?", wave.id)

    def log(self, wave: Wave) -> tuple[LogEntry, ...]:
        """What was set and done, oldest first; `DatabaseProblem` if an entry cannot be read."""
        with self._connections.borrow() as db:
            return read_log(db, wave)


@contextlib.contextmanager
def _naming(organisation: Organisation, settings: WaveSettings) -> Iterator[None]:
    """`SetUpProblem` where the organisation has a wave of this title already."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if ".title" not in str(error):
            raise
        raise SetUpProblem(
            "error.wave_exists", wave=settings.title, organisation=organisation.name
        ) from error


def _opened(db: Database, wave: Wave, on: date) -> Wave:
    """Open a draft or a closed wave."""
    again = read_state(db, wave) is WaveState.CLOSED
    opened = change_state(
        db, wave, (WaveState.DRAFT, WaveState.CLOSED), WaveState.OPEN, "opened_on", on
    )
    act = LogAct.REOPENED if again else LogAct.OPENED
    log_act(db, opened, act, on, opening(opened.settings))
    if not again:
        copy_tree(db, opened)
    return opened


def _closed(db: Database, wave: Wave, on: date) -> Wave:
    """Close an open wave; whoever calls this rewrites the file afterwards."""
    closed = change_state(db, wave, (WaveState.OPEN,), WaveState.CLOSED, "closed_on", on)
    log_act(db, closed, LogAct.CLOSED, on)
    forget(db, closed)
    return closed


def _due(wave: Wave, now: datetime) -> bool:
    """Whether a wave's own time to open has come and it can, or its time to close."""
    opens, closes = wave.settings.opens_at, wave.settings.closes_at
    if wave.state is WaveState.DRAFT:
        return opens is not None and opens <= now and not obstacles(wave.settings, now)
    return wave.state is WaveState.OPEN and closes is not None and closes <= now


def _as_seen(db: Database, seen: Wave) -> Wave:
    """The wave as it is now. `Conflict` if that is not what the person saw."""
    now = next(iter(read_waves(db, "wave.id = ? AND wave.code = ?", seen.id, seen.code)), None)
    if now is None:
        raise Conflict("error.draft_gone", wave=seen.title)
    if now.state is not seen.state:
        raise Conflict("error.wave_moved", wave=now.title, state=now.state)
    if differing(now.settings, seen.settings):
        raise Conflict("error.wave_changed", wave=now.title)
    return now
