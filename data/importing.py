"""Reads other people's answers from a table: all of it, or nothing. Imports data only.

The columns are settled first (which item, fact, comment or department each one
is), then every row is read; whatever is wrong is named by row and column.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.departments import split_path
from data.errors import ImportProblem, Problem
from data.model import CANT_JUDGE, SCALE, DepartmentPath, Instrument
from data.tables import Row

COMMENT_PREFIX = "comment_"
LEADS = "leads"
CUSTOMER = "customer"
MOST_FINDINGS = 20
_VALUES = {str(value): value for value in SCALE}


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a person said about the columns of their table.

    `items`: column → item id. `values`: the raw texts `COLUMN:theirs=ours`.
    """

    department: str
    position: str | None = None
    contact: str | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    values: Sequence[str] = ()
    separator: str = "/"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything is: numbers of columns, counted from 0."""

    department: int
    position: int | None
    contact: int | None
    items: Mapping[str, int]
    comments: Mapping[str, int]
    translated: Mapping[int, Mapping[str, str]]
    names: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedResponse:
    """One row, before its department has a number in the store."""

    nonce: bytes
    path: DepartmentPath
    leads: bool
    customer: bool
    answers: Mapping[str, int]
    comments: Mapping[str, str]


def find_columns(heading: Row, mapped: Mapped, instrument: Instrument) -> Columns:
    """Settle what each column is. `ImportProblem` names every column or item unknown."""
    names = tuple(cell.strip() for cell in heading.cells)
    findings: list[Problem] = [
        Problem("error.column_twice", column=name)
        for name in sorted({n for n in names if n and names.count(n) > 1})
    ]
    asked = (mapped.department, mapped.position, mapped.contact, *mapped.items)
    findings += [
        Problem("error.column_unknown", column=column, columns=", ".join(n for n in names if n))
        for column in asked
        if column is not None and column not in names
    ]
    findings += _item_findings(mapped, instrument)
    translated, wrong = _translations(mapped.values, names)
    if findings + wrong:
        raise ImportProblem("error.import_columns", findings + wrong, row=str(heading.line))
    columns = _settled(names, mapped, instrument, translated)
    if not columns.items:
        raise ImportProblem("error.import_no_items", columns=", ".join(names))
    return columns


def read_responses(
    rows: Iterable[Row],
    columns: Columns,
    separator: str,
    progress: Callable[[], None] = lambda: None,
) -> tuple[ImportedResponse, ...]:
    """Every row as a response. `ImportProblem` names each cell outside the scale.

    `progress` is called once a row.
    """
    found: list[ImportedResponse] = []
    findings: list[Problem] = []
    wrong = 0
    for row in rows:
        progress()
        answers, bad = _answers(row, columns)
        wrong += len(bad)
        findings += bad[: MOST_FINDINGS - len(findings)]
        found.append(_response(row, columns, separator, answers))
    if wrong > MOST_FINDINGS:
        findings.append(Problem("error.import_more", number=wrong - MOST_FINDINGS))
    if findings:
        raise ImportProblem("error.import_values", findings)
    if not found:
        raise ImportProblem("error.import_no_rows")
    return tuple(found)


def _item_findings(mapped: Mapped, instrument: Instrument) -> list[Problem]:
    known = tuple(item.id for item in instrument.items())
    wanted = list(mapped.items.values())
    unknown = [
        Problem("error.item_unknown", column=column, item=item, items=", ".join(known))
        for column, item in mapped.items.items()
        if item not in known
    ]
    twice = sorted({item for item in wanted if wanted.count(item) > 1})
    return unknown + [Problem("error.item_twice", item=item) for item in twice]


def _settled(
    names: tuple[str, ...],
    mapped: Mapped,
    instrument: Instrument,
    translated: Mapping[int, Mapping[str, str]],
) -> Columns:
    items = {item: names.index(column) for column, item in mapped.items.items()}
    for item in instrument.items():
        if item.id in names and item.id not in items and item.id not in mapped.items:
            items[item.id] = names.index(item.id)
    in_order = {item.id: items[item.id] for item in instrument.items() if item.id in items}
    comments = {
        dimension.id: names.index(COMMENT_PREFIX + dimension.id)
        for dimension in instrument.dimensions
        if COMMENT_PREFIX + dimension.id in names
    }

    def number(column: str | None) -> int | None:
        return None if column is None else names.index(column)

    facts = (number(mapped.position), number(mapped.contact))
    department = names.index(mapped.department)
    used = {department, *facts, *in_order.values(), *comments.values()}
    return Columns(
        department=department,
        position=facts[0],
        contact=facts[1],
        items=in_order,
        comments=comments,
        translated=translated,
        names=names,
        unused=tuple(name for i, name in enumerate(names) if name and i not in used),
    )


def _translations(
    texts: Sequence[str], names: tuple[str, ...]
) -> tuple[dict[int, dict[str, str]], list[Problem]]:
    """`COLUMN:theirs=ours` per column; a column's own name may hold colons."""
    found: dict[int, dict[str, str]] = {}
    wrong: list[Problem] = []
    for text in texts:
        fitting = [name for name in names if name and text.startswith(f"{name}:")]
        column = max(fitting, key=len, default=None)
        if ":" not in text:
            wrong.append(Problem("error.map_value_form", text=text))
            continue
        if column is None:
            unknown = text.partition(":")[0]
            listed = ", ".join(n for n in names if n)
            wrong.append(Problem("error.column_unknown", column=unknown, columns=listed))
            continue
        theirs, equals, ours = text.removeprefix(f"{column}:").rpartition("=")
        if not equals:
            wrong.append(Problem("error.map_value_form", text=text))
            continue
        found.setdefault(names.index(column), {})[theirs.strip()] = ours.strip()
    return found, wrong


def _answers(row: Row, columns: Columns) -> tuple[dict[str, int], list[Problem]]:
    answers: dict[str, int] = {}
    wrong: list[Problem] = []
    for item, column in columns.items.items():
        text = _cell(row, column, columns)
        value = CANT_JUDGE if not text else _VALUES.get(_whole(text))
        if value is None:
            name = columns.names[column]
            wrong.append(Problem("error.value", row=str(row.line), column=name, value=text))
        else:
            answers[item] = value
    return answers, wrong


def _response(
    row: Row, columns: Columns, separator: str, answers: Mapping[str, int]
) -> ImportedResponse:
    def fact(column: int | None, word: str) -> bool:
        return column is not None and _cell(row, column, columns).lower() == word

    return ImportedResponse(
        nonce=secrets.token_bytes(16),
        path=split_path(_cell(row, columns.department, columns), separator),
        leads=fact(columns.position, LEADS),
        customer=fact(columns.contact, CUSTOMER),
        answers=answers,
        comments={
            dimension: text
            for dimension, column in columns.comments.items()
            if (text := row.cell(column))
        },
    )


def _cell(row: Row, column: int, columns: Columns) -> str:
    text = row.cell(column)
    return columns.translated.get(column, {}).get(text, text)


def _whole(text: str) -> str:
    """Spreadsheets write whole numbers as 4.0 or 4,0."""
    whole, mark, rest = text.replace(",", ".").partition(".")
    return whole if mark and not rest.strip("0") else text
