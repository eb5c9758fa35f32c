"""The shelf of profiles and logos. See `data.shelves.profiles`."""

import hashlib
import sqlite3
from collections.abc import Mapping

from sqlite_utils import Database

from data.errors import Conflict, NotFound, SetUpProblem
from data.model import Organisation, Profile
from data.profiles import Holdings
from data.sqlite.connections import Connections
from data.sqlite.erasing import erase_rows
from data.sqlite.organisations import ORGANISATION_COLUMNS, organisation_of, read_departments

_OF_ITS_WAVES = "wave_id IN (SELECT id FROM wave WHERE organisation_id = :id)"
_HOLDINGS = f"""
SELECT (SELECT count(*) FROM wave WHERE organisation_id = :id),
       (SELECT count(*) FROM response WHERE {_OF_ITS_WAVES}),
       (SELECT count(*) FROM comment WHERE {_OF_ITS_WAVES}),
       (SELECT count(*) FROM wave WHERE organisation_id = :id AND state = 'released')
"""  # noqa: S608 - our own condition


class SqliteProfiles:
    """Fulfils `data.shelves.profiles.Profiles`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def find(self, organisation_id: int) -> Organisation:
        """The organisation as it is now. `NotFound`."""
        with self._connections.borrow() as db:
            return _read(db, organisation_id)

    def change(self, seen: Organisation, name: str, profile: Profile) -> Organisation:
        """Set name and profile. `Conflict` where they are no longer as `seen` has them."""
        columns = {"name": name, **_columns(profile)}
        setting = ", ".join(f"{column} = ?" for column in columns)
        try:
            with self._connections.writing() as db:
                now = _read(db, seen.id)
                if (now.name, now.profile) != (seen.name, seen.profile):
                    raise Conflict("error.organisation_changed", organisation=now.name)
                db.execute(
                    f"UPDATE organisation SET {setting} WHERE id = ?",  # noqa: S608 - our own columns
                    [*columns.values(), seen.id],
                )
                return _read(db, seen.id)
        except sqlite3.IntegrityError as error:
            raise SetUpProblem("error.organisation_exists", organisation=name) from error

    def set_logo(self, seen: Organisation, image: bytes | None) -> Organisation:
        """Set the logo, a PNG; None removes it. `Conflict` where it is not `seen.logo` any more."""
        with self._connections.writing() as db:
            now = _read(db, seen.id)
            if now.logo != seen.logo:
                raise Conflict("error.logo_changed", organisation=now.name)
            db.execute("DELETE FROM logo WHERE organisation_id = ?", [seen.id])
            if image is not None:
                digest = hashlib.sha256(image).hexdigest()[:16]
                db.execute("INSERT INTO logo VALUES (?, ?, ?)", [seen.id, digest, image])
            return _read(db, seen.id)

    def logo(self, organisation: Organisation) -> bytes | None:
        """The logo as it is now, a PNG; None where there is none."""
        with self._connections.borrow() as db:
            row = db.execute(
                "SELECT image FROM logo WHERE organisation_id = ?", [organisation.id]
            ).fetchone()
        return bytes(row[0]) if row else None

    def holdings(self, organisation: Organisation) -> Holdings:
        """How much there is of it."""
        with self._connections.borrow() as db:
            waves, responses, comments, releases = db.conn.execute(
                _HOLDINGS, {"id": organisation.id}
            ).fetchone()
            departments = len(read_departments(db, organisation.id))
        return Holdings(waves, departments, responses, comments, releases)

    def erase(self, organisation: Organisation) -> None:
        """Delete the organisation and everything of it, free pages and log included."""
        with self._connections.writing() as db:
            _read(db, organisation.id)
            erase_rows(db, organisation.id)
        self._connections.rewrite()


def _read(db: Database, organisation_id: int) -> Organisation:
    row = db.execute(
        f"SELECT {ORGANISATION_COLUMNS} FROM organisation WHERE id = ?",  # noqa: S608 - our own columns
        [organisation_id],
    ).fetchone()
    if row is None:
        raise NotFound("error.organisation_gone")
    return organisation_of(row)


def _columns(profile: Profile) -> Mapping[str, object]:
    return {
        "language": profile.language,
        "address": profile.address,
        "swiss": profile.swiss,
        "accent": profile.accent,
        "smallest_group": profile.smallest_group,
        "retention_days": profile.retention_days,
        "contact": profile.contact,
        "privacy": profile.privacy,
    }
