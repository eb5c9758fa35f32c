"""The gate's promise to respondents, tried by two attackers who know nothing of its ways.

Hand-made traps first; then random organisations that are hard to protect. That
the attackers see is tested in `test_attackers`.
"""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.results import Group, GroupKind, Release
from scoring.release import make_release
from tests.scoring.attackers import Person, attack, is_in, misprints, published, shows
from tests.scoring.organisations import (
    BACK,
    FRONT,
    LARGE,
    LEADERS,
    LED,
    ONE_ITEM,
    ORGANISATION,
    K,
    Survey,
    careless,
    node,
    pair,
    random_survey,
    seeded,
    survey_of,
    team,
    the_one_leader_who_differs,
    varied,
)

# Traps


def test_a_parent_minus_its_children_never_leaves_two() -> None:
    """A difference of published figures depends on at least k people."""
    people = [*team("A", [1, 4]), *team("A/x", varied(8)), *team("A/y", varied(7))]
    people += team("B", varied(20))
    release = survey_of(people).release()
    assert not shows(release, node("A"), node("A/x"), node("A/y"))
    assert shows(release, ORGANISATION, node("A"), node("B"))
    assert attack(release, people, K) == []


def test_two_hidden_siblings_of_three_and_four_are_shown_as_seven() -> None:
    """Groups below k are hidden; what remains of their parent is shown where it has k."""
    people = [*team("A/x", [1, 5, 3]), *team("A/y", [2, 3, 4, 4]), *team("A/z", varied(10))]
    people += team("B", varied(12))
    release = survey_of(people).release()
    remainder = Group(GroupKind.REMAINDER, ("A",), without=(("A", "z"),))
    assert not shows(release, node("A/x"))
    assert not shows(release, node("A/y"))
    assert shows(release, node("A"), node("A/z"), node("B"), remainder)
    assert attack(release, people, K) == []


def test_two_hidden_siblings_of_one_and_three_take_a_third_with_them() -> None:
    """Hidden siblings who are fewer than k together hide one more."""
    people = [*team("A/x", [1]), *team("A/y", [2, 3, 4]), *team("A/z", varied(10))]
    people += [*team("A/w", varied(8)), *team("B", varied(12))]
    release = survey_of(people).release()
    assert not shows(release, node("A"), node("A/w"), node("A/z"))
    assert attack(release, people, K) == []


@pytest.mark.parametrize("outside", [True, False])
def test_leaders_who_are_almost_one_office_are_not_shown_beside_it(outside: bool) -> None:
    """Two pairs that differ by two people give the two away, be it front or back office."""
    people = [
        *team("A", [3], leads=True, customer=not outside),
        *team("A", [3], customer=outside),
        *team("A", varied(15), leads=True, customer=outside),
        *team("A", varied(20), customer=not outside),
    ]
    release = survey_of(people, position=True, contact=True).release()
    assert not shows(release, LEADERS, FRONT)
    assert shows(release, LEADERS, LED) or shows(release, FRONT, BACK)
    assert attack(release, people, K) == []


def test_a_team_of_one_under_a_parent_of_six_stays_in_it() -> None:
    """Nothing that is published depends on one person."""
    people = [*team("A/x", [1]), *team("A/y", varied(5)), *team("B", varied(12))]
    release = survey_of(people).release()
    assert shows(release, ORGANISATION, node("A"), node("B"))
    assert not shows(release, node("A/x"))
    assert not shows(release, node("A/y"))
    assert attack(release, people, K) == []


def test_a_remainder_that_agrees_is_not_left_over() -> None:
    """A unanimous remainder would tell each of its people's answer, however many they are."""
    people = [*team("A", [4] * 9), *team("A/x", varied(10)), *team("B", varied(20))]
    release = survey_of(people).release()
    assert not shows(release, node("A"), node("A/x"))
    assert shows(release, ORGANISATION)
    assert attack(release, people, K) == []


def test_an_item_that_three_of_forty_could_judge_is_withheld() -> None:
    """Fewer than k valid answers in the whole organisation are shown to nobody."""
    people = [
        replace(person, answers={"CP1": answer, "EO1": 0 if i > 2 else 1 + i})
        for i, (person, answer) in enumerate(
            zip(team("A", varied(20)) + team("B", varied(20)), varied(40), strict=True)
        )
    ]
    release = survey_of(people, ("CP1", "EO1")).release()
    assert shows(release, ORGANISATION, node("A"), node("B"))
    assert published(release, "EO1") == []
    assert attack(release, people, K) == []


