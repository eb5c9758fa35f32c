"""What consultants do with waves, for screens and the command line alike. No Streamlit.

Drafts are made in `survey.drafting`.
"""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from data.accounts import Account
from data.audit import AuditAct
from data.demo import create_demo
from data.departments import Headcounts
from data.errors import Problem, SetUpProblem, WaveProblem
from data.model import (
    DEFAULT_SMALLEST_GROUP,
    LARGEST_SMALLEST_GROUP,
    Wave,
    WaveSettings,
    WaveState,
)
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.schedule import LONGEST_TITLE, obstacles
from data.store import Store
from survey import releasing
from survey.accounts import entrust
from survey.auditing import COMMAND_LINE, note
from survey.invitations import department_codes, new_code
from survey.workshop.demo import prepare_demo

LONGEST_INTRODUCTION = 2000
LONGEST_RETENTION = 365


class Extent(StrEnum):
    """For whom a fact is published: nobody (it is not asked then), everybody, each division too."""

    NONE = "none"
    ORGANISATION = "organisation"
    DIVISIONS = "divisions"


def set_up(
    store: Store,
    name: str,
    headcounts: Headcounts,
    settings: WaveSettings,
    today: date,
) -> Wave:
    """An organisation with its departments and one open wave with all its links."""
    check_title("error.organisation_unnamed", name)
    check_title("error.wave_unnamed", settings.title)
    with store.together():
        organisation = store.organisations.add(name.strip())
        departments = store.organisations.save_departments(organisation, headcounts)
        wave = store.waves.add(organisation, settings, new_code())
        store.invitations.add(wave, department_codes(departments))
        return store.waves.open(wave, today)


def short_form(
    title: str,
    smallest_group: int,
    results_on: date | None = None,
    *,
    position: Extent = Extent.ORGANISATION,
    contact: Extent = Extent.ORGANISATION,
) -> WaveSettings:
    """The settings of a wave that asks the five core items, and which facts for whom."""
    return WaveSettings(
        title=title.strip(),
        instrument=FIVE_QUESTIONS,
        items=load_instrument(FIVE_QUESTIONS).short_form(),
        smallest_group=smallest_group,
        results_on=results_on,
        position=position is not Extent.NONE,
        contact=contact is not Extent.NONE,
        position_by_division=position is Extent.DIVISIONS,
        contact_by_division=contact is Extent.DIVISIONS,
    )


def demo(store: Store, account: Account | None = None) -> tuple[Wave, Wave, Wave]:
    """The demo organisation: two waves released, a workshop on the later one, a third one open.

    `account`: whose it is, and whom the audit log names; None: the command line.
    """
    who = account.label if account else COMMAND_LINE
    with store.together():
        earlier, first, second = create_demo(store)
        owner = first.organisation
        if account:
            entrust(store, account, owner)
        note(store, who, AuditAct.DEMO_ADDED, owner.id, owner.name)
        released = _released(store, earlier, who), _released(store, first, who)
        prepare_demo(store, released[-1])
        return *released, second


def _released(store: Store, wave: Wave, who: str) -> Wave:
    """The release of a wave of the demo, made on the day it closed."""
    return releasing.release(store, wave, wave.closed_on or date.min, who=who)


def check_title(key: str, text: str) -> None:
    """`SetUpProblem` with this key unless a text can be a title or a name."""
    if not text.strip() or len(text) > LONGEST_TITLE:
        raise SetUpProblem(key, longest=LONGEST_TITLE)


def change(store: Store, seen: Wave, wanted: WaveSettings, who: str, now: datetime) -> Wave:
    """Give a wave these settings, if it still is as the person saw it.

    `WaveProblem` carries everything that is wrong with them; `Conflict`,
    `NotAllowed` and `SetUpProblem` as the store's `change`.
    """
    wanted = replace(wanted, title=wanted.title.strip(), introduction=wanted.introduction.strip())
    findings = _wrong(seen, wanted, now)
    if findings:
        raise WaveProblem("error.wave_unsaved", findings)
    with store.together():
        changed = store.waves.change(seen, wanted, now.astimezone().date())
        note(store, who, AuditAct.WAVE_CHANGED, changed.organisation.id, changed.title)
        return changed


