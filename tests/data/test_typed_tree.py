"""A tree that is edited as a table, what that changes, and two people who do it at once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import ImportProblem
from data.model import Department
from data.rebasing import rebased
from data.tree import Change, ChangeKind, Entry, changes, completed, entries, merged
from data.typed_tree import edited, read_typed, unused_separator

SEEN = (
    Department(1, ("Vertrieb",), 20),
    Department(2, ("Vertrieb", "Nord"), 12, True),
    Department(3, ("Vertrieb", "Nord", "Kiel"), 5),
    Department(4, ("Vertrieb", "Süd"), 8),
    Department(5, ("Lager",), 9, False),
)


def typed(
    changed: dict[int, dict[str, Any]] | None = None,
    added: list[dict[str, Any]] | None = None,
    deleted: list[int] | None = None,
) -> tuple[Entry, ...]:
    """The tree after these cells and rows were changed, as the table reports it."""
    shown = entries(SEEN)
    return read_typed(shown, edited(shown, "/", changed or {}, added or [], deleted or []))


def told(wanted: tuple[Entry, ...]) -> list[tuple[object, ...]]:
    """What changes, in short."""
    return [(c.kind.value, " / ".join(c.path), c.before, c.after) for c in changes(SEEN, wanted)]


def wrong(**changed: Any) -> list[tuple[str, object]]:
    """What is wrong, and with which rows."""
    with pytest.raises(ImportProblem) as problem:
        typed(**changed)
    found = problem.value.findings
    return [(f.key, f.values.get("row") or f.values.get("rows")) for f in found]


def test_nothing_typed_changes_nothing() -> None:
    """The tree as it was seen."""
    assert typed() == entries(SEEN)
    assert told(typed()) == []


def test_what_is_below_a_renamed_department_follows() -> None:
    """Only the renamed one is told."""
    wanted = typed({0: {"path": "Verkauf"}})
    assert {e.id: e.path for e in wanted}[3] == ("Verkauf", "Nord", "Kiel")
    assert told(wanted) == [("moved", "Verkauf", ("Vertrieb",), ("Verkauf",))]


def test_names_above_may_be_the_old_or_the_new_ones() -> None:
    """Whoever renames two levels may type either."""
    for above in ("Vertrieb", "Verkauf"):
        wanted = typed({0: {"path": "Verkauf"}, 1: {"path": f"{above} / Norden"}})
        assert {e.id: e.path for e in wanted}[3] == ("Verkauf", "Norden", "Kiel")


def test_two_departments_may_trade_names() -> None:
    """Each keeps what is below it."""
    wanted = typed({1: {"path": "Vertrieb/Süd"}, 3: {"path": "Vertrieb/Nord"}})
    assert {e.id: e.path for e in wanted} == {
        1: ("Vertrieb",),
        2: ("Vertrieb", "Süd"),
        3: ("Vertrieb", "Süd", "Kiel"),
        4: ("Vertrieb", "Nord"),
        5: ("Lager",),
    }


def test_what_is_left_below_a_removed_department_goes_too() -> None:
    """What was moved away before stays."""
    wanted = typed({2: {"path": "Lager/Kiel"}}, deleted=[1])
    assert [e.id for e in wanted] == [1, 3, 4, 5]
    assert told(wanted) == [
        ("moved", "Lager / Kiel", ("Vertrieb", "Nord", "Kiel"), ("Lager", "Kiel")),
        ("removed", "Vertrieb / Nord", 12, None),
    ]
    assert [e.id for e in typed(deleted=[0])] == [5]


def test_cells_are_changed_and_emptied() -> None:
    """An emptied headcount or contact is none."""
    wanted = typed({1: {"headcount": None, "contact": False}, 4: {"contact": None}})
    assert told(wanted) == [
        ("headcount", "Vertrieb / Nord", 12, None),
        ("contact", "Vertrieb / Nord", True, False),
        ("contact", "Lager", False, None),
    ]


def test_rows_are_added_with_what_is_above_them() -> None:
    """A row that was begun and left empty counts for nothing."""
    rows: list[dict[str, Any]] = [
        {"path": "Büro / Post", "headcount": 4, "contact": True},
        {"path": None},
        {"path": ""},
    ]
    assert told(typed(added=rows)) == [
        ("added", "Büro", None, None),
        ("added", "Büro / Post", None, 4),
    ]


def test_what_is_wrong_is_named_by_row() -> None:
    """No name, twice the same, too long, too few people."""
    assert wrong(changed={3: {"path": " / "}}) == [("error.department_unnamed", "4")]
    assert wrong(added=[{"headcount": 4}]) == [("error.department_unnamed", "6")]
    assert wrong(changed={4: {"path": "Vertrieb"}}) == [("error.department_twice", "5")]
    assert wrong(changed={4: {"path": "x" * 201}}) == [("error.department_long", "5")]
    assert wrong(changed={1: {"headcount": 4}}) == [("error.headcount_small", None)]


def test_departments_below_themselves_are_named() -> None:
    """Vertrieb below its own Nord; and two below each other."""
    assert wrong(changed={0: {"path": "Vertrieb/Nord/Vertrieb"}}) == [
        ("error.department_cycle", "1, 2")
    ]
    crossed = {1: {"path": "Vertrieb/Süd/Nord"}, 3: {"path": "Vertrieb/Nord/Süd"}}
    assert wrong(changed=crossed) == [("error.department_cycle", "2, 4")]


def test_a_separator_is_one_that_no_name_holds() -> None:
    """The organisation's own where that can be."""
    assert unused_separator(entries(SEEN), "/") == "/"
    assert unused_separator((Entry(("F/E",)),), "/") == ">"
    assert unused_separator((Entry(("F/E", "A>B")),), "/") == "|"
    assert unused_separator((Entry(("IT-Service",)),), " - ") == "/"


