"""What owners do with accounts, for the screen and the command line alike. No Streamlit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from data.accounts import Account, Role, TicketKind
from data.audit import AuditAct
from data.errors import SetUpProblem
from data.model import DepartmentPath, Organisation
from data.store import Store
from survey.auditing import note
from survey.reception import checked_email, checked_name
from survey.visitors import Visitors
from survey.wording import Wording

_ROLES = {
    Role.OWNER: "role.owner",
    Role.CONSULTANT: "role.consultant",
    Role.LEADER: "role.leader",
}
_MAY = {
    Role.OWNER: "role.owner_may",
    Role.CONSULTANT: "role.consultant_may",
    Role.LEADER: "role.leader_may",
}

Grants = Mapping[int, DepartmentPath]


def role_name(say: Wording, role: Role) -> str:
    """What a role is called."""
    return say(_ROLES[role])


def role_explained(say: Wording, role: Role) -> str:
    """What a role is called and may do."""
    return f"{role_name(say, role)}: {say(_MAY[role])}"


def add(store: Store, by: str, email: str, name: str, role: Role, grants: Grants) -> Account:
    """Create an account, which has no password yet. `SetUpProblem`."""
    email, name = checked_email(email), checked_name(name)
    with store.together():
        account = store.accounts.add(email, name, role, _fitting(store, role, grants))
        note(store, by, AuditAct.ACCOUNT_ADDED, subject=account.label)
    return account


def change(store: Store, by: str, seen: Account, name: str, role: Role, grants: Grants) -> Account:
    """Change name, role and grants of what was seen. `Conflict`, `NotAllowed`, `SetUpProblem`."""
    with store.together():
        fitting = _fitting(store, role, grants)
        wanted = Account(seen.id, seen.email, checked_name(name), role, fitting)
        changed = store.accounts.change(seen, wanted)
        note(store, by, AuditAct.ACCOUNT_CHANGED, subject=changed.label)
    return changed


def entrust(store: Store, founder: Account, organisation: Organisation) -> None:
    """Make an organisation its founder's own: without that, a consultant would not see it.

    For the same transaction as the founding, which the audit log tells. `NotFound`.
    """
    now = store.accounts.find(founder.email)
    if now.role is not Role.OWNER:
        store.accounts.change(now, replace(now, grants={**now.grants, organisation.id: ()}))


def remove(store: Store, by: str, seen: Account) -> None:
    """Remove an account; its browsers are signed out. `Conflict`, `NotAllowed`."""
    with store.together():
        store.accounts.remove(seen)
        note(store, by, AuditAct.ACCOUNT_REMOVED, subject=seen.label)


def password_address(
    store: Store, visitors: Visitors, by: str, account: Account, origin: str, now: datetime
) -> str:
    """The address of a one-time link by which its holder sets a password."""
    with store.together():
        token = visitors.offer(TicketKind.PASSWORD, account, now)
        note(store, by, AuditAct.PASSWORD_LINK_MADE, subject=account.email)
    return f"{origin.rstrip('/')}/password/{token}"


def _fitting(store: Store, role: Role, grants: Grants) -> Grants:
    """An owner needs no grants, and only a leader has a part of a tree. `SetUpProblem`."""
    if role is Role.OWNER:
        return {}
    if role is Role.CONSULTANT:
        return dict.fromkeys(grants, ())
    organisations = {one.id: one for one in store.organisations.all()}
    for number, path in grants.items():
        if path and number in organisations:
            known = {d.path for d in store.organisations.departments(organisations[number])}
            if path not in known:
                raise SetUpProblem("error.grant_department", department=" / ".join(path))
    return grants
