"""The SQLite file: when it is refused, and what it holds when nobody is looking."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.errors import DatabaseProblem
from data.results import Group, GroupKind, Histogram, PublishedComment, Release
from data.sqlite import SqliteStore, open_store
from data.sqlite.schema import APPLICATION_ID
from survey import running
from tests.data.files import crowd, run_sql, store_crowd
from tests.data.samples import SHORT_FORM, at_once

PAGE = 4096

OPEN_AS_SOMEBODY_ELSE = """
import os, pathlib, sys
from data.errors import DatabaseProblem
from data.sqlite import open_store
warm, *databases = map(pathlib.Path, sys.argv[1:])
open_store(warm).close()
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for database in databases:
    try:
        open_store(database, patience=0.1).close()
    except DatabaseProblem as problem:
        print(problem.key, problem.values["path"])
    else:
        print("opened", database)
"""

MODES = {
    "file and folder": (0o444, 0o555),
    "folder": (0o666, 0o555),
    "file": (0o444, 0o777),
    "unreadable": (0o000, 0o777),
    "nothing": (0o666, 0o777),
}


@pytest.fixture
def used_file(tmp_path: Path) -> Path:
    """A database with an organisation in it, which nobody has open."""
    path = tmp_path / "used.db"
    with contextlib.closing(open_store(path)) as store:
        store.organisations.add("Muster GmbH")
    return path


@pytest.fixture
def running_store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in `running.db`, with short patience."""
    with contextlib.closing(open_store(tmp_path / "running.db", patience=0.1)) as store:
        yield store


