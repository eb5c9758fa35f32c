"""The yardstick of every write: plain SQLite's one-row durable commits on the same disk."""

import contextlib
import secrets
import sqlite3
import time
from pathlib import Path


def commits_per_second(folder: Path, seconds: float) -> float:
    """One row a commit, WAL, synchronous=FULL, one thread, a fresh file in this folder."""
    path = folder / f"yardstick-{secrets.token_hex(4)}.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, value BLOB NOT NULL)")
        rows, started = 0, time.perf_counter()
        while (taken := time.perf_counter() - started) < seconds:
            db.execute("INSERT INTO row (value) VALUES (?)", [secrets.token_bytes(16)])
            rows += 1
    return rows / taken


def stored_responses(database: Path, code: str) -> int:
    """How many responses the wave of this code has in the file."""
    question = "SELECT count(*) FROM response JOIN wave ON wave.id = wave_id WHERE code = ?"
    return int(_one(database, question, code))


def demo_wave(database: Path) -> str:
    """The code of the demo organisation's open wave."""
    question = (
        "SELECT code FROM wave JOIN organisation ON organisation.id = organisation_id"
        " WHERE demo AND state = ?"
    )
    return _one(database, question, "open")


def wave_titled(database: Path, title: str) -> str:
    """The code of the wave of this title."""
    return _one(database, "SELECT code FROM wave WHERE title = ?", title)


def _one(database: Path, question: str, value: str) -> str:
    """The first column of the only row."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        ((found,),) = db.execute(question, [value]).fetchall()
    return str(found)
