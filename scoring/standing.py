"""What a place is good at and where it falls short, a few of each. Pure.

Here it is decided what is said; `survey` has the words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from data.results import Group
from scoring.gaps import Gap, GapKind, Gaps
from scoring.headlines import SMALLEST_TOLD
from scoring.scores import QuestionKind

_MOST = 3
_NOTABLE = 0.25
"""Points that a gap needs to be told though it may be chance."""
_KINDS = (GapKind.DEPARTMENT, GapKind.TARGET)


@dataclass(frozen=True, slots=True)
class Standing:
    """Gaps of one place from the rest or from its target: above (`strengths`) and below (`gaps`).

    At most three each, those that may be claimed first, the larger before the
    smaller; each question once. Small ones are told only where they may be claimed.
    """

    strengths: tuple[Gap, ...]
    gaps: tuple[Gap, ...]

    @property
    def sure(self) -> bool:
        """Whether anything may be claimed."""
        return any(gap.may_claim for gap in (*self.strengths, *self.gaps))


def standing(gaps: Gaps, group: Group) -> Standing:
    """A place's strengths and gaps; never the overall score, which hides what it is made of."""
    found = [
        gap
        for kind in _KINDS
        for gap in gaps[kind]
        if gap.to.group == group
        and gap.question.kind is not QuestionKind.OVERALL
        and abs(gap.size) >= (SMALLEST_TOLD if gap.may_claim else _NOTABLE)
    ]
    return Standing(
        strengths=_foremost(gap for gap in found if gap.size > 0),
        gaps=_foremost(gap for gap in found if gap.size < 0),
    )


def _foremost(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    by_question: dict[str, Gap] = {}
    for gap in sorted(gaps, key=lambda gap: (not gap.may_claim, -abs(gap.size))):
        by_question.setdefault(gap.question.id, gap)
    return tuple(by_question.values())[:_MOST]
