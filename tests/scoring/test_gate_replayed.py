"""The gate's promise to respondents, tried by somebody who knows its code.

First that he is not blind, by gates which fail him nobody or everybody; then the
gate itself, on a few organisations small enough to go through every world.
"""

from collections.abc import Sequence

import pytest

from data.results import Group, Release
from tests.scoring.attackers import attack
from tests.scoring.organisations import ONE_ITEM, ORGANISATION, K, Survey, careless, node
from tests.scoring.replay import (
    FinestCell,
    Organisation,
    caught,
    compositions,
    led_teams,
    look_alikes,
    teams,
)

TWO_TEAMS = Organisation(teams(A=5, B=6), (1, 2, 4))


def unless_somebody_wins(survey: Survey) -> Release:
    """All departments, or, where that would lose to either of the others, the whole only."""
    groups: Sequence[Group] = (ORGANISATION, node("A"), node("B"))
    release = careless(survey.people, groups, ONE_ITEM)
    if attack(release, survey.people, K):
        return careless(survey.people, (ORGANISATION,), ONE_ITEM)
    return release


def test_he_goes_through_every_world_once() -> None:
    """Five people and three answers have 21 ways, six have 28; every world is in one class."""
    worlds = list(TWO_TEAMS.worlds())
    assert len(worlds) == len(set(worlds)) == 21 * 28
    assert sorted(compositions(2, 3)) == sorted(
        [(2, 0, 0), (0, 2, 0), (0, 0, 2), (1, 1, 0), (1, 0, 1), (0, 1, 1)]
    )
    classes = look_alikes(TWO_TEAMS)
    assert sorted(world for alike in classes for world in alike.worlds) == sorted(worlds)


def test_he_learns_from_what_is_withheld() -> None:
    """Where only one team can have been of one mind, withholding both says that it was."""
    found = caught(TWO_TEAMS, unless_somebody_wins)
    assert ((0, 0, 5), (2, 4, 0)) in found
    assert ((0, 0, 5), (1, 5, 0)) not in found
    assert ((1, 0, 4), (2, 3, 1)) not in found


def test_he_learns_nothing_from_nothing_and_all_from_everything() -> None:
    """A gate that shows nothing has no look-alikes to tell apart; without one, all are told."""
    nothing = Release(ONE_ITEM, (), {})
    assert caught(TWO_TEAMS, lambda _: nothing) == []
    everything = (ORGANISATION, node("A"), node("B"))
    found = caught(TWO_TEAMS, lambda survey: careless(survey.people, everything, ONE_ITEM))
    assert len(found) == 3 * 28 + 21 * 3 - 3 * 3


@pytest.mark.parametrize(
    "organisation",
    [
        pytest.param(TWO_TEAMS, id="two teams"),
        pytest.param(Organisation(teams(A=5, B=5, C=5), (1, 2, 4)), id="three of k"),
        pytest.param(Organisation(teams(A=4, B=4, C=5), (1, 2, 4)), id="two below k"),
        pytest.param(Organisation(teams(A=3, B=5, C=6), (0, 2, 4)), id="one below k"),
        pytest.param(
            Organisation(
                (FinestCell(("A", "x"), 5), FinestCell(("A", "y"), 5), FinestCell(("B",), 5)),
                (0, 2, 4),
            ),
            id="teams in a division",
        ),
    ],
)
def test_who_knows_the_gate_learns_nobodys_answer_from_a_tree(organisation: Organisation) -> None:
    """In every world, some world with the same release has any given person answer otherwise."""
    assert caught(organisation) == []


@pytest.mark.parametrize(
    ("organisation", "most"),
    [
        pytest.param(
            Organisation(led_teams(A=(3, 3), B=(3, 2)), (0, 2, 4), position=True), 6, id="a pair"
        ),
        pytest.param(
            Organisation(led_teams(A=(6, 5), B=(7, 3)), (2, 4), position=True, by_division=True),
            4,
            id="a pair by division",
        ),
    ],
)
def test_with_pairs_he_rarely_learns_something(organisation: Organisation, most: int) -> None:
    """A limit that decision 0007 names: of thousands of worlds, a few tell somebody's answer."""
    assert len(caught(organisation)) <= most
