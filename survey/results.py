"""A wave's results as one value: its release, and every gap in it. No Streamlit."""

from dataclasses import dataclass

from data.model import Dimension, Instrument, Wave
from data.questionnaires import load_instrument
from data.results import Release
from data.store import Store
from scoring.gaps import Gaps, all_gaps
from scoring.headlines import Headline, headlines
from scoring.priorities import Priority, priorities
from scoring.scores import questions
from survey.releasing import earlier_wave


@dataclass(frozen=True, slots=True)
class Results:
    """What views, exports and sentences take.

    `earlier`: the wave that trends start from, and `before` its release.
    """

    wave: Wave
    instrument: Instrument
    release: Release
    gaps: Gaps
    headlines: tuple[Headline, ...]
    priorities: tuple[Priority, ...]
    earlier: Wave | None = None
    before: Release | None = None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What was asked."""
        return self.instrument.asked(self.release.items)


def results_of(wave: Wave, release: Release, earlier: tuple[Wave, Release] | None) -> Results:
    """The results of a release, compared with an earlier one if there is one."""
    instrument = load_instrument(wave.settings.instrument)
    gaps = all_gaps(release, instrument, earlier[1] if earlier else None)
    *_, overall = questions(instrument.asked(release.items))
    return Results(
        wave=wave,
        instrument=instrument,
        release=release,
        gaps=gaps,
        headlines=headlines(release, gaps, overall),
        priorities=priorities(release, gaps),
        earlier=earlier[0] if earlier else None,
        before=earlier[1] if earlier else None,
    )


def load_results(store: Store, wave: Wave) -> Results:
    """A released wave's results. `NotAllowed` where it is not released."""
    before = earlier_wave(store, wave)
    then = (before, store.releases.load(before)) if before else None
    return results_of(wave, store.releases.load(wave), then)
