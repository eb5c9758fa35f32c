"""When many answer at once: responses are stored together, and links are remembered a moment."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TypeVar

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.errors import DatabaseProblem, NotFound, SubmissionProblem
from data.model import Wave
from data.sqlite import SqliteStore
from survey import running
from survey.form.links import Links
from survey.form.postbox import Postbox
from survey.form.routes import LightForm
from survey.submission import NO_DEPARTMENT, Draft, FormSigner, new_nonce, submit

T = TypeVar("T")
TODAY = date(2026, 11, 21)
NOW = datetime.combine(TODAY, time(12), UTC)
ITEMS = ("CP1", "EO1", "TB1", "BO1", "SO1")
FILLED = Draft(department=NO_DEPARTMENT, answers=dict.fromkeys(ITEMS, "3"))


def in_a_loop(coroutine: Coroutine[object, object, T]) -> T:
    """Run it in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


@pytest.fixture
def rushed_wave(fresh_store: SqliteStore) -> Wave:
    """An open wave of an organisation without departments."""
    return running.set_up(fresh_store, "Muster", {}, running.short_form("Welle", 5), TODAY)


def sending(store: SqliteStore, wave: Wave, draft: Draft = FILLED) -> Callable[[], bool]:
    """The act of submitting a draft under a key of its own."""
    invitation = store.invitations.find(wave.code)
    return partial(submit, store, invitation, draft, new_nonce(), NOW)


def stored(store: SqliteStore) -> int:
    """What another program sees in the file."""
    with closing(sqlite3.connect(store.connections.path)) as db:
        return int(db.execute("SELECT count(*) FROM response").fetchone()[0])


def test_everybody_in_a_rush_is_stored_and_told_after_the_commit(
    fresh_store: SqliteStore, rushed_wave: Wave
) -> None:
    """A hundred at once: each is told True, and by then another program sees their response."""

    async def one(box: Postbox[bool], seen: list[int]) -> bool:
        told = await box.put(sending(fresh_store, rushed_wave))
        seen.append(stored(fresh_store))
        return told

    async def rush() -> tuple[list[bool], list[int]]:
        box: Postbox[bool] = Postbox(fresh_store)
        seen: list[int] = []
        return await asyncio.gather(*(one(box, seen) for _ in range(100))), seen

    told, seen = in_a_loop(rush())
    assert told == [True] * 100
    assert all(count >= number for number, count in enumerate(seen, start=1))


def test_a_rush_is_one_transaction(fresh_store: SqliteStore, rushed_wave: Wave) -> None:
    """While the second is done the first is not on disk yet; when both are told, it is."""

    async def two() -> tuple[int, int]:
        box: Postbox[int] = Postbox(fresh_store)
        acts = (sending(fresh_store, rushed_wave), partial(stored, fresh_store))
        first, second = await asyncio.gather(*map(box.put, acts))
        return first, second

    assert in_a_loop(two()) == (True, 0)
    assert stored(fresh_store) == 1


def test_one_who_is_refused_does_not_hold_up_the_others(
    fresh_store: SqliteStore, rushed_wave: Wave
) -> None:
    """Of three at once the second is incomplete: the other two are stored."""

    async def three() -> list[object]:
        box: Postbox[bool] = Postbox(fresh_store)
        drafts = (FILLED, Draft(), FILLED)
        acts = [box.put(sending(fresh_store, rushed_wave, draft)) for draft in drafts]
        return list(await asyncio.gather(*acts, return_exceptions=True))

    first, second, third = in_a_loop(three())
    assert (first, third) == (True, True)
    assert isinstance(second, SubmissionProblem)
    assert stored(fresh_store) == 2


def test_when_the_database_is_gone_everybody_is_told_so(
    fresh_store: SqliteStore, rushed_wave: Wave
) -> None:
    """Nobody is thanked for answers that were not stored."""
    acts = [sending(fresh_store, rushed_wave) for _ in range(3)]
    fresh_store.connections.path.unlink()

    async def three() -> list[object]:
        box: Postbox[bool] = Postbox(fresh_store)
        return list(await asyncio.gather(*map(box.put, acts), return_exceptions=True))

    assert [type(outcome) for outcome in in_a_loop(three())] == [DatabaseProblem] * 3


def test_a_link_is_asked_for_once_a_second(fresh_store: SqliteStore, rushed_wave: Wave) -> None:
    """Remembered for just under a second; what does not exist is not remembered at all."""
    now = [100.0]
    links = Links(fresh_store, lambda: now[0])
    assert links.remembered(rushed_wave.code) is None
    found = links.find(rushed_wave.code)
    now[0] = 100.99
    assert links.remembered(rushed_wave.code) is found
    now[0] = 101.0
    assert links.remembered(rushed_wave.code) is None
    with pytest.raises(NotFound):
        links.find("nosuchcd")
    assert links.remembered("nosuchcd") is None


def test_a_wave_that_was_closed_within_that_second_takes_nothing(
    fresh_store: SqliteStore, rushed_wave: Wave
) -> None:
    """The remembered link still says open; the transaction knows better."""
    late = sending(fresh_store, rushed_wave)
    fresh_store.waves.close(rushed_wave, TODAY)

    async def one() -> bool:
        box: Postbox[bool] = Postbox(fresh_store)
        return await box.put(late)

    with pytest.raises(Exception, match=r"error\.wave_not_open"):
        in_a_loop(one())
    assert stored(fresh_store) == 0


def test_answers_that_could_not_be_stored_can_be_sent_again_with_one_button(
    fresh_store: SqliteStore, rushed_wave: Wave
) -> None:
    """The database is gone for a moment: the page carries every field and the same key."""
    form = LightForm(fresh_store, FormSigner("secret"), lambda: NOW)
    client = TestClient(Starlette(routes=form.routes()), follow_redirects=False)
    page = client.get(f"/q/{rushed_wave.code}").text
    token = page.split('name="token" value="')[1].split('"')[0]
    fields = {"token": token, **dict.fromkeys(ITEMS, "4"), "comment_customer_perspective": "Gut"}
    path = fresh_store.connections.path
    path.rename(path.with_suffix(".away"))
    refused = client.post(f"/q/{rushed_wave.code}", data=fields)
    assert refused.status_code == 503
    hidden = [f'name="{name}" value="{text}"' for name, text in fields.items()]
    assert [one for one in hidden if one not in refused.text] == []
    path.with_suffix(".away").rename(path)
    assert client.post(f"/q/{rushed_wave.code}", data=fields).status_code == 303
    assert stored(fresh_store) == 1
