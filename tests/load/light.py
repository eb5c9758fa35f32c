"""People who fill in the light form: a GET, then a POST of every field with that GET's token."""

import asyncio
import re
import time
import zlib
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from tests.load.server import HOST, Server

PHONE = (
    "User-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36"
    " (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Encoding: gzip\r\nAccept-Language: de-DE,de;q=0.9,en;q=0.8\r\n"
)
"""What a phone's browser says about itself."""

PEOPLE = 32
"""Connections that are open at the same time; enough that the server never waits for them."""

_LONGEST_SURVEY = 60

_TOKEN = re.compile(rb'name="token" value="([^"]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_SET_COOKIE = re.compile(rb"\r\nset-cookie: ([^;\r]+)", re.IGNORECASE)
_RADIO = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]+)"')
_DEPARTMENT = re.compile(r'<option value="(\d+)"')
_COMMENT = re.compile(r'<textarea [^>]*name="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: the status, every byte of it on the wire, and the page unzipped."""

    status: int
    wire: int
    page: bytes


@dataclass(frozen=True, slots=True)
class Surveys:
    """How many surveys were sent and accepted, and in how many seconds."""

    sent: int
    seconds: float

    @property
    def per_second(self) -> float:
        """The rate."""
        return self.sent / self.seconds


class Connection:
    """One browser's keep-alive connection, with nothing in it that costs time.

    `cookie`: what it sends along, "" for nothing; a cookie that the server sets is kept.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk over this stream."""
        self._reader = reader
        self._writer = writer
        self.cookie = ""

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._exchange(f"GET {path} HTTP/1.1\r\n{self._headers()}\r\n".encode())

    async def post(self, path: str, body: bytes) -> Answer:
        """Send a form; a redirect is not followed."""
        head = (
            f"POST {path} HTTP/1.1\r\n{self._headers()}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return await self._exchange(head.encode() + body)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()

    def _headers(self) -> str:
        return f"Host: {HOST}\r\n{PHONE}" + (f"Cookie: {self.cookie}\r\n" if self.cookie else "")

    async def _exchange(self, request: bytes) -> Answer:
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is None:
            raise RuntimeError("an answer without a length")
        body = await self._reader.readexactly(int(length[1]))
        kept = _SET_COOKIE.search(head)
        if kept:
            self.cookie = kept[1].decode()
        zipped = b"\r\ncontent-encoding: gzip" in head.lower()
        page = zlib.decompress(body, wbits=31) if zipped else body
        return Answer(int(head[9:12]), len(head) + len(body), page)


async def connect(server: Server) -> Connection:
    """Open a connection."""
    return Connection(*await asyncio.open_connection(HOST, server.port))


def fill_in_for(server: Server, code: str, seconds: float, random: Random) -> Surveys:
    """Everybody fills in survey after survey; those begun when time is up are finished."""
    return asyncio.run(_fill_in_for(server, code, seconds, random))


async def _fill_in_for(server: Server, code: str, seconds: float, random: Random) -> Surveys:
    people = [await connect(server) for _ in range(PEOPLE)]
    try:
        started = time.perf_counter()
        until = started + seconds
        async with asyncio.timeout(seconds + _LONGEST_SURVEY):
            sent = await asyncio.gather(
                *(_fill_in_until(until, person, f"/q/{code}", random) for person in people)
            )
        return Surveys(sum(sent), time.perf_counter() - started)
    finally:
        for person in people:
            person.close()


async def _fill_in_until(until: float, person: Connection, path: str, random: Random) -> int:
    sent = 0
    fields: dict[str, tuple[str, ...]] = {}
    while time.perf_counter() < until:
        page = (await person.get(path)).page
        token = _TOKEN.search(page)
        if token is None:
            raise RuntimeError(f"a form without a token: {page[:500]!r}")
        fields = fields or _fields(page.decode())
        filled = {name: random.choice(values) for name, values in fields.items()}
        body = urlencode({**filled, "token": token[1].decode(), "send": "1"}).encode()
        answer = await person.post(path, body)
        if answer.status != 303:
            raise RuntimeError(f"a survey was not accepted: {answer.status}")
        sent += 1
    return sent


def _fields(page: str) -> dict[str, tuple[str, ...]]:
    """Every field of the form and what may be chosen there; comments stay empty."""
    found: dict[str, list[str]] = {"department": _DEPARTMENT.findall(page)}
    for name, value in _RADIO.findall(page):
        found.setdefault(name, []).append(value)
    comments = dict.fromkeys(_COMMENT.findall(page), ("",))
    return comments | {name: tuple(values) for name, values in found.items()}