# Lists


def test_a_list_adds_and_updates_and_removes_only_if_it_is_whole() -> None:
    """What it leaves open stays as it is."""
    listed = (Entry(("Lager",), 11), Entry(("Vertrieb", "Ost"), None, True))
    counted, added = ("headcount", "Lager", 9, 11), ("added", "Vertrieb / Ost", None, None)
    more = merged(SEEN, listed, whole=False)
    assert told(more) == [added, counted]
    assert told(merged(SEEN, listed, whole=True)) == [
        counted,
        added,
        ("removed", "Vertrieb / Nord", 12, None),
        ("removed", "Vertrieb / Nord / Kiel", 5, None),
        ("removed", "Vertrieb / Süd", 8, None),
    ]


# Two people


def test_what_both_changed_is_put_together() -> None:
    """I rename and count, they add, move and say contact: all of it holds."""
    mine = typed({0: {"path": "Verkauf"}, 3: {"headcount": 6}}, added=[{"path": "Büro"}])
    theirs = (
        Department(1, ("Vertrieb",), 20),
        Department(2, ("Vertrieb", "Nord"), 12, True),
        Department(3, ("Lager", "Kiel"), 5),
        Department(4, ("Vertrieb", "Süd"), 8, True),
        Department(5, ("Lager",), 9, False),
        Department(9, ("Vertrieb", "Ost"), 2),
    )
    assert set(rebased(SEEN, mine, theirs)) == {
        Entry(("Verkauf",), 20, None, 1),
        Entry(("Verkauf", "Nord"), 12, True, 2),
        Entry(("Lager", "Kiel"), 5, None, 3),
        Entry(("Verkauf", "Süd"), 6, True, 4),
        Entry(("Lager",), 9, False, 5),
        Entry(("Verkauf", "Ost"), 2, None, 9),
        Entry(("Büro",)),
    }


