"""`make bench`: measures what the house promises to carry and prints one table.

Progress goes to stderr, the table to stdout. Ratios compare figures of the same
run, since disks and neighbours differ from day to day.
"""

import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.load import bulk, gaps, gate, light, phone, reading, screen, workshop
from tests.load.disk import commits_per_second, demo_wave, stored_responses, wave_titled
from tests.load.figure import Figure, tell
from tests.load.server import ROOT, Server, owner_cookie, run_command, serving

SEED = 8
ROUNDS = 5
MANY = 100_000
FEW = 1_000
KEPT_OF = 100
"""Organisations of each kind for the share that stays published."""

VISITS = 16
"""Warm visits to each release."""

_WARM_UP, _YARDSTICK, _LIGHT, _SCREEN = 2.0, 1.0, 4.0, 5.0
_MEGABYTE = 1_000_000


def main() -> None:
    """Measure everything, print the table, leave nothing behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    beside_live_data = ROOT / "var"
    beside_live_data.mkdir(exist_ok=True)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=beside_live_data) as folder:
        figures = [
            *_everything(),
            *_gate(),
            *_bulk(Path(folder)),
            *_answering(Path(folder)),
            *_results(Path(folder)),
            *reading.figures(Path(folder)),
            *workshop.figures(Path(folder)),
        ]
    tell(f"done in {time.perf_counter() - started:.0f} s")
    print("| figure | measured | bar | holds? |\n|---|---|---|---|")
    for figure in sorted(figures, key=lambda one: (int(one.name.split()[0]), one.name)):
        print(figure.line())


def _answering(folder: Path) -> Iterator[Figure]:
    """Figures 1 to 3: one server over the demo organisation."""
    database = folder / "demo.db"
    run_command(database, "demo")
    many = bulk.set_up_survey(database, 300)
    code = demo_wave(database)
    with serving(database) as server:
        yield from _phone(server, code, many)
        yield from _surveys(server, code, folder)


def _surveys(server: Server, code: str, folder: Path) -> Iterator[Figure]:
    """Surveys a second of both ways to answer, against the disk and each other."""
    random = Random(SEED)  # noqa: S311 - repeats itself on purpose; guards no secret
    before = stored_responses(server.database, code)
    warm = [way.fill_in_for(server, code, _WARM_UP, random) for way in (light, screen)]
    rounds = [_round(server, code, folder, random) for _ in range(ROUNDS)]
    screens = [screen.fill_in_for(server, code, _SCREEN, random) for _ in range(ROUNDS)]
    tell(f"Streamlit screen: {', '.join(f'{s.per_second:.1f}' for s in screens)} surveys/s")
    form = [surveys for surveys, _ in rounds]
    rate, slow = _median_rate(form), _median_rate(screens)
    disk = statistics.median(commits for _, commits in rounds)
    ratio = statistics.median(surveys.per_second / commits for surveys, commits in rounds)
    yield Figure(
        "1 light form against durable SQLite commits",
        f"{rate:.0f} surveys/s : {disk:.0f} commits/s = {ratio:.3f}",
        "≥ 0.10",
        ratio >= 0.10,
    )
    yield Figure(
        "2 light form against the Streamlit screen",
        f"{rate:.0f} : {slow:.1f} surveys/s = {rate / slow:.0f}×",
        "≥ 10×",
        rate / slow >= 10,
    )
    sent = sum(surveys.sent for surveys in (*warm, *form, *screens))
    stored = stored_responses(server.database, code) - before
    yield Figure("2 surveys of both that were stored", f"{stored} of {sent}", "all", stored == sent)


def _round(server: Server, code: str, folder: Path, random: Random) -> tuple[light.Surveys, float]:
    """The light form, and the disk's commits a second just before and after it."""
    before = commits_per_second(folder, _YARDSTICK)
    surveys = light.fill_in_for(server, code, _LIGHT, random)
    after = commits_per_second(folder, _YARDSTICK)
    tell(f"light form: {surveys.per_second:.0f} surveys/s; disk: {before:.0f}, {after:.0f}/s")
    return surveys, (before + after) / 2


def _median_rate(rounds: list[light.Surveys]) -> float:
    return statistics.median(surveys.per_second for surveys in rounds)


