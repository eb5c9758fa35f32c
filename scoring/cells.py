"""Cuts the people of a wave into cells: those who are in exactly the same published groups.

Pure; imports data's values only. Published are nodes of the tree, and pairs:
leaders / everyone else, customer contact / everyone else, each of the whole
organisation or of a division (the tree's first level).

- A published node minus its nearest published descendants is a *tree cell*;
  published figures give every tree cell's histogram exactly.
- The pairs cut a tree cell into *cells*, of which only sums are published. Which
  sums is a matter of *scope*: of a division whose own pair is published, that
  division's; elsewhere those of all other people together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.model import DepartmentPath
from data.results import AnswerCount, Group, GroupKind, Histogram

Facts = tuple[bool, bool]
"""Of a person: leads people, works with customers."""

Key = tuple[DepartmentPath, Facts]
"""A department (without its sub-departments) and facts."""

People = Mapping[Key, Histogram]
"""One item's answers."""

FACTS = (GroupKind.POSITION, GroupKind.CONTACT)
"""Which pair tells which of a person's facts."""

_TREE = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT)

Counts = list[int]
"""Six counts: can't judge, then 1…5."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A fact of the people at or below `path`, () or a division: both sides or neither."""

    path: DepartmentPath
    kind: GroupKind

    def side(self, *, member: bool) -> Group:
        """One of the two groups."""
        return Group(self.kind, self.path, member)


Candidate = DepartmentPath | Pair
"""What is published or dropped as one: a node of the tree, or a pair."""

Scopes = tuple[DepartmentPath | None, DepartmentPath | None]
"""Of a tree cell: whose pair tells its people's first and second fact; None: nobody's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is published of one item. A pair needs its node: else `ValueError`."""

    nodes: frozenset[DepartmentPath] = frozenset()
    pairs: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        """Both sides of a pair add up to its node, so no attacker may overlook that."""
        if any(pair.path not in self.nodes for pair in self.pairs):
            raise ValueError("a pair is published without its node")

    @property
    def groups(self) -> frozenset[Candidate]:
        """Nodes and pairs together."""
        return frozenset[Candidate](self.nodes) | self.pairs

    def scopes(self, node: DepartmentPath) -> Scopes:
        """Whose pairs tell the facts of a node's people."""
        first, second = (self._scope(node, kind) for kind in FACTS)
        return first, second

    def _scope(self, node: DepartmentPath, kind: GroupKind) -> DepartmentPath | None:
        if Pair(node[:1], kind) in self.pairs:
            return node[:1]
        return () if Pair((), kind) in self.pairs else None


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one tree cell who share the facts that are told of them (None: not told)."""

    node: DepartmentPath
    facts: tuple[bool | None, bool | None]
    histogram: Histogram


def finest(answers: Iterable[AnswerCount]) -> dict[Key, Histogram]:
    """One item's people, as finely as anything is ever told of them."""
    found: dict[Key, Counts] = {}
    for answer in answers:
        key = (answer.path, (answer.leads, answer.customer))
        found.setdefault(key, [0] * 6)[answer.value] += answer.people
    return {key: histogram_from(counts) for key, counts in found.items()}


def shown_of(groups: Iterable[Group]) -> Shown:
    """Published groups, as the attackers see them; what they add up to is published too."""
    groups = tuple(groups)
    pairs = frozenset(Pair(g.path, g.kind) for g in groups if g.kind in FACTS and not g.without)
    nodes = frozenset(group.path for group in groups if group.kind in _TREE)
    return Shown(nodes | {pair.path for pair in pairs}, pairs)


def owner(path: DepartmentPath, published: Collection[DepartmentPath]) -> DepartmentPath | None:
    """The nearest published node at or above a department; None outside all of them."""
    for depth in range(len(path), -1, -1):
        if path[:depth] in published:
            return path[:depth]
    return None


def children(published: Collection[DepartmentPath]) -> dict[DepartmentPath, list[DepartmentPath]]:
    """The nearest published descendants of each published node, sorted by path."""
    below: dict[DepartmentPath, list[DepartmentPath]] = {node: [] for node in published}
    for path in sorted(published):
        above = owner(path[:-1], published) if path else None
        if above is not None:
            below[above].append(path)
    return below


def cut(people: People, shown: Shown) -> dict[DepartmentPath, tuple[Cell, ...]]:
    """The cells of each tree cell that has people."""
    owners = {path: owner(path, shown.nodes) for path in {path for path, _ in people}}
    told = {
        node: tuple(scope is not None for scope in shown.scopes(node))
        for node in owners.values()
        if node is not None
    }
    found: dict[DepartmentPath, dict[tuple[bool | None, bool | None], Counts]] = {}
    for (path, (leads, customer)), histogram in people.items():
        node = owners[path]
        if node is None or not histogram.respondents:
            continue
        position, contact = told[node]
        key = (leads if position else None, customer if contact else None)
        counts = found.setdefault(node, {}).setdefault(key, [0] * 6)
        for value, count in enumerate(histogram.counts):
            counts[value] += count
    return {
        node: tuple(
            Cell(node, facts, histogram_from(counts)) for facts, counts in sorted(cells.items())
        )
        for node, cells in sorted(found.items())
    }


def histogram_of(people: People, group: Group) -> Histogram:
    """The histogram of the people a group names."""
    fact = FACTS.index(group.kind) if group.kind in FACTS else None
    return total(
        histogram
        for (path, facts), histogram in people.items()
        if _below(path, group.path)
        and (fact is None or facts[fact] == group.member)
        and not any(_below(path, left_out) for left_out in group.without)
    )


def only_respondents(people: People) -> People:
    """The same people with everybody's answer made the same: only who took part is left."""
    return {key: Histogram((0, 0, 0, h.respondents, 0, 0)) for key, h in people.items()}


def _below(path: DepartmentPath, node: DepartmentPath) -> bool:
    return path[: len(node)] == node


def node_group(path: DepartmentPath) -> Group:
    """A node of the tree as a group."""
    return Group(GroupKind.DEPARTMENT if path else GroupKind.ORGANISATION, path)


def whole(cells: Iterable[Cell]) -> Histogram:
    """The histogram of cells together."""
    return total(cell.histogram for cell in cells)


def total(histograms: Iterable[Histogram]) -> Histogram:
    """The histogram of all these people."""
    counts = [0] * 6
    for histogram in histograms:
        for value, count in enumerate(histogram.counts):
            counts[value] += count
    return histogram_from(counts)


def histogram_from(counts: Sequence[int]) -> Histogram:
    """A histogram of six counts."""
    n0, n1, n2, n3, n4, n5 = counts
    return Histogram((n0, n1, n2, n3, n4, n5))
