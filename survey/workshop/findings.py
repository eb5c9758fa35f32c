"""What a closed round says of each item, beside the vote before and the survey. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.model import CANT_JUDGE, SCALE
from data.results import Histogram, Release
from data.workshops import Choice, Room, Round, Step, StepKind, Tally
from scoring.release import ORGANISATION


@dataclass(frozen=True, slots=True)
class Finding:
    """One item. `counted`: None where fewer than k could judge.

    `before`: what the room voted before, `survey`: what the survey says of the whole
    organisation; None where there is none, or it is withheld.
    """

    item: str
    counted: Histogram | None
    before: Histogram | None = None
    survey: Histogram | None = None


def findings(
    room: Room, step: Step, tallies: Mapping[int, Tally], release: Release | None
) -> tuple[Finding, ...]:
    """What a step's latest closed round says; () where none is closed."""
    latest = closed(room, step)
    if latest is None:
        return ()
    earlier = vote_before(room, step, latest)
    before = tallies.get(earlier.id, {}) if earlier else {}
    counted = tallies.get(latest.id, {})
    of_survey = release.histograms.get(ORGANISATION, {}) if release else {}
    return tuple(
        Finding(
            item,
            histogram_of(counted.get(item)),
            histogram_of(before.get(item)),
            of_survey.get(item),
        )
        for item in step.items
    )


def closed_rounds(room: Room, step: Step) -> tuple[Round, ...]:
    """The rounds of a step that were revealed, in the order they were asked."""
    found = (one for one in room.rounds if one.step == step.id and one.closed)
    return tuple(sorted(found, key=lambda one: one.number))


def closed(room: Room, step: Step) -> Round | None:
    """The last round of a step that was revealed."""
    return next(reversed(closed_rounds(room, step)), None)


def asked_of(room: Room, kind: StepKind, dimension: str) -> Round | None:
    """The last revealed round of a kind of step on a dimension, "" for all of them."""
    steps = (s for s in room.workshop.plan.steps if (s.kind, s.dimension) == (kind, dimension))
    found = (closed(room, step) for step in steps)
    return next((one for one in found if one is not None), None)


def vote_before(room: Room, step: Step, latest: Round) -> Round | None:
    """The vote that a round is compared with.

    Of a re-vote the last one of the vote on its dimension; else the round before.
    """
    if step.kind is StepKind.REVOTE:
        vote = asked_of(room, StepKind.VOTE, step.dimension)
        if vote is not None:
            return vote
    earlier = [one for one in closed_rounds(room, step) if one.number < latest.number]
    return earlier[-1] if earlier else None


def histogram_of(values: Mapping[int, int] | None) -> Histogram | None:
    """Counts of one item as a histogram."""
    if values is None:
        return None
    never, one, two, three, four, five = (values.get(v, 0) for v in (CANT_JUDGE, *SCALE))
    return Histogram((never, one, two, three, four, five))


def dots_given(latest: Round, tally: Tally) -> tuple[tuple[Choice, int], ...]:
    """Every choice with its dots, most first; equal ones stay in their order."""
    given = [(one, sum(tally.get(one.key, {}).values())) for one in latest.choices]
    return tuple(sorted(given, key=lambda pair: -pair[1]))
