"""The settings log: what was set and done, in a chain of hashes. Imports data's values only.

Every entry holds the hash of the one before. Whoever changes, removes or moves an
entry breaks the chain at a place that `broken_at` names. Two things a chain cannot
show by itself: that its end was cut off, or that all of it was written anew. Both
change the last hash, so they are found by whoever kept that hash elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.model import WaveSettings, WaveState
from data.results import Release

Detail = str | int | bool | list[str]

NOTHING_BEFORE = "0" * 64
"""What stands for the hash before in the first entry."""


class LogAct(StrEnum):
    """What was done to a wave."""

    OPENED = "opened"
    CLOSED = "closed"
    REOPENED = "reopened"
    GROUP_RAISED = "group_raised"
    RELEASED = "released"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One act; numbers count from 1. `before` is the hash of the entry before."""

    number: int
    day: date
    act: LogAct
    details: Mapping[str, Detail]
    before: str
    hash: str


def entry_hash(
    wave_code: str,
    number: int,
    day: date,
    act: LogAct,
    details: Mapping[str, Detail],
    before: str,
) -> str:
    """SHA-256, in hex, of all this as canonical JSON; `NOTHING_BEFORE` begins a chain."""
    return _hashed([wave_code, number, day.isoformat(), act, details, before])


def broken_at(wave_code: str, entries: Sequence[LogEntry]) -> int | None:
    """The number of the first entry whose hash, number or predecessor does not fit, if any."""
    before = NOTHING_BEFORE
    for expected, e in enumerate(entries, start=1):
        fits = e.hash == entry_hash(wave_code, e.number, e.day, e.act, e.details, before)
        if not fits or e.before != before or e.number != expected:
            return e.number
        before = e.hash
    return None


def disagrees(entries: Sequence[LogEntry], settings: WaveSettings) -> bool:
    """Whether a wave has other settings than its log says: somebody went past the log.

    The log says what its first statement of settings says, with later raisings of
    the smallest group. A log that began after the opening may say less.
    """
    held: dict[str, Detail] = {}
    for entry in entries:
        if entry.act is LogAct.GROUP_RAISED:
            held |= entry.details
        else:
            held = {**entry.details, **held}
    return any(held[name] != value for name, value in _comparable(settings).items() if name in held)


_LEADS_TO = {
    LogAct.OPENED: WaveState.OPEN,
    LogAct.REOPENED: WaveState.OPEN,
    LogAct.CLOSED: WaveState.CLOSED,
    LogAct.RELEASED: WaveState.RELEASED,
}


def ends_elsewhere(entries: Sequence[LogEntry], state: WaveState) -> bool:
    """Whether a wave is not where its log ends: its end was cut off, or the state changed past it.

    A log without any such act began after them and does not tell.
    """
    states = [_LEADS_TO[entry.act] for entry in entries if entry.act in _LEADS_TO]
    return bool(states) and states[-1] is not state


def opening(settings: WaveSettings) -> Mapping[str, Detail]:
    """What an opening states: every setting that bears on privacy."""
    return _comparable(settings)


def releasing(release: Release) -> Mapping[str, Detail]:
    """What a release states: how much it shows, and a digest of all its figures."""
    shown = [items for items in release.histograms.values() if items]
    figures = sum(len(items) for items in shown)
    return {
        "groups_shown": len(shown),
        "figures_shown": figures,
        "figures_withheld": len(release.groups) * len(release.items) - figures,
        "digest": release_digest(release),
    }


def release_digest(release: Release) -> str:
    """SHA-256, in hex, of the released histograms as canonical JSON, in an order of their own."""
    return _hashed(
        sorted(
            json.dumps([g.kind, g.path, g.member, g.without, item, histogram.counts])
            for g, items in release.histograms.items()
            for item, histogram in items.items()
        )
    )


def _comparable(settings: WaveSettings) -> dict[str, Detail]:
    return {
        "instrument": settings.instrument,
        "items": list(settings.items),
        "position": settings.position,
        "contact": settings.contact,
        "position_by_division": settings.position_by_division,
        "contact_by_division": settings.contact_by_division,
        "smallest_group": settings.smallest_group,
        "retention_days": settings.retention_days,
    }


def _hashed(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
