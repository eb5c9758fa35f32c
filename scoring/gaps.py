"""The gaps: where groups of people see things differently. Pure; data's values only.

One gap kind so far: a department against the rest of the organisation, never
against the total that contains it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from data.results import Group, GroupKind, Histogram, Release
from scoring.histogram import cliffs_delta, subtract
from scoring.release import ORGANISATION
from scoring.scores import Question, mean_of_means, score


class GapKind(StrEnum):
    """Between whom a gap lies."""

    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far apart two sides see one question.

    `size`: mean of the group minus mean of the other side, −4…4 points.
    `effect`: Cliff's δ, −1…1, for a question of one item. `people`, `others`:
    respondents of both sides.
    """

    kind: GapKind
    question: Question
    group: Group
    size: float
    effect: float | None
    people: int
    others: int


def department_gaps(release: Release, question: Question) -> tuple[Gap, ...]:
    """Each department against the rest of the organisation, largest gap first.

    A department that is withheld, or that is the whole organisation, has none.
    Equal sizes are ordered by path, so that the order depends on the data alone.
    """
    departments = (group for group in release.groups if group.kind is GroupKind.DEPARTMENT)
    found = [gap for group in departments if (gap := _against_rest(release, group, question))]
    return tuple(sorted(found, key=lambda gap: (-abs(gap.size), gap.group.path)))


def rest(release: Release, group: Group, items: Iterable[str]) -> tuple[Histogram, ...] | None:
    """The organisation without a group, item by item; None where a figure is withheld.

    These are differences of published figures, so the gate has seen to it that
    they depend on at least k people, or on none.
    """
    whole, part = release.histograms.get(ORGANISATION, {}), release.histograms.get(group, {})
    items = tuple(items)
    if any(item not in whole or item not in part for item in items):
        return None
    return tuple(subtract(whole[item], part[item]) for item in items)


def _against_rest(release: Release, group: Group, question: Question) -> Gap | None:
    mine = score(release, group, question)
    others = rest(release, group, question.items)
    theirs = mean_of_means(others) if others else None
    if mine.mean is None or mine.respondents is None or theirs is None or not others:
        return None
    alone = mine.histogram
    return Gap(
        kind=GapKind.DEPARTMENT,
        question=question,
        group=group,
        size=mine.mean - theirs,
        effect=cliffs_delta(alone, others[0]) if alone else None,
        people=mine.respondents,
        others=others[0].respondents,
    )
