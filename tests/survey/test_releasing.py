"""What a release is made of beside the gate's figures, and which wave trends start from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.model import Department, Organisation, Wave
from data.results import PROFILE
from data.store import Store
from scoring.gaps import GapKind
from scoring.sides import SideKind
from survey import releasing, running
from survey.results import load_results
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, response, short_settings


def staff(*heads: tuple[str, int | None]) -> list[Department]:
    """Departments by path and headcount."""
    return [Department(n, tuple(path.split("/")), count) for n, (path, count) in enumerate(heads)]


@pytest.mark.parametrize(
    ("departments", "known"),
    [
        (staff(("A", 10), ("A/B", 4), ("C", 5)), {("A",): 10, ("A", "B"): 4, ("C",): 5, (): 15}),
        (staff(("A", 10), ("C", None)), {("A",): 10}),
        (staff(("A", 0)), {("A",): 0, (): 0}),
        ([], {}),
    ],
)
def test_the_organisations_headcount_is_its_divisions(
    departments: list[Department], known: Mapping[tuple[str, ...], int]
) -> None:
    """Known only if each division's is; a division's counts its teams already."""
    assert releasing.headcounts(departments) == known


def test_an_organisation_with_people_outside_its_departments_has_no_known_headcount() -> None:
    """29 heads listed and 2 people of no department: 29 answers are not everybody."""
    assert releasing.headcounts(staff(("A", 20), ("B", 9)), complete=False) == {
        ("A",): 20,
        ("B",): 9,
    }


def test_one_answer_of_no_department_leaves_the_organisations_headcount_unknown(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """29 heads are listed; whether the organisation has 30 or 300, nobody said."""
    fresh_store.answers.add(open_wave, response(1, small_tree[1]), DAY)
    known = releasing.compute_release(fresh_store, open_wave).headcounts
    assert known[()] == 29
    fresh_store.answers.add(open_wave, response(2), DAY)
    assert () not in releasing.compute_release(fresh_store, open_wave).headcounts


def released(store: Store, owner: Organisation, title: str, closed: date) -> Wave:
    """A wave of this organisation that closed on this day and is released."""
    wave = store.waves.add(owner, short_settings(title), f"{title[:4]}{title[-4:]}")
    store.waves.open(wave, closed - timedelta(days=7))
    return releasing.release(store, store.waves.close(wave, closed), closed)


def test_a_trend_starts_from_the_last_wave_that_asked_before(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """By when it closed, not by when it was released; never from another organisation's."""
    other = fresh_store.organisations.add("Andere AG")
    third = released(fresh_store, small_firm, "Welle 2026", date(2026, 5, 1))
    first = released(fresh_store, small_firm, "Welle 2024", date(2024, 5, 1))
    second = released(fresh_store, small_firm, "Welle 2025", date(2025, 5, 1))
    released(fresh_store, other, "Fremd 2025", date(2025, 6, 1))
    open_one = fresh_store.waves.add(small_firm, short_settings("Welle 2023"), "Well2023")
    fresh_store.waves.open(open_one, date(2023, 5, 1))
    found = {w: releasing.earlier_wave(fresh_store, w) for w in (first, second, third)}
    assert found == {first: None, second: first, third: second}


def test_a_second_wave_is_compared_with_the_first(fresh_store: Store) -> None:
    """The demo's latest release has trends from the one before, and says which that is."""
    earlier, first, second = running.demo(fresh_store)
    results = load_results(fresh_store, first)
    assert results.earlier == earlier
    assert {gap.from_.kind for gap in results.gaps[GapKind.TREND]} == {SideKind.EARLIER}
    assert not load_results(fresh_store, earlier).gaps[GapKind.TREND]
    closed = fresh_store.waves.close(second, NEXT_DAY)
    third = load_results(fresh_store, releasing.release(fresh_store, closed, NEXT_DAY))
    assert third.earlier == first


def test_reliability_is_computed_when_the_release_is_made(
    fresh_store: Store, open_wave: Wave
) -> None:
    """120 people, five items, one dimension each: one scale, the profile of five."""
    people = [
        response(
            n,
            answers={item: 1 + (n + place * (n % 3)) % 5 for place, item in enumerate(SHORT_FORM)},
        )
        for n in range(120)
    ]
    fresh_store.answers.add_many(open_wave, people, DAY)
    closed = fresh_store.waves.close(open_wave, DAY)
    release = releasing.compute_release(fresh_store, closed)
    (profile,) = release.reliability
    assert (profile.scale, profile.parts, profile.people, profile.omega) == (PROFILE, 5, 100, None)
    assert profile.low < profile.alpha < profile.high
    kept = fresh_store.releases.load(fresh_store.releases.save(closed, release, DAY))
    assert kept.reliability == release.reliability
    assert replace(kept, comments=()) == replace(release, comments=())
