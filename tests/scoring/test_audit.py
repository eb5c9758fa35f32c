"""The counter-check of a release: clean where it is, and it names what is wrong where it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.model import DepartmentPath
from data.results import Group, GroupKind, Histogram, Release
from scoring.audit import Audit, audit
from scoring.cells import node_group
from tests.scoring.attackers import Person, is_in
from tests.scoring.organisations import (
    LEADERS,
    ONE_ITEM,
    ORGANISATION,
    K,
    Survey,
    careless,
    node,
    pair,
    survey_of,
    team,
    the_one_leader_who_differs,
    varied,
)


def checked(survey: Survey, release: Release) -> Audit:
    """The counter-check of a release of these people."""
    return audit(release, survey.counts(), K)


def carelessly(people: Sequence[Person], *groups: Group) -> Audit:
    """The counter-check of a release that shows just these groups."""
    survey = survey_of(people)
    return checked(survey, careless(people, groups, ONE_ITEM))


def two_divisions() -> list[Person]:
    """A with 6 leaders of 16, B with 5 of 15, C with 2 of 8: enough for pairs of A and B."""
    return [
        *team("A", varied(6), leads=True),
        *team("A", varied(10)),
        *team("B", varied(5), leads=True),
        *team("B", varied(10)),
        *team("C", [5, 2], leads=True, customer=True),
        *team("C", varied(6)),
        *team("D", [3, 4, 1, 1, 2], leads=True),
        *team("D", varied(9), customer=True),
    ]


def test_what_the_gate_lets_through_is_clean() -> None:
    """Every published figure is looked at, pairs and remainders too; no attacker wins."""
    people = [*two_divisions(), *team("A/x", varied(3)), *team("A/y", varied(7))]
    survey = survey_of(people, position=True, contact=True)
    release = survey.release()
    found = checked(survey, release)
    assert found == Audit(sum(map(len, release.histograms.values())), (), (), ())
    assert found.clean


def test_division_pairs_and_what_is_left_beside_them_are_checked() -> None:
    """A, B and D show their own leaders, C does not: those of the rest are a figure, too."""
    survey = survey_of(two_divisions(), position=True, position_by_division=True)
    release = survey.release()
    shown = set(release.histograms)
    assert {group.path for group in shown if group.kind is GroupKind.POSITION} > {(), ("A",)}
    rests = [g for g in shown if g.kind is GroupKind.POSITION and g.without]
    assert rests
    counted_apart = careless(survey.people, tuple(release.histograms), ONE_ITEM)
    assert checked(survey, counted_apart) == checked(survey, release)
    assert checked(survey, release).clean
    for rest in rests:
        spoilt = changed(release, rest)
        assert checked(survey, spoilt).wrong == (("CP1", rest),)


def changed(release: Release, group: Group) -> Release:
    """The same release with one more answer of 3 in a group."""
    counts = list(release.histograms[group]["CP1"].counts)
    n0, n1, n2, n3, n4, n5 = counts
    false = {"CP1": Histogram((n0, n1, n2, n3 + 1, n4, n5))}
    return replace(release, histograms={**release.histograms, group: false})


def test_a_changed_count_is_found_where_it_is() -> None:
    """One answer more, in each group in turn: that group is named, and no other."""
    survey = survey_of(two_divisions(), position=True, contact=True)
    release = survey.release()
    for group in release.histograms:
        found = checked(survey, changed(release, group))
        assert found.wrong == (("CP1", group),)
        assert not found.clean


def test_a_team_too_small_is_found_with_the_sum_that_leaves_it() -> None:
    """A − x − y are three people who sit in A itself: the recipe says so, and is true."""
    people = [
        *team("A", [1, 2, 5]),
        *team("A/x", varied(8)),
        *team("A/y", varied(9)),
        *team("B", varied(20)),
    ]
    found = carelessly(people, ORGANISATION, *map(node, ("A", "A/x", "A/y", "B")))
    assert not found.clean
    assert not found.wrong
    recipes = {frozenset(one.recipe.items()) for _, one in found.exposures}
    assert recipes == {frozenset({(node("A"), 1), (node("A/x"), -1), (node("A/y"), -1)})}
    assert {item for item, _ in found.exposures} == {"", "CP1"}
    for _, one in found.exposures:
        assert one.people == 3
        counted = weights(people, one.recipe)
        assert counted == {("A",): {1}, ("A", "x"): {0}, ("A", "y"): {0}, ("B",): {0}}


def weights(
    people: Sequence[Person], recipe: Mapping[Group, int]
) -> dict[DepartmentPath, set[int]]:
    """How often a recipe counts the people of each department."""
    found: dict[DepartmentPath, set[int]] = {}
    for person in people:
        weight = sum(times for group, times in recipe.items() if is_in(person, group))
        found.setdefault(person.path, set()).add(weight)
    return found


def test_every_recipe_adds_up_to_the_people_it_exposes() -> None:
    """Pairs of a division with two leaders: whoever the sum counts apart is two people of it."""
    people = two_divisions()
    division = pair(GroupKind.POSITION, "C")
    found = carelessly(people, ORGANISATION, *map(node, "ABCD"), *division)
    assert found.exposures
    for _, one in found.exposures:
        left = [p for p in people if p.path == ("C",) and p.leads]
        counted = [
            p for p in people if sum(n for group, n in one.recipe.items() if is_in(p, group))
        ]
        assert counted == left
        assert one.people == len(left) == 2


def test_a_recipe_subtracts_what_is_below() -> None:
    """C's leaders and all of C/x, less C, leave the two of C who lead nobody."""
    people = [
        *team("A", varied(9)),
        *team("C", varied(6), leads=True),
        *team("C", [2, 5]),
        *team("C/x", varied(8)),
    ]
    division = pair(GroupKind.POSITION, "C")
    found = carelessly(people, ORGANISATION, *map(node, ("A", "C", "C/x")), *division)
    recipes = {frozenset(one.recipe.items()) for _, one in found.exposures}
    assert recipes == {frozenset({(division[0], 1), (node("C"), -1), (node("C/x"), 1)})}
    assert {one.people for _, one in found.exposures} == {2}


