"""The shelf of accounts. See `data.shelves.accounts`."""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from data.accounts import Account, Role
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.model import DepartmentPath
from data.sqlite.connections import Connections

_OTHER_OWNERS = """SELECT count(*) FROM account WHERE role = 'owner' AND id <> :id
AND (password IS NOT NULL OR (SELECT password FROM account WHERE id = :id) IS NULL)"""
"""Owners who can take over: they must have a password if the one who goes has one."""


class SqliteAccounts:
    """Fulfils `data.shelves.accounts.Accounts`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(
        self, email: str, name: str, role: Role, grants: Mapping[int, DepartmentPath]
    ) -> Account:
        """Create an account without a password. `SetUpProblem` where the e-mail is taken."""
        try:
            with self._connections.writing() as db:
                cursor = db.execute(
                    "INSERT INTO account (email, name, role) VALUES (?, ?, ?)",
                    [email.lower(), name, role],
                )
                id_ = int(cursor.lastrowid or 0)
                _save_grants(db, id_, grants)
                return read_account(db, id_)
        except sqlite3.IntegrityError as error:
            raise SetUpProblem("error.account_exists", email=email.lower()) from error

    def all(self) -> tuple[Account, ...]:
        """Every account, by e-mail."""
        with self._connections.borrow() as db:
            return _read(db, "ORDER BY email", ())

    def find(self, email: str) -> Account:
        """The account of this e-mail, in whatever case it is typed. `NotFound`."""
        with self._connections.borrow() as db:
            found = _read(db, "WHERE email = ?", [email.lower()])
        if not found:
            raise NotFound("error.account_unknown", email=email)
        return found[0]

    def change(self, seen: Account, wanted: Account) -> Account:
        """Make what was seen into what is wanted. `Conflict`, `NotAllowed`."""
        with self._connections.writing() as db:
            _refuse_changed(db, seen)
            if wanted.role is not Role.OWNER:
                _refuse_last_owner(db, seen)
            db.execute(
                "UPDATE account SET name = ?, role = ? WHERE id = ?",
                [wanted.name, wanted.role, seen.id],
            )
            db.execute("DELETE FROM account_grant WHERE account_id = ?", [seen.id])
            _save_grants(db, seen.id, wanted.grants)
            return read_account(db, seen.id)

    def remove(self, seen: Account) -> None:
        """Remove an account with its sessions and links. `Conflict`, `NotAllowed`."""
        with self._connections.writing() as db:
            _refuse_changed(db, seen)
            _refuse_last_owner(db, seen)
            db.execute("DELETE FROM account WHERE id = ?", [seen.id])

    def password(self, account: Account) -> str | None:
        """The hash of its password; None where it has none, or is gone."""
        with self._connections.borrow() as db:
            query = "SELECT password FROM account WHERE id = ?"
            row = db.execute(query, [account.id]).fetchone()
        return row[0] if row else None

    def set_password(self, account: Account, hashed: str) -> None:
        """Keep the hash of a new password. `NotFound` if the account is gone."""
        with self._connections.writing() as db:
            change = "UPDATE account SET password = ? WHERE id = ?"
            if not db.execute(change, [hashed, account.id]).rowcount:
                raise NotFound("error.account_unknown", email=account.email)

    def ready(self) -> bool:
        """Whether there is an owner with a password."""
        query = "SELECT 1 FROM account WHERE role = 'owner' AND password IS NOT NULL"
        with self._connections.borrow() as db:
            return db.execute(query).fetchone() is not None


def read_account(db: Database, id_: int) -> Account:
    """The account of this id. `NotFound`."""
    found = _read(db, "WHERE id = ?", [id_])
    if not found:
        raise NotFound("error.account_unknown", email="")
    return found[0]


def _read(db: Database, where: str, values: Sequence[object]) -> tuple[Account, ...]:
    rows = db.execute(
        f"SELECT id, email, name, role FROM account {where}",  # noqa: S608 - our own conditions
        list(values),
    ).fetchall()
    return tuple(
        Account(id_, email, name, Role(role), _read_grants(db, id_))
        for id_, email, name, role in rows
    )


def _read_grants(db: Database, id_: int) -> dict[int, DepartmentPath]:
    rows = db.execute(
        "SELECT organisation_id, path FROM account_grant WHERE account_id = ?", [id_]
    ).fetchall()
    return {organisation: tuple(json.loads(path)) for organisation, path in rows}


def _save_grants(db: Database, id_: int, grants: Mapping[int, DepartmentPath]) -> None:
    """`SetUpProblem` for an organisation that is gone."""
    known = {id_ for (id_,) in db.execute("SELECT id FROM organisation").fetchall()}
    if set(grants) - known:
        raise SetUpProblem("error.grant_unknown")
    db.conn.executemany(
        "INSERT INTO account_grant VALUES (?, ?, ?)",
        [(id_, one, json.dumps(path, ensure_ascii=False)) for one, path in grants.items()],
    )


def _refuse_changed(db: Database, seen: Account) -> None:
    found = _read(db, "WHERE id = ?", [seen.id])
    if not found:
        raise Conflict("conflict.account_gone", email=seen.email)
    if found[0] != seen:
        raise Conflict("conflict.account", email=seen.email)


def _refuse_last_owner(db: Database, seen: Account) -> None:
    if seen.role is not Role.OWNER:
        return
    if not db.execute(_OTHER_OWNERS, {"id": seen.id}).fetchone()[0]:
        raise NotAllowed("error.last_owner", email=seen.email)
