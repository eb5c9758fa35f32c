"""Databases of the version before: each opened wave gets a copy of the tree they shared."""

import contextlib
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from data.model import Wave, WaveState
from data.participation import Band, Participation
from data.results import AnswerCount, Release
from data.sqlite import SqliteStore, open_store, schema
from scoring.audit import audit
from survey import releasing
from survey.privacy_sheet import Sheets
from tests.data.samples import NEXT_DAY, SHORT_FORM

PEOPLE = 60
NAMES = {1: (), 2: ("Vertrieb",), 3: ("Vertrieb", "Nord"), 4: ("Vertrieb", "Süd"), 5: ("Lager",)}


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file of the schema before: a closed, an open and a draft wave in one shared tree.

    The same people answered the closed and the open one, and wrote comments; every
    wave has a link for every department, and the open one's bands were counted.
    """
    path = tmp_path / "old.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        database = Database(db)
        for step in ("first_house", "expectations", "privacy"):
            getattr(schema, step)(database)
        schema.migrations.ensure_migrations_table(database)
        for step in ("first_house", "expectations", "privacy"):
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
                " VALUES ('kundenkompass', ?, '2026-01-01')",
                [step],
            )
        _fill(db)
    return path


def _fill(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO organisation VALUES (1, 'Muster GmbH', 0, '/')")
    db.execute("INSERT INTO organisation VALUES (2, 'Andere AG', 0, '/')")
    db.executemany(
        "INSERT INTO department VALUES (?, ?, ?, ?, ?)",
        [
            (2, 1, None, "Vertrieb", 40),
            (5, 1, None, "Lager", 20),
            (4, 1, 2, "Süd", 20),
            (3, 1, 2, "Nord", 20),
            (6, 2, None, "Vertrieb", 11),
        ],
    )
    for number, state in ((1, "closed"), (2, "open"), (3, "draft")):
        _wave(db, number, state)
    for wave in (1, 2):
        _answers(db, wave)
    db.execute("INSERT INTO participation VALUES (2, 2, 3), (2, 5, 1)")
    db.execute("INSERT INTO participation_counted VALUES (2, '2026-03-02 12:00:00')")
    db.execute("INSERT INTO target VALUES (1, '[\"Vertrieb\", \"Nord\"]', 'top_down', 4)")


def _wave(db: sqlite3.Connection, number: int, state: str) -> None:
    items = str(list(SHORT_FORM)).replace("'", '"')
    db.execute(
        "INSERT INTO wave (id, organisation_id, code, title, instrument, items, position, contact,"
        " smallest_group, state, opened_on, closed_on)"
        " VALUES (?, 1, ?, ?, 'five_questions', ?, 1, 1, 5, ?, ?, ?)",
        [
            number,
            f"welle{number}",
            f"Welle {number}",
            items,
            state,
            None if state == "draft" else "2026-03-02",
            "2026-03-03" if state == "closed" else None,
        ],
    )
    db.execute("INSERT INTO invitation VALUES (?, ?, NULL)", [f"welle{number}", number])
    for department in (2, 3, 4, 5):
        db.execute(
            "INSERT INTO invitation VALUES (?, ?, ?)",
            [f"w{number}d{department}", number, department],
        )


def _answers(db: sqlite3.Connection, wave: int) -> None:
    random = Random(5)  # noqa: S311 - a sample, the same every time
    for n in range(PEOPLE):
        nonce, department = random.randbytes(16), (None, 2, 3, 4, 5)[n % 5]
        db.execute(
            "INSERT INTO response VALUES (?, ?, ?, ?, ?)",
            [wave, nonce, department, n % 4 == 0, n % 3 == 0],
        )
        for item in SHORT_FORM:
            db.execute(
                "INSERT INTO answer VALUES (?, ?, ?, ?)", [wave, nonce, item, random.randrange(6)]
            )
        db.execute(
            "INSERT INTO comment VALUES (?, ?, ?, 'top_down', ?)",
            [wave, random.randbytes(16), department, f"Satz {n}"],
        )
    db.execute("INSERT INTO day_count VALUES (?, '2026-03-02', ?)", [wave, PEOPLE])


def old_counts(path: Path, wave: int) -> set[AnswerCount]:
    """What the old file holds, counted in plain SQL."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT department_id, leads, customer, item, value, count(*) FROM response"
            " JOIN answer USING (wave_id, nonce) WHERE wave_id = ? GROUP BY 1, 2, 3, 4, 5",
            [wave],
        ).fetchall()
    return {
        AnswerCount(NAMES[d or 1], bool(leads), bool(customer), item, value, n)
        for d, leads, customer, item, value, n in rows
    }


def found(store: SqliteStore, number: int) -> Wave:
    """One of the old waves."""
    return store.waves.find(f"welle{number}")


