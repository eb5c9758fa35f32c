"""The shelf of responses. See `data.shelves.Answers`."""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlite_utils import Database

from data.errors import NotAllowed
from data.model import CANT_JUDGE, DepartmentPath, Response, Wave, WaveState
from data.participation import Participation
from data.results import AnswerCount, AnswerPattern, PublishedComment
from data.settings_log import LogAct
from data.sqlite.connections import Connections
from data.sqlite.organisations import read_wave_departments
from data.sqlite.participation import count_anew, read_frozen
from data.sqlite.personal import forget_people, use
from data.sqlite.settings_log import log_act
from data.sqlite.wave_states import check_open, read_state, read_waves

_KEPT = "state = 'released' AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = wave.id)"


class SqliteAnswers:
    """Fulfils `data.shelves.Answers`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, wave: Wave, response: Response, on: date, personal: bytes | None = None) -> bool:
        """Store one response; False if one of this nonce stands already.

        `NotAllowed` unless open, `NotFound` where the wave was erased meanwhile.
        """
        try:
            with self._connections.writing() as db:
                return _insert(db, wave, response, on, personal)
        except sqlite3.IntegrityError:
            with self._connections.borrow() as db:
                read_state(db, wave)  # raises where the wave is gone
            raise

    def add_many(self, wave: Wave, responses: Iterable[Response], on: date) -> int:
        """Store all of them or none; the number stored. `NotAllowed` unless open."""
        by_nonce = sorted(responses, key=lambda response: response.nonce)
        if not by_nonce:
            return 0
        with self._connections.writing() as db:
            _count_day(db, wave, on, len(by_nonce))
            db.conn.executemany(
                "INSERT INTO response VALUES (?, ?, ?, ?, ?)",
                (_response_row(wave, response) for response in by_nonce),
            )
            _insert_parts(db, wave, by_nonce)
        self._connections.truncate_log()
        return len(by_nonce)

    def per_day(self, wave: Wave) -> Mapping[date, int]:
        """Responses per day of the whole organisation."""
        with self._connections.borrow() as db:
            rows = db.execute(
                "SELECT day, responses FROM day_count WHERE wave_id = ? ORDER BY day", [wave.id]
            ).fetchall()
        return {date.fromisoformat(day): responses for day, responses in rows}

    def participation(self, wave: Wave, now: datetime) -> Participation:
        """The bands of participation, counted at most once an hour. `NotAllowed` unless open."""
        with self._connections.borrow() as db:
            check_open(db, wave)
            frozen = read_frozen(db, wave, now)
        if frozen:
            return frozen
        with self._connections.writing() as db:
            check_open(db, wave)
            return read_frozen(db, wave, now) or count_anew(db, wave, now)

    def counts(self, wave: Wave) -> tuple[AnswerCount, ...]:
        """Answers counted per department, position, contact, item and value."""
        with self._connections.borrow() as db:
            paths = _paths(db, wave)
            rows = db.execute(
                "SELECT department_id, leads, customer, item, value, count(*)"
                " FROM response JOIN answer USING (wave_id, nonce)"
                " WHERE wave_id = ? GROUP BY 1, 2, 3, 4, 5",
                [wave.id],
            ).fetchall()
        return tuple(
            AnswerCount(paths[department], bool(leads), bool(customer), item, value, people)
            for department, leads, customer, item, value, people in rows
        )

    def patterns(self, wave: Wave) -> tuple[AnswerPattern, ...]:
        """How many people of each department and facts gave the very same answers throughout."""
        with self._connections.borrow() as db:
            paths = _paths(db, wave)
            rows = db.execute(
                "SELECT department_id, leads, customer, pattern, count(*) FROM response JOIN"
                " (SELECT nonce, group_concat(item || '=' || value) AS pattern FROM"
                " (SELECT nonce, item, value FROM answer WHERE wave_id = ? ORDER BY nonce, item)"
                " GROUP BY nonce) USING (nonce) WHERE wave_id = ? GROUP BY 1, 2, 3, 4",
                [wave.id, wave.id],
            ).fetchall()
        return tuple(
            AnswerPattern(
                path=paths[department],
                leads=bool(leads),
                customer=bool(customer),
                answers=_in_order(pattern, wave.settings.items),
                people=people,
            )
            for department, leads, customer, pattern, people in rows
        )

    def comments(self, wave: Wave) -> tuple[PublishedComment, ...]:
        """Every comment with its author's department, sorted by nothing but its text."""
        with self._connections.borrow() as db:
            paths = _paths(db, wave)
            rows = db.execute(
                "SELECT department_id, dimension, text FROM comment WHERE wave_id = ?"
                " ORDER BY dimension, text, department_id",
                [wave.id],
            ).fetchall()
        return tuple(PublishedComment(paths[department], d, text) for department, d, text in rows)

    def kept(self) -> tuple[Wave, ...]:
        """Released waves whose raw answers are still here, the one released first first."""
        with self._connections.borrow() as db:
            return read_waves(db, f"{_KEPT} ORDER BY released_on, wave.id")

    def purge(self, on: date) -> Mapping[Wave, int]:
        """Delete raw answers and comments whose time is over; responses deleted, by wave."""
        with self._connections.writing() as db:
            waves = read_waves(db, f"{_KEPT} ORDER BY wave.id")
            over = [wave for wave in waves if wave.due_on and wave.due_on <= on]
            deleted = {wave: _delete(db, wave, on) for wave in over}
        if deleted:
            self._connections.rewrite()
        return deleted

    def purge_wave(self, wave: Wave, on: date) -> int:
        """Delete a released wave's raw answers now; the responses deleted. `NotAllowed`."""
        with self._connections.writing() as db:
            if read_state(db, wave) is not WaveState.RELEASED:
                raise NotAllowed("error.wave_not_released", wave=wave.title)
            deleted = _delete(db, wave, on)
        if deleted:
            self._connections.rewrite()
        return deleted


