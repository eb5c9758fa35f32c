"""Where to begin: the places furthest below their target, weighted by how many that is. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.results import GroupKind, Release
from scoring.agreement import disagrees
from scoring.drawable import Figure, drawable
from scoring.gaps import Gap, GapKind, Gaps
from scoring.release import ORGANISATION
from scoring.scores import Question
from scoring.spread import Spread, item_spread, lowest_departments

_NOTABLE = 0.25
"""Points below the mean of all lowest departments that remain, shrunken, in one that stands out."""


@dataclass(frozen=True, slots=True)
class Priority:
    """One place and dimension below target.

    `gap`: the target gap, of negative size. `weight`: points below target ×
    people who took part there. `disagrees`: the place contradicts itself, so
    that its mean hides two stories; None where that may not be drawn.
    `stands_out`: it lies below the other departments by more than chance
    would have it, after shrinkage.
    """

    gap: Gap
    weight: float
    disagrees: bool | None
    stands_out: bool

    @property
    def people(self) -> int:
        """How many people of the place took part."""
        return self.gap.to.people or 0


def priorities(release: Release, gaps: Gaps) -> tuple[Priority, ...]:
    """Every place and dimension below its target, the heaviest first.

    Places do not overlap, so that nobody counts twice: the lowest published
    departments, and what remains of those above them; the whole organisation
    where there are none. Equal weights are ordered by place and dimension.
    """
    by_question: dict[Question, list[Gap]] = {}
    for gap in gaps[GapKind.TARGET]:
        if gap.size < 0:
            by_question.setdefault(gap.question, []).append(gap)
    found = (one for q, below in by_question.items() for one in _of_question(release, q, below))
    return tuple(sorted(found, key=lambda p: (-p.weight, p.gap.to.group, p.gap.question.id)))


def _of_question(release: Release, question: Question, below: Iterable[Gap]) -> Iterator[Priority]:
    lowest = set(lowest_departments(release, question.items)) or {ORGANISATION}
    spread = item_spread(release, question.items[0]) if len(question.items) == 1 else None
    for gap in below:
        if gap.to.group in lowest or gap.to.group.kind is GroupKind.REMAINDER:
            yield Priority(
                gap=gap,
                weight=-gap.size * (gap.to.people or 0),
                disagrees=_disagrees(release, gap),
                stands_out=spread is not None and _stands_out(gap, spread),
            )


def _disagrees(release: Release, gap: Gap) -> bool | None:
    """Whether the place contradicts itself on any of the items, where that may be drawn."""
    counts = [release.histograms[gap.to.group][item] for item in gap.question.items]
    drawn = [one for one in counts if Figure.AGREEMENT in drawable(one.valid)]
    return any(disagrees(one) for one in drawn) if drawn else None


def _stands_out(gap: Gap, spread: Spread) -> bool:
    return spread.shrunken_distance(gap.to.mean, gap.to.valid or 1) <= -_NOTABLE
