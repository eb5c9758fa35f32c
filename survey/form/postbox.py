"""Stores together what arrives together: one durable commit for all that are waiting.

Nobody is answered before the commit that holds their response.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

from data.errors import Problem
from data.store import Store

_MOST = 64
"""Acts in one commit."""

_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True, slots=True)
class _Letter(Generic[_Outcome]):
    """Something to do in the next transaction, and whoever waits for what comes of it."""

    act: Callable[[], _Outcome]
    outcome: asyncio.Future[_Outcome]


class Postbox(Generic[_Outcome]):
    """Belongs to one event loop; its transactions run in another thread, one at a time."""

    def __init__(self, store: Store) -> None:
        """Store in this store."""
        self._store = store
        self._waiting: list[_Letter[_Outcome]] = []
        self._delivery: asyncio.Task[None] | None = None

    async def put(self, act: Callable[[], _Outcome]) -> _Outcome:
        """Do `act` in a transaction with others; what it returns or raises, once it is kept."""
        waiting: asyncio.Future[_Outcome] = asyncio.get_running_loop().create_future()
        letter = _Letter(act, waiting)
        self._waiting.append(letter)
        if self._delivery is None:
            self._delivery = asyncio.create_task(self._deliver())
        return await waiting

    async def _deliver(self) -> None:
        try:
            while self._waiting:
                letters, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._send(letters)
        finally:
            self._delivery = None
            for letter in self._waiting:
                letter.outcome.cancel()
            self._waiting.clear()

    async def _send(self, letters: Sequence[_Letter[_Outcome]]) -> None:
        try:
            outcomes = await run_in_threadpool(self._commit, letters)
            for letter, outcome in zip(letters, outcomes, strict=True):
                if letter.outcome.done():
                    continue
                if isinstance(outcome, Exception):
                    letter.outcome.set_exception(outcome)
                else:
                    letter.outcome.set_result(outcome)
        finally:
            for letter in letters:
                letter.outcome.cancel()

    def _commit(self, letters: Sequence[_Letter[_Outcome]]) -> list[_Outcome | Exception]:
        """One transaction; an act that is refused does not hold up the others."""
        try:
            with self._store.together():
                return [_outcome(letter.act) for letter in letters]
        except Exception as error:  # noqa: BLE001 - everybody who waits is told, whatever it was
            return [error for _ in letters]


def _outcome(act: Callable[[], _Outcome]) -> _Outcome | Exception:
    try:
        return act()
    except Problem as problem:
        return problem
