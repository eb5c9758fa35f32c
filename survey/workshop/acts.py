"""What facilitators do with workshops. No Streamlit.

Whoever runs an organisation runs its workshops. What was seen must still be so
(`Conflict`), so that a key pressed twice, or on two screens, acts once.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from data.accounts import Account
from data.audit import AuditAct
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.model import Organisation, Wave
from data.schedule import LONGEST_TITLE
from data.store import Store
from data.workshops import (
    MOST_DOTS,
    Choice,
    Contribution,
    Room,
    Step,
    StepKind,
    Workshop,
    WorkshopPlan,
    WorkshopState,
)
from survey.auditing import note
from survey.plain_text import one_line, plain_text
from survey.workshop.joining import free_code, typed_code
from survey.workshop.planning import merged

LONGEST_NOTES = 2000
LONGEST_GROUP = 60
MOST_MINUTES = 240
DIMENSION, GROUP, IDEA = "dimension", "group", "idea"
"""How the key of a choice begins: a dimension's, whose title is its id; a group's; a single
idea's, followed by its id."""


def plan(
    store: Store,
    account: Account,
    organisation: Organisation,
    wave: Wave | None,
    wanted: WorkshopPlan,
) -> Workshop:
    """A new workshop. `NotFound`: not theirs. `SetUpProblem`, `NotAllowed`: as it cannot be."""
    if not account.runs(organisation.id) or (wave and wave.organisation.id != organisation.id):
        raise NotFound("error.organisation_unknown", organisation=str(organisation.id))
    checked = _checked(wanted)
    with store.together():
        workshop = store.workshops.add(organisation, wave, checked, free_code(store))
        _note(store, account, AuditAct.WORKSHOP_ADDED, workshop)
    return workshop


def enter(store: Store, account: Account, code: str, *, to_run: bool = True) -> Room:
    """A workshop as it stands. `NotFound`: unknown or not theirs, which is told alike.

    `to_run`: to lead it, not only to read what came of it.
    """
    room = store.workshops.room(typed_code(code))
    mine = room.workshop.organisation.id
    if not (account.runs(mine) if to_run else account.reads(mine)):
        raise NotFound("error.workshop_unknown", code=code)
    return room


def replan(store: Store, account: Account, seen: Workshop, wanted: WorkshopPlan) -> Workshop:
    """Change title, dots, order, minutes and notes. `SetUpProblem`, `Conflict`."""
    _check_theirs(account, seen)
    return store.workshops.replan(seen, _checked(wanted))


def revise(
    store: Store,
    account: Account,
    seen: Workshop,
    wanted: WorkshopPlan,
    *,
    insist: bool = False,
) -> Workshop:
    """Change what differs from the plan as seen; what somebody else changed since stays.

    `Conflict` where both changed the same, unless one insists.
    """
    _check_theirs(account, seen)
    with store.together():
        now = store.workshops.room(seen.code).workshop
        both = merged(seen.plan, wanted, now.plan)
        if both.clashes and not insist:
            raise Conflict("conflict.workshop", workshop=seen.plan.title)
        return replan(store, account, now, both.plan)


def remove(store: Store, account: Account, seen: Workshop) -> None:
    """Delete a workshop; the measures that were agreed in it stay. `Conflict`."""
    _check_theirs(account, seen)
    with store.together():
        store.workshops.remove(seen)
        _note(store, account, AuditAct.WORKSHOP_REMOVED, seen)


def go(store: Store, account: Account, room: Room, step: Step, today: date) -> Workshop:
    """Move to a step; the first time it begins the workshop."""
    seen = room.workshop
    _check_theirs(account, seen)
    with store.together():
        choices = dot_choices(store, seen) if step.kind is StepKind.DOTS else ()
        moved = store.workshops.go(seen, step.id, today, choices)
        if seen.state is not WorkshopState.RUNNING:
            _note(store, account, AuditAct.WORKSHOP_BEGUN, moved)
    return moved


def beside(workshop: Workshop, by: int) -> Step | None:
    """The step after (1) or before (−1) the present one, those skipped passed by."""
    steps = workshop.plan.steps
    at = next((place for place, one in enumerate(steps) if one.id == workshop.at), -1)
    ahead = steps[at + 1 :] if by > 0 else steps[: max(0, at)][::-1]
    return next((step for step in ahead if not step.skipped), None)


def reveal(store: Store, account: Account, room: Room) -> Workshop:
    """Close the present round and show it. `NotAllowed` says how many votes are missing."""
    _check_theirs(account, room.workshop)
    return store.workshops.reveal(room.workshop)


