"""The shelf of measures. See `data.shelves.measures`."""

import json
from datetime import date

from sqlite_utils import Database

from data.errors import Conflict, NotAllowed
from data.measures import Measure, MeasureState, Plan
from data.model import Organisation, Wave, WaveState
from data.sqlite.connections import Connections
from data.sqlite.wave_states import read_state

_COLUMNS = "path, dimension, what, responsible, due, state"
_MEASURES = f"""
SELECT measure.id, wave.organisation_id, wave.code, {_COLUMNS.replace("state", "measure.state")}
FROM measure JOIN wave ON wave.id = measure.wave_id
"""  # noqa: S608 - our own columns


class SqliteMeasures:
    """Fulfils `data.shelves.measures.Measures`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def add(self, wave: Wave, plan: Plan) -> Measure:
        """Keep what was agreed after a wave. `NotAllowed` unless it is released."""
        with self._connections.writing() as db:
            if read_state(db, wave) is not WaveState.RELEASED:
                raise NotAllowed("error.wave_not_released", wave=wave.title)
            cursor = db.execute(
                f"INSERT INTO measure (wave_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own columns
                [wave.id, *_values(plan)],
            )
            return _read(db, "WHERE measure.id = ?", int(cursor.lastrowid or 0))[0]

    def change(self, seen: Measure, wanted: Plan) -> Measure:
        """Make what was seen into what is wanted. `Conflict` if it is another by now, or gone."""
        with self._connections.writing() as db:
            _refuse_changed(db, seen)
            db.execute(
                "UPDATE measure SET path = ?, dimension = ?, what = ?, responsible = ?, due = ?,"
                " state = ? WHERE id = ?",
                [*_values(wanted), seen.id],
            )
            return _read(db, "WHERE measure.id = ?", seen.id)[0]

    def remove(self, seen: Measure) -> None:
        """Remove what was seen. `Conflict` as in `change`."""
        with self._connections.writing() as db:
            _refuse_changed(db, seen)
            db.execute("DELETE FROM measure WHERE id = ?", [seen.id])

    def of(self, organisation: Organisation) -> tuple[Measure, ...]:
        """All of an organisation, by the day they are due."""
        with self._connections.borrow() as db:
            return _read(db, "WHERE wave.organisation_id = ?", organisation.id)


def _read(db: Database, where: str, id_: int) -> tuple[Measure, ...]:
    rows = db.execute(f"{_MEASURES} {where} ORDER BY due, measure.id", [id_]).fetchall()
    return tuple(
        Measure(
            id=number,
            organisation=organisation,
            wave=code,
            plan=Plan(
                path=tuple(json.loads(path)),
                dimension=dimension,
                what=what,
                responsible=responsible,
                due=date.fromisoformat(due),
                state=MeasureState(state),
            ),
        )
        for number, organisation, code, path, dimension, what, responsible, due, state in rows
    )


def _values(plan: Plan) -> list[object]:
    """In the order of `_COLUMNS`."""
    path = json.dumps(plan.path, ensure_ascii=False)
    due = plan.due.isoformat()
    return [path, plan.dimension, plan.what, plan.responsible, due, plan.state]


def _refuse_changed(db: Database, seen: Measure) -> None:
    found = _read(db, "WHERE measure.id = ?", seen.id)
    if not found:
        raise Conflict("conflict.measure_gone")
    if found[0] != seen:
        raise Conflict("conflict.measure")
