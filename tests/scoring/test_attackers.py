"""The attackers are not blind: without a gate they find what there is, and can prove it.

Else the gate would pass its tests for their weakness.
"""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from data.results import Group, GroupKind, Release
from tests.scoring.attackers import (
    ANSWERS,
    Person,
    attack,
    attack_by_algebra,
    attack_by_bounds,
    certain_cells,
    harmful_support,
    is_in,
    weight,
)
from tests.scoring.organisations import (
    BACK,
    FRONT,
    LEADERS,
    LED,
    ONE_ITEM,
    ORGANISATION,
    K,
    careless,
    node,
    seeded,
    team,
    the_one_leader_who_differs,
    varied,
)


def test_the_first_attacker_sees_two_people_left_over_by_a_subtraction() -> None:
    """A parent minus its children is a difference of published figures."""
    two = team("A", [1, 4])
    people = [*two, *team("A/x", varied(8)), *team("A/y", varied(7)), *team("B", varied(9))]
    groups = [ORGANISATION, *(node(path) for path in ("A", "A/x", "A/y", "B"))]
    wins = attack_by_algebra(careless(people, groups, ONE_ITEM), people, K)
    assert wins
    assert all(set(map(id, win.people)) == set(map(id, two)) for win in wins)


def test_the_first_attacker_sees_the_difference_of_two_pairs() -> None:
    """Leaders minus back office leaves the two people in whom they differ."""
    two = [*team("A", [2], leads=True, customer=True), *team("A", [3])]
    both = team("A", varied(10), leads=True)
    people = [*two, *both, *team("A", varied(20), customer=True)]
    groups = [ORGANISATION, LEADERS, LED, FRONT, BACK]
    wins = attack_by_algebra(careless(people, groups, ONE_ITEM), people, K)
    assert {id(person) for win in wins for person in win.people} == set(map(id, two))
    assert not attack_by_algebra(careless(people, groups[:3], ONE_ITEM), people, K)


def test_the_first_attacker_counts_who_could_judge() -> None:
    """Nine respondents of whom four gave an answer are four people, not nine."""
    people = [*team("A", [0, 0, 0, 0, 0, 1, 2, 3, 4]), *team("B", varied(9))]
    groups = [ORGANISATION, node("A"), node("B")]
    assert attack_by_algebra(careless(people, groups, ONE_ITEM), people, K)


def test_the_first_attacker_puts_items_together() -> None:
    """Who took part is the same for every item, so one item's groups cut the other's."""
    people = [*team("A", varied(2)), *team("A/x", varied(8)), *team("A/y", varied(7))]
    people = [replace(p, answers={"CP1": p.answers["CP1"], "EO1": 3}) for p in people]
    one = careless(people, [ORGANISATION, node("A/x")], ["CP1"])
    two = careless(people, [ORGANISATION, node("A/y")], ["EO1"])
    assert not attack_by_algebra(one, people, K)
    assert not attack_by_algebra(two, people, K)
    histograms = {
        ORGANISATION: {**one.histograms[ORGANISATION], **two.histograms[ORGANISATION]},
        node("A/x"): one.histograms[node("A/x")],
        node("A/y"): two.histograms[node("A/y")],
    }
    both = Release(("CP1", "EO1"), tuple(histograms), histograms)
    assert [win.item for win in attack_by_algebra(both, people, K)] == ["respondents"]


def test_a_pair_may_be_of_a_division_and_without_some() -> None:
    """Leaders in neither A nor B: elsewhere, or in the organisation itself."""
    (person,) = team("C/x", [3], leads=True)
    rest = Group(GroupKind.POSITION, member=True, without=(("A",), ("B",)))
    assert is_in(person, rest)
    assert is_in(person, replace(rest, path=("C",)))
    assert not is_in(person, replace(rest, member=False))
    assert not is_in(person, replace(rest, path=("A",)))
    assert not is_in(replace(person, path=("B", "x")), rest)
    assert is_in(replace(person, path=()), rest)
    front = Group(GroupKind.CONTACT, ("C",), member=True)
    assert not is_in(person, front)
    assert is_in(replace(person, customer=True), front)


def test_the_first_attacker_writes_down_his_recipe() -> None:
    """Leaders minus those of A minus those of B are two people; anyone can add it up."""
    two = team("C", [2, 4], leads=True)
    people = [*two, *team("A", varied(7), leads=True), *team("B", varied(7), leads=True)]
    people += [*team("A", varied(20)), *team("B", varied(20)), *team("C", varied(20))]
    of_a, of_b = (Group(GroupKind.POSITION, (name,), member=True) for name in "AB")
    release = careless(people, [ORGANISATION, LEADERS, LED, of_a, of_b], ONE_ITEM)
    wins = attack_by_algebra(release, people, K)
    assert wins
    for win in wins:
        assert win.recipe in ({LEADERS: 1, of_a: -1, of_b: -1}, {LEADERS: -1, of_a: 1, of_b: 1})
        assert [person for person in people if weight(person, win.recipe)] == two
        assert win.is_proven(people)
        assert not replace(win, recipe={LEADERS: 1, of_a: -1}).is_proven(people)


def test_the_first_attacker_halves_what_he_adds_up() -> None:
    """Three groups that overlap by twos give each part away: (ab + ac − bc) / 2 = a."""
    overlapping = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
    assert harmful_support(overlapping, [4, 9, 9], K) == [0]
    assert harmful_support(overlapping[:2], [4, 9, 9], K) is None


