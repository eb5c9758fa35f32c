"""Other people's answers, taken as they are mapped or refused cell by cell."""

from collections.abc import Sequence

import pytest

from data.errors import ImportProblem, Problem
from data.importing import (
    MOST_FINDINGS,
    Columns,
    ImportedResponse,
    Mapped,
    find_columns,
    read_responses,
)
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.tables import Row, read_table

FIVE = load_instrument(FIVE_QUESTIONS)
BY_DEPARTMENT = Mapped("Bereich")


def table(*lines: str) -> tuple[Row, ...]:
    """The rows of a CSV of these lines."""
    return read_table("answers.csv", "\n".join(lines).encode())


def columns(heading: str, mapped: Mapped = BY_DEPARTMENT) -> Columns:
    return find_columns(table(heading)[0], mapped, FIVE)


def responses(*lines: str, mapped: Mapped = BY_DEPARTMENT) -> tuple[ImportedResponse, ...]:
    rows = table(*lines)
    return read_responses(rows[1:], find_columns(rows[0], mapped, FIVE), mapped.separator)


def refused(*lines: str, mapped: Mapped = BY_DEPARTMENT) -> ImportProblem:
    with pytest.raises(ImportProblem) as problem:
        responses(*lines, mapped=mapped)
    return problem.value


def told(findings: Sequence[Problem]) -> list[tuple[str, dict[str, object]]]:
    return [(finding.key, finding.values) for finding in findings]


# Columns


def test_columns_named_like_items_are_found_by_themselves() -> None:
    """In the instrument's order, whatever the table's."""
    found = columns("SO1;Bereich;CP2;CP1")
    assert dict(found.items) == {"CP1": 3, "CP2": 2, "SO1": 0}
    assert list(found.items) == ["CP1", "CP2", "SO1"]
    assert found.department == 1
    assert (found.position, found.contact, found.unused) == (None, None, ())


def test_any_column_can_be_mapped_to_an_item() -> None:
    """Names may hold blanks, colons and equals signs; what is mapped needs no fitting name."""
    mapped = Mapped("Bereich", items={"F1: a=b?": "CP1", "EO1": "TB1"})
    found = columns("Bereich;F1: a=b?;EO1;BO1", mapped)
    assert dict(found.items) == {"CP1": 1, "TB1": 2, "BO1": 3}


def test_columns_that_nothing_asked_for_are_named() -> None:
    """So that a typo in a heading is seen; columns without a name are no columns."""
    found = columns("Bereich;Zeit;CP1;;cp2;IP;")
    assert found.unused == ("Zeit", "cp2", "IP")


def test_facts_and_comments_are_used_columns() -> None:
    """Comments are recognised by `comment_` and the dimension's id."""
    found = columns(
        "Bereich;CP1;Rolle;Kontakt;comment_customer_perspective;comment_nobody",
        Mapped("Bereich", position="Rolle", contact="Kontakt"),
    )
    assert (found.position, found.contact) == (2, 3)
    assert dict(found.comments) == {"customer_perspective": 4}
    assert found.unused == ("comment_nobody",)


def test_every_unknown_column_is_named_with_those_there_are() -> None:
    """Department, facts, mapped and translated columns alike, all at once."""
    mapped = Mapped(
        "Abteilung", position="Rolle", contact="Kontakt", items={"Q7": "CP1"}, values=("Q8:9=",)
    )
    problem = refused("", "Bereich;CP1", "A;4", mapped=mapped)
    assert (problem.key, problem.values) == ("error.import_columns", {"row": "2"})
    assert told(problem.findings) == [
        ("error.column_unknown", {"column": column, "columns": "Bereich, CP1"})
        for column in ("Abteilung", "Rolle", "Kontakt", "Q7", "Q8")
    ]


def test_an_unknown_item_is_named_with_those_there_are() -> None:
    """The person sees what could have been meant."""
    problem = refused("Bereich;Q7", "A;4", mapped=Mapped("Bereich", items={"Q7": "CP9"}))
    ((key, values),) = told(problem.findings)
    assert (key, values["column"], values["item"]) == ("error.item_unknown", "Q7", "CP9")
    assert {"CP1", "SO5"} <= set(str(values["items"]).split(", "))


