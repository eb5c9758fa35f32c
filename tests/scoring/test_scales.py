"""Reliability gives nobody away: who did not answer everything is a group like any other."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from data.questionnaires import load_instrument
from data.results import (
    PROFILE,
    AnswerCount,
    AnswerPattern,
    Group,
    GroupKind,
    Histogram,
    Release,
    Reliability,
)
from scoring.doubt import Trade
from scoring.doubt import crowd as crowd_of
from scoring.release import ORGANISATION, make_release
from scoring.reliability import mcdonald_omega
from scoring.scales import reliabilities
from scoring.totals import Scale, rounded
from tests.data.samples import short_settings

THREE = ("CP1", "CP2", "CP3")
CORE = load_instrument("five_questions").short_form()

Pattern = tuple[int, ...]


def crowd(number: int, items: int, seed: int = 1) -> list[Pattern]:
    """People who answered everything, each more or less alike throughout."""
    random = Random(seed)  # noqa: S311 - repeats itself on purpose
    levels = [random.gauss(3.3, 0.8) for _ in range(number)]
    return [
        tuple(min(5, max(1, round(random.gauss(level, 0.9)))) for _ in range(items))
        for level in levels
    ]


def histograms(people: list[Pattern], items: tuple[str, ...]) -> Mapping[str, Histogram]:
    """What is published of the organisation."""
    counted = {item: Counter(person[n] for person in people) for n, item in enumerate(items)}
    return {item: Histogram((c[0], c[1], c[2], c[3], c[4], c[5])) for item, c in counted.items()}


def found(people: list[Pattern], items: tuple[str, ...], k: int = 5) -> dict[str, Reliability]:
    """The scales that a release of these people shows."""
    patterns = [AnswerPattern((), False, False, row, n) for row, n in Counter(people).items()]
    release = Release(items, (ORGANISATION,), {ORGANISATION: histograms(people, items)})
    dimensions = load_instrument("five_questions").asked(items)
    return {one.scale: one for one in reliabilities(release, dimensions, patterns, k)}


def test_where_everybody_answered_everything_there_is_nobody_to_give_away() -> None:
    """The scale is shown, with two digits, and "at least 100" for 120 people."""
    people = crowd(120, 3)
    (one,) = found(people, THREE).values()
    assert one.people == 100
    assert one.alpha == round(exact_alpha(people), 2)
    assert one.omega == round(mcdonald_omega(np.cov(np.array(people), rowvar=False)) or 0, 2)
    assert [round(figure, 2) for figure in (one.alpha, one.low, one.high)] == [
        one.alpha,
        one.low,
        one.high,
    ]


@pytest.mark.parametrize(("few", "shown"), [(1, False), (4, False), (5, True)])
def test_fewer_than_k_people_who_left_something_out_withhold_the_scale(
    few: int, shown: bool
) -> None:
    """With k = 5: one and four people do, five of different minds do not."""
    left_out = [(0, 1 + n % 5, 1 + (n + 2) % 5) for n in range(few)]
    assert bool(found([*crowd(120, 3), *left_out], THREE)) == shown


def test_k_is_the_waves() -> None:
    """Seven people are enough for k = 5, and too few for k = 8."""
    people = [*crowd(120, 3), *((0, 1 + n % 5, 1 + n % 4) for n in range(7))]
    assert found(people, THREE, 5)
    assert not found(people, THREE, 8)


def test_people_of_one_mind_on_another_item_withhold_the_scale() -> None:
    """Six who could not judge CP1 all answered 4 to CP2: their answer would be certain."""
    people = [*crowd(120, 3), *((0, 4, 1 + n % 5) for n in range(6))]
    assert not found(people, THREE)


def test_fewer_than_k_answers_among_them_withhold_the_scale() -> None:
    """Nine left something out, but only two of them answered CP3."""
    people = [*crowd(120, 3), *((0, 1 + n % 5, 0) for n in range(7)), (0, 2, 3), (0, 3, 5)]
    assert not found(people, THREE)


def test_the_same_people_who_could_not_judge_two_items_withhold_the_scale() -> None:
    """Or one of them, seen at one item, would be seen through at the other."""
    together = [(0, 0, 1 + n % 5) for n in range(9)]
    apart = [(0, 1 + n % 5, 1 + n % 4) for n in range(9)] + [(1 + n % 5, 0, 2) for n in range(9)]
    assert not found([*crowd(120, 3), *together], THREE)
    assert found([*crowd(120, 3), *apart], THREE)


def test_each_scale_is_judged_by_itself() -> None:
    """Three lack EO1 and are too few: the profile is withheld, their dimension is not."""
    items = (*THREE, "EO1", "TB1")
    lacking_eo1 = [(1 + n, 2 + n, 3, 0, 1 + n) for n in range(3)]
    scales = found([*crowd(120, 5), *lacking_eo1], items)
    assert scales.keys() == {"customer_perspective"}


def test_one_persons_answers_cannot_be_solved_for() -> None:
    """The attack that an exact alpha would allow, on 130 people of whom one lacks SO1.

    For each of 5⁴ ways that person may have answered, the sum's variance follows from
    alpha and must be a whole number of the right parity. Before, exactly one was left.
    """
    people = [*crowd(129, 5), (3, 4, 3, 5, 0)]
    assert found(people, CORE) == {}
    exact = exact_alpha(people)
    assert list(solutions(people, exact, exact)) == [(3, 4, 3, 5)]


def test_what_two_digits_leave_possible_is_everything() -> None:
    """Five people lack CP1. Whatever they answered, some sum's variance fits the released alpha.

    So the released figure excludes none of the 126² ways in which five people
    may have answered the other two items, while an exact alpha excludes nearly all.
    """
    five = [(0, 1, 2), (0, 3, 3), (0, 4, 4), (0, 5, 3), (0, 2, 5)]
    people = [*crowd(195, 3), *five]
    (one,) = found(people, THREE).values()
    half = 0.5 * 10**-2
    ways = list(itertools.combinations_with_replacement(range(1, 6), 5))
    allowed = exact = 0
    for two, three in itertools.product(ways, ways):
        answered = [(0, a, b) for a, b in zip(two, three, strict=True)]
        allowed += fits(people, answered, one.alpha - half, one.alpha + half)
        exact += fits(people, answered, exact_alpha(people), exact_alpha(people))
    assert allowed == len(ways) ** 2
    assert exact < len(ways) ** 2 / 100


# The attacker: what follows from published histograms, n and alpha


def exact_alpha(people: list[Pattern]) -> float:
    """Alpha of those who answered everything, with all its digits."""
    rows = np.array([person for person in people if all(person)], dtype=float)
    k = rows.shape[1]
    single, whole = rows.var(axis=0, ddof=1).sum(), rows.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - single / whole))


def solutions(people: list[Pattern], low: float, high: float) -> Iterator[Pattern]:
    """How the last person may have answered all but the last item, given alpha in a range."""
    for way in itertools.product(range(1, 6), repeat=len(people[0]) - 1):
        if fits(people, [(*way, 0)], low, high):
            yield way


def fits(people: list[Pattern], incomplete: list[Pattern], low: float, high: float) -> bool:
    """Whether a whole number can be the sum's variance if these were the incomplete ones."""
    n = sum(all(person) for person in people)
    sums = [0] * len(people[0])
    squares = [0] * len(people[0])
    for place in range(len(people[0])):
        published = Counter(person[place] for person in people)
        published.subtract(Counter(person[place] for person in incomplete))
        sums[place] = sum(value * count for value, count in published.items())
        squares[place] = sum(value * value * count for value, count in published.items())
    trace = sum(n * q - s * s for s, q in zip(sums, squares, strict=True))
    k, total = len(sums), sum(sums)
    least, most = (trace / (1 - alpha * (k - 1) / k) for alpha in (low, high))
    # n·Σt² − (Σt)², with Σt² a whole number of the same parity as Σt.
    first = int(np.ceil((least - 1e-6 + total * total) / n))
    first += (first - total) % 2
    return n * first - total * total <= most + 1e-6


