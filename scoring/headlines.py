"""What a release found out, in three to five findings that its tests carry. Pure.

Here it is decided what is said; `survey` has the words.
"""

from dataclasses import dataclass

from data.results import Group, GroupKind, Release
from scoring.figures import Figures, figures
from scoring.gaps import Gap, GapKind, Gaps
from scoring.release import ORGANISATION
from scoring.scores import Question
from scoring.significance import SURE

_MOST_GAPS = 3
_PAIRS = (GroupKind.POSITION, GroupKind.CONTACT)
SMALLEST_TOLD = 0.05
"""Points of a gap below which it would be told as 0.0."""


@dataclass(frozen=True, slots=True)
class NothingToTell:
    """Of so many gaps tested, so many are sure, and none of them is fit to be told.

    It is too small, or its means point the other way than the test.
    """

    tested: int
    sure: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """So many of the departments lack some or all of their figures; and which pairs do."""

    departments: int
    of: int
    pairs: tuple[GroupKind, ...] = ()


Headline = Figures | Gap | NothingToTell | Withheld


def headlines(release: Release, gaps: Gaps, overall: Question) -> tuple[Headline, ...]:
    """Where the organisation stands, its largest sure gaps, and what is withheld.

    Only gaps that may be claimed in words are told: the largest first, one of
    each kind, and each on another question as long as there is one. Ties fall
    to the kind named first in `GapKind`, then to the group and the question.
    """
    tested = [gap for kind in GapKind for gap in gaps[kind] if gap.p_claim is not None]
    sure = [gap for gap in tested if (gap.p_claim or 0) <= SURE]
    large = sorted((g for g in sure if g.may_claim and abs(g.size) >= SMALLEST_TOLD), key=_rank)
    told = _different(_different([], large, by_question=True), large, by_question=False)
    return (
        figures(release, ORGANISATION, overall),
        *(sorted(told, key=_rank) or (NothingToTell(len(tested), len(sure)),)),
        _withheld(release),
    )


def _rank(gap: Gap) -> tuple[float, int, Group, str]:
    return (-abs(gap.size), list(GapKind).index(gap.kind), gap.to.group, gap.question.id)


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
