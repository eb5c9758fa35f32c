"""Other answers that fit everything published, and so might have been given instead. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from data.model import CANT_JUDGE, SCALE, DepartmentPath
from scoring.cells import FACTS, Cell, Key, People, Shown, cut, histogram_from, owner
from scoring.chains import Chains, given

_MOST_PLACES = 12
"""Groups that are tried in the place of one that is of one mind."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Somebody of one department and facts, and somebody of another, trade answers."""

    first: Key
    second: Key
    gives: int
    gets: int


Change = tuple[Swap, ...]


def changed(people: People, changes: Iterable[Change]) -> tuple[People, list[Change], list[Change]]:
    """The answers after those of the changes that go together; these, and the others."""
    counts = {key: list(histogram.counts) for key, histogram in people.items()}
    made: list[Change] = []
    later: list[Change] = []
    for change in changes:
        (made if _make(counts, change) else later).append(change)
    return {key: histogram_from(values) for key, values in counts.items()}, made, later


def _make(counts: dict[Key, list[int]], change: Change) -> bool:
    """Make a change if the people it needs are there; else leave everything as it was."""
    for done, swap in enumerate(change):
        first, second = counts[swap.first], counts[swap.second]
        first[swap.gives] -= 1
        second[swap.gets] -= 1
        first[swap.gets] += 1
        second[swap.gives] += 1
        if first[swap.gives] < 0 or second[swap.gets] < 0:
            for undo in change[: done + 1]:
                counts[undo.first][undo.gives] += 1
                counts[undo.second][undo.gets] += 1
                counts[undo.first][undo.gets] -= 1
                counts[undo.second][undo.gives] -= 1
            return False
    return True


class Changes:
    """Other answers that fit everything published, likeliest first."""

    def __init__(
        self,
        people: People,
        wanted: Shown,
        shown: Shown,
        of_one_mind: Sequence[frozenset[Key]],
        smallest_group: int,
    ) -> None:
        self._people, self._smallest = people, smallest_group
        tree = cut(people, shown)
        self._chains = Chains(tree, shown)
        self._cells = {(c.node, c.facts): c for cells in tree.values() for c in cells}
        self._place = {key: _place(key, shown) for key in people}
        self._alike: dict[object, list[Key]] = {}
        for key in sorted(people):
            self._alike.setdefault(self._place[key], []).append(key)
        self._minds = sorted({tuple(sorted(unit)) for unit in of_one_mind})
        self._withheld = _withheld(people, wanted, shown)
        self._known: dict[Key, tuple[Change, ...]] = {}

    def option(self, key: Key, number: int) -> Change | None:
        """The next thing to try for these people."""
        unit = max((unit for unit in self._minds if key in unit), key=len)
        if key not in self._known:
            first = (key, *(other for other in unit if other != key))
            self._known[key] = tuple(self._mind(first))
        options = self._known[key]
        return options[number] if number < len(options) else None

    def _single(self, key: Key) -> Iterator[Change]:
        """One person of these has another answer."""
        (mine,) = given(self._people[key].counts)
        for other in self._alike[self._place[key]]:
            for theirs in given(self._people[other].counts):
                if theirs != mine:
                    yield (Swap(key, other, mine, theirs),)
        cell = self._cells[self._place[key]]
        for first, *others in self._chains.back(cell, mine):
            partner = self._somebody(first.second, first.gets)
            yield (
                Swap(key, partner, mine, first.gets),
                *(
                    Swap(
                        self._somebody(trade.first, trade.gives),
                        self._somebody(trade.second, trade.gets),
                        trade.gives,
                        trade.gets,
                    )
                    for trade in others
                ),
            )

    def _somebody(self, cell: Cell, answer: int) -> Key:
        """Where most of a cell's people are who gave an answer."""
        keys = self._alike[cell.node, cell.facts]
        return max(keys, key=lambda key: (self._people[key].counts[answer], key))

    def _mind(self, unit: tuple[Key, ...]) -> Iterator[Change]:
        """They are of another mind, or too few could judge, or other people are of that mind."""
        (mine,) = given(self._people[unit[0]].counts)
        for theirs in SCALE:
            if theirs != mine:
                yield from self._give(unit, mine, theirs, sum(self._people[k].valid for k in unit))
        everybody = sum(self._people[key].respondents for key in unit)
        if mine == CANT_JUDGE:
            for value in SCALE:
                yield from self._give(unit, mine, value, 1)
        elif everybody >= self._smallest:
            yield from self._give(unit, mine, CANT_JUDGE, everybody - self._smallest + 1)
        yield from islice(self._in_its_place(unit, mine), _MOST_PLACES)
        yield from islice(self._single(unit[0]), _MOST_PLACES)

    def _give(self, unit: Sequence[Key], mine: int, theirs: int, people: int) -> Iterator[Change]:
        """So many of a group have another answer, taken from those nothing tells apart."""
        counts = {key: list(histogram.counts) for key, histogram in self._people.items()}
        swaps: list[Swap] = []
        for key in unit:
            donors = [k for k in self._alike[self._place[key]] if k not in unit]
            while len(swaps) < people and counts[key][mine]:
                donor = max(donors, key=lambda k: (counts[k][theirs], k), default=None)
                if donor is None or not counts[donor][theirs]:
                    break
                counts[donor][theirs] -= 1
                counts[key][mine] -= 1
                swaps.append(Swap(key, donor, mine, theirs))
        if swaps and len(swaps) == people:
            yield tuple(swaps)

    def _in_its_place(self, unit: Sequence[Key], mine: int) -> Iterator[Change]:
        """Other people are of that mind."""
        for other in self._withheld:
            if not set(other) & set(unit):
                swaps = tuple(self._taken_over(unit, other, mine))
                if swaps and None not in swaps:
                    yield tuple(swap for swap in swaps if swap)

    def _taken_over(
        self, unit: Sequence[Key], other: Sequence[Key], mine: int
    ) -> Iterator[Swap | None]:
        """Each of the others takes the unit's answer from one of it; None where nobody can give."""
        left = {key: self._people[key].counts[mine] for key in unit}
        for key in other:
            for theirs, people in enumerate(self._people[key].counts):
                for _ in range(people if theirs != mine else 0):
                    alike = (k for k in left if left[k] and self._place[k] == self._place[key])
                    giver = next(alike, None)
                    if giver is None:
                        yield None
                        return
                    left[giver] -= 1
                    yield Swap(giver, key, mine, theirs)


def _place(key: Key, shown: Shown) -> tuple[DepartmentPath, tuple[bool | None, bool | None]]:
    """Which cell these people are in."""
    node = owner(key[0], shown.nodes) or ()
    first, second = shown.scopes(node)
    return node, (
        key[1][0] if first is not None else None,
        key[1][1] if second is not None else None,
    )


def _withheld(people: People, wanted: Shown, shown: Shown) -> list[tuple[Key, ...]]:
    """Whom a group that could have been published and is not would have told apart.

    Those in it, and those of their cells who are not.
    """
    units = [
        frozenset(key for key in people if key[0][: len(node)] == node)
        for node in sorted(wanted.nodes - shown.nodes)
    ]
    for pair in sorted(wanted.pairs - shown.pairs):
        fact, depth = FACTS.index(pair.kind), len(pair.path)
        below = [key for key in people if key[0][:depth] == pair.path]
        units += [frozenset(k for k in below if k[1][fact] is member) for member in (True, False)]
    for unit in tuple(units):
        places = {_place(key, shown) for key in unit}
        units.append(frozenset(k for k in people if _place(k, shown) in places) - unit)
    return list(dict.fromkeys(tuple(sorted(unit)) for unit in units if unit))
