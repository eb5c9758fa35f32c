"""What may be drawn of how many answers. Pure; every view asks here.

This is about statistics alone: what exists at all is the gate's business.
"""

from enum import StrEnum


class Figure(StrEnum):
    """What a view may want to draw of a group's answers to one item."""

    COUNT = "count"
    MEAN = "mean"
    FAVOURABLE = "favourable"
    DISTRIBUTION = "distribution"
    INTERVAL = "interval"
    AGREEMENT = "agreement"
    TEST = "test"


_FROM = {
    Figure.COUNT: 5,
    Figure.MEAN: 5,
    Figure.FAVOURABLE: 5,
    Figure.DISTRIBUTION: 10,
    Figure.INTERVAL: 10,
    Figure.AGREEMENT: 10,
    Figure.TEST: 20,
}
"""Valid answers from which on a figure says more than chance (METHOD §2, the table)."""


def drawable(*valid: int) -> frozenset[Figure]:
    """The figures that so many valid answers carry.

    Give the n of one group, or of both sides of a comparison: the smaller side
    decides. Shares other than favourable, can't judge and polarisation belong
    to the distribution.
    """
    fewest = min(valid)
    return frozenset(figure for figure, needed in _FROM.items() if fewest >= needed)