def test_mine_holds_where_both_changed_the_same() -> None:
    """I see theirs in what changes, and can still take it."""
    mine = typed({4: {"headcount": 10, "path": "Halle"}})
    theirs = (*SEEN[:4], replace(SEEN[4], path=("Hof",), headcount=11))
    both = rebased(SEEN, mine, theirs)
    assert [change.kind for change in changes(theirs, both)] == [
        ChangeKind.MOVED,
        ChangeKind.HEADCOUNT,
    ]
    assert Entry(("Halle",), 10, False, 5) in both


def test_what_one_removed_and_the_other_changed_stays() -> None:
    """Mine comes back as a new one; theirs is not removed under something that they put there."""
    assert Entry(("Lager",), 10, False) in rebased(SEEN, typed({4: {"headcount": 10}}), SEEN[:4])
    theirs = (*SEEN, Department(9, ("Lager", "Rampe"), 1))
    assert Entry(("Lager",), 9, False, 5) in rebased(SEEN, typed(deleted=[4]), theirs)


def test_what_both_added_is_one_department() -> None:
    """With my figures."""
    mine = typed(added=[{"path": "Büro", "headcount": 4}])
    theirs = (*SEEN, Department(9, ("Büro",), 3))
    assert Entry(("Büro",), 4, None, 9) in rebased(SEEN, mine, theirs)


PATHS = st.lists(st.sampled_from("ABC"), min_size=1, max_size=3).map(tuple)


def stored(wanted: tuple[Entry, ...], first: int) -> tuple[Department, ...]:
    """The tree as the store would hold it; new ones get numbers from `first`."""
    return tuple(
        Department(first + n if e.id is None else e.id, e.path, e.headcount, e.contact)
        for n, e in enumerate(completed(wanted))
    )


@st.composite
def edits(draw: st.DrawFn, seen: tuple[Department, ...]) -> tuple[Entry, ...]:
    """Any other tree that somebody makes of one: other places, counts, some gone, some new."""
    places = draw(st.sets(PATHS, max_size=6))
    whole = [entry.path for entry in completed(Entry(path) for path in sorted(places))]
    ids = draw(st.permutations([d.id for d in seen] + [None] * len(whole)))
    return tuple(
        Entry(path, draw(st.none() | st.integers(0, 9)), None, id_)
        for path, id_ in zip(whole, ids, strict=False)
    )


@settings(deadline=None)
@given(st.data())
def test_edits_on_an_unchanged_tree_are_just_that(data: st.DataObject) -> None:
    """And with nothing edited, theirs is what remains."""
    seen = stored(data.draw(edits(())), 1)
    other = data.draw(edits(seen))
    assert set(rebased(seen, other, seen)) == set(other)
    theirs = stored(other, 100)
    assert set(rebased(seen, entries(seen), theirs)) == set(entries(theirs))
    assert (not changes(seen, other)) == (set(other) == set(entries(seen)))


@settings(deadline=None)
@given(st.data())
def test_whatever_two_people_do_nobody_loses_what_only_they_touched(data: st.DataObject) -> None:
    """A headcount that one of them set and the other left alone is there afterwards."""
    seen = stored(data.draw(edits(())), 1)
    mine, theirs = data.draw(edits(seen)), stored(data.draw(edits(seen)), 100)
    both = rebased(seen, mine, theirs)
    before = {d.id: d for d in seen}
    kept = {e.id: e for e in both if e.id is not None}
    for entry in mine:
        if (
            entry.id in before
            and entry.id in kept
            and entry.headcount != before[entry.id].headcount
        ):
            assert kept[entry.id].headcount == entry.headcount
    for department in theirs:
        if department.id not in before:
            assert department.id in kept


def test_changes_tell_nothing_twice() -> None:
    """An added department's headcount is part of the adding."""
    wanted = (*entries(SEEN), Entry(("Neu",), 3, True))
    added = Change(ChangeKind.ADDED, ("Neu",), after=3, contact=True)
    assert changes(SEEN, wanted) == (added,)
