"""A server that dies in the middle of a vote: what phones were told is kept, is kept."""

import signal
import subprocess
import sys
from pathlib import Path

from data.sqlite import SqliteStore, open_store
from data.workshops import Workshop
from tests.data.rooms import CODE, begun, open_round, reveal
from tests.data.samples import nonce

ROOT = Path(__file__).parents[2]
ENOUGH = 50
"""Votes that are acknowledged before the server is killed."""

VOTING = f"""
import sys
from pathlib import Path
from data.sqlite import open_store
from tests.data.rooms import vote
from tests.data.samples import nonce

store = open_store(Path(sys.argv[1]))
room = store.workshops.room({CODE!r})
for phone in range(100_000):
    vote(store, room, phone, {{"CP1": phone % 5 + 1, "EO1": 3}})
    print(phone, flush=True)
"""


def test_every_vote_that_was_acknowledged_is_there_after_a_crash_and_once(tmp_path: Path) -> None:
    """Killed at any moment, not ended: no vote is lost, none is half there or doubled."""
    path = tmp_path / "rooms.db"
    store = open_store(path)
    asked = open_round(begun(store, store.organisations.add("Muster GmbH")))
    store.close()
    told = _killed_while_voting(path)
    store = open_store(path)
    workshop = store.workshops.room(CODE).workshop
    for phone in range(told):
        assert store.workshops.voted(workshop, asked, nonce(phone)) == _sent(phone)
    kept = _voters(store, workshop)
    assert told <= kept <= told + 1
    for phone in range(kept):
        store.workshops.vote(workshop, asked, nonce(phone), _sent(phone))
    assert _voters(store, workshop) == kept
    revealed = reveal(store)
    assert sum(store.workshops.tallies(revealed.workshop)[asked]["CP1"].values()) == kept
    store.close()


def _sent(phone: int) -> dict[str, int]:
    return {"CP1": phone % 5 + 1, "EO1": 3}


def _voters(store: SqliteStore, workshop: Workshop) -> int:
    current = store.workshops.room(workshop.code).current
    assert current is not None
    return current.voters


def _killed_while_voting(path: Path) -> int:
    """How many votes were acknowledged, one after the other, until the process was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", VOTING, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(ENOUGH)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().splitlines()
    return len(lines)