def test_the_attacker_finds_the_truth_where_nothing_protects_it() -> None:
    """He is not a straw man: the true answers always fit, with every digit and with two."""
    people = [*crowd(150, 3, seed=4), (2, 5, 0)]
    exact = exact_alpha(people)
    assert (2, 5) in set(solutions(people, exact, exact))
    assert (2, 5) in set(solutions(people, exact - 0.005, exact + 0.005))


def test_a_profile_of_one_item_dimensions_follows_the_same_rule() -> None:
    """Nine people who each lack another item, and differ elsewhere: the profile is shown."""
    left_out = [
        tuple(0 if place == n % 5 else 1 + (n * 3 + place * 2) % 5 for place in range(5))
        for n in range(25)
    ]
    assert found([*crowd(150, 5), *left_out], CORE).keys() == {PROFILE}


# Whole releases: departments, leaders, contact


Someone = tuple[tuple[str, ...], bool, bool, Pattern]
"""Department, leads, works with customers, answers."""


def whole(
    people: list[Someone], items: tuple[str, ...], *, pairs: bool = True
) -> tuple[Release, list[AnswerPattern]]:
    """The release of these people by the gate, and their answers throughout."""
    settings = replace(short_settings(), items=items, position=pairs, contact=pairs)
    counts = [
        AnswerCount(path, leads, customer, item, answers[n], 1)
        for path, leads, customer, answers in people
        for n, item in enumerate(items)
    ]
    paths = sorted({path for path, *_ in people if path})
    patterns = [AnswerPattern(*who, times) for who, times in Counter(people).items()]
    return make_release(settings, paths, counts), patterns


def scales_of(people: list[Someone], items: tuple[str, ...]) -> set[str]:
    """The scales that the release of these people shows."""
    release, patterns = whole(people, items)
    dimensions = load_instrument("five_questions").asked(items)
    return {one.scale for one in reliabilities(release, dimensions, patterns, 5)}


