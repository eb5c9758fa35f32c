"""A third attacker, beyond METHOD §4: he also knows the rule by which groups are dropped. Pure.

What is withheld tells something, too: a team that is large enough must be of one
mind, or near it. He goes through the answers that fit everything published and
keeps those for which the rule would have dropped the very same groups. Whoever
answers the same in all that are left is caught.

Only people whose department and facts, all together, hold people of one answer
can be: others could trade places. For each of them other answers are looked
for, and the rule is tried on them:

- somebody trades the answer with somebody whom nothing published tells apart, or
  along a chain of trades (`scoring.chains`);
- a group that is withheld and of one mind is of another mind; or too few of it
  could judge; or another withheld group is of that mind in its place.

Many of these are tried at once, and halves of them where that fails. Who is left
in the end is taken to be caught.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from data.model import CANT_JUDGE, SCALE, DepartmentPath
from data.results import Histogram
from scoring.cells import (
    FACTS,
    Candidate,
    Cell,
    Facts,
    Pair,
    People,
    Shown,
    children,
    cut,
    owner,
    total,
)
from scoring.chains import Chains, given
from scoring.histogram import unanimous

Key = tuple[DepartmentPath, Facts]
"""A department (without its sub-departments) and facts."""

Rule = Callable[[People], Shown]

_MOST_TRIALS = 400
"""How often the rule is tried for one item; who is not cleared by then is caught."""

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


@dataclass(frozen=True, slots=True)
class Caught:
    """People whose answer the rule gives away, and the groups that are dropped for it."""

    key: Key
    answer: int
    groups: tuple[Candidate, ...]


def attack_by_replay(
    people: People, wanted: Shown, shown: Shown, rule: Rule, smallest_group: int
) -> tuple[Caught, ...]:
    """Whose answers are certain to somebody who knows that `rule` made `shown` of them.

    `wanted`: the groups that could have been published.
    """
    if not shown.nodes:
        return ()
    trial = _Trial(people, shown, rule)
    changes = _Changes(people, wanted, shown, smallest_group)
    left = changes.suspects()
    for number in range(_MOST_PLACES + 12):
        options = [o for o in (changes.option(key, number) for key in left) if o]
        if not options:
            break
        trial.test(list(dict.fromkeys(options)))
        left = [key for key in left if key not in trial.cleared]
    below = children(shown.nodes)
    return tuple(_caught(people, shown, below, key) for key in left)


def _caught(
    people: People,
    shown: Shown,
    below: Mapping[DepartmentPath, Sequence[DepartmentPath]],
    key: Key,
) -> Caught:
    node = owner(key[0], shown.nodes) or ()
    scopes = zip(FACTS, shown.scopes(node), strict=True)
    pairs = [Pair(scope, kind) for kind, scope in scopes if scope is not None]
    return Caught(key, given(people[key].counts)[0], (node, *below[node], *pairs))


class _Trial:
    """Tries changes, many at once, and remembers whose answer was another."""

    def __init__(self, people: People, shown: Shown, rule: Rule) -> None:
        self._people, self._shown, self._rule = people, shown, rule
        self._left = _MOST_TRIALS
        self.cleared: set[Key] = set()

    def test(self, changes: Sequence[Change]) -> None:
        """All of these together; in halves where the rule would then have dropped other groups."""
        while changes and self._left > 0:
            self._left -= 1
            other, made, later = _changed(self._people, changes)
            if made and self._rule(other) == self._shown:
                self.cleared |= {
                    key for key, histogram in self._people.items() if other[key] != histogram
                }
            elif len(made) > 1:
                half = len(made) // 2
                self.test(made[:half])
                self.test(made[half:])
            changes = later if made else ()


def _changed(
    people: People, changes: Iterable[Change]
) -> tuple[People, list[Change], list[Change]]:
    """The answers after those of the changes that go together; these, and the others."""
    counts = {key: list(histogram.counts) for key, histogram in people.items()}
    made: list[Change] = []
    later: list[Change] = []
    for change in changes:
        (made if _make(counts, change) else later).append(change)
    return {key: _histogram(values) for key, values in counts.items()}, made, later


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


def _histogram(values: Sequence[int]) -> Histogram:
    n0, n1, n2, n3, n4, n5 = values
    return Histogram((n0, n1, n2, n3, n4, n5))


class _Changes:
    """Other answers that fit everything published, likeliest first."""

    def __init__(self, people: People, wanted: Shown, shown: Shown, smallest_group: int) -> None:
        self._people, self._smallest = people, smallest_group
        tree = cut(people, shown)
        self._chains = Chains(tree, shown)
        self._cells = {(c.node, c.facts): c for cells in tree.values() for c in cells}
        self._place = {key: _place(key, shown) for key in people}
        self._alike: dict[object, list[Key]] = {}
        for key in sorted(people):
            self._alike.setdefault(self._place[key], []).append(key)
        self._withheld = _withheld(people, wanted, shown)
        self._known: dict[tuple[Key, ...], tuple[Change, ...]] = {}

    def option(self, key: Key, number: int) -> Change | None:
        """The next thing to try for these people."""
        units = [unit for unit in self._withheld if key in unit and self._of_one_mind(unit)]
        unit = max(units, key=len, default=(key,))
        if unit not in self._known:
            found = self._mind(unit) if units else self._single(key)
            self._known[unit] = tuple(found)
        options = self._known[unit]
        return options[number] if number < len(options) else None

    def suspects(self) -> list[Key]:
        """Everybody in a withheld group that is large enough and of one mind."""
        units = [unit for unit in self._withheld if self._of_one_mind(unit)]
        return sorted({key for unit in units for key in unit})

    def _of_one_mind(self, unit: Sequence[Key]) -> bool:
        together = total(self._people[key] for key in unit)
        return together.respondents >= self._smallest and unanimous(together)

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
        """A withheld group of one mind is of another, or too few could judge, or another group is."""
        (mine,) = given(self._people[unit[0]].counts)
        for theirs in sorted(SCALE, key=lambda value: value == CANT_JUDGE):
            if theirs != mine:
                yield from self._give(unit, mine, theirs, sum(self._people[k].valid for k in unit))
        everybody = sum(self._people[key].respondents for key in unit)
        if mine == CANT_JUDGE:
            for value in SCALE:
                yield from self._give(unit, mine, value, 1)
        elif everybody >= self._smallest:
            yield from self._give(unit, mine, CANT_JUDGE, everybody - self._smallest + 1)
        yield from islice(self._in_its_place(unit, mine), _MOST_PLACES)
        for key in unit:
            yield from islice(self._single(key), 2)

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
        """Another withheld group is of that mind."""
        for other in self._withheld:
            if set(other) & set(unit):
                continue
            left = {key: self._people[key].counts[mine] for key in unit}
            swaps: list[Swap] = []
            missing = 0
            for key in other:
                for theirs in given(self._people[key].counts):
                    if theirs == mine:
                        continue
                    for _ in range(self._people[key].counts[theirs]):
                        alike = [k for k in left if left[k] and self._place[k] == self._place[key]]
                        if not alike:
                            missing += 1
                            continue
                        giver = max(alike, key=lambda k: (left[k], k))
                        left[giver] -= 1
                        swaps.append(Swap(giver, key, mine, theirs))
            if swaps and not missing:
                yield tuple(swaps)


def _place(key: Key, shown: Shown) -> tuple[DepartmentPath, tuple[bool | None, bool | None]]:
    """Which cell these people are in."""
    node = owner(key[0], shown.nodes) or ()
    first, second = shown.scopes(node)
    return node, (
        key[1][0] if first is not None else None,
        key[1][1] if second is not None else None,
    )


def _withheld(people: People, wanted: Shown, shown: Shown) -> list[tuple[Key, ...]]:
    """The people of each group that could have been published and is not."""
    units = [
        tuple(sorted(key for key in people if key[0][: len(node)] == node))
        for node in sorted(wanted.nodes - shown.nodes)
    ]
    for pair in sorted(wanted.pairs - shown.pairs):
        fact, depth = FACTS.index(pair.kind), len(pair.path)
        units += [
            tuple(sorted(k for k in people if k[0][:depth] == pair.path and k[1][fact] is member))
            for member in (True, False)
        ]
    return [unit for unit in dict.fromkeys(units) if unit]
