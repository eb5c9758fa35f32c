"""Backups and restoring them: what comes back, and what must not."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.accounts import Role, TicketKind
from data.errors import DatabaseProblem, Problem, SetUpProblem
from data.model import RETENTION_DAYS, Wave
from data.results import Group, GroupKind, Release
from data.settings_log import LogAct, broken_at
from data.sqlite import SqliteStore, open_store
from data.sqlite.restoring import Restored, restore
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, nonce, response, short_settings

RELEASE_DAY = date(2026, 3, 4)
DUE = RELEASE_DAY + timedelta(days=RETENTION_DAYS)
SAID = "Das soll nach der Frist niemand mehr lesen."
NOTHING_SHOWN = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})


@pytest.fixture
def present(tmp_path: Path) -> Path:
    """A database with one open wave, in which two people have answered; nobody has it open."""
    path = tmp_path / "house" / "kundenkompass.db"
    with opened(path) as store:
        firm = store.organisations.add("Muster GmbH")
        wave = store.waves.open(store.waves.add(firm, short_settings(), "k7m2p9qx"), DAY)
        store.answers.add(wave, response(1, comments={"customer_perspective": SAID}), DAY)
        store.answers.add(wave, response(2), DAY)
    return path


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    """Where a backup will be."""
    return tmp_path / "usb" / "spare.db"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[SqliteStore]:
    with contextlib.closing(open_store(path)) as store:
        yield store


def backed_up(path: Path, spare: Path) -> Path:
    spare.parent.mkdir(exist_ok=True)
    with opened(path) as store:
        store.back_up(spare)
    return spare


def released(path: Path) -> Wave:
    """The wave, closed if it is still open, and released on RELEASE_DAY."""
    with opened(path) as store:
        wave = store.waves.close(store.waves.find("k7m2p9qx"), NEXT_DAY)
        return store.releases.save(wave, NOTHING_SHOWN, RELEASE_DAY)


def answers_in(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM response").fetchone()[0])


def holding(trace: bytes, files: Sequence[Path]) -> list[str]:
    """The names of the files in which these bytes stand."""
    return sorted(file.name for file in files if trace in file.read_bytes())


def everything_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in everything_in(folder)}


def refused(path: Path, file: Path) -> str:
    """The key that a restore is refused with, which changes nothing in the database's folder."""
    before = contents(path.parent)
    with pytest.raises(Problem) as problem:
        restore(path, file, RELEASE_DAY, patience=0.1)
    assert contents(path.parent) == before
    return problem.value.key


# Backups


def test_a_backup_is_one_private_file_that_opens_as_it_is(present: Path, spare: Path) -> None:
    """Without a log beside it, readable by its owner only, and with everything in it."""
    backed_up(present, spare)
    assert [file.name for file in spare.parent.iterdir()] == ["spare.db"]
    assert spare.stat().st_mode & 0o777 == 0o600
    with opened(spare) as copy, opened(present) as original:
        (wave,) = copy.waves.all()
        assert (wave,) == original.waves.all()
        assert copy.answers.counts(wave) == original.answers.counts(wave)
        assert copy.waves.log(wave) == original.waves.log(wave)


def test_a_backup_overwrites_nothing(present: Path, spare: Path) -> None:
    """Neither a file, nor an empty one, nor a link that leads nowhere."""
    spare.parent.mkdir()
    spare.write_bytes(b"")
    pointing = spare.with_name("pointing.db")
    pointing.symlink_to(spare.with_name("elsewhere.db"))
    with opened(present) as store:
        for taken in (spare, pointing, present):
            with pytest.raises(SetUpProblem) as problem:
                store.back_up(taken)
            assert problem.value.key == "error.backup_exists"
        with pytest.raises(SetUpProblem) as problem:
            store.back_up(spare.parent / "missing" / "spare.db")
        assert problem.value.key == "error.backup_unwritable"
    assert spare.read_bytes() == b""
    assert not pointing.exists()


def test_a_backup_that_finds_no_room_leaves_no_half_a_file(present: Path, spare: Path) -> None:
    """The disk is full: that is said, and nothing that looks like a backup is there."""
    spare.parent.mkdir()
    script = (
        "import resource, signal, sys, pathlib\n"
        "from data.errors import SetUpProblem\n"
        "from data.sqlite import open_store\n"
        "store = open_store(pathlib.Path(sys.argv[1]))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "try:\n"
        "    store.back_up(pathlib.Path(sys.argv[2]))\n"
        "except SetUpProblem as problem:\n"
        "    print(problem.key)\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", script, present, spare],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "error.backup_unwritable\n"
    assert list(spare.parent.iterdir()) == []


