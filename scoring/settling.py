"""Drops groups of an item until neither attacker wins (METHOD §4). Pure.

Groups below k go first. Then, as long as an attacker wins, of the groups he used
the one with fewest people goes: of a pair both sides, counted by the smaller one;
the organisation last, and with it the item. What went is tried again at the end,
largest first, and comes back where it does no harm after all. The outcome depends
on the data alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from data.model import DepartmentPath, WaveSettings
from data.results import Group, GroupKind, Histogram
from scoring.algebra import attack_by_algebra
from scoring.bounds import attack_by_bounds
from scoring.cells import FACTS, Candidate, Key, Pair, People, Shown, owner, total
from scoring.replay import attack_by_replay

_SMALL = 12
"""Departments × facts, up to which the third attacker is taken to know all of the rule."""


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


def settle(
    people: People,
    wanted: Shown,
    smallest_group: int,
    of_one_mind: list[frozenset[Key]] | None = None,
    *,
    certainty: bool = True,
) -> Shown:
    """What may be published of `wanted`.

    `of_one_mind`: is told of the people who would have been certain because all
    of a tree cell gave one answer. `certainty`: whether answers can become certain
    at all (not where the histograms only say who took part).
    """
    sizes = _sizes(people, wanted)
    large = {group: size for group, size in sizes.items() if size >= smallest_group}
    shown = _only(wanted, large)
    while used := tuple(_used(people, shown, smallest_group, of_one_mind, certainty=certainty)):
        if not all(used):
            return Shown()
        harmful = {min(groups, key=lambda group: _by_size(sizes, group)) for groups in used}
        shown = _only(shown, shown.groups - harmful)
    gone = large.keys() - shown.groups
    for group in sorted(gone, key=lambda group: _by_size(sizes, group), reverse=True):
        more = _only(wanted, shown.groups | {group})
        if not any(True for _ in _used(people, more, smallest_group, None, certainty=certainty)):
            shown = more
    return shown if () in shown.nodes else Shown()


def _only(shown: Shown, kept: Collection[Candidate]) -> Shown:
    """Of these groups the ones that are kept, and of the pairs those whose node is."""
    nodes = frozenset(node for node in shown.nodes if node in kept)
    return Shown(nodes, frozenset(p for p in shown.pairs if p in kept and p.path in nodes))


def _used(
    people: People,
    shown: Shown,
    smallest_group: int,
    of_one_mind: list[frozenset[Key]] | None,
    *,
    certainty: bool,
) -> Iterator[set[Candidate]]:
    """What could be dropped of each win of an attacker: all he used but the organisation."""
    for exposure in attack_by_algebra(people, shown, smallest_group):
        yield _candidates(exposure.recipe)
    for certain in attack_by_bounds(people, shown) if certainty else ():
        yield _candidates(certain.groups)
        if of_one_mind is not None and certain.subtracted:
            node = certain.cell.node
            of_one_mind.append(
                frozenset(key for key in people if owner(key[0], shown.nodes) == node)
            )


def _candidates(groups: Iterable[Group]) -> set[Candidate]:
    return {Pair(g.path, g.kind) if g.kind in FACTS else g.path for g in groups} - {()}


def _by_size(
    sizes: Mapping[Candidate, int], group: Candidate
) -> tuple[int, bool, DepartmentPath, str]:
    """The order in which groups go: fewest people first, ties by what they are."""
    if isinstance(group, Pair):
        return sizes[group], True, group.path, group.kind
    return sizes[group], False, group, ""


def _sizes(people: People, wanted: Shown) -> dict[Candidate, int]:
    """The valid answers of each group that has any; of a pair, on its smaller side."""
    totals = node_totals(people)
    sizes: dict[Candidate, int] = {n: totals[n].valid for n in wanted.nodes if n in totals}
    sides = {pair: [0, 0] for pair in wanted.pairs}
    for (path, facts), histogram in people.items():
        for kind, fact in zip(FACTS, facts, strict=True):
            for scope in {(), path[:1]}:
                if Pair(scope, kind) in sides:
                    sides[Pair(scope, kind)][fact] += histogram.valid
    return sizes | {pair: min(side) for pair, side in sides.items()}


def node_totals(people: People) -> dict[DepartmentPath, Histogram]:
    """The histogram of every node with people below it, the organisation at ()."""
    below: dict[DepartmentPath, list[Histogram]] = {(): []}
    for (path, _), histogram in people.items():
        for depth in range(len(path) + 1):
            below.setdefault(path[:depth], []).append(histogram)
    return {path: total(histograms) for path, histograms in below.items()}


def settle_beyond_doubt(
    people: People, wanted: Shown, smallest_group: int, *, thorough: bool | None = None
) -> Shown:
    """What may be published of `wanted` before somebody who knows this very rule, too.

    As long as he catches somebody, the smallest of the groups around them is
    given up from the start. `thorough`: whether he then also knows that groups are
    given up; by default in small organisations, where few other answers fit.
    """
    thorough = len(people) <= _SMALL if thorough is None else thorough

    def plainly(answers: People) -> Shown:
        return settle(answers, wanted, smallest_group)

    def knowingly(answers: People) -> Shown:
        return settle_beyond_doubt(answers, whole_list, smallest_group, thorough=False)

    whole_list, rule = wanted, plainly
    while True:
        doubtful: list[frozenset[Key]] = []
        shown = settle(people, wanted, smallest_group, doubtful)
        sizes = _sizes(people, wanted)
        used = [
            {group for group in caught.groups if group != ()}
            for caught in attack_by_replay(people, wanted, shown, doubtful, rule, smallest_group)
        ]
        if not used:
            return shown
        if not all(used):
            return Shown()
        harmful = {min(groups, key=lambda group: _by_size(sizes, group)) for groups in used}
        wanted = _only(wanted, wanted.groups - harmful)
        rule = knowingly if thorough else plainly
