"""What a draft still lacks: what its opening needs, and what is worth having. No Streamlit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.errors import Problem
from data.model import Wave
from data.schedule import obstacles
from data.store import Store


class Hint(StrEnum):
    """What is worth having before a wave opens."""

    DEPARTMENTS = "departments"
    HEADCOUNTS = "headcounts"
    LINKS = "links"
    CLOSING = "closing"
    TARGETS = "targets"
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True)
class Readiness:
    """`obstacles`: what keeps the wave from opening. `hints`: whether each is there."""

    obstacles: tuple[Problem, ...]
    hints: dict[Hint, bool]

    @property
    def openable(self) -> bool:
        """Whether it could be opened now."""
        return not self.obstacles


def look(store: Store, wave: Wave, now: datetime) -> Readiness:
    """Check a draft as it is stored."""
    departments = store.waves.departments(wave)
    linked = {i.department.id for i in store.invitations.of(wave) if i.department}
    hints = {
        Hint.DEPARTMENTS: bool(departments),
        Hint.HEADCOUNTS: bool(departments) and all(d.headcount is not None for d in departments),
        Hint.LINKS: all(d.id in linked for d in departments),
        Hint.CLOSING: wave.settings.closes_at is not None,
        Hint.TARGETS: bool(store.expectations.targets(wave)),
        Hint.PREDICTION: bool(store.expectations.predictions(wave)),
    }
    return Readiness(obstacles(wave.settings, now), hints)
