"""The gaps: where two sides see things differently. Pure; data's values only.

Six kinds (METHOD §3). Every gap runs from one side to the other, and its size
is how much higher the other side lies. All gaps of a kind are found together,
since their p values are corrected over all of them: what a view leaves out
never changes what is significant.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data.model import Instrument
from data.results import Group, GroupKind, Release
from scoring.drawable import Figure, drawable
from scoring.histogram import cliffs_delta, variance
from scoring.release import ORGANISATION
from scoring.scores import Question, QuestionKind, distinct_questions
from scoring.sides import Side, SideKind, group_side, rest_side, set_side, target_of
from scoring.significance import (
    SURE,
    benjamini_hochberg,
    brunner_munzel,
    holm,
    one_sample_t,
)


class GapKind(StrEnum):
    """Between whom a gap lies."""

    TARGET = "target"
    DEPARTMENT = "department"
    LEADERSHIP = "leadership"
    CONTACT = "contact"
    BLIND_SPOT = "blind_spot"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far apart two sides see one question.

    `size`: mean of `to` minus mean of `from_`, −4…4 points. `effect`: between
    two groups Cliff's δ, −1…1; against a number that was set, Cohen's d. `p`:
    two-sided, uncorrected; `p_claim` corrected after Holm, `p_colour` after
    Benjamini and Hochberg, over all gaps of this kind in the release. A question
    of several items has none of these; nor has one of which too few answered
    (10 for the effect, 20 for the test), or against a number without spread.
    """

    kind: GapKind
    question: Question
    from_: Side
    to: Side
    size: float
    effect: float | None = None
    p: float | None = None
    p_claim: float | None = None
    p_colour: float | None = None

    @property
    def may_claim(self) -> bool:
        """Whether it may be said in words: sure, and in the direction of its means."""
        return self._holds(self.p_claim)

    @property
    def may_colour(self) -> bool:
        """Whether it may be coloured as more than chance, in the direction of its means."""
        return self._holds(self.p_colour)

    def _holds(self, p: float | None) -> bool:
        """A rank test may find one side higher whose mean is lower; that is no finding."""
        return p is not None and p <= SURE and self.size * (self.effect or 0) > 0


Gaps = Mapping[GapKind, tuple[Gap, ...]]
"""All gaps of a release, by kind."""


def all_gaps(release: Release, instrument: Instrument, earlier: Release | None = None) -> Gaps:
    """Every gap of a release that its published figures allow.

    `earlier`: the release of an earlier wave with the same instrument, for the
    trend. Questions are the overall score, the dimensions, and the items of
    dimensions with several; the trend also has the items that both waves asked,
    one of them in a shorter form.
    """
    asked = distinct_questions(instrument.asked(release.items))
    found = {
        kind: tuple(gap for question in asked for gap in find(release, question))
        for kind, find in _FINDERS.items()
    }
    if earlier:
        same = _asked_both_times(asked, distinct_questions(instrument.asked(earlier.items)))
        found[GapKind.TREND] = tuple(_trends(release, earlier, same))
    return {kind: _corrected(found.get(kind, ())) for kind in GapKind}


def largest_first(gaps: Iterable[Gap], question: Question) -> tuple[Gap, ...]:
    """The gaps on one question by size; equal ones in the order of their groups."""
    on_it = (gap for gap in gaps if gap.question == question)
    return tuple(sorted(on_it, key=lambda gap: (-abs(gap.size), gap.to.group)))


def _targets(release: Release, question: Question) -> Iterator[Gap]:
    """From the target that holds for a place to what it answered."""
    if question.kind is not QuestionKind.DIMENSION:
        return
    for group in release.groups:
        if group.kind in _PLACES:
            value = target_of(release.targets, group.path, question.id)
            aim = set_side(SideKind.TARGET, group, value)
            yield from _gap(
                GapKind.TARGET, question, aim, group_side(release, group, question.items)
            )


def _departments(release: Release, question: Question) -> Iterator[Gap]:
    """From the rest of the organisation to a department, never from the total it is part of."""
    for group in release.groups:
        if group.kind is GroupKind.DEPARTMENT:
            rest = rest_side(release, group, question.items)
            mine = group_side(release, group, question.items)
            yield from _gap(GapKind.DEPARTMENT, question, rest, mine)


