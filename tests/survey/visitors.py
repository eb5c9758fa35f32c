"""Somebody who is signed in, for screens that AppTest opens without a cookie."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from data.accounts import Account, Role
from data.model import DepartmentPath
from survey.house import house


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
