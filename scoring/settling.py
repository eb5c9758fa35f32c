"""Drops groups of an item until neither attacker wins (METHOD §4). Pure.

Groups below k go first. Then, as long as an attacker wins, of the groups he used
the one with fewest people goes: a node of the tree where the tree alone gives
somebody away, else a pair. What went is tried again at the end, largest first,
and stays where it does no harm after all. The outcome depends on the data alone.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from data.model import DepartmentPath, WaveSettings
from data.results import GroupKind, Histogram
from scoring.algebra import attack_by_algebra
from scoring.bounds import attack_by_bounds
from scoring.cells import FACTS, Pair, People, Shown, children, cut, total, whole
from scoring.histogram import unanimous

_NOBODY = Histogram((0, 0, 0, 0, 0, 0))


def candidates(settings: WaveSettings, departments: Iterable[DepartmentPath]) -> Shown:
    """The groups that a wave may publish: its fixed list."""
    by_division = {
        GroupKind.POSITION: settings.position_by_division,
        GroupKind.CONTACT: settings.contact_by_division,
    }
    nodes = frozenset({(), *departments})
    asked = [kind for kind in FACTS if getattr(settings, kind.value)]
    divisions = [node for node in nodes if len(node) == 1]
    pairs = [Pair((), kind) for kind in asked]
    pairs += [Pair(node, kind) for kind in asked if by_division[kind] for node in divisions]
    return Shown(nodes, frozenset(pairs))


def settle(people: People, wanted: Shown, smallest_group: int, *, certainty: bool = True) -> Shown:
    """What may be published of `wanted`.

    `certainty`: whether answers can become certain at all (not where the
    histograms only say who took part).
    """
    nodes = _settle_tree(people, wanted.nodes, smallest_group, certainty=certainty)
    if () not in nodes:
        return Shown()
    sizes = _pair_sizes(people, wanted.pairs)
    pairs = {
        pair for pair, valid in sizes.items() if min(valid) >= smallest_group and pair.path in nodes
    }
    return _settle_pairs(people, Shown(nodes, frozenset(pairs)), sizes, smallest_group, certainty)


def _settle_tree(
    people: People,
    wanted: Collection[DepartmentPath],
    smallest_group: int,
    *,
    certainty: bool,
) -> frozenset[DepartmentPath]:
    """The nodes that can be published while no pair is."""
    totals = node_totals(people)
    shown = {n for n in wanted if n in totals and totals[n].valid >= smallest_group}
    while True:
        below = children(shown)
        harmful = [
            node
            for node, cells in cut(people, Shown(frozenset(shown))).items()
            if _gives_away(whole(cells), smallest_group, certainty=certainty)
        ]
        if not harmful:
            return frozenset(shown)
        node = min(harmful, key=lambda path: (-len(path), path))
        used = (node, *below[node])
        shown.discard(min(used, key=lambda path: (path == (), totals[path].valid, path)))


def _gives_away(cell: Histogram, smallest_group: int, *, certainty: bool) -> bool:
    """What either attacker makes of a tree cell while no pair is published."""
    few = 0 < cell.respondents < smallest_group or 0 < cell.valid < smallest_group
    return few or (certainty and unanimous(cell))


def _settle_pairs(
    people: People,
    shown: Shown,
    sizes: dict[Pair, tuple[int, int]],
    smallest_group: int,
    certainty: bool,
) -> Shown:
    """Pairs go while an attacker wins; then those that do no harm come back."""
    gone: set[Pair] = set()

    def size(pair: Pair) -> tuple[int, Pair]:
        return min(sizes[pair]), pair

    while used := tuple(_used(people, shown, smallest_group, certainty)):
        harmful = {min(pairs, key=size) for pairs in used}
        gone |= harmful
        shown = Shown(shown.nodes, shown.pairs - harmful)
    for pair in sorted(gone, key=size, reverse=True):
        more = Shown(shown.nodes, shown.pairs | {pair})
        if not tuple(_used(people, more, smallest_group, certainty)):
            shown = more
    return shown


def _used(
    people: People,
    shown: Shown,
    smallest_group: int,
    certainty: bool,
) -> Iterator[set[Pair]]:
    """The pairs that each win of an attacker rests on."""
    wins = chain(
        (win.recipe for win in attack_by_algebra(people, shown, smallest_group)),
        (win.groups for win in attack_by_bounds(people, shown)) if certainty else (),
    )
    for groups in wins:
        yield {Pair(group.path, group.kind) for group in groups if group.kind in FACTS}


def node_totals(people: People) -> dict[DepartmentPath, Histogram]:
    """The histogram of every node with people below it, the organisation at ()."""
    below: dict[DepartmentPath, list[Histogram]] = {(): []}
    for (path, _), histogram in people.items():
        for depth in range(len(path) + 1):
            below.setdefault(path[:depth], []).append(histogram)
    return {path: total(histograms) for path, histograms in below.items()}


def pair_total(people: People, pair: Pair, *, member: bool) -> Histogram:
    """The histogram of one side of a pair."""
    fact, depth = FACTS.index(pair.kind), len(pair.path)
    return total(
        histogram
        for (path, facts), histogram in people.items()
        if facts[fact] == member and path[:depth] == pair.path
    )


def _pair_sizes(people: People, pairs: Collection[Pair]) -> dict[Pair, tuple[int, int]]:
    """The valid answers on each side of these pairs."""
    found = {pair: [0, 0] for pair in pairs}
    for (path, facts), histogram in people.items():
        for kind, fact in zip(FACTS, facts, strict=True):
            for scope in {(), path[:1]}:
                if Pair(scope, kind) in found:
                    found[Pair(scope, kind)][fact] += histogram.valid
    return {pair: (sides[0], sides[1]) for pair, sides in found.items()}
