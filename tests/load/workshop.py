"""A room of 200 phones: what a vote costs there, whether all are counted, and when the wall shows.

The phones, the server and the browser that shows the wall share this machine.
"""

import asyncio
import contextlib
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from playwright.async_api import Page, async_playwright

from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.sqlite import open_store
from data.store import Store
from data.workshops import Step, StepKind, Tally, WorkshopPlan
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.load.figure import Figure, tell
from tests.load.room import Phone
from tests.load.server import Server, owner_cookie, run_command, serving

PHONES = 200
NERVOUS = 20
"""Phones that send each vote twice at the same time."""

SECONDS = 10.0
"""In which all of them vote."""

ROUNDS = 3
ALONE = 20
"""Votes of one phone with nobody else in the room."""

CODE = "K7M4XR"
SEED = 9

_ITEMS = load_instrument(FIVE_QUESTIONS).short_form()
_PATIENCE = 60
_VOTED = f'() => document.querySelector(".wall .voted b")?.textContent === "{PHONES}"'
"""Whether the wall says that all of them have voted."""


@dataclass(slots=True)
class Seen:
    """What was measured, in seconds; `right`: rounds that counted what was sent, and nothing else.

    `moved`: until the last phone showed the next round. `shown`: from the last vote's answer
    until the wall had it.
    """

    alone: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    rush: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    rounds: int = 0
    right: int = 0


def figures(folder: Path) -> Iterator[Figure]:
    """Figures 12 and 13."""
    database = folder / "workshop.db"
    run_command(database, "demo")
    with contextlib.closing(open_store(database)) as store:
        steps = (Step(1, StepKind.VOTE, items=_ITEMS),)
        plan = WorkshopPlan("Workshop", steps, FIVE_QUESTIONS, smallest_group=5)
        (firm, *_) = store.organisations.all()
        store.workshops.go(store.workshops.add(firm, None, plan, CODE), 1, date.today())
        with serving(database) as server:
            seen = asyncio.run(_measured(server, store))
    yield from _told(seen)


def _told(seen: Seen) -> Iterator[Figure]:
    typical, slow = _median(seen.votes), _nearly_all(seen.votes)
    yield Figure(
        f"12 a vote of {PHONES} phones within {SECONDS:.0f} s, median and 95 %",
        f"{_ms(typical)}, {_ms(slow)} ({len(seen.votes)} votes)",
        "95 % ≤ 300 ms",
        slow <= 0.300,
    )
    yield Figure(
        "12 the same against a vote of a phone alone",
        f"{_ms(typical)} : {_ms(_median(seen.alone))} = {typical / _median(seen.alone):.1f}",
    )
    yield Figure(
        f"12 a vote where {PHONES} phones send theirs at the same moment, median and 95 %",
        f"{_ms(_median(seen.rush))}, {_ms(_nearly_all(seen.rush))}",
    )
    yield Figure(
        f"12 rounds of {PHONES} phones that counted each vote once",
        f"{seen.right} of {seen.rounds}",
        "all",
        seen.right == seen.rounds,
    )
    yield Figure(
        f"12 asking where the room is, {PHONES} phones every 2 s, median and 95 %",
        f"{_ms(_median(seen.asked))}, {_ms(_nearly_all(seen.asked))}",
    )
    yield Figure("13 next round on the last phone, slowest", f"{max(seen.moved):.1f} s")
    if seen.shown:
        yield Figure(
            "13 last vote on the wall, in Chromium, slowest",
            f"{max(seen.shown):.1f} s",
            "≤ 3 s",
            max(seen.shown) <= 3,
        )


