"""Organisations to try the gate on: made by hand in a line, or at random to be hard to protect."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from data.model import DepartmentPath, WaveSettings
from data.results import AnswerCount, Group, GroupKind, Histogram, Release
from scoring.release import make_release
from tests.scoring.attackers import ANSWERS, Person, is_in

K = 5
ONE_ITEM = ("CP1",)

ORGANISATION = Group(GroupKind.ORGANISATION)
LEADERS = Group(GroupKind.POSITION, member=True)
LED = Group(GroupKind.POSITION, member=False)
FRONT = Group(GroupKind.CONTACT, member=True)
BACK = Group(GroupKind.CONTACT, member=False)


@dataclass(frozen=True, slots=True)
class Survey:
    """A closed wave: what was set, the tree, and who took part."""

    settings: WaveSettings
    departments: tuple[DepartmentPath, ...]
    people: tuple[Person, ...]

    def counts(self) -> list[AnswerCount]:
        """The people, as the gate is given them."""
        cells = Counter(
            (person.path, person.leads, person.customer, item, value)
            for person in self.people
            for item, value in person.answers.items()
        )
        return [AnswerCount(*cell, people=people) for cell, people in cells.items()]

    def release(self) -> Release:
        """What the gate makes of it."""
        return make_release(self.settings, self.departments, self.counts())


# By hand


def team(
    path: str, answers: Sequence[int], *, leads: bool = False, customer: bool = False
) -> list[Person]:
    """People of one department ("A/x"; "" is the organisation), one answer each."""
    place = tuple(path.split("/")) if path else ()
    return [Person(place, leads, customer, {"CP1": answer}) for answer in answers]


def varied(people: int) -> list[int]:
    """Answers of this many people, as different as can be."""
    return [(1, 2, 3, 4, 5)[i % 5] for i in range(people)]


def survey_of(
    people: Sequence[Person],
    items: Sequence[str] = ONE_ITEM,
    *,
    position: bool = False,
    contact: bool = False,
    position_by_division: bool = False,
    contact_by_division: bool = False,
) -> Survey:
    """A wave with k = 5 in which these people took part; the tree is where they are."""
    nodes = {person.path[:depth] for person in people for depth in range(1, 4)} - {()}
    wave = WaveSettings(
        "Welle",
        "five_questions",
        tuple(items),
        position,
        contact,
        K,
        position_by_division=position_by_division,
        contact_by_division=contact_by_division,
    )
    return Survey(wave, tuple(sorted(nodes)), tuple(people))


def seeded(seed: int) -> Random:
    """The same coincidences in every run."""
    return Random(seed)  # noqa: S311


def node(path: str) -> Group:
    """A department's group."""
    return Group(GroupKind.DEPARTMENT, tuple(path.split("/")))


def pair(kind: GroupKind, division: str = "") -> tuple[Group, Group]:
    """Leaders or customer contact, and everyone else: of one division, or of all."""
    path = (division,) if division else ()
    return Group(kind, path, member=True), Group(kind, path, member=False)


def the_one_leader_who_differs() -> list[Person]:
    """Ten leaders, nine at 1 and one at 2; in the one's team nobody answered 1."""
    return [
        *team("A", [2], leads=True),
        *team("A", [2, 3, 4, 5] * 3),
        *team("B", [1] * 9, leads=True),
        *team("B", varied(30)),
    ]


def careless(people: Sequence[Person], groups: Sequence[Group], items: Sequence[str]) -> Release:
    """A release without a gate: these groups, whatever they give away."""
    histograms = {g: {item: _histogram(people, g, item) for item in items} for g in groups}
    return Release(tuple(items), tuple(groups), histograms)


def _histogram(people: Sequence[Person], group: Group, item: str) -> Histogram:
    given = [person.answers[item] for person in people if is_in(person, group)]
    none, one, two, three, four, five = (given.count(value) for value in range(ANSWERS))
    return Histogram((none, one, two, three, four, five))


# At random

SIZES = (0, 1, 1, 2, 3, 3, 4, 5, 6, 7, 9, 12, 20)
MOODS = ("varied", "varied", "agreed", "nearly", "split", "silent", "nearly silent")
DEEPEST = 4

Mood = tuple[str, int]
"""How people answer an item, and the answer most of them give."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a random organisation may be."""

    people: tuple[int, int]
    departments: tuple[int, int]
    items: int


SMALL = Extent(people=(10, 80), departments=(2, 25), items=3)
LARGE = Extent(people=(200, 400), departments=(10, 30), items=1)


