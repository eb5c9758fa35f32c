"""What the columns of a workshop and its rounds hold, and the values made of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from data.errors import Conflict, NotFound
from data.sqlite.organisations import ORGANISATION_COLUMNS, organisation_of
from data.workshops import (
    Choice,
    Contribution,
    Room,
    Round,
    Step,
    StepKind,
    Tally,
    Workshop,
    WorkshopPlan,
    WorkshopState,
)

_WORKSHOPS = f"""
SELECT workshop.id, workshop.code, wave.code, workshop.title, workshop.instrument,
       workshop.smallest_group, workshop.dots, workshop.state, workshop.day, workshop.at,
       workshop.timer_ends, workshop.version,
       CASE workshop.state WHEN 'running'
            THEN (SELECT count(*) FROM workshop_phone WHERE workshop_id = workshop.id)
            ELSE workshop.phones END,
       {ORGANISATION_COLUMNS}
FROM workshop JOIN organisation ON organisation.id = workshop.organisation_id
     LEFT JOIN wave ON wave.id = workshop.wave_id
"""  # noqa: S608 - our own columns
_ORGANISATION = 13
"""Where an organisation's columns begin."""

_VOTERS = """
CASE WHEN closed THEN voters
     WHEN kind = 'ideas' THEN
         (SELECT count(*) FROM workshop_contribution
          WHERE workshop_id = workshop_round.workshop_id AND round_id = workshop_round.id)
     ELSE (SELECT count(DISTINCT phone) FROM workshop_vote WHERE round_id = workshop_round.id)
END
"""


def read_workshops(db: Database, where: str, *values: object) -> tuple[Workshop, ...]:
    """The workshops that a condition on their rows selects, in its order."""
    rows = db.execute(f"{_WORKSHOPS} WHERE {where}", list(values)).fetchall()
    return tuple(_workshop_of(db, row) for row in rows)


def read_workshop(db: Database, code: str) -> Workshop:
    """The workshop of this code. `NotFound`."""
    found = read_workshops(db, "workshop.code = ?", code)
    if not found:
        raise NotFound("error.workshop_unknown", code=code)
    return found[0]


def as_seen(db: Database, seen: Workshop) -> Workshop:
    """The workshop, where it still is as it was seen. `Conflict` where not, or gone."""
    found = read_workshops(db, "workshop.id = ?", seen.id)
    if not found or found[0].version != seen.version:
        raise Conflict("conflict.workshop", workshop=seen.plan.title)
    return found[0]


def read_room(db: Database, workshop: Workshop) -> Room:
    """A workshop with the rounds there were."""
    rows = db.execute(
        f"SELECT workshop_round.id, step, number, closed, {_VOTERS}, choices FROM workshop_round"  # noqa: S608 - our own expression
        " JOIN workshop_step ON workshop_step.workshop_id = workshop_round.workshop_id"
        "      AND workshop_step.id = step"
        " WHERE workshop_round.workshop_id = ? ORDER BY workshop_round.id",
        [workshop.id],
    ).fetchall()
    return Room(
        workshop,
        tuple(
            Round(id_, step, number, bool(closed), voters, _choices_of(choices))
            for id_, step, number, closed, voters, choices in rows
        ),
    )


def read_tallies(db: Database, workshop: Workshop) -> Mapping[int, Tally]:
    """What every closed poll or dot round counted, by the round's id."""
    rows = db.execute(
        "SELECT round_id, question, value, number FROM workshop_count WHERE workshop_id = ?",
        [workshop.id],
    )
    tallies: dict[int, dict[str, dict[int, int]]] = {}
    for round_id, question, value, number in rows.fetchall():
        tallies.setdefault(round_id, {}).setdefault(question, {})[value] = number
    return tallies


def read_contributions(db: Database, workshop: Workshop) -> tuple[Contribution, ...]:
    """Ideas of closed rounds, and every question, by their random keys."""
    rows = db.execute(
        "SELECT hex(id), step, text, shown, heap FROM workshop_contribution AS c"
        " WHERE workshop_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM workshop_round AS r WHERE r.id = c.round_id AND r.closed = 0)"
        " ORDER BY c.id",
        [workshop.id],
    )
    return tuple(
        Contribution(id_, step, text, bool(shown), heap)
        for id_, step, text, shown, heap in rows.fetchall()
    )


def write_steps(db: Database, workshop_id: int, steps: Sequence[Step]) -> None:
    """Make these the steps, in this order."""
    db.execute("DELETE FROM workshop_step WHERE workshop_id = ?", [workshop_id])
    for position, step in enumerate(steps):
        db.execute(
            "INSERT INTO workshop_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                workshop_id,
                step.id,
                position,
                step.kind,
                step.dimension,
                json.dumps(step.items),
                step.minutes,
                step.notes,
                step.skipped,
            ],
        )


def choices_kept(choices: Sequence[Choice]) -> str:
    """Choices as a column holds them."""
    return json.dumps([[one.key, one.title] for one in choices], ensure_ascii=False)


def _choices_of(text: str) -> tuple[Choice, ...]:
    return tuple(Choice(key, title) for key, title in json.loads(text))


def _workshop_of(db: Database, row: Sequence[Any]) -> Workshop:
    steps = db.execute(
        "SELECT id, kind, dimension, items, minutes, notes, skipped FROM workshop_step"
        " WHERE workshop_id = ? ORDER BY position",
        [row[0]],
    ).fetchall()
    return Workshop(
        id=row[0],
        code=row[1],
        organisation=organisation_of(row[_ORGANISATION:]),
        wave=row[2] or "",
        plan=WorkshopPlan(row[3], tuple(map(_step_of, steps)), row[4], row[5], row[6]),
        state=WorkshopState(row[7]),
        day=date.fromisoformat(row[8]) if row[8] else None,
        at=row[9],
        timer_ends=datetime.fromisoformat(row[10]) if row[10] else None,
        version=row[11],
        phones=row[12],
    )


def _step_of(row: Sequence[Any]) -> Step:
    id_, kind, dimension, items, minutes, notes, skipped = row
    return Step(
        id_, StepKind(kind), dimension, tuple(json.loads(items)), minutes, notes, bool(skipped)
    )
