"""The demo organisation: an invented firm with two waves, the same every time.

Lives here: how the text and numbers of `demo.toml` become people and answers.
May import: data only (beside the standard library and pydantic).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict

from data.model import (
    CANT_JUDGE,
    SCALE,
    Department,
    DepartmentPath,
    Organisation,
    Response,
    Wave,
    WaveSettings,
)
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.store import Store

CONTENT = Path(__file__).with_name("demo.toml")
SEED = 8
"""Any number does; with this one, the gate lets both pairs through in both waves."""

_LINK_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Tendency(_Strict):
    mean: float
    leads: float
    customer: float
    cant_judge: float


class _DepartmentEntry(_Strict):
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


class _WaveEntry(_Strict):
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


class _DepartmentTargets(_Strict):
    path: DepartmentPath
    targets: dict[str, float]


class _Content(_Strict):
    organisation: str
    person_spread: float
    answer_spread: float
    skips_fact: float
    writes_comment: float
    speaks_for_division: float
    items: dict[str, _Tendency]
    waves: tuple[_WaveEntry, _WaveEntry]
    department_targets: tuple[_DepartmentTargets, ...]
    departments: tuple[_DepartmentEntry, ...]
    comments: dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody invented, who may take part in both waves. `leaning`: how rosily they see things."""

    department: DepartmentPath
    leads: bool
    customer: bool
    leaning: float


def create_demo(store: Store) -> tuple[Wave, Wave]:
    """Create the demo organisation with a closed wave and one that is still open.

    Every call on a fresh store gives the same answers. `SetUpProblem` where
    the organisation exists already; nothing is written then.
    """
    content = _Content.model_validate(tomllib.loads(CONTENT.read_text(encoding="utf-8")))
    organisation = store.organisations.add(content.organisation, demo=True)
    store.organisations.save_departments(
        organisation, {entry.path: entry.headcount for entry in content.departments}
    )
    firm = _Firm(content)
    first, second = (_hold(store, organisation, firm, entry) for entry in content.waves)
    return first, second


def _hold(store: Store, organisation: Organisation, firm: "_Firm", entry: _WaveEntry) -> Wave:
    """Set one wave up, fill it day by day, and close it if it has ended."""
    settings = WaveSettings(
        title=entry.title,
        instrument=FIVE_QUESTIONS,
        items=load_instrument(FIVE_QUESTIONS).short_form(),
        results_on=entry.results,
        staff_overview=True,
    )
    draft = store.waves.add(organisation, settings, entry.code)
    store.invitations.add(draft, firm.links(store.waves.departments(draft)))
    store.expectations.set_targets(draft, (), entry.targets)
    for own in firm.department_targets():
        store.expectations.set_targets(draft, own.path, own.targets)
    store.expectations.predict(draft, entry.predictions, entry.predicted_by, entry.opened)
    wave = store.waves.open(draft, entry.opened)
    ids = {department.path: department.id for department in store.waves.departments(wave)}
    for day, responses in enumerate(firm.respond(entry, settings.items, ids)):
        if responses:
            store.answers.add_many(wave, responses, entry.opened + timedelta(days=day))
    return store.waves.close(wave, entry.closed) if entry.closed else wave


class _Firm:
    """The invented people, and what they answer and write."""

    def __init__(self, content: _Content) -> None:
        """Hire everybody and shuffle what there is to say; new texts change no answer."""
        self._random = Random(SEED)  # noqa: S311 - repeats itself on purpose; guards no secret
        self._words = Random(SEED)  # noqa: S311 - the same
        self._content = content
        self._entries = {entry.path: entry for entry in content.departments}
        self._staff = {path: self._hire(entry) for path, entry in self._entries.items()}
        self._unsaid = {
            dimension: {who: self._words.sample(texts, len(texts)) for who, texts in voices.items()}
            for dimension, voices in content.comments.items()
        }

    def links(self, departments: Sequence[Department]) -> dict[str, Department]:
        """A new link for every department."""
        return {"".join(self._random.choices(_LINK_ALPHABET, k=8)): d for d in departments}

    def department_targets(self) -> tuple[_DepartmentTargets, ...]:
        """What some departments are to reach, other than the wave's targets."""
        return self._content.department_targets

    def respond(
        self, wave: _WaveEntry, items: Sequence[str], ids: Mapping[DepartmentPath, int]
    ) -> list[list[Response]]:
        """The responses of every day of a wave. `ids`: its departments."""
        days: list[list[Response]] = [[] for _ in wave.arrivals]
        for path, staff in self._staff.items():
            turnout = min(1.0, wave.turnout * self._entries[path].turnout)
            for person in self._random.sample(staff, round(len(staff) * turnout)):
                (day,) = self._random.choices(days, wave.arrivals)
                day.append(self._response(person, ids[path], wave, items))
        return days

    def _hire(self, entry: _DepartmentEntry) -> list[_Person]:
        """The people who belong to a department itself and to none below it."""
        below = sum(e.headcount for e in self._content.departments if e.path[:-1] == entry.path)
        return [
            _Person(
                department=entry.path,
                leads=number < entry.leaders,
                customer=self._random.random() < entry.contact,
                leaning=self._random.gauss(0, self._content.person_spread),
            )
            for number in range(entry.headcount - below)
        ]

    def _response(
        self, person: _Person, department: int, wave: _WaveEntry, items: Sequence[str]
    ) -> Response:
        return Response(
            nonce=self._random.randbytes(16),
            department=department,
            leads=person.leads and self._random.random() >= self._content.skips_fact,
            customer=person.customer and self._random.random() >= self._content.skips_fact,
            answers={item: self._answer(person, wave, item) for item in items},
            comments=self._comments(self._entries[person.department]),
        )

    def _answer(self, person: _Person, wave: _WaveEntry, item: str) -> int:
        department, tendency = self._entries[person.department], self._content.items[item]
        if item in department.unanimous:
            return department.unanimous[item]
        if self._random.random() < tendency.cant_judge * department.cant_judge:
            return CANT_JUDGE
        level = tendency.mean + department.mood + department.items.get(item, 0)
        level += tendency.leads * person.leads + tendency.customer * person.customer
        level += person.leaning + wave.shift.get(item, 0)
        point = round(self._random.gauss(level, self._content.answer_spread))
        return min(max(point, SCALE[0]), SCALE[-1])

    def _comments(self, department: _DepartmentEntry) -> dict[str, str]:
        """What somebody of this department writes; nothing is said twice."""
        said = {}
        for dimension, voices in self._unsaid.items():
            if self._words.random() < self._content.writes_comment * department.comments:
                shared, own = voices["everyone"], voices.get(department.path[0], [])
                for_division = self._words.random() < self._content.speaks_for_division
                if unsaid := (own or shared) if for_division else (shared or own):
                    said[dimension] = unsaid.pop()
        return said
