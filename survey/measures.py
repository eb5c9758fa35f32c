"""Measures: what an organisation agrees to do after a release, by whom and by when. No Streamlit.

Whoever reads an organisation's releases looks after its measures. Every act is in the audit log.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from data.accounts import Account
from data.audit import AuditAct
from data.errors import MeasureProblem, NotFound, Problem, SetUpProblem
from data.measures import LONGEST_RESPONSIBLE, LONGEST_WHAT, Measure, MeasureState, Plan
from data.model import DepartmentPath, Wave
from data.store import Store
from data.workshops import Workshop
from survey.auditing import note
from survey.measure_subjects import Subjects, subjects, subjects_without_wave
from survey.plain_text import one_line, plain_text
from survey.releasing import when_asked
from survey.wording import Wording

_LONGEST_SUBJECT = 80
"""Characters of a measure that the audit log names it by."""

_STATES = {
    MeasureState.SHARED: "measure.state_shared",
    MeasureState.IMPROVED: "measure.state_improved",
    MeasureState.DONE: "measure.state_done",
}


_EMPTY = {"what": "error.measure_what", "responsible": "error.measure_responsible"}


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """What a person typed, which may still lack something: "" and None are nothing yet."""

    path: DepartmentPath = ()
    dimension: str = ""
    what: str = ""
    responsible: str = ""
    due: date | None = None
    state: MeasureState = MeasureState.SHARED


@dataclass(frozen=True, slots=True)
class _Source:
    """What a measure came from, by its title; "" of a workshop without a wave."""

    title: str
    asked: Subjects


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed after one wave, by the day it is due; `wave` None: in workshops without."""

    wave: Wave | None
    measures: tuple[Measure, ...]


def state_name(say: Wording, state: MeasureState) -> str:
    """How far a measure is, in words."""
    return say(_STATES[state])


def agreed(store: Store, wave: Wave, path: DepartmentPath = ()) -> tuple[Agreed, ...]:
    """What was agreed after a wave and after those that asked before it; this one first.

    Earlier waves without measures are left out. At the end stands what was agreed in
    workshops that started from no wave: the organisation's, whatever wave is looked
    at. `path`: only measures of this department and of those below it.
    """
    found: dict[str, list[Measure]] = {}
    for measure in store.measures.of(wave.organisation):
        if measure.plan.path[: len(path)] == path:
            found.setdefault(measure.wave, []).append(measure)
    waves = [w for w in store.waves.all() if w.code in found and when_asked(w) < when_asked(wave)]
    before = sorted(waves, key=when_asked, reverse=True)
    after_waves = (Agreed(one, tuple(found.get(one.code, ()))) for one in (wave, *before))
    without = (Agreed(None, tuple(found[""])),) if "" in found else ()
    return (*after_waves, *without)


def of_workshop(store: Store, workshop: Workshop) -> tuple[Measure, ...]:
    """What was agreed in a workshop, by the day it is due."""
    kept = store.measures.of(workshop.organisation)
    return tuple(measure for measure in kept if measure.workshop == workshop.code)


def add(store: Store, account: Account, wave: Wave, typed: TypedPlan, today: date) -> Measure:
    """Agree on a measure after a released wave.

    `MeasureProblem` carries a finding for each field, `NotAllowed`: not released,
    `NotFound`: not theirs.
    """
    _check_theirs(account, wave.organisation.id)
    plan = _checked(subjects(store, wave), typed, not_before=today)
    with store.together():
        measure = store.measures.add(wave, plan)
        _note(store, account, AuditAct.MEASURE_ADDED, measure, wave.title)
    return measure


def agree(
    store: Store, account: Account, workshop: Workshop, typed: TypedPlan, today: date
) -> Measure:
    """Agree on a measure in a workshop, and tell every phone. Problems as in `add`."""
    _check_theirs(account, workshop.organisation.id)
    plan = _checked(subjects(store, workshop), typed, not_before=today)
    with store.together():
        measure = store.measures.agree(workshop, plan)
        store.workshops.touch(workshop)
        _note(store, account, AuditAct.MEASURE_ADDED, measure, workshop.plan.title)
    return measure


