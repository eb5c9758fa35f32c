"""The gate: turns a closed wave's counts into the one frozen release.

Pure; imports data's values only. What METHOD §4 promises respondents holds for
everything made here: no sum or difference of published figures depends on
fewer than k people, and nobody's exact answer is certain. The same counts
always give the same release, whatever order they come in.

The groups known here are the organisation, the nodes of the tree, and the
pairs of position and contact. The gate settles the tree first, then adds the
pairs it can afford; `scoring/cells.py` holds the two attackers.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.model import DepartmentPath, WaveSettings
from data.results import AnswerCount, Group, GroupKind, Histogram, PublishedComment, Release
from scoring.cells import (
    Facts,
    Lens,
    certain,
    children,
    exposed,
    finest,
    isolating,
    sub_cells,
    tree_cells,
)
from scoring.comments import place_comments
from scoring.histogram import add

People = Mapping[tuple[DepartmentPath, Facts], Histogram]

ORGANISATION = Group(GroupKind.ORGANISATION)
_PAIRS: tuple[tuple[Lens, GroupKind], ...] = ((0, GroupKind.POSITION), (1, GroupKind.CONTACT))
_NOBODY = Histogram((0, 0, 0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Settled:
    """What may be published of one item: nodes of the tree, and pairs across it."""

    nodes: frozenset[DepartmentPath]
    lenses: tuple[Lens, ...]


def make_release(
    settings: WaveSettings,
    departments: Sequence[DepartmentPath],
    answers: Iterable[AnswerCount],
    comments: Sequence[PublishedComment] = (),
    shuffle: Callable[[list[PublishedComment]], None] = lambda _: None,
) -> Release:
    """Everything that may ever be shown of a wave.

    `departments`: every path, in the order they are shown in. `comments`: all
    of the wave's, under their authors' departments. `shuffle` mixes the
    comments of one place, once.
    """
    by_item: dict[str, list[AnswerCount]] = {item: [] for item in settings.items}
    for answer in answers:
        by_item[answer.item].append(answer)
    people = {item: finest(counted) for item, counted in by_item.items()}
    wanted = tuple(lens for lens, kind in _PAIRS if getattr(settings, kind.value))
    nodes = ((), *departments)
    first = _only_respondents(people[settings.items[0]])
    frame = settle(first, nodes, wanted, settings.smallest_group, certainty=False)
    settled = {
        item: settle(counted, frame.nodes, frame.lenses, settings.smallest_group)
        for item, counted in people.items()
    }
    histograms: dict[Group, dict[str, Histogram]] = {}
    for item, allowed in settled.items():
        for group, histogram in _published(people[item], allowed):
            histograms.setdefault(group, {})[item] = histogram
    return Release(
        items=settings.items,
        groups=_in_order(departments, wanted, histograms),
        histograms=histograms,
        comments=place_comments(comments, shuffle),
    )


def settle(
    people: People,
    nodes: Collection[DepartmentPath],
    lenses: tuple[Lens, ...],
    smallest_group: int,
    *,
    certainty: bool = True,
) -> Settled:
    """Drop groups until no attacker wins.

    `certainty`: whether answers can become certain at all (not where the
    histograms only say who took part).
    """
    published = _settle_tree(people, nodes, smallest_group, certainty=certainty)
    if () not in published:
        return Settled(frozenset(), ())
    for kept in (lenses, *((lens,) for lens in lenses)):
        cut = sub_cells(people, published, kept)
        if not isolating(cut, smallest_group) and not (certainty and certain(cut)):
            return Settled(frozenset(published), kept)
    return Settled(frozenset(published), ())


def _settle_tree(
    people: People,
    nodes: Collection[DepartmentPath],
    smallest_group: int,
    *,
    certainty: bool,
) -> set[DepartmentPath]:
    """Nodes below k go first; then, of those a winning attacker used, the smallest."""
    totals = _totals(people)
    published = {n for n in nodes if n in totals and totals[n].valid >= smallest_group}
    while True:
        cells = tree_cells(people, published)
        harmful = [
            node
            for node, cell in cells.items()
            if exposed(cell, smallest_group, certainty=certainty)
        ]
        if not harmful:
            return published
        node = min(harmful, key=lambda path: (-len(path), path))
        used = (node, *children(node, published))
        published.discard(min(used, key=lambda path: (path == (), totals[path].valid, path)))


def _published(people: People, settled: Settled) -> Iterable[tuple[Group, Histogram]]:
    """The histograms of one item that may be shown."""
    if not settled.nodes:
        return
    cells, totals = tree_cells(people, settled.nodes), _totals(people)
    for node in settled.nodes:
        kind = GroupKind.DEPARTMENT if node else GroupKind.ORGANISATION
        yield Group(kind, node), totals[node]
        below = children(node, settled.nodes)
        if below and node in cells:
            yield Group(GroupKind.REMAINDER, node, without=below), cells[node]
    for lens in settled.lenses:
        for member in (True, False):
            yield (
                Group(_PAIRS[lens][1], member=member),
                _sum(h for (_, facts), h in people.items() if facts[lens] == member),
            )


def _in_order(
    departments: Sequence[DepartmentPath],
    lenses: Iterable[Lens],
    shown: Collection[Group],
) -> tuple[Group, ...]:
    """Every candidate group, withheld or not, then the remainders that are shown."""
    place = {path: number for number, path in enumerate(((), *departments))}
    remainders = [group for group in shown if group.kind is GroupKind.REMAINDER]
    return (
        ORGANISATION,
        *(Group(GroupKind.DEPARTMENT, path) for path in departments),
        *(Group(_PAIRS[lens][1], member=member) for lens in lenses for member in (True, False)),
        *sorted(remainders, key=lambda group: (place[group.path], group.without)),
    )


def _only_respondents(people: People) -> People:
    """The same people with everybody's answer made the same: only who took part is left."""
    return {key: Histogram((0, 0, 0, h.respondents, 0, 0)) for key, h in people.items()}


def _totals(people: People) -> dict[DepartmentPath, Histogram]:
    """The histogram of every node with people below it, the organisation at ()."""
    totals: dict[DepartmentPath, Histogram] = {(): _NOBODY}
    for (path, _), histogram in people.items():
        for depth in range(len(path) + 1):
            totals[path[:depth]] = add(totals.get(path[:depth], _NOBODY), histogram)
    return totals


def _sum(histograms: Iterable[Histogram]) -> Histogram:
    total = _NOBODY
    for histogram in histograms:
        total = add(total, histogram)
    return total
