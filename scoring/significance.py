"""Whether a difference is more than chance. Pure; the tests of METHOD §3 on histograms.

The tests are written for counts because a release has hundreds of gaps over
histograms of any size; scipy's, which want every answer in a list, agree with
them (the tests hold both against each other).
"""

import gc
import math
from collections.abc import Sequence
from itertools import accumulate

from scipy.special import binom, stdtr

from data.results import Histogram
from scoring.histogram import mean, variance

SURE = 0.05
"""The share of false alarms that is put up with."""


def brunner_munzel(left: Histogram, right: Histogram) -> float | None:
    """p, two-sided, of "neither side tends to the higher answer". None below 2 a side.

    Brunner & Munzel (2000), Biometrical Journal 42: midranks, unequal variances,
    t with Satterthwaite's degrees of freedom. Where no answer of one side lies
    among the other's, their variance estimate is 0; p is then what the exact
    permutation test gives at most, 2/(n₁+n₂ choose n₁) (Neubert & Brunner 2007,
    CSDA 51), and 1 where everybody on both sides gave the same answer.
    """
    n1, n2 = left.valid, right.valid
    if min(n1, n2) < 2:
        return None
    above, squares1 = _placements(left, right)
    _, squares2 = _placements(right, left)
    if not squares1 and not squares2:
        return 1.0 if 2 * above == n1 * n2 else min(1.0, 2 / float(binom(n1 + n2, n1)))
    part1 = squares1 / (n1 - 1) / (n1 * n2**2)
    part2 = squares2 / (n2 - 1) / (n2 * n1**2)
    statistic = (above / (n1 * n2) - 0.5) / math.sqrt(part1 + part2)
    freedom = (part1 + part2) ** 2 / (part1**2 / (n1 - 1) + part2**2 / (n2 - 1))
    return float(2 * stdtr(freedom, -abs(statistic)))


def one_sample_t(histogram: Histogram, expected: float) -> float | None:
    """p, two-sided, of "the mean is the expected one"; Student's t, n−1 degrees of freedom.

    None where it is not defined: fewer than two valid answers, or all the same.
    """
    average, spread, n = mean(histogram), variance(histogram), histogram.valid
    if average is None or not spread:
        return None
    statistic = (average - expected) / math.sqrt(spread / n)
    return float(2 * stdtr(n - 1, -abs(statistic)))


def holm(ps: Sequence[float]) -> list[float]:
    """The p values corrected so that any false claim among all is rare (Holm 1979)."""
    return _corrected(ps, "holm")


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """The p values corrected so that few below `SURE` are false (Benjamini & Hochberg 1995)."""
    return _corrected(ps, "fdr_bh")


def _corrected(ps: Sequence[float], method: str) -> list[float]:
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - slow to load

    if not ps:
        return []
    # statsmodels collects all garbage after Holm, which takes longer than all the gaps together
    # and holds up a server: what is alive is put out of the collector's sight meanwhile.
    gc.freeze()
    try:
        return [float(p) for p in multipletests(ps, method=method)[1]]
    finally:
        gc.unfreeze()


def _placements(left: Histogram, right: Histogram) -> tuple[float, float]:
    """Where left's answers lie among right's: the sum of their placements, and its spread.

    An answer's placement is how many of right's lie below it, ties counting
    half; the spread is Σ(placement − mean)². Counted in half steps, in whole
    numbers, so that no spread is exactly 0.
    """
    below = accumulate(right.counts[1:], initial=0)
    halves = [2 * b + equal for b, equal in zip(below, right.counts[1:], strict=False)]
    total = sum(count * half for count, half in zip(left.counts[1:], halves, strict=True))
    squares = sum(count * half**2 for count, half in zip(left.counts[1:], halves, strict=True))
    return total / 2, (left.valid * squares - total**2) / (4 * left.valid)