def in_department(name: str, *rows: tuple[int, Pattern]) -> list[Someone]:
    """So many people of a department with these answers each."""
    return [((name,), False, False, row) for times, row in rows for _ in range(times)]


def test_an_extreme_alpha_that_makes_a_withheld_answer_certain_is_withheld() -> None:
    """Nearly everybody at 5: only one joint table has the alpha .99, and in it all of D gave 5."""
    people = in_department("A", (10, (3, 3, 3)), (83, (5, 5, 5)))
    people += in_department("D", (3, (4, 5, 5)), (4, (5, 5, 5)))
    assert scales_of(people, THREE) == set()


def test_an_alpha_that_can_be_solved_for_who_left_something_out_is_withheld() -> None:
    """Of 100 people in A one differs; alpha 0.00 leaves one way for five people of D."""
    people = in_department("A", (99, (5, 5, 5)), (1, (2, 5, 5)))
    people += in_department("D", (3, (5, 5, 5)), (2, (2, 5, 5)))
    people += in_department("D", (1, (0, 5, 1)), (1, (0, 1, 5)), (3, (0, 5, 5)))
    assert scales_of(people, THREE) == set()


def test_whether_there_is_an_omega_tells_nothing_that_the_release_does_not() -> None:
    """D is withheld on CP1, for one mind or for too few: there is no omega either time.

    Where all items are shown for the same departments, there is one.
    """
    others = [(("A",), False, False, row) for row in crowd(130, 3)]
    others += [(("A",), False, False, (0, 1 + n % 5, 1 + n % 4)) for n in range(9)]
    others += [(("E",), False, False, row) for row in crowd(9, 3, seed=3)]
    ones = [(5, 5, 5, 5, 5, 5, 5), (0, 0, 0, 1, 3, 4, 5), (1, 2, 3, 4, 5, 3, 4)]
    omegas, shown = [], []
    for one in ones:
        of_d = [(("D",), False, False, (n, 1 + k % 5, 1 + k % 4)) for k, n in enumerate(one)]
        release, patterns = whole([*others, *of_d], THREE, pairs=False)
        (scale,) = reliabilities(
            release, load_instrument("five_questions").asked(THREE), patterns, 5
        )
        omegas.append(scale.omega is not None)
        shown.append("CP1" in release.histograms[Group(GroupKind.DEPARTMENT, ("D",))])
    assert shown == [False, False, True]
    assert omegas == [False, False, True]


def test_a_figure_just_below_nothing_is_nothing() -> None:
    """Minus nothing would tell its sign."""
    assert str(rounded(-0.001)) == "0.0"


def ordinary(number: int, seed: int) -> list[Someone]:
    """An organisation of six departments, a leader now and then, and customers for many."""
    random = Random(seed)  # noqa: S311 - repeats itself on purpose
    return [
        (
            (f"Bereich {n % 6}",),
            random.random() < 0.12,
            random.random() < 0.4,
            row,
        )
        for n, row in enumerate(crowd(number, 5, seed))
    ]


@pytest.mark.parametrize("seed", range(6))
def test_an_ordinary_organisation_with_leaders_and_contact_has_its_profile(seed: int) -> None:
    """The rule is strict, and yet what most organisations look like passes it."""
    assert scales_of(ordinary(220, seed), CORE) == {PROFILE}


@pytest.mark.parametrize("seed", range(3))
def test_everybody_who_might_be_certain_could_have_answered_otherwise(seed: int) -> None:
    """Each trade found is made on the people themselves: the release stays, the answer changes.

    The release and alpha are computed anew from the changed people, alpha by numpy.
    """
    people = ordinary(220, seed)
    release, patterns = whole(people, CORE)
    everybody = crowd_of(release, patterns)
    scale = Scale(PROFILE, tuple((n,) for n in range(5)))
    released = released_alpha(people)
    fixed = everybody.fixed()
    assert len(fixed) > 10
    repairs = tuple(itertools.islice(everybody.repairs(range(5)), 200))
    for one in fixed[:25]:
        trades = everybody.trades(one, everybody.index(one.item), repairs)
        others = (traded(release, people, trade) for trade in trades)
        changed = next(after for after in others if released_alpha(after) == released)
        assert whole(changed, CORE)[0].histograms == release.histograms
        assert changed != people
        assert everybody.doubts([one], [scale])


def released_alpha(people: list[Someone]) -> float:
    """Alpha with the digits it is released with."""
    return round(exact_alpha([row for *_, row in people]), 2)


def traded(release: Release, people: list[Someone], trade: Trade) -> list[Someone]:
    """The people after a trade: for each side, one of those it may stand for takes its answers."""
    after = list(people)
    for person, answers in trade:
        found = next(
            n
            for n, (path, leads, customer, row) in enumerate(people)
            if after[n][3] == person.answers
            and row == person.answers
            and (leads, customer) == person.facts
            and [*crowd_of(release, [AnswerPattern(path, leads, customer, row, 1)]).people]
            == [person]
        )
        after[found] = (*people[found][:3], answers)
    return after
