"""Which scales' reliability a release may show. Pure; computed once, when it is made.

α and ω need answers side by side, of those who answered every item of a scale;
released as they come out, they can be solved for single answers. So:

- α, its limits and ω have two digits, and how many people they are of is told
  in steps of 50.
- The same figures must leave doubt about everybody (`scoring.doubt`); ω is told
  only where all items are shown for the same departments and for nobody else.
- Who did not answer everything is a group like any other: nobody, or at least
  k people, who are of one mind on no item.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from data.model import Dimension
from data.results import PROFILE, AnswerPattern, GroupKind, Release, Reliability
from scoring.doubt import Crowd, Fixed, crowd
from scoring.release import ORGANISATION
from scoring.reliability import feldt_interval, mcdonald_omega
from scoring.totals import Answers, Scale, Totals, rounded

SMALLEST_SAMPLE = 100
"""People who answered everything, at least (METHOD §2)."""

FEWEST_PARTS = 3


def reliabilities(
    release: Release,
    dimensions: Sequence[Dimension],
    patterns: Sequence[AnswerPattern],
    smallest_group: int,
) -> tuple[Reliability, ...]:
    """Of every dimension of at least three items, then of the dimensions as a profile.

    `patterns`: in the order of `release.items`. A scale is left out where fewer
    than `SMALLEST_SAMPLE` people answered all of it, where it cannot be
    computed, where an item of it is withheld for the organisation, and where
    somebody's answer could be told from it.
    """
    everybody = crowd(release, patterns)
    fixed = everybody.fixed()
    shown: list[Scale] = []
    for scale in _scales(release, dimensions):
        if _may_be_shown(everybody, fixed, (*shown, scale), smallest_group):
            shown.append(scale)
    with_omega = _in_the_same_groups(release) and not fixed
    return tuple(_reliability(scale, everybody, with_omega=with_omega) for scale in shown)


def _in_the_same_groups(release: Release) -> bool:
    """Whether every item is shown for the same departments, and for no position or contact.

    No answer can be certain then, as the gate lets none of these groups be of one
    mind. It is read off the release, so that a missing ω tells nothing more.
    """
    groups = {
        frozenset(group for group, shown in release.histograms.items() if item in shown)
        for item in release.items
    }
    pairs = {GroupKind.POSITION, GroupKind.CONTACT}
    return len(groups) == 1 and not any(group.kind in pairs for group in next(iter(groups)))


def _scales(release: Release, dimensions: Sequence[Dimension]) -> list[Scale]:
    """Those with enough parts, of which every item is shown for the organisation."""
    place = {item: number for number, item in enumerate(release.items)}
    by_dimension = [(d.id, tuple(place[item.id] for item in d.items)) for d in dimensions]
    every = [
        *(Scale(id_, tuple((item,) for item in items)) for id_, items in by_dimension),
        Scale(PROFILE, tuple(items for _, items in by_dimension)),
    ]
    shown = {place[item] for item in release.histograms.get(ORGANISATION, {})}
    return [
        scale
        for scale in every
        if len(scale.parts) >= FEWEST_PARTS and {i for part in scale.parts for i in part} <= shown
    ]


def _may_be_shown(
    everybody: Crowd, fixed: Sequence[Fixed], scales: Sequence[Scale], smallest_group: int
) -> bool:
    """Whether the last of these scales may be shown, beside the others."""
    scale = scales[-1]
    totals = Totals.of(scale, everybody.rows)
    return (
        totals.people >= SMALLEST_SAMPLE
        and totals.alpha is not None
        and not _exposed(everybody, scale, smallest_group)
        and everybody.doubts(fixed, scales)
    )


def _exposed(everybody: Crowd, scale: Scale, smallest_group: int) -> bool:
    """Whether those who did not answer all of it are too few, or of one mind on an item.

    Two items that none of them answered would tell that whoever could not judge
    one could not judge the other.
    """
    few: Counter[Answers] = Counter()
    for answers, times in everybody.rows:
        if scale.values(answers) is None:
            few[answers] += times
    if not few:
        return False
    given: list[Counter[int]] = []
    for item in (item for part in scale.parts for item in part):
        counts: Counter[int] = Counter()
        for answers, times in few.items():
            if answers[item]:
                counts[answers[item]] += times
        given.append(counts)
    return (
        few.total() < smallest_group
        or sum(not counts for counts in given) > 1
        or any(counts and (counts.total() < smallest_group or len(counts) == 1) for counts in given)
    )


def _reliability(scale: Scale, everybody: Crowd, *, with_omega: bool) -> Reliability:
    """The figures of a scale as they are released."""
    alpha, people = Totals.of(scale, everybody.rows).figures
    if alpha is None:
        raise ValueError(f"{scale.id} has no alpha")
    low, high = feldt_interval(alpha, people, len(scale.parts))
    omega = _omega(scale, everybody) if with_omega and scale.id != PROFILE else None
    return Reliability(
        scale=scale.id,
        parts=len(scale.parts),
        people=people,
        alpha=alpha,
        low=rounded(low),
        high=rounded(high),
        omega=None if omega is None else rounded(omega),
    )


def _omega(scale: Scale, everybody: Crowd) -> float | None:
    rows: Counter[tuple[int, ...]] = Counter()
    for answers, times in everybody.rows:
        values = scale.values(answers)
        if values:
            rows[values] += times
    covariance = np.cov(np.array(list(rows)), rowvar=False, fweights=list(rows.values()))
    return mcdonald_omega(covariance)
