"""Somebody who is signed in, for screens that AppTest opens without a cookie, and for routes."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from data.accounts import Account, Role
from data.model import DepartmentPath
from data.store import Store
from survey.house import house
from survey.visitors import Visitors


class Cookies(Visitors):
    """Accounts by the cookie that names them, at one moment, as the real thing finds them."""

    def __init__(self, moment: datetime, store: Store, accounts: Mapping[str, Account]) -> None:
        super().__init__(store, "secret")
        self._moment = moment
        self._accounts = accounts

    def visitor(self, cookie: str | None, now: datetime) -> Account | None:
        """The account of that name."""
        return self._accounts.get(cookie or "") if now == self._moment else None


def sign_in(
    patch: pytest.MonkeyPatch, role: Role, grants: Mapping[int, DepartmentPath] | None = None
) -> Account:
    """Let everybody who asks be this account, until the test ends."""
    account = Account(7, "ada@example.org", "Ada", role, grants or {})

    def visitor(_self: object, _cookie: str | None, _now: datetime) -> Account:
        return account

    patch.setattr(type(house().visitors), "visitor", visitor)
    return account


def sign_out(patch: pytest.MonkeyPatch) -> None:
    """Let nobody be signed in any more."""
    patch.setattr(type(house().visitors), "visitor", lambda *_: None)
