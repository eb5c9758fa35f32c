"""Lists of departments: which column is what, what they say, and everything wrong by its row."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.department_columns import Field, find_layout
from data.department_lists import MOST_FINDINGS, Reading, read_list
from data.errors import ImportProblem
from data.model import DepartmentPath
from data.tables import Row, read_table
from data.tree import Entry, completed

IDS = "Nr;Gehört zu;Name;Personen;Kundenkontakt\n"


def rows(text: str) -> tuple[Row, ...]:
    """As they were pasted."""
    return read_table("list.csv", text.encode())


def read(text: str, separator: str = "/", **known: int) -> Reading:
    """The list as recognised. `known`: divisions that are there already."""
    table = rows(text)
    there: dict[DepartmentPath, int | None] = {(name,): heads for name, heads in known.items()}
    return read_list(table, find_layout(table[0]), separator, there)


def wrong(text: str, **known: int) -> list[tuple[str, dict[str, object]]]:
    """All findings, in their order."""
    with pytest.raises(ImportProblem) as problem:
        read(text, **known)
    return [(finding.key, dict(finding.values)) for finding in problem.value.findings]


# Columns


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Bereich;Personen;Kundenkontakt", {Field.PATH: 0, Field.HEADCOUNT: 1, Field.CONTACT: 2}),
        ("Headcount;Department", {Field.PATH: 1, Field.HEADCOUNT: 0}),
        ("Abteilung;Anzahl Mitarbeitende", {Field.PATH: 0, Field.HEADCOUNT: 1}),
        ("Name;Headcount", {Field.PATH: 0, Field.HEADCOUNT: 1}),
        (
            "ID;Parent ID;Department;People;Customer contact",
            {Field.ID: 0, Field.PARENT: 1, Field.NAME: 2, Field.HEADCOUNT: 3, Field.CONTACT: 4},
        ),
        (
            "Abteilungs-Nr.;Übergeordnete Abteilung;Bezeichnung;Köpfe",
            {Field.ID: 0, Field.PARENT: 1, Field.NAME: 2, Field.HEADCOUNT: 3},
        ),
        ("Kostenstelle;Abteilung;Personen", {Field.PATH: 1, Field.HEADCOUNT: 2}),
    ],
)
def test_headings_are_recognised_in_german_and_english(
    heading: str, columns: dict[Field, int]
) -> None:
    """Whatever their order, capitals, hyphens and blanks."""
    layout = find_layout(rows(f"{heading}\nA;1\n")[0])
    assert dict(layout.columns) == columns
    assert layout.heading
    assert layout.usable


def test_a_list_without_a_heading_is_read_by_position() -> None:
    """Path, headcount, contact."""
    assert read("Vertrieb;24;ja\nLager;7;nein\n").entries == (
        Entry(("Vertrieb",), 24, True),
        Entry(("Lager",), 7, False),
    )


def test_an_unknown_heading_leaves_the_columns_to_the_person() -> None:
    """Nothing is guessed, and the message says where to choose."""
    layout = find_layout(rows("Quux;Zorg\nA;1\n")[0])
    assert layout.heading
    assert not layout.usable
    with pytest.raises(ImportProblem) as problem:
        read_list(rows("Quux;Zorg\nA;1\n"), layout, "/")
    assert problem.value.key == "error.list_columns"


# What a list says


@pytest.mark.parametrize(
    ("word", "contact"),
    [
        ("ja", True),
        ("Nein", False),
        ("YES", True),
        ("no", False),
        ("x", True),
        ("1", True),
        ("0", False),
        ("", None),
        ("j", True),
        ("-", False),
    ],
)
def test_contact_may_be_said_in_german_or_english(word: str, contact: bool | None) -> None:
    """An empty cell says nothing."""
    assert read(f"Bereich;Personen;Kundenkontakt\nA;3;{word}\n").entries[0].contact is contact


@pytest.mark.parametrize("separator", ["/", ">", "\\", "::"])
def test_a_path_may_have_any_separator(separator: str) -> None:
    """The one that the person chose."""
    text = f"Bereich;Personen\nA {separator} B;3\n"
    assert read(text, separator).entries == (Entry(("A", "B"), 3),)


def test_ids_say_what_is_below_what_in_any_order() -> None:
    """A name may hold what separates paths elsewhere."""
    text = IDS + "12;10;F/E;15;\n10;;Vertrieb;40;ja\n11;12;Labor;5,0;nein\n"
    assert read(text).entries == (
        Entry(("Vertrieb", "F/E"), 15),
        Entry(("Vertrieb",), 40, True),
        Entry(("Vertrieb", "F/E", "Labor"), 5, False),
    )


def test_absent_headcounts_are_named_but_no_error() -> None:
    """By their rows; the person decides."""
    assert read(IDS + "1;;A;4;\n2;;B;;\n3;1;C;;\n").without == (3, 4)


# What is wrong


def test_everything_wrong_is_named_by_row_at_once() -> None:
    """Nothing has to be mended one by one."""
    text = IDS + (
        "1;;A;5;\n2;99;B;1;\n3;4;C;;\n4;3;D;;\n1;;E;;\n6;;;2;\n7;;F;-4;\n8;;G;viele;\n"
        "9;;A;;\n;;H;;\n11;1;I;6;\n12;;J;;vielleicht\n13;;" + "x" * 201 + ";;\n"
    )
    found = wrong(text)
    assert [(key, values.get("row") or values.get("rows")) for key, values in found] == [
        ("error.headcount_small_row", "2"),
        ("error.parent_missing", "3"),
        ("error.department_cycle", "4, 5"),
        ("error.department_id_twice", "6"),
        ("error.department_unnamed", "7"),
        ("error.headcount_wrong", "8"),
        ("error.headcount_wrong", "9"),
        ("error.list_twice", "10"),
        ("error.department_without_id", "11"),
        ("error.contact_word", "13"),
        ("error.department_long", "14"),
    ]
    by_key = dict(found)
    assert by_key["error.parent_missing"]["parent"] == "99"
    assert by_key["error.list_twice"]["first"] == "2"
    assert by_key["error.headcount_small_row"]["below"] == 6


def test_a_row_with_a_wrong_figure_is_still_there_for_those_below_it() -> None:
    """Only its figure is named, not every row that belongs to it."""
    text = IDS + "1;;A;-4;\n2;1;B;3;vielleicht\n3;2;C;3;\n"
    assert [key for key, _ in wrong(text)] == ["error.headcount_wrong", "error.contact_word"]


@pytest.mark.parametrize("length", [1, 2, 15_000])
def test_a_cycle_of_any_length_is_named_once(length: int) -> None:
    """Also what leads into it; and it takes no longer than reading does."""
    ring = "".join(f"{n};{(n + 1) % length};N{n};;\n" for n in range(length))
    found = wrong(IDS + ring + "lead;0;Lead;;\n")
    expected = ", ".join(str(n + 2) for n in range(length))
    assert [(key, values) for key, values in found] == [
        ("error.department_cycle", {"rows": expected})
    ]


def test_a_chain_that_is_too_deep_is_refused_quickly() -> None:
    """15,000 levels would be a path of 15,000 names."""
    chain = "".join(f"{n};{n - 1 if n else ''};N{n};;\n" for n in range(15_000))
    found = wrong(IDS + chain)
    assert found[0] == ("error.department_deep", {"row": "22", "most": 20})
    assert len(found) == MOST_FINDINGS + 1
    assert found[-1] == ("error.list_more", {"number": 15_000 - 20 - MOST_FINDINGS})


def test_headcounts_must_fit_what_is_there_already() -> None:
    """A division that the list does not name is named without a row."""
    assert wrong("Vertrieb/Nord;30\n", Vertrieb=20) == [
        ("error.headcount_small", {"department": "Vertrieb", "headcount": 20, "below": 30})
    ]


def test_nothing_but_a_heading_is_told() -> None:
    """There is nothing to take."""
    with pytest.raises(ImportProblem) as problem:
        read("Bereich;Personen\n")
    assert problem.value.key == "error.list_empty"


# Any tree, any rubbish

NAMES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters=";/\"'"), min_size=1, max_size=8
)
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=4).map(tuple),
    st.tuples(st.none() | st.integers(0, 99), st.sampled_from([None, True, False])),
    min_size=1,
    max_size=12,
)


def written(lines: list[list[object]]) -> tuple[Row, ...]:
    """As a spreadsheet program saves them."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(lines)
    return read_table("list.csv", file.getvalue().encode())


