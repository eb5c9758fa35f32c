"""A list of departments, pasted or from a file, and what can be wrong with it."""

from collections.abc import Mapping

import pytest

from data.departments import Headcounts, read_departments, split_path
from data.errors import ImportProblem
from data.model import DepartmentPath
from data.tables import read_table


def read(text: str, known: Mapping[DepartmentPath, int | None] | None = None) -> Headcounts:
    """The departments of a pasted text."""
    return read_departments(read_table("departments.csv", text.encode()), "/", known)


def findings(
    text: str, known: Mapping[DepartmentPath, int | None] | None = None
) -> list[tuple[str, dict[str, object]]]:
    """What is wrong with a pasted text: key and values of every finding."""
    with pytest.raises(ImportProblem) as problem:
        read(text, known)
    assert problem.value.key == "error.departments"
    return [(finding.key, finding.values) for finding in problem.value.findings]


def test_departments_are_read_in_the_order_given() -> None:
    """A path and, where there is one, a headcount; blanks around names do not count."""
    found = read("Vertrieb; 40\nVertrieb / Nord ;25\nLager\nLager/Ost;0\n")
    assert list(found.items()) == [
        (("Vertrieb",), 40),
        (("Vertrieb", "Nord"), 25),
        (("Lager",), None),
        (("Lager", "Ost"), 0),
    ]


@pytest.mark.parametrize("heading", ["Bereich;Köpfe", "Department;Headcount;Notes"])
def test_a_first_row_with_text_for_a_number_is_a_heading(heading: str) -> None:
    """It is left out, however it is worded."""
    assert read(f"{heading}\nLager;3\n") == {("Lager",): 3}


@pytest.mark.parametrize("first", ["Vertrieb;40", "Vertrieb;"])
def test_a_first_row_with_a_number_or_nothing_is_a_department(first: str) -> None:
    """A list needs no heading."""
    assert list(read(f"{first}\nLager;3\n")) == [("Vertrieb",), ("Lager",)]


def test_a_first_department_without_a_headcount_swallows_no_other() -> None:
    """Whether rows have two cells is not for the first row alone to decide."""
    assert read("Vertrieb\nVertrieb/Nord; 24\n") == {
        ("Vertrieb",): None,
        ("Vertrieb", "Nord"): 24,
    }


def test_only_the_first_row_can_be_a_heading() -> None:
    """Text for a number further down is a mistake, named with its row as it was typed."""
    assert findings("Vertrieb;40\nLager;viele\n") == [
        (
            "error.headcount_wrong",
            {"row": "2", "department": "Lager", "headcount": "viele"},
        )
    ]


@pytest.mark.parametrize(
    "count", ["-1", "3.5", "3,5", "1e3", "1.200", "12 Köpfe", "٣", "999999999"]
)
def test_a_headcount_is_a_whole_number_from_0(count: str) -> None:
    """Nothing is guessed: 1.200 may be a thousand or one and a bit."""
    ((key, values),) = findings(f"Vertrieb;40\nLager;{count}\n")
    assert key == "error.headcount_wrong"
    assert values["headcount"] == count


def test_a_department_may_be_listed_only_once() -> None:
    """The second row is named, even where it says the same."""
    assert findings("Vertrieb;4\nLager;3\n Vertrieb ;4\n") == [
        ("error.department_twice", {"row": "3", "department": "Vertrieb"})
    ]


@pytest.mark.parametrize("name", ["", "  ", "/", " / / "])
def test_a_department_needs_a_name(name: str) -> None:
    """A headcount alone belongs to nobody."""
    assert findings(f"Vertrieb;4\n{name};3\n") == [("error.department_unnamed", {"row": "2"})]


def test_a_name_has_200_characters_at_most() -> None:
    """Each name of a path by itself."""
    longest = "x" * 200
    assert list(read(f"{longest}/{longest};3")) == [(longest, longest)]
    ((key, values),) = findings(f"A/{longest}x;3")
    assert (key, values["row"], values["longest"]) == ("error.department_long", "1", 200)


def test_a_parent_counts_at_least_its_children() -> None:
    """25 and 16 are more than 40; exactly 40 is fine."""
    assert findings("Vertrieb;40\nVertrieb/Nord;25\nVertrieb/Süd;16\n") == [
        ("error.headcount_small", {"department": "Vertrieb", "headcount": 40, "below": 41})
    ]
    assert len(read("Vertrieb;40\nVertrieb/Nord;25\nVertrieb/Süd;15\n")) == 3


def test_a_parent_below_another_is_named_by_its_path() -> None:
    """Which of several North it is must be clear."""
    ((_, values),) = findings("A;90\nA/Nord;5\nA/Nord/Mitte;6\n")
    assert values == {"department": "A / Nord", "headcount": 5, "below": 6}


def test_a_grandparent_counts_its_grandchildren_too() -> None:
    """A department in between without a headcount hides nobody below it."""
    ((key, values),) = findings("Vertrieb;10\nVertrieb/Nord\nVertrieb/Nord/Bremen;50\n")
    assert key == "error.headcount_small"
    assert (values["department"], values["headcount"]) == ("Vertrieb", 10)


def test_parents_without_a_headcount_are_never_too_small() -> None:
    """What is not known cannot be wrong."""
    assert read("Vertrieb/Nord;25\nVertrieb\nLager/Ost;7\n") == {
        ("Vertrieb", "Nord"): 25,
        ("Vertrieb",): None,
        ("Lager", "Ost"): 7,
    }


def test_headcounts_that_are_there_already_must_fit_too() -> None:
    """A new child counts against the parent that was saved before; a new number replaces it."""
    known = {("Vertrieb",): 20, ("Vertrieb", "Nord"): 15}
    ((key, values),) = findings("Vertrieb/Süd;6\n", known)
    assert key == "error.headcount_small"
    assert (values["headcount"], values["below"]) == (20, 21)
    assert read("Vertrieb;21\nVertrieb/Süd;6\n", known) == {
        ("Vertrieb",): 21,
        ("Vertrieb", "Süd"): 6,
    }


def test_every_mistake_is_found_at_once() -> None:
    """Nobody mends a list one message at a time."""
    assert [key for key, _ in findings("A;4\nA/B;9\nA;5\n;2\nC;x\n")] == [
        "error.department_twice",
        "error.department_unnamed",
        "error.headcount_wrong",
        "error.headcount_small",
    ]


@pytest.mark.parametrize(
    ("text", "separator", "path"),
    [
        ("Vertrieb/Nord", "/", ("Vertrieb", "Nord")),
        (" Vertrieb / Nord ", "/", ("Vertrieb", "Nord")),
        ("/Vertrieb//Nord/", "/", ("Vertrieb", "Nord")),
        ("Ein/Aus > Nord", ">", ("Ein/Aus", "Nord")),
        ("A :: B", "::", ("A", "B")),
        ("", "/", ()),
        (" / ", "/", ()),
    ],
)
def test_a_path_is_its_names(text: str, separator: str, path: DepartmentPath) -> None:
    """Blanks and empty parts are not names; a separator may be longer than one sign."""
    assert split_path(text, separator) == path
