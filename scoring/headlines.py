"""What a release found out, in three to five findings that its tests carry. Pure.

Here it is decided what is said; `survey` has the words.
"""

from dataclasses import dataclass

from data.results import GroupKind, Release
from scoring.figures import Figures, figures
from scoring.gaps import Gap, GapKind, Gaps
from scoring.release import ORGANISATION
from scoring.scores import Question

_MOST_GAPS = 3
_PAIRS = (GroupKind.POSITION, GroupKind.CONTACT)
_SMALLEST = 0.05
"""Points that a gap must exceed, or it would be told as 0.0."""


@dataclass(frozen=True, slots=True)
class NothingSure:
    """No gap of the release is more than chance."""

    tested: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """So many of the departments lack some or all of their figures; and which pairs do."""

    departments: int
    of: int
    pairs: tuple[GroupKind, ...] = ()


Headline = Figures | Gap | NothingSure | Withheld


def headlines(release: Release, gaps: Gaps, overall: Question) -> tuple[Headline, ...]:
    """Where the organisation stands, its largest sure gaps, and what is withheld.

    Only gaps that may be claimed in words are told: the largest first, one of
    each kind, and each on another question as long as there is one. Ties fall
    to the kind named first in `GapKind`, then to the group.
    """
    sure = sorted(
        (gap for kind in GapKind for gap in gaps[kind] if gap.may_claim and _tellable(gap)),
        key=lambda gap: -abs(gap.size),
    )
    told = _different(_different([], sure, by_question=True), sure, by_question=False)
    tested = sum(gap.p is not None for kind in GapKind for gap in gaps[kind])
    return (
        figures(release, ORGANISATION, overall),
        *(sorted(told, key=sure.index) or (NothingSure(tested),)),
        _withheld(release),
    )


def _tellable(gap: Gap) -> bool:
    return abs(gap.size) >= _SMALLEST


def _different(told: list[Gap], sure: list[Gap], *, by_question: bool) -> list[Gap]:
    """What is told already, filled up with gaps of other kinds (and other questions)."""
    told = [*told]
    for gap in sure:
        kinds, asked = {one.kind for one in told}, {one.question for one in told}
        new = gap.kind not in kinds and not (by_question and gap.question in asked)
        if new and len(told) < _MOST_GAPS:
            told.append(gap)
    return told


def _withheld(release: Release) -> Withheld:
    departments = [group for group in release.groups if group.kind is GroupKind.DEPARTMENT]
    lacking = [g for g in release.groups if len(release.histograms.get(g, {})) < len(release.items)]
    return Withheld(
        departments=sum(group.kind is GroupKind.DEPARTMENT for group in lacking),
        of=len(departments),
        pairs=tuple(kind for kind in _PAIRS if any(group.kind is kind for group in lacking)),
    )
