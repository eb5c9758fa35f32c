"""How far the parts of a scale measure one thing. Pure; computed once, when a release is made.

Only those count who answered every part, and only for the whole organisation:
the figures need answers side by side, which nothing that is published keeps.
"""

import warnings
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from data.model import Dimension
from data.results import PROFILE, AnswerPatterns, Release, Reliability
from scoring.release import ORGANISATION

SMALLEST_SAMPLE = 100
"""People who answered everything, at least (METHOD §2)."""

FEWEST_PARTS = 3

_LEVEL = 0.95

_LEAST_UNIQUE, _MISFIT = 0.005, 0.001
"""A fit is trusted if every part keeps variance of its own, and model and data agree on it."""

Matrix = NDArray[np.float64]


def reliabilities(
    release: Release, dimensions: Sequence[Dimension], patterns: AnswerPatterns
) -> tuple[Reliability, ...]:
    """Of every dimension of at least three items, then of the dimensions as a profile.

    `patterns`: in the order of `release.items`. A scale is left out where fewer
    than `SMALLEST_SAMPLE` people answered all of it, where it cannot be
    computed, and where an item of it is withheld for the organisation.
    """
    shown = release.histograms.get(ORGANISATION, {})
    by_dimension = [tuple(item.id for item in d.items) for d in dimensions]
    scales = [
        *((d.id, _each(items)) for d, items in zip(dimensions, by_dimension, strict=True)),
        (PROFILE, by_dimension),
    ]
    found = (
        _reliability(scale, _weights(parts, release.items), patterns, omega=scale != PROFILE)
        for scale, parts in scales
        if len(parts) >= FEWEST_PARTS and all(item in shown for part in parts for item in part)
    )
    return tuple(one for one in found if one)


def cronbach_alpha(covariance: Matrix) -> float | None:
    """α = k/(k−1)·(1 − Σsᵢ²/s²), s² the variance of the sum of the k parts.

    Cronbach (1951), Psychometrika 16. `covariance`: k × k. None where the sum
    does not vary, or k < 2.
    """
    parts, total = len(covariance), covariance.sum()
    if parts < 2 or total <= 0:
        return None
    return float(parts / (parts - 1) * (1 - np.trace(covariance) / total))


def feldt_interval(alpha: float, people: int, parts: int) -> tuple[float, float]:
    """The 95 % interval of α: 1 − (1−α)·F(n−1, (n−1)(k−1)) at 97.5 and 2.5 %.

    Feldt (1965), Psychometrika 30.
    """
    from scipy.stats import f  # noqa: PLC0415 - slow to load

    freedom = (people - 1, (people - 1) * (parts - 1))
    low, high = f.ppf([(1 + _LEVEL) / 2, (1 - _LEVEL) / 2], *freedom)
    return float(1 - (1 - alpha) * low), float(1 - (1 - alpha) * high)


def mcdonald_omega(covariance: Matrix) -> float | None:
    """ω = (Σλ)² / ((Σλ)² + Σψ), the loadings λ and unique variances ψ of one common factor.

    McDonald (1999), Test Theory, ch. 6. The factor is fitted by maximum
    likelihood to the correlations and scaled back to the items' own units, as
    the scores are. None where an item does not vary or one factor cannot be
    fitted (as where a part would have no variance of its own).
    """
    from statsmodels.multivariate.factor import Factor  # noqa: PLC0415 - slow to load
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415 - the same

    deviations = np.sqrt(np.diag(covariance))
    if not deviations.all():
        return None
    model = Factor(corr=covariance / np.outer(deviations, deviations), n_factor=1, method="ml")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            found = model.fit(rng=0)
    except (np.linalg.LinAlgError, ValueError):
        return None
    loadings, unique = found.loadings[:, 0], found.uniqueness
    if unique.min() < _LEAST_UNIQUE or abs(loadings**2 + unique - 1).max() > _MISFIT:
        return None
    common = float(deviations @ loadings) ** 2
    return common / (common + float(deviations**2 @ unique))


def _reliability(
    scale: str, weights: Matrix, patterns: AnswerPatterns, *, omega: bool
) -> Reliability | None:
    """One scale, its parts being the rows of `weights` over the wave's items."""
    values = np.array(list(patterns), dtype=float).reshape(-1, weights.shape[1])
    counts = np.array(list(patterns.values()), dtype=int)
    complete = values[:, weights.any(axis=0)].all(axis=1)
    people, parts = int(counts[complete].sum()), len(weights)
    if people < SMALLEST_SAMPLE:
        return None
    answered = values[complete] @ weights.T
    covariance = np.cov(answered, rowvar=False, fweights=counts[complete])
    alpha = cronbach_alpha(covariance)
    if alpha is None:
        return None
    low, high = feldt_interval(alpha, people, parts)
    found = mcdonald_omega(covariance) if omega else None
    return Reliability(scale, parts, people, alpha, low, high, found)


def _each(items: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(item,) for item in items]


def _weights(parts: Iterable[tuple[str, ...]], items: Sequence[str]) -> Matrix:
    """Which items make which part, as their mean: parts × items."""
    return np.array([[(item in part) / len(part) for item in items] for part in parts])