def test_the_one_leader_who_differs_is_not_found_through_his_team() -> None:
    """Of team and pair, one is withheld where both together would make an answer certain."""
    people = the_one_leader_who_differs()
    release = survey_of(people, position=True).release()
    assert not shows(release, node("A"), LEADERS)
    assert attack(release, people, K) == []


@pytest.mark.parametrize("silent", [3, 8])
def test_people_who_all_cannot_judge_are_not_shown_as_such(silent: int) -> None:
    """Can't judge is an answer too: neither a team nor a remainder may consist of it."""
    for path in ("A", "A/y"):
        people = [*team(path, [0] * silent), *team("A/x", varied(10)), *team("B", varied(20))]
        release = survey_of(people).release()
        assert not shows(release, node("A"), node("A/x"))
        assert shows(release, ORGANISATION)
        assert attack(release, people, K) == []


def test_two_items_do_not_show_two_halves_that_leave_two_people() -> None:
    """What one item must not show beside its own groups, another item must not show either."""
    people = [*team("A", [1, 4]), *team("A/x", varied(8)), *team("A/y", varied(7))]
    people = [
        replace(p, answers={**p.answers, "EO1": 0 if p.path == ("A", "x") else 1 + i % 5})
        for i, p in enumerate([*people, *team("B", varied(20))])
    ]
    for items in (("CP1", "EO1"), ("EO1", "CP1")):
        assert attack(survey_of(people, items).release(), people, K) == []


def test_an_ordinary_organisation_loses_nothing() -> None:
    """Six departments of twenty, a leader each, half with contact: everything is shown."""
    random = seeded(7)
    people = [
        Person((name,), i == 0, i % 2 == 1, {"CP1": random.choice((0, 1, 2, 3, 3, 4, 4, 4, 5))})
        for name in "ABCDEF"
        for i in range(20)
    ]
    release = survey_of(people, position=True, contact=True).release()
    assert shows(release, ORGANISATION, *(node(name) for name in "ABCDEF"))
    assert shows(release, LEADERS, LED, FRONT, BACK)
    assert attack(release, people, K) == []


# Traps of pairs by division


def test_a_pair_is_crossed_with_divisions_only_where_it_is_asked_itself() -> None:
    """Without its fact a wave's crosses have no effect."""
    people = [*team("A", varied(20)), *team("B", varied(20), leads=True, customer=True)]
    crossed = survey_of(people, position_by_division=True, contact_by_division=True).release()
    assert crossed == survey_of(people).release()


def test_large_divisions_lose_no_pair_of_their_own() -> None:
    """Three divisions of forty, a quarter of them leaders: every cross is shown."""
    people = [
        *(p for name in "ABC" for p in team(name, varied(30))),
        *(p for name in "ABC" for p in team(f"{name}/x", varied(10), leads=True)),
    ]
    release = survey_of(people, position=True, position_by_division=True).release()
    assert shows(release, ORGANISATION, LEADERS, LED, *(node(name) for name in "ABC"))
    assert shows(release, *(group for name in "ABC" for group in pair(GroupKind.POSITION, name)))
    assert attack(release, people, K) == []


def test_what_is_left_of_a_pair_beside_its_divisions_is_shown_where_it_has_k() -> None:
    """Divisions with too few leaders are shown together, as the leaders of neither A nor B."""
    people = [p for name in "ABCD" for p in team(name, varied(20))]
    people += [p for name in "AB" for p in team(name, varied(10), leads=True)]
    people += [p for name in "CD" for p in team(name, [1, 3, 5], leads=True)]
    release = survey_of(people, position=True, position_by_division=True).release()
    rest = [
        Group(GroupKind.POSITION, member=member, without=(("A",), ("B",)))
        for member in (True, False)
    ]
    assert shows(release, LEADERS, LED, *pair(GroupKind.POSITION, "A"), *rest)
    assert not any(published_of(release, name) for name in "CD")
    assert attack(release, people, K) == []


def published_of(release: Release, division: str) -> list[Group]:
    """The pairs of one division that can be seen."""
    return [
        group
        for kind in (GroupKind.POSITION, GroupKind.CONTACT)
        for group in pair(kind, division)
        if shows(release, group)
    ]


