"""What the demo organisation is made of, read from its files and checked.

Lives here: the shape of `demo.toml` and `demo_earlier.toml`. How people and
answers come of it: `data.demo`. May import: data only (beside the standard
library and pydantic).
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from data.model import DepartmentPath

CONTENT = Path(__file__).with_name("demo.toml")
EARLIER = Path(__file__).with_name("demo_earlier.toml")

Voices = Mapping[str, Mapping[str, list[str]]]
"""What there is to say on a dimension: under "everyone", and under divisions."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tendency(_Strict):
    """How people answer one item: on average, and who otherwise."""

    mean: float
    leads: float
    customer: float
    cant_judge: float


class DepartmentEntry(_Strict):
    """A department, and how its people differ from others."""

    path: DepartmentPath
    headcount: int
    leaders: int = 0
    contact: float = 0
    turnout: float = 1
    cant_judge: float = 1
    comments: float = 1
    mood: float = 0
    items: dict[str, float] = {}
    unanimous: dict[str, int] = {}


class WaveEntry(_Strict):
    """A wave, what is expected of it, and how its answers arrive and have shifted."""

    title: str
    code: str
    opened: date
    results: date
    closed: date | None = None
    turnout: float
    arrivals: tuple[int, ...]
    shift: dict[str, float] = {}
    targets: dict[str, float]
    predictions: dict[str, float]
    predicted_by: str


class DepartmentTargets(_Strict):
    """What one department is to reach, other than the rest."""

    path: DepartmentPath
    targets: dict[str, float]


class Content(_Strict):
    """The organisation: how it answers, its waves, its departments, what is said there."""

    organisation: str
    person_spread: float
    answer_spread: float
    skips_fact: float
    writes_comment: float
    speaks_for_division: float
    items: dict[str, Tendency]
    waves: tuple[WaveEntry, ...]
    department_targets: tuple[DepartmentTargets, ...]
    departments: tuple[DepartmentEntry, ...]
    comments: Voices


class _WasDifferent(_Strict):
    """What was different in a department then; its `items` beside those of now."""

    path: DepartmentPath
    headcount: int | None = None
    items: dict[str, float] = {}

    def before(self, now: DepartmentEntry) -> DepartmentEntry:
        """The department as it was."""
        items = {
            item: now.items.get(item, 0) + self.items.get(item, 0)
            for item in (*now.items, *self.items)
        }
        return now.model_copy(update={"headcount": self.headcount or now.headcount, "items": items})


class _Earlier(_Strict):
    """A wave of the past, and what was different then."""

    wave: WaveEntry
    items: dict[str, Tendency]
    departments: tuple[_WasDifferent, ...]
    comments: Voices


def read_content() -> Content:
    """The organisation as it is, with its last two waves."""
    return Content.model_validate(tomllib.loads(CONTENT.read_text(encoding="utf-8")))


def as_it_was(now: Content) -> Content:
    """The organisation as it was a year before those, with the one wave of that time."""
    then = _Earlier.model_validate(tomllib.loads(EARLIER.read_text(encoding="utf-8")))
    different = {entry.path: entry for entry in then.departments}
    departments = tuple(
        different[entry.path].before(entry) if entry.path in different else entry
        for entry in now.departments
    )
    return now.model_copy(
        update={
            "waves": (then.wave,),
            "items": {**now.items, **then.items},
            "departments": departments,
            "comments": then.comments,
        }
    )
