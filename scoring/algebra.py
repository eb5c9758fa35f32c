"""The first attacker of METHOD §4: he adds and subtracts published figures. Pure.

Whatever he combines gives each person a weight: one that is free for each tree
cell, plus β for those who lead and γ for those with customer contact. β and γ are
free in each division whose own pair is published, and one number for everybody
else. He wants the fewest people whose weight is not 0.

So in each tree cell he cancels the weight that most people have, and all he has
to choose is which facts share a weight: β alone, γ alone, β = γ or β = −γ (any
other β and γ only split people further). Divisions with a pair of their own can
be chosen one by one, so going through these few choices finds his best, exactly.
A combination that leaves nobody is one of tree cells alone and tells nothing new.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from data.model import DepartmentPath
from data.results import Group, Histogram
from scoring.cells import FACTS, Cell, Pair, People, Shown, children, cut, node_group, whole

Weights = tuple[int, int]
"""β and γ: what leading people, and customer contact, add to a person's weight."""

Recipe = Mapping[Group, int]
"""How often each published figure is added, or with a minus subtracted."""

_NONE: Weights = (0, 0)
_COMMON: tuple[Weights, ...] = ((1, 0), (0, 1), (1, 1), (1, -1))

_Tree = Mapping[DepartmentPath, tuple[Cell, ...]]
_Size = Callable[[Histogram], int]


@dataclass(frozen=True, slots=True)
class Exposure:
    """Fewer than k people whom a sum of published figures singles out.

    `people`: how many; of those who took part, or only of those whose answer was
    valid. `cells`: where they are. `recipe`: the sum.
    """

    people: int
    cells: tuple[Cell, ...]
    recipe: Recipe


def attack_by_algebra(people: People, shown: Shown, smallest_group: int) -> Iterator[Exposure]:
    """Whom sums and differences of these published figures single out, and by which sum.

    Asked of those who took part, and of those whose answer was valid.
    """
    tree = cut(people, shown)
    for size in (_respondents, _valid):
        yield from _small_tree_cells(tree, shown, size, smallest_group)
    for size in (_respondents, _valid):
        for chosen, common in _attempts(tree, shown, size, smallest_group):
            exposure = _exposure(tree, shown, chosen, common, size)
            if 0 < exposure.people < smallest_group:
                yield exposure


def _small_tree_cells(
    tree: _Tree, shown: Shown, size: _Size, smallest_group: int
) -> Iterator[Exposure]:
    small = [n for n, cells in tree.items() if 0 < size(whole(cells)) < smallest_group]
    below = children(shown.nodes) if small else {}
    for node in small:
        recipe = {node_group(node): 1} | {node_group(child): -1 for child in below[node]}
        yield Exposure(size(whole(tree[node])), tree[node], recipe)


def _attempts(
    tree: _Tree, shown: Shown, size: _Size, smallest_group: int
) -> Iterator[tuple[dict[DepartmentPath, Weights], Weights]]:
    """His best choices of weights: for each division, and for everybody else."""
    if not shown.pairs:
        return
    left = _Left(tree, size)
    divisions = {node[:1]: shown.scopes(node) for node in tree}
    for division, scopes in divisions.items():
        for beta, gamma in product(*(_choices(scope, 0) for scope in scopes)):
            if (beta, gamma) > _NONE and 0 < left.over(division, (beta, gamma)) < smallest_group:
                yield {division: (beta, gamma)}, _NONE
    for common in _COMMON:
        if all(Pair((), kind) in shown.pairs for kind, w in zip(FACTS, common, strict=True) if w):
            chosen = {
                division: left.best(
                    division,
                    product(*map(_choices, scopes, common)),
                )
                for division, scopes in divisions.items()
            }
            if 0 < sum(left.over(d, w) for d, w in chosen.items()) < smallest_group:
                yield chosen, common


def _choices(scope: DepartmentPath | None, common: int) -> Sequence[int]:
    """What a fact may weigh where its pair is of this scope."""
    if scope is None:
        return (0,)
    return (0, 1, -1) if scope else (common,)


class _Left:
    """How many people of a division are left over when the best is cancelled, by weights."""

    def __init__(self, tree: _Tree, size: _Size) -> None:
        self._size = size
        self._trees: dict[DepartmentPath, list[tuple[Cell, ...]]] = {}
        for node, cells in tree.items():
            self._trees.setdefault(node[:1], []).append(cells)
        self._known: dict[tuple[DepartmentPath, Weights], int] = {}

    def over(self, division: DepartmentPath, weights: Weights) -> int:
        """The people left over with these weights."""
        if weights < _NONE:
            weights = (-weights[0], -weights[1])
        if weights == _NONE:
            return 0
        key = (division, weights)
        if key not in self._known:
            self._known[key] = sum(
                sum(classes.values()) - max(classes.values())
                for classes in (
                    _classes(cells, weights, self._size) for cells in self._trees[division]
                )
            )
        return self._known[key]

    def best(self, division: DepartmentPath, options: Iterable[tuple[int, ...]]) -> Weights:
        """The weights that leave the fewest."""
        return min(
            ((beta, gamma) for beta, gamma in options), key=lambda w: (self.over(division, w), w)
        )


def _classes(cells: Iterable[Cell], weights: Weights, size: _Size) -> Counter[int]:
    """How many people of a tree cell have which weight."""
    classes: Counter[int] = Counter()
    for cell in cells:
        classes[_weight(cell, weights)] += size(cell.histogram)
    return classes


def _weight(cell: Cell, weights: Weights) -> int:
    return sum(w for w, fact in zip(weights, cell.facts, strict=True) if fact)


def _exposure(
    tree: _Tree,
    shown: Shown,
    chosen: Mapping[DepartmentPath, Weights],
    common: Weights,
    size: _Size,
) -> Exposure:
    """Who is left with these weights, and the sum of published figures that leaves them."""
    free: dict[DepartmentPath, int] = {}
    left: list[Cell] = []
    for node, cells in tree.items():
        weights = chosen.get(node[:1], _NONE)
        classes = _classes(cells, weights, size)
        most = max(classes, key=lambda weight: (classes[weight], -abs(weight), weight))
        free[node] = -most
        left += [c for c in cells if _weight(c, weights) != most and size(c.histogram)]
    recipe: Counter[Group] = Counter()
    for node, below in children(shown.nodes).items():
        for one, sign in ((node, 1), *((child, -1) for child in below)):
            recipe[node_group(one)] += sign * free.get(node, 0)
    for number, kind in enumerate(FACTS):
        recipe[Pair((), kind).side(member=True)] += common[number]
        for division, weights in chosen.items():
            if division and Pair(division, kind) in shown.pairs:
                group = Pair(division, kind).side(member=True)
                recipe[group] += weights[number] - common[number]
    return Exposure(
        people=sum(size(cell.histogram) for cell in left),
        cells=tuple(left),
        recipe={group: times for group, times in sorted(recipe.items()) if times},
    )


def _respondents(histogram: Histogram) -> int:
    return histogram.respondents


def _valid(histogram: Histogram) -> int:
    return histogram.valid
