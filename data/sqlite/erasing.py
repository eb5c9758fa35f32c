"""Deletes an organisation's rows from every table that has any."""

import json

from sqlite_utils import Database


def erase_rows(db: Database, organisation_id: int) -> None:
    """Delete all rows of an organisation and of its waves, in the transaction that is open.

    The organisation and its waves go first: only then do the append-only logs let go of theirs.
    Tables are found by their columns, so that one added later is not forgotten.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    found = db.execute("SELECT id FROM wave WHERE organisation_id = ?", [organisation_id])
    waves = json.dumps([wave for (wave,) in found.fetchall()])
    _erase_workshops(db, organisation_id)
    db.execute("DELETE FROM wave WHERE organisation_id = ?", [organisation_id])
    db.execute("DELETE FROM organisation WHERE id = ?", [organisation_id])
    for table in _tables_with(db, "wave_id"):
        db.execute(
            f"DELETE FROM {table} WHERE wave_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own tables
            [waves],
        )
    for table in _tables_with(db, "organisation_id"):
        db.execute(f"DELETE FROM {table} WHERE organisation_id = ?", [organisation_id])  # noqa: S608


def _erase_workshops(db: Database, organisation_id: int) -> None:
    found = db.execute("SELECT id FROM workshop WHERE organisation_id = ?", [organisation_id])
    workshops = json.dumps([workshop for (workshop,) in found.fetchall()])
    for table in _tables_with(db, "workshop_id"):
        db.execute(
            f"DELETE FROM {table} WHERE workshop_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own tables
            [workshops],
        )


def _tables_with(db: Database, column: str) -> list[str]:
    """Our tables that have this column."""
    rows = db.execute(
        "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name = ? ORDER BY m.name",
        [column],
    )
    return [name for (name,) in rows.fetchall()]
