"""What everybody who was asked may see: a release's whole organisation, and what was agreed.

Figures come from the release only. No Streamlit; how it looks is `survey/form/overview.py`'s
business.
"""

from dataclasses import dataclass, replace

from data.measures import Measure
from data.model import Dimension, Wave
from data.store import Store
from scoring.figures import Figures, figures
from scoring.gaps import Gap, GapKind
from scoring.headlines import headlines
from scoring.release import ORGANISATION
from scoring.scores import questions
from survey.releasing import earlier_wave
from survey.results import Results, load_results

TOLD = (GapKind.TARGET, GapKind.TREND)
"""Gaps that employees are told of. What leadership predicted was entered for leadership."""


@dataclass(frozen=True, slots=True)
class Part:
    """One dimension, and its statements where it has several."""

    dimension: Dimension
    figures: Figures
    statements: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class StaffOverview:
    """The headlines of the whole organisation (in `results`), its dimensions, and the measures.

    `measures`: those that were agreed after this wave, or in workshops without a wave, by
    the day they are due.
    """

    results: Results
    parts: tuple[Part, ...]
    measures: tuple[Measure, ...] = ()


def overview_of(results: Results) -> StaffOverview:
    """The part of the results that is for everybody."""
    own = {kind: tuple(g for g in results.gaps[kind] if _own(kind, g)) for kind in GapKind}
    *_, overall = questions(results.dimensions)
    found = headlines(results.release, own, overall)
    told = tuple(one for one in found if isinstance(one, Figures | Gap))
    parts = tuple(_part(results, dimension) for dimension in results.dimensions)
    return StaffOverview(replace(results, headlines=told), parts)


def _part(results: Results, dimension: Dimension) -> Part:
    *items, own, _ = questions([dimension])
    whole, *parts = (figures(results.release, ORGANISATION, question) for question in (own, *items))
    return Part(dimension, whole, tuple(parts) if len(parts) > 1 else ())


def _own(kind: GapKind, gap: Gap) -> bool:
    return kind in TOLD and gap.to.group == ORGANISATION


class StaffOverviews:
    """Makes overviews, each one once: neither a release nor what it is compared with changes.

    The measures do; they are read anew each time.
    """

    def __init__(self, store: Store) -> None:
        """Read from this store."""
        self._store = store
        self._made: dict[tuple[str, str | None], StaffOverview] = {}

    def of(self, wave: Wave) -> StaffOverview:
        """The overview of a released wave.

        By codes: a number may be another wave's, once an organisation has been erased.
        """
        earlier = earlier_wave(self._store, wave)
        key = (wave.code, earlier.code if earlier else None)
        if key not in self._made:
            self._made[key] = overview_of(load_results(self._store, wave))
        made = self._made[key]
        kept = self._store.measures.of(wave.organisation)
        measures = tuple(measure for measure in kept if measure.wave in {wave.code, ""})
        return replace(made, results=replace(made.results, wave=wave), measures=measures)
