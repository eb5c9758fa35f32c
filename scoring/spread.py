"""How much departments differ from each other, against how much people within them do. Pure.

Only from published histograms: over all departments, these figures would give
away those that are withheld.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from data.results import Group, GroupKind, Histogram, Release
from scoring.histogram import mean, variance

_NOISE = 1e-12
"""Squared points below which means differ by nothing but the computer's rounding."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One group's answers in short: how many, their mean, and Σ(x − mean)²."""

    people: int
    mean: float
    squares: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The variance components of groups of people, from a one-way analysis of variance.

    `people` in `groups`; `mean` of all of them. `between` τ² = (MSB − MSW)/k̄,
    not below 0, and `within` σ² = MSW, in squared points. `icc1`, `icc2` as in
    `spread`.
    """

    groups: int
    people: int
    mean: float
    between: float
    within: float
    icc1: float | None
    icc2: float | None

    def trust(self, people: int) -> float:
        """λ = τ²/(τ² + σ²/n), 0…1: how much of a group's distance is more than chance."""
        noise = self.within / people
        return self.between / (self.between + noise) if self.between else 0.0

    def shrunken_distance(self, mean_answer: float, people: int) -> float:
        """A group's distance from the mean of all, in points, pulled in by λ."""
        return self.trust(people) * (mean_answer - self.mean)


def spread(samples: Iterable[Sample]) -> Spread | None:
    """ICC(1) and ICC(2) of groups that do not overlap; negative values are kept.

    ICC(1) = (MSB − MSW)/(MSB + (k̄−1)·MSW): the share of variance that lies
    between groups. ICC(2) = (MSB − MSW)/MSB: how reliable a group's mean is.
    k̄ = people/groups. Bliese (2000), in Klein & Kozlowski, Multilevel Theory,
    Research, and Methods in Organizations. None for fewer than two groups, or
    as many groups as people; an ICC is None where its denominator is 0.
    """
    known = [sample for sample in samples if sample.people]
    groups, people = len(known), sum(sample.people for sample in known)
    if groups < 2 or people <= groups:
        return None
    grand = sum(s.people * s.mean for s in known) / people
    between = sum(s.people * (s.mean - grand) ** 2 for s in known) / (groups - 1)
    between = between if between > _NOISE else 0.0
    within = sum(s.squares for s in known) / (people - groups)
    size = people / groups
    total = between + (size - 1) * within
    return Spread(
        groups=groups,
        people=people,
        mean=grand,
        between=max(0.0, (between - within) / size),
        within=within,
        icc1=(between - within) / total if total else None,
        icc2=(between - within) / between if between else None,
    )


def item_spread(release: Release, item: str) -> Spread | None:
    """The spread of one item over the lowest published departments, which do not overlap."""
    shown = lowest_departments(release, (item,))
    return spread(_sample(release.histograms[group][item]) for group in shown)


def lowest_departments(release: Release, items: tuple[str, ...]) -> tuple[Group, ...]:
    """The departments shown on all these items that have no such department below them."""
    shown = [
        group
        for group in release.groups
        if group.kind is GroupKind.DEPARTMENT
        and all(item in release.histograms.get(group, {}) for item in items)
    ]
    above = {group.path[:depth] for group in shown for depth in range(len(group.path))}
    return tuple(group for group in shown if group.path not in above)


def _sample(histogram: Histogram) -> Sample:
    squares = (variance(histogram) or 0.0) * max(0, histogram.valid - 1)
    return Sample(histogram.valid, mean(histogram) or 0.0, squares)