def again(store: Store, account: Account, room: Room) -> Workshop:
    """Ask the present step once more. `NotAllowed`, `Conflict`."""
    _check_theirs(account, room.workshop)
    step = room.workshop.step
    dots = step is not None and step.kind is StepKind.DOTS
    with store.together():
        choices = dot_choices(store, room.workshop) if dots else ()
        return store.workshops.again(room.workshop, choices)


def end(store: Store, account: Account, room: Room) -> Workshop:
    """End it; what was not revealed is deleted. It may go on again by `go`."""
    _check_theirs(account, room.workshop)
    with store.together():
        ended = store.workshops.end(room.workshop)
        _note(store, account, AuditAct.WORKSHOP_ENDED, ended)
    return ended


def start_timer(
    store: Store, account: Account, seen: Workshop, minutes: float, now: datetime
) -> None:
    """Let so many minutes run from now on. `Conflict`."""
    _check_theirs(account, seen)
    store.workshops.set_timer(seen, now + timedelta(minutes=minutes))


def extend_timer(
    store: Store, account: Account, seen: Workshop, minutes: float, now: datetime
) -> None:
    """Let the timer run so much longer, from now on where its time is up. `Conflict`."""
    _check_theirs(account, seen)
    with store.together():
        ends = store.workshops.room(seen.code).workshop.timer_ends
        store.workshops.set_timer(seen, max(ends or now, now) + timedelta(minutes=minutes))


def stop_timer(store: Store, account: Account, seen: Workshop) -> None:
    """Stop the timer. `Conflict`."""
    _check_theirs(account, seen)
    store.workshops.set_timer(seen, None)


def arrange(
    store: Store, account: Account, seen: Workshop, changed: tuple[Contribution, ...]
) -> None:
    """Show, hide and group what the room wrote. `SetUpProblem`: a group's name is too long."""
    _check_theirs(account, seen)
    tidy = [replace(one, group=one_line(one.group)) for one in changed]
    for one in tidy:
        if len(one.group) > LONGEST_GROUP:
            raise SetUpProblem("error.group_long", longest=LONGEST_GROUP, length=len(one.group))
    store.workshops.arrange(seen, tidy)


def dot_choices(store: Store, workshop: Workshop) -> tuple[Choice, ...]:
    """What dots can be given to: groups of ideas on the wall, then ideas in no group.

    The dimensions that are talked about, where nothing is on the wall.
    """
    shown = [one for one in store.workshops.contributions(workshop) if one.step and one.shown]
    groups = sorted({one.group for one in shown if one.group})
    alone = [one for one in shown if not one.group]
    if not shown:
        steps = (step for step in workshop.plan.steps if step.dimension and not step.skipped)
        talked = dict.fromkeys(step.dimension for step in steps)
        return tuple(Choice(f"{DIMENSION} {one}", one) for one in talked)
    return (
        *(Choice(f"{GROUP} {name}", name) for name in groups),
        *(Choice(f"{IDEA} {one.id}", one.text) for one in alone),
    )


def _check_theirs(account: Account, workshop: Workshop) -> None:
    if not account.runs(workshop.organisation.id):
        raise NotFound("error.workshop_unknown", code=workshop.code)


def _checked(wanted: WorkshopPlan) -> WorkshopPlan:
    """As it is kept. `SetUpProblem` says what cannot be."""
    title = one_line(wanted.title)
    if not title or len(title) > LONGEST_TITLE:
        raise SetUpProblem("error.workshop_unnamed", longest=LONGEST_TITLE)
    if not 1 <= wanted.dots <= MOST_DOTS:
        raise SetUpProblem("error.workshop_dots", most=MOST_DOTS)
    if all(step.skipped for step in wanted.steps):
        raise NotAllowed("error.workshop_empty")
    return replace(wanted, title=title, steps=tuple(map(_step, wanted.steps)))


def _step(step: Step) -> Step:
    notes = plain_text(step.notes)
    if len(notes) > LONGEST_NOTES:
        raise SetUpProblem("error.notes_long", longest=LONGEST_NOTES, length=len(notes))
    if not 0 <= step.minutes <= MOST_MINUTES:
        raise SetUpProblem("error.workshop_minutes", most=MOST_MINUTES)
    return replace(step, notes=notes)


def _note(store: Store, account: Account, act: AuditAct, workshop: Workshop) -> None:
    note(store, account.label, act, workshop.organisation.id, workshop.plan.title)
