"""The second attacker of METHOD §4: he asks which answers no other table of counts allows. Pure.

He knows who took part, so how many people each cell has. Only people of a cell
who really all gave the same answer can be certain. They are not if other
answers fit everything published:

- Somebody of the cell trades answers with somebody of another cell in the same
  tree cell, and a chain of trades elsewhere leads back (`scoring.chains`).
- What such chains do not settle is given to an integer programme.

An answer for which neither finds another is taken to be certain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from data.model import DepartmentPath
from data.results import Group
from scoring.cells import FACTS, Cell, Pair, People, Shown, children, cut, node_group, whole
from scoring.chains import Chains, Tree, given
from scoring.histogram import unanimous

_ANSWERS = 6
_MOST_TREE_CELLS = 40
"""Tree cells in one integer programme; what others answered is left as it is then."""

_NODE_LIMIT = 2000
"""Branches of one integer programme; counted, not timed, so that a release repeats itself."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """People whose answer is certain.

    `groups`: the published figures that make it so. `subtracted`: whether the
    last of them taken from the first leave these people alone; otherwise no other
    table of counts fits.
    """

    cell: Cell
    answer: int
    groups: tuple[Group, ...]
    subtracted: bool


def attack_by_bounds(people: People, shown: Shown) -> Iterator[Certainty]:
    """Whose answers are certain when these figures are published, and by which of them."""
    tree = cut(people, shown)
    plain = [node for node, cells in tree.items() if unanimous(whole(cells))]
    below = children(shown.nodes) if plain else {}
    for node in plain:
        for cell in tree[node]:
            yield Certainty(cell, _answer(cell), _nodes(node, *below[node]), subtracted=True)
    cells = {n: c for n, c in tree.items() if n not in plain and len(c) > 1}
    suspects = [cell for node in cells for cell in cells[node] if unanimous(cell.histogram)]
    if suspects:
        chains = Chains(cells, shown)
        suspects = [cell for cell in suspects if not any(chains.back(cell, _answer(cell)))]
    if suspects:
        suspects = list(_without_another_table(cells, shown, suspects))
    for cell in suspects:
        yield _certain(cell, shown)


def _certain(cell: Cell, shown: Shown) -> Certainty:
    """By the pairs that tell the cell's facts, beside its own tree cell."""
    scopes = zip(FACTS, shown.scopes(cell.node), strict=True)
    pairs = [Pair(scope, kind) for kind, scope in scopes if scope is not None]
    sides = [pair.side(member=member) for pair in pairs for member in (True, False)]
    return Certainty(cell, _answer(cell), (*_nodes(cell.node), *sides), subtracted=False)


def _nodes(*paths: DepartmentPath) -> tuple[Group, ...]:
    return tuple(map(node_group, paths))


def _answer(cell: Cell) -> int:
    """What the people of a unanimous cell answered."""
    return given(cell.histogram.counts)[0]


# Any other table


def _without_another_table(tree: Tree, shown: Shown, suspects: Sequence[Cell]) -> Iterator[Cell]:
    """The suspects for whom no other table was found, one component of the tree at a time."""
    for nodes in _components(tree, shown):
        own = [cell for cell in suspects if cell.node in nodes]
        theirs = sorted({cell.node for cell in own})
        others = [node for node in nodes if node not in theirs]
        for start in range(0, len(theirs), _MOST_TREE_CELLS // 2):
            asked = theirs[start : start + _MOST_TREE_CELLS // 2]
            others_too = [*theirs[:start], *theirs[start + len(asked) :], *others]
            chosen = [*asked, *others_too[: _MOST_TREE_CELLS - len(asked)]]
            table = _Table([cell for node in chosen for cell in tree[node]], shown)
            yield from table.stuck([cell for cell in own if cell.node in asked])


def _components(tree: Tree, shown: Shown) -> list[list[DepartmentPath]]:
    """The tree cells, sorted into those that share a published sum."""
    parts: list[tuple[set[Pair], list[DepartmentPath]]] = []
    for node in tree:
        scopes = zip(FACTS, shown.scopes(node), strict=True)
        pairs = {Pair(scope, kind) for kind, scope in scopes if scope is not None}
        touching = [part for part in parts if part[0] & pairs]
        parts = [part for part in parts if part not in touching]
        pairs = pairs.union(*(part[0] for part in touching))
        parts.append((pairs, sorted([node, *(n for part in touching for n in part[1])])))
    return [nodes for _, nodes in parts]


class _Table:
    """The counts of some cells as unknowns, with what everything published says of them."""

    def __init__(self, cells: Sequence[Cell], shown: Shown) -> None:
        self._cells = list(cells)
        sizes = np.array([cell.histogram.respondents for cell in cells])
        counts = np.array([cell.histogram.counts for cell in cells])
        sums: dict[object, list[int]] = {}
        for number, cell in enumerate(cells):
            sums.setdefault(cell.node, []).append(number)
            scopes = zip(FACTS, shown.scopes(cell.node), cell.facts, strict=True)
            for kind, scope, fact in scopes:
                if fact and scope is not None:
                    sums.setdefault(Pair(scope, kind), []).append(number)
        members = np.zeros((len(sums), len(cells)))
        for row, numbers in enumerate(sums.values()):
            members[row, numbers] = 1
        self._left = csr_array(
            np.vstack(
                [
                    np.kron(members, np.eye(_ANSWERS)),
                    np.kron(np.eye(len(cells)), np.ones(_ANSWERS)),
                ]
            )
        )
        self._right = np.concatenate([(members @ counts).ravel(), sizes])
        self._sizes = sizes

    def stuck(self, suspects: Sequence[Cell]) -> list[Cell]:
        """Those whose answer no other table that was found lets be another.

        Each programme asks for the table in which the most people of all suspects
        answered otherwise; whoever does in it is free.
        """
        left = list(suspects)
        while left:
            table = self._most_otherwise(left)
            free = (
                [
                    cell
                    for cell in left
                    if table[self._cells.index(cell), _answer(cell)] < cell.histogram.respondents
                ]
                if table is not None
                else []
            )
            if not free:
                return left
            left = [cell for cell in left if cell not in free]
        return left

    def _most_otherwise(self, suspects: Sequence[Cell]) -> np.ndarray | None:
        """A whole-number table that fits, or None where the solver gave up."""
        cost = np.zeros((len(self._cells), _ANSWERS))
        for cell in suspects:
            cost[self._cells.index(cell), _answer(cell)] = 1
        found = milp(
            cost.ravel(),
            integrality=np.ones(cost.size),
            bounds=Bounds(0, np.repeat(self._sizes, _ANSWERS)),
            constraints=LinearConstraint(self._left, self._right, self._right),
            options={"node_limit": _NODE_LIMIT},
        )
        if found.x is None:
            return None
        table = np.rint(found.x)
        fits = (self._left @ table.ravel() == self._right).all() and (table >= 0).all()
        return table.reshape(cost.shape) if fits else None