def test_an_item_comes_from_one_column_only() -> None:
    """Two columns mapped to one item: nobody can know which one is meant."""
    mapped = Mapped("Bereich", items={"Q1": "CP1", "Q2": "CP1"})
    problem = refused("Bereich;Q1;Q2", "A;1;5", mapped=mapped)
    assert told(problem.findings) == [("error.item_twice", {"item": "CP1"})]


def test_a_column_that_exists_twice_is_refused() -> None:
    """Once each, however often; unnamed columns may repeat."""
    problem = refused("Bereich;CP1;X;CP1;X;CP1;;", "A;1;2;3;4;5")
    assert told(problem.findings) == [
        ("error.column_twice", {"column": "CP1"}),
        ("error.column_twice", {"column": "X"}),
    ]


def test_a_table_without_any_item_is_refused() -> None:
    """The columns found are listed, since one of them may be a question."""
    problem = refused("Bereich;Q1", "A;4")
    assert (problem.key, problem.values) == ("error.import_no_items", {"columns": "Bereich, Q1"})


# Answers


def test_an_empty_cell_means_cannot_judge() -> None:
    """Also where the row just ends."""
    filled, short = responses("Bereich;CP1;EO1;TB1", "A;4; ;1", "B;2")
    assert filled.answers == {"CP1": 4, "EO1": 0, "TB1": 1}
    assert short.answers == {"CP1": 2, "EO1": 0, "TB1": 0}


@pytest.mark.parametrize(("text", "value"), [("4", 4), (" 4 ", 4), ("4.0", 4), ("4,00", 4)])
def test_whole_numbers_are_read_as_spreadsheets_write_them(text: str, value: int) -> None:
    """With a point or a German comma."""
    (found,) = responses("Bereich;CP1", f"A;{text}")
    assert found.answers == {"CP1": value}


@pytest.mark.parametrize(
    "text", ["0", "6", "-1", "3.5", "3,5", "4.0.0", "04", "vier", "٤", "1 2", "True", "=4"]
)
def test_a_value_outside_the_scale_is_named_by_row_and_column(text: str) -> None:
    """0 is not can't judge in other people's tables; nothing is rounded or guessed."""
    problem = refused("Bereich;CP1;EO1", "A;4;4", "", f"B;3;{text}", "C;1;1")
    assert problem.key == "error.import_values"
    assert told(problem.findings) == [("error.value", {"row": "4", "column": "EO1", "value": text})]


def test_a_wrong_value_is_named_by_the_columns_own_name() -> None:
    """The person looks for their heading, not for our item."""
    problem = refused("Bereich;Frage 7", "A;9", mapped=Mapped("Bereich", items={"Frage 7": "CP1"}))
    assert problem.findings[0].values["column"] == "Frage 7"


def test_a_wrong_value_below_a_two_line_comment_is_named_by_its_spreadsheet_row() -> None:
    """In Excel the comment and its answers are one row, and the wrong value is in row 3."""
    problem = refused("Bereich;comment_customer_perspective;CP1", 'A;"zwei\nZeilen";4', "B;eine;9")
    assert problem.findings[0].values == {"row": "3", "column": "CP1", "value": "9"}