def tried(table: tuple[Row, ...]) -> Reading | ImportProblem:
    """What a list says, or why it cannot be taken."""
    try:
        return read_list(table, find_layout(table[0]), "/")
    except ImportProblem as problem:
        return problem


@settings(deadline=None)
@given(TREES, st.randoms())
def test_a_tree_is_read_back_from_either_kind_of_list(tree: dict, random: object) -> None:
    """As paths and as ids, in any order: the same departments."""
    entries = completed(Entry(path, None, said) for path, (_, said) in tree.items())
    shuffled = sorted(entries, key=lambda _: random.random())  # type: ignore[attr-defined]
    words = {None: "", True: "ja", False: "no"}
    paths: list[list[object]] = [["Bereich", "Personen", "Kontakt"]]
    paths += [[" / ".join(e.path), "", words[e.contact]] for e in shuffled]
    ids = {entry.path: f"k{n}" for n, entry in enumerate(entries)}
    numbered: list[list[object]] = [["Nr", "Parent", "Name", "Personen", "Kontakt"]]
    numbered += [
        [ids[e.path], ids.get(e.path[:-1], ""), e.path[-1], "", words[e.contact]] for e in shuffled
    ]
    for lines in (paths, numbered):
        table = written(lines)
        assert set(read_list(table, find_layout(table[0]), "/").entries) == set(entries)


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=8))
def test_rubbish_is_read_or_refused_in_words(cells: list[list[str]]) -> None:
    """Whatever the cells hold: a reading, or findings that each name a row or a department."""
    found = tried(tuple(Row(n, tuple(line)) for n, line in enumerate(cells, start=1)))
    if isinstance(found, ImportProblem):
        assert all({"row", "rows", "department"} & f.values.keys() for f in found.findings)
        return
    paths = [entry.path for entry in found.entries]
    assert len(paths) == len(set(paths))
    assert all(path and all(name.strip() for name in path) for path in paths)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=8))
def test_any_graph_of_ids_is_a_tree_or_says_why_not(edges: list[tuple[int, int]]) -> None:
    """Cycles, ids twice and missing parents never end in anything else."""
    lines: list[list[object]] = [["id", "parent", "name"]]
    lines += [[id_, parent or "", f"N{n}"] for n, (id_, parent) in enumerate(edges)]
    found = tried(written(lines))
    if isinstance(found, ImportProblem):
        assert {f.key for f in found.findings} <= {
            "error.department_id_twice",
            "error.parent_missing",
            "error.department_cycle",
        }
        return
    paths = {entry.path for entry in found.entries}
    assert len(paths) == len(edges)
    assert all(len(path) == 1 or path[:-1] in paths for path in paths)