def test_a_backup_under_load_is_a_moment_of_the_whole(present: Path, spare: Path) -> None:
    """While others answer: each response that is in it is in it with all its answers."""
    spare.parent.mkdir()
    with opened(present) as store, opened(present) as server, ThreadPoolExecutor(1) as pool:
        wave = server.waves.find("k7m2p9qx")
        people = [response(10 + n) for n in range(150)]
        coming = pool.submit(lambda: [server.answers.add(wave, one, DAY) for one in people])
        copies = [spare.with_name(f"{n}.db") for n in range(5)]
        for copy in copies:
            store.back_up(copy)
        coming.result()
    for copy in copies:
        with contextlib.closing(sqlite3.connect(copy)) as db:
            (whole,) = db.execute(
                "SELECT count(*) = 5 * (SELECT count(*) FROM response) AND"
                " (SELECT sum(responses) FROM day_count) = (SELECT count(*) FROM response)"
                " FROM answer"
            ).fetchone()
        assert whole


def test_a_backup_of_an_open_wave_keeps_no_order_of_arrival(tmp_path: Path) -> None:
    """The same people in another order are the same backup, but for when the file was made."""
    found = []
    for number, order in enumerate((range(200), range(199, -1, -1))):
        path = tmp_path / f"{number}.db"
        with opened(path) as store:
            firm = store.organisations.add("Muster GmbH")
            wave = store.waves.open(store.waves.add(firm, short_settings(), "k7m2p9qx"), DAY)
            for person in order:
                store.answers.add(wave, response(person), DAY)
            store.back_up(tmp_path / f"copy{number}.db")
        at_rest = (tmp_path / f"copy{number}.db").read_bytes()
        found.append([at_rest.find(nonce(person)) for person in range(200)])
    assert -1 not in found[0]
    assert found[0] == found[1]


# Restoring


def test_a_restored_backup_is_the_database_and_the_one_before_is_kept(
    present: Path, spare: Path
) -> None:
    """What was done since is in the copy beside it; the backup itself is not touched."""
    backed_up(present, spare)
    before = spare.read_bytes()
    with opened(present) as store:
        store.organisations.add("Neu AG")
    restored = restore(present, spare, RELEASE_DAY)
    kept = present.with_name("kundenkompass.before-restore-2026-03-04.db")
    assert restored == Restored(kept, True, {})
    assert kept.stat().st_mode & 0o777 == present.stat().st_mode & 0o777 == 0o600
    assert spare.read_bytes() == before
    assert sorted(file.name for file in everything_in(present.parent)) == [kept.name, present.name]
    for path, names in ((present, ["Muster GmbH"]), (kept, ["Muster GmbH", "Neu AG"])):
        with opened(path) as store:
            assert [o.name for o in store.organisations.all()] == names


def test_restoring_twice_on_a_day_keeps_both(present: Path, spare: Path) -> None:
    """No copy takes the place of another."""
    backed_up(present, spare)
    names = [restore(present, spare, RELEASE_DAY).kept for _ in range(3)]
    assert len(set(names)) == 3
    assert all(name and name.exists() for name in names)


def test_a_backup_can_be_restored_where_there_is_no_database(present: Path, spare: Path) -> None:
    """On a new machine; a log left behind by a lost database is not taken for the backup's."""
    backed_up(present, spare)
    present.unlink()
    present.with_name(f"{present.name}-wal").write_bytes(b"old log")
    restored = restore(present, spare, RELEASE_DAY)
    assert restored.kept
    assert answers_in(present) == 2
    new = present.parent / "new" / "kundenkompass.db"
    assert restore(new, spare, RELEASE_DAY) == Restored(None, True, {})
    assert answers_in(new) == 2


Damage = Callable[[bytearray], None]


def overwrite_head(database: bytearray) -> None:
    """Nothing says any more that it is a database."""
    database[:4096] = b"\xff" * 4096


def overwrite_comments(database: bytearray) -> None:
    """The page with a comment on it; everything else can be read."""
    page = database.rfind(SAID.encode()) // 4096 * 4096
    database[page : page + 64] = b"\xff" * 64


def disorder_responses(database: bytearray) -> None:
    """The smaller of two keys becomes the larger one where it is; no page looks wrong."""
    smaller = min(nonce(1), nonce(2))
    database[:] = database.replace(smaller, b"\xff" * len(smaller))


