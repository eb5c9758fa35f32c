"""The audit log: who did what and when; it is only ever continued."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from data.audit import AuditAct, AuditEntry
from data.errors import DatabaseProblem
from data.model import Organisation
from data.store import Store
from tests.data.files import run_sql

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADA, BEN = "Ada <ada@example.org>", "Ben <ben@example.org>"


@pytest.fixture
def some_acts(fresh_store: Store, small_firm: Organisation) -> Store:
    """Ada signs in, Ada opens a wave of the firm, Ben closes it."""
    for minute, (who, act, firm) in enumerate(
        (
            (ADA, AuditAct.SIGNED_IN, None),
            (ADA, AuditAct.WAVE_OPENED, small_firm.id),
            (BEN, AuditAct.WAVE_CLOSED, small_firm.id),
        )
    ):
        at = NOON + timedelta(minutes=minute)
        fresh_store.audit.write(AuditEntry(at, who, act, firm, "Welle" if firm else ""))
    return fresh_store


def test_entries_come_back_as_they_were_written_newest_first(
    some_acts: Store, small_firm: Organisation
) -> None:
    """With the moment, who, what, the organisation and what it was about."""
    newest, *_, oldest = some_acts.audit.read()
    closed = AuditEntry(
        NOON + timedelta(minutes=2), BEN, AuditAct.WAVE_CLOSED, small_firm.id, "Welle"
    )
    assert newest == closed
    assert oldest == AuditEntry(NOON, ADA, AuditAct.SIGNED_IN)


def test_a_moment_of_any_zone_is_the_same_moment(fresh_store: Store) -> None:
    """14:00 two hours east of Greenwich is noon there."""
    east = datetime(2026, 3, 2, 14, tzinfo=timezone(timedelta(hours=2)))
    fresh_store.audit.write(AuditEntry(east, ADA, AuditAct.SIGNED_IN))
    assert fresh_store.audit.read()[0].at == NOON


def test_entries_can_be_sought_by_organisation_and_person(
    some_acts: Store, small_firm: Organisation
) -> None:
    """Each alone and both together; what nobody did is nothing."""
    log, firm = some_acts.audit, small_firm.id
    acts = {e.act for e in log.read(organisation=firm)}
    assert acts == {AuditAct.WAVE_OPENED, AuditAct.WAVE_CLOSED}
    assert [e.act for e in log.read(who=ADA)] == [AuditAct.WAVE_OPENED, AuditAct.SIGNED_IN]
    assert [e.act for e in log.read(organisation=firm, who=ADA)] == [AuditAct.WAVE_OPENED]
    assert log.read(organisation=firm + 1) == log.read(who="Ada") == ()
    assert (log.count(), log.count(who=ADA), log.count(organisation=firm, who=BEN)) == (3, 2, 1)
    assert log.people() == (ADA, BEN)


def test_a_filter_is_a_value_and_never_sql(some_acts: Store) -> None:
    """A name that would end a string finds nobody and breaks nothing."""
    assert some_acts.audit.read(who="' OR 1=1 --") == ()
    assert some_acts.audit.count() == 3


def test_entries_are_read_a_page_at_a_time(some_acts: Store) -> None:
    """Pages do not overlap and leave nothing out; None is everything."""
    pages = [some_acts.audit.read(2, skip=skip) for skip in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert (*pages[0], *pages[1]) == some_acts.audit.read(None)


def test_an_entry_goes_with_its_act_or_not_at_all(fresh_store: Store) -> None:
    """What is rolled back was not done, so it is not in the log either."""

    def act() -> None:
        with fresh_store.together():
            fresh_store.audit.write(AuditEntry(NOON, ADA, AuditAct.WAVE_OPENED))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert fresh_store.audit.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'Eve'",
        "UPDATE audit SET organisation_id = NULL WHERE number = 2",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE organisation_id IS NULL",
        "DELETE FROM audit WHERE number = 3",
        "INSERT OR REPLACE INTO audit VALUES (2, '2026-03-02T12:00:00+00:00', 'Eve', 'x', 1, '')",
        "REPLACE INTO audit VALUES (3, '2026-03-02T12:00:00+00:00', 'Eve', 'x', NULL, '')",
        "INSERT INTO audit VALUES (1, '2026-03-02T12:00:00+00:00', 'Eve', 'x', NULL, '')",
        "UPDATE OR REPLACE audit SET number = 1 WHERE number = 2",
    ],
)
def test_an_entry_cannot_be_changed_replaced_or_deleted(
    some_acts: Store, tmp_path: Path, statement: str
) -> None:
    """Not even in SQL, as long as its organisation is there (or it has none)."""
    before = some_acts.audit.read()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        run_sql(tmp_path / "fresh.db", statement)
    assert some_acts.audit.read() == before


def test_an_erased_organisations_entries_can_go_with_it(
    some_acts: Store, small_firm: Organisation, tmp_path: Path
) -> None:
    """Erasing it erases everything of it, and of others nothing."""
    run_sql(
        tmp_path / "fresh.db",
        f"DELETE FROM organisation WHERE id = {small_firm.id}",  # noqa: S608
        f"DELETE FROM audit WHERE organisation_id = {small_firm.id}",  # noqa: S608
    )
    assert [entry.act for entry in some_acts.audit.read()] == [AuditAct.SIGNED_IN]


@pytest.mark.parametrize(
    ("at", "act"), [("gestern", "signed_in"), ("2026-03-02T12:00:00+00:00", "flown_away")]
)
def test_an_entry_that_no_version_wrote_is_named(
    some_acts: Store, tmp_path: Path, at: str, act: str
) -> None:
    """A problem that says which one, never a traceback."""
    run_sql(
        tmp_path / "fresh.db",
        f"INSERT INTO audit (at, who, act, subject) VALUES ('{at}', 'Eve', '{act}', '')",  # noqa: S608
    )
    with pytest.raises(DatabaseProblem) as raised:
        some_acts.audit.read()
    assert (raised.value.key, raised.value.values) == ("error.audit_unreadable", {"number": 4})
