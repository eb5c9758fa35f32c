"""`kundenkompass check` on databases that are really damaged, tampered with, old or new."""

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from data.sqlite import open_store
from survey import releasing, running
from survey.cli import main, say
from tests.data.files import run_sql
from tests.data.samples import DAY, NEXT_DAY, response

Check = Callable[[], Result]


@pytest.fixture
def live_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with the demo and a firm whose wave ten people answered; nobody has it open."""
    path = tmp_path / "house" / "kundenkompass.db"
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(path))
    with contextlib.closing(open_store(path)) as store:
        running.demo(store)
        wave = running.set_up(
            store, "Muster GmbH", {("Vertrieb",): 12}, running.short_form("Welle 1", 5), DAY
        )
        store.answers.add_many(wave, (response(n, answers=1 + n % 5) for n in range(10)), DAY)
        assert releasing.release(store, store.waves.close(wave, NEXT_DAY), NEXT_DAY)
    return path


@pytest.fixture
def check(live_file: Path) -> Check:
    """Runs the command; the file is the same to the byte afterwards."""

    def run() -> Result:
        before = hashlib.sha256(live_file.read_bytes()).digest()
        result = CliRunner().invoke(main, ["check"])
        assert hashlib.sha256(live_file.read_bytes()).digest() == before
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def tampered(path: Path, *statements: str) -> None:
    """The file as somebody leaves it who drops its triggers first."""
    triggers = run_sql(path, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    run_sql(path, *(f"DROP TRIGGER {name}" for (name,) in triggers), *statements)


def wrong(result: Result) -> list[str]:
    """The lines of what is wrong."""
    assert result.exit_code == 1
    assert say("cli.check.not_fine", file=os.environ["KUNDENKOMPASS_DATABASE"]) in result.stdout
    return [
        line.removeprefix("[!!] ")
        for line in result.stdout.splitlines()
        if line.startswith("[!!] ")
    ]


def test_a_database_in_order_is_said_to_be(check: Check, live_file: Path) -> None:
    """A line a check and exit code 0."""
    result = check()
    assert result.exit_code == 0
    assert result.stdout.count("[ok] ") == 5
    assert "[!!]" not in result.stdout
    assert say("cli.check.all_fine", file=live_file) in result.stdout


def test_a_server_may_run_meanwhile(check: Check, live_file: Path) -> None:
    """What it wrote last is in the log beside the file, and is looked at too."""
    with contextlib.closing(open_store(live_file)) as store:
        store.organisations.add("Neue AG")
        store.waves.add(
            store.organisations.add("Andere AG"), running.short_form("Entwurf", 5), "k7m2p9qx"
        )
        assert say.count("cli.check.waves", 5) in check().stdout


def test_overwritten_bytes_are_found(check: Check, live_file: Path) -> None:
    """A page in the middle is overwritten as a failing disk does it; the rest is not looked at."""
    page = live_file.stat().st_size // 4096 // 2 * 4096
    with live_file.open("r+b") as file:
        file.seek(page)
        file.write(os.urandom(4096))
    first, second = wrong(check())
    assert first.startswith("Datei: beschädigt")
    assert "restore" in first
    assert second == say("cli.check.stopped")


@pytest.mark.parametrize(("at", "length"), [(0, 16), (100, 8), (16, 2), (40, 60)])
def test_an_overwritten_header_is_found(
    check: Check, live_file: Path, at: int, length: int
) -> None:
    """Whatever SQLite makes of it: words and exit code 1, never a traceback."""
    with live_file.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * length)
    result = check()
    assert result.exit_code == 1
    assert result.stdout or result.stderr


def test_a_file_cut_short_is_found(check: Check, live_file: Path) -> None:
    """As after a full disk."""
    with live_file.open("r+b") as file:
        file.truncate(live_file.stat().st_size // 2)
    assert any("beschädigt" in line for line in wrong(check()))


def test_a_reference_that_leads_nowhere_is_found(check: Check, live_file: Path) -> None:
    """Somebody deleted an organisation from outside, without its waves."""
    tampered(
        live_file, "PRAGMA foreign_keys = OFF", "DELETE FROM department WHERE organisation_id > 1"
    )
    lines = wrong(check())
    assert any(line.startswith("Verweise: ") and "invitation" in line for line in lines)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE settings_log SET day = '2020-01-01' WHERE wave_id = 4 AND number = 2", "Kette"),
        ("DELETE FROM settings_log WHERE wave_id = 4 AND number = 1", "Kette"),
        ("DELETE FROM settings_log WHERE wave_id = 4 AND number = 3", "endet anders"),
        ("UPDATE settings_log SET details = 'nothing' WHERE wave_id = 4 AND number = 1", "Kette"),
        ("DELETE FROM settings_log WHERE wave_id = 4", "kein Protokoll"),
        ("UPDATE wave SET smallest_group = 6 WHERE id = 4", "Einstellungen"),
        ("UPDATE wave SET state = 'closed' WHERE id = 4", "endet anders"),
        (
            "UPDATE release_histogram SET n1 = n1 + 1 WHERE wave_id = 4 AND item = 'CP1'",
            "Zahlen",
        ),
    ],
)
def test_what_was_done_past_the_log_is_found(
    check: Check, live_file: Path, statement: str, says: str
) -> None:
    """The wave is named, what is wrong with it, and what to do; other waves are not blamed."""
    tampered(live_file, statement)
    (line,) = wrong(check())
    assert line.startswith("Welle „Welle 1“ (")
    assert says in line
    assert "restore" in line


def test_a_value_that_no_version_wrote_is_no_traceback(check: Check, live_file: Path) -> None:
    """Text where a list should be, in a row that every page check passes."""
    tampered(live_file, "UPDATE wave SET items = 'CP1' WHERE id = 4")
    assert wrong(check()) == [say("cli.check.waves_unreadable")]


def test_an_unreadable_entry_of_the_activity_log_is_named(check: Check, live_file: Path) -> None:
    """By its number."""
    tampered(live_file, "UPDATE audit SET act = 'nothing' WHERE number = 1")
    (line,) = wrong(check())
    assert "Eintrag 1 des Tätigkeitsprotokolls" in line


def test_an_older_file_is_not_brought_up_to_date(check: Check, live_file: Path) -> None:
    """The step that is missing is named; looking is not changing."""
    last = run_sql(live_file, "SELECT name FROM _sqlite_migrations ORDER BY rowid DESC LIMIT 1")
    tampered(live_file, f"DELETE FROM _sqlite_migrations WHERE name = '{last[0][0]}'")  # noqa: S608
    lines = wrong(check())
    assert lines == [say("cli.check.older", steps=last[0][0]), say("cli.check.stopped")]


def test_a_newer_file_is_not_read(check: Check, live_file: Path) -> None:
    """This version cannot know what its rows mean."""
    run_sql(
        live_file,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('kundenkompass', 'of_tomorrow', '2030-01-01')",
    )
    assert wrong(check()) == [say("cli.check.newer", steps="of_tomorrow"), say("cli.check.stopped")]


def test_another_programs_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so is none at all; nothing is created in its place."""
    path = tmp_path / "other.db"
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(path))
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, path.exists()) == (1, False)
    assert say("error.database_missing", path=path) in result.stderr
    run_sql(path, "CREATE TABLE recipe (name TEXT)")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert say("error.database_foreign", path=path) in result.stderr


def test_a_backup_that_is_not_whole_is_not_kept(live_file: Path, tmp_path: Path) -> None:
    """The copy is opened and looked through: what SQLite copies without a word is found there."""
    copy = tmp_path / "copy.db"
    tampered(
        live_file, "PRAGMA ignore_check_constraints = ON", "UPDATE wave SET retention_days = 9999"
    )
    result = CliRunner().invoke(main, ["backup", str(copy)])
    assert result.exit_code == 1
    assert "beschädigt" in result.stderr
    assert not copy.exists()


def test_a_backup_passes_the_check(
    live_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says of itself is true."""
    copy = tmp_path / "copy.db"
    done = CliRunner().invoke(main, ["backup", str(copy)])
    assert done.stdout == say("cli.backup.done", file=copy) + "\n"
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(copy))
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    assert live_file.exists()
