"""A document as Markdown, in which names and what people wrote stay plain text. No Streamlit."""

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from survey.workshop.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Entries,
    Facts,
    Heading,
    Paragraph,
    Spread,
    Table,
)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~$&#])")
"""What means something anywhere in a line (CommonMark; tables and strikethrough of GFM)."""

_BEGINNINGS = re.compile(r"^([-+=:]|\d+(?=[.)]))")
"""What means something at the beginning of a line: lists, headings, rules."""

_ADDRESSES = re.compile(r"(?i)(?<=https)(?=:)|(?<=http)(?=:)|(?<=ftp)(?=:)|(?<=www)(?=\.)")
"""Where programs that make links of bare addresses begin to see one."""


def inline(text: str) -> str:
    """A text as one line in which nothing means anything to Markdown, after something else."""
    return _ADDRESSES.sub(r"\\", _SIGNS.sub(r"\\\1", " ".join(text.split())))


def plain(text: str) -> str:
    """The same at the beginning of a line."""
    return _BEGINNINGS.sub(_unlike_a_mark, inline(text))


def _unlike_a_mark(found: re.Match[str]) -> str:
    begun = found[0]
    return f"{begun}\\" if begun[0].isdigit() else f"\\{begun}"


def as_markdown(document: Document) -> str:
    """CommonMark with GFM's tables, UTF-8, with line feeds."""
    parts = (f"# {inline(document.title)}", *map(_written, document.blocks))
    return "\n\n".join(parts) + "\n"


@singledispatch
def _written(block: Block) -> str:
    """One block, without an empty line around it."""
    raise TypeError(block)


@_written.register
def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {inline(block.text)}"


@_written.register
def _paragraph(block: Paragraph) -> str:
    return f"**{inline(block.text)}**" if block.important else plain(block.text)


@_written.register
def _bullets(block: Bullets) -> str:
    return "\n".join(f"- {_lines(line, '  ')}" for line in block.lines)


@_written.register
def _facts(block: Facts) -> str:
    return "\n".join(f"- {plain(name)}: {inline(text)}" for name, text in block.facts)


@_written.register
def _entries(block: Entries) -> str:
    return "\n".join(_entry_lines(block))


def _entry_lines(block: Entries) -> Iterator[str]:
    for number, entry in enumerate(block.entries, start=1):
        indent = " " * len(f"{number}. ")
        yield f"{number}. {_lines(entry.what, indent)}"
        yield from (f"{indent}- {plain(name)}: {inline(text)}" for name, text in entry.facts)


def _lines(text: str, indent: str) -> str:
    """A text whose line breaks stay."""
    return f"\\\n{indent}".join(plain(line) for line in text.splitlines() if line.strip())


@_written.register
def _table(block: Table) -> str:
    rule = ["---", *("---:" for _ in block.columns[1:])]
    rows = (_row(block.columns), _row(rule, done=True), *map(_row, block.rows))
    return f"{plain(block.title)}\n\n" + "\n".join(rows)


def _row(cells: Iterable[Cell], *, done: bool = False) -> str:
    return f"| {' | '.join(str(cell) if done else _cell(cell) for cell in cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Spread):
        return " · ".join(map(str, cell.counts))
    return inline(cell)
