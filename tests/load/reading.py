"""What it costs to read the results: time on the server, bytes to the browser, the first paint.

Organisations of 300 and of 1,000 departments, each with an earlier wave,
targets, a prediction and comments, so that every view has something to show.
"""

import statistics
from collections.abc import Iterator
from pathlib import Path
from random import Random

from data.questionnaires import FIVE_QUESTIONS, load_instrument
from survey.screens.results_view import VIEWS
from tests.load import bulk, paint, screen
from tests.load.disk import wave_titled
from tests.load.figure import Figure, tell
from tests.load.server import Server, owner_cookie, run_command, serving

PEOPLE_EACH = 30
COMMENTING = 0.05
WARM_UP, VISITS = 2, 7
"""Visits to each view before it counts, and those that count."""

EARLIER, NOW = "Vorjahr", "Dieses Jahr"
BYTES = {300: 60_000, 1000: 150_000}
"""What a view may send at most, by departments."""

_MOST_SECONDS = 0.150


def figures(folder: Path) -> Iterator[Figure]:
    """Figures 9 to 11."""
    for departments in BYTES:
        database = folder / f"reading{departments}.db"
        code = _organised(database, departments)
        with serving(database) as server:
            yield from _views(server, code, departments)
            if departments == min(BYTES):
                yield from _painted(server, code)


def _organised(database: Path, departments: int) -> str:
    """Two released waves of so many departments; the code of the later one."""
    random = Random(departments)  # noqa: S311 - repeats itself
    dimensions = [dimension.id for dimension in load_instrument(FIVE_QUESTIONS).dimensions]
    for title in (EARLIER, NOW):
        file = database.with_suffix(".csv")
        people = departments * PEOPLE_EACH
        bulk.write_answers(file, people, departments, random, commenting=COMMENTING)
        bulk.import_wave(database, file, title, "--by-division")
        run_command(database, "target", title, *(f"{one}=3.6" for one in dimensions))
        run_command(
            database, "predict", title, "--by=Leitung", *(f"{one}=3.8" for one in dimensions)
        )
        bulk.close_wave(database, title)
        tell(f"{departments} departments, {title}: {bulk.release_wave(database, title)}")
    return wave_titled(database, NOW)


def _views(server: Server, code: str, departments: int) -> Iterator[Figure]:
    """Figures 9 and 10: every view, in new sessions, its pictures drawn once before."""
    cookie, query = owner_cookie(server), f"wave={code}"
    screen.visited(server, "comments", query, cookie)  # computes what the release says, once
    found: dict[str, list[screen.Cost]] = {name: [] for name in VIEWS}
    for name in [*VIEWS] * (WARM_UP + VISITS):
        found[name].append(screen.visited(server, name, query, cookie))
    seconds = {name: _median(costs[WARM_UP:]) for name, costs in found.items()}
    sent = {name: max(cost.wire for cost in costs[WARM_UP:]) for name, costs in found.items()}
    for name in VIEWS:
        measured = f"{1000 * seconds[name]:.0f} ms, {sent[name] / 1000:.1f} kB"
        tell(f"/{name} of {departments} departments: {measured}")
        yield Figure(f"9 /{name} of {departments} departments, on the server and sent", measured)
    middle = statistics.median(seconds.values())
    yield Figure(
        f"9 results of {departments} departments, on the server, median of the views",
        f"{1000 * middle:.0f} ms",
        *(("≤ 150 ms", middle <= _MOST_SECONDS) if departments == min(BYTES) else ()),
    )
    drawn = statistics.median(costs[0].seconds for costs in found.values())
    yield Figure(
        f"9 results of {departments} departments, drawn for the first time, median of the views",
        f"{1000 * drawn:.0f} ms",
    )
    largest = max(sent, key=sent.__getitem__)
    yield Figure(
        f"10 results of {departments} departments, the most that a view sends",
        f"{sent[largest] / 1000:.1f} kB (/{largest})",
        f"≤ {BYTES[departments] / 1000:.0f} kB",
        sent[largest] <= BYTES[departments],
    )


def _median(costs: list[screen.Cost]) -> float:
    return statistics.median(cost.seconds for cost in costs)


def _painted(server: Server, code: str) -> Iterator[Figure]:
    """Figure 11: the overview in a browser that has been here before."""
    found = paint.of_overview(server, code, owner_cookie(server))
    if found is None:
        tell("no Chromium, no first paint")
        return
    yield Figure("11 overview in Chromium, warm, first paint", f"{found.first:.0f} ms")
    yield Figure("11 overview in Chromium, warm, first finding", f"{found.finding:.0f} ms")
