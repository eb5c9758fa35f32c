"""Opening rounds of a workshop, and closing them: votes become counts, and are deleted."""

import json
from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from data.errors import NotAllowed
from data.sqlite.workshop_rows import choices_kept, read_room, read_workshops
from data.workshops import (
    IN_ROUNDS,
    POLLS,
    Choice,
    Round,
    Step,
    StepKind,
    Tally,
    Workshop,
    WorkshopState,
    kept_counts,
)


def open_round(
    db: Database, workshop: Workshop, step: Step, number: int, choices: Sequence[Choice]
) -> None:
    """Ask a step in a new round."""
    db.execute(
        "INSERT INTO workshop_round (workshop_id, step, number, choices) VALUES (?, ?, ?, ?)",
        [workshop.id, step.id, number, choices_kept(choices)],
    )


def ask_first(db: Database, workshop: Workshop, step: Step, choices: Sequence[Choice]) -> None:
    """Open a step's first round, where it is asked in rounds and has had none.

    One that nobody has voted in offers what there is to choose from now.
    """
    latest = read_room(db, workshop).latest(step)
    if step.kind in IN_ROUNDS and latest is None:
        open_round(db, workshop, step, 1, choices)
    elif latest is not None and not latest.closed and not latest.voters:
        db.execute(
            "UPDATE workshop_round SET choices = ? WHERE id = ?",
            [choices_kept(choices), latest.id],
        )


def open_now(db: Database, workshop: Workshop) -> Round:
    """The open round of the present step. `NotAllowed` where there is none."""
    current = read_room(db, workshop).current
    if workshop.state is not WorkshopState.RUNNING or current is None or current.closed:
        raise NotAllowed("error.round_closed")
    return current


def close_round(db: Database, workshop: Workshop) -> None:
    """Keep the counts of the present round and delete its votes. `NotAllowed` as in `reveal`."""
    current, step = open_now(db, workshop), workshop.step
    smallest = workshop.plan.smallest_group
    if step is not None and step.kind is not StepKind.IDEAS:
        if current.voters < smallest:
            missing = smallest - current.voters
            raise NotAllowed("error.round_too_few", smallest=smallest, missing=missing)
        # Closed also where no item has k: a refusal would tell of votes in an open round.
        _write(db, workshop, current, _kept(db, step, current, smallest))
        _forget_votes(db, [current.id])
    db.execute(
        "UPDATE workshop_round SET closed = 1, voters = ? WHERE id = ?",
        [current.voters, current.id],
    )


def end_workshop(db: Database, workshop: Workshop) -> None:
    """Delete the votes of rounds that are still open, and forget who joined."""
    _forget_votes(db, [one.id for one in read_room(db, workshop).rounds])
    db.execute("DELETE FROM workshop_phone WHERE workshop_id = ?", [workshop.id])
    db.execute(
        "DELETE FROM workshop_contribution WHERE round_id IN"
        " (SELECT id FROM workshop_round WHERE workshop_id = ? AND closed = 0)",
        [workshop.id],
    )
    db.execute("DELETE FROM workshop_round WHERE workshop_id = ? AND closed = 0", [workshop.id])
    db.execute(
        "UPDATE workshop SET state = 'ended', timer_ends = NULL, version = version + 1,"
        " phones = max(phones, ?) WHERE id = ?",
        [workshop.phones, workshop.id],
    )


def running_outside(db: Database, first: date, last: date) -> tuple[Workshop, ...]:
    """Workshops that run and began before one day, or after another."""
    return read_workshops(
        db,
        "workshop.state = 'running' AND workshop.day NOT BETWEEN ? AND ? ORDER BY workshop.id",
        first.isoformat(),
        last.isoformat(),
    )


def _forget_votes(db: Database, rounds: Sequence[int]) -> None:
    """Delete the votes of these rounds, and leave no trace of them on any page.

    SQLite blanks rows that it deletes, but not the copies that it left behind when it
    moved rows to other pages. So the table is emptied, which blanks whole pages, and
    what others vote is written anew, in the order of its keys.
    """
    others = db.execute(
        "SELECT * FROM workshop_vote WHERE round_id NOT IN (SELECT value FROM json_each(?))"
        " ORDER BY round_id, phone, question",
        [json.dumps(rounds)],
    ).fetchall()
    db.execute("DELETE FROM workshop_vote")
    db.conn.executemany("INSERT INTO workshop_vote VALUES (?, ?, ?, ?, ?)", others)


def _kept(db: Database, step: Step, current: Round, smallest: int) -> Tally:
    """What may be kept of the present round's votes."""
    if step.kind not in POLLS:
        rows = db.execute(
            "SELECT question, 1, sum(value) FROM workshop_vote WHERE round_id = ?"
            " GROUP BY question",
            [current.id],
        )
        return _tally(rows.fetchall())
    rows = db.execute(
        "SELECT question, value, count(*) FROM workshop_vote WHERE round_id = ?"
        " GROUP BY question, value",
        [current.id],
    )
    return kept_counts(_tally(rows.fetchall()), current.voters, smallest)


def _tally(rows: Sequence[tuple[str, int, int]]) -> Tally:
    counts: dict[str, dict[int, int]] = {}
    for question, value, number in rows:
        counts.setdefault(question, {})[value] = number
    return counts


def _write(db: Database, workshop: Workshop, current: Round, kept: Tally) -> None:
    for question, values in kept.items():
        for value, number in values.items():
            db.execute(
                "INSERT INTO workshop_count VALUES (?, ?, ?, ?, ?)",
                [workshop.id, current.id, question, value, number],
            )
