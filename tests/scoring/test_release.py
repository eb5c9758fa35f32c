"""The gate on small organisations that can be followed by hand."""

import random
from collections.abc import Iterable

import pytest

from data.model import DepartmentPath, WaveSettings
from data.questionnaires import load_instrument
from data.results import AnswerCount, Group, GroupKind, Histogram, Release
from scoring.cells import Pair, Shown
from scoring.release import ORGANISATION, make_release
from scoring.scores import OVERALL, Question, QuestionKind, questions, score

Person = tuple[DepartmentPath, bool, bool, tuple[int, ...]]
TWO = ("CP1", "EO1")


def counted(people: Iterable[Person], items: tuple[str, ...]) -> list[AnswerCount]:
    """One count of one person each: the gate adds up by itself."""
    return [
        AnswerCount(path, leads, customer, item, value, 1)
        for path, leads, customer, answers in people
        for item, value in zip(items, answers, strict=True)
    ]


def released(
    people: Iterable[Person],
    departments: tuple[DepartmentPath, ...],
    items: tuple[str, ...] = ("CP1",),
    *,
    k: int = 5,
    facts: bool = False,
) -> Release:
    """A release of hand-made people."""
    settings = WaveSettings("W", "five_questions", items, facts, facts, smallest_group=k)
    return make_release(settings, departments, counted(people, items))


def team(path: DepartmentPath, *answers: int) -> list[Person]:
    """People of one department who lead nobody and meet no customers."""
    return [(path, False, False, (answer,)) for answer in answers]


def shown(release: Release, item: str = "CP1") -> set[DepartmentPath]:
    """The departments whose figures are shown."""
    return {
        group.path
        for group, items in release.histograms.items()
        if group.kind is GroupKind.DEPARTMENT and item in items
    }


A, B, C = ("A",), ("B",), ("C",)
MIXED = (1, 2, 3, 4, 5)


def test_departments_of_k_people_are_shown_and_the_organisation_with_them() -> None:
    """Two teams of five with different answers: all three histograms are there, and exact."""
    release = released(team(A, *MIXED) + team(B, 3, 3, 3, 4, 0, 5), (A, B))
    assert release.histograms[ORGANISATION]["CP1"] == Histogram((1, 1, 1, 4, 2, 2))
    assert release.histograms[Group(GroupKind.DEPARTMENT, B)]["CP1"] == Histogram(
        (1, 0, 0, 3, 1, 1)
    )


def test_a_team_below_k_takes_the_smallest_sibling_with_it() -> None:
    """A 6, B 8, C 4: C is too small, and organisation − A − B would show it, so A goes too."""
    release = released(
        team(A, 1, 2, 3, 4, 5, 5) + team(B, 1, 1, 2, 3, 4, 5, 5, 5) + team(C, 1, 2, 3, 4), (A, B, C)
    )
    assert shown(release) == {B}
    remainder = Group(GroupKind.REMAINDER, (), without=(B,))
    assert release.histograms[remainder]["CP1"] == Histogram((0, 2, 2, 2, 2, 2))


def test_what_is_left_of_a_parent_is_shown_as_what_it_is_when_it_is_large_enough() -> None:
    """Five people sit in the parent itself beside a team of six: both can be shown."""
    release = released(team(A, *MIXED) + team(("A", "X"), 1, 1, 2, 3, 4, 5), (A, ("A", "X")))
    assert shown(release) == {A, ("A", "X")}
    remainder = Group(GroupKind.REMAINDER, A, without=(("A", "X"),))
    assert release.histograms[remainder]["CP1"].respondents == 5


def test_a_unanimous_team_is_withheld_whatever_its_size() -> None:
    """Nine people all answered 4: their group would tell each one's answer."""
    release = released(team(A, *[4] * 9) + team(B, *MIXED, *MIXED), (A, B))
    assert shown(release) == set()
    assert release.histograms[ORGANISATION]["CP1"].valid == 19


def test_a_team_in_which_too_few_could_judge_is_withheld_for_that_item_only() -> None:
    """Six people, of whom two could judge the second item: the first is shown, the second not."""
    people = [(A, False, False, (1 + n % 5, 3 if n < 2 else 0)) for n in range(6)]
    people += [(B, False, False, (1 + n % 5, 1 + n % 5)) for n in range(12)]
    release = released(people, (A, B), TWO)
    assert shown(release, "CP1") == {A, B}
    assert A not in shown(release, "EO1")


def test_an_organisation_below_k_shows_nothing() -> None:
    """Four people in all: nothing, not even how many they are."""
    assert released(team(A, 1, 2, 3, 4), (A,)).histograms == {}


