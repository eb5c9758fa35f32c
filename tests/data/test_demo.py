"""The demo organisation holds what its guide shows, and is the same every time."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from data.demo import create_demo
from data.demo_content import CONTENT, EARLIER
from data.errors import SetUpProblem
from data.model import CANT_JUDGE, Department, Wave, WaveState
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.results import AnswerCount
from data.sqlite import SqliteStore, open_store

SHORT_FORM = load_instrument(FIVE_QUESTIONS).short_form()
DIMENSIONS = {dimension.id for dimension in load_instrument(FIVE_QUESTIONS).dimensions}


@pytest.fixture
def fresh_store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_store(tmp_path / "fresh.db")
    yield store
    store.close()


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store with the demo in it, which tests only read."""
    store = open_store(tmp_path_factory.mktemp("demo") / "demo.db")
    create_demo(store)
    yield store
    store.close()


@pytest.fixture
def demo_waves(demo_store: SqliteStore) -> tuple[Wave, ...]:
    return demo_store.waves.all()


@pytest.fixture
def first_counts(demo_store: SqliteStore, demo_waves: tuple[Wave, ...]) -> tuple[AnswerCount, ...]:
    return demo_store.answers.counts(demo_waves[1])


@pytest.fixture
def demo_tree(demo_store: SqliteStore, demo_waves: tuple[Wave, ...]) -> tuple[Department, ...]:
    """The tree of today, which the last two waves have, too."""
    return demo_store.organisations.departments(demo_waves[0].organisation)


def respondents(counts: Iterable[AnswerCount]) -> Counter[tuple[str, ...]]:
    """People per department: everyone answers the first item or can't judge it."""
    people: Counter[tuple[str, ...]] = Counter()
    for count in counts:
        if count.item == SHORT_FORM[0]:
            people[count.path] += count.people
    return people


def mean(counts: Iterable[AnswerCount], item: str, who: Callable[[AnswerCount], bool]) -> float:
    """The mean of an item's valid answers among some people."""
    valid = [c for c in counts if c.item == item and c.value != CANT_JUDGE and who(c)]
    return sum(c.value * c.people for c in valid) / sum(c.people for c in valid)


def overall(counts: Iterable[AnswerCount], path: tuple[str, ...]) -> float:
    """The mean of the item means of one department."""
    own = [count for count in counts if count.path == path]
    return sum(mean(own, item, lambda _: True) for item in SHORT_FORM) / len(SHORT_FORM)


def test_two_fresh_stores_get_the_same_demo(
    demo_store: SqliteStore, fresh_store: SqliteStore
) -> None:
    """One seed decides everything, so that guides and screenshots stay true."""
    create_demo(fresh_store)
    for one, other in zip(demo_store.waves.all(), fresh_store.waves.all(), strict=True):
        assert one == other
        assert demo_store.answers.counts(one) == fresh_store.answers.counts(other)
        assert demo_store.answers.comments(one) == fresh_store.answers.comments(other)
        assert demo_store.answers.per_day(one) == fresh_store.answers.per_day(other)
        assert demo_store.invitations.of(one) == fresh_store.invitations.of(other)


def test_a_second_demo_is_refused_and_leaves_no_trace(fresh_store: SqliteStore) -> None:
    """Where the organisation exists, nothing is written."""
    create_demo(fresh_store)
    before = [fresh_store.answers.counts(wave) for wave in fresh_store.waves.all()]
    with pytest.raises(SetUpProblem) as problem:
        create_demo(fresh_store)
    assert problem.value.key == "error.organisation_exists"
    assert [fresh_store.answers.counts(wave) for wave in fresh_store.waves.all()] == before
    assert len(fresh_store.organisations.all()) == 1


def test_the_organisation_is_marked_as_a_demo(demo_waves: tuple[Wave, ...]) -> None:
    """Nobody shall take the invented firm for a client."""
    assert all(wave.organisation.demo for wave in demo_waves)


def test_two_waves_are_closed_and_the_third_is_still_open(demo_waves: tuple[Wave, ...]) -> None:
    """A newcomer can compare the first two, and answer, close and release the third."""
    earlier, first, second = demo_waves
    assert (earlier.state, first.state) == (WaveState.CLOSED, WaveState.CLOSED)
    assert second.state is WaveState.OPEN
    assert (earlier.opened_on, earlier.closed_on) == (date(2024, 9, 16), date(2024, 10, 4))
    assert (first.opened_on, first.closed_on) == (date(2025, 9, 15), date(2025, 10, 2))
    assert (second.opened_on, second.closed_on) == (date(2026, 11, 2), None)


