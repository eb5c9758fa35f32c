"""A text in blocks, which pages and files lay out in their own ways. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """What follows. `level`: 2 or 3; the document's title is 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences. `important`: so that nobody overlooks it."""

    text: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. `said`: what people wrote, in their own words."""

    lines: tuple[str, ...]
    said: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """How many chose each point of a scale, the lowest first."""

    counts: tuple[int, ...]

    @property
    def heights(self) -> tuple[int, ...]:
        """Per cent of the tallest bar."""
        tallest = max(self.counts, default=0)
        return tuple(round(100 * count / tallest) if tallest else 0 for count in self.counts)


Cell = str | Spread


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first cell of a row names it, and `title` names the table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with facts about it. `what`: its lines are kept. `facts`: name → text."""

    what: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Things with facts about them, one after the other."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the whole document is about: name → text."""

    facts: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Bullets | Table | Entries | Facts


@dataclass(frozen=True, slots=True)
class Document:
    """A title, and what stands under it."""

    title: str
    blocks: tuple[Block, ...]
