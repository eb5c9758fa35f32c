"""Reading waves, and moving them from state to state: what several shelves need."""

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from data.errors import NotAllowed, NotFound
from data.model import Wave, WaveState
from data.sqlite.wave_rows import COLUMNS, wave_of

_WAVES = f"SELECT {COLUMNS}"


def change_state(
    db: Database,
    wave: Wave,
    allowed: Sequence[WaveState],
    state: WaveState,
    dated: str,
    on: date,
) -> Wave:
    """Move a wave on, if the database still has it in one of the states allowed."""
    check_state(db, wave, allowed, state)
    db.execute(
        f"UPDATE wave SET state = ?, {dated} = ? WHERE id = ?",  # noqa: S608 - our own column
        [state, on.isoformat(), wave.id],
    )
    return one_wave(db, "wave.id = ?", wave.id)


def check_state(db: Database, wave: Wave, allowed: Sequence[WaveState], wanted: WaveState) -> None:
    """`NotAllowed` unless the database has the wave in one of the states allowed."""
    now = read_state(db, wave)
    if now not in allowed:
        raise NotAllowed("error.wave_state", wave=wave.title, state=now, wanted=wanted)


def check_open(db: Database, wave: Wave) -> None:
    """`NotAllowed` unless the database has the wave open."""
    now = read_state(db, wave)
    if now is not WaveState.OPEN:
        raise NotAllowed("error.wave_not_open", wave=wave.title, state=now)


def read_state(db: Database, wave: Wave) -> WaveState:
    """Where the database has the wave now."""
    return one_wave(db, "wave.id = ?", wave.id).state


def read_waves(db: Database, where: str, *values: object) -> tuple[Wave, ...]:
    """The waves that a condition on their rows selects, in its order."""
    rows = db.execute(f"{_WAVES} WHERE {where}", list(values)).fetchall()
    return tuple(wave_of(row) for row in rows)


def one_wave(db: Database, where: str, *values: object) -> Wave:
    """The first of these waves. `NotFound` where it was erased meanwhile."""
    found = read_waves(db, where, *values)
    if not found:
        raise NotFound("error.wave_gone")
    return found[0]
