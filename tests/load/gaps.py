"""What it costs to compute everything a release says, in process, without a database."""

import time
from dataclasses import replace
from datetime import date
from random import Random

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.questionnaires import load_instrument
from data.results import AnswerCount, Prediction, Release
from scoring.figures import figures
from scoring.release import make_release
from scoring.scores import questions
from scoring.spread import item_spread
from survey.results import results_of
from survey.running import short_form
from tests.load.bulk import departments

_PEOPLE = 40
"""In each department itself, sub-departments not counted."""


def seconds_for_everything(number: int, random: Random) -> tuple[float, str]:
    """All scores and gaps of a release with so many departments, compared with an earlier one.

    Returns the seconds, and what was computed in them.
    """
    settings = short_form("Messung", 5)
    wave = Wave(1, "messung1", Organisation(1, "Lastprobe"), settings, WaveState.RELEASED)
    earlier, now = (_release(settings, number, random) for _ in range(2))
    started = time.perf_counter()
    results = results_of(wave, now, (wave, earlier))
    asked = questions(results.dimensions)
    scores = [figures(now, group, question) for group in now.groups for question in asked]
    for item in now.items:
        item_spread(now, item)
    taken = time.perf_counter() - started
    found = sum(len(gaps) for gaps in results.gaps.values())
    return taken, f"{len(scores)} scores, {found} gaps"


def _release(settings: WaveSettings, number: int, random: Random) -> Release:
    """A release of full departments, with everything that figures can be computed from."""
    paths = departments(number)
    levels = {path: random.gauss(3.4, 0.4) for path in paths}
    counts = [
        AnswerCount(path, leads, customer, item, min(5, max(0, round(random.gauss(level, 1)))), 1)
        for path, level in levels.items()
        for leads, customer in [(n % 10 == 0, n % 3 == 0) for n in range(_PEOPLE)]
        for item in settings.items
    ]
    asked = load_instrument(settings.instrument).asked(settings.items)
    aims = {dimension.id: 3.6 for dimension in asked}
    return replace(
        make_release(settings, paths, counts),
        headcounts=dict.fromkeys(((), *paths), 20 * _PEOPLE * number),
        targets={(): aims},
        predictions={d: Prediction(mean, "Leitung", date(2026, 1, 1)) for d, mean in aims.items()},
    )
