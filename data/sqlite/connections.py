"""Connections to one SQLite file: opened safely, lent to one thread at a time.

Whatever SQLite says about the file as a whole becomes a `DatabaseProblem` here.
"""

import contextlib
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

from data.errors import DatabaseProblem
from data.sqlite.schema import APPLICATION_ID, migrations

_EVERY_CONNECTION = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


class Connections:
    """Lends connections; an idle one is used again, so threads never share one."""

    def __init__(self, path: Path, patience: float, *, to_read: bool = False) -> None:
        """Remember the file; nothing is opened yet. `to_read`: and nothing is ever written."""
        self.path = path
        self._mode = "ro" if to_read else "rw"
        self._patience = patience
        self._idle: queue.LifoQueue[Database] = queue.LifoQueue()
        self._file: tuple[int, int] | None = None
        self._together = threading.local()
        # Threads queue here: SQLite's own waiting sleeps, and wakes up late.
        self._writer = threading.RLock()

    def prepare(self) -> None:
        """Look at the file before touching it, then bring its schema up to date.

        Of one that is only read, nothing is brought up to date.
        """
        with self._explaining():
            if self._mode == "ro":
                self._file = _identity(self.path)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Raw answers are the business of whoever runs the server, and of nobody else here.
            if not self.path.exists():
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self._file = _identity(self.path)
            if self.path.exists() and self.path.stat().st_size:
                self._refuse_foreign_and_newer()
            with self.borrow() as db:
                self._write_ahead(db)
            with self.writing() as db:
                if migrations.pending(db):
                    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    migrations.apply(db)
            self.check()

    @contextlib.contextmanager
    def borrow(self) -> Iterator[Database]:
        """Lend a connection; it comes back when the block ends, or is closed on an error."""
        joined: Database | None = getattr(self._together, "db", None)
        if joined is not None:
            yield joined
            return
        with self._explaining():
            if _identity(self.path) != self._file:
                raise DatabaseProblem("error.database_gone", path=self.path)
            try:
                db = self._idle.get_nowait()
            except queue.Empty:
                db = self._connect()
            try:
                yield db
            except sqlite3.Error:
                db.conn.close()
                raise
            except BaseException:
                self._idle.put(db)
                raise
            self._idle.put(db)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Database]:
        """Lend a connection inside a transaction: all of the block is kept, or none of it.

        The write lock is taken at once, so that nothing read in the block can be
        out of date when it is written.
        """
        with self._writer, self.borrow() as db:
            if db.conn.in_transaction:
                with db.atomic():
                    yield db
                return
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.conn.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Make everything this thread writes in the block one transaction."""
        if getattr(self._together, "db", None) is not None:
            with self.writing():
                yield
            return
        with self.writing() as db:
            self._together.db, self._together.tidy = db, None
            try:
                yield
            finally:
                self._together.db = None
        if self._together.tidy:
            self._together.tidy()

    def check(self) -> None:
        """Read the schema, and write nothing in a way that needs the right and the lock to."""
        with self.writing() as db:
            db.conn.execute("UPDATE wave SET code = code WHERE FALSE")

    def truncate_log(self) -> None:
        """Move the log into the database and empty it. A busy log waits for the next time."""
        if self._waits(self.truncate_log):
            return
        with self.borrow() as db:
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def rewrite(self) -> None:
        """Write the whole file anew in key order, so that no page keeps an order of arrival."""
        if self._waits(self.rewrite):
            return
        with self.borrow() as db:
            # In memory, so that no copy of the answers is left in a temporary folder.
            db.conn.execute("PRAGMA temp_store = MEMORY")
            db.conn.execute("VACUUM")
            db.conn.execute("PRAGMA temp_store = DEFAULT")
        self.truncate_log()

    def close(self) -> None:
        """Empty the log and close every idle connection."""
        with contextlib.suppress(DatabaseProblem):
            if self._mode == "rw":
                self.truncate_log()
        while not self._idle.empty():
            self._idle.get_nowait().conn.close()

    def _waits(self, tidy: Callable[[], None]) -> bool:
        """Whether tidying has to wait for the end of `together`; a rewrite includes the rest."""
        if getattr(self._together, "db", None) is None:
            return False
        if self._together.tidy != self.rewrite:
            self._together.tidy = tidy
        return True

    def _connect(self) -> Database:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={self._mode}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for statement in _EVERY_CONNECTION:
                connection.execute(statement)
        except sqlite3.Error:
            connection.close()
            raise
        return Database(connection)

    def _write_ahead(self, db: Database) -> None:
        """Use a write-ahead log, which the file remembers; SQLite does not wait for that lock."""
        until = time.monotonic() + self._patience
        while True:
            try:
                db.conn.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if _reason(error) != "error.database_locked" or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def _refuse_foreign_and_newer(self) -> None:
        """Read the file without a chance of writing to it."""
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=self._patience)) as reader:
            refuse_foreign_and_newer(reader, self.path, may_be_new=True)

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            raise DatabaseProblem(_reason(error), path=self.path) from error


def refuse_foreign_and_newer(reader: sqlite3.Connection, path: Path, *, may_be_new: bool) -> None:
    """`DatabaseProblem` if a database is another program's or a newer version's.

    `may_be_new`: one without a table or a mark is nobody's yet, and may become ours.
    """
    tables = {name for (name,) in reader.execute("SELECT name FROM sqlite_master")}
    (application,) = reader.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID and (tables or application or not may_be_new):
        raise DatabaseProblem("error.database_foreign", path=path)
    applied: set[str] = set()
    if Migrations.migrations_table in tables:
        rows = reader.execute(f"SELECT name FROM {Migrations.migrations_table}")  # noqa: S608
        applied = {name for (name,) in rows}
    if applied - {step.name for step in migrations.pending(Database(memory=True))}:
        raise DatabaseProblem("error.database_newer", path=path)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path: one that was deleted or replaced is another, or none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _reason(error: Exception) -> str:
    """The catalogue key that fits what SQLite or the system said."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "error.database_locked"
    if primary == sqlite3.SQLITE_READONLY or isinstance(error, PermissionError):
        return "error.database_readonly"
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return "error.database_damaged"
    if primary == sqlite3.SQLITE_FULL:
        return "error.database_full"
    return "error.database_unusable"