def random_survey(random: Random, extent: Extent = SMALL) -> Survey:
    """An uneven tree with tiny teams and every way of being found out."""
    items = ("CP1", "EO1", "TB1")[: random.randint(1, extent.items)]
    wave = WaveSettings(
        "Welle",
        "five_questions",
        items,
        position=_chance(random, 70),
        contact=_chance(random, 70),
        smallest_group=random.randint(5, 7),
        position_by_division=_chance(random, 60),
        contact_by_division=_chance(random, 60),
    )
    departments = _random_tree(random, extent)
    people = _random_people(random, departments, items, extent)
    people = _random_contact(random, _random_leaders(random, people))
    return Survey(wave, departments, tuple(_without_some_facts(random, people)))


def _chance(random: Random, percent: int) -> bool:
    return random.randint(1, 100) <= percent


def _random_tree(random: Random, extent: Extent) -> tuple[DepartmentPath, ...]:
    """A few divisions; whatever is added later hangs under any of them, so depths differ."""
    fewest, most = extent.departments
    nodes: list[DepartmentPath] = [(name,) for name in "ABCDEF"[: random.randint(2, 6)]]
    for i in range(random.randint(max(fewest, len(nodes)), most) - len(nodes)):
        parent = random.choice([path for path in nodes if len(path) < DEEPEST])
        nodes.append((*parent, f"{i}"))
    return tuple(sorted(nodes))


def _random_people(
    random: Random, departments: Sequence[DepartmentPath], items: Sequence[str], extent: Extent
) -> list[Person]:
    """Some divisions are several times as large as others; departments may agree on their own."""
    fewest, most = extent.people
    places = [*departments, *([()] if _chance(random, 40) else [])]
    random.shuffle(places)
    usual = {item: _random_mood(random) for item in items}
    times = {path[:1]: random.choice((1, 1, 1, 3)) for path in places}
    people: list[Person] = []
    for path in places:
        here = {i: usual[i] if _chance(random, 50) else _random_mood(random) for i in items}
        size = min(random.choice(SIZES) * times[path[:1]], most - len(people))
        people.extend(_random_person(random, path, here) for _ in range(size))
    while len(people) < fewest:
        people.append(_random_person(random, random.choice(places), usual))
    return people


def _random_person(random: Random, path: DepartmentPath, moods: dict[str, Mood]) -> Person:
    answers = {item: _random_answer(random, *mood) for item, mood in moods.items()}
    return Person(path, leads=False, customer=False, answers=answers)


def _random_mood(random: Random) -> Mood:
    return random.choice(MOODS), random.randint(0, 5)


def _random_answer(random: Random, mood: str, usual: int) -> int:
    if mood == "agreed" or (mood == "nearly" and _chance(random, 90)):
        return usual
    if mood == "silent" or (mood == "nearly silent" and _chance(random, 80)):
        return 0
    if mood == "split":
        return random.choice((usual, 5 - usual))
    return random.randint(0, 5)


def _random_leaders(random: Random, people: list[Person]) -> list[Person]:
    """One a team, a board of leaders only and perhaps one a team, any, those alike, or nobody."""
    kinds = ("one a team", "one a team", "board", "board and teams", "some", "alike", "nobody")
    kind = random.choice(kinds)
    board, answers = people[0].path, people[0].answers
    seen: set[DepartmentPath] = set()
    chosen = []
    for person in people:
        leads = {
            "one a team": person.path not in seen,
            "board": person.path == board,
            "board and teams": person.path == board or person.path not in seen,
            "some": kind == "some" and _chance(random, 30),
            "alike": person.answers == answers,
            "nobody": False,
        }[kind]
        seen.add(person.path)
        chosen.append(replace(person, leads=leads))
    return chosen


def _random_contact(random: Random, people: list[Person]) -> list[Person]:
    """Half of all, whole departments, a few, or (almost) the leaders or everyone else."""
    kind = random.choice(("half", "departments", "few", "leaders", "led"))
    outside = {p.path for p in people if sum(map(ord, "".join(p.path))) % 2}
    chosen = []
    for person in people:
        customer = {
            "half": kind == "half" and _chance(random, 50),
            "departments": person.path in outside,
            "few": kind == "few" and _chance(random, 10),
            "leaders": person.leads,
            "led": not person.leads,
        }[kind]
        chosen.append(replace(person, customer=customer))
    for _ in range(random.randint(0, 4)):
        i = random.randrange(len(chosen))
        chosen[i] = replace(chosen[i], customer=not chosen[i].customer)
    return chosen


def _without_some_facts(random: Random, people: list[Person]) -> list[Person]:
    """Who skips the two questions counts as everyone else."""
    percent = random.choice((0, 0, 30))
    return [
        replace(person, leads=False, customer=False)
        if percent and _chance(random, percent)
        else person
        for person in people
    ]
