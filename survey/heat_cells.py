"""The cells of the heat map: a number, and how far it lies from a reference. No Streamlit.

A cell is coloured only where its gap is more than chance after Benjamini and
Hochberg, and called sure only where it is after Holm (METHOD §3). A question of
several items and a division's own pair are not tested, so they have no colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.results import Group
from scoring.gaps import Gap, GapKind, Gaps
from scoring.scores import Question, Score
from scoring.sides import SideKind
from survey.wording import Wording

LIMITS = (0.35, 0.75)
"""Points of difference at which the second and the third step begin; rounded, 0.4 and 0.8."""


class Reference(StrEnum):
    """What a cell's colour is a distance from."""

    REST = "rest"
    TARGET = "target"


class Numbers(StrEnum):
    """What a cell's number is."""

    MEAN = "mean"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text`: None where withheld; `step`: −3…3; `sure`: may be claimed in words."""

    text: str | None
    step: int = 0
    sure: bool = False


Distances = Mapping[tuple[Group, Question], tuple[float, Gap]]
"""How far a group lies from its reference, and the gap that this is read from."""

_KINDS = {
    Reference.REST: (GapKind.DEPARTMENT, GapKind.LEADERSHIP, GapKind.CONTACT),
    Reference.TARGET: (GapKind.TARGET,),
}


def distances(gaps: Gaps, reference: Reference) -> Distances:
    """From the rest, or of a pair from the other side; or from the target that holds there."""
    found: dict[tuple[Group, Question], tuple[float, Gap]] = {}
    for kind in _KINDS[reference]:
        for gap in gaps[kind]:
            found[gap.to.group, gap.question] = (gap.size, gap)
            if gap.from_.kind is SideKind.GROUP:
                found[gap.from_.group, gap.question] = (-gap.size, gap)
    return found


def cell(say: Wording, found: Score, far: Distances, numbers: Numbers) -> Cell:
    """A score as a cell; without a reference to measure from, its difference is a dash."""
    if found.mean is None:
        # What is left beside published groups, and is nothing, was not withheld.
        return Cell("") if found.group.without else Cell(None)
    distance, gap = far.get((found.group, found.question), (None, None))
    if numbers is Numbers.MEAN:
        text = say.number(found.mean, 1)
    else:
        text = "–" if distance is None else say.number(distance, 1, signed=True)
    if distance is None or gap is None or not gap.may_colour:
        return Cell(text)
    return Cell(text, _step(distance), gap.may_claim)


def _step(distance: float) -> int:
    steps = 1 + sum(abs(distance) >= limit for limit in LIMITS)
    return steps if distance > 0 else -steps
