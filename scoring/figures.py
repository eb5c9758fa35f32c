"""Everything that may be drawn of one score, in one value that every view takes. Pure."""

from dataclasses import dataclass

from data.results import Group, GroupKind, Histogram, Release
from scoring import histogram as says
from scoring.agreement import a_wg, disagrees, r_wg
from scoring.drawable import Figure, drawable
from scoring.intervals import Interval, Margin, interval_of_mean, margin_of_share
from scoring.scores import Question, Score, score


@dataclass(frozen=True, slots=True)
class Distribution:
    """Shares of the valid answers, 0…1, and of the respondents who could not judge.

    `shares`: of each point of the scale, lowest first. `polarised`: whether the
    answers fall into two camps.
    """

    shares: tuple[float, ...]
    neutral: float
    unfavourable: float
    cant_judge: float
    polarised: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a group agrees with itself, at most 1; None where that is not defined.

    `lacking`: whether it contradicts itself (`scoring.agreement.disagrees`).
    """

    r_wg: float | None
    a_wg: float | None
    lacking: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """One group's figures on one question; None where withheld or not to be drawn.

    `people` of the group took part, whatever may be shown of this question;
    `participation`: people/headcount, 0…1, None where either is unknown or
    there are more answers than heads. `favourable`: 0…1, with its `margin`. A
    question of several items has a mean and no more.
    """

    score: Score
    headcount: int | None
    people: int | None = None
    participation: float | None = None
    favourable: float | None = None
    margin: Margin | None = None
    interval: Interval | None = None
    distribution: Distribution | None = None
    agreement: Agreement | None = None


def figures(release: Release, group: Group, question: Question) -> Figures:
    """What may be drawn of a group's answers to a question: what is released, then `drawable`."""
    found, heads = score(release, group, question), headcount(release, group)
    shown = release.histograms.get(group, {}).values()
    people = max((histogram.respondents for histogram in shown), default=None)
    took_part = _participation(people, heads)
    counts = found.histogram
    share = says.favourable(counts) if counts else None
    if counts is None or share is None:
        return Figures(found, heads, people, took_part)
    may = drawable(counts.valid)
    return Figures(
        score=found,
        headcount=heads,
        people=people,
        participation=took_part,
        favourable=share if Figure.FAVOURABLE in may else None,
        margin=margin_of_share(share, counts, heads) if Figure.INTERVAL in may else None,
        interval=interval_of_mean(counts, heads) if Figure.INTERVAL in may else None,
        distribution=_distribution(counts) if Figure.DISTRIBUTION in may else None,
        agreement=_agreement(counts) if Figure.AGREEMENT in may else None,
    )


def headcount(release: Release, group: Group) -> int | None:
    """How many people a group has, where that is known; of position and contact it never is."""
    heads = release.headcounts.get(group.path)
    if heads is None or group.kind in {GroupKind.POSITION, GroupKind.CONTACT}:
        return None
    without = [release.headcounts.get(path) for path in group.without]
    left = heads - sum(count or 0 for count in without)
    return left if None not in without and (left > 0 or not without) else None


def _participation(respondents: int | None, heads: int | None) -> float | None:
    if respondents is None or not heads or respondents > heads:
        return None
    return respondents / heads


def agreement(release: Release, group: Group, question: Question) -> Agreement | None:
    """`figures(...).agreement` alone, for those who look through all groups and questions."""
    counts = score(release, group, question).histogram
    return _agreement(counts) if counts and Figure.AGREEMENT in drawable(counts.valid) else None


def _agreement(counts: Histogram) -> Agreement:
    return Agreement(r_wg(counts), a_wg(counts), lacking=bool(disagrees(counts)))


def _distribution(counts: Histogram) -> Distribution:
    return Distribution(
        shares=says.shares(counts),
        neutral=says.neutral(counts) or 0.0,
        unfavourable=says.unfavourable(counts) or 0.0,
        cant_judge=says.cant_judge_rate(counts) or 0.0,
        polarised=bool(says.polarised(counts)),
    )
