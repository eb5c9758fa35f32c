"""When three quarters will have answered, worked out by hand."""

import pytest

from scoring.pace import days_to_aim, needed


@pytest.mark.parametrize(("heads", "answers"), [(100, 75), (10, 8), (11, 9), (1, 1), (4, 3)])
def test_the_aim_is_a_whole_number_of_people(heads: int, answers: int) -> None:
    """Three quarters of ten are 7.5 people, so eight."""
    assert needed(heads) == answers


@pytest.mark.parametrize(
    ("before", "today", "days"),
    [
        # 30 of 100 in two days: 15 a day; 45 are missing.
        ((20, 10), 0, 3),
        # Five more came today: 40 are missing, 2.67 days.
        ((20, 10), 5, 3),
        # Fifteen more: 30 are missing, two days to the answer.
        ((20, 10), 15, 2),
        # Seven days count: 7·2 in the last week, 2 a day; 75 − 44 = 31 are missing, 15.5 days.
        ((30, 2, 2, 2, 2, 2, 2, 2), 0, 16),
        # The same days without the first: 2 a day; 75 − 14 = 61 are missing, 30.5 days.
        ((2, 2, 2, 2, 2, 2, 2), 0, 31),
        # A weekend belongs to the pace: 30 in five days are 6 a day; 45 missing, 7.5 days.
        ((10, 10, 0, 0, 10), 0, 8),
    ],
)
def test_what_is_missing_is_divided_by_the_pace_of_the_last_week(
    before: tuple[int, ...], today: int, days: int
) -> None:
    """Rounded up to whole days; today counts among the answers and not in the pace."""
    assert days_to_aim(before, today, heads=100) == days


@pytest.mark.parametrize(
    ("before", "today"), [((), 0), ((), 40), ((30,), 5), ((0, 30), 5), ((9, 9, *[0] * 7), 0)]
)
def test_too_little_says_nothing(before: tuple[int, ...], today: int) -> None:
    """Two days with answers before today, in the last seven, are the least."""
    assert days_to_aim(before, today, heads=100) is None


def test_one_answer_of_a_week_ago_beside_another_is_a_pace() -> None:
    """Slow, but a pace: two in seven days; 57 are missing, 199.5 days."""
    assert days_to_aim((16, 1, 0, 0, 0, 0, 0, 1), 0, heads=100) == 200


@pytest.mark.parametrize(("before", "today"), [((75,), 0), ((40, 30), 5), ((), 75), ((80, 90), 9)])
def test_what_is_reached_is_reached(before: tuple[int, ...], today: int) -> None:
    """However little there is to tell a pace from; more answers than heads too."""
    assert days_to_aim(before, today, heads=100) == 0
