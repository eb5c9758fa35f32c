"""Putting a backup in the place of the present database."""

import contextlib
import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.errors import DatabaseProblem, SetUpProblem
from data.model import Wave, WaveState
from data.sqlite import SqliteStore, open_store
from data.sqlite.connections import refuse_foreign_and_newer
from data.sqlite.copies import BESIDE, beside, check_whole, discard, write_copy

_OF_A_BACKUP = {
    "error.database_foreign": "error.backup_foreign",
    "error.database_newer": "error.backup_newer",
}


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    `kept`: where the database that was there before is now, if there was one.
    `readable`: whether that one was; if not, nothing could be deleted in it.
    `purged`: responses deleted again, by wave.
    """

    kept: Path | None
    readable: bool
    purged: Mapping[Wave, int]


def restore(path: Path, file: Path, today: date, *, patience: float = 1.0) -> Restored:
    """Put a backup in the place of the database at `path`, which no other program may have open.

    Raw answers whose time is over, or that were deleted since, are deleted before the
    backup takes its place. `SetUpProblem`, `DatabaseProblem`: nothing was restored then.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _restore(path.resolve(), file, today, patience)
    except OSError as error:
        raise DatabaseProblem("error.database_unusable", path=path) from error


def _restore(path: Path, file: Path, today: date, patience: float) -> Restored:
    """Everything is done to a draft, so that whatever breaks off leaves the database as it is."""
    draft = path.with_name(f"{path.name}.restoring")
    discard(draft)
    try:
        with _backup(file, path) as backup:
            write_copy(backup, draft)
        gone = _without_answers(path, today, patience)
        purged = _renew(draft, file, gone or frozenset(), today)
        kept = _keep(path, today, readable=gone is not None)
        draft.replace(path)
    finally:
        discard(draft)
    return Restored(kept, gone is not None, purged)


@contextlib.contextmanager
def _backup(file: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """A backup of ours, opened without a chance of writing to it. `SetUpProblem` if it is none."""
    try:
        if not file.is_file():
            raise SetUpProblem("error.file_missing", file=file)
        if path.exists() and file.samefile(path):
            raise SetUpProblem("error.backup_is_present", file=file)
        # A copy made by hand may have its log beside it; one without needs no lock either.
        log = beside(file, "-wal").exists()
        uri = f"{file.absolute().as_uri()}?{'mode=ro' if log else 'immutable=1'}"
        with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as reader:
            refuse_foreign_and_newer(reader, file, may_be_new=False)
            yield reader
    except DatabaseProblem as problem:
        key = _OF_A_BACKUP.get(problem.key, "error.backup_damaged")
        raise SetUpProblem(key, file=file) from problem
    except (sqlite3.Error, OSError) as error:
        raise SetUpProblem("error.backup_damaged", file=file) from error


def _without_answers(path: Path, today: date, patience: float) -> frozenset[str] | None:
    """The codes of released waves whose answers are deleted, now at the latest; None if damaged.

    Afterwards the database at `path` is one file without a log.
    """
    if not path.exists():
        return frozenset()
    try:
        with contextlib.closing(open_store(path, patience=patience)) as store:
            store.answers.purge(today)
            kept = store.answers.kept()
            released = (w for w in store.waves.all() if w.state is WaveState.RELEASED)
            gone = frozenset(wave.code for wave in released if wave not in kept)
        _check_alone(path, patience)
    except DatabaseProblem as problem:
        if problem.key == "error.database_damaged":
            return None
        raise
    return gone


def _check_alone(path: Path, patience: float) -> None:
    """`DatabaseProblem` while another program has the file open: only then can its log not go."""
    with contextlib.closing(sqlite3.connect(path, timeout=patience)) as db:
        try:
            db.execute("PRAGMA journal_mode = DELETE")
            check_whole(db, path)
        except sqlite3.OperationalError as error:
            raise DatabaseProblem("error.database_in_use", path=path) from error
        except sqlite3.DatabaseError as error:
            raise DatabaseProblem("error.database_damaged", path=path) from error


def _renew(draft: Path, file: Path, gone: frozenset[str], today: date) -> Mapping[Wave, int]:
    """Bring the schema up to date, and undo what must not come back with an older state."""
    with contextlib.closing(open_store(draft)) as store:
        _sign_everybody_out(store)
        store.workshops.end_forgotten(date.max)
        purged = dict(store.answers.purge(today))
        for wave in store.waves.all():
            if wave.code not in gone or not store.answers.per_day(wave):
                continue
            if wave.state is not WaveState.RELEASED:
                raise SetUpProblem("error.backup_before_release", file=file, wave=wave.title)
            deleted = store.answers.purge_wave(wave, today)
            if deleted:
                purged[wave] = deleted
        return purged


def _sign_everybody_out(store: SqliteStore) -> None:
    """A browser that was signed out since shall not be signed in again."""
    with store.connections.writing() as db:
        db.execute("DELETE FROM session")
        db.execute("DELETE FROM ticket")


def _keep(path: Path, today: date, *, readable: bool) -> Path | None:
    """Leave a copy of the present database beside it; one that is damaged is put aside itself."""
    if not any(beside(path, end).exists() for end in BESIDE):
        return None
    names = (f"{path.stem}.before-restore-{today}{n}{path.suffix}" for n in _numbers())
    kept = next(k for name in names if not (k := path.with_name(name)).exists())
    if readable and path.exists():
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
            write_copy(db, kept)
        return kept
    for end in BESIDE:
        if beside(path, end).exists():
            beside(path, end).rename(beside(kept, end))
    return kept


def _numbers() -> Iterator[str]:
    yield ""
    yield from (f"-{n}" for n in itertools.count(2))
