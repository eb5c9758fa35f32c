"""Which scales' reliability a release may show. Pure; computed once, when it is made.

α and ω need answers side by side, of those who answered every item of a scale.
That cuts the organisation in two: who answered everything, and who did not. Two
things keep the second part, often a handful, from being computed:

- It is a group like any other: nobody, or at least k people, whose answers to
  no item are all the same.
- The figures are released with two digits. An exact α can be solved for the
  sum's variance, a whole number, and that for what those few answered; of a
  figure with two digits, hundreds of such numbers are possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.model import Dimension
from data.results import PROFILE, AnswerPatterns, Release, Reliability
from scoring.release import ORGANISATION
from scoring.reliability import cronbach_alpha, feldt_interval, mcdonald_omega

SMALLEST_SAMPLE = 100
"""People who answered everything, at least (METHOD §2)."""

FEWEST_PARTS = 3
DIGITS = 2

People = NDArray[np.bool_]
"""Which of the answer patterns belong to a set of people."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """Patterns × items (0 is no answer on the scale), and how many people gave each pattern."""

    items: tuple[str, ...]
    values: NDArray[np.int_]
    counts: NDArray[np.int_]

    def of(self, items: Sequence[str]) -> NDArray[np.int_]:
        """The columns of these items."""
        return self.values[:, [self.items.index(item) for item in items]]

    def complete(self, items: Sequence[str]) -> People:
        """Who answered all of these items on the scale."""
        return np.asarray(self.of(items).all(axis=1))


def reliabilities(
    release: Release,
    dimensions: Sequence[Dimension],
    patterns: AnswerPatterns,
    smallest_group: int,
) -> tuple[Reliability, ...]:
    """Of every dimension of at least three items, then of the dimensions as a profile.

    `patterns`: in the order of `release.items`. A scale is left out where fewer
    than `SMALLEST_SAMPLE` people answered all of it, where it cannot be
    computed, where an item of it is withheld for the organisation, and where
    those who did not answer all of it would be given away.
    """
    answers = _Answers(
        release.items,
        np.array(list(patterns), dtype=int).reshape(-1, len(release.items)),
        np.array(list(patterns.values()), dtype=int),
    )
    shown = release.histograms.get(ORGANISATION, {})
    by_dimension = {d.id: tuple(item.id for item in d.items) for d in dimensions}
    scales: dict[str, Sequence[tuple[str, ...]]] = {
        d: [(item,) for item in items] for d, items in by_dimension.items()
    }
    scales[PROFILE] = tuple(by_dimension.values())
    found: dict[str, Reliability] = {}
    for scale, parts in scales.items():
        items = [item for part in parts for item in part]
        if len(parts) < FEWEST_PARTS or any(item not in shown for item in items):
            continue
        complete = answers.complete(items)
        wider = [np.ones_like(complete)]
        if scale == PROFILE:
            wider += [answers.complete(by_dimension[other]) for other in found]
        if not any(_exposed(answers, all_ & ~complete, items, smallest_group) for all_ in wider):
            one = _reliability(scale, parts, answers, complete)
            found |= {scale: one} if one else {}
    return tuple(found.values())


def _exposed(answers: _Answers, few: People, items: Sequence[str], smallest_group: int) -> bool:
    """Whether these people's answers to the items would be given away, beside everybody's.

    Two items that none of them answered would tell that whoever could not judge
    one could not judge the other.
    """
    counts = answers.counts[few]
    if not counts.sum():
        return False
    given = [
        np.bincount(column, weights=counts, minlength=6)[1:] for column in answers.of(items)[few].T
    ]
    unanswered = sum(not histogram.any() for histogram in given)
    return (
        counts.sum() < smallest_group
        or unanswered > 1
        or any(h.any() and (h.sum() < smallest_group or h.max() == h.sum()) for h in given)
    )


def _reliability(
    scale: str, parts: Sequence[tuple[str, ...]], answers: _Answers, complete: People
) -> Reliability | None:
    """One scale by the people who answered all of it; its parts are means of items."""
    counts = answers.counts[complete]
    if counts.sum() < SMALLEST_SAMPLE:
        return None
    means = np.column_stack([answers.of(part)[complete].mean(axis=1) for part in parts])
    covariance = np.cov(means, rowvar=False, fweights=counts)
    exact = cronbach_alpha(covariance)
    if exact is None:
        return None
    people, alpha = int(counts.sum()), round(exact, DIGITS)
    low, high = feldt_interval(alpha, people, len(parts))
    omega = None if scale == PROFILE else mcdonald_omega(covariance)
    return Reliability(
        scale=scale,
        parts=len(parts),
        people=people,
        alpha=alpha,
        low=round(low, DIGITS),
        high=round(high, DIGITS),
        omega=None if omega is None else round(omega, DIGITS),
    )
