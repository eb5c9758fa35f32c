"""Numbers come back after an erasure: nothing that is remembered crosses to whoever has them."""

from dataclasses import replace

import pytest

from data.accounts import Role
from data.store import Store
from survey.staff_overview import StaffOverviews
from tests.people import somebody
from tests.survey import test_staff_overview as firms
from tests.survey.test_nothing_withheld_is_shown import SMALL, crowd


def test_an_erased_wave_never_shows_under_the_next_one_of_its_number(
    fresh_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Employees would read another organisation's results under their own name."""
    overviews = StaffOverviews(fresh_store)
    erased = firms.run(fresh_store)
    before = overviews.of(erased)
    fresh_store.profiles.erase(erased.organisation)
    monkeypatch.setattr(firms, "CODE", "c4nother")
    monkeypatch.setattr(firms, "NORTH_CODE", "n5nother")
    people = (*crowd(), *SMALL)
    satisfied = tuple(replace(p, answers=tuple(5 - a % 2 for a in p.answers)) for p in people)
    wave = firms.run(fresh_store, satisfied)
    assert wave.id == erased.id
    shown = overviews.of(wave)
    assert shown.parts == StaffOverviews(fresh_store).of(wave).parts
    assert shown.parts != before.parts


def test_the_number_of_a_removed_account_is_nobodys_again(fresh_store: Store) -> None:
    """Files that wait for whoever made them are kept by that number."""
    somebody(fresh_store)
    gone = somebody(fresh_store, Role.CONSULTANT)
    fresh_store.accounts.remove(gone)
    assert somebody(fresh_store, Role.LEADER).id != gone.id
