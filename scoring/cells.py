"""Cuts the people of a wave into cells, and asks what the published groups give away.

Pure; imports data's values only. The groups this room knows are the tree's
nodes and two pairs that cut across it (position, contact). Their cells have a
shape that lets both attackers of METHOD §4 be answered exactly or on the safe
side, without a solver:

- A published node minus its nearest published descendants is a *tree cell*;
  published figures give every tree cell's histogram exactly.
- A published pair cuts each tree cell into *sub-cells*, of which only sums are
  published.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from data.model import DepartmentPath
from data.results import AnswerCount, Histogram
from scoring.histogram import unanimous

Lens = int
"""Which fact cuts across the tree: 0 is position, 1 is contact."""

Facts = tuple[bool, bool]
"""Of a person: leads people, works with customers."""

Counts = list[int]
"""Six counts: can't judge, then 1…5."""


@dataclass(frozen=True, slots=True)
class SubCell:
    """People of one tree cell who share the facts that are published."""

    facts: tuple[bool, ...]
    histogram: Histogram


def finest(answers: Iterable[AnswerCount]) -> dict[tuple[DepartmentPath, Facts], Histogram]:
    """One item's answers per department (without its sub-departments) and facts."""
    found: dict[tuple[DepartmentPath, Facts], Counts] = {}
    for answer in answers:
        key = (answer.path, (answer.leads, answer.customer))
        found.setdefault(key, [0] * 6)[answer.value] += answer.people
    return {key: _histogram(counts) for key, counts in found.items()}


def owner(path: DepartmentPath, published: Collection[DepartmentPath]) -> DepartmentPath | None:
    """The nearest published node at or above a department; None outside all of them."""
    for depth in range(len(path), -1, -1):
        if path[:depth] in published:
            return path[:depth]
    return None


def children(
    node: DepartmentPath, published: Collection[DepartmentPath]
) -> tuple[DepartmentPath, ...]:
    """The nearest published descendants of a published node, sorted by path."""
    return tuple(sorted(path for path in published if path and owner(path[:-1], published) == node))


def tree_cells(
    people: Mapping[tuple[DepartmentPath, Facts], Histogram], published: Collection[DepartmentPath]
) -> dict[DepartmentPath, Histogram]:
    """The histogram of each tree cell that has people, by the node it belongs to."""
    return {
        node: _sum(cell.histogram for cell in cells)
        for node, cells in sub_cells(people, published, ()).items()
    }


def sub_cells(
    people: Mapping[tuple[DepartmentPath, Facts], Histogram],
    published: Collection[DepartmentPath],
    lenses: tuple[Lens, ...],
) -> dict[DepartmentPath, tuple[SubCell, ...]]:
    """Each tree cell that has people, cut by the published pairs."""
    found: dict[DepartmentPath, dict[tuple[bool, ...], Counts]] = {}
    for (path, facts), histogram in people.items():
        node = owner(path, published)
        if node is None:
            continue
        key = tuple(facts[lens] for lens in lenses)
        counts = found.setdefault(node, {}).setdefault(key, [0] * 6)
        for value, count in enumerate(histogram.counts):
            counts[value] += count
    return {
        node: tuple(SubCell(facts, _histogram(counts)) for facts, counts in sorted(cells.items()))
        for node, cells in found.items()
    }


def exposed(cell: Histogram, smallest_group: int, *, certainty: bool = True) -> bool:
    """Whether publishing this tree cell's histogram gives somebody away.

    It does when fewer than k people answered (or answered on the scale), or,
    where answers can become certain, when all of them gave the same one.
    """
    few = 0 < cell.respondents < smallest_group or 0 < cell.valid < smallest_group
    return few or (certainty and unanimous(cell))


