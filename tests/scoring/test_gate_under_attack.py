"""The gate's promise to respondents, tried by two attackers who know nothing of its ways."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from data.model import AnswerCount, DepartmentPath, Release, WaveSettings
from scoring.release import make_release
from tests.scoring.attackers import Person


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


def settings_for(items: Sequence[str], k: int, *, position: bool, contact: bool) -> WaveSettings:
    return WaveSettings(
        "Welle",
        "five_questions",
        tuple(items),
        position=position,
        contact=contact,
        smallest_group=k,
    )


# Random organisations, made to be hard to protect

SIZES = (0, 1, 1, 2, 3, 3, 4, 5, 6, 7, 9, 12, 20)
MOODS = ("varied", "varied", "agreed", "nearly", "split", "silent", "nearly silent")


def random_survey(random: Random) -> Survey:
    """An uneven tree with tiny teams and every way of being found out."""
    k = random.randint(5, 7)
    items = ("CP1", "EO1", "TB1")[: random.randint(1, 3)]
    departments = _random_tree(random, (), 1)
    people = _random_people(random, departments, items)
    settings = settings_for(items, k, position=random.random() < 0.7, contact=random.random() < 0.7)
    return Survey(settings, departments, people)


def _random_tree(random: Random, parent: DepartmentPath, level: int) -> tuple[DepartmentPath, ...]:
    nodes: list[DepartmentPath] = []
    for name in "ABCDE"[: random.randint(1 + (level == 1), 5 if level == 1 else 3)]:
        nodes.append((*parent, name))
        if level < 3 and random.random() < 0.4:
            nodes.extend(_random_tree(random, nodes[-1], level + 1))
    return tuple(nodes)


def _random_people(
    random: Random, departments: Sequence[DepartmentPath], items: Sequence[str]
) -> tuple[Person, ...]:
    leaders = random.choice(("one each", "one each", "board", "some", "none"))
    contact = random.choice(("half", "by department", "almost the leaders", "few"))
    exceptions = 2
    people: list[Person] = []
    places = [*departments, ()] if random.random() < 0.4 else [*departments]
    random.shuffle(places)
    everyones = {item: (random.choice(MOODS), random.randint(0, 5)) for item in items}
    for path in places:
        size = min(random.choice(SIZES), 80 - len(people))
        works_outside = random.random() < 0.5
        moods = {
            item: everyones[item]
            if random.random() < 0.5
            else (random.choice(MOODS), random.randint(0, 5))
            for item in items
        }
        board = leaders == "board" and path == places[0]
        for i in range(size):
            leads = board or (leaders == "one each" and i == 0)
            leads = leads or (leaders == "some" and random.random() < 0.3)
            if contact == "half":
                customer = random.random() < 0.5
            elif contact == "by department":
                customer = works_outside
            elif contact == "few":
                customer = random.random() < 0.1
            else:
                customer = leads
                if exceptions and random.random() < 0.15:
                    customer, exceptions = not customer, exceptions - 1
            answers = {item: _random_answer(random, *moods[item]) for item in items}
            people.append(Person(path, leads, customer, answers))
    while len(people) < 10:
        answers = {item: _random_answer(random, *everyones[item]) for item in items}
        people.append(Person(random.choice(places), False, random.random() < 0.5, answers))
    return tuple(people)


def _random_answer(random: Random, mood: str, usual: int) -> int:
    if mood == "agreed":
        return usual
    if mood == "nearly":
        return random.randint(0, 5) if random.random() < 0.1 else usual
    if mood == "split":
        return random.choice((usual, 5 - usual))
    if mood == "silent":
        return 0
    if mood == "nearly silent":
        return random.randint(1, 5) if random.random() < 0.2 else 0
    return random.randint(0, 5)
