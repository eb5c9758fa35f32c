"""Phones in a workshop, as their pages behave: join, vote, and ask whether the room moved on."""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Mapping
from random import Random
from urllib.parse import urlencode

from tests.load.light import Answer, Connection, connect
from tests.load.server import Server

EVERY = 2.0
"""Seconds after which a page asks again, a quarter more or less."""

_MARK = re.compile(rb'data-mark="([^"]+)"')
_ROUND = re.compile(rb'name="round" value="(\d+)"')


class Phone:
    """One phone: a page that it shows, and the script in it that asks.

    `shows`: the id of the round on its page, 0 for none. `asked`, `votes`: seconds that
    each question and each vote took, until the answer was there.
    """

    def __init__(self, server: Server, code: str, random: Random) -> None:
        """A phone that has not been here; `random` tells when its script asks."""
        self._server = server
        self._here = f"/w/{code}"
        self._random = random
        self._showing = asyncio.Lock()
        self._mark = self._cookie = ""
        self.shows = 0
        self.asked: list[float] = []
        self.votes: list[float] = []

    async def join(self) -> None:
        """Open the page for the first time, and take part."""
        async with self._connected() as page:
            await self._show(page)
            _expect(await page.post(self._here, urlencode({"act": "join"}).encode()), 303)
            await self._show(page)

    async def follow(self) -> None:
        """Ask again and again, and load the page anew when the room has moved on."""
        async with self._connected() as script:
            while True:
                await asyncio.sleep(EVERY * (0.75 + self._random.random() / 2))
                started = time.perf_counter()
                answer = _expect(await script.get(f"{self._here}/now"), 200)
                self.asked.append(time.perf_counter() - started)
                async with self._showing:
                    if answer.page.decode() != self._mark:
                        await self._show(script)

    async def vote(self, values: Mapping[str, int], *, twice: bool = False) -> float:
        """Look at the page, vote, and see that it was taken; when the answer came.

        `twice`: a nervous finger sends the same at the same time once more.
        """
        async with self._showing, self._connected() as page:
            await self._show(page)
            body = urlencode({"act": "vote", "round": self.shows, **values}).encode()
            again = asyncio.create_task(self._also(body)) if twice else None
            started = time.perf_counter()
            answer = await page.post(self._here, body)
            answered = time.perf_counter()
            self.votes.append(answered - started)
            _expect(answer, 303)
            if again:
                await again
            await self._show(page)
        return answered

    async def _also(self, body: bytes) -> None:
        async with self._connected() as page:
            _expect(await page.post(self._here, body), 303)

    async def _show(self, page: Connection) -> None:
        shown = _expect(await page.get(self._here), 200).page
        asked, mark = _ROUND.search(shown), _MARK.search(shown)
        self.shows = int(asked[1]) if asked else 0
        self._mark = mark[1].decode() if mark else ""

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        """A connection of this phone: the server hangs up on those that are silent for long."""
        opened = await connect(self._server)
        opened.cookie = self._cookie
        try:
            yield opened
        finally:
            self._cookie = opened.cookie
            opened.close()


def _expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"{answer.status}, not {status}: {answer.page[:500]!r}")
    return answer
