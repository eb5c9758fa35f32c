"""Reads CSV and XLSX into rows of text that still know their line. Imports errors only.

CSV may be UTF-8 (with or without a mark) or Windows-1252, separated by comma,
semicolon or tab. Of an XLSX the first sheet is read.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from data.errors import ImportProblem

_DELIMITERS = ";\t,"
"""In the order of preference: a comma may be part of a name where one of the others is there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number as a spreadsheet shows it (from 1), and its cells."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """A cell's text without surrounding blanks; "" beyond the row's end."""
        return self.cells[column].strip() if column < len(self.cells) else ""


def read_table(name: str, content: bytes, most: int | None = None) -> tuple[Row, ...]:
    """All rows that hold anything, the heading included.

    `name` decides the format by its ending. `most`: after so many rows, one more is
    read and no other. Raises `ImportProblem` naming the
    file where it is empty or cannot be read.
    """
    if name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")):
        rows = _spreadsheet(name, content)
    else:
        rows = _delimited(name, content)
    holding = (row for row in rows if any(cell.strip() for cell in row.cells))
    filled = tuple(islice(holding, None if most is None else most + 1))
    if not filled:
        raise ImportProblem("error.file_empty", file=name)
    return filled


def read_file(path: Path) -> tuple[Row, ...]:
    """The rows of a file on disk. `ImportProblem` where it is missing or unreadable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportProblem("error.file_missing", file=path) from error
    return read_table(path.name, content)


def _delimited(name: str, content: bytes) -> Iterator[Row]:
    text = _decoded(name, content)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            yield Row(line, tuple(cells))
    except csv.Error as error:
        raise ImportProblem("error.file_unreadable_line", file=name, row=str(line + 1)) from error


def _decoded(name: str, content: bytes) -> str:
    if b"\0" in content:
        raise ImportProblem("error.file_not_text", file=name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise ImportProblem("error.file_not_text", file=name) from error


def _delimiter(text: str) -> str:
    """What separates the cells of the first line that has anything to separate."""
    for line in text.splitlines():
        for mark in _DELIMITERS:
            if _outside_quotes(line, mark):
                return mark
    return _DELIMITERS[-1]


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _spreadsheet(name: str, content: bytes) -> Iterator[Row]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, BadZipFile, OSError, IndexError, ValueError) as error:
        raise ImportProblem("error.file_unreadable", file=name) from error
    except BaseException as error:
        # What the reader's own language calls a panic is no `Exception` here.
        if type(error).__name__ != "PanicException":
            raise
        raise ImportProblem("error.file_unreadable", file=name) from error
    for line, cells in enumerate(rows, start=1):
        yield Row(line, tuple(_text(cell) for cell in cells))


def _text(cell: object) -> str:
    """A spreadsheet's 4.0 is the 4 a person typed."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
