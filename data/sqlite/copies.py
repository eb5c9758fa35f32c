"""Copies of the whole database, written while others go on working with it."""

import contextlib
import os
import sqlite3
from pathlib import Path

from data.errors import DatabaseProblem, SetUpProblem

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite may keep of one database, by how the files' names end."""


def write_copy(db: sqlite3.Connection, target: Path) -> None:
    """Write a consistent copy to a new file that only its owner can read, and read it again.

    Written anew in key order, so that a copy of an open wave keeps no order of arrival.
    Others may go on writing meanwhile. `SetUpProblem` names the target.
    """
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise SetUpProblem("error.backup_exists", file=target) from error
    except OSError as error:
        raise SetUpProblem("error.backup_unwritable", file=target) from error
    try:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("VACUUM INTO ?", [str(target)])
        with contextlib.closing(sqlite3.connect(target)) as copy:
            check_whole(copy, target)
        _sync(target)
    except (sqlite3.OperationalError, OSError) as error:
        discard(target)
        raise SetUpProblem("error.backup_unwritable", file=target) from error
    except BaseException:
        discard(target)
        raise


def check_whole(db: sqlite3.Connection, path: Path) -> None:
    """`DatabaseProblem` unless every page of a database fits."""
    if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise DatabaseProblem("error.database_damaged", path=path)


def beside(path: Path, end: str) -> Path:
    """One of the files of a database."""
    return path.with_name(path.name + end)


def discard(path: Path) -> None:
    """Delete a database with all its files, if there is one."""
    for end in BESIDE:
        beside(path, end).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Wait until the disk has it: SQLite does not, for a file that it writes this way."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
