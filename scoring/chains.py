"""Chains of trades: other answers that change nothing published. Pure.

Two people of one tree cell who trade answers leave its histogram as it is. Where
they differ in a published fact, an answer moves between the sums of that fact. A
chain of such trades that leads back to the first answer has changed no sum.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from data.model import DepartmentPath
from scoring.cells import Cell, Shown

Tree = Mapping[DepartmentPath, tuple[Cell, ...]]
"""The cells of each tree cell."""


@dataclass(frozen=True, slots=True)
class Trade:
    """Somebody of `first` who answered `gives`, and somebody of `second` who answered `gets`."""

    first: Cell
    second: Cell
    gives: int
    gets: int


_VARIANTS = 8
"""Different people who are tried for each trade of a chain."""

_Kind = tuple[tuple[int, int], tuple[DepartmentPath | None, DepartmentPath | None]]
"""How two people's facts differ; whose sums that concerns."""


class Chains:
    """All trades between people who differ in a published fact, by the sums they move answers in.

    A chain is made of trades of one kind. As it meets each answer once, it needs
    each person once.
    """

    def __init__(self, tree: Tree, shown: Shown) -> None:
        """Look at everybody."""
        self._tree = tree
        self._scopes = {node: shown.scopes(node) for node in tree}
        self._trades: dict[_Kind, dict[tuple[int, int], list[Trade]]] = {}
        for cells in tree.values():
            for first in cells:
                for second in cells:
                    self._add(first, second)

    def back(self, cell: Cell, mine: int) -> Iterator[tuple[Trade, ...]]:
        """Chains in which somebody of this cell who gave an answer has another one."""
        for number in range(_VARIANTS):
            for other in self._tree[cell.node]:
                kind = self._kind(cell, other)
                for theirs in given(other.histogram.counts) if kind else ():
                    chain = self._path(kind, theirs, mine, number) if kind else None
                    if theirs != mine and chain is not None:
                        yield (Trade(cell, other, mine, theirs), *chain)

    def _add(self, first: Cell, second: Cell) -> None:
        kind = self._kind(first, second)
        if kind is None:
            return
        known = self._trades.setdefault(kind, {})
        for gives in given(first.histogram.counts):
            for gets in given(second.histogram.counts):
                trades = known.setdefault((gives, gets), [])
                if gives != gets:
                    trades.append(Trade(first, second, gives, gets))

    def _path(self, kind: _Kind, start: int, end: int, number: int) -> tuple[Trade, ...] | None:
        """The fewest trades that lead from one answer to another; `number`: which of them."""
        trades = self._trades[kind]
        ways: dict[int, tuple[Trade, ...]] = {start: ()}
        waiting = deque([start])
        while waiting and end not in ways:
            here = waiting.popleft()
            for (gives, gets), able in trades.items():
                if gives == here and gets not in ways and number < len(able):
                    ways[gets] = (*ways[here], able[number * 7919 % len(able)])
                    waiting.append(gets)
        return ways.get(end)

    def _kind(self, first: Cell, second: Cell) -> _Kind | None:
        """How these cells differ; None where they do not."""
        one, two = ((a or 0) - (b or 0) for a, b in zip(first.facts, second.facts, strict=True))
        if not (one or two):
            return None
        scopes = self._scopes[first.node]
        return (one, two), (scopes[0] if one else None, scopes[1] if two else None)


@cache
def given(counts: tuple[int, ...]) -> tuple[int, ...]:
    """The answers that were given at all."""
    return tuple(value for value, count in enumerate(counts) if count)