def test_every_wave_asks_the_short_form_and_both_facts(demo_waves: tuple[Wave, ...]) -> None:
    """Five core items, position and contact, and groups of at least five."""
    for wave in demo_waves:
        assert wave.settings.items == SHORT_FORM
        assert wave.settings.position
        assert wave.settings.contact
        assert wave.settings.smallest_group == 5


def test_about_340_people_work_on_three_levels(demo_tree: tuple[Department, ...]) -> None:
    """The organisation, its divisions and their departments."""
    assert 320 <= sum(d.headcount or 0 for d in demo_tree if len(d.path) == 1) <= 360
    assert {len(department.path) for department in demo_tree} == {1, 2}


def test_a_parent_has_at_least_the_people_of_its_children(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """A headcount counts sub-departments too, in every wave."""
    for wave in demo_waves:
        tree = demo_store.waves.departments(wave)
        for parent in tree:
            below = sum(d.headcount or 0 for d in tree if d.path[:-1] == parent.path)
            assert (parent.headcount or 0) >= below, parent.path


def test_other_numbers_of_people_worked_there_a_year_before(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """The same departments, some larger and one smaller; the later waves have those of today."""
    then, now, today = (
        {d.path: d.headcount for d in demo_store.waves.departments(wave)} for wave in demo_waves
    )
    assert list(then) == list(now)
    assert now == today
    assert (then["Vertrieb", "Onlineshop"], now["Vertrieb", "Onlineshop"]) == (9, 14)
    assert (then["Produktion",], now["Produktion",]) == (96, 88)


def test_no_department_has_more_responses_than_heads(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """Whoever answers, works there at that time."""
    for wave in demo_waves:
        people = respondents(demo_store.answers.counts(wave))
        for department in demo_store.waves.departments(wave):
            within = sum(
                n for p, n in people.items() if p[: len(department.path)] == department.path
            )
            assert within <= (department.headcount or 0), department.path


def test_between_three_of_four_and_four_of_five_take_part(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """Participation looks like that of a real survey."""
    earlier, first, second = (
        respondents(demo_store.answers.counts(wave)).total()
        / sum(d.headcount or 0 for d in demo_store.waves.departments(wave) if len(d.path) == 1)
        for wave in demo_waves
    )
    assert earlier == pytest.approx(0.75, abs=0.02)
    assert first == pytest.approx(0.80, abs=0.02)
    assert second == pytest.approx(0.75, abs=0.02)


def test_responses_arrive_while_their_wave_is_open(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """Every day of the count lies between opening and closing."""
    for wave in demo_waves:
        days = demo_store.answers.per_day(wave)
        assert wave.opened_on in days
        assert max(days) <= (wave.closed_on or max(days))
        assert sum(days.values()) == respondents(demo_store.answers.counts(wave)).total()


def test_one_team_is_too_small_to_be_shown(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...], demo_tree: tuple[Department, ...]
) -> None:
    """One department has answers, but fewer heads than k; all others reach k."""
    small = [d.path for d in demo_tree if (d.headcount or 0) < 5]
    assert len(small) == 1
    for wave in demo_waves:
        people = respondents(demo_store.answers.counts(wave))
        assert [path for path, n in people.items() if n < 5] == small


def test_one_team_gives_one_answer(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...], demo_tree: tuple[Department, ...]
) -> None:
    """At least five people, all of whom gave CP1 the same point of the scale."""
    for wave in demo_waves:
        counts = demo_store.answers.counts(wave)
        people = respondents(counts)
        unanimous = [
            d.path
            for d in demo_tree
            if len({c.value for c in counts if c.path == d.path and c.item == "CP1"}) == 1
        ]
        assert unanimous == [("Kundendienst", "Eichdienst")]
        assert people[unanimous[0]] >= 5
        assert not any(
            c.value == CANT_JUDGE for c in counts if c.path == unanimous[0] and c.item == "CP1"
        )


def test_the_front_sees_the_back_less_favourably(first_counts: tuple[AnswerCount, ...]) -> None:
    """The front/back gap of BO1 is at least 0.6 points."""
    front = mean(first_counts, "BO1", lambda c: c.customer)
    assert mean(first_counts, "BO1", lambda c: not c.customer) - front >= 0.6


def test_leaders_see_all_levels_at_work_and_others_do_not(
    first_counts: tuple[AnswerCount, ...],
) -> None:
    """The leadership gap of TB1 is at least 0.6 points."""
    leaders = mean(first_counts, "TB1", lambda c: c.leads)
    assert leaders - mean(first_counts, "TB1", lambda c: not c.leads) >= 0.6


def test_departments_lie_about_a_point_apart(first_counts: tuple[AnswerCount, ...]) -> None:
    """The best and the worst team that can be shown differ as real ones do."""
    shown = [path for path, n in respondents(first_counts).items() if n >= 5]
    means = [overall(first_counts, path) for path in shown]
    assert 0.8 <= max(means) - min(means) <= 1.5


def test_few_cannot_judge(first_counts: tuple[AnswerCount, ...]) -> None:
    """About 4-8 %, and most of them where responsibility is out of sight (SO1)."""
    unable: Counter[str] = Counter()
    for count in first_counts:
        unable[count.item] += count.people * (count.value == CANT_JUDGE)
    people = respondents(first_counts).total()
    assert 0.04 <= unable.total() / people / len(SHORT_FORM) <= 0.08
    assert unable.most_common(1)[0][0] == "SO1"


def test_some_things_get_better_and_one_gets_worse(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """First SO1 rises and EO1 falls, then BO1 rises and EO1 falls once more."""
    waves = [
        {item: mean(counts, item, lambda _: True) for item in SHORT_FORM}
        for counts in map(demo_store.answers.counts, demo_waves)
    ]
    before, after = ({i: b[i] - a[i] for i in SHORT_FORM} for a, b in pairwise(waves))
    assert before["SO1"] > 0.25
    assert before["EO1"] < -0.25
    assert after["BO1"] > 0.15
    assert after["EO1"] < -0.15


def test_one_division_gets_much_better_and_one_slips(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """From the first wave to the second: Vertrieb on CP1 and Produktion on EO1, by 0.6 points."""
    then, now = (demo_store.answers.counts(wave) for wave in demo_waves[:2])

    def change(division: str, item: str) -> float:
        def there(count: AnswerCount) -> bool:
            return count.path[0] == division

        return mean(now, item, there) - mean(then, item, there)

    assert change("Vertrieb", "CP1") > 0.6
    assert change("Produktion", "EO1") < -0.6


def test_every_department_has_a_link_that_can_be_typed(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...], demo_tree: tuple[Department, ...]
) -> None:
    """Links hold eight characters, none of which looks like another (no l, i, o, 0, 1)."""
    for wave in demo_waves:
        everyone, *departments = demo_store.invitations.of(wave)
        assert everyone.department is None
        assert [i.department for i in departments] == list(demo_store.waves.departments(wave))
        assert [i.department.path for i in departments if i.department] == [
            department.path for department in demo_tree
        ]
        for invitation in (everyone, *departments):
            assert len(invitation.code) == 8
            assert set(invitation.code) <= set("23456789abcdefghjkmnpqrstuvwxyz")


def test_comments_come_from_the_file_and_nothing_is_said_twice(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """Comments are short, fit their dimension and division, and no two are alike."""
    comments = []
    for wave, file in zip(demo_waves, (EARLIER, CONTENT, CONTENT), strict=True):
        voices = tomllib.loads(file.read_text(encoding="utf-8"))["comments"]
        assert set(voices) == DIMENSIONS
        for comment in demo_store.answers.comments(wave):
            own = voices[comment.dimension].get(comment.path[0], [])
            assert comment.text in [*voices[comment.dimension]["everyone"], *own]
            assert len(comment.text) < 200
            comments.append(comment)
    assert len({comment.text for comment in comments}) == len(comments)


def test_enough_people_comment_on_every_dimension(
    demo_store: SqliteStore, demo_waves: tuple[Wave, ...]
) -> None:
    """At least ten comments a dimension, in every wave."""
    for wave in demo_waves:
        written = Counter(comment.dimension for comment in demo_store.answers.comments(wave))
        assert all(written[dimension] >= 10 for dimension in DIMENSIONS), written
