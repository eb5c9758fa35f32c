"""The contract of the shelf of accounts."""

from dataclasses import replace

import pytest

from data.accounts import Account, Role
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.model import Organisation
from data.store import Store
from tests.data.samples import at_once
from tests.people import somebody


def test_an_account_is_found_by_its_email_in_any_case(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """It is kept in lower case, with role and grants."""
    grants = {small_firm.id: ("Vertrieb", "Süd / West")}
    added = fresh_store.accounts.add("Ada@Example.ORG", "Ada", Role.LEADER, grants)
    assert added == Account(added.id, "ada@example.org", "Ada", Role.LEADER, grants)
    assert fresh_store.accounts.find("ADA@example.org") == added
    assert fresh_store.accounts.all() == (added,)
    with pytest.raises(NotFound):
        fresh_store.accounts.find("eve@example.org")


def test_an_email_has_one_account(fresh_store: Store) -> None:
    """Whatever its case; of eight who add it at once, one does."""
    somebody(fresh_store, email="ada@example.org")
    with pytest.raises(SetUpProblem):
        somebody(fresh_store, email="ADA@example.org")

    def add(_: int) -> bool:
        try:
            somebody(fresh_store, email="eve@example.org")
        except SetUpProblem:
            return False
        return True

    assert sorted(at_once(add)) == [False] * 7 + [True]


def test_a_grant_names_an_organisation_that_is_there(fresh_store: Store) -> None:
    """Else nothing is added."""
    with pytest.raises(SetUpProblem):
        somebody(fresh_store, Role.CONSULTANT, {77: ()})
    assert fresh_store.accounts.all() == ()


def test_who_changes_what_somebody_else_changed_is_told(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """The first change stands, the second one is refused and changes nothing."""
    somebody(fresh_store)
    seen = somebody(fresh_store, Role.CONSULTANT)
    first = fresh_store.accounts.change(seen, replace(seen, grants={small_firm.id: ()}))
    with pytest.raises(Conflict):
        fresh_store.accounts.change(seen, replace(seen, name="Anders"))
    with pytest.raises(Conflict):
        fresh_store.accounts.remove(seen)
    assert fresh_store.accounts.find(seen.email) == first
    fresh_store.accounts.remove(first)
    with pytest.raises(Conflict):
        fresh_store.accounts.change(first, replace(first, name="Anders"))


def test_the_last_owner_stays(fresh_store: Store) -> None:
    """Neither removed nor made anything less; a second one makes it possible."""
    last = somebody(fresh_store)
    with pytest.raises(NotAllowed):
        fresh_store.accounts.remove(last)
    with pytest.raises(NotAllowed):
        fresh_store.accounts.change(last, replace(last, role=Role.CONSULTANT))
    other = somebody(fresh_store, email="other@example.org")
    fresh_store.accounts.remove(last)
    assert fresh_store.accounts.all() == (other,)


def test_an_owner_who_cannot_sign_in_yet_replaces_nobody_who_can(fresh_store: Store) -> None:
    """The other owner needs a password first."""
    one, other = somebody(fresh_store), somebody(fresh_store, email="other@example.org")
    fresh_store.accounts.set_password(one, "a hash")
    with pytest.raises(NotAllowed):
        fresh_store.accounts.remove(one)
    fresh_store.accounts.set_password(other, "a hash")
    fresh_store.accounts.remove(one)


def test_of_two_owners_who_remove_each_other_one_is_left(fresh_store: Store) -> None:
    """At the same moment, too."""
    both = [somebody(fresh_store, email=f"{name}@example.org") for name in ("ada", "eve")]

    def remove(number: int) -> bool:
        try:
            fresh_store.accounts.remove(both[number])
        except (NotAllowed, Conflict):
            return False
        return True

    assert sorted(at_once(remove, 2)) == [False, True]
    assert len(fresh_store.accounts.all()) == 1


def test_a_house_is_ready_once_an_owner_has_a_password(fresh_store: Store) -> None:
    """A consultant's does not count."""
    consultant, owner = somebody(fresh_store, Role.CONSULTANT), somebody(fresh_store)
    fresh_store.accounts.set_password(consultant, "a hash")
    assert not fresh_store.accounts.ready()
    fresh_store.accounts.set_password(owner, "another hash")
    assert fresh_store.accounts.ready()
    assert fresh_store.accounts.password(owner) == "another hash"


def test_who_is_gone_gets_no_password(fresh_store: Store) -> None:
    """An account that was removed has none and takes none."""
    somebody(fresh_store)
    gone = somebody(fresh_store, Role.LEADER)
    fresh_store.accounts.remove(gone)
    assert fresh_store.accounts.password(gone) is None
    with pytest.raises(NotFound):
        fresh_store.accounts.set_password(gone, "a hash")
