"""At rest: what the files hold of the people in a workshop when nobody is looking."""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import CANT_JUDGE, Organisation
from data.sqlite import SqliteStore, open_store
from data.sqlite.restoring import restore
from data.workshops import Room, Step, StepKind, WorkshopState, kept_counts
from survey.web.upkeep import look_after
from tests.data.files import log_of, run_sql
from tests.data.rooms import (
    CODE,
    DOTS,
    IDEAS,
    VOTE,
    at,
    begun,
    end,
    now,
    open_round,
    plan,
    reveal,
    vote,
    written,
)
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, nonce

CROWD = range(1, 201)
FEW = range(1, 13)
JOINED, OTHERS = 10_000, 20_000
"""From where on keys are those that joined, and those of another workshop's phones."""

GONE = "Das darf nach dem Workshop nirgends mehr stehen."
PHONES_TABLES = ("workshop_phone", "workshop_vote", "workshop_contribution")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in `room.db`."""
    with contextlib.closing(open_store(tmp_path / "room.db", patience=1)) as opened:
        yield opened


@pytest.fixture
def firm(store: SqliteStore) -> Organisation:
    """An organisation that holds workshops."""
    return store.organisations.add("Muster GmbH")


def traces(store: SqliteStore, numbers: Sequence[int], begin: int = 0) -> int:
    """How many phones' keys stand somewhere in the database's folder."""
    folder = store.connections.path.parent
    kept = b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())
    return sum(nonce(begin + number) in kept for number in numbers)


def vote_often(
    store: SqliteStore, room: Room, crowd: Sequence[int], beside: Room | None = None
) -> None:
    """Everybody votes and changes the vote; in another room somebody votes in between."""
    for turn in (1, 2):
        for number in crowd:
            vote(store, room, number, {"CP1": 1 + number % 5, "EO1": turn})
            if beside:
                vote(store, beside, OTHERS + number, {"CP1": turn})


# What the tables keep


def test_tables_of_phones_keep_no_number_of_arrival(store: SqliteStore) -> None:
    """WITHOUT ROWID: SQLite's own row number would count people as they came."""
    with store.connections.borrow() as db:
        for table in (*PHONES_TABLES, "workshop_count"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                db.conn.execute(f"SELECT rowid FROM {table}")  # noqa: S608 - our own tables


def test_what_phones_send_knows_no_time_address_or_browser(store: SqliteStore) -> None:
    """Whoever adds a column here has to think about this test first."""

    def columns(table: str) -> set[object]:
        return {row[1] for row in run_sql(store.connections.path, f"PRAGMA table_info({table})")}

    assert columns("workshop_phone") == {"workshop_id", "phone"}
    assert columns("workshop_vote") == {"workshop_id", "round_id", "phone", "question", "value"}
    assert columns("workshop_count") == {"workshop_id", "round_id", "question", "value", "number"}
    assert columns("workshop_contribution") == {
        *("workshop_id", "id", "step", "round_id", "text", "shown", "heap")
    }
    assert columns("workshop_round") == {
        *("id", "workshop_id", "step", "number", "closed", "voters", "choices")
    }


def test_the_database_itself_keeps_closed_rounds_as_they_are(
    store: SqliteStore, firm: Organisation
) -> None:
    """Whoever writes SQL by hand neither votes late, opens a round again, nor changes a count."""
    vote_often(store, begun(store, firm), FEW)
    reveal(store)
    path = store.connections.path
    for statement in (
        "INSERT INTO workshop_vote SELECT workshop_id, id, x'00', 'CP1', 1 FROM workshop_round",
        "UPDATE workshop_round SET closed = 0",
        "UPDATE workshop_round SET voters = 99",
        "UPDATE workshop_count SET number = number + 1",
        "UPDATE workshop SET smallest_group = 5",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            run_sql(path, statement)
    at(store, CODE, DOTS)
    vote(store, store.workshops.room(CODE), 1, {"idea a": 1})
    with pytest.raises(sqlite3.IntegrityError, match="votes are deleted first"):
        run_sql(path, "UPDATE workshop_round SET closed = 1 WHERE closed = 0")


def test_a_text_is_neither_empty_nor_longer_than_it_may_be(
    store: SqliteStore, firm: Organisation
) -> None:
    """The last wall behind what phones' pages say."""
    room = begun(store, firm, IDEAS)
    for text in ("", "x" * 281):
        with pytest.raises(sqlite3.IntegrityError):
            written(store, room, 1, text)
    assert written(store, room, 1, "x" * 280)


# Reveal


@pytest.mark.parametrize("crowd", [FEW, CROWD], ids=["12 phones", "200 phones"])
def test_a_revealed_round_leaves_no_key_anywhere(
    store: SqliteStore, firm: Organisation, crowd: range
) -> None:
    """Nowhere in the file or its log, though another workshop's round is open beside it."""
    beside = begun(store, firm, code="BBBBBB")
    room = begun(store, firm)
    vote_often(store, room, crowd, beside)
    assert traces(store, crowd) == len(crowd)
    reveal(store)
    assert log_of(store.connections.path) == b""
    assert traces(store, crowd) == 0
    assert traces(store, crowd, OTHERS) == len(crowd)
    for number in crowd:
        kept = store.workshops.voted(beside.workshop, open_round(beside), nonce(OTHERS + number))
        assert kept == {"CP1": 2}
    reveal(store, "BBBBBB")
    assert traces(store, crowd, OTHERS) == 0


@pytest.mark.parametrize("seed", [2, 4, 7, 11])
def test_no_copy_of_a_moved_row_is_left_of_a_revealed_round(
    store: SqliteStore, firm: Organisation, seed: int
) -> None:
    """Of rows that it moves from page to page SQLite leaves copies, which no deletion blanks.

    In these orders of arrival it does so with a round open beside.
    """
    wanted = replace(plan(), steps=(Step(VOTE, StepKind.VOTE, items=SHORT_FORM),))
    random = Random(seed)  # noqa: S311 - a sample, the same every time
    codes = ("AAAAAA", "BBBBBB")
    rooms = [at(store, store.workshops.add(firm, None, wanted, one).code, VOTE) for one in codes]
    arrivals = [(rooms[0], number) for number in range(200)] * 2
    arrivals += [(rooms[1], OTHERS + number) for number in range(100)]
    random.shuffle(arrivals)
    with store.together():
        for room, number in arrivals:
            vote(store, room, number, {item: random.randint(0, 5) for item in SHORT_FORM})
    reveal(store, "AAAAAA")
    assert traces(store, range(200)) == 0
    assert traces(store, range(100), OTHERS) == 100


def test_revealing_together_with_other_things_tidies_up_as_well(
    store: SqliteStore, firm: Organisation
) -> None:
    """Inside `together` the tidying waits for the end, and is not forgotten."""
    vote_often(store, begun(store, firm), FEW)
    with store.together():
        reveal(store)
    assert log_of(store.connections.path) == b""
    assert traces(store, FEW) == 0


def test_revealed_votes_are_no_single_ones_any_more(store: SqliteStore, firm: Organisation) -> None:
    """Two rooms with the same votes by other phones in another order keep the same."""
    kept = []
    for code, order in (("AAAAAA", FEW), ("BBBBBB", FEW[::-1])):
        vote_often(store, begun(store, firm, code=code), order)
        reveal(store, code)
        (tally,) = store.workshops.tallies(now(store, code)).values()
        kept.append(tally)
    assert kept[0] == kept[1]
    assert run_sql(store.connections.path, "SELECT count(*) FROM workshop_vote") == [(0,)]


# The end


def test_who_took_part_is_nowhere_after_the_end(store: SqliteStore, firm: Organisation) -> None:
    """Neither who joined, nor what was voted in a round that nobody revealed, nor open ideas."""
    room = begun(store, firm)
    for number in CROWD:
        store.workshops.join(room.workshop, nonce(JOINED + number))
    vote_often(store, room, CROWD)
    written(store, at(store, CODE, IDEAS), 1, GONE)
    assert traces(store, CROWD, JOINED) == traces(store, CROWD) == len(CROWD)
    end(store)
    path = store.connections.path
    assert traces(store, CROWD, JOINED) == traces(store, CROWD) == 0
    assert GONE.encode() not in path.read_bytes() + log_of(path)
    assert run_sql(path, "PRAGMA freelist_count") == [(0,)]


def removed(store: SqliteStore) -> None:
    """Its facilitator deletes it."""
    store.workshops.remove(now(store))


def forgotten(store: SqliteStore) -> None:
    """Nobody ends it, and the server does so."""
    look_after(store, DAY + timedelta(days=2))


def erased(store: SqliteStore) -> None:
    """Its organisation is erased."""
    store.profiles.erase(now(store).organisation)


@pytest.mark.parametrize("act", [removed, forgotten, erased])
def test_however_a_workshop_ends_nobody_is_left_of_it(
    store: SqliteStore, firm: Organisation, act: Callable[[SqliteStore], None]
) -> None:
    """Not only in the tables, and also where a round was open."""
    room = begun(store, firm)
    for number in CROWD:
        store.workshops.join(room.workshop, nonce(JOINED + number))
    vote_often(store, room, CROWD)
    act(store)
    assert log_of(store.connections.path) == b""
    assert traces(store, CROWD, JOINED) == traces(store, CROWD) == 0


def test_an_erased_organisation_leaves_nothing_of_its_workshops(
    store: SqliteStore, firm: Organisation
) -> None:
    """No title, idea or count; and another organisation's workshop stays whole."""
    theirs = begun(store, store.organisations.add("Andere AG"), code="BBBBBB")
    room = begun(store, firm, IDEAS)
    written(store, room, 1, GONE)
    reveal(store)
    vote_often(store, at(store, CODE, VOTE), FEW, theirs)
    reveal(store)
    before = store.workshops.room("BBBBBB")
    store.profiles.erase(firm)
    path = store.connections.path
    for trace in (GONE, CODE):
        assert trace.encode() not in path.read_bytes() + log_of(path)
    assert store.workshops.room("BBBBBB") == before
    for table in ("step", "round", "phone", "vote", "count", "contribution"):
        rows = run_sql(path, f"SELECT DISTINCT workshop_id FROM workshop_{table}")  # noqa: S608
        assert rows in ([], [(theirs.workshop.id,)])
    assert run_sql(path, "PRAGMA foreign_key_check") == []


def test_ideas_lie_in_the_file_in_no_order_of_arrival(tmp_path: Path) -> None:
    """Each text lies at the same place of the file, whoever sent it first."""
    places = []
    for name, order in (("one", range(120)), ("other", range(119, -1, -1))):
        path = tmp_path / f"{name}.db"
        with contextlib.closing(open_store(path)) as store:
            room = begun(store, store.organisations.add("Muster GmbH"), IDEAS)
            for number in order:
                written(store, room, number, f"Idee {number:03} von jemandem")
            reveal(store)
            end(store)
            assert log_of(path) == b""
            kept = path.read_bytes()
        places.append([kept.find(f"Idee {number:03}".encode()) for number in range(120)])
    assert -1 not in places[0]
    assert places[0] == places[1]


def test_no_time_of_day_is_kept_of_a_workshop(store: SqliteStore, firm: Organisation) -> None:
    """Its day is; a clock time only while the timer runs, and when the file was made."""
    room = begun(store, firm)
    vote_often(store, room, FEW)
    written(store, room, 1, "Eine Frage", 0)
    reveal(store)
    path = store.connections.path
    known = {str(at)[11:19] for (at,) in run_sql(path, "SELECT applied_at FROM _sqlite_migrations")}
    clocks = {found.decode() for found in re.findall(rb"\d\d:\d\d:\d\d", path.read_bytes())}
    assert clocks == known


# Backups


def test_a_backup_brings_no_vote_and_no_phone_back(
    store: SqliteStore, firm: Organisation, tmp_path: Path
) -> None:
    """A round that was open then is gone, and its workshop can go on; revealed ones are there."""
    room = begun(store, firm)
    for number in CROWD:
        store.workshops.join(room.workshop, nonce(JOINED + number))
    vote_often(store, room, CROWD)
    reveal(store)
    kept = store.workshops.room(CODE).rounds
    vote_often(store, again(store), CROWD)
    spare = tmp_path / "spare.db"
    store.back_up(spare)
    store.close()
    there = tmp_path / "elsewhere" / "room.db"
    restore(there, spare, NEXT_DAY)
    with contextlib.closing(open_store(there)) as restored:
        assert traces(restored, CROWD, JOINED) == traces(restored, CROWD) == 0
        back = restored.workshops.room(CODE)
        assert (back.workshop.state, back.rounds) == (WorkshopState.ENDED, kept)
        assert back.workshop.phones == len(CROWD)
        assert at(restored, CODE, VOTE).current == kept[0]


def again(store: SqliteStore) -> Room:
    """The room, asked the same once more."""
    store.workshops.again(now(store))
    return store.workshops.room(CODE)


# What may be kept of a round

VALUES = st.dictionaries(st.integers(0, 5), st.integers(1, 9), max_size=6)
COUNTS = st.dictionaries(st.sampled_from(("CP1", "EO1", "TB1", "BO1")), VALUES)


@given(counts=COUNTS, voters=st.integers(0, 60), smallest=st.integers(5, 20))
def test_nothing_is_kept_that_fewer_than_k_rated(
    counts: dict[str, dict[int, int]], voters: int, smallest: int
) -> None:
    """And nothing at all where fewer voted; what is kept is what was counted, and all of it."""
    kept = kept_counts(counts, voters, smallest)
    rated = {
        item: sum(number for value, number in values.items() if value != CANT_JUDGE)
        for item, values in counts.items()
    }
    enough = {item for item in counts if voters >= smallest and rated[item] >= smallest}
    assert kept == {item: counts[item] for item in enough}


@given(data=st.data())
def test_adding_one_vote_never_takes_an_item_away(data: st.DataObject) -> None:
    """Whoever votes can only make more of the room visible."""
    counts = data.draw(COUNTS)
    voters, smallest = data.draw(st.integers(0, 60)), data.draw(st.integers(5, 20))
    item, value = data.draw(st.sampled_from(("CP1", "EO1"))), data.draw(st.integers(0, 5))
    values = counts.get(item, {})
    more = {**counts, item: {**values, value: values.get(value, 0) + 1}}
    before, after = kept_counts(counts, voters, smallest), kept_counts(more, voters + 1, smallest)
    assert set(before) <= set(after)
