"""The demo organisation: an invented firm with three waves, the same every time.

Lives here: how the text and numbers of `data.demo_content` become people and
answers. May import: data only (beside the standard library).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from data.demo_content import (
    Content,
    DepartmentEntry,
    DepartmentTargets,
    WaveEntry,
    as_it_was,
    read_content,
)
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

SEED = 8
EARLIER_SEED = 52
"""Any numbers do; with these, the gate lets both pairs through in every wave, and the trends
that are sure are those that `demo_earlier.toml` is about."""

_LINK_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody invented, who may take part in several waves. `leaning`: how rosily they see it."""

    department: DepartmentPath
    leads: bool
    customer: bool
    leaning: float


def create_demo(store: Store) -> tuple[Wave, Wave, Wave]:
    """Create the demo organisation: two closed waves, a year apart, and one that is still open.

    Oldest first. Every call on a fresh store gives the same answers. `SetUpProblem` where
    the organisation exists already; nothing is written then.
    """
    now = read_content()
    organisation = store.organisations.add(now.organisation, demo=True)
    (earlier,) = _live(store, organisation, as_it_was(now), EARLIER_SEED)
    first, second = _live(store, organisation, now, SEED)
    return earlier, first, second


def _live(store: Store, organisation: Organisation, content: Content, seed: int) -> list[Wave]:
    """The waves of a time, in departments that had so many people then."""
    store.organisations.save_departments(
        organisation, {entry.path: entry.headcount for entry in content.departments}
    )
    firm = _Firm(content, seed)
    return [_hold(store, organisation, firm, entry) for entry in content.waves]


def _hold(store: Store, organisation: Organisation, firm: "_Firm", entry: WaveEntry) -> Wave:
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

    def __init__(self, content: Content, seed: int) -> None:
        """Hire everybody and shuffle what there is to say; new texts change no answer."""
        self._random = Random(seed)  # noqa: S311 - repeats itself on purpose; guards no secret
        self._words = Random(seed)  # noqa: S311 - the same
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

    def department_targets(self) -> tuple[DepartmentTargets, ...]:
        """What some departments are to reach, other than the wave's targets."""
        return self._content.department_targets

    def respond(
        self, wave: WaveEntry, items: Sequence[str], ids: Mapping[DepartmentPath, int]
    ) -> list[list[Response]]:
        """The responses of every day of a wave. `ids`: its departments."""
        days: list[list[Response]] = [[] for _ in wave.arrivals]
        for path, staff in self._staff.items():
            turnout = min(1.0, wave.turnout * self._entries[path].turnout)
            for person in self._random.sample(staff, round(len(staff) * turnout)):
                (day,) = self._random.choices(days, wave.arrivals)
                day.append(self._response(person, ids[path], wave, items))
        return days

    def _hire(self, entry: DepartmentEntry) -> list[_Person]:
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
        self, person: _Person, department: int, wave: WaveEntry, items: Sequence[str]
    ) -> Response:
        return Response(
            nonce=self._random.randbytes(16),
            department=department,
            leads=person.leads and self._random.random() >= self._content.skips_fact,
            customer=person.customer and self._random.random() >= self._content.skips_fact,
            answers={item: self._answer(person, wave, item) for item in items},
            comments=self._comments(self._entries[person.department]),
        )

    def _answer(self, person: _Person, wave: WaveEntry, item: str) -> int:
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

    def _comments(self, department: DepartmentEntry) -> dict[str, str]:
        """What somebody of this department writes; nothing is said twice."""
        said = {}
        for dimension, voices in self._unsaid.items():
            if self._words.random() < self._content.writes_comment * department.comments:
                shared, own = voices["everyone"], voices.get(department.path[0], [])
                for_division = self._words.random() < self._content.speaks_for_division
                if unsaid := (own or shared) if for_division else (shared or own):
                    said[dimension] = unsaid.pop()
        return said
