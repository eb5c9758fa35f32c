"""How sure a mean or a share is, given how many of a group answered. Pure.

A department is nearly a census: who answered is a sample without replacement
from a known headcount, so the finite population correction applies (Cochran
1977, Sampling Techniques, §2.6). An interval says nothing about how those who
did not answer would differ.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from scipy.special import stdtrit

from data.results import Histogram
from scoring.histogram import mean, variance

_LEVEL = 0.95
_Z = 1.96
"""The published margins of the UK Civil Service People Survey are taken at 1.96."""


class Basis(StrEnum):
    """What an interval rests on, or why there is none."""

    CORRECTED = "corrected"
    NO_HEADCOUNT = "no_headcount"
    MORE_THAN_HEADS = "more_than_heads"
    EVERYBODY = "everybody"
    NO_SPREAD = "no_spread"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval for a mean, 1…5; without limits where `basis` says why.

    `NO_HEADCOUNT` and `MORE_THAN_HEADS` have limits, without the correction,
    unless there is no spread either.
    """

    basis: Basis
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """A share's 95 % margin, 0…1 to either side; None where `basis` says why."""

    basis: Basis
    width: float | None = None


def interval_of_mean(histogram: Histogram, headcount: int | None = None) -> Interval:
    """M ± t(n−1)·√(s²/n·(1−f)), f = respondents/headcount, clipped to 1…5.

    `headcount`: how many were asked, if that is known.
    """
    average, spread = mean(histogram), variance(histogram)
    basis = _basis(histogram, headcount, varies=bool(spread))
    if not _has_limits(basis) or average is None or not spread:
        return Interval(basis)
    left = 1 - histogram.respondents / headcount if headcount and basis is Basis.CORRECTED else 1
    half = _quantile(histogram.valid - 1) * math.sqrt(spread / histogram.valid * left)
    return Interval(basis, max(1.0, average - half), min(5.0, average + half))


def margin_of_share(share: float, histogram: Histogram, headcount: int | None = None) -> Margin:
    """1.96·√(p(1−p)/n·(N−r)/(N−1)): n valid answers, r respondents of N people.

    Source of the formula and of its four published values: UK Civil Service
    People Survey, technical guide (there, everybody who responds is valid).
    """
    varies = 0 < share < 1
    basis = _basis(histogram, headcount, varies=varies)
    if not _has_limits(basis) or not varies:
        return Margin(basis)
    left = 1.0
    if headcount and basis is Basis.CORRECTED:
        left = (headcount - histogram.respondents) / (headcount - 1)
    return Margin(basis, _Z * math.sqrt(share * (1 - share) / histogram.valid * left))


def _basis(histogram: Histogram, headcount: int | None, *, varies: bool) -> Basis:
    if headcount is not None and histogram.respondents == headcount > 0:
        return Basis.EVERYBODY
    if histogram.valid < 2:
        return Basis.TOO_FEW
    if headcount is not None and histogram.respondents > headcount:
        return Basis.MORE_THAN_HEADS
    if not varies:
        return Basis.NO_SPREAD
    return Basis.CORRECTED if headcount else Basis.NO_HEADCOUNT


def _has_limits(basis: Basis) -> bool:
    return basis in {Basis.CORRECTED, Basis.NO_HEADCOUNT, Basis.MORE_THAN_HEADS}


@cache
def _quantile(freedom: int) -> float:
    """Student's t at 97.5 %."""
    return float(stdtrit(freedom, (1 + _LEVEL) / 2))
