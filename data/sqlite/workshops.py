"""The shelf of workshops. See `data.shelves.workshops`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database

from data.errors import NotAllowed, NotFound, SetUpProblem
from data.model import Organisation, Wave, WaveState
from data.sqlite.wave_states import read_state
from data.sqlite.workshop_phones import SqliteWorkshopPhones
from data.sqlite.workshop_rounds import (
    ask_first,
    close_round,
    end_workshop,
    open_round,
    running_outside,
)
from data.sqlite.workshop_rows import (
    as_seen,
    read_contributions,
    read_room,
    read_tallies,
    read_workshop,
    read_workshops,
    write_steps,
)
from data.workshops import (
    IN_ROUNDS,
    Choice,
    Contribution,
    Room,
    Step,
    StepKind,
    Tally,
    Workshop,
    WorkshopPlan,
    WorkshopState,
)


class SqliteWorkshops(SqliteWorkshopPhones):
    """Fulfils `data.shelves.workshops.Workshops`."""

    def add(
        self, organisation: Organisation, wave: Wave | None, plan: WorkshopPlan, code: str
    ) -> Workshop:
        """Plan one. `NotAllowed` where its wave is not released, `SetUpProblem`: code used."""
        with self._connections.writing() as db:
            if wave is not None and read_state(db, wave) is not WaveState.RELEASED:
                raise NotAllowed("error.wave_not_released", wave=wave.title)
            if db.execute("SELECT 1 FROM workshop WHERE code = ?", [code]).fetchone():
                raise SetUpProblem("error.workshop_code_used")
            cursor = db.execute(
                "INSERT INTO workshop (organisation_id, wave_id, code, title, instrument,"
                " smallest_group, dots, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'planned')",
                [
                    organisation.id,
                    wave.id if wave else None,
                    code,
                    plan.title,
                    plan.instrument,
                    plan.smallest_group,
                    plan.dots,
                ],
            )
            write_steps(db, int(cursor.lastrowid or 0), plan.steps)
            return read_workshop(db, code)

    def of(self, organisation: Organisation) -> tuple[Workshop, ...]:
        """All of an organisation, the latest first."""
        with self._connections.borrow() as db:
            where = "workshop.organisation_id = ? ORDER BY workshop.id DESC"
            return read_workshops(db, where, organisation.id)

    def room(self, code: str) -> Room:
        """A workshop as it stands now. `NotFound`."""
        with self._connections.borrow() as db:
            return read_room(db, read_workshop(db, code))

    def version(self, code: str) -> int:
        """Its version alone, quickly. `NotFound`."""
        with self._connections.borrow() as db:
            row = db.execute("SELECT version FROM workshop WHERE code = ?", [code]).fetchone()
        if row is None:
            raise NotFound("error.workshop_unknown", code=code)
        return int(row[0])

    def replan(self, seen: Workshop, plan: WorkshopPlan) -> Workshop:
        """Change title, dots, order, minutes, notes and what is skipped. `NotAllowed`."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            if set(map(_asked, plan.steps)) != set(map(_asked, now.plan.steps)):
                raise NotAllowed("error.workshop_steps")
            if plan.dots != now.plan.dots and _dots_asked(read_room(db, now)):
                raise NotAllowed("error.workshop_dots_open")
            db.execute(
                "UPDATE workshop SET title = ?, dots = ? WHERE id = ?",
                [plan.title, plan.dots, now.id],
            )
            write_steps(db, now.id, plan.steps)
            return _changed(db, now)

    def remove(self, seen: Workshop) -> None:
        """Delete it with all that was said in it; what was agreed stays. `Conflict`."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            for table in ("vote", "count", "contribution", "phone", "round", "step"):
                db.execute(f"DELETE FROM workshop_{table} WHERE workshop_id = ?", [now.id])  # noqa: S608 - our own tables
            db.execute("DELETE FROM workshop WHERE id = ?", [now.id])
        self._connections.rewrite()

    def go(
        self, seen: Workshop, step: int, today: date, choices: Sequence[Choice] = ()
    ) -> Workshop:
        """Move to a step; the first time it opens its first round. `Conflict`, `NotFound`."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            wanted = next((one for one in now.plan.steps if one.id == step), None)
            if wanted is None:
                raise NotFound("error.step_unknown")
            begun = now.state is WorkshopState.RUNNING and now.day
            db.execute(
                "UPDATE workshop SET state = 'running', day = ?, at = ?, timer_ends = NULL"
                " WHERE id = ?",
                [(begun or today).isoformat(), step, now.id],
            )
            ask_first(db, now, wanted, choices)
            return _changed(db, now)

    def reveal(self, seen: Workshop) -> Workshop:
        """Close the present round: its votes become counts, and are deleted."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            close_round(db, now)
            changed = _changed(db, now)
        self._connections.truncate_log()
        return changed

    def again(self, seen: Workshop, choices: Sequence[Choice] = ()) -> Workshop:
        """Open another round of the present step. `NotAllowed` where one is open. `Conflict`."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            latest, step = read_room(db, now).current, now.step
            asked = now.state is WorkshopState.RUNNING and step and step.kind in IN_ROUNDS
            if step is None or not asked or (latest and not latest.closed):
                raise NotAllowed("error.round_open")
            open_round(db, now, step, latest.number + 1 if latest else 1, choices)
            return _changed(db, now)

    def end(self, seen: Workshop) -> Workshop:
        """End it: rounds that were not closed are deleted, and who joined is forgotten."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            if now.state is not WorkshopState.RUNNING:
                raise NotAllowed("error.workshop_not_running", workshop=now.plan.title)
            end_workshop(db, now)
            ended = read_workshop(db, now.code)
        self._connections.rewrite()
        return ended

    def end_forgotten(self, today: date) -> tuple[Workshop, ...]:
        """End those that began before yesterday, or on a day to come; which they were."""
        with self._connections.writing() as db:
            forgotten = running_outside(db, today - timedelta(days=1), today)
            for workshop in forgotten:
                end_workshop(db, workshop)
        if forgotten:
            self._connections.rewrite()
        return forgotten

    def set_timer(self, seen: Workshop, ends: datetime | None) -> None:
        """Start or stop the timer. Phones do not show it, so the version stays."""
        with self._connections.writing() as db:
            now = as_seen(db, seen)
            db.execute(
                "UPDATE workshop SET timer_ends = ? WHERE id = ?",
                [ends.astimezone(UTC).isoformat() if ends else None, now.id],
            )

    def touch(self, workshop: Workshop) -> None:
        """Tell every screen that there is something new."""
        with self._connections.writing() as db:
            db.execute("UPDATE workshop SET version = version + 1 WHERE id = ?", [workshop.id])

    def tallies(self, workshop: Workshop) -> Mapping[int, Tally]:
        """What every closed poll or dot round counted, by the round's id."""
        with self._connections.borrow() as db:
            return read_tallies(db, workshop)

    def contributions(self, workshop: Workshop) -> tuple[Contribution, ...]:
        """What was written, in no order of arrival: ideas of closed rounds, and every question."""
        with self._connections.borrow() as db:
            return read_contributions(db, workshop)

    def arrange(self, workshop: Workshop, changed: Sequence[Contribution]) -> None:
        """Show, hide and group what was written; its text and step stay."""
        with self._connections.writing() as db:
            for one in changed:
                db.execute(
                    "UPDATE workshop_contribution SET shown = ?, heap = ?"
                    " WHERE workshop_id = ? AND id = ?",
                    [one.shown, one.group, workshop.id, bytes.fromhex(one.id)],
                )
            db.execute("UPDATE workshop SET version = version + 1 WHERE id = ?", [workshop.id])


def _asked(step: Step) -> tuple[object, ...]:
    """What of a step rounds stand on, and so stays."""
    return step.id, step.kind, step.dimension, step.items


def _dots_asked(room: Room) -> bool:
    """Whether phones may give dots now, or again when the room comes back to that step."""
    asked = {step.id for step in room.workshop.plan.steps if step.kind is StepKind.DOTS}
    return any(one.step in asked and not one.closed for one in room.rounds)


def _changed(db: Database, workshop: Workshop) -> Workshop:
    """The workshop after a change that every screen has to show."""
    db.execute("UPDATE workshop SET version = version + 1 WHERE id = ?", [workshop.id])
    return read_workshop(db, workshop.code)