def _pair(kind: GapKind, across: GroupKind) -> Callable[[Release, Question], Iterator[Gap]]:
    """From those of whom a fact holds to everyone else."""

    def find(release: Release, question: Question) -> Iterator[Gap]:
        sides = (
            group_side(release, Group(across, member=member), question.items)
            for member in (True, False)
        )
        yield from _gap(kind, question, *sides)

    return find


def _blind_spots(release: Release, question: Question) -> Iterator[Gap]:
    """From what leadership predicted to what the organisation answered."""
    if question.kind is QuestionKind.DIMENSION and question.id in release.predictions:
        value = release.predictions[question.id].value
        expected = set_side(SideKind.PREDICTION, ORGANISATION, value)
        answered = group_side(release, ORGANISATION, question.items)
        yield from _gap(GapKind.BLIND_SPOT, question, expected, answered)


_FINDERS: dict[GapKind, Callable[[Release, Question], Iterator[Gap]]] = {
    GapKind.TARGET: _targets,
    GapKind.DEPARTMENT: _departments,
    GapKind.LEADERSHIP: _pair(GapKind.LEADERSHIP, GroupKind.POSITION),
    GapKind.CONTACT: _pair(GapKind.CONTACT, GroupKind.CONTACT),
    GapKind.BLIND_SPOT: _blind_spots,
}

_PLACES = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT, GroupKind.REMAINDER)


def _trends(release: Release, earlier: Release, asked: Iterable[Question]) -> Iterator[Gap]:
    """From an earlier wave to this one, for the groups that both have."""
    for question in asked:
        for group in release.groups:
            if not group.without:
                before = group_side(earlier, group, question.items, SideKind.EARLIER)
                now = group_side(release, group, question.items)
                yield from _gap(GapKind.TREND, question, before, now)


def _asked_both_times(now: Sequence[Question], then: Sequence[Question]) -> tuple[Question, ...]:
    """Questions of the very same items; then single items that are a dimension in one wave only.

    A dimension of one item is never compared with one of several.
    """
    same = [question for question in now if question in then]
    single = {q.items for q in now if len(q.items) == 1} & {
        q.items for q in then if len(q.items) == 1
    }
    left = single - {question.items for question in same}
    return (*same, *(Question(i, QuestionKind.ITEM, (i,)) for (i,) in sorted(left)))


def _gap(kind: GapKind, question: Question, from_: Side | None, to: Side | None) -> Iterator[Gap]:
    """The gap between two sides, if both are there."""
    if from_ and to:
        p = _p(from_, to)
        yield Gap(kind, question, from_, to, to.mean - from_.mean, _effect(from_, to), p)


def _p(from_: Side, to: Side) -> float | None:
    if to.histogram is None or Figure.TEST not in drawable(*_sizes(from_, to)):
        return None
    if from_.histogram is None:
        return one_sample_t(to.histogram, from_.mean)
    return brunner_munzel(from_.histogram, to.histogram)


def _sizes(*sides: Side) -> list[int]:
    return [side.valid for side in sides if side.valid is not None]


def _effect(from_: Side, to: Side) -> float | None:
    if to.histogram is None or Figure.DISTRIBUTION not in drawable(*_sizes(from_, to)):
        return None
    if from_.histogram:
        return cliffs_delta(to.histogram, from_.histogram)
    spread = variance(to.histogram)
    return (to.mean - from_.mean) / math.sqrt(spread) if spread else None


def _corrected(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """The same gaps, their p values corrected over all of them that have one."""
    tested = [gap.p for gap in gaps if gap.p is not None]
    corrected = iter(zip(holm(tested), benjamini_hochberg(tested), strict=True))
    return tuple(gap if gap.p is None else _with(gap, *next(corrected)) for gap in gaps)


def _with(gap: Gap, p_claim: float, p_colour: float) -> Gap:
    return replace(gap, p_claim=p_claim, p_colour=p_colour)