DAMAGES = (overwrite_head, overwrite_comments, disorder_responses)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_put_aside_as_it_is(
    present: Path, spare: Path, damage: Damage
) -> None:
    """That is what backups are for; it is told, since nothing could be deleted in it."""
    backed_up(present, spare)
    damaged = bytearray(present.read_bytes())
    damage(damaged)
    present.write_bytes(damaged)
    restored = restore(present, spare, DUE)
    assert not restored.readable
    assert restored.kept
    # But for the header, which says by now that there is no log.
    assert restored.kept.read_bytes()[100:] == damaged[100:]
    assert answers_in(present) == 2


def test_answers_whose_time_is_over_do_not_come_back(present: Path, spare: Path) -> None:
    """Only the backup itself still holds them: no database, log, draft or kept copy does."""
    wave = released(present)
    backed_up(present, spare)
    restored = restore(present, spare, DUE)
    assert restored.purged == {wave: 2}
    assert answers_in(present) == 0
    folder = everything_in(present.parent)
    assert len(folder) == 2
    for trace in (SAID.encode(), nonce(1), nonce(2)):
        assert holding(trace, folder) == []
        assert holding(trace, [spare]) == ["spare.db"]
    with opened(present) as store:
        log = store.waves.log(wave)
        assert log[-1].act is LogAct.PURGED
        assert broken_at(wave.code, log) is None
        assert store.releases.load(wave) == NOTHING_SHOWN


def test_answers_whose_time_is_over_do_not_come_back_on_a_new_machine(
    present: Path, spare: Path
) -> None:
    """Where there is no database that would know of it, the backup's own release tells."""
    wave = released(present)
    backed_up(present, spare)
    new = present.parent / "new" / "kundenkompass.db"
    assert restore(new, spare, DUE) == Restored(None, True, {wave: 2})
    assert holding(SAID.encode(), everything_in(new.parent)) == []


def test_answers_that_were_deleted_early_do_not_come_back(present: Path, spare: Path) -> None:
    """Somebody decided so; an older backup does not undo it. Nor a second restore."""
    wave = released(present)
    backed_up(present, spare)
    with opened(present) as store:
        store.answers.purge_wave(wave, RELEASE_DAY)
    for _ in range(2):
        assert restore(present, spare, RELEASE_DAY).purged == {wave: 2}
        assert answers_in(present) == 0


def test_answers_whose_time_is_not_over_come_back(present: Path, spare: Path) -> None:
    """They are still there in the present database, too."""
    released(present)
    backed_up(present, spare)
    restored = restore(present, spare, DUE - timedelta(days=1))
    assert restored.purged == {}
    assert restored.kept
    assert answers_in(present) == answers_in(restored.kept) == 2


def test_a_backup_from_before_a_release_whose_answers_are_deleted_is_refused(
    present: Path, spare: Path
) -> None:
    """It would bring them back, of a wave that could be released a second time."""
    backed_up(present, spare)
    wave = released(present)
    with opened(present) as store:
        store.answers.purge_wave(wave, RELEASE_DAY)
    before = contents(present.parent)
    with pytest.raises(SetUpProblem) as problem:
        restore(present, spare, RELEASE_DAY)
    assert problem.value.key == "error.backup_before_release"
    assert problem.value.values == {"file": spare, "wave": wave.title}
    assert holding(SAID.encode(), everything_in(present.parent)) == []
    assert contents(present.parent).keys() == before.keys()


def test_a_browser_signed_out_since_is_not_signed_in_again(present: Path, spare: Path) -> None:
    """Neither a session nor a link of the backup's time is good."""
    now = datetime(2026, 3, 2, 12, 0)
    with opened(present) as store:
        ada = store.accounts.add("ada@example.org", "Ada", Role.OWNER, {})
        store.sessions.begin(b"session", ada, now, now + timedelta(days=30))
        store.sessions.offer(b"link", TicketKind.PASSWORD, ada, now + timedelta(days=30))
    backed_up(present, spare)
    restore(present, spare, RELEASE_DAY)
    with opened(present) as store:
        assert store.accounts.all() == (ada,)
        assert store.sessions.account(b"session", now, timedelta(days=1)) is None
        assert store.sessions.redeem(b"link", TicketKind.PASSWORD, now) is None


def test_a_backup_of_an_older_version_is_brought_up_to_date(present: Path, spare: Path) -> None:
    """The step that it lacks is taken before it becomes the database."""
    backed_up(present, spare)
    with contextlib.closing(sqlite3.connect(spare)) as db:
        db.executescript(
            "DROP TABLE settings_log; DROP TABLE participation; DROP TABLE participation_counted;"
            "ALTER TABLE wave DROP COLUMN position_by_division;"
            "ALTER TABLE wave DROP COLUMN contact_by_division;"
            "DELETE FROM _sqlite_migrations WHERE name = 'privacy'"
        )
    restore(present, spare, RELEASE_DAY)
    wave = released(present)
    with opened(present) as store:
        assert [e.act for e in store.waves.log(wave)] == [LogAct.CLOSED, LogAct.RELEASED]