async def _measured(server: Server, store: Store) -> Seen:
    random, seen = Random(SEED), Seen()  # noqa: S311 - repeats itself; guards no secret
    phones = [Phone(server, CODE, random) for _ in range(PHONES)]
    for phone in phones:
        await phone.join()
    for _ in range(ALONE):
        await phones[0].vote(_answers(random))
    seen.alone = phones[0].votes.copy()
    async with asyncio.TaskGroup() as scripts:
        following = [scripts.create_task(phone.follow()) for phone in phones]
        async with _wall(server) as wall:
            for within in (SECONDS,) * ROUNDS + (0.0,):
                await _round(store, phones, seen, random, within, wall)
        for script in following:
            script.cancel()
    seen.asked = [seconds for phone in phones for seconds in phone.asked]
    return seen


async def _round(
    store: Store,
    phones: Sequence[Phone],
    seen: Seen,
    random: Random,
    within: float,
    wall: Page | None,
) -> None:
    """Everybody votes, what is revealed is compared with what was sent, the next round opens."""
    if wall:
        await wall.wait_for_function(f"!({_VOTED})()", timeout=1000 * _PATIENCE)
    before = [len(phone.votes) for phone in phones]
    sent = [_answers(random) for _ in phones]
    voting = asyncio.gather(
        *(
            _vote_later(phone, values, random.random() * within, twice=number < NERVOUS)
            for number, (phone, values) in enumerate(zip(phones, sent, strict=True))
        )
    )
    if wall:
        await wall.wait_for_function(_VOTED, polling=20, timeout=1000 * _PATIENCE)
        shown = time.perf_counter()
        if within:
            seen.shown.append(max(0.0, shown - max(await voting)))
    await voting
    took = [phone.votes[n] for phone, n in zip(phones, before, strict=True)]
    (seen.votes if within else seen.rush).extend(took)
    revealed = store.workshops.reveal(store.workshops.room(CODE).workshop)
    room = store.workshops.room(CODE)
    assert room.current is not None
    counted = store.workshops.tallies(revealed)[room.current.id]
    seen.rounds += 1
    seen.right += room.current.voters == PHONES and counted == _counted(sent)
    store.workshops.again(revealed)
    seen.moved.append(await _until_all_show_it(store, phones))
    tell(
        f"{PHONES} votes: 95 % within {_ms(_nearly_all(took))}; next round: {seen.moved[-1]:.1f} s"
    )


async def _until_all_show_it(store: Store, phones: Sequence[Phone]) -> float:
    """Seconds until every phone shows the round that was just opened."""
    opened, started = store.workshops.room(CODE).current, time.perf_counter()
    assert opened is not None
    async with asyncio.timeout(_PATIENCE):
        while any(phone.shows != opened.id for phone in phones):
            await asyncio.sleep(0.01)
    return time.perf_counter() - started


async def _vote_later(
    phone: Phone, values: Mapping[str, int], later: float, *, twice: bool
) -> float:
    await asyncio.sleep(later)
    return await phone.vote(values, twice=twice)


@contextlib.asynccontextmanager
async def _wall(server: Server) -> AsyncIterator[Page | None]:
    """The workshop on the wall, in Chromium; None without one."""
    chromium = find_chromium()
    if chromium is None:
        tell("no Chromium, no wall")
        yield None
        return
    name, _, value = owner_cookie(server).partition("=")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = await browser.new_context(viewport={"width": 1280, "height": 720})
        await context.add_cookies([{"name": name, "value": value, "url": server.url}])
        page = await context.new_page()
        await page.goto(f"{server.url}/projector?workshop={CODE}")
        await page.wait_for_selector(".wall .voted b", timeout=1000 * _PATIENCE)
        yield page
        await browser.close()


def _answers(random: Random) -> Mapping[str, int]:
    return {item: random.randint(0, 5) for item in _ITEMS}


def _counted(sent: Sequence[Mapping[str, int]]) -> Tally:
    """What a round of these votes has to say."""
    return {item: Counter(values[item] for values in sent) for item in _ITEMS}


def _median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)


def _nearly_all(seconds: Sequence[float]) -> float:
    """Seconds that 95 % took at most."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