@pytest.mark.parametrize("place", ["", "C", "C/x"])
def test_the_leaders_of_all_divisions_but_one_do_not_leave_two(place: str) -> None:
    """Leaders minus those of every other division are two: in a third, or in the organisation."""
    people = [*team("A", varied(7), leads=True), *team("B", varied(8), leads=True)]
    people += [*team(place, [2, 4], leads=True), *team("C", varied(20))]
    people += [*team("A", varied(20)), *team("B", varied(20))]
    (a, _), (b, _) = pair(GroupKind.POSITION, "A"), pair(GroupKind.POSITION, "B")
    assert attack(careless(people, [LEADERS, a, b], ONE_ITEM), people, K)
    release = survey_of(people, position=True, position_by_division=True).release()
    assert not shows(release, LEADERS, a, b)
    assert shows(release, LEADERS) or shows(release, a, b)
    assert attack(release, people, K) == []


def test_a_divisions_leaders_who_are_its_contact_but_for_one_are_not_shown_beside_it() -> None:
    """Two crosses of one division that differ by one person give this person away."""
    people = [*team("A", [3], leads=True), *team("A", varied(10), leads=True, customer=True)]
    people += [*team("A", varied(20)), *team("B", varied(20)), *team("B", varied(9), leads=True)]
    people += team("B", varied(9), customer=True)
    (leaders, _), (front, _) = pair(GroupKind.POSITION, "A"), pair(GroupKind.CONTACT, "A")
    assert attack(careless(people, [leaders, front], ONE_ITEM), people, K)
    release = survey_of(
        people, position=True, contact=True, position_by_division=True, contact_by_division=True
    ).release()
    assert not shows(release, leaders, front)
    assert shows(release, ORGANISATION, node("A"), node("B"))
    assert attack(release, people, K) == []


@pytest.mark.parametrize("leads", [True, False])
def test_the_divisions_of_a_pair_do_not_sum_up_to_all_but_three(leads: bool) -> None:
    """Whoever belongs to no division is what the pair has and its divisions' sum has not."""
    people = [p for name in "ABC" for p in team(name, varied(10), leads=True)]
    people += [p for name in "ABC" for p in team(name, varied(20))]
    people += team("", [1, 3, 4], leads=leads)
    whole, side = (LEADERS, 0) if leads else (LED, 1)
    crosses = [pair(GroupKind.POSITION, name)[side] for name in "ABC"]
    assert attack(careless(people, [whole, *crosses], ONE_ITEM), people, K)
    release = survey_of(people, position=True, position_by_division=True).release()
    assert not shows(release, whole, *crosses)
    assert attack(release, people, K) == []


def test_a_division_at_the_counter_does_not_give_away_two_leaders_of_another() -> None:
    """A pair of the organisation and another fact's cross may differ by two people as well."""
    people = [*team("A", varied(12), leads=True, customer=True), *team("A", varied(20))]
    people += [*team("B", [1, 4], leads=True), *team("B", varied(20))]
    people += team("B", varied(8), customer=True)
    front, back = pair(GroupKind.CONTACT, "A")
    assert attack(careless(people, [LEADERS, front], ONE_ITEM), people, K)
    release = survey_of(people, position=True, contact=True, contact_by_division=True).release()
    assert not shows(release, LEADERS, front)
    assert not shows(release, LEADERS, node("A"), back)
    assert not any(g.kind is GroupKind.POSITION and g.path for g in release.groups)
    assert attack(release, people, K) == []


@pytest.mark.parametrize("customer", [True, False])
def test_what_is_left_of_a_pair_is_not_of_one_mind(customer: bool) -> None:
    """A unanimous remainder of a pair tells each of its people's answer."""
    people = [p for n in "AB" for c in (True, False) for p in team(n, varied(12), customer=c)]
    people += [*team("C", [4] * 3, customer=customer), *team("D", [4] * 4, customer=customer)]
    people += [*team("C", varied(9), customer=not customer)]
    people += [*team("D", varied(9), customer=not customer)]
    groups = [FRONT, BACK, *pair(GroupKind.CONTACT, "A"), *pair(GroupKind.CONTACT, "B")]
    assert attack(careless(people, groups, ONE_ITEM), people, K)
    release = survey_of(people, contact=True, contact_by_division=True).release()
    assert not shows(release, *groups)
    assert shows(release, ORGANISATION)
    assert attack(release, people, K) == []