def test_the_first_twenty_findings_are_named_and_the_rest_counted() -> None:
    """20 are named in full, 21 with a last line that counts one more."""
    lines = [f"A;{9 if n < 20 else 3};9" for n in range(20)]
    exactly = refused("Bereich;CP1;EO1", *lines[:10])
    assert len(exactly.findings) == MOST_FINDINGS == 20
    assert {finding.key for finding in exactly.findings} == {"error.value"}
    more = refused("Bereich;CP1;EO1", *lines)
    assert [f.values["row"] for f in more.findings[:20]] == [str(2 + n // 2) for n in range(20)]
    assert told(more.findings[20:]) == [("error.import_more", {"number": 20})]


def test_a_table_without_a_row_is_refused() -> None:
    """A heading alone answers nothing."""
    assert refused("Bereich;CP1").key == "error.import_no_rows"


# Translated values


def test_a_value_can_be_translated_in_its_column() -> None:
    """To a point of the scale, or to nothing for can't judge; other columns keep theirs."""
    mapped = Mapped("Bereich", values=("CP1:ja=5", "CP1:9=", "CP1:=3"))
    yes, unknown, empty = responses("Bereich;CP1;EO1", "A;ja;4", "A;9;4", "A;;4", mapped=mapped)
    assert [found.answers["CP1"] for found in (yes, unknown, empty)] == [5, 0, 3]
    assert (
        refused("Bereich;CP1;EO1", "A;ja;ja", mapped=mapped).findings[0].values["column"] == "EO1"
    )


def test_names_of_translated_columns_may_hold_colons_and_equals_signs() -> None:
    """The longest column that fits is meant, and the last equals sign divides."""
    mapped = Mapped(
        "Bereich",
        items={"F": "CP1", "F:1": "EO1", "F=2": "TB1"},
        values=("F:1:9=1", "F:8=2", "F=2:a=b=3"),
    )
    (found,) = responses("Bereich;F;F:1;F=2", "A;8;9;a=b", mapped=mapped)
    assert found.answers == {"CP1": 2, "EO1": 1, "TB1": 3}


def test_facts_and_departments_can_be_translated_too() -> None:
    """`ja` becomes `leads`, a cost centre becomes a path."""
    mapped = Mapped(
        "KST", position="Leitung", values=("Leitung:ja=leads", "KST:4711=Vertrieb/Nord")
    )
    one, other = responses("KST;Leitung;CP1", "4711;ja;4", "4712;nein;4", mapped=mapped)
    assert (one.path, one.leads) == (("Vertrieb", "Nord"), True)
    assert (other.path, other.leads) == (("4712",), False)


@pytest.mark.parametrize("text", ["CP1:9", "CP1:"])
def test_a_translation_needs_an_equals_sign(text: str) -> None:
    """The refusal shows what was typed."""
    problem = refused("Bereich;CP1", "A;9", mapped=Mapped("Bereich", values=(text,)))
    assert told(problem.findings) == [("error.map_value_form", {"text": text})]


@pytest.mark.parametrize("text", ["CP1", "CP1=9"])
def test_a_translation_without_a_colon_is_not_blamed_on_the_column(text: str) -> None:
    """The column is there; what is missing is the colon after it."""
    problem = refused("Bereich;CP1", "A;9", mapped=Mapped("Bereich", values=(text,)))
    assert told(problem.findings) == [("error.map_value_form", {"text": text})]


# Everything else about a person


def test_only_the_agreed_words_make_a_fact() -> None:
    """`leads` and `customer` in any case; everything else, and no column, is no."""
    mapped = Mapped("Bereich", position="P", contact="K")
    found = responses(
        "Bereich;CP1;P;K",
        "A;4;leads;customer",
        "A;4; LEADS ;none",
        "A;4;yes;Customer",
        "A;4;;",
        mapped=mapped,
    )
    assert [(r.leads, r.customer) for r in found] == [
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    ]
    (plain,) = responses("Bereich;CP1;P", "A;4;leads")
    assert (plain.leads, plain.customer) == (False, False)


def test_a_department_is_a_path_and_may_be_missing() -> None:
    """Blanks are nothing; people without one count for the whole organisation."""
    found = responses(
        "Bereich;CP1",
        "Vertrieb > Nord;4",
        " ;4",
        "Ein/Aus;4",
        mapped=Mapped("Bereich", separator=">"),
    )
    assert [r.path for r in found] == [("Vertrieb", "Nord"), (), ("Ein/Aus",)]


def test_comments_are_taken_where_there_is_one() -> None:
    """Without blanks around them, line breaks inside kept."""
    one, none = responses(
        "Bereich;CP1;comment_customer_perspective;comment_systematic_ownership",
        'A;4;"  Zwei\nZeilen ";',
        "A;4; ;",
    )
    assert one.comments == {"customer_perspective": "Zwei\nZeilen"}
    assert none.comments == {}


def test_every_row_gets_a_random_key_of_its_own() -> None:
    """16 bytes, so that an imported wave keeps no order of rows either."""
    nonces = [r.nonce for r in responses("Bereich;CP1", *["A;4"] * 50)]
    assert len(set(nonces)) == 50
    assert {len(nonce) for nonce in nonces} == {16}
    assert nonces != sorted(nonces)


def test_reading_reports_its_progress_row_by_row() -> None:
    """Once a row, wrong rows included."""
    rows = table("Bereich;CP1", "A;4", "A;9", "A;4")
    seen: list[None] = []
    with pytest.raises(ImportProblem):
        read_responses(
            rows[1:],
            find_columns(rows[0], BY_DEPARTMENT, FIVE),
            "/",
            progress=lambda: seen.append(None),
        )
    assert len(seen) == 3
