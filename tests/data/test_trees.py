"""Trees of departments: the organisation's own, and the one that each wave keeps."""

import json
from dataclasses import replace
from datetime import date

import pytest

from data.errors import Conflict, ImportProblem, NotAllowed, SetUpProblem
from data.model import Department, DepartmentPath, Organisation, Wave
from data.sqlite import SqliteStore
from data.store import Store
from data.tree import Entry, entries
from tests.data.samples import DAY, NEXT_DAY, at_once, response, short_settings

NORTH = ("Vertrieb", "Nord")


def tree(departments: tuple[Department, ...]) -> dict[DepartmentPath, int | None]:
    """Paths and headcounts."""
    return {department.path: department.headcount for department in departments}


def renamed(seen: tuple[Department, ...], **names: str) -> tuple[Entry, ...]:
    """The tree with other names on every level."""
    return tuple(
        replace(entry, path=tuple(names.get(name, name) for name in entry.path))
        for entry in entries(seen)
    )


# A wave's own tree


def test_an_opened_wave_keeps_its_tree(
    fresh_store: Store,
    small_firm: Organisation,
    open_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """Whatever is renamed, added, removed or counted anew afterwards."""
    before = fresh_store.waves.departments(open_wave)
    fresh_store.organisations.save_departments(small_firm, {("Neu",): 30, ("Lager",): 90})
    living = fresh_store.organisations.departments(small_firm)
    kept = tuple(e for e in renamed(living, Vertrieb="Sales") if e.path != ("Lager",))
    fresh_store.organisations.replace_departments(small_firm, living, kept)
    assert fresh_store.waves.departments(open_wave) == before == small_tree
    closed = fresh_store.waves.close(open_wave, DAY)
    assert fresh_store.waves.departments(closed) == before


def test_a_draft_asks_in_the_living_tree(
    fresh_store: Store, small_firm: Organisation, draft_wave: Wave
) -> None:
    """Until it opens; who still holds the draft afterwards gets the wave's own tree."""
    living = fresh_store.organisations.save_departments(small_firm, {("A",): 5})
    assert fresh_store.waves.departments(draft_wave) == living
    fresh_store.waves.open(draft_wave, DAY)
    fresh_store.organisations.save_departments(small_firm, {("B",): 5})
    assert tree(fresh_store.waves.departments(draft_wave)) == {("A",): 5}


def test_a_wave_opened_without_departments_gets_none_later(
    fresh_store: Store, small_firm: Organisation, open_wave: Wave
) -> None:
    """Its people were never asked for one."""
    fresh_store.organisations.save_departments(small_firm, {("A",): 5})
    assert fresh_store.waves.departments(open_wave) == ()


def test_links_made_for_a_draft_lead_to_the_opened_waves_departments(
    fresh_store: Store, draft_wave: Wave, living_tree: tuple[Department, ...]
) -> None:
    """The same codes, the same names; an answer given there counts for the wave."""
    codes = {f"code{n}": department for n, department in enumerate(living_tree)}
    fresh_store.invitations.add(draft_wave, codes)
    wave = fresh_store.waves.open(draft_wave, DAY)
    own = fresh_store.waves.departments(wave)
    assert {d.id for d in own}.isdisjoint(d.id for d in living_tree)
    assert [fresh_store.invitations.find(code).department for code in codes] == list(own)
    assert [d.path for d in own] == [d.path for d in living_tree]
    assert fresh_store.answers.add(wave, response(1, own[1]), DAY)
    assert {count.path for count in fresh_store.answers.counts(wave)} == {NORTH}


def test_reopening_copies_nothing(
    fresh_store: Store,
    small_firm: Organisation,
    open_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """The tree and the links stay those of the first opening."""
    closed = fresh_store.waves.close(open_wave, DAY)
    fresh_store.organisations.save_departments(small_firm, {("Neu",): 30})
    again = fresh_store.waves.open(closed, NEXT_DAY)
    assert fresh_store.waves.departments(again) == small_tree


def test_two_waves_have_a_tree_each(
    fresh_store: Store,
    small_firm: Organisation,
    open_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """Their answers never meet in a department."""
    draft = fresh_store.waves.add(small_firm, short_settings("Zweite"), "zweite22")
    other = fresh_store.waves.open(draft, DAY)
    assert open_wave.id != other.id
    theirs = fresh_store.waves.departments(other)
    assert tree(theirs) == tree(small_tree)
    assert {d.id for d in theirs}.isdisjoint(d.id for d in small_tree)


def test_a_response_cannot_name_another_trees_department(
    fresh_store: Store, open_wave: Wave, living_tree: tuple[Department, ...]
) -> None:
    """It could not be counted, and the wave never be released."""
    with pytest.raises(Exception, match="another tree"):
        fresh_store.answers.add(open_wave, response(1, living_tree[0]), DAY)
    assert fresh_store.answers.per_day(open_wave) == {}


def test_contact_is_copied_with_the_tree(
    fresh_store: Store, small_firm: Organisation, draft_wave: Wave
) -> None:
    """Yes, no, and not said."""
    wanted = (Entry(("A",), None, True), Entry(("B",), 3, False), Entry(("C",)))
    fresh_store.organisations.replace_departments(small_firm, (), wanted)
    wave = fresh_store.waves.open(draft_wave, DAY)
    assert [d.contact for d in fresh_store.waves.departments(wave)] == [True, False, None]


# What an import adds


def test_an_import_may_add_departments_to_an_open_wave(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Parents too; to the wave's own tree only."""
    added = fresh_store.waves.add_departments(open_wave, {("Büro", "Post"): 4})
    assert tree(added) == {**tree(small_tree), ("Büro",): None, ("Büro", "Post"): 4}
    living = fresh_store.organisations.departments(open_wave.organisation)
    assert tree(living) == tree(small_tree)


def test_a_headcount_of_an_open_wave_is_set_once(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Who could change it could learn from the bands how many took part."""
    assert tree(small_tree)["Lager",] == 9
    fresh_store.waves.add_departments(open_wave, {("Lager",): 90, ("Hof",): None})
    fresh_store.waves.add_departments(open_wave, {("Hof",): 12})
    fresh_store.waves.add_departments(open_wave, {("Hof",): 100})
    found = tree(fresh_store.waves.departments(open_wave))
    assert (found["Lager",], found["Hof",]) == (9, 12)


def test_only_an_open_wave_gets_more_departments(
    fresh_store: Store, draft_wave: Wave, closed_wave: Wave
) -> None:
    """A closed one takes no answers that would need them."""
    with pytest.raises(NotAllowed):
        fresh_store.waves.add_departments(closed_wave, {("A",): 5})
    other = fresh_store.waves.add(draft_wave.organisation, short_settings("Neu"), "neuneu22")
    with pytest.raises(NotAllowed):
        fresh_store.waves.add_departments(other, {("A",): 5})


# Replacing the living tree


def test_a_renamed_department_keeps_its_links_and_targets(
    fresh_store: Store,
    small_firm: Organisation,
    draft_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """Of waves that are not open yet: the next one asks under the new name."""
    fresh_store.invitations.add(draft_wave, {"nord2222": small_tree[1]})
    fresh_store.expectations.set_targets(draft_wave, NORTH, {"top_down": 4.0})
    wanted = renamed(small_tree, Vertrieb="Verkauf", Nord="Norden")
    found = fresh_store.organisations.replace_departments(small_firm, small_tree, wanted)
    assert [d.id for d in found] == [d.id for d in small_tree]
    link = fresh_store.invitations.find("nord2222").department
    assert link
    assert link.path == ("Verkauf", "Norden")
    assert fresh_store.expectations.targets(draft_wave) == {("Verkauf", "Norden"): {"top_down": 4}}


def test_departments_may_trade_names_and_places(
    fresh_store: Store, small_firm: Organisation, small_tree: tuple[Department, ...]
) -> None:
    """Nord and Süd trade names; Lager goes below Nord."""
    wanted = renamed(small_tree, Nord="Süd", Süd="Nord")
    wanted = tuple(
        replace(entry, path=(*NORTH, "Lager"), headcount=2) if entry.path == ("Lager",) else entry
        for entry in wanted
    )
    found = fresh_store.organisations.replace_departments(small_firm, small_tree, wanted)
    by_id = {d.id: d.path for d in found}
    sales, north, south, store = small_tree
    assert by_id == {
        sales.id: ("Vertrieb",),
        north.id: ("Vertrieb", "Süd"),
        south.id: NORTH,
        store.id: (*NORTH, "Lager"),
    }


def test_a_removed_department_takes_its_links_and_targets_along(
    fresh_store: Store,
    small_firm: Organisation,
    draft_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """Those of drafts; the open link and the others stay."""
    fresh_store.invitations.add(
        draft_wave, {f"code{n}": department for n, department in enumerate(small_tree)}
    )
    fresh_store.expectations.set_targets(draft_wave, NORTH, {"top_down": 4.0})
    fresh_store.expectations.set_targets(draft_wave, ("Lager",), {"top_down": 3.0})
    kept = tuple(entry for entry in entries(small_tree) if entry.path[0] != "Vertrieb")
    fresh_store.organisations.replace_departments(small_firm, small_tree, kept)
    links = fresh_store.invitations.of(draft_wave)
    assert [i.department and i.department.path for i in links] == [None, ("Lager",)]
    assert fresh_store.expectations.targets(draft_wave) == {("Lager",): {"top_down": 3}}


def test_opened_waves_keep_their_targets_and_links_by_name(
    fresh_store: Store,
    small_firm: Organisation,
    open_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """They keep their tree, so nothing in them is renamed or removed."""
    fresh_store.invitations.add(open_wave, {"nord2222": small_tree[1]})
    fresh_store.expectations.set_targets(open_wave, NORTH, {"top_down": 4.0})
    living = fresh_store.organisations.departments(small_firm)
    fresh_store.organisations.replace_departments(small_firm, living, renamed(living, Nord="N"))
    fresh_store.organisations.replace_departments(
        small_firm, fresh_store.organisations.departments(small_firm), ()
    )
    assert fresh_store.expectations.targets(open_wave) == {NORTH: {"top_down": 4}}
    assert fresh_store.invitations.find("nord2222").department == small_tree[1]
    assert fresh_store.organisations.departments(small_firm) == ()


def test_the_later_of_two_people_is_told(
    fresh_store: Store, small_firm: Organisation, small_tree: tuple[Department, ...]
) -> None:
    """What the first one stored stands."""
    first = renamed(small_tree, Lager="Hof")
    fresh_store.organisations.replace_departments(small_firm, small_tree, first)
    with pytest.raises(Conflict):
        fresh_store.organisations.replace_departments(
            small_firm, small_tree, renamed(small_tree, Lager="Halle")
        )
    found = fresh_store.organisations.departments(small_firm)
    assert [d.path for d in found if len(d.path) == 1] == [("Vertrieb",), ("Hof",)]


def test_personal_links_and_leaders_parts_follow(
    fresh_store: SqliteStore,
    small_firm: Organisation,
    draft_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """To the opened wave's departments; a leader's part follows a rename; what is removed goes."""
    with fresh_store.connections.writing() as db:
        db.conn.executemany(
            "INSERT INTO personal_invitation (id, wave_id, department_id) VALUES (?, ?, ?)",
            [(b"n", draft_wave.id, small_tree[1].id), (b"l", draft_wave.id, small_tree[3].id)],
        )
        db.execute("INSERT INTO account VALUES (1, 'ada@example.org', 'Ada', 'leader', NULL)")
        path = json.dumps(NORTH)
        db.execute("INSERT INTO account_grant VALUES (1, ?, ?)", [small_firm.id, path])
    kept = tuple(e for e in renamed(small_tree, Vertrieb="V") if e.path != ("Lager",))
    fresh_store.organisations.replace_departments(small_firm, small_tree, kept)
    wave = fresh_store.waves.open(draft_wave, DAY)
    north = fresh_store.waves.departments(wave)[1]
    with fresh_store.connections.borrow() as db:
        links = db.execute("SELECT id, department_id FROM personal_invitation").fetchall()
        grants = db.execute("SELECT path FROM account_grant").fetchall()
    assert links == [(b"n", north.id)]
    assert north.path == ("V", "Nord")
    assert grants == [(json.dumps(north.path),)]


def test_of_many_at_once_one_saves_and_the_others_are_told(
    fresh_store: Store, small_firm: Organisation, small_tree: tuple[Department, ...]
) -> None:
    """Nobody's tree is overwritten by somebody who has not seen it."""

    def save(number: int) -> str | None:
        try:
            wanted = renamed(small_tree, Lager=f"Hof {number}")
            fresh_store.organisations.replace_departments(small_firm, small_tree, wanted)
        except Conflict:
            return None
        return f"Hof {number}"

    (saved,) = [name for name in at_once(save) if name]
    assert fresh_store.organisations.departments(small_firm)[-1].name == saved


def test_an_id_of_another_tree_is_refused(
    fresh_store: Store,
    small_firm: Organisation,
    open_wave: Wave,
    small_tree: tuple[Department, ...],
) -> None:
    """Nobody moves a wave's department, or another organisation's, into their own tree."""
    living = fresh_store.organisations.departments(small_firm)
    for stolen in (small_tree[0].id, 9999):
        with pytest.raises(Conflict):
            fresh_store.organisations.replace_departments(
                small_firm, living, (Entry(("Beute",), id=stolen),)
            )
    assert fresh_store.waves.departments(open_wave) == small_tree


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ((Entry(("A",)), Entry(("A",))), "error.tree_twice"),
        ((Entry(()),), "error.tree_unnamed"),
        ((Entry(("A", " ")),), "error.tree_unnamed"),
        ((Entry(("A" * 201,)),), "error.tree_long"),
        ((Entry(("A",) * 21),), "error.tree_deep"),
        ((Entry(("A",), -1),), "error.tree_headcount"),
        ((Entry(("A",), 3), Entry(("A", "B"), 4)), "error.headcount_small"),
    ],
    ids=["twice", "nameless", "blank", "long", "deep", "negative", "small"],
)
def test_a_tree_that_makes_no_sense_is_refused(
    fresh_store: Store,
    small_firm: Organisation,
    small_tree: tuple[Department, ...],
    wanted: tuple[Entry, ...],
    key: str,
) -> None:
    """Named by department; the old one stands."""
    with pytest.raises(ImportProblem) as problem:
        fresh_store.organisations.replace_departments(small_firm, small_tree, wanted)
    assert key in {finding.key for finding in problem.value.findings}
    assert fresh_store.organisations.departments(small_firm) == small_tree


def test_parents_that_are_not_named_are_added(fresh_store: Store, small_firm: Organisation) -> None:
    """As with lists of paths."""
    found = fresh_store.organisations.replace_departments(
        small_firm, (), (Entry(("A", "B"), 4, True),)
    )
    assert tree(found) == {("A",): None, ("A", "B"): 4}


def test_a_name_may_come_back(fresh_store: Store, small_firm: Organisation) -> None:
    """One of two waves' trees never stands in the way of the other, nor of the living one."""
    for year in range(3):
        fresh_store.organisations.save_departments(small_firm, {("A", "B"): 4})
        draft = fresh_store.waves.add(small_firm, short_settings(f"W{year}"), f"code{year}")
        fresh_store.waves.open(draft, date(2026, 1, 1 + year))
        living = fresh_store.organisations.departments(small_firm)
        fresh_store.organisations.replace_departments(small_firm, living, ())
    with pytest.raises(SetUpProblem):
        fresh_store.waves.add(small_firm, short_settings("W0"), "code9")
