"""People with accounts, for tests that need somebody signed in."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher

from data.accounts import Account, Role
from data.model import DepartmentPath
from data.store import Store
from survey.passwords import Passwords
from survey.visitors import Visitors

PASSWORD = "vier Wörter sind genug"  # noqa: S105 - a sample
OTHER_PASSWORD = "noch vier andere Wörter"  # noqa: S105


def quick_passwords() -> Passwords:
    """Hashes that cost next to nothing."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def somebody(
    store: Store,
    role: Role = Role.OWNER,
    grants: Mapping[int, DepartmentPath] | None = None,
    email: str = "",
) -> Account:
    """An account; its e-mail is its role's name unless another is given."""
    return store.accounts.add(email or f"{role}@example.org", role.name.title(), role, grants or {})


def owners_cookie(store: Store, visitors: Visitors, now: datetime | None = None) -> str:
    """The cookie of a browser that a new owner is signed in with."""
    return visitors.sign_in(somebody(store), now or datetime.now())


def form_of(client: Any, path: str) -> dict[str, str]:
    """The hidden fields of the first form at an address."""
    page = client.get(path).text
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(reversed(found))
