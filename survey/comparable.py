"""What cannot be compared with the earlier wave, since it was not asked alike. No Streamlit.

A statement that was put into other words has another id, so it is a new one here.
"""

from dataclasses import dataclass

from data.model import Dimension, Item
from data.results import GroupKind
from scoring.gaps import GapKind
from survey.results import Results


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A dimension of other statements than before: as it is now, and of how many it was then."""

    dimension: Dimension
    then: int


@dataclass(frozen=True, slots=True)
class Incomparable:
    """What has no trend. `departments`: how many are asked now and have no figure in common."""

    added: tuple[Item, ...]
    dropped: tuple[Item, ...]
    rebuilt: tuple[Rebuilt, ...]
    departments: int

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.dropped or self.rebuilt or self.departments)


def incomparable(results: Results) -> Incomparable:
    """Compared with the earlier wave; nothing where there is none."""
    if results.before is None:
        return Incomparable((), (), (), 0)
    now, then = set(results.release.items), set(results.before.items)
    asked = results.instrument.items()
    before = {d.id: d.items for d in results.instrument.asked(results.before.items)}
    return Incomparable(
        added=tuple(item for item in asked if item.id in now - then),
        dropped=tuple(item for item in asked if item.id in then - now),
        rebuilt=tuple(
            Rebuilt(dimension, len(before[dimension.id]))
            for dimension in results.dimensions
            if dimension.id in before and before[dimension.id] != dimension.items
        ),
        departments=_without_a_trend(results),
    )


def _without_a_trend(results: Results) -> int:
    found = {gap.to.group for gap in results.gaps[GapKind.TREND]}
    departments = (g for g in results.release.groups if g.kind is GroupKind.DEPARTMENT)
    return sum(group not in found for group in departments)