def _insert(db: Database, wave: Wave, response: Response, on: date, personal: bytes | None) -> bool:
    inserted = db.conn.execute(
        "INSERT OR IGNORE INTO response VALUES (?, ?, ?, ?, ?)",
        _response_row(wave, response),
    ).rowcount
    if not inserted:
        return False
    _count_day(db, wave, on, 1)
    if personal is not None:
        use(db, wave, personal)
    _insert_parts(db, wave, (response,))
    return True


def _delete(db: Database, wave: Wave, on: date) -> int:
    """Delete what a wave's people sent, and write down that it was done."""
    for table in ("answer", "comment"):
        db.execute(f"DELETE FROM {table} WHERE wave_id = ?", [wave.id])  # noqa: S608
    forget_people(db, wave)
    deleted = int(db.execute("DELETE FROM response WHERE wave_id = ?", [wave.id]).rowcount)
    if deleted:
        log_act(db, wave, LogAct.PURGED, on, {"responses": deleted})
    return deleted


def _count_day(db: Database, wave: Wave, on: date, responses: int) -> None:
    """Count the responses to the day, which only an open wave lets happen."""
    changed = db.conn.execute(
        "INSERT INTO day_count SELECT id, ?, ? FROM wave WHERE id = ? AND state = 'open'"
        " ON CONFLICT DO UPDATE SET responses = responses + excluded.responses",
        [on.isoformat(), responses, wave.id],
    ).rowcount
    if not changed:
        check_open(db, wave)


def _response_row(wave: Wave, response: Response) -> tuple[object, ...]:
    return (wave.id, response.nonce, response.department, response.leads, response.customer)


def _insert_parts(db: Database, wave: Wave, responses: Iterable[Response]) -> None:
    """The answers under their response, the comments under a random number of their own."""
    for response in responses:
        db.conn.executemany(
            "INSERT INTO answer VALUES (?, ?, ?, ?)",
            [
                (wave.id, response.nonce, item, value)
                for item, value in sorted(response.answers.items())
            ],
        )
        for dimension, text in response.comments.items():
            db.conn.execute(
                "INSERT INTO comment VALUES (?, ?, ?, ?, ?)",
                [wave.id, secrets.token_bytes(16), response.department, dimension, text],
            )


def _paths(db: Database, wave: Wave) -> dict[int | None, DepartmentPath]:
    paths: dict[int | None, DepartmentPath] = {None: ()}
    paths.update((d.id, d.path) for d in read_wave_departments(db, wave))
    return paths


def _in_order(pattern: str, items: Sequence[str]) -> tuple[int, ...]:
    """The answers of "CP1=4,EO1=2" in the order of the items, 0 where there is none."""
    given = dict(pair.split("=") for pair in pattern.split(","))
    return tuple(int(given.get(item, CANT_JUDGE)) for item in items)