def test_a_division_that_is_a_board_of_leaders_has_no_pair() -> None:
    """Its leaders are the division; everyone else's groups do not give the few who join away."""
    people = [*team("A", varied(9), leads=True), *team("A/x", [2]), *team("B", varied(20))]
    people += [*team("C", varied(20)), *team("C", varied(6), leads=True)]
    leaders, led = pair(GroupKind.POSITION, "A")
    assert attack(careless(people, [node("A"), leaders], ONE_ITEM), people, K)
    release = survey_of(people, position=True, position_by_division=True).release()
    assert not shows(release, led)
    assert not shows(release, node("A"), leaders)
    assert attack(release, people, K) == []


# Random organisations, made to be hard to protect

SURVEYS = st.randoms(use_true_random=False).map(random_survey)
LARGE_SURVEYS = st.randoms(use_true_random=False).map(lambda random: random_survey(random, LARGE))
MANY = settings(
    max_examples=600,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@MANY
@given(SURVEYS)
def test_no_attacker_ever_wins(survey: Survey) -> None:
    """Both promises of METHOD §4 hold for whatever people answer, wherever they work."""
    release = survey.release()
    assert misprints(release, survey.people) == []
    assert attack(release, survey.people, survey.settings.smallest_group) == []


@settings(MANY, max_examples=60)
@given(LARGE_SURVEYS)
def test_no_attacker_wins_in_a_larger_organisation(survey: Survey) -> None:
    """Hundreds of people in dozens of departments leave more to subtract, and no more to find."""
    release = survey.release()
    assert misprints(release, survey.people) == []
    assert attack(release, survey.people, survey.settings.smallest_group) == []


@settings(MANY, max_examples=60)
@given(SURVEYS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_changes_the_release(survey: Survey, random: Random) -> None:
    """The release depends on the data alone: not on who answered first, or how counts arrive."""
    counts = [replace(count, people=1) for count in survey.counts() for _ in range(count.people)]
    random.shuffle(counts)
    assert make_release(survey.settings, survey.departments, counts) == survey.release()
    other_way = tuple(reversed(survey.departments))
    histograms = make_release(survey.settings, other_way, counts).histograms
    assert histograms == survey.release().histograms


def test_the_random_organisations_are_hard_to_protect() -> None:
    """Hiding only what is below k, as others do, loses most of them, to either attacker."""
    lost: Counter[int] = Counter()
    for seed in range(100):
        survey = random_survey(seeded(seed))
        k, items = survey.settings.smallest_group, survey.settings.items
        large = [g for g in all_groups(survey) if sum(is_in(p, g) for p in survey.people) >= k]
        wins = attack(careless(survey.people, large, items), survey.people, k)
        assert all(win.is_proven(survey.people) for win in wins)
        lost.update({win.promise for win in wins})
    assert min(lost[1], lost[2]) > 80


def test_the_pairs_by_division_are_hard_to_protect() -> None:
    """Adding the crosses of k people to a release that keeps its promises breaks most of them."""
    broken = 0
    for seed in range(60):
        survey = random_survey(seeded(seed))
        k, people = survey.settings.smallest_group, survey.people
        plain = replace(
            survey.settings,
            items=ONE_ITEM,
            position_by_division=False,
            contact_by_division=False,
        )
        counts = [count for count in survey.counts() if count.item in ONE_ITEM]
        shown = published(make_release(plain, survey.departments, counts), "CP1")
        assert attack(careless(people, shown, ONE_ITEM), people, k) == []
        crosses = [group for group in all_groups(survey) if group.member is not None]
        large = [group for group in crosses if sum(is_in(p, group) for p in people) >= k]
        broken += bool(attack(careless(people, [*shown, *large], ONE_ITEM), people, k))
    assert broken > 45


def all_groups(survey: Survey) -> list[Group]:
    """What a gate without rules would show."""
    divisions = sorted({path[0] for path in survey.departments})
    pairs = [pair(kind, n) for kind in (GroupKind.POSITION, GroupKind.CONTACT) for n in divisions]
    departments = [Group(GroupKind.DEPARTMENT, path) for path in survey.departments]
    return [ORGANISATION, *departments, LEADERS, LED, FRONT, BACK, *(g for p in pairs for g in p)]
