"""What the gate costs, and how much of what is large enough it lets through; in process."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from data.model import DepartmentPath, WaveSettings
from data.results import AnswerCount, GroupKind, Release
from scoring.cells import finest, histogram_of
from scoring.release import make_release
from survey.running import Extent, short_form
from tests.scoring.organisations import LARGE, SMALL, random_survey

_SIZES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30)
"""People of a department itself: half of the departments have fewer than ten."""

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class GateRun:
    """One release: how long the gate took, and what it was given."""

    seconds: float
    people: int
    figures: int


def run_gate(number: int, smallest_group: int, random: Random) -> GateRun:
    """Five items with position, contact and both by division, in so many uneven departments."""
    settings = short_form(
        "Messung", smallest_group, position=Extent.DIVISIONS, contact=Extent.DIVISIONS
    )
    paths = uneven_tree(number, random)
    counts = list(_answers(settings, paths, random))
    started = time.perf_counter()
    release = make_release(settings, paths, counts)
    taken = time.perf_counter() - started
    people = sum(count.people for count in counts) // len(settings.items)
    return GateRun(taken, people, sum(map(len, release.histograms.values())))


def uneven_tree(number: int, random: Random) -> tuple[DepartmentPath, ...]:
    """Divisions, and below them departments of up to four levels."""
    paths = [(f"Bereich {n}",) for n in range(max(4, round(0.8 * number**0.5)))]
    while len(paths) < number:
        parent = random.choice(paths)
        if len(parent) < _DEEPEST:
            paths.append((*parent, f"Team {len(paths)}"))
    return tuple(paths)


def _answers(
    settings: WaveSettings, paths: Iterable[DepartmentPath], random: Random
) -> Iterator[AnswerCount]:
    """One leader a department; whole divisions mostly with customer contact, or mostly without."""
    contact: dict[str, float] = {}
    for path in paths:
        often = contact.setdefault(path[0], random.choice((0.2, 0.9)))
        levels = {item: random.gauss(3.4, 0.5) for item in settings.items}
        for person in range(random.choice(_SIZES)):
            customer = random.random() < often
            for item, level in levels.items():
                answer = min(5, max(1, round(random.gauss(level, 0.9))))
                value = 0 if random.random() < 0.06 else answer
                yield AnswerCount(path, person == 0, customer, item, value, 1)


def kept_share(organisations: int, random: Random) -> dict[str, tuple[int, int]]:
    """Of random organisations' figures of k valid answers or more: how many are published.

    By where they come from: organisations of the tests, made to be hard to
    protect, small and large; and plain ones of 8 to 50 departments.
    """
    hard = {"hard, small": SMALL, "hard, large": LARGE}
    found: dict[str, tuple[int, int]] = {}
    for name, extent in hard.items():
        surveys = [random_survey(random, extent) for _ in range(organisations)]
        found[name] = _added(
            _kept(s.release(), s.counts(), s.settings.smallest_group) for s in surveys
        )
    found["plain"] = _added(_plain(random) for _ in range(organisations))
    return found


def _plain(random: Random) -> tuple[int, int]:
    settings = short_form("Messung", 5)
    paths = uneven_tree(random.choice((8, 12, 20, 30, 50)), random)
    counts = list(_answers(settings, paths, random))
    return _kept(make_release(settings, paths, counts), counts, settings.smallest_group)


def _added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    totals = Counter[str]()
    for kept, large in pairs:
        totals.update(kept=kept, large=large)
    return totals["kept"], totals["large"]


def _kept(release: Release, counts: Iterable[AnswerCount], smallest: int) -> tuple[int, int]:
    """Published figures of candidate groups, and how many of these have k valid answers."""
    by_item: dict[str, list[AnswerCount]] = {item: [] for item in release.items}
    for count in counts:
        by_item[count.item].append(count)
    kept = large = 0
    for item, counted in by_item.items():
        people = finest(counted)
        for group in release.groups:
            if not group.without and group.kind is not GroupKind.REMAINDER:
                large += histogram_of(people, group).valid >= smallest
                kept += item in release.histograms.get(group, {})
    return kept, large
