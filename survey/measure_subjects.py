"""What measures can be about: after a released wave, or in a workshop. No Streamlit."""

from dataclasses import dataclass

from data.model import DepartmentPath, Dimension, Organisation, Wave
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.store import Store
from data.workshops import Workshop

Occasion = Wave | Workshop | Organisation
"""What measures are agreed after, or in; the organisation where neither is left."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a measure can be about: dimensions, and departments below the whole organisation.

    `everybody_reads`: whoever was asked in the wave, or without one in any wave, finds its
    measures in an overview.
    """

    dimensions: tuple[Dimension, ...]
    paths: tuple[DepartmentPath, ...]
    everybody_reads: bool = False


def subjects(store: Store, occasion: Occasion) -> Subjects:
    """What can be agreed about; of a workshop what its wave asked, where it has one."""
    if isinstance(occasion, Organisation):
        return subjects_without_wave(store, occasion.id)
    if isinstance(occasion, Wave):
        return _of_wave(store, occasion)
    if occasion.wave:
        return _of_wave(store, store.waves.find(occasion.wave))
    return subjects_without_wave(store, occasion.organisation.id)


def subjects_without_wave(store: Store, organisation: int) -> Subjects:
    """The house's own questions, and the organisation's departments as they are now."""
    departments = store.organisations.departments(store.profiles.find(organisation))
    waves = (wave for wave in store.waves.all() if wave.organisation.id == organisation)
    return Subjects(
        load_instrument(FIVE_QUESTIONS).dimensions,
        tuple(department.path for department in departments),
        any(wave.settings.staff_overview for wave in waves),
    )


def _of_wave(store: Store, wave: Wave) -> Subjects:
    return Subjects(
        load_instrument(wave.settings.instrument).asked(wave.settings.items),
        tuple(department.path for department in store.waves.departments(wave)),
        wave.settings.staff_overview,
    )
