"""A release is frozen by the database itself, whoever speaks SQL to it."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from data.sqlite import open_store
from survey import running

TAMPERING = (
    "UPDATE release_histogram SET n5 = n5 + 1",
    (
        "INSERT OR REPLACE INTO release_histogram SELECT wave_id, number, item, 9, 9, 9, 9, 9, 9"
        " FROM release_histogram LIMIT 1"
    ),
    (
        "INSERT INTO release_histogram SELECT wave_id, number, 'CP9', 1, 1, 1, 1, 1, 1"
        " FROM release_group LIMIT 1"
    ),
    (
        "INSERT INTO release_group SELECT wave_id, 9999, kind, path, member, without"
        " FROM release_group LIMIT 1"
    ),
    (
        "INSERT INTO release_comment SELECT wave_id, 9999, '[]', 'customer_perspective', 'x'"
        " FROM release_group LIMIT 1"
    ),
    "UPDATE target SET value = 1",
    "INSERT INTO target SELECT wave_id, '[\"Lager\"]', dimension, 5 FROM target",
    "UPDATE prediction SET value = 1",
    "INSERT INTO prediction SELECT wave_id, 'x', 5, 'x', entered_on FROM prediction LIMIT 1",
    "UPDATE release_headcount SET headcount = 1",
    "INSERT INTO release_headcount SELECT wave_id, '[\"x\"]', 1 FROM release_headcount LIMIT 1",
    "UPDATE release_reliability SET alpha = 1",
    (
        "INSERT INTO release_reliability"
        " SELECT wave_id, 99, scale, 3, 100, 1, 1, 1, 1 FROM release_reliability"
    ),
    "UPDATE wave SET smallest_group = 20 WHERE state = 'released'",
    "UPDATE wave SET state = 'open' WHERE state = 'released'",
)


@pytest.mark.parametrize("statement", TAMPERING)
def test_nothing_of_a_release_can_be_changed_or_added(tmp_path: Path, statement: str) -> None:
    """Plain SQL past the store is refused, and the release reads as before."""
    path = tmp_path / "kundenkompass.db"
    with contextlib.closing(open_store(path)) as store:
        _, wave, _ = running.demo(store)
        before = store.releases.load(wave)
        intruder = sqlite3.connect(path)
        with pytest.raises(sqlite3.IntegrityError, match="a release is final"):
            intruder.execute(statement)
        intruder.close()
        assert store.releases.load(wave) == before
