"""Tables come as people save them: whatever the separator, encoding or program."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from data.errors import ImportProblem
from data.tables import Row, read_file, read_table

Value = str | float | bool | None

PLAIN = (
    Row(1, ("Bereich", "CP1")),
    Row(2, ("Köln", "4")),
    Row(3, ("Münster", "5")),
)


def workbook(rows: Sequence[Sequence[Value]], first_row: int = 0) -> bytes:
    """An XLSX with these cells on its first sheet, and something else on a second one."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet, other = book.add_worksheet("Antworten"), book.add_worksheet("Notizen")
    for number, cells in enumerate(rows, start=first_row):
        sheet.write_row(number, 0, cells)
    other.write(0, 0, "Das ist keine Antwort.")
    book.close()
    return content.getvalue()


def refused(name: str, content: bytes) -> ImportProblem:
    with pytest.raises(ImportProblem) as problem:
        read_table(name, content)
    return problem.value


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_reads_the_same_however_it_was_saved(
    separator: str, encoding: str, end: str
) -> None:
    """Comma, semicolon or tab; UTF-8 with or without a mark, or Windows-1252; any line end."""
    text = end.join(separator.join(row.cells) for row in PLAIN) + end
    assert read_table("antworten.csv", text.encode(encoding)) == PLAIN


def test_a_mark_at_the_beginning_is_no_part_of_the_first_name() -> None:
    """Excel's UTF-8 begins with one, and `Bereich` shall still be found."""
    (heading,) = read_table("a.csv", b"\xef\xbb\xbfBereich;CP1\n")
    assert heading.cells == ("Bereich", "CP1")


def test_windows_signs_are_read_as_windows_wrote_them() -> None:
    """The euro sign and the dash are what tells Windows-1252 from Latin-1."""
    (row,) = read_table("a.csv", "5 € – „gut“".encode("cp1252"))
    assert row.cells == ("5 € – „gut“",)


def test_the_separator_is_the_one_outside_quotes() -> None:
    """Commas inside a quoted name are no columns."""
    rows = read_table("a.csv", b'"Ost, West, Nord und, ja, Sued";CP1\nA;4\n')
    assert rows[0].cells == ("Ost, West, Nord und, ja, Sued", "CP1")


def test_a_table_of_one_column_needs_no_separator() -> None:
    """A list of departments without headcounts."""
    rows = read_table("a.csv", b"Vertrieb\nLager\n")
    assert [row.cells for row in rows] == [("Vertrieb",), ("Lager",)]


def test_quoted_cells_may_hold_separators_quotes_and_line_breaks() -> None:
    """RFC 4180: what stands in quotes is one cell."""
    rows = read_table("a.csv", b'a,b\n"x, ""y""","1\n2"\n')
    assert rows[1] == Row(2, ('x, "y"', "1\n2"))