@pytest.fixture(scope="module")
def told_somebody_else() -> Iterator[dict[str, str]]:
    """What a user without rights is told, for each of MODES and where there is no file yet.

    Root may always write, and pytest's folders can be reached by their owner
    only: so a child process gives up its rights, in a folder that all can reach.
    """
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    databases = {case: folder / case / "kundenkompass.db" for case in MODES}
    for case, path in databases.items():
        open_store(path).close()
        path.chmod(MODES[case][0])
        path.parent.chmod(MODES[case][1])
    databases["no file yet"] = folder / "file and folder" / "new.db"
    databases["no folder yet"] = folder / "file and folder" / "var" / "new.db"
    child = subprocess.run(
        [sys.executable, "-c", OPEN_AS_SOMEBODY_ELSE, folder / "warm.db", *databases.values()],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = child.stdout.splitlines()
    yield {
        case: told.replace(str(path), "<its path>")
        for (case, path), told in zip(databases.items(), lines, strict=True)
    }
    for part in folder.rglob("*"):
        part.chmod(0o755)
    shutil.rmtree(folder)


def refused(path: Path) -> str:
    """The key of the problem that `path` is refused with, which names the path."""
    with pytest.raises(DatabaseProblem) as problem:
        open_store(path, patience=0.1)
    assert problem.value.values == {"path": path}
    return problem.value.key


def refused_untouched(path: Path) -> str:
    before = path.read_bytes()
    key = refused(path)
    assert path.read_bytes() == before
    return key


# Older files


def test_a_file_of_the_version_before_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its release is what it was, without what was not kept then; targets can be set anew."""
    path = tmp_path / "older.db"
    with contextlib.closing(open_store(path)) as store:
        _, wave, _ = running.demo(store)
        before = store.releases.load(wave)
    tables = ("target", "prediction", "release_headcount", "release_reliability")
    run_sql(
        path,
        *(f"DROP TABLE {table}" for table in tables),
        "DELETE FROM _sqlite_migrations WHERE name = 'expectations'",
    )
    with contextlib.closing(open_store(path)) as store:
        _, released, running_wave = store.waves.all()
        assert store.releases.load(released) == replace(
            before, headcounts={}, reliability=(), targets={}, predictions={}
        )
        store.expectations.set_targets(running_wave, (), {"customer_perspective": 4})
        assert store.expectations.targets(running_wave) == {(): {"customer_perspective": 4.0}}


# Refused files


def test_a_file_of_a_newer_version_is_left_untouched(used_file: Path) -> None:
    """A step that this version does not know says that a newer one wrote here."""
    run_sql(
        used_file,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('kundenkompass', 'second_house', '2030-01-01')",
    )
    assert refused_untouched(used_file) == "error.database_newer"


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_left_untouched(tmp_path: Path, journal: str) -> None:
    """A typo in the path shall not turn somebody's address book into ours."""
    path = tmp_path / "addresses.db"
    run_sql(path, f"PRAGMA journal_mode = {journal}", "CREATE TABLE address (name TEXT)")
    assert refused_untouched(path) == "error.database_foreign"
    assert run_sql(path, "SELECT name FROM sqlite_master") == [("address",)]


def test_another_programs_mark_is_left_untouched(tmp_path: Path) -> None:
    """A database that has no tables yet but says whose it is (here: a GeoPackage)."""
    path = tmp_path / "map.gpkg"
    run_sql(path, "PRAGMA application_id = 0x47504B47")
    assert refused_untouched(path) == "error.database_foreign"


@pytest.mark.parametrize(
    "content",
    [b"Bereich;CP1\nVertrieb;4\n", b"\0" * 8192, bytes(range(256)) * 32, b"SQLite format 3\0x"],
    ids=["text", "zeros", "noise", "a beginning only"],
)
def test_a_file_that_is_no_database_is_left_untouched(tmp_path: Path, content: bytes) -> None:
    """Whatever it is, it is not ours to write to."""
    path = tmp_path / "garbage.db"
    path.write_bytes(content)
    assert refused_untouched(path) == "error.database_damaged"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_torn_off_database_is_left_untouched(used_file: Path, kept: float) -> None:
    """A copy that broke off is damaged, however much of it arrived."""
    whole = used_file.read_bytes()
    pages = int(len(whole) * kept) // PAGE
    used_file.write_bytes(whole[: pages * PAGE])
    assert refused_untouched(used_file) == "error.database_damaged"


def test_a_file_that_another_program_writes_is_called_locked(used_file: Path) -> None:
    """Nobody waits longer than the patience given, and the store opens once the other is done."""
    with contextlib.closing(sqlite3.connect(used_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused_untouched(used_file) == "error.database_locked"
        other.execute("ROLLBACK")
    open_store(used_file).close()


def test_a_running_store_survives_a_lock(running_store: SqliteStore) -> None:
    """What could not be written is refused in words; the next try works."""
    path = running_store.connections.path
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseProblem) as problem:
            running_store.organisations.add("Muster GmbH")
        assert problem.value.key == "error.database_locked"
        with pytest.raises(DatabaseProblem):
            running_store.check()
        other.execute("ROLLBACK")
    running_store.check()
    assert running_store.organisations.add("Muster GmbH").name == "Muster GmbH"


@pytest.mark.parametrize(
    "case", ["file and folder", "folder", "file", "no folder yet", "no file yet"]
)
def test_a_place_that_may_not_be_written_is_called_so(
    told_somebody_else: dict[str, str], case: str
) -> None:
    """At the start already, not when the first person has sent their answers."""
    assert told_somebody_else[case] == "error.database_readonly <its path>"


@pytest.mark.parametrize("case", ["unreadable"])
def test_a_place_that_cannot_be_opened_is_called_so(
    told_somebody_else: dict[str, str], case: str
) -> None:
    """The path is named; a user who may do everything gets in."""
    assert told_somebody_else[case] == "error.database_unusable <its path>"
    assert told_somebody_else["nothing"] == "opened <its path>"


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """Nor can a database lie below a file."""
    assert refused(tmp_path) == "error.database_unusable"
    file = tmp_path / "file"
    file.write_text("text", encoding="utf-8")
    assert refused(file / "kundenkompass.db") == "error.database_unusable"
    assert file.read_text(encoding="utf-8") == "text"


# Accepted files


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """The default database lies in `var/`, which is not there on the first day."""
    path = tmp_path / "var" / "deep" / "kundenkompass.db"
    open_store(path).close()
    assert path.is_file()


def test_an_empty_file_is_taken_as_new(tmp_path: Path) -> None:
    """Somebody made it with `touch`."""
    path = tmp_path / "touched.db"
    path.touch()
    with contextlib.closing(open_store(path)) as store:
        assert store.organisations.all() == ()


def test_opening_again_finds_everything_and_changes_nothing(used_file: Path) -> None:
    """The schema is made once."""
    before = used_file.read_bytes()
    with contextlib.closing(open_store(used_file)) as store:
        assert [o.name for o in store.organisations.all()] == ["Muster GmbH"]
    assert used_file.read_bytes() == before


@pytest.mark.parametrize(
    "done",
    [
        ["PRAGMA journal_mode = WAL"],
        ["PRAGMA journal_mode = WAL", f"PRAGMA application_id = {APPLICATION_ID}"],
    ],
    ids=["before it was marked as ours", "before it had tables"],
)
def test_a_first_start_that_was_interrupted_can_be_repeated(
    tmp_path: Path, done: Sequence[str]
) -> None:
    """A power cut on the first day (or two programs that start together) locks nobody out."""
    path = tmp_path / "begun.db"
    run_sql(path, *done)
    with contextlib.closing(open_store(path)) as store:
        assert store.organisations.all() == ()


def test_programs_that_start_together_all_get_in(tmp_path: Path) -> None:
    """The server and a command, both for the first time, on a file that is not there yet."""
    for number in range(10):
        path = tmp_path / f"{number}.db"

        def start(_: int, path: Path = path) -> int:
            with contextlib.closing(open_store(path)) as store:
                return len(store.organisations.all())

        assert at_once(start, 4) == [0, 0, 0, 0]


def test_every_connection_is_opened_safely(running_store: SqliteStore) -> None:
    """Log ahead, full sync, foreign keys, and deleted means deleted; after an error as well."""
    connections = running_store.connections

    def pragmas() -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        with connections.borrow() as db:
            return [db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    safe = ["wal", 2, 1, 1]
    with connections.borrow(), connections.borrow():
        assert pragmas() == safe
    with pytest.raises(DatabaseProblem), connections.borrow() as db:
        db.conn.execute("SELECT nothing FROM nowhere")
    assert [pragmas(), pragmas()] == [safe, safe]


# Frozen


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE release_histogram SET n5 = n5 + 1",
        "UPDATE OR REPLACE release_histogram SET number = 1",
        "UPDATE release_group SET path = '[\"Lager\"]'",
        "UPDATE release_comment SET text = 'anders'",
        "UPDATE wave SET state = 'closed'",
        "UPDATE wave SET state = 'open', released_on = NULL",
    ],
)
def test_a_released_figure_cannot_be_changed_even_in_sql(
    running_store: SqliteStore, statement: str
) -> None:
    """Releasing is final for whoever opens the file with another program, too."""
    organisation = Group(GroupKind.ORGANISATION)
    shown = Release(
        items=SHORT_FORM,
        groups=(organisation, Group(GroupKind.DEPARTMENT, ("Vertrieb",))),
        histograms={organisation: {"CP1": Histogram((1, 2, 3, 4, 5, 6))}},
        comments=(PublishedComment((), "customer_perspective", "so"),),
    )
    store_crowd(running_store, crowd(range(3)))
    wave = running_store.waves.find("k7m2p9qx")
    final = running_store.releases.save(wave, shown, date(2026, 3, 4))
    with pytest.raises(sqlite3.IntegrityError, match="a release is final"):
        run_sql(running_store.connections.path, statement)
    assert running_store.waves.find("k7m2p9qx") == final
    assert running_store.releases.load(final) == shown


def test_a_new_database_is_its_owners_business_only(tmp_path: Path) -> None:
    """The file and its log can be read by nobody else on the machine."""
    path = tmp_path / "private.db"
    with contextlib.closing(open_store(path)) as store:
        store.organisations.add("Muster")
        assert {file.stat().st_mode & 0o077 for file in tmp_path.glob("private.db*")} == {0}


@pytest.mark.parametrize("replaced", [False, True], ids=["deleted", "replaced"])
def test_a_database_that_is_gone_takes_no_more_answers(tmp_path: Path, replaced: bool) -> None:
    """What would be written to a file that is deleted already is refused, and none is made anew."""
    path = tmp_path / "gone.db"
    with contextlib.closing(open_store(path)) as store:
        path.rename(tmp_path / "elsewhere.db")
        if replaced:
            path.write_bytes(b"")
        with pytest.raises(DatabaseProblem) as problem:
            store.organisations.add("Muster")
        assert problem.value.key == "error.database_gone"
        assert path.exists() is replaced