def test_the_second_attacker_sees_a_unanimous_group() -> None:
    """Where all gave the same answer, can't judge included, each gave it for certain."""
    for answer in (0, 4):
        people = [*team("A", [answer] * 8), *team("B", varied(9))]
        release = careless(people, [ORGANISATION, node("A"), node("B")], ONE_ITEM)
        (win,) = attack_by_bounds(release, people)
        assert (win.people, win.answer) == (tuple(people[:8]), answer)
        assert win.is_proven(people)
        assert not replace(win, answer=5).is_proven(people)


def test_the_second_attacker_sees_the_only_leader_who_could_have_answered_so() -> None:
    """Nine leaders answered 1, one 2; where nobody did must be the one: all are known."""
    people = the_one_leader_who_differs()
    groups = [ORGANISATION, node("A"), node("B"), LEADERS, LED]
    release = careless(people, groups, ONE_ITEM)
    assert not attack_by_algebra(release, people, K)
    caught = {id(person) for win in attack_by_bounds(release, people) for person in win.people}
    assert caught == {id(person) for person in people if person.leads}


def test_the_attackers_win_nothing_from_large_and_varied_groups() -> None:
    """An attacker who always cried victory would be no test of the gate either."""
    people = [*team("A", varied(20), customer=True), *team("B", varied(20))]
    people += [*team("A", varied(10), leads=True), *team("B", varied(10), leads=True)]
    groups = [ORGANISATION, node("A"), node("B"), LEADERS, LED]
    assert attack(careless(people, groups, ONE_ITEM), people, K) == []


def test_the_first_attacker_misses_no_set_of_cells() -> None:
    """His search finds a win exactly where trying every set of cells by rank finds one."""
    outcomes = set()
    for seed in range(150):
        random = seeded(seed)
        sizes = [random.choice([1, 1, 2, 3, 4, 6, 9]) for _ in range(random.randint(1, 7))]
        rows = [[random.randint(0, 1) for _ in sizes] for _ in range(random.randint(1, 5))]
        found = harmful_support(rows, sizes, K)
        assert (found is not None) is _some_set_is_harmful(rows, sizes)
        assert found is None or _is_harmful(rows, sizes, found)
        outcomes.add(found is not None)
    assert outcomes == {True, False}


def _some_set_is_harmful(rows: list[list[int]], sizes: list[int]) -> bool:
    cells = range(len(sizes))
    sets = itertools.chain.from_iterable(itertools.combinations(cells, n) for n in range(1, K))
    return any(_is_harmful(rows, sizes, chosen) for chosen in sets)


def _is_harmful(rows: list[list[int]], sizes: list[int], chosen: Collection[int]) -> bool:
    """Whether fewer than k people hold some combination: without them, the rank is lower."""
    others = [[row[i] for i in range(len(sizes)) if i not in chosen] for row in rows]
    return sum(sizes[i] for i in chosen) < K and _rank(others) < _rank(rows)


def _rank(rows: list[list[int]]) -> int:
    left = [[Fraction(value) for value in row] for row in rows]
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is not None:
            rank += 1
            factors = [(row, row[column] / pivot[column]) for row in left if row is not pivot]
            left = [
                [a - factor * b for a, b in zip(row, pivot, strict=True)] for row, factor in factors
            ]
    return rank


def test_the_second_attacker_misses_no_table() -> None:
    """His solver calls certain exactly what listing every table shows to be certain."""
    outcomes = set()
    for seed in range(60):
        random = seeded(seed)
        people = team("", [random.choice([0, 3, 5]) for _ in range(random.randint(2, 4))])
        groups = [[random.random() < 0.5 for _ in people] for _ in range(random.randint(1, 3))]
        cells: dict[tuple[bool, ...], list[Person]] = {}
        for person, signature in zip(people, zip(*groups, strict=True), strict=True):
            cells.setdefault(signature, []).append(person)
        histograms = list(_sums(cells, [_tally(members) for members in cells.values()]))
        expected = _certain_by_listing(cells, histograms)
        assert set(certain_cells(histograms, cells, "CP1")) == expected
        outcomes.add(bool(expected))
    assert outcomes == {True, False}


def _tally(members: Sequence[Person]) -> tuple[int, ...]:
    return tuple(
        sum(person.answers["CP1"] == value for person in members) for value in range(ANSWERS)
    )


def _sums(
    cells: Collection[tuple[bool, ...]], table: Sequence[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """What each group would publish if the cells' counts were these."""
    for group in zip(*cells, strict=True):
        inside = [counts for counts, belongs in zip(table, group, strict=True) if belongs]
        yield tuple(sum(counts[value] for counts in inside) for value in range(ANSWERS))


def _certain_by_listing(
    cells: dict[tuple[bool, ...], list[Person]], histograms: list[tuple[int, ...]]
) -> set[tuple[bool, ...]]:
    possible = [list(_compositions(len(members), ANSWERS)) for members in cells.values()]
    fitting = [t for t in itertools.product(*possible) if list(_sums(cells, t)) == histograms]
    return {
        signature
        for i, (signature, members) in enumerate(cells.items())
        if any(all(table[i][v] == len(members) for table in fitting) for v in range(ANSWERS))
    }


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)
