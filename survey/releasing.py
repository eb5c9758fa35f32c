"""Making a wave's release, and finding the releases there are. No Streamlit."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from data.accounts import Account
from data.audit import AuditAct
from data.errors import NotAllowed
from data.model import Department, DepartmentPath, Wave, WaveState
from data.questionnaires import load_instrument
from data.results import Release
from data.store import Store
from scoring.audit import audit
from scoring.release import make_release
from scoring.scales import reliabilities
from survey.auditing import COMMAND_LINE, note

Progress = Callable[[int, int], None]
"""Told how many of all questions are checked."""


def release(
    store: Store,
    wave: Wave,
    today: date,
    progress: Progress = lambda _done, _all: None,
    who: str = COMMAND_LINE,
) -> Wave:
    """Make a closed wave's one release and keep it for good. `NotAllowed` unless closed."""
    if wave.state is not WaveState.CLOSED:
        raise NotAllowed("error.wave_not_closed", wave=wave.title, state=wave.state)
    computed = compute_release(store, wave, progress)
    with store.together():
        released = store.releases.save(wave, computed, today)
        note(store, who, AuditAct.WAVE_RELEASED, wave.organisation.id, wave.title)
        return released


def compute_release(
    store: Store, wave: Wave, progress: Progress = lambda _done, _all: None
) -> Release:
    """What the gate lets through of a wave's answers, and what is fixed with it.

    Checked once more as a whole; `NotAllowed` if an attacker wins after all.
    """
    departments = store.waves.departments(wave)
    counts = store.answers.counts(wave)
    smallest = wave.settings.smallest_group
    gated = make_release(
        wave.settings,
        tuple(department.path for department in departments),
        counts,
        store.answers.comments(wave),
        random.SystemRandom().shuffle,
        progress,
    )
    if not audit(gated, counts, smallest).clean:
        raise NotAllowed("error.release_unsafe", wave=wave.title)
    dimensions = load_instrument(wave.settings.instrument).asked(wave.settings.items)
    return replace(
        gated,
        headcounts=headcounts(departments, complete=all(count.path for count in counts)),
        reliability=reliabilities(gated, dimensions, store.answers.patterns(wave), smallest),
        targets=store.expectations.targets(wave),
        predictions=store.expectations.predictions(wave),
    )


def headcounts(
    departments: Iterable[Department], *, complete: bool = True
) -> Mapping[DepartmentPath, int]:
    """The headcounts that are known; the organisation's at (), if all its divisions' are.

    `complete`: whether everybody belongs to a listed department. If not, nobody
    knows how many the organisation has.
    """
    found = {d.path: d.headcount for d in departments}
    divisions = [heads for path, heads in found.items() if len(path) == 1]
    if complete and divisions and None not in divisions:
        found[()] = sum(heads or 0 for heads in divisions)
    return {path: heads for path, heads in found.items() if heads is not None}


def earlier_wave(store: Store, wave: Wave) -> Wave | None:
    """The wave that this one's trends start from: the last released one that asked before it.

    Of the same organisation, with the same instrument.
    """
    before = [
        other
        for other in store.waves.all()
        if other.organisation.id == wave.organisation.id
        and other.settings.instrument == wave.settings.instrument
        and other.state is WaveState.RELEASED
        and when_asked(other) < when_asked(wave)
    ]
    return max(before, key=when_asked, default=None)


def when_asked(wave: Wave) -> tuple[date, date, int]:
    """When a wave asked; of two that closed on one day, which opened first."""
    return (wave.closed_on or date.max, wave.opened_on or date.max, wave.id)


def released_waves(store: Store, account: Account) -> tuple[Wave, ...]:
    """The released waves that this account reads, by organisation, oldest first."""
    waves = (wave for wave in store.waves.all() if account.reads(wave.organisation.id))
    return tuple(wave for wave in waves if wave.state is WaveState.RELEASED)


def latest(released: Iterable[Wave]) -> Wave | None:
    """The wave that was released last, if any was."""
    return max(released, key=lambda wave: (wave.released_on or date.min, wave.id), default=None)
