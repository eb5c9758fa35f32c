"""What one histogram says. Pure; imports data's values only.

Every figure is computed from unrounded counts, and None where it is not
defined (nobody answered on the scale). Source of the figures: METHOD §2 of the
project, whose published examples the tests reproduce.
"""

from collections.abc import Iterable

from data.model import SCALE
from data.results import Histogram

_A_CAMP = 0.30


def mean(histogram: Histogram) -> float | None:
    """The mean answer m = Σ v·n_v / Σ n_v over the scale's points, 1…5."""
    if not histogram.valid:
        return None
    return sum(value * histogram.counts[value] for value in SCALE) / histogram.valid


def variance(histogram: Histogram) -> float | None:
    """The sample variance s² = Σ n_v·(v−m)² / (n−1); None for fewer than two valid answers.

    Computed as (n·Σn_v·v² − (Σn_v·v)²) / (n·(n−1)) in whole numbers, so that
    equal answers give exactly 0.
    """
    n = histogram.valid
    if n < 2:
        return None
    total = sum(value * histogram.counts[value] for value in SCALE)
    squares = sum(value * value * histogram.counts[value] for value in SCALE)
    return (n * squares - total * total) / (n * (n - 1))


def index(mean_answer: float) -> float:
    """A mean answer of 1…5 on a scale of 0…100: 25·(m−1)."""
    return 25 * (mean_answer - 1)


def favourable(histogram: Histogram) -> float | None:
    """The share (0…1) of valid answers that are 4 or 5; never a sum of rounded shares."""
    return _share(histogram, 4, 5)


def neutral(histogram: Histogram) -> float | None:
    """The share (0…1) of valid answers that are 3."""
    return _share(histogram, 3)


def unfavourable(histogram: Histogram) -> float | None:
    """The share (0…1) of valid answers that are 1 or 2."""
    return _share(histogram, 1, 2)


def shares(histogram: Histogram) -> tuple[float, ...]:
    """The share (0…1) of valid answers at each point of the scale, lowest first; () for none."""
    return tuple(_share(histogram, value) or 0.0 for value in SCALE) if histogram.valid else ()


def cant_judge_rate(histogram: Histogram) -> float | None:
    """The share (0…1) of respondents who could not judge."""
    return histogram.cant_judge / histogram.respondents if histogram.respondents else None


def polarised(histogram: Histogram) -> bool | None:
    """Whether the answers fall into two camps: 1–2 and 4–5 both above 30 % (METHOD §2)."""
    low, high = unfavourable(histogram), favourable(histogram)
    return None if low is None or high is None else min(low, high) > _A_CAMP


def add(left: Histogram, right: Histogram) -> Histogram:
    """The histogram of both sets of people together."""
    return Histogram(_six(a + b for a, b in zip(left.counts, right.counts, strict=True)))


def subtract(whole: Histogram, part: Histogram) -> Histogram:
    """The histogram of the people of `whole` who are not in `part`.

    `ValueError` where `part` cannot be a part of `whole`.
    """
    counts = _six(a - b for a, b in zip(whole.counts, part.counts, strict=True))
    if min(counts) < 0:
        raise ValueError(f"{part} is no part of {whole}")
    return Histogram(counts)


def unanimous(histogram: Histogram) -> bool:
    """Whether everybody gave the same answer; "can't judge" is an answer too."""
    return sum(count > 0 for count in histogram.counts) == 1


def cliffs_delta(left: Histogram, right: Histogram) -> float | None:
    """How far left's answers lie above right's: P(x > y) − P(x < y), −1…1.

    Cliff's δ = 2U/(n₁n₂) − 1 (Cliff 1993, Psychological Bulletin 114), over the
    pairs of one valid answer from each side.
    """
    pairs = left.valid * right.valid
    if not pairs:
        return None
    above = sum(
        left.counts[x] * right.counts[y] * ((x > y) - (x < y)) for x in SCALE for y in SCALE
    )
    return above / pairs


def _share(histogram: Histogram, *values: int) -> float | None:
    if not histogram.valid:
        return None
    return sum(histogram.counts[value] for value in values) / histogram.valid


def _six(counts: Iterable[int]) -> tuple[int, int, int, int, int, int]:
    n0, n1, n2, n3, n4, n5 = counts
    return (n0, n1, n2, n3, n4, n5)