def isolating(cells: Mapping[DepartmentPath, tuple[SubCell, ...]], smallest_group: int) -> bool:
    """Whether sums and differences with the pairs' figures single out fewer than k people.

    Attacker 1 of METHOD §4, solved by hand for this shape. A combination gives
    each person of tree cell i the weight aᵢ + b·(first fact) + c·(second fact);
    aᵢ is free, so in each tree cell the attacker cancels the weight most people
    have. What he can choose is which facts share a weight: only one of b, c is
    used, or b = c, or b = −c (b ≠ ±c only splits people further). A combination
    that is nothing but tree cells leaves 0 people and tells nothing new.
    """
    pairs = next((len(subs[0].facts) for subs in cells.values()), 0)
    for weights in _WEIGHTS[pairs]:
        for size in (_respondents, _valid):
            left = sum(_not_cancelled(subs, weights, size) for subs in cells.values())
            if 0 < left < smallest_group:
                return True
    return False


def certain(cells: Mapping[DepartmentPath, tuple[SubCell, ...]]) -> bool:
    """Whether somebody's answer might be certain, given every published figure.

    Attacker 2 of METHOD §4, on the safe side. Only people of a unanimous
    sub-cell can be certain. They are safe when a swap fits all that is
    published: one of them changes answers with somebody of another sub-cell in
    the same tree cell, and two people elsewhere change back what that did to
    the pairs' sums. Where no such swap exists the attacker is taken to win.
    """
    mirrors = _mirrors(cells)
    return any(
        unanimous(sub.histogram) and not _swappable(sub, subs, mirrors)
        for subs in cells.values()
        for sub in subs
    )


_WEIGHTS: dict[int, tuple[tuple[int, ...], ...]] = {
    0: (),
    1: ((1,),),
    2: ((1, 0), (0, 1), (1, 1), (1, -1)),
}


def _respondents(cell: SubCell) -> int:
    return cell.histogram.respondents


def _valid(cell: SubCell) -> int:
    return cell.histogram.valid


def _not_cancelled(
    subs: tuple[SubCell, ...], weights: tuple[int, ...], size: Callable[[SubCell], int]
) -> int:
    """People of one tree cell left over when its most frequent weight is cancelled."""
    classes: dict[int, int] = {}
    for sub in subs:
        weight = sum(w * fact for w, fact in zip(weights, sub.facts, strict=True))
        classes[weight] = classes.get(weight, 0) + size(sub)
    return sum(classes.values()) - max(classes.values())


_Change = tuple[tuple[int, ...], int, int]


def _mirrors(cells: Mapping[DepartmentPath, tuple[SubCell, ...]]) -> set[_Change]:
    """Which facts two people of one tree cell differ by, with the answers they gave."""
    return {
        (_difference(one, two), first, second)
        for subs in cells.values()
        for one, two in itertools.permutations(subs, 2)
        for first, second in itertools.product(_given(one), _given(two))
    }


def _swappable(lone: SubCell, subs: tuple[SubCell, ...], mirrors: Collection[_Change]) -> bool:
    """Whether two other people can undo what a swap with `lone` does to the pairs' sums.

    They are others: nobody of the lone, unanimous sub-cell gave the answer that
    the first of them must have given.
    """
    (given,) = _given(lone)
    return any(
        (_difference(lone, partner), other, given) in mirrors
        for partner in subs
        for other in _given(partner)
        if partner.facts != lone.facts and other != given
    )


def _given(cell: SubCell) -> tuple[int, ...]:
    """The answers that were given at all."""
    return tuple(value for value, count in enumerate(cell.histogram.counts) if count)


def _difference(left: SubCell, right: SubCell) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(left.facts, right.facts, strict=True))


def _sum(histograms: Iterable[Histogram]) -> Histogram:
    columns = zip(*(h.counts for h in histograms), strict=True)
    return _histogram([sum(column) for column in columns])


def _histogram(counts: Counts) -> Histogram:
    n0, n1, n2, n3, n4, n5 = counts
    return Histogram((n0, n1, n2, n3, n4, n5))
