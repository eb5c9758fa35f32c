"""The settings log under attack: by somebody who opens the file with another program."""

import contextlib
import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.errors import DatabaseProblem
from data.model import Wave
from data.results import Group, GroupKind, Histogram, Release
from data.settings_log import (
    NOTHING_BEFORE,
    LogAct,
    LogEntry,
    broken_at,
    disagrees,
    entry_hash,
    release_digest,
)
from data.sqlite import SqliteStore, open_store
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, short_settings

ORGANISATION = Group(GroupKind.ORGANISATION)
SHOWN = Release(SHORT_FORM, (ORGANISATION,), {ORGANISATION: {"CP1": Histogram((0, 1, 2, 3, 4, 5))}})
GUARDS = (
    "settings_log_is_not_rewritten",
    "settings_log_is_not_shortened",
    "settings_log_is_only_continued",
)


@pytest.fixture
def logged_wave(fresh_store: SqliteStore, open_wave: Wave) -> Wave:
    """A released wave with five entries: opened, group raised to 7, then to 9, closed, released."""
    for smallest in (7, 9):
        fresh_store.waves.raise_smallest_group(open_wave, smallest, DAY)
    closed = fresh_store.waves.close(open_wave, NEXT_DAY)
    return fresh_store.releases.save(closed, SHOWN, date(2026, 3, 4))


def attack(store: SqliteStore, *statements: str, unguarded: bool = True) -> None:
    """Do this in plain SQL, with the triggers out of the way."""
    with contextlib.closing(sqlite3.connect(store.connections.path)) as other:
        if unguarded:
            for trigger in GUARDS:
                other.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            other.execute(statement)
        other.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE settings_log SET day = '2026-01-01'",
        "UPDATE OR REPLACE settings_log SET number = 1 WHERE number = 2",
        "DELETE FROM settings_log",
        "DELETE FROM settings_log WHERE number = 5",
        "INSERT INTO settings_log SELECT wave_id, 9, day, act, '', '', '' FROM settings_log",
        "INSERT OR REPLACE INTO settings_log VALUES (1, 2, '2026-03-01', 'closed', '{}', '', '')",
    ],
)
def test_the_database_refuses_to_rewrite_the_log(
    fresh_store: SqliteStore, logged_wave: Wave, statement: str
) -> None:
    """Neither changed nor shortened, nor continued anywhere but at its end."""
    before = fresh_store.waves.log(logged_wave)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        attack(fresh_store, statement, unguarded=False)
    assert fresh_store.waves.log(logged_wave) == before


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["UPDATE settings_log SET day = '2026-03-01' WHERE number = 3"], 3),
        (["UPDATE settings_log SET act = 'closed' WHERE number = 1"], 1),
        (["UPDATE settings_log SET details = '{\"smallest_group\": 6}' WHERE number = 2"], 2),
        (["UPDATE settings_log SET details = '{}' WHERE number = 5"], 5),
        (["UPDATE settings_log SET hash = before WHERE number = 5"], 5),
        (["UPDATE settings_log SET before = hash WHERE number = 5"], 5),
        (["DELETE FROM settings_log WHERE number = 1"], 2),
        (["DELETE FROM settings_log WHERE number = 3"], 4),
        (
            [
                "DELETE FROM settings_log WHERE number = 3",
                "UPDATE settings_log SET number = number - 1 WHERE number > 3",
            ],
            3,
        ),
        (
            [
                "UPDATE settings_log SET number = -2 WHERE number = 2",
                "UPDATE settings_log SET number = 2 WHERE number = 3",
                "UPDATE settings_log SET number = 3 WHERE number = -2",
            ],
            2,
        ),
        (["UPDATE wave SET code = 'another1'"], 1),
    ],
    ids=[
        "a day",
        "an act",
        "a detail",
        "all details",
        "a hash",
        "a predecessor",
        "the first removed",
        "one removed",
        "one removed and numbers closed up",
        "two swapped",
        "another wave's log",
    ],
)
def test_a_change_behind_the_triggers_is_found_and_named(
    fresh_store: SqliteStore, logged_wave: Wave, statements: list[str], named: int
) -> None:
    """The first entry that does not fit is told; before the attack there is none."""
    assert broken_at(logged_wave.code, fresh_store.waves.log(logged_wave)) is None
    attack(fresh_store, "DROP TRIGGER released_is_final", *statements)
    (wave,) = fresh_store.waves.all()
    assert broken_at(wave.code, fresh_store.waves.log(wave)) == named


def test_an_entry_changed_together_with_its_hash_breaks_the_next_one(
    fresh_store: SqliteStore, logged_wave: Wave
) -> None:
    """Who can compute hashes has to write everything after it anew as well."""
    second = fresh_store.waves.log(logged_wave)[1]
    details = {"smallest_group": 6}
    forged = entry_hash(logged_wave.code, 2, second.day, second.act, details, second.before)
    attack(
        fresh_store,
        f"UPDATE settings_log SET details = '{json.dumps(details)}', hash = '{forged}'"  # noqa: S608
        " WHERE number = 2",
    )
    assert broken_at(logged_wave.code, fresh_store.waves.log(logged_wave)) == 3


