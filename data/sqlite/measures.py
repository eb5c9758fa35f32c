"""The shelf of measures. See `data.shelves.measures`."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from data.errors import Conflict, NotAllowed, NotFound
from data.measures import Measure, MeasureState, Plan
from data.model import Organisation, Wave, WaveState
from data.sqlite.connections import Connections
from data.sqlite.wave_states import read_state
from data.workshops import Workshop

_COLUMNS = "path, dimension, what, responsible, due, state"
_MEASURES = f"""
SELECT measure.id, measure.organisation_id, wave.code, workshop.code,
       {_COLUMNS.replace("state", "measure.state")}
FROM measure LEFT JOIN wave ON wave.id = measure.wave_id
     LEFT JOIN workshop ON workshop.id = measure.workshop_id
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
            return _added(db, [wave.organisation.id, wave.id, None], plan)

    def agree(self, workshop: Workshop, plan: Plan) -> Measure:
        """Keep what was agreed in a workshop, and so after the wave it starts from, if any."""
        with self._connections.writing() as db:
            row = db.execute(
                "SELECT organisation_id, wave_id, id FROM workshop WHERE id = ?", [workshop.id]
            ).fetchone()
            if row is None:
                raise NotFound("error.workshop_unknown", code=workshop.code)
            return _added(db, list(row), plan)

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
            return _read(db, "WHERE measure.organisation_id = ?", organisation.id)


def _added(db: Database, whose: list[object], plan: Plan) -> Measure:
    cursor = db.execute(
        f"INSERT INTO measure (organisation_id, wave_id, workshop_id, {_COLUMNS})"  # noqa: S608 - our own columns
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*whose, *_values(plan)],
    )
    return _read(db, "WHERE measure.id = ?", int(cursor.lastrowid or 0))[0]


def _read(db: Database, where: str, id_: int) -> tuple[Measure, ...]:
    rows = db.execute(f"{_MEASURES} {where} ORDER BY due, measure.id", [id_]).fetchall()
    return tuple(map(_measure_of, rows))


def _measure_of(row: Sequence[Any]) -> Measure:
    path, dimension, what, responsible, due, state = row[4:]
    return Measure(
        id=row[0],
        organisation=row[1],
        wave=row[2] or "",
        workshop=row[3] or "",
        plan=Plan(
            path=tuple(json.loads(path)),
            dimension=dimension,
            what=what,
            responsible=responsible,
            due=date.fromisoformat(due),
            state=MeasureState(state),
        ),
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
