"""Changing single steps of a workshop while it runs, which moves on meanwhile. No Streamlit.

Only what was seen of the step itself must still be so: that the room has gone on
to another step takes nobody's notes away.
"""

from dataclasses import replace

from data.accounts import Account
from data.errors import Conflict, NotFound
from data.store import Store
from data.workshops import Step, Workshop
from survey.workshop import acts
from survey.workshop.planning import with_step


def write_notes(store: Store, account: Account, code: str, seen: Step, notes: str) -> Workshop:
    """Change a step's notes. `Conflict` where they are not any more as they were seen."""
    with store.together():
        workshop, now = _step(store, account, code, seen)
        if now.notes != seen.notes:
            raise Conflict("conflict.notes")
        return _with(store, account, workshop, replace(now, notes=notes))


def skip(store: Store, account: Account, code: str, seen: Step, *, skipped: bool) -> Workshop:
    """Let arrows pass a step by, or not any more."""
    with store.together():
        workshop, now = _step(store, account, code, seen)
        return _with(store, account, workshop, replace(now, skipped=skipped))


def _step(store: Store, account: Account, code: str, seen: Step) -> tuple[Workshop, Step]:
    workshop = acts.enter(store, account, code).workshop
    for step in workshop.plan.steps:
        if step.id == seen.id:
            return workshop, step
    raise NotFound("error.step_unknown")


def _with(store: Store, account: Account, workshop: Workshop, changed: Step) -> Workshop:
    return acts.replan(store, account, workshop, with_step(workshop.plan, changed))
