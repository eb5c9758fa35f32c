"""How far a group agrees with itself on one item. Pure.

Below ten valid answers chance alone looks like agreement (METHOD §2), so
views ask `drawable` first.
"""

from data.results import Histogram
from scoring.histogram import mean, polarised, variance

_UNIFORM_VARIANCE = 2.0
"""Variance of five equally likely points, (5² − 1)/12: answers given blindly."""

_NO_AGREEMENT = 1.4
"""The variance at r*wg = .30; above it, agreement is lacking (LeBreton & Senter 2008, ORM 11)."""


def r_wg(histogram: Histogram) -> float | None:
    """r*wg = 1 − s²/2: 1 is full agreement, 0 as if at random, below 0 opposed camps.

    Lindell, Brandt & Whitney (1999), Applied Psychological Measurement 23: r*wg
    keeps its negative values, where James et al. (1984) set them to 0. Its
    lowest value, half 1 and half 5, is 1 − 2n/(n−1): near −1 in large groups.
    None for fewer than two valid answers.
    """
    spread = variance(histogram)
    return None if spread is None else 1 - spread / _UNIFORM_VARIANCE


def a_wg(histogram: Histogram) -> float | None:
    """a_wg: agreement as a share of the most disagreement this mean allows, −1…1.

    1 − 2s² / ([(H+L)·M − M² − H·L]·[n/(n−1)]), H = 5, L = 1 (Brown & Hauenstein
    2005, Organizational Research Methods 8). Undefined (None) for fewer than two
    valid answers and where M lies outside [L(n−1)+H]/n … [H(n−1)+L]/n: so close
    to an end of the scale, nobody can have answered the other end.
    """
    average, spread, n = mean(histogram), variance(histogram), histogram.valid
    if average is None or spread is None or not _defined(histogram):
        return None
    most = (6 * average - average**2 - 5) * n / (n - 1)
    return 1 - 2 * spread / most


def disagrees(histogram: Histogram) -> bool | None:
    """Whether a group contradicts itself: two camps, or no more agreement than r_wg ≤ .30."""
    spread = variance(histogram)
    return None if spread is None else bool(polarised(histogram)) or spread >= _NO_AGREEMENT


def _defined(histogram: Histogram) -> bool:
    """Whether the mean is in the range of a_wg, in whole numbers: n+4 ≤ Σv·n_v ≤ 5n−4."""
    n = histogram.valid
    total = sum(value * count for value, count in enumerate(histogram.counts))
    return n + 4 <= total <= 5 * n - 4