def test_blank_lines_count_but_are_not_rows() -> None:
    """A spreadsheet numbers them, and nobody answered there."""
    rows = read_table("a.csv", b"\nBereich;CP1\n\n  ;\nA;4\n;;\n")
    assert [(row.line, row.cell(0)) for row in rows] == [(2, "Bereich"), (5, "A")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_break_in_a_cell_moves_no_row_number(end: str) -> None:
    """A row's number is the one a spreadsheet shows, so that the person finds the cell."""
    lines = (
        "Bereich;Kommentar",
        '"A";"zwei',
        'Zeilen"',
        "B;eine",
        '"C";"und',
        "noch",
        'drei"',
        "D;",
    )
    rows = read_table("a.csv", end.join(lines).encode())
    assert [(row.cell(0), row.line) for row in rows] == [
        ("Bereich", 1),
        ("A", 2),
        ("B", 3),
        ("C", 4),
        ("D", 5),
    ]


def test_a_cell_is_read_without_blanks_around_it_and_empty_beyond_the_end() -> None:
    """Short rows are common, and so are stray blanks."""
    (row,) = read_table("a.csv", b" Vertrieb ; 4 \n")
    assert [row.cell(column) for column in range(4)] == ["Vertrieb", "4", "", ""]


def test_a_spreadsheets_numbers_are_what_the_person_typed() -> None:
    """XLSX knows only floats: 4.0 is 4, but 4.5 stays 4.5. Only the first sheet counts."""
    content = workbook(
        [["Bereich", "CP1"], ["Köln", 4], ["Münster", 4.5], ["Ulm", "5"], ["A", None]]
    )
    assert read_table("Antworten.XLSX", content) == (
        Row(1, ("Bereich", "CP1")),
        Row(2, ("Köln", "4")),
        Row(3, ("Münster", "4.5")),
        Row(4, ("Ulm", "5")),
        Row(5, ("A", "")),
    )


def test_a_spreadsheets_rows_keep_their_numbers() -> None:
    """Also where the table begins further down, or has gaps."""
    rows = read_table("a.xlsx", workbook([["Bereich"], ["A"], [""], ["B"]], first_row=3))
    assert [(row.line, row.cell(0)) for row in rows] == [(4, "Bereich"), (5, "A"), (7, "B")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\xef\xbb\xbf"),
        ("a.csv", b" \n ; ;\n\t\n"),
        ("a.xlsx", workbook([])),
        ("a.xlsx", workbook([["", " "]])),
    ],
)
def test_a_table_without_a_word_is_called_empty(name: str, content: bytes) -> None:
    """Blanks and separators are not a table."""
    problem = refused(name, content)
    assert (problem.key, problem.values) == ("error.file_empty", {"file": name})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_utf_16_is_not_guessed_at(encoding: str) -> None:
    """Excel's “Unicode text” is refused with the encodings that work."""
    problem = refused("a.csv", "Bereich;CP1\nA;4".encode(encoding))
    assert (problem.key, problem.values) == ("error.file_not_text", {"file": "a.csv"})


def test_bytes_that_are_no_text_are_refused() -> None:
    """Neither UTF-8 nor Windows-1252 knows them."""
    assert refused("a.csv", b"Bereich;\x81\x8d\x90").key == "error.file_not_text"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsm", "a.xlsb", "a.xls", "a.ods", "A.XLSX"])
@pytest.mark.parametrize(
    "content",
    [b"", b"Bereich;CP1\nA;4\n", b"PK\x03\x04" + bytes(range(256)), workbook([["A"]])[:-500]],
    ids=["empty", "text", "noise", "torn off"],
)
def test_a_spreadsheet_that_is_none_is_refused_by_name(name: str, content: bytes) -> None:
    """The ending promises a format that the content does not keep."""
    problem = refused(name, content)
    assert (problem.key, problem.values) == ("error.file_unreadable", {"file": name})


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b'Bereich;CP1\nA;4\n"B;5\nC;3\n', "3"),
        (b'Bereich;CP1\n"A"x;4\n', "2"),
    ],
    ids=["never closed", "closed too early"],
)
def test_unbalanced_quotes_are_named_with_the_row_they_begin_in(content: bytes, row: str) -> None:
    """Half a file swallowed by one cell is worse than a refusal."""
    problem = refused("a.csv", content)
    assert problem.key == "error.file_unreadable_line"
    assert (problem.values["file"], problem.values["row"]) == ("a.csv", row)


def test_a_file_on_disk_is_read_by_its_ending(tmp_path: Path) -> None:
    """The same table as CSV and as XLSX is the same rows."""
    as_csv, as_xlsx = tmp_path / "a.csv", tmp_path / "a.xlsx"
    as_csv.write_bytes(b"Bereich;CP1\nA;4\n")
    as_xlsx.write_bytes(workbook([["Bereich", "CP1"], ["A", 4]]))
    assert read_file(as_csv) == read_file(as_xlsx)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path as it was given; a folder is no file."""
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(ImportProblem) as problem:
            read_file(path)
        assert problem.value.key == "error.file_missing"
        assert problem.value.values == {"file": path}


def test_a_spreadsheets_date_is_read_as_text() -> None:
    """A column nobody uses may hold anything; it never stops the reading."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "dd.mm.yyyy"})
    book.add_worksheet().write_row(0, 0, [date(2026, 3, 2), True])
    book.close()
    (row,) = read_table("a.xlsx", content.getvalue())
    assert row.cell(0).startswith("2026-03-02")
