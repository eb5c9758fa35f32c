"""Where each row of a chart of distributions lies, in pixels from the top. No Streamlit.

A row is its name, line by line, and a bar below; what is said of it stands
beside the last line of its name, or below where there is no room.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from scoring.figures import Distribution, Figures

HEAD, HEADING, LINE, BAR, GAP = 38, 30, 19, 24, 15
"""Heights in pixels: the columns' titles, a heading, a line of text, a bar, what parts rows."""
_LONGEST_LINE, _LINES = 44, 3
"""Letters in a line of a name, and its lines."""
_CUT = "… "
"""What a name begins with that has more."""
_BESIDE, _BESIDE_MARKED = 28, 22
"""Letters of a line that leave room beside it on a phone: for agreement, and a mark as well."""


@dataclass(frozen=True, slots=True)
class Row:
    """A group's answers to one item, named by whichever of the two differs from row to row.

    `name`: of the row; `full`: where nothing stands beside it. `depth`: steps to
    the right, as in a tree. `heading`: what begins with this row. `address`:
    where its name leads, "" for nowhere.
    """

    name: str
    full: str
    figures: Figures
    depth: int = 0
    own: bool = False
    heading: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row that has a distribution, and where it lies: pixels from the top."""

    row: Row
    shares: Distribution
    lines: tuple[str, ...]
    top: float

    @property
    def facts_at(self) -> float:
        """The middle of the line that the facts stand on."""
        return self.top + heading_height(self.row) + LINE * (len(self.lines) - 0.5)

    @property
    def bar_at(self) -> float:
        """The middle of the bar."""
        return self.facts_at + (LINE + BAR) / 2

    @property
    def start(self) -> float:
        """Where the lowest answers begin, left of the middle."""
        return -(self.shares.unfavourable + self.shares.neutral / 2)

    @property
    def end(self) -> float:
        """Where the highest answers end, right of the middle."""
        return 1 + self.start


def laid_out(rows: Sequence[Row]) -> tuple[Drawn, ...]:
    """Those of the rows that have a distribution, below each other."""
    shown = [(row, row.figures.distribution) for row in rows]
    kept = [(row, shares, _lines(row)) for row, shares in shown if shares]
    tall = (heading_height(row) + LINE * len(lines) + BAR + GAP for row, _, lines in kept)
    tops = accumulate(tall, initial=HEAD)
    return tuple(Drawn(*one, top) for one, top in zip(kept, tops, strict=False))


def heading_height(row: Row) -> int:
    """What a row's heading takes, in pixels; 0 without one."""
    return HEADING if row.heading else 0


def _lines(row: Row) -> tuple[str, ...]:
    """A row's name; a line is left for the facts where they do not fit beside the last one."""
    lines = textwrap.wrap(row.name, _LONGEST_LINE) or [""]
    if len(lines) > _LINES:  # the end of a long path is what tells rows apart
        first, *others = textwrap.wrap(row.name, _LONGEST_LINE - len(_CUT))[-_LINES:]
        lines = [_CUT + first, *others]
    agreement = row.figures.agreement
    room = _BESIDE_MARKED if agreement and agreement.lacking else _BESIDE
    return tuple(lines if len(lines[-1]) <= room else [*lines, ""])
