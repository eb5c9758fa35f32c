"""The shelf of measures: agreed after a release, never overwritten unseen."""

import contextlib
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.errors import Conflict, NotAllowed
from data.measures import Measure, MeasureState, Plan
from data.model import Organisation, Wave
from data.results import Group, GroupKind, Release
from data.sqlite import open_store
from data.sqlite.restoring import restore
from data.sqlite.schema_measures import MEASURES
from data.store import Store
from tests.data.files import run_sql
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, at_once, short_settings

NOTHING_SHOWN = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})
PLAN = Plan(
    path=("Vertrieb", "Süd"),
    dimension="customer_perspective",
    what="Einmal im Monat fährt jemand aus der Technik\nzu einem Kunden mit.",
    responsible="Leitung Vertrieb Süd",
    due=date(2026, 9, 30),
)


def released_in(store: Store, firm: Organisation, code: str, title: str = "Welle") -> Wave:
    """A wave that nobody answered, released."""
    wave = store.waves.open(store.waves.add(firm, short_settings(title), code), DAY)
    return store.releases.save(store.waves.close(wave, NEXT_DAY), NOTHING_SHOWN, NEXT_DAY)


@pytest.fixture
def released_wave(fresh_store: Store, closed_wave: Wave) -> Wave:
    """The small firm's wave, released."""
    return fresh_store.releases.save(closed_wave, NOTHING_SHOWN, NEXT_DAY)


def test_a_measure_is_kept_as_it_was_agreed(fresh_store: Store, released_wave: Wave) -> None:
    """Every field, with its umlauts and line breaks, and whose it is."""
    firm = released_wave.organisation
    kept = fresh_store.measures.add(released_wave, PLAN)
    assert kept == Measure(kept.id, firm.id, released_wave.code, PLAN)
    assert fresh_store.measures.of(firm) == (kept,)


def test_the_one_that_is_due_first_comes_first(fresh_store: Store, released_wave: Wave) -> None:
    """Of the same day, the one that was agreed first."""
    days = (date(2026, 12, 1), date(2026, 2, 1), date(2026, 12, 1))
    kept = [fresh_store.measures.add(released_wave, replace(PLAN, due=day)) for day in days]
    assert fresh_store.measures.of(released_wave.organisation) == (kept[1], kept[0], kept[2])


def test_measures_of_all_waves_of_one_organisation_only(
    fresh_store: Store, released_wave: Wave
) -> None:
    """The other organisation has its own."""
    firm, other = released_wave.organisation, fresh_store.organisations.add("Andere AG")
    second = released_in(fresh_store, firm, "zweite22", "Welle 2")
    theirs = released_in(fresh_store, other, "fremde22")
    mine = tuple(fresh_store.measures.add(wave, PLAN) for wave in (released_wave, second))
    foreign = fresh_store.measures.add(theirs, PLAN)
    assert fresh_store.measures.of(firm) == mine
    assert fresh_store.measures.of(other) == (foreign,)


def test_nothing_is_agreed_before_the_release(
    fresh_store: Store, draft_wave: Wave, small_firm: Organisation
) -> None:
    """Not of a draft, an open or a closed wave; the database itself refuses it, too."""
    waves = [draft_wave]
    waves.append(fresh_store.waves.open(draft_wave, DAY))
    waves.append(fresh_store.waves.close(waves[-1], NEXT_DAY))
    for wave in waves:
        with pytest.raises(NotAllowed):
            fresh_store.measures.add(wave, PLAN)
    path = fresh_store.connections.path  # type: ignore[attr-defined]
    with pytest.raises(sqlite3.IntegrityError, match="after a release"):
        run_sql(
            path,
            "INSERT INTO measure (wave_id, path, dimension, what, responsible, due, state)"
            " SELECT id, '[]', 'x', 'x', 'x', '2026-01-01', 'shared' FROM wave",
        )
    assert fresh_store.measures.of(small_firm) == ()


def test_a_change_keeps_the_measure_and_its_wave(fresh_store: Store, released_wave: Wave) -> None:
    """Whatever of the plan changes."""
    kept = fresh_store.measures.add(released_wave, PLAN)
    wanted = Plan((), "top_down_bottom_up", "Anders", "Leitung", DAY, MeasureState.IMPROVED)
    changed = fresh_store.measures.change(kept, wanted)
    assert changed == replace(kept, plan=wanted)
    assert fresh_store.measures.of(released_wave.organisation) == (changed,)


def removed(store: Store, seen: Measure) -> None:
    """Remove it."""
    store.measures.remove(seen)


def done(store: Store, seen: Measure) -> None:
    """Say that it is carried out."""
    store.measures.change(seen, replace(seen.plan, state=MeasureState.DONE))


@pytest.mark.parametrize("act", [removed, done])
def test_what_somebody_else_changed_is_not_overwritten(
    fresh_store: Store, released_wave: Wave, act: Callable[[Store, Measure], None]
) -> None:
    """Nor removed; and what is removed is not changed any more."""
    seen = fresh_store.measures.add(released_wave, PLAN)
    now = fresh_store.measures.change(seen, replace(PLAN, what="Etwas anderes"))
    with pytest.raises(Conflict, match=r"conflict\.measure'"):
        act(fresh_store, seen)
    assert fresh_store.measures.of(released_wave.organisation) == (now,)
    fresh_store.measures.remove(now)
    with pytest.raises(Conflict, match="measure_gone"):
        act(fresh_store, now)
    assert fresh_store.measures.of(released_wave.organisation) == ()