def test_a_pair_remainder_that_is_too_small_is_found() -> None:
    """Leaders of all and of A, B and D: what is left are the two of C."""
    people = two_divisions()
    everybody = pair(GroupKind.POSITION)
    divisions = [side for name in "ABD" for side in pair(GroupKind.POSITION, name)]
    found = carelessly(people, ORGANISATION, *map(node, "ABCD"), *everybody, *divisions)
    assert {one.people for _, one in found.exposures} == {2}
    assert all({cell.node for cell in one.cells} == {("C",)} for _, one in found.exposures)


def test_a_team_of_one_mind_is_found_as_certain() -> None:
    """Six people who all answered 4 are enough, but whoever sees them knows each answer."""
    people = [*team("A", [4] * 6), *team("B", varied(20))]
    found = carelessly(people, ORGANISATION, node("A"), node("B"))
    assert not found.exposures
    ((item, certain),) = found.certainties
    assert (item, certain.answer, certain.cell.node) == ("CP1", 4, ("A",))
    assert not found.clean


def test_an_answer_that_no_other_table_of_counts_allows_is_found() -> None:
    """Nine leaders at 1, one at 2, and nobody in that one's team answered 1."""
    found = carelessly(
        the_one_leader_who_differs(),
        ORGANISATION,
        node("A"),
        node("B"),
        LEADERS,
        Group(GroupKind.POSITION, member=False),
    )
    assert found.certainties or found.exposures
    assert not found.clean


def test_nothing_published_is_clean() -> None:
    """No figure, nothing to find; nobody answered, nothing to stumble over."""
    survey = survey_of(team("A", varied(3)))
    nothing = Release(ONE_ITEM, (ORGANISATION, node_group(("A",))), {})
    assert checked(survey, nothing) == Audit(0, (), (), ())
    assert audit(nothing, [], K) == Audit(0, (), (), ())


def test_answers_to_other_items_are_no_reason_to_stop() -> None:
    """Somebody took an item out of the wave: the rest is still checked."""
    survey = survey_of(two_divisions())
    whole = survey.release()
    assert audit(Release((), whole.groups, {}), survey.counts(), K).clean
