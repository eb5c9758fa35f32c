"""Uploaded files: large ones, bombs, and files that are not what their name says."""

import contextlib
import io
import tracemalloc
import zipfile
from random import Random

import pytest
import xlsxwriter

from data.errors import ImportProblem
from data.uploads import LARGEST_FILE, MOST_ROWS, read_upload

MEGABYTE = 2**20


def workbook(cells: dict[tuple[int, int], str | float]) -> bytes:
    """A real XLSX with these cells, by row and column from 0."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    return file.getvalue()


def refused(name: str, content: bytes) -> str:
    """The key that a file is refused with; reading it takes little memory."""
    tracemalloc.start()
    try:
        with pytest.raises(ImportProblem) as problem:
            read_upload(name, content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < len(content) + 80 * MEGABYTE
    assert problem.value.values["file"] == name
    return problem.value.key


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same archive with other parts; `__` stands for `/` and `_dot_` for a dot."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member not in wanted:
                new.writestr(member, old.read(member))
        for member, data in wanted.items():
            new.writestr(member, data)
    return file.getvalue()


def test_a_real_workbook_is_read() -> None:
    """Numbers as a person typed them."""
    found = read_upload("Bereiche.XLSX", workbook({(0, 0): "Vertrieb", (0, 1): 24}))
    assert [row.cells for row in found] == [("Vertrieb", "24")]


def test_a_file_of_fifty_megabytes_is_refused() -> None:
    """Before anything of it is read."""
    assert refused("Bereiche.csv", b"Vertrieb;24\n" * (50 * MEGABYTE // 12)) == "error.file_large"


def test_a_zip_bomb_is_refused() -> None:
    """A sheet of a gigabyte in one megabyte; it is not unpacked to the end."""
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * MEGABYTE
    bomb = repacked(
        workbook({(0, 0): "A"}), xl__worksheets__sheet1_dot_xml=row + b"A" * (1000 * MEGABYTE)
    )
    assert len(bomb) < LARGEST_FILE
    assert refused("Bereiche.xlsx", bomb) == "error.file_bomb"


def test_many_parts_that_unpack_to_much_are_refused() -> None:
    """Each of them is small enough."""
    parts = {f"xl__media__{n}_dot_bin": bytes(MEGABYTE) for n in range(100)}
    assert refused("Bereiche.xlsx", repacked(workbook({(0, 0): "A"}), **parts)) == "error.file_bomb"


@pytest.mark.parametrize("far", [(1_048_575, 0), (0, 16_383), (1_048_575, 16_383)])
def test_a_sheet_with_one_cell_far_out_is_refused(far: tuple[int, int]) -> None:
    """Laid out as a table, a file of six kilobytes would need hundreds of gigabytes."""
    content = workbook({(0, 0): "A", far: "B"})
    assert len(content) < 10_000
    assert refused("Bereiche.xlsx", content) == "error.file_rows"


def test_too_many_rows_are_refused() -> None:
    """In text as well; the last one that is allowed is read."""
    line = b"A;1\n"
    assert len(read_upload("a.csv", line * MOST_ROWS)) == MOST_ROWS
    assert refused("a.csv", line * (MOST_ROWS + 1)) == "error.file_rows"
    tall = workbook({(row, 0): "A" for row in range(MOST_ROWS + 1)})
    assert refused("a.xlsx", tall) == "error.file_rows"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.xlsx", b"Vertrieb;24\n", "error.file_unreadable"),
        ("a.xlsx", b"", "error.file_unreadable"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "error.file_unreadable"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "error.file_unreadable"),
        ("a.csv", b"%PDF-1.7\n\0\1\2", "error.file_not_text"),
        ("a.csv", b"", "error.file_empty"),
        ("a.pdf", b"%PDF-1.7", "error.file_kind"),
        ("a.ods", b"PK", "error.file_kind"),
        ("xlsx", b"A;1", "error.file_kind"),
        ("a.csv", b'"' + b"A" * 300_000, "error.file_unreadable_line"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, content: bytes, key: str
) -> None:
    """In words that name it."""
    assert refused(name, content) == key


def test_a_workbook_that_calls_itself_text_is_refused() -> None:
    """And another archive that calls itself a workbook."""
    assert refused("a.csv", workbook({(0, 0): "A"})) == "error.file_not_text"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    assert refused("a.xlsx", file.getvalue()) == "error.file_unreadable"


def test_entities_that_multiply_are_refused() -> None:
    """A few lines of XML that would expand to gigabytes."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE a [<!ENTITY e0 "ha">{lines}]><worksheet><c r="A1">&e11;</c></worksheet>'
    content = repacked(workbook({(0, 0): "A"}), xl__worksheets__sheet1_dot_xml=sheet.encode())
    assert refused("a.xlsx", content) == "error.file_unreadable"


def test_a_damaged_workbook_is_read_or_refused_in_words() -> None:
    """Wherever a few bytes are other ones."""
    whole = workbook({(row, column): row for row in range(20) for column in range(3)})
    random = Random(3)  # noqa: S311 - a sample, the same every time
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(random.randrange(1, 6)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        with contextlib.suppress(ImportProblem):
            read_upload("a.xlsx", bytes(damaged))
