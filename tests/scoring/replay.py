"""Somebody who also knows the gate's code, and runs it on whatever could have been answered.

The two attackers of `attackers` calculate with what is published. This one
learns from what is not: a figure that is withheld for being too uniform says so
to whoever can tell that nothing else would have withheld it. For tiny
organisations he goes through every world, runs the gate on it, and keeps those
that give the very release he sees. Whoever gave the same answer in all of them
is caught.

He knows which groups everyone is in; those who share all of them are one
finest cell, and a world is how often each answer was given in each cell. So he
knows a person's answer where, in every world left, the whole cell gave it.
"""

import itertools
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from data.model import DepartmentPath
from data.results import Group, Release
from tests.scoring.attackers import Person
from tests.scoring.organisations import ONE_ITEM, Survey, survey_of

(ITEM,) = ONE_ITEM

World = tuple[tuple[int, ...], ...]
"""For every finest cell, how many of its people gave each of the organisation's answers."""

Verdict = tuple[int | None, ...]
"""For every finest cell, the answer that all of it certainly gave, if there is one."""


@dataclass(frozen=True, slots=True)
class FinestCell:
    """People who are in exactly the same candidate groups, whatever may be published."""

    path: DepartmentPath
    people: int
    leads: bool = False
    customer: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who took part in a wave of one item, and the answers that are thought possible."""

    cells: tuple[FinestCell, ...]
    answers: tuple[int, ...]
    position: bool = False
    contact: bool = False
    by_division: bool = False

    def worlds(self) -> Iterator[World]:
        """Every way in which these people could have answered."""
        kinds = len(self.answers)
        return itertools.product(*(compositions(cell.people, kinds) for cell in self.cells))

    def survey(self, world: World) -> Survey:
        """The wave in which they answered so; each pair is crossed if any is."""
        people = [
            Person(cell.path, cell.leads, cell.customer, {ITEM: answer})
            for cell, counts in zip(self.cells, world, strict=True)
            for answer, times in zip(self.answers, counts, strict=True)
            for _ in range(times)
        ]
        return survey_of(
            people,
            position=self.position,
            contact=self.contact,
            position_by_division=self.by_division,
            contact_by_division=self.by_division,
        )

    def unanimous(self, world: World) -> Verdict:
        """For every cell, the answer that all of it gave in this world, if there is one."""
        return tuple(
            self.answers[counts.index(cell.people)] if cell.people in counts else None
            for cell, counts in zip(self.cells, world, strict=True)
        )


@dataclass(slots=True)
class LookAlikes:
    """The worlds that give the same release, and what is the same in all of them."""

    release: Release
    verdict: Verdict
    worlds: list[World] = field(default_factory=list)

    def caught(self) -> bool:
        """Whether somebody's answer is certain to whoever sees this release."""
        return any(answer is not None for answer in self.verdict)


def look_alikes(
    organisation: Organisation, gate: Callable[[Survey], Release] = Survey.release
) -> list[LookAlikes]:
    """All worlds, sorted by what is published of them."""
    found: dict[Hashable, LookAlikes] = {}
    for world in organisation.worlds():
        release = gate(organisation.survey(world))
        verdict = organisation.unanimous(world)
        alike = found.setdefault(_seen(release), LookAlikes(release, verdict))
        alike.worlds.append(world)
        alike.verdict = _agreement(alike.verdict, verdict)
    return list(found.values())


def caught(
    organisation: Organisation, gate: Callable[[Survey], Release] = Survey.release
) -> list[World]:
    """The worlds in which this attacker learns somebody's answer."""
    alikes = look_alikes(organisation, gate)
    return [world for alike in alikes if alike.caught() for world in alike.worlds]


def _seen(release: Release) -> Hashable:
    """All that a release says: the groups it names, in order, and every figure."""
    figures = (_figures(group, release) for group in release.groups)
    unnamed = set(release.histograms) - set(release.groups)
    return release.groups, tuple(figures), frozenset(unnamed)


def _figures(group: Group, release: Release) -> Hashable:
    histogram = release.histograms.get(group, {}).get(ITEM)
    return None if histogram is None else histogram.counts


def _agreement(one: Verdict, other: Verdict) -> Verdict:
    return tuple(a if a == b else None for a, b in zip(one, other, strict=True))


def compositions(total: int, parts: int) -> list[tuple[int, ...]]:
    """Every way to spread this many people over this many answers."""
    if parts == 1:
        return [(total,)]
    return [
        (first, *rest)
        for first in range(total + 1)
        for rest in compositions(total - first, parts - 1)
    ]


def teams(**sizes: int) -> tuple[FinestCell, ...]:
    """Divisions of so many people, none of whom leads."""
    return tuple(FinestCell((name,), people) for name, people in sizes.items())


def led_teams(**sizes: tuple[int, int]) -> tuple[FinestCell, ...]:
    """Divisions of so many people and so many leaders."""
    both = [(name, leads, n) for name, pair in sizes.items() for leads, n in enumerate(pair)]
    return tuple(FinestCell((name,), n, leads=bool(leads)) for name, leads, n in both)