def test_a_chain_that_leaves_a_number_out_is_broken_there() -> None:
    """Even if its hashes fit: something that was there is missing."""
    first = entry_hash("k7m2p9qx", 1, DAY, LogAct.OPENED, {}, NOTHING_BEFORE)
    third = entry_hash("k7m2p9qx", 3, DAY, LogAct.CLOSED, {}, first)
    chain = [
        LogEntry(1, DAY, LogAct.OPENED, {}, NOTHING_BEFORE, first),
        LogEntry(3, DAY, LogAct.CLOSED, {}, first, third),
    ]
    assert broken_at("k7m2p9qx", chain) == 3


@pytest.mark.parametrize("change", ["day = 'gestern'", "act = 'erfunden'", "details = '[1'"])
def test_an_entry_made_unreadable_is_named(
    fresh_store: SqliteStore, logged_wave: Wave, change: str
) -> None:
    """In words, and not as an error of the program."""
    attack(fresh_store, f"UPDATE settings_log SET {change} WHERE number = 4")  # noqa: S608
    with pytest.raises(DatabaseProblem) as problem:
        fresh_store.waves.log(logged_wave)
    assert problem.value.key == "error.log_unreadable"
    assert problem.value.values == {"wave": logged_wave.title, "number": 4}


def test_a_log_cut_off_at_its_end_differs_from_a_hash_kept_elsewhere(
    fresh_store: SqliteStore, logged_wave: Wave
) -> None:
    """What is left is a good chain, so only the last hash, written down before, tells."""
    kept = fresh_store.waves.log(logged_wave)[-1].hash
    attack(fresh_store, "DELETE FROM settings_log WHERE number = 5")
    left = fresh_store.waves.log(logged_wave)
    assert broken_at(logged_wave.code, left) is None
    assert kept not in {entry.hash for entry in left}


@pytest.mark.parametrize(
    "change",
    [
        "smallest_group = 5",
        "smallest_group = 10",
        "position = 0",
        "contact_by_division = 1",
        "items = '[\"CP1\"]'",
        "instrument = 'other'",
    ],
)
def test_settings_changed_past_the_log_are_noticed(
    fresh_store: SqliteStore, open_wave: Wave, change: str
) -> None:
    """Also after the wave was closed and opened again, which states what is set by then."""
    waves = fresh_store.waves
    assert not disagrees(waves.log(open_wave), open_wave.settings)
    raised = waves.raise_smallest_group(open_wave, 7, DAY)
    assert not disagrees(waves.log(raised), raised.settings)
    attack(fresh_store, f"UPDATE wave SET {change}")  # noqa: S608
    edited = waves.find(open_wave.code)
    assert disagrees(waves.log(edited), edited.settings)
    reopened = waves.open(waves.close(edited, NEXT_DAY), NEXT_DAY)
    assert disagrees(waves.log(reopened), reopened.settings)


def test_a_title_may_change_without_a_word(fresh_store: SqliteStore, open_wave: Wave) -> None:
    """It bears on nobody's privacy."""
    renamed = replace(open_wave.settings, title="Anders", results_on=NEXT_DAY)
    assert not disagrees(fresh_store.waves.log(open_wave), renamed)


def test_a_wave_of_an_older_file_begins_its_log_with_the_next_act(tmp_path: Path) -> None:
    """A log that begins late says what it knows, and is no reason for alarm."""
    path = tmp_path / "older.db"
    with contextlib.closing(open_store(path)) as store:
        organisation = store.organisations.add("Muster GmbH")
        wave = store.waves.open(store.waves.add(organisation, short_settings(), "k7m2p9qx"), DAY)
        attack(store, "DELETE FROM settings_log")
        raised = store.waves.raise_smallest_group(wave, 7, DAY)
        assert [entry.act for entry in store.waves.log(wave)] == [LogAct.GROUP_RAISED]
        assert not disagrees(store.waves.log(wave), raised.settings)
        assert disagrees(store.waves.log(wave), replace(raised.settings, smallest_group=6))
        reopened = store.waves.open(store.waves.close(raised, NEXT_DAY), NEXT_DAY)
        assert not disagrees(store.waves.log(wave), reopened.settings)
        assert broken_at(wave.code, store.waves.log(wave)) is None


def test_a_changed_figure_no_longer_has_the_digest_of_the_log(
    fresh_store: SqliteStore, logged_wave: Wave
) -> None:
    """Whoever drops the release's triggers as well is found out by the log."""
    stated = fresh_store.waves.log(logged_wave)[-1].details["digest"]
    assert release_digest(fresh_store.releases.load(logged_wave)) == stated
    attack(
        fresh_store,
        "DROP TRIGGER release_histogram_is_frozen",
        "UPDATE release_histogram SET n5 = n5 + 1",
    )
    assert release_digest(fresh_store.releases.load(logged_wave)) != stated


def test_the_hash_is_the_one_that_other_tools_compute() -> None:
    """By hand: printf '%s' '["k7m2p9qx",1,"2026-03-02","closed",{"a":1},"000…"]' | sha256sum."""
    before = "0" * 64
    entry = LogEntry(1, DAY, LogAct.CLOSED, {"a": 1}, before, "")
    own = entry_hash("k7m2p9qx", entry.number, entry.day, entry.act, entry.details, before)
    assert own == "a09cdbbf8ee8d3b8b67c2b6816eaea9259fe683b4f23e4d9b4a3bdb0ac2595b7"
