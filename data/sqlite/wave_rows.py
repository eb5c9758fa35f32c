"""What the columns of a wave hold, and the values made of them."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from data.model import Wave, WaveSettings, WaveState
from data.sqlite.organisations import ORGANISATION_COLUMNS, organisation_of

SETTINGS = (
    "title",
    "instrument",
    "items",
    "position",
    "contact",
    "smallest_group",
    "results_on",
    "position_by_division",
    "contact_by_division",
    "languages",
    "opens_at",
    "closes_at",
    "zone",
    "retention_days",
    "staff_overview",
    "introduction",
)
"""The columns of a wave's settings, named as in `WaveSettings`."""

COLUMNS = f"""
       wave.id, wave.code, state, opened_on, closed_on, released_on,
       {", ".join(f"wave.{column}" for column in SETTINGS)},
       {ORGANISATION_COLUMNS}
FROM wave JOIN organisation ON organisation.id = organisation_id
"""
_FIRST_SETTING = 6
_FLAGS = ("position", "contact", "position_by_division", "contact_by_division", "staff_overview")


def settings_row(settings: WaveSettings) -> list[object]:
    """What the columns of a wave's settings hold, in their order."""
    return [_kept(getattr(settings, column)) for column in SETTINGS]


def _kept(value: object) -> object:
    """Times are kept in UTC; lists as JSON."""
    if isinstance(value, tuple):
        return json.dumps(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def wave_of(row: Sequence[Any]) -> Wave:
    """A wave from a row of `COLUMNS`."""
    last = _FIRST_SETTING + len(SETTINGS)
    return Wave(
        id=row[0],
        code=row[1],
        organisation=organisation_of(row[last:]),
        settings=_settings_of(dict(zip(SETTINGS, row[_FIRST_SETTING:last], strict=True))),
        state=WaveState(row[2]),
        opened_on=_day(row[3]),
        closed_on=_day(row[4]),
        released_on=_day(row[5]),
    )


def _settings_of(kept: dict[str, Any]) -> WaveSettings:
    """Settings from their columns. Flags are numbers in the file, lists JSON, times UTC."""
    lists = {name: tuple(json.loads(kept[name])) for name in ("items", "languages")}
    times = {name: _moment(kept[name], kept["zone"]) for name in ("opens_at", "closes_at")}
    flags = {name: bool(kept[name]) for name in _FLAGS}
    return WaveSettings(
        **{**kept, **lists, **times, **flags, "results_on": _day(kept["results_on"])}
    )


def _moment(text: str | None, zone: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(ZoneInfo(zone)) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
