"""Imports into an open wave: what they add to its tree, and what they cannot change in it."""

from pathlib import Path

import pytest

from data.errors import ImportProblem
from data.importing import Mapped
from data.model import DepartmentPath, Wave
from data.store import Store
from survey import intake
from tests.data.samples import DAY, NEXT_DAY


def imported(store: Store, folder: Path, answers: str, headcounts: str = "") -> Wave:
    """Import a table of people into the wave `2026` of `Muster GmbH`."""
    people, heads = folder / "people.csv", folder / "heads.csv"
    people.write_text(f"Bereich,CP1,EO1\n{answers}", encoding="utf-8")
    heads.write_text(headcounts, encoding="utf-8")
    counts = heads if headcounts else None
    mapped = Mapped("Bereich")
    done = intake.import_file(store, people, "Muster GmbH", "2026", mapped, counts, DAY)
    return done.wave


def trees(
    store: Store, wave: Wave
) -> tuple[dict[DepartmentPath, int | None], dict[DepartmentPath, int | None]]:
    """The organisation's and the wave's."""
    living = store.organisations.departments(wave.organisation)
    own = store.waves.departments(wave)
    return {d.path: d.headcount for d in living}, {d.path: d.headcount for d in own}


def test_new_departments_join_both_trees(fresh_store: Store, tmp_path: Path) -> None:
    """With their headcounts; and their people are counted there."""
    wave = imported(fresh_store, tmp_path, "Vertrieb,3,4\n", "Vertrieb;20\n")
    imported(fresh_store, tmp_path, "Vertrieb/Nord,1,2\nLager,5,5\n", "Vertrieb/Nord;8\n")
    expected = {("Vertrieb",): 20, ("Vertrieb", "Nord"): 8, ("Lager",): None}
    assert trees(fresh_store, wave) == (expected, expected)
    assert {count.path for count in fresh_store.answers.counts(wave)} == expected.keys()


def test_an_import_cannot_move_an_open_waves_headcount(fresh_store: Store, tmp_path: Path) -> None:
    """The next wave gets the new one; this one keeps what its bands are made of."""
    wave = imported(fresh_store, tmp_path, "Vertrieb,3,4\nLager,1,1\n", "Vertrieb;20\n")
    imported(fresh_store, tmp_path, "Vertrieb,3,4\n", "Vertrieb;40\nLager;9\n")
    living, own = trees(fresh_store, wave)
    assert living == {("Vertrieb",): 40, ("Lager",): 9}
    assert own == {("Vertrieb",): 20, ("Lager",): 9}


def test_what_does_not_fit_the_waves_own_headcounts_is_refused(
    fresh_store: Store, tmp_path: Path
) -> None:
    """Even where it would fit the new ones; nothing is imported then."""
    wave = imported(fresh_store, tmp_path, "Vertrieb,3,4\n", "Vertrieb;20\n")
    before = trees(fresh_store, wave)
    with pytest.raises(ImportProblem) as problem:
        imported(fresh_store, tmp_path, "Vertrieb/Nord,3,4\n", "Vertrieb;60\nVertrieb/Nord;30\n")
    assert [finding.key for finding in problem.value.findings] == ["error.headcount_small"]
    assert trees(fresh_store, wave) == before
    assert fresh_store.answers.per_day(wave) == {DAY: 1}


def test_a_name_that_was_changed_since_still_leads_to_the_waves_department(
    fresh_store: Store, tmp_path: Path
) -> None:
    """And does not come back into the organisation's tree."""
    wave = imported(fresh_store, tmp_path, "Vertrieb,3,4\n")
    firm = wave.organisation
    fresh_store.organisations.replace_departments(
        firm, fresh_store.organisations.departments(firm), ()
    )
    imported(fresh_store, tmp_path, "Vertrieb,5,5\n")
    living, own = trees(fresh_store, wave)
    assert living == {}
    assert own == {("Vertrieb",): None}
    assert sum(c.people for c in fresh_store.answers.counts(wave) if c.item == "CP1") == 2


def test_a_reopened_wave_takes_more_people(fresh_store: Store, tmp_path: Path) -> None:
    """Its tree grows like that of any open wave."""
    wave = imported(fresh_store, tmp_path, "Vertrieb,3,4\n")
    fresh_store.waves.open(fresh_store.waves.close(wave, DAY), NEXT_DAY)
    imported(fresh_store, tmp_path, "Lager,5,5\n")
    assert trees(fresh_store, wave)[1] == {("Vertrieb",): None, ("Lager",): None}
