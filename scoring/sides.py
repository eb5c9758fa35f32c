"""The two sides of a gap: a group, the rest of the organisation, or a number that was set. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.model import DepartmentPath
from data.results import Group, Histogram, Release, Targets
from scoring.histogram import subtract
from scoring.release import ORGANISATION
from scoring.scores import mean_of_means


class SideKind(StrEnum):
    """What stands on one side of a gap."""

    GROUP = "group"
    REST = "rest"
    TARGET = "target"
    PREDICTION = "prediction"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a gap. `group`: whose it is; of the rest, which group is not in it.

    `mean`: 1…5. `people` took part and `valid` answered on the scale (of several
    items, the fewest); None for a number that was set. `histogram`: of a
    question that is one item.
    """

    kind: SideKind
    group: Group
    mean: float
    people: int | None = None
    valid: int | None = None
    histogram: Histogram | None = None


def group_side(
    release: Release, group: Group, items: Sequence[str], kind: SideKind = SideKind.GROUP
) -> Side | None:
    """A published group; None where one of the items is withheld or has no mean."""
    shown = release.histograms.get(group, {})
    if any(item not in shown for item in items):
        return None
    return _side(kind, group, tuple(shown[item] for item in items))


def rest_side(release: Release, group: Group, items: Sequence[str]) -> Side | None:
    """The organisation without a group; None where a figure of either is withheld.

    These are differences of published figures, so the gate has seen to it that
    they depend on at least k people, or on none: then there is no rest.
    """
    whole, part = release.histograms.get(ORGANISATION, {}), release.histograms.get(group, {})
    if any(item not in whole or item not in part for item in items):
        return None
    left = tuple(subtract(whole[item], part[item]) for item in items)
    return _side(SideKind.REST, group, left)


def set_side(kind: SideKind, group: Group, value: float | None) -> Side | None:
    """A number that was set for a group; None where none was."""
    return None if value is None else Side(kind, group, value)


def target_of(targets: Targets, path: DepartmentPath, dimension: str) -> float | None:
    """The target that holds for a department: its own, else the nearest one above it."""
    for depth in range(len(path), -1, -1):
        value = targets.get(path[:depth], {}).get(dimension)
        if value is not None:
            return value
    return None


def _side(kind: SideKind, group: Group, histograms: Iterable[Histogram]) -> Side | None:
    found = tuple(histograms)
    average = mean_of_means(found)
    if average is None:
        return None
    return Side(
        kind=kind,
        group=group,
        mean=average,
        people=max(histogram.respondents for histogram in found),
        valid=min(histogram.valid for histogram in found),
        histogram=found[0] if len(found) == 1 else None,
    )
