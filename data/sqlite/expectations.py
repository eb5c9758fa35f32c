"""The shelf of what leadership expects of a wave. See `data.shelves.Expectations`."""

import json
from collections.abc import Mapping
from datetime import date

from sqlite_utils import Database

from data.errors import Conflict, NotAllowed
from data.model import DepartmentPath, Wave, WaveState
from data.results import Prediction, Targets
from data.sqlite.connections import Connections
from data.sqlite.wave_states import read_state


class SqliteExpectations:
    """Fulfils `data.shelves.Expectations`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def targets(self, wave: Wave) -> Targets:
        """The targets that were set, the wave's own at ()."""
        with self._connections.borrow() as db:
            return read_targets(db, wave)

    def set_targets(
        self,
        wave: Wave,
        path: DepartmentPath,
        values: Mapping[str, float],
        seen: Mapping[str, float] | None = None,
    ) -> None:
        """Make these the only targets of a department, or of the wave at (). `NotAllowed`."""
        with self._connections.writing() as db:
            _check_unreleased(db, wave)
            if seen is not None and read_targets(db, wave).get(path, {}) != seen:
                raise Conflict("error.targets_changed", wave=wave.title)
            key = json.dumps(path)
            db.execute("DELETE FROM target WHERE wave_id = ? AND path = ?", [wave.id, key])
            db.conn.executemany(
                "INSERT INTO target VALUES (?, ?, ?, ?)",
                [(wave.id, key, dimension, value) for dimension, value in values.items()],
            )

    def predictions(self, wave: Wave) -> Mapping[str, Prediction]:
        """What leadership predicted, by dimension."""
        with self._connections.borrow() as db:
            return read_predictions(db, wave)

    def predict(
        self,
        wave: Wave,
        values: Mapping[str, float],
        by: str,
        on: date,
        seen: Mapping[str, float] | None = None,
    ) -> None:
        """Make these the wave's only predictions, agreed under this name. `NotAllowed`."""
        with self._connections.writing() as db:
            _check_unreleased(db, wave)
            held = {d: entered.value for d, entered in read_predictions(db, wave).items()}
            if seen is not None and held != seen:
                raise Conflict("error.prediction_changed", wave=wave.title)
            db.execute("DELETE FROM prediction WHERE wave_id = ?", [wave.id])
            db.conn.executemany(
                "INSERT INTO prediction VALUES (?, ?, ?, ?, ?)",
                [(wave.id, d, value, by, on.isoformat()) for d, value in values.items()],
            )


def read_targets(db: Database, wave: Wave) -> Targets:
    """The wave's targets, by department and dimension."""
    found: dict[DepartmentPath, dict[str, float]] = {}
    for path, dimension, value in db.execute(
        "SELECT path, dimension, value FROM target WHERE wave_id = ?", [wave.id]
    ):
        found.setdefault(tuple(json.loads(path)), {})[dimension] = value
    return found


def read_predictions(db: Database, wave: Wave) -> Mapping[str, Prediction]:
    """The wave's predictions, by dimension."""
    rows = db.execute(
        "SELECT dimension, value, entered_by, entered_on FROM prediction WHERE wave_id = ?",
        [wave.id],
    ).fetchall()
    return {d: Prediction(value, by, date.fromisoformat(on)) for d, value, by, on in rows}


def _check_unreleased(db: Database, wave: Wave) -> None:
    if read_state(db, wave) is WaveState.RELEASED:
        raise NotAllowed("error.expectations_locked", wave=wave.title)