def _phone(server: Server, code: str, many: str) -> Iterator[Figure]:
    """The first page of a phone that has never been here."""
    requests, counted_by = phone.requests_of_browser(server, code)
    wire, wire_many = (phone.bytes_on_the_wire(server, one) for one in (code, many))
    tell(f"cold phone: {requests} request, {wire} bytes")
    yield Figure("3 cold phone, requests", f"{requests} ({counted_by})", "1", requests == 1)
    yield Figure(
        "3 cold phone, demo organisation", f"{wire / 1000:.1f} kB", "≤ 15 kB", wire <= 15_000
    )
    yield Figure("3 cold phone, 300 departments", f"{wire_many / 1000:.1f} kB")


def _results(folder: Path) -> Iterator[Figure]:
    """Figure 4: the results of a small and a large wave of the same organisation."""
    database = folder / "results.db"
    codes = [_released(database, folder, people) for people in (FEW, MANY)]
    taken: dict[str, list[float]] = {code: [] for code in codes}
    with serving(database) as server:
        cookie = owner_cookie(server)
        for code in codes * 3:
            screen.visited(server, "results", f"wave={code}", cookie)
        for code in codes * VISITS:
            visit = screen.visited(server, "results", f"wave={code}", cookie)
            taken[code].append(visit.seconds)
    few, many = (1000 * statistics.median(taken[code]) for code in codes)
    tell(f"results screen: {few:.0f} ms and {many:.0f} ms")
    yield Figure(
        "4 results screen, 100,000 against 1,000 responses",
        f"{many:.0f} ms : {few:.0f} ms = {many / few:.2f}",
        "≤ 1.3",
        many / few <= 1.3,
    )


def _released(database: Path, folder: Path, people: int) -> str:
    """Import, close and release a wave of so many people in 30 departments; its code."""
    file, title = folder / f"{people}.csv", f"{people} Antworten"
    bulk.write_answers(file, people, 30, Random(people))  # noqa: S311 - repeats itself
    bulk.import_wave(database, file, title)
    bulk.close_wave(database, title)
    bulk.release_wave(database, title)
    return wave_titled(database, title)


def _everything() -> Iterator[Figure]:
    """Figure 6: all that a release says, computed anew; the first round loads the libraries."""
    _, first, *others = [gaps.seconds_for_everything(300, Random(n)) for n in range(ROUNDS)]  # noqa: S311
    seconds = statistics.median(taken for taken, _ in (first, *others))
    tell(f"everything: {seconds:.2f} s for {first[1]}")
    yield Figure(
        f"6 all scores and gaps, 300 departments × 5 items ({first[1]})",
        f"{seconds:.2f} s",
        "≤ 1 s",
        seconds <= 1,
    )


def _gate() -> Iterator[Figure]:
    """Figure 7: the gate alone, at its hardest, and what it leaves."""
    for departments, bar in ((50, 10), (300, 120), (1000, 900)):
        for smallest in (5, 20):
            run = gate.run_gate(departments, smallest, Random(SEED))  # noqa: S311
            tell(f"gate, {departments} departments, k = {smallest}: {run.seconds:.1f} s")
            limited = smallest == 5
            yield Figure(
                f"7 gate, {departments} departments, k = {smallest}, crossed",
                f"{run.seconds:.1f} s ({run.people} people, {run.figures} figures)",
                f"≤ {bar} s" if limited else "–",
                run.seconds <= bar if limited else None,
            )
    for name, (kept, large) in gate.kept_share(KEPT_OF, Random(SEED)).items():  # noqa: S311
        yield Figure(
            f"8 published of figures ≥ k, {name}", f"{kept} of {large} = {kept / large:.0%}"
        )


def _bulk(folder: Path) -> Iterator[Figure]:
    """Figure 5: a large organisation's answers through the command line."""
    database, file, title = folder / "bulk.db", folder / "bulk.csv", "Großimport"
    bulk.write_answers(file, MANY, 300, Random(SEED))  # noqa: S311 - repeats itself
    imported = bulk.import_wave(database, file, title)
    closed = bulk.close_wave(database, title)
    released = bulk.release_wave(database, title)
    for name, cost in (
        ("import", imported),
        ("close", closed),
        ("release", released),
    ):
        measured = f"{cost.seconds:.1f} s, {cost.peak / _MEGABYTE:.0f} MB"
        tell(f"{name}: {measured}")
        holds = cost.seconds <= 15 and cost.peak <= 1000 * _MEGABYTE
        yield Figure(
            f"5 {name} of 100,000 responses in 300 departments", measured, "≤ 15 s, ≤ 1 GB", holds
        )


if __name__ == "__main__":
    main()