def change(store: Store, account: Account, seen: Measure, typed: TypedPlan) -> Measure:
    """Change what was seen. `MeasureProblem`, `Conflict`, `NotFound`: as in `add`."""
    _check_theirs(account, seen.organisation)
    source = _source(store, seen)
    plan = _checked(source.asked, typed)
    with store.together():
        measure = store.measures.change(seen, plan)
        _tell_phones(store, measure)
        _note(store, account, AuditAct.MEASURE_CHANGED, measure, source.title)
    return measure


def set_state(store: Store, account: Account, seen: Measure, state: MeasureState) -> Measure:
    """Say how far a measure is. `Conflict`, `NotFound`."""
    _check_theirs(account, seen.organisation)
    source = _source(store, seen)
    with store.together():
        measure = store.measures.change(seen, replace(seen.plan, state=state))
        _tell_phones(store, measure)
        _note(store, account, AuditAct.MEASURE_CHANGED, measure, source.title)
    return measure


def remove(store: Store, account: Account, seen: Measure) -> None:
    """Remove what was seen. `Conflict`, `NotFound`."""
    _check_theirs(account, seen.organisation)
    source = _source(store, seen)
    with store.together():
        store.measures.remove(seen)
        _tell_phones(store, seen)
        _note(store, account, AuditAct.MEASURE_REMOVED, seen, source.title)


def _tell_phones(store: Store, measure: Measure) -> None:
    """Phones of the workshop that it was agreed in show it as it is now."""
    if measure.workshop:
        store.workshops.touch(store.workshops.room(measure.workshop).workshop)


def _check_theirs(account: Account, organisation: int) -> None:
    """`NotFound` where it is not theirs, as if there were none."""
    if not account.reads(organisation):
        raise NotFound("conflict.measure_gone")


def _source(store: Store, measure: Measure) -> _Source:
    """Where a measure came from. `NotFound` where that is gone."""
    if not measure.wave:
        return _Source("", _still_asked(store, measure))
    found = (wave for wave in store.waves.all() if wave.code == measure.wave)
    wave = next(found, None)
    if wave is None or wave.organisation.id != measure.organisation:
        raise NotFound("conflict.measure_gone")
    return _Source(wave.title, subjects(store, wave))


def _still_asked(store: Store, measure: Measure) -> Subjects:
    """What one without a wave can be about; its own department may have gone since."""
    now = subjects_without_wave(store, measure.organisation)
    return replace(now, paths=(*now.paths, measure.plan.path))


def _note(store: Store, account: Account, act: AuditAct, measure: Measure, source: str) -> None:
    what = one_line(measure.plan.what)
    short = what if len(what) <= _LONGEST_SUBJECT else f"{what[:_LONGEST_SUBJECT]}…"
    subject = f"{source}: {short}" if source else short
    note(store, account.label, act, measure.organisation, subject)


def _checked(asked: Subjects, typed: TypedPlan, not_before: date = date.min) -> Plan:
    """As it is kept. `MeasureProblem` carries a finding for every field that cannot be."""
    what, responsible, due = plain_text(typed.what), one_line(typed.responsible), typed.due
    findings = (
        *_written("what", what, LONGEST_WHAT),
        *_where(asked, typed),
        *_written("responsible", responsible, LONGEST_RESPONSIBLE),
        *_due(due, not_before),
    )
    if findings or due is None:
        raise MeasureProblem("error.measure_incomplete", findings)
    return Plan(typed.path, typed.dimension, what, responsible, due, typed.state)


def _where(asked: Subjects, typed: TypedPlan) -> Iterator[Problem]:
    if typed.dimension not in {dimension.id for dimension in asked.dimensions}:
        yield SetUpProblem("error.measure_dimension", field="dimension")
    if typed.path and typed.path not in asked.paths:
        yield SetUpProblem("error.measure_department", field="path")


def _written(field: str, text: str, longest: int) -> Iterator[Problem]:
    if not text:
        yield SetUpProblem(_EMPTY[field], field=field)
    if len(text) > longest:
        yield SetUpProblem("error.measure_long", field=field, longest=longest, length=len(text))


def _due(due: date | None, not_before: date) -> Iterator[Problem]:
    if due is None:
        yield SetUpProblem("error.measure_due", field="due")
    elif due < not_before:
        yield SetUpProblem("error.measure_past", field="due", day=due)
