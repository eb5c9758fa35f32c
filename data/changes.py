"""What may still change of a wave, by its state, and what differs. Imports data's values only."""

from dataclasses import fields
from datetime import UTC, datetime

from data.errors import NotAllowed, SetUpProblem
from data.model import LARGEST_SMALLEST_GROUP, Wave, WaveSettings, WaveState

CHANGEABLE = frozenset({"closes_at", "results_on", "staff_overview"})
"""What may change until the release without a promise being broken."""

_FIXED = {
    "title": "error.fixed_title",
    "instrument": "error.fixed_items",
    "items": "error.fixed_items",
    "position": "error.fixed_groups",
    "contact": "error.fixed_groups",
    "position_by_division": "error.fixed_groups",
    "contact_by_division": "error.fixed_groups",
    "languages": "error.fixed_languages",
    "opens_at": "error.fixed_opening",
    "zone": "error.fixed_opening",
    "retention_days": "error.fixed_retention",
    "introduction": "error.fixed_introduction",
}


def differing(one: WaveSettings, other: WaveSettings) -> tuple[str, ...]:
    """The names of the settings in which two differ, in the order of `WaveSettings`."""
    names = (each.name for each in fields(WaveSettings))
    return tuple(n for n in names if _plain(getattr(one, n)) != _plain(getattr(other, n)))


def check_changeable(wave: Wave, wanted: WaveSettings) -> None:
    """`NotAllowed` names what is fixed by now, and why; `SetUpProblem` a group made smaller.

    At the opening, people are promised what is asked of them and what becomes of it.
    """
    if wave.state is WaveState.DRAFT:
        return
    changed = differing(wave.settings, wanted)
    if changed and wave.state is WaveState.RELEASED:
        raise NotAllowed("error.wave_final", wave=wave.title)
    for name in changed:
        if name in _FIXED:
            raise NotAllowed(_FIXED[name], wave=wave.title)
    if "smallest_group" in changed:
        check_raised(wave, wanted.smallest_group)


def check_raised(wave: Wave, smallest: int) -> None:
    """`SetUpProblem` unless this is a larger smallest group than the wave's, and none too large."""
    if not wave.settings.smallest_group < smallest <= LARGEST_SMALLEST_GROUP:
        raise SetUpProblem(
            "error.group_not_raised",
            wave=wave.title,
            smallest=wave.settings.smallest_group,
            largest=LARGEST_SMALLEST_GROUP,
        )


def _plain(value: object) -> object:
    """Times of one zone compare by the clock on the wall; in UTC by the moment."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
