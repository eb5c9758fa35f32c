"""When a wave opens, closes and takes answers. Imports data's values and questionnaires.

Times are typed in a wave's own zone, kept in UTC and compared as moments.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from data.errors import Problem, SetUpProblem
from data.model import Wave, WaveSettings, WaveState
from data.questionnaires import load_instrument

LONGEST_TITLE = 120


def moment(day: date, at: time, zone: str) -> datetime:
    """The moment of a time typed in a zone (IANA).

    `SetUpProblem` where clocks skip that time on that day, or show it twice.
    """
    there = ZoneInfo(zone)
    typed = datetime.combine(day, at, there)
    if typed.utcoffset() == typed.replace(fold=1).utcoffset():
        return typed
    shown = typed.astimezone(UTC).astimezone(there)
    key = "error.time_twice" if shown.time() == at else "error.time_skipped"
    raise SetUpProblem(key, day=day, time=at.strftime("%H:%M"), zone=zone)


def today_there(settings: WaveSettings, now: datetime) -> date:
    """Which day it is in a wave's own zone."""
    return now.astimezone(ZoneInfo(settings.zone)).date()


def takes_answers(wave: Wave, now: datetime) -> bool:
    """Whether an answer that comes now counts: open, and its end not come.

    The end holds to the moment, however late the state follows it.
    """
    return wave.state is WaveState.OPEN and not _over(wave.settings, now)


def obstacles(settings: WaveSettings, now: datetime) -> tuple[Problem, ...]:
    """What keeps a wave with these settings from being opened now; nothing where it can be."""
    found: list[Problem] = []
    if not settings.title.strip() or len(settings.title) > LONGEST_TITLE:
        found.append(SetUpProblem("error.wave_unnamed", longest=LONGEST_TITLE))
    if _over(settings, now):
        found.append(SetUpProblem("error.closes_past", moment=settings.closes_at))
    return (*found, *_unaskable(settings))


def _unaskable(settings: WaveSettings) -> tuple[Problem, ...]:
    """What is wrong with what is asked, and in which languages."""
    try:
        instrument = load_instrument(settings.instrument)
    except Problem as problem:
        return (problem,)
    known = {item.id for item in instrument.items()}
    found: list[Problem] = []
    if not settings.items or not known.issuperset(settings.items):
        found.append(SetUpProblem("error.items_missing"))
    if not set(settings.languages) <= set(instrument.languages):
        found.append(SetUpProblem("error.language_missing"))
    return tuple(found)


def _over(settings: WaveSettings, now: datetime) -> bool:
    return settings.closes_at is not None and settings.closes_at <= now
