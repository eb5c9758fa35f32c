"""How far the parts of a scale measure one thing: the figures themselves. Pure.

Which of them may be released is decided in `scoring.scales`.
"""

import warnings

import numpy as np
from numpy.typing import NDArray

_LEVEL = 0.95

_LEAST_UNIQUE, _MISFIT = 0.005, 0.001
"""A fit is trusted if every part keeps variance of its own, and model and data agree on it."""

_STARTS = 8
"""Starting points of the fit, whose best end is taken: weak scales have several."""

Matrix = NDArray[np.float64]


def cronbach_alpha(single: float, whole: float, parts: int) -> float | None:
    """α = k/(k−1)·(1 − Σsᵢ²/s²), s² the variance of the sum of the k parts.

    Cronbach (1951), Psychometrika 16. `single` Σsᵢ² and `whole` s² in any common
    unit. None where the sum does not vary, or k < 2.
    """
    if parts < 2 or whole <= 0:
        return None
    return parts / (parts - 1) * (1 - single / whole)


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
    from statsmodels.tools.sm_exceptions import ModelWarning  # noqa: PLC0415 - the same

    deviations = np.sqrt(np.diag(covariance))
    if not deviations.all():
        return None
    model = Factor(corr=covariance / np.outer(deviations, deviations), n_factor=1, method="ml")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ModelWarning)
            fits = [model.fit(rng=seed) for seed in range(_STARTS)]
    except (np.linalg.LinAlgError, ValueError):
        return None
    found = max(fits, key=lambda fit: model.loglike((fit.loadings, fit.uniqueness)))
    loadings, unique = found.loadings[:, 0], found.uniqueness
    if unique.min() < _LEAST_UNIQUE or abs(loadings**2 + unique - 1).max() > _MISFIT:
        return None
    common = float(deviations @ loadings) ** 2
    return common / (common + float(deviations**2 @ unique))