def test_every_answer_comment_and_link_stays_where_it_was(old_file: Path) -> None:
    """In all three waves; each opened one has its own departments, in the tree's order."""
    before = {number: old_counts(old_file, number) for number in (1, 2)}
    with contextlib.closing(open_store(old_file)) as store:
        for number in (1, 2):
            wave = found(store, number)
            assert set(store.answers.counts(wave)) == before[number]
            assert len(before[number]) > PEOPLE
            comments = store.answers.comments(wave)
            assert {(c.text, c.path) for c in comments} == {
                (f"Satz {n}", NAMES[n % 5 + 1]) for n in range(PEOPLE)
            }
        for number in (1, 2, 3):
            links = store.invitations.of(found(store, number))
            assert {i.code: i.department.path for i in links if i.department} == {
                f"w{number}d{d}": NAMES[d] for d in (2, 3, 4, 5)
            }
            assert store.invitations.find(f"w{number}d3").department in store.waves.departments(
                found(store, number)
            )


def test_the_trees_part(old_file: Path) -> None:
    """Same names and headcounts, other departments; the draft still asks in the living one."""
    with contextlib.closing(open_store(old_file)) as store:
        living = store.organisations.departments(found(store, 1).organisation)
        own = [store.waves.departments(found(store, number)) for number in (1, 2, 3)]
        assert own[2] == living
        told = [[(d.path, d.headcount, d.contact) for d in tree] for tree in (living, *own)]
        assert told == [told[0]] * 4
        assert [path for path, *_ in told[0]] == [NAMES[n] for n in (2, 3, 4, 5)]
        ids = [d.id for tree in (living, own[0], own[1]) for d in tree]
        assert len(set(ids)) == 12
        other = next(o for o in store.organisations.all() if o.name == "Andere AG")
        assert [d.path for d in store.organisations.departments(other)] == [("Vertrieb",)]


def test_the_bands_that_were_counted_stay(old_file: Path) -> None:
    """They are frozen for an hour, whatever was installed meanwhile."""
    counted = datetime(2026, 3, 2, 12, 0)
    with contextlib.closing(open_store(old_file)) as store:
        bands = store.answers.participation(found(store, 2), counted + timedelta(minutes=59))
    assert bands == Participation(counted, {("Vertrieb",): Band.FROM_75, ("Lager",): Band.FROM_25})


def test_the_release_is_the_same_and_clean(old_file: Path) -> None:
    """Made after the migration, with the living tree emptied; the sheet finds nothing."""
    expected = old_counts(old_file, 1)
    with contextlib.closing(open_store(old_file)) as store:
        wave = found(store, 1)
        draft = found(store, 3)
        living = store.waves.departments(draft)
        store.organisations.replace_departments(draft.organisation, living, ())
        released = releasing.release(store, wave, NEXT_DAY)
        release = store.releases.load(released)
        assert release.headcounts[("Vertrieb",)] == 40
        assert release.targets == {("Vertrieb", "Nord"): {"top_down": 4}}
        assert audit(release, tuple(expected), 5).clean
        sheet = Sheets(store).of(released)
        assert sheet.audit is not None
        assert sheet.audit.clean


def test_a_release_that_was_made_before_is_untouched(old_file: Path) -> None:
    """Figures, comments and headcounts; and its answers are still counted alike."""
    first = _released_before(old_file)
    with contextlib.closing(open_store(old_file)) as store:
        wave = found(store, 1)
        assert wave.state is WaveState.RELEASED
        assert store.releases.load(wave) == first
        sheet = Sheets(store).of(wave)
        assert sheet.audit is not None
        assert sheet.audit.clean


def _released_before(path: Path) -> Release:
    """Release the closed wave in a copy of today's version, and carry its rows back."""
    copy = path.with_name("copy.db")
    with (
        contextlib.closing(sqlite3.connect(path)) as old,
        contextlib.closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
    with contextlib.closing(open_store(copy)) as store:
        wave = releasing.release(store, found(store, 1), NEXT_DAY)
        release = store.releases.load(wave)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("ATTACH ? AS made", [str(copy)])
        for table in (
            "release_group",
            "release_histogram",
            "release_comment",
            "release_headcount",
            "release_reliability",
        ):
            db.execute(f"INSERT INTO {table} SELECT * FROM made.{table}")  # noqa: S608
        db.execute("UPDATE wave SET state = 'released', released_on = '2026-03-03' WHERE id = 1")
    return release


def test_the_migrated_file_is_whole(old_file: Path) -> None:
    """No row points nowhere, and the table that helped is gone."""
    open_store(old_file).close()
    with contextlib.closing(sqlite3.connect(old_file)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not db.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'department_copy'"
        ).fetchall()
        strays = db.execute(
            "SELECT count(*) FROM response JOIN department ON department.id = department_id"
            " WHERE department.wave_id IS NOT response.wave_id"
        ).fetchone()
    assert strays == (0,)