def _wrong(seen: Wave, wanted: WaveSettings, now: datetime) -> list[Problem]:
    """What nobody can mean. A draft may lack what its opening will ask for."""
    found: list[Problem] = []
    if not wanted.title or len(wanted.title) > LONGEST_TITLE:
        found.append(SetUpProblem("error.wave_unnamed", longest=LONGEST_TITLE))
    opens, closes = wanted.opens_at, wanted.closes_at
    if seen.state is WaveState.DRAFT and opens and opens <= now:
        found.append(SetUpProblem("error.opens_past", moment=opens))
    if closes and closes <= now and closes != seen.settings.closes_at:
        found.append(SetUpProblem("error.closes_past", moment=closes))
    if opens and closes and closes <= opens:
        found.append(SetUpProblem("error.closes_first", moment=closes))
    if len(wanted.introduction) > LONGEST_INTRODUCTION:
        found.append(SetUpProblem("error.introduction_long", longest=LONGEST_INTRODUCTION))
    if not DEFAULT_SMALLEST_GROUP <= wanted.smallest_group <= LARGEST_SMALLEST_GROUP:
        found.append(
            SetUpProblem(
                "error.group_range", least=DEFAULT_SMALLEST_GROUP, most=LARGEST_SMALLEST_GROUP
            )
        )
    if not 1 <= wanted.retention_days <= LONGEST_RETENTION:
        found.append(SetUpProblem("error.retention_range", least=1, most=LONGEST_RETENTION))
    return found


def open_wave(store: Store, seen: Wave, who: str, now: datetime) -> Wave:
    """Open a draft that still is as the person saw it; every department has a link then.

    `WaveProblem` carries everything that is in the way. `Conflict`, `NotAllowed`.
    """
    findings = obstacles(seen.settings, now)
    if findings:
        raise WaveProblem("error.wave_unready", findings, wave=seen.title)
    with store.together():
        store.waves.change(seen, seen.settings, now.date())
        opened = store.waves.open(seen, now.astimezone().date())
        complete_links(store, opened)
        note(store, who, AuditAct.WAVE_OPENED, opened.organisation.id, opened.title)
        return opened


def reopen(store: Store, seen: Wave, closes_at: datetime | None, who: str, now: datetime) -> Wave:
    """Open a closed wave again, until this moment, or until somebody closes it.

    `SetUpProblem` where the moment is past; `Conflict`, `NotAllowed`.
    """
    if closes_at and closes_at <= now:
        raise SetUpProblem("error.closes_past", moment=closes_at)
    today = now.astimezone().date()
    with store.together():
        changed = store.waves.change(seen, replace(seen.settings, closes_at=closes_at), today)
        opened = store.waves.open(changed, today)
        note(store, who, AuditAct.WAVE_REOPENED, opened.organisation.id, opened.title)
        return opened


def close(store: Store, wave: Wave, who: str, today: date) -> Wave:
    """Close an open wave. `NotAllowed`."""
    with store.together():
        closed = store.waves.close(wave, today)
        note(store, who, AuditAct.WAVE_CLOSED, closed.organisation.id, closed.title)
        return closed


def raise_smallest_group(store: Store, wave: Wave, smallest: int, who: str, today: date) -> Wave:
    """Ask for larger groups. `NotAllowed`, `SetUpProblem`."""
    with store.together():
        raised = store.waves.raise_smallest_group(wave, smallest, today)
        note(store, who, AuditAct.GROUP_RAISED, raised.organisation.id, raised.title)
        return raised


def keep_time(store: Store, now: datetime) -> tuple[Wave, ...]:
    """Open and close the waves whose time has come; those that moved."""
    moved = store.waves.keep_time(now)
    for wave in moved:
        if wave.state is WaveState.OPEN:
            complete_links(store, wave)
    return moved


def complete_links(store: Store, wave: Wave) -> None:
    """Give every department a link that has none yet."""
    linked = {i.department.id for i in store.invitations.of(wave) if i.department}
    missing = [d for d in store.waves.departments(wave) if d.id not in linked]
    if missing:
        store.invitations.add(wave, department_codes(missing))