def test_a_copy_made_by_hand_is_read_with_its_log(present: Path, spare: Path) -> None:
    """Copied from under a running server, as people do it."""
    spare.parent.mkdir()
    with opened(present) as store:
        store.answers.add(store.waves.find("k7m2p9qx"), response(3), DAY)
        for end in ("", "-wal"):
            source = present.with_name(present.name + end)
            spare.with_name(spare.name + end).write_bytes(source.read_bytes())
    restore(present, spare, RELEASE_DAY)
    assert answers_in(present) == 3


def test_nothing_is_restored_under_a_running_server(present: Path, spare: Path) -> None:
    """It would go on writing to a file that is not there any more."""
    backed_up(present, spare)
    with opened(present) as server:
        with pytest.raises(DatabaseProblem) as problem:
            restore(present, spare, RELEASE_DAY, patience=0.1)
        assert problem.value.key == "error.database_in_use"
        assert server.answers.add(server.waves.find("k7m2p9qx"), response(3), DAY)
    assert answers_in(present) == 3


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "error.backup_foreign"),
        (b"Bereich;CP1\nVertrieb;4\n", "error.backup_damaged"),
        (b"\0" * 8192, "error.backup_damaged"),
        (None, "error.file_missing"),
    ],
    ids=["empty", "text", "zeros", "missing"],
)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    present: Path, spare: Path, content: bytes | None, key: str
) -> None:
    """Each with its reason."""
    spare.parent.mkdir()
    if content is not None:
        spare.write_bytes(content)
    assert refused(present, spare) == key
    assert refused(present, spare.parent) == "error.file_missing"
    assert refused(present, present) == "error.backup_is_present"


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95])
def test_a_torn_off_backup_is_refused(present: Path, spare: Path, kept: float) -> None:
    """However much of it arrived."""
    whole = backed_up(present, spare).read_bytes()
    spare.write_bytes(whole[: int(len(whole) * kept)])
    assert refused(present, spare) == "error.backup_damaged"


def test_a_database_behind_a_link_is_replaced_itself(present: Path, spare: Path) -> None:
    """No old file with answers stays behind where nobody looks."""
    backed_up(present, spare)
    with opened(present) as store:
        store.organisations.add("Neu AG")
    link = spare.with_name("link.db")
    link.symlink_to(present)
    restore(link, spare, RELEASE_DAY)
    assert link.is_symlink()
    with opened(present) as store:
        assert [o.name for o in store.organisations.all()] == ["Muster GmbH"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused(present: Path, spare: Path, damage: Damage) -> None:
    """Its beginning may be good, so every page is looked at, and their order."""
    damaged = bytearray(backed_up(present, spare).read_bytes())
    damage(damaged)
    spare.write_bytes(damaged)
    assert refused(present, spare) == "error.backup_damaged"


def test_another_programs_or_a_newer_database_is_refused(present: Path, spare: Path) -> None:
    """An address book, and a file that a later version wrote."""
    spare.parent.mkdir()
    foreign = spare.with_name("addresses.db")
    with contextlib.closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE address (name TEXT)")
    backed_up(present, spare)
    with contextlib.closing(sqlite3.connect(spare)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations SELECT 99, migration_set, 'third', applied_at"
            " FROM _sqlite_migrations LIMIT 1"
        )
        db.commit()
    assert refused(present, foreign) == "error.backup_foreign"
    assert refused(present, spare) == "error.backup_newer"


def test_a_draft_left_by_a_power_cut_is_not_kept(present: Path, spare: Path) -> None:
    """Whatever an earlier try left behind is gone after the next one, refused or not."""
    backed_up(present, spare)
    left = [present.with_name(f"{present.name}.restoring{end}") for end in ("", "-wal", "-journal")]
    for file, expected in ((spare, None), (spare.with_name("missing.db"), "error.file_missing")):
        for one in left:
            one.write_bytes(SAID.encode())
        assert problem_of(present, file) == expected
        assert [one for one in left if one.exists()] == []


def problem_of(path: Path, file: Path) -> str | None:
    """The key that a restore is refused with, if it is."""
    try:
        restore(path, file, RELEASE_DAY)
    except SetUpProblem as problem:
        return problem.key
    return None
