"""Changing an agenda before and while the room meets: order, what takes part, how long. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from data.workshops import Step, WorkshopPlan

TWO_HOURS = 120
"""Minutes that a workshop is planned for."""


class Part(StrEnum):
    """What of a plan somebody can change."""

    TITLE = "title"
    DOTS = "dots"
    ORDER = "order"
    MINUTES = "minutes"
    NOTES = "notes"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people changed the same. `step`: of which step, 0 of the whole plan."""

    part: Part
    step: int
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A plan with what two people changed. `clashes`: where it has mine instead of theirs."""

    plan: WorkshopPlan
    clashes: tuple[Clash, ...] = ()


def merged(base: WorkshopPlan, mine: WorkshopPlan, theirs: WorkshopPlan) -> Merged:
    """What both changed of `base` since they saw it."""
    before, now = _parts(base), _parts(theirs)
    changed = {key: value for key, value in _parts(mine).items() if value != before[key]}
    clashes = tuple(
        Clash(*key, mine=value, theirs=now[key])
        for key, value in changed.items()
        if now[key] not in (before[key], value)
    )
    return Merged(_with_parts(theirs, {**now, **changed}), clashes)


def runs(steps: Iterable[Step]) -> tuple[tuple[Step, ...], ...]:
    """Steps of one dimension that follow each other, together; every other step alone."""
    found = groupby(steps, key=lambda step: step.dimension or step.id)
    return tuple(tuple(run) for _, run in found)


def moved(plan: WorkshopPlan, moving: Collection[int], by: int) -> WorkshopPlan:
    """These steps, which follow each other, one place earlier (−1) or later (1).

    They pass the steps of another dimension at once. At the end they stay.
    """
    rest = [step for step in plan.steps if step.id not in moving]
    going = [step for step in plan.steps if step.id in moving]
    at = next(place for place, step in enumerate(plan.steps) if step.id in moving)
    passed = runs(rest[at:] if by > 0 else rest[:at])
    if not passed:
        return plan
    neighbour = passed[0] if by > 0 else passed[-1]
    alike = neighbour[0].dimension == going[0].dimension
    at += by * (1 if alike else len(neighbour))
    return replace(plan, steps=(*rest[:at], *going, *rest[at:]))


def with_step(plan: WorkshopPlan, changed: Step) -> WorkshopPlan:
    """A plan with one of its steps changed."""
    steps = (changed if step.id == changed.id else step for step in plan.steps)
    return replace(plan, steps=tuple(steps))


def with_dimension(plan: WorkshopPlan, dimension: str, *, skipped: bool) -> WorkshopPlan:
    """A plan in which all steps of a dimension are skipped, or none."""
    steps = (
        replace(step, skipped=skipped) if step.dimension == dimension else step
        for step in plan.steps
    )
    return replace(plan, steps=tuple(steps))


def talked_about(steps: Iterable[Step], dimension: str) -> bool:
    """Whether any step of a dimension takes part."""
    return any(step.dimension == dimension and not step.skipped for step in steps)


def minutes(steps: Iterable[Step]) -> int:
    """How long they take, those skipped left out."""
    return sum(step.minutes for step in steps if not step.skipped)


def starts(steps: Sequence[Step]) -> Mapping[int, int]:
    """After how many minutes each step begins, by its id; those skipped take none."""
    return {step.id: minutes(steps[:place]) for place, step in enumerate(steps)}


def _parts(plan: WorkshopPlan) -> dict[tuple[Part, int], Any]:
    """All that can be changed, by what and of which step."""
    return {
        (Part.TITLE, 0): plan.title,
        (Part.DOTS, 0): plan.dots,
        (Part.ORDER, 0): tuple(step.id for step in plan.steps),
        **dict(_parts_of_steps(plan.steps)),
    }


def _parts_of_steps(steps: Iterable[Step]) -> Iterator[tuple[tuple[Part, int], Any]]:
    for step in steps:
        yield (Part.MINUTES, step.id), step.minutes
        yield (Part.NOTES, step.id), step.notes
        yield (Part.SKIPPED, step.id), step.skipped


def _with_parts(plan: WorkshopPlan, parts: Mapping[tuple[Part, int], Any]) -> WorkshopPlan:
    by_id = {step.id: step for step in plan.steps}
    steps = tuple(
        replace(
            by_id[id_],
            minutes=parts[Part.MINUTES, id_],
            notes=parts[Part.NOTES, id_],
            skipped=parts[Part.SKIPPED, id_],
        )
        for id_ in parts[Part.ORDER, 0]
    )
    title, dots = parts[Part.TITLE, 0], parts[Part.DOTS, 0]
    return replace(plan, title=title, dots=dots, steps=steps)