def test_an_organisation_of_one_mind_shows_nothing() -> None:
    """Everybody answered 5: the whole organisation is withheld, too."""
    assert released(team(A, *[5] * 12), (A,)).histograms == {}


def test_a_larger_k_shows_no_group_below_it() -> None:
    """With k = 7 a team of six is not shown, with k = 5 it is."""
    people = team(A, 1, 2, 3, 4, 5, 5) + team(B, *MIXED, *MIXED, *MIXED)
    assert A in shown(released(people, (A, B)))
    assert A not in shown(released(people, (A, B), k=7))


def test_position_is_published_as_a_pair_or_not_at_all() -> None:
    """Ten leaders in ten teams can be shown beside everyone else; two leaders cannot."""
    teams = tuple((f"T{n}",) for n in range(10))
    many = [
        (path, leader == 0, False, (1 + (number + leader) % 5,))
        for number, path in enumerate(teams)
        for leader in range(8)
    ]
    pair = [Group(GroupKind.POSITION, member=m) for m in (True, False)]
    release = released(many, teams, facts=True)
    assert [release.histograms[group]["CP1"].respondents for group in pair] == [10, 70]
    two = [(p, leads and p in teams[:2], c, a) for p, leads, c, a in many]
    assert not set(pair) & set(released(two, teams, facts=True).histograms)


def test_leaders_who_are_a_department_but_for_two_people_are_not_published() -> None:
    """Leaders = the board of eight and two more: leaders − board would show the two."""
    board = [(A, True, False, (1 + n % 5,)) for n in range(8)]
    others = [(B, n < 2, False, (1 + n % 5,)) for n in range(30)]
    release = released(board + others, (A, B), facts=True)
    assert A in shown(release)
    assert Group(GroupKind.POSITION, member=True) not in release.histograms


@pytest.mark.parametrize("seed", range(5))
def test_the_same_people_in_any_order_give_the_same_release(seed: int) -> None:
    """Rows and departments may come in any order; the figures are the same."""
    people = team(A, 1, 2, 3, 4, 5, 5) + team(B, *MIXED) + team(C, 1, 2, 3) + team(("A", "X"), 2, 3)
    departments = [A, B, C, ("A", "X")]
    expected = released(people, tuple(departments))
    shuffler = random.Random(seed)  # noqa: S311 - an order, not a secret
    shuffler.shuffle(people)
    shuffler.shuffle(departments)
    assert released(people, tuple(departments)).histograms == expected.histograms


def test_a_pair_is_never_published_without_its_node() -> None:
    """Its two sides would add up to the node, and an attacker who does not know that is blind."""
    leaders = Pair(A, GroupKind.POSITION)
    assert Shown(frozenset({(), A}), frozenset({leaders})).scopes(A) == (A, None)
    with pytest.raises(ValueError, match="without its node"):
        Shown(frozenset({()}), frozenset({leaders}))


def test_overall_is_the_mean_of_item_means_and_needs_all_of_them() -> None:
    """Item means 3 and 2 make 2.5; with one item withheld there is no overall score."""
    dimensions = load_instrument("five_questions").asked(TWO)
    overall = questions(dimensions)[-1]
    assert overall == Question(OVERALL, QuestionKind.OVERALL, TWO)
    both = [(A, False, False, (1 + n % 5, 1 + n % 3)) for n in range(15)]
    assert score(released(both, (A,), TWO), ORGANISATION, overall).mean == 2.5
    one = [(A, False, False, (1 + n % 5, 4)) for n in range(15)]
    release = released(one, (A,), TWO)
    assert score(release, ORGANISATION, overall).mean is None
    assert score(release, ORGANISATION, questions(dimensions)[0]).mean == 3


def test_a_one_item_dimension_is_its_item_and_a_larger_one_has_no_histogram() -> None:
    """CP1 alone carries its histogram to the dimension; CP1 with CP2 has a mean only."""
    instrument = load_instrument("five_questions")
    people = [(A, False, False, (1 + n % 5, 1 + n % 3)) for n in range(15)]
    alone = questions(instrument.asked(TWO))[2]
    found = score(released(people, (A,), TWO), ORGANISATION, alone)
    assert found.histogram == Histogram((0, 3, 3, 3, 3, 3))
    pair = ("CP1", "CP2")
    both = questions(instrument.asked(pair))[2]
    found = score(released(people, (A,), pair), ORGANISATION, both)
    assert (found.mean, found.histogram) == (2.5, None)
