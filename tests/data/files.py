"""What tests do with a database's file: people answer, and somebody looks into it."""

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from data.model import Response
from data.sqlite import SqliteStore
from tests.data.samples import DAY, NEXT_DAY, response, short_settings


def log_of(path: Path) -> bytes:
    """What the write-ahead log holds."""
    log = path.with_name(path.name + "-wal")
    return log.read_bytes() if log.exists() else b""


def run_sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """The rows of the last statement, on a connection of plain sqlite3."""
    rows: list[tuple[object, ...]] = []
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.commit()
    return rows


def crowd(order: Sequence[int]) -> list[Response]:
    """The same people in another order, under random keys."""
    return [response(n, answers=1 + n % 5, leads=n % 2 == 0, customer=n % 3 == 0) for n in order]


def store_crowd(store: SqliteStore, people: Sequence[Response]) -> None:
    """Everybody answers one by one on one day, then the wave closes."""
    wave = store.waves.add(store.organisations.add("Muster GmbH"), short_settings(), "k7m2p9qx")
    wave = store.waves.open(wave, DAY)
    for person in people:
        assert store.answers.add(wave, person, DAY)
    store.waves.close(wave, NEXT_DAY)
