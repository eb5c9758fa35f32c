"""The contract of the shelf of sessions and one-time links."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.accounts import Account, Role, Ticket, TicketKind
from data.errors import NotFound
from data.store import Store
from tests.data.samples import at_once, nonce
from tests.people import somebody

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
IDLE = timedelta(hours=12)
MONTH = timedelta(days=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def ada(fresh_store: Store) -> Account:
    """An owner."""
    return somebody(fresh_store)


def whose(store: Store, session: bytes, now: datetime) -> Account | None:
    return store.sessions.account(session, now, IDLE)


def test_a_session_ends_when_it_was_not_used_for_long(fresh_store: Store, ada: Account) -> None:
    """Good until the last moment of idleness; each use begins it anew."""
    fresh_store.sessions.begin(b"session", ada, NOON, NOON + MONTH)
    assert whose(fresh_store, b"session", NOON + IDLE - SECOND) == ada
    assert whose(fresh_store, b"session", NOON + 2 * IDLE - 2 * SECOND) == ada
    assert whose(fresh_store, b"session", NOON + 3 * IDLE - 2 * SECOND) is None


def test_a_session_ends_however_often_it_is_used(fresh_store: Store, ada: Account) -> None:
    """Used every hour, it holds until its moment and not at it."""
    until = NOON + timedelta(hours=5)
    fresh_store.sessions.begin(b"session", ada, NOON, until)
    for hour in range(5):
        assert whose(fresh_store, b"session", NOON + timedelta(hours=hour)) == ada
    assert whose(fresh_store, b"session", until - SECOND) == ada
    assert whose(fresh_store, b"session", until) is None


def test_a_rerun_writes_nothing(fresh_store: Store, ada: Account, tmp_path: Path) -> None:
    """Within a minute of the last one; after it, once."""

    def seen() -> str:
        with closing(sqlite3.connect(tmp_path / "fresh.db")) as db:
            return str(db.execute("SELECT seen FROM session").fetchone()[0])

    fresh_store.sessions.begin(b"session", ada, NOON, NOON + MONTH)
    began = seen()
    for second in range(0, 60, 7):
        whose(fresh_store, b"session", NOON + second * SECOND)
    assert seen() == began
    whose(fresh_store, b"session", NOON + 60 * SECOND)
    assert seen() > began


def test_a_moment_without_a_zone_is_the_servers(fresh_store: Store, ada: Account) -> None:
    """Local time in, the same moment out."""
    local = datetime(2026, 3, 2, 12)
    fresh_store.sessions.begin(b"session", ada, local, local + MONTH)
    assert whose(fresh_store, b"session", local.astimezone(UTC) + SECOND) == ada


def test_sessions_end_one_by_one_or_all_together(fresh_store: Store, ada: Account) -> None:
    """Others' stay."""
    eve = somebody(fresh_store, email="eve@example.org")
    for session, account in ((b"one", ada), (b"two", ada), (b"three", ada), (b"eves", eve)):
        fresh_store.sessions.begin(session, account, NOON, NOON + MONTH)
    fresh_store.sessions.end(b"one")
    assert whose(fresh_store, b"one", NOON) is None
    assert whose(fresh_store, b"two", NOON) == ada
    fresh_store.sessions.end_all(ada)
    assert whose(fresh_store, b"two", NOON) is None
    assert whose(fresh_store, b"eves", NOON) == eve


def test_a_removed_account_has_no_session_and_no_link(fresh_store: Store, ada: Account) -> None:
    """They go with it, and none can begin."""
    gone = somebody(fresh_store, Role.LEADER)
    fresh_store.sessions.begin(b"session", gone, NOON, NOON + MONTH)
    fresh_store.sessions.offer(b"link", TicketKind.PASSWORD, gone, NOON + MONTH)
    fresh_store.accounts.remove(gone)
    assert whose(fresh_store, b"session", NOON) is None
    assert fresh_store.sessions.redeem(b"link", TicketKind.PASSWORD, NOON) is None
    with pytest.raises(NotFound):
        fresh_store.sessions.begin(b"again", gone, NOON, NOON + MONTH)
    with pytest.raises(NotFound):
        fresh_store.sessions.offer(b"again", TicketKind.PASSWORD, gone, NOON + MONTH)
    assert fresh_store.accounts.all() == (ada,)


def test_a_link_works_once_for_what_it_was_made_for(fresh_store: Store, ada: Account) -> None:
    """Looking at it uses nothing up; as another kind it is no link at all."""
    shelf = fresh_store.sessions
    shelf.offer(b"link", TicketKind.PASSWORD, ada, NOON + MONTH)
    ticket = Ticket(TicketKind.PASSWORD, ada)
    assert shelf.redeem(b"link", TicketKind.SIGN_ON, NOON) is None
    assert shelf.offered(b"link", TicketKind.PASSWORD, NOON) == ticket
    assert shelf.redeem(b"link", TicketKind.PASSWORD, NOON) == ticket
    assert shelf.redeem(b"link", TicketKind.PASSWORD, NOON) is None
    assert shelf.offered(b"link", TicketKind.PASSWORD, NOON) is None


def test_of_eight_who_open_one_link_one_gets_in(fresh_store: Store, ada: Account) -> None:
    """At the same moment."""
    fresh_store.sessions.offer(b"link", TicketKind.PASSWORD, ada, NOON + MONTH)
    good = at_once(lambda _: fresh_store.sessions.redeem(b"link", TicketKind.PASSWORD, NOON))
    assert sum(ticket is not None for ticket in good) == 1


def test_a_link_runs_out(fresh_store: Store) -> None:
    """It holds until its moment, and not at it."""
    fresh_store.sessions.offer(b"link", TicketKind.SET_UP, None, NOON)
    assert fresh_store.sessions.offered(b"link", TicketKind.SET_UP, NOON - SECOND)
    assert fresh_store.sessions.redeem(b"link", TicketKind.SET_UP, NOON) is None


def test_a_new_link_ends_the_earlier_ones_of_its_kind(fresh_store: Store, ada: Account) -> None:
    """Of the same account; somebody else's and those that sign on stay good."""
    shelf, until = fresh_store.sessions, NOON + MONTH
    eve = somebody(fresh_store, email="eve@example.org")
    offers: tuple[tuple[TicketKind, Account | None], ...] = (
        (TicketKind.SET_UP, None),
        (TicketKind.PASSWORD, ada),
        (TicketKind.PASSWORD, eve),
        (TicketKind.SIGN_ON, ada),
    )
    for number, (kind, account) in enumerate(offers):
        shelf.offer(nonce(number), kind, account, until)
    shelf.offer(b"new set-up", TicketKind.SET_UP, None, until)
    shelf.offer(b"new password", TicketKind.PASSWORD, ada, until)
    shelf.offer(b"new sign-on", TicketKind.SIGN_ON, ada, until)
    good = [
        shelf.offered(nonce(number), kind, NOON) is not None
        for number, (kind, _) in enumerate(offers)
    ]
    assert good == [False, False, True, True]
