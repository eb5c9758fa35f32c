"""Which part of a release is somebody's own: their department and what is below it. Pure values."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from data.accounts import Account, Role
from data.model import DepartmentPath, Organisation
from data.results import Group, GroupKind

Thing = TypeVar("Thing")

_PLACES = (GroupKind.DEPARTMENT, GroupKind.REMAINDER)


def own_path(account: Account, organisation: Organisation) -> DepartmentPath:
    """The department whose results a leader reads first; () where there is none."""
    if account.role is not Role.LEADER:
        return ()
    return account.grants.get(organisation.id, ())


def belongs(group: Group, own: DepartmentPath) -> bool:
    """Whether a group is this department, one below it, or what is left beside those."""
    return bool(own) and group.kind in _PLACES and group.path[: len(own)] == own


def own_first(
    things: Iterable[Thing], own: DepartmentPath, place: Callable[[Thing], Group]
) -> tuple[Thing, ...]:
    """The things of their own part first; otherwise in the order they were in."""
    return tuple(sorted(things, key=lambda thing: not belongs(place(thing), own)))