@pytest.mark.parametrize("pretended", [{"organisation": 77}, {"wave": "fremde22"}, {"id": 77}])
def test_a_measure_is_not_somebody_elses(
    fresh_store: Store, released_wave: Wave, pretended: dict[str, object]
) -> None:
    """One that claims another organisation, wave or number is none that is kept."""
    kept = fresh_store.measures.add(released_wave, PLAN)
    forged = replace(kept, **pretended)  # type: ignore[arg-type]
    for act in (removed, done):
        with pytest.raises(Conflict):
            act(fresh_store, forged)
    assert fresh_store.measures.of(released_wave.organisation) == (kept,)


def test_of_eight_changes_at_once_one_is_made(fresh_store: Store, released_wave: Wave) -> None:
    """The others are told."""
    seen = fresh_store.measures.add(released_wave, PLAN)

    def change(number: int) -> int | None:
        try:
            fresh_store.measures.change(seen, replace(PLAN, what=f"Fassung {number}"))
        except Conflict:
            return None
        return number

    (made,) = (number for number in at_once(change) if number is not None)
    (now,) = fresh_store.measures.of(released_wave.organisation)
    assert now.plan.what == f"Fassung {made}"


def test_a_number_is_never_given_twice(fresh_store: Store, released_wave: Wave) -> None:
    """So that an old page never means a new measure."""
    first = fresh_store.measures.add(released_wave, PLAN)
    fresh_store.measures.remove(first)
    assert fresh_store.measures.add(released_wave, PLAN).id > first.id


def test_an_erased_organisation_leaves_no_measure(fresh_store: Store, released_wave: Wave) -> None:
    """Its number, given again, comes without them."""
    fresh_store.measures.add(released_wave, PLAN)
    fresh_store.profiles.erase(released_wave.organisation)
    again = fresh_store.organisations.add("Neu AG")
    assert fresh_store.measures.of(released_wave.organisation) == ()
    assert fresh_store.measures.of(again) == ()


def test_a_backup_brings_measures_back(tmp_path: Path) -> None:
    """As they were when it was made."""
    path, spare = tmp_path / "house.db", tmp_path / "spare.db"
    with contextlib.closing(open_store(path)) as store:
        firm = store.organisations.add("Muster GmbH")
        kept = store.measures.add(released_in(store, firm, "k7m2p9qx"), PLAN)
        store.back_up(spare)
        store.measures.remove(kept)
    restore(path, spare, NEXT_DAY)
    with contextlib.closing(open_store(path)) as store:
        assert store.measures.of(firm) == (kept,)


def test_a_file_from_before_measures_gets_room_for_them(tmp_path: Path) -> None:
    """Its released waves can have measures at once."""
    path = tmp_path / "older.db"
    with contextlib.closing(open_store(path)) as store:
        wave = released_in(store, store.organisations.add("Muster GmbH"), "k7m2p9qx")
    tables = ("vote", "count", "contribution", "phone", "round", "step")
    run_sql(
        path,
        "DROP TABLE measure",
        *(f"DROP TABLE workshop_{table}" for table in tables),
        "DROP TABLE workshop",
        "DELETE FROM _sqlite_migrations WHERE name IN ('measures', 'workshops')",
    )
    with contextlib.closing(open_store(path)) as store:
        kept = store.measures.add(wave, PLAN)
        assert store.measures.of(wave.organisation) == (kept,)


def test_measures_from_before_workshops_keep_their_numbers(tmp_path: Path) -> None:
    """And what was removed then is no number of a new one, however often the file is opened."""
    path = tmp_path / "older.db"
    with contextlib.closing(open_store(path)) as store:
        wave = released_in(store, store.organisations.add("Muster GmbH"), "k7m2p9qx")
    tables = ("vote", "count", "contribution", "phone", "round", "step")
    steps = [sql for sql in re.split(r";\n(?=CREATE|$)", MEASURES.strip()) if sql]
    add = (
        "INSERT INTO measure (id, wave_id, path, dimension, what, responsible, due, state)"
        " SELECT {id}, id, '[]', '', 'Mitfahren', 'Leitung', '2027-01-31', 'improved' FROM wave"
    )
    run_sql(
        path,
        "DROP TABLE measure",
        *(f"DROP TABLE workshop_{table}" for table in tables),
        "DROP TABLE workshop",
        *steps,
        add.format(id=3),
        add.format(id=7),
        "DELETE FROM measure WHERE id = 7",
        "DELETE FROM _sqlite_migrations WHERE name = 'workshops'",
    )
    for _ in range(2):
        with contextlib.closing(open_store(path)) as store:
            (kept, *_) = store.measures.of(wave.organisation)
    assert (kept.id, kept.wave, kept.workshop, kept.organisation) == (3, wave.code, "", 1)
    assert (kept.plan.what, kept.plan.state) == ("Mitfahren", MeasureState.IMPROVED)
    with contextlib.closing(open_store(path)) as store:
        assert store.measures.add(wave, PLAN).id == 8
    assert run_sql(path, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize(
    ("state", "late"),
    [(MeasureState.SHARED, True), (MeasureState.IMPROVED, True), (MeasureState.DONE, False)],
)
def test_a_measure_is_overdue_from_the_day_after_unless_done(
    state: MeasureState, *, late: bool
) -> None:
    """On the day itself there is still time."""
    plan = replace(PLAN, due=DAY, state=state)
    assert not plan.overdue(DAY)
    assert plan.overdue(NEXT_DAY) is late
