"""A table of `survey.extracts` as a file. No Streamlit."""

import csv
import io
import json
from collections.abc import Iterable

from survey.extracts import EXTRACTS, Cell, Row
from survey.results import Results

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in full width too (OWASP)."""


def as_csv(results: Results, extract: str = "scores") -> str:
    """One of `EXTRACTS` as CSV (RFC 4180, comma, UTF-8), empty where there is no figure.

    A name that a spreadsheet would run as a formula gets an apostrophe.
    """
    found = EXTRACTS[extract]
    text = io.StringIO()
    writer = csv.DictWriter(text, found.columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_as_text(found.rows(results)))
    return text.getvalue()


def as_json(results: Results, extract: str = "scores") -> str:
    """One of `EXTRACTS` as a JSON array of objects; null where there is no figure."""
    rows = list(EXTRACTS[extract].rows(results))
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _as_text(rows: Iterable[Row]) -> Iterable[Row]:
    return ({name: spreadsheet_cell(value) for name, value in row.items()} for row in rows)


def spreadsheet_cell(value: Cell) -> Cell:
    """Truth values as JSON writes them; text that would be a formula, with an apostrophe."""
    if isinstance(value, bool):
        return json.dumps(value)
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """A CSV cell's text; an apostrophe keeps spreadsheets from running it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
