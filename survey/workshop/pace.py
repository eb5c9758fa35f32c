"""Where a workshop stands in its agenda, and how long the rest takes. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.workshops import Step, Workshop


@dataclass(frozen=True, slots=True)
class Pace:
    """`number`: of the present step, 0 before the first. `of`: steps that take part.

    `ahead`: planned minutes of the steps after the present one. `ends`: when it is over
    if the present step takes as long as its timer says, or where none runs, as planned.
    """

    number: int
    of: int
    minutes: int
    ahead: int
    ends: datetime


def pace(workshop: Workshop, now: datetime) -> Pace:
    """Of steps that are skipped only the present one counts."""
    steps = agenda(workshop)
    number = place(workshop)
    minutes = workshop.step.minutes if workshop.step else 0
    ahead = sum(step.minutes for step in steps[number:])
    left = timedelta(minutes=minutes)
    if workshop.timer_ends is not None:
        left = max(workshop.timer_ends - now, timedelta())
    return Pace(number, len(steps), minutes, ahead, now + left + timedelta(minutes=ahead))


def place(workshop: Workshop) -> int:
    """The number of the present step among those of `agenda`, 0 before the first."""
    ids = [0, *(step.id for step in agenda(workshop))]
    return ids.index(workshop.at)


def agenda(workshop: Workshop) -> tuple[Step, ...]:
    """The steps that are not skipped, and the present one in any case."""
    return tuple(s for s in workshop.plan.steps if not s.skipped or s.id == workshop.at)
