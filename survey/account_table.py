"""The list of accounts as a table. No Streamlit."""

from collections.abc import Callable, Mapping, Sequence

from data.accounts import Account, Role
from survey.accounts import role_name
from survey.tables import render
from survey.wording import Wording


def account_table(
    say: Wording,
    everybody: Sequence[Account],
    names: Mapping[int, str],
    password: Callable[[Account], str | None],
) -> str:
    """Every account with its role, its organisations, and whether it has a password yet.

    `names`: what organisations are called, by id.
    """
    lines = [
        (
            one.name,
            one.email,
            role_name(say, one.role),
            _theirs(say, one, names),
            say("accounts.has_password" if password(one) else "accounts.no_password"),
        )
        for one in everybody
    ]
    return render("accounts.html", say=say, lines=lines)


def _theirs(say: Wording, account: Account, names: Mapping[int, str]) -> tuple[str, ...]:
    if account.role is Role.OWNER:
        return (say("accounts.all_organisations"),)
    grants = ((names.get(id_, ""), " / ".join(path)) for id_, path in account.grants.items())
    theirs = tuple(f"{name}: {part}" if part else name for name, part in grants)
    return theirs or (say("accounts.none_yet"),)
