"""The shelf of frozen results. See `data.shelves.Releases`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from datetime import date

from sqlite_utils import Database

from data.errors import NotAllowed
from data.model import DepartmentPath, Wave, WaveState
from data.results import Group, GroupKind, Histogram, PublishedComment, Release, Reliability
from data.settings_log import LogAct, releasing
from data.sqlite.connections import Connections
from data.sqlite.expectations import read_predictions, read_targets
from data.sqlite.personal import forget_people
from data.sqlite.settings_log import log_act
from data.sqlite.wave_states import change_state, check_state


class SqliteReleases:
    """Fulfils `data.shelves.Releases`."""

    def __init__(self, connections: Connections) -> None:
        """Work on this database."""
        self._connections = connections

    def save(self, wave: Wave, release: Release, on: date) -> Wave:
        """Closed → released, with its figures, in one step and for good. `NotAllowed`."""
        with self._connections.writing() as db:
            check_state(db, wave, (WaveState.CLOSED,), WaveState.RELEASED)
            db.conn.executemany(
                "INSERT INTO release_group VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (wave.id, i, g.kind, json.dumps(g.path), g.member, json.dumps(g.without))
                    for i, g in enumerate(release.groups)
                ],
            )
            db.conn.executemany(
                "INSERT INTO release_histogram VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tuple(_histogram_rows(wave, release)),
            )
            db.conn.executemany(
                "INSERT INTO release_comment VALUES (?, ?, ?, ?, ?)",
                [
                    (wave.id, i, json.dumps(c.path), c.dimension, c.text)
                    for i, c in enumerate(release.comments)
                ],
            )
            _save_about(db, wave, release)
            forget_people(db, wave)
            released = change_state(
                db, wave, (WaveState.CLOSED,), WaveState.RELEASED, "released_on", on
            )
            log_act(db, released, LogAct.RELEASED, on, releasing(release))
        self._connections.truncate_log()
        return released

    def load(self, wave: Wave) -> Release:
        """The frozen release. `NotAllowed` where there is none."""
        with self._connections.borrow() as db:
            groups = _groups(db, wave)
            if not groups:
                raise NotAllowed("error.wave_not_released", wave=wave.title)
            return Release(
                items=wave.settings.items,
                groups=groups,
                histograms=_histograms(db, wave, groups),
                comments=_comments(db, wave),
                headcounts=_headcounts(db, wave),
                reliability=_reliability(db, wave),
                targets=read_targets(db, wave),
                predictions=read_predictions(db, wave),
            )


def _save_about(db: Database, wave: Wave, release: Release) -> None:
    """What is known of the release beside its figures; targets and predictions are kept already."""
    db.conn.executemany(
        "INSERT INTO release_headcount VALUES (?, ?, ?)",
        [(wave.id, json.dumps(path), heads) for path, heads in release.headcounts.items()],
    )
    db.conn.executemany(
        "INSERT INTO release_reliability VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(wave.id, i, *astuple(one)) for i, one in enumerate(release.reliability)],
    )


def _histogram_rows(wave: Wave, release: Release) -> Iterator[tuple[object, ...]]:
    for number, group in enumerate(release.groups):
        for item, histogram in release.histograms.get(group, {}).items():
            yield (wave.id, number, item, *histogram.counts)


def _groups(db: Database, wave: Wave) -> tuple[Group, ...]:
    rows = db.execute(
        "SELECT kind, path, member, without FROM release_group WHERE wave_id = ? ORDER BY number",
        [wave.id],
    ).fetchall()
    return tuple(
        Group(
            kind=GroupKind(kind),
            path=tuple(json.loads(path)),
            member=None if member is None else bool(member),
            without=tuple(tuple(p) for p in json.loads(without)),
        )
        for kind, path, member, without in rows
    )


def _histograms(
    db: Database, wave: Wave, groups: Sequence[Group]
) -> dict[Group, dict[str, Histogram]]:
    found: dict[Group, dict[str, Histogram]] = {}
    for number, item, *counts in db.execute(
        "SELECT number, item, n0, n1, n2, n3, n4, n5 FROM release_histogram WHERE wave_id = ?",
        [wave.id],
    ):
        found.setdefault(groups[number], {})[item] = Histogram(tuple(counts))
    return found


def _comments(db: Database, wave: Wave) -> tuple[PublishedComment, ...]:
    rows = db.execute(
        "SELECT path, dimension, text FROM release_comment WHERE wave_id = ? ORDER BY number",
        [wave.id],
    ).fetchall()
    return tuple(PublishedComment(tuple(json.loads(p)), d, text) for p, d, text in rows)


def _headcounts(db: Database, wave: Wave) -> dict[DepartmentPath, int]:
    rows = db.execute(
        "SELECT path, headcount FROM release_headcount WHERE wave_id = ?", [wave.id]
    ).fetchall()
    return {tuple(json.loads(path)): heads for path, heads in rows}


def _reliability(db: Database, wave: Wave) -> tuple[Reliability, ...]:
    rows = db.execute(
        "SELECT scale, parts, people, alpha, low, high, omega FROM release_reliability"
        " WHERE wave_id = ? ORDER BY number",
        [wave.id],
    ).fetchall()
    return tuple(Reliability(*row) for row in rows)
