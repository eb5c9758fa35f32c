"""The contract of `data/store.py`, kept by every store there is.

A second store joins by one more line in `STORES`.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from data.errors import NotAllowed, NotFound, SetUpProblem
from data.model import (
    RETENTION_DAYS,
    Department,
    DepartmentPath,
    Invitation,
    Organisation,
    Response,
    Wave,
    WaveSettings,
    WaveState,
)
from data.participation import Band, Participation
from data.results import (
    PROFILE,
    AnswerCount,
    Group,
    GroupKind,
    Histogram,
    Prediction,
    PublishedComment,
    Release,
    Reliability,
)
from data.settings_log import NOTHING_BEFORE, LogAct, broken_at, disagrees, release_digest
from data.sqlite import open_store
from data.store import Store
from tests.data.samples import (
    DAY,
    NEXT_DAY,
    SHORT_FORM,
    at_once,
    response,
    short_settings,
)

STORES: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: open_store(folder / "contract.db"),
}

RELEASE_DAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 2, 12, 0)

ORGANISATION = Group(GroupKind.ORGANISATION)
SMALL_RELEASE = Release(
    items=SHORT_FORM,
    groups=(
        ORGANISATION,
        Group(GroupKind.DEPARTMENT, ("Vertrieb",)),
        Group(GroupKind.DEPARTMENT, ("Vertrieb", "Nord")),
        Group(GroupKind.POSITION, member=True),
        Group(GroupKind.POSITION, member=False),
        Group(GroupKind.REMAINDER, (), without=(("Vertrieb", "Nord"), ("Vertrieb",))),
    ),
    histograms={
        ORGANISATION: {"CP1": Histogram((1, 2, 3, 4, 5, 6)), "EO1": Histogram((0, 9, 0, 0, 0, 12))},
        Group(GroupKind.POSITION, member=False): {"CP1": Histogram((0, 1, 2, 3, 4, 5))},
        Group(GroupKind.REMAINDER, (), without=(("Vertrieb", "Nord"), ("Vertrieb",))): {
            "SO1": Histogram((5, 0, 0, 0, 1, 0))
        },
    },
    comments=(
        PublishedComment(("Vertrieb",), "customer_perspective", "Zweiter – „Ärger“, 'sagt' man"),
        PublishedComment((), "customer_perspective", "Erster"),
    ),
)


@pytest.fixture(params=list(STORES))
def fresh_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = STORES[request.param](tmp_path)
    yield store
    store.close()


def paths(departments: Sequence[Department]) -> list[DepartmentPath]:
    return [department.path for department in departments]


def released(store: Store, wave: Wave, on: date = RELEASE_DAY) -> Wave:
    """The wave, closed and released with no figure shown."""
    closed = store.waves.close(wave, NEXT_DAY)
    return store.releases.save(closed, Release(wave.settings.items, (ORGANISATION,), {}), on)


# Organisations


def test_organisations_are_listed_by_name(fresh_store: Store) -> None:
    """Whatever the order they were added in, and with all that is known of them."""
    zorn = fresh_store.organisations.add("Zorn AG", separator=">")
    alt = fresh_store.organisations.add("Alt KG", demo=True)
    assert fresh_store.organisations.all() == (alt, zorn)
    assert (alt.name, alt.demo, alt.separator) == ("Alt KG", True, "/")
    assert (zorn.name, zorn.demo, zorn.separator) == ("Zorn AG", False, ">")


def test_an_organisations_name_can_be_taken_only_once(fresh_store: Store) -> None:
    """The second one is refused by name, and there is still only the first."""
    first = fresh_store.organisations.add("Muster GmbH")
    with pytest.raises(SetUpProblem) as problem:
        fresh_store.organisations.add("Muster GmbH", demo=True)
    assert problem.value.key == "error.organisation_exists"
    assert problem.value.values == {"organisation": "Muster GmbH"}
    assert fresh_store.organisations.all() == (first,)


def test_parents_come_before_children_and_siblings_as_they_were_added(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """The tree is read depth first; a late child stands under its parent, after its siblings."""
    fresh_store.organisations.save_departments(small_firm, {("Z",): None, ("A",): None})
    fresh_store.organisations.save_departments(
        small_firm, {("Z", "2"): None, ("A", "1"): None, ("Z", "1"): None, ("Z", "2", "x"): None}
    )
    assert paths(fresh_store.organisations.departments(small_firm)) == [
        ("Z",),
        ("Z", "2"),
        ("Z", "2", "x"),
        ("Z", "1"),
        ("A",),
        ("A", "1"),
    ]


def test_missing_parents_are_added_without_a_headcount(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """A path is enough: what stands above it is there as well."""
    saved = fresh_store.organisations.save_departments(small_firm, {("A", "B", "C"): 7})
    assert [(d.path, d.headcount) for d in saved] == [
        (("A",), None),
        (("A", "B"), None),
        (("A", "B", "C"), 7),
    ]
    assert saved == fresh_store.organisations.departments(small_firm)


def test_a_headcount_of_none_keeps_the_old_one(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """An import that knows no headcounts takes none away; 0 is a headcount."""
    save = fresh_store.organisations.save_departments
    before = save(small_firm, {("A",): 7, ("B",): 5, ("C",): 3})
    after = save(small_firm, {("A",): None, ("B",): 6, ("C",): 0})
    assert [d.headcount for d in after] == [7, 6, 0]
    assert [d.id for d in after] == [d.id for d in before]


def test_two_organisations_keep_their_own_trees(fresh_store: Store) -> None:
    """The same names in two organisations are different departments."""
    one, two = (fresh_store.organisations.add(name) for name in ("Eins", "Zwei"))
    (first,) = fresh_store.organisations.save_departments(one, {("Vertrieb",): 4})
    (second,) = fresh_store.organisations.save_departments(two, {("Vertrieb",): 9})
    assert first.id != second.id
    assert fresh_store.organisations.departments(one) == (first,)
    assert fresh_store.organisations.departments(two) == (second,)


def test_the_same_name_under_two_parents_is_two_departments(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """A department is its path, not its last name."""
    saved = fresh_store.organisations.save_departments(
        small_firm, {("A", "Nord"): 1, ("B", "Nord"): 2, ("Nord",): 3}
    )
    assert [(d.path, d.headcount) for d in saved if d.name == "Nord"] == [
        (("A", "Nord"), 1),
        (("B", "Nord"), 2),
        (("Nord",), 3),
    ]


# Waves and their links


def test_a_new_wave_is_a_draft_that_keeps_its_settings(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Every setting comes back as it was given."""
    settings = WaveSettings(
        title="Lange Form",
        instrument="five_questions",
        items=("SO1", "CP1", "CP2"),
        position=False,
        contact=True,
        smallest_group=7,
        results_on=date(2026, 12, 24),
    )
    wave = fresh_store.waves.add(small_firm, settings, "abcdefgh")
    assert wave.settings == settings
    assert (wave.code, wave.organisation, wave.state) == ("abcdefgh", small_firm, WaveState.DRAFT)
    assert (wave.opened_on, wave.closed_on, wave.released_on) == (None, None, None)
    assert fresh_store.waves.all() == (wave,)


def test_a_title_can_be_taken_only_once_in_an_organisation(fresh_store: Store) -> None:
    """Another organisation may use the same title."""
    one, two = (fresh_store.organisations.add(name) for name in ("Eins", "Zwei"))
    first = fresh_store.waves.add(one, short_settings("2026"), "aaaaaaaa")
    second = fresh_store.waves.add(two, short_settings("2026"), "bbbbbbbb")
    with pytest.raises(SetUpProblem) as problem:
        fresh_store.waves.add(one, short_settings("2026"), "cccccccc")
    assert problem.value.key == "error.wave_exists"
    assert problem.value.values == {"wave": "2026", "organisation": "Eins"}
    assert fresh_store.waves.all() == (first, second)
    with pytest.raises(NotFound):
        fresh_store.invitations.find("cccccccc")


def test_a_wave_walks_its_whole_way(fresh_store: Store, draft_wave: Wave) -> None:
    """Draft → open → closed → open → closed → released, each step on its day."""
    waves = fresh_store.waves
    first, second, third = (date(2026, 3, day) for day in (10, 11, 12))
    opened = waves.open(draft_wave, DAY)
    assert (opened.state, opened.opened_on) == (WaveState.OPEN, DAY)
    closed = waves.close(opened, NEXT_DAY)
    assert (closed.state, closed.closed_on) == (WaveState.CLOSED, NEXT_DAY)
    reopened = waves.open(closed, first)
    assert (reopened.state, reopened.opened_on) == (WaveState.OPEN, first)
    closed_again = waves.close(reopened, second)
    assert (closed_again.state, closed_again.closed_on) == (WaveState.CLOSED, second)
    final = fresh_store.releases.save(closed_again, SMALL_RELEASE, third)
    assert (final.state, final.released_on) == (WaveState.RELEASED, third)
    assert waves.find(draft_wave.code) == final


Move = Callable[[Store, Wave], Wave]
MOVES: dict[str, Move] = {
    "open": lambda store, wave: store.waves.open(wave, NEXT_DAY),
    "close": lambda store, wave: store.waves.close(wave, NEXT_DAY),
    "release": lambda store, wave: store.releases.save(wave, SMALL_RELEASE, NEXT_DAY),
}
WAY = (
    (WaveState.OPEN, MOVES["open"]),
    (WaveState.CLOSED, MOVES["close"]),
    (WaveState.RELEASED, MOVES["release"]),
)


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (WaveState.DRAFT, "close"),
        (WaveState.DRAFT, "release"),
        (WaveState.OPEN, "open"),
        (WaveState.OPEN, "release"),
        (WaveState.CLOSED, "close"),
        (WaveState.RELEASED, "open"),
        (WaveState.RELEASED, "close"),
        (WaveState.RELEASED, "release"),
    ],
)
def test_a_forbidden_step_is_refused_and_changes_nothing(
    fresh_store: Store, draft_wave: Wave, state: WaveState, move: str
) -> None:
    """Only closed → open goes back; released is final. The message names both states."""
    wave = draft_wave
    for reached, step in WAY:
        if wave.state is not state:
            wave = step(fresh_store, wave)
            assert wave.state is reached
    with pytest.raises(NotAllowed) as problem:
        MOVES[move](fresh_store, wave)
    assert problem.value.key == "error.wave_state"
    assert problem.value.values["wave"] == "Kundenkompass 2026"
    assert problem.value.values["state"] is state
    assert fresh_store.waves.find(wave.code) == wave


def test_the_stored_state_decides_not_the_one_a_screen_remembers(
    fresh_store: Store, open_wave: Wave
) -> None:
    """Two people close the same open wave: the second is told that it is closed."""
    closed = fresh_store.waves.close(open_wave, DAY)
    with pytest.raises(NotAllowed):
        fresh_store.waves.close(open_wave, NEXT_DAY)
    assert fresh_store.waves.find(open_wave.code) == closed


def test_a_wave_is_found_by_its_code_or_its_title(fresh_store: Store, draft_wave: Wave) -> None:
    """Both names lead to the same wave."""
    assert fresh_store.waves.find("k7m2p9qx") == draft_wave
    assert fresh_store.waves.find("Kundenkompass 2026") == draft_wave


def test_a_title_of_two_waves_is_refused_naming_both_codes(fresh_store: Store) -> None:
    """The person chooses by code, and is told which code is whose."""
    for name, code in (("Eins", "aaaaaaaa"), ("Zwei", "bbbbbbbb")):
        organisation = fresh_store.organisations.add(name)
        fresh_store.waves.add(organisation, short_settings("2026"), code)
    with pytest.raises(NotFound) as problem:
        fresh_store.waves.find("2026")
    assert problem.value.key == "error.wave_ambiguous"
    assert problem.value.values["codes"] == "aaaaaaaa (Eins), bbbbbbbb (Zwei)"
    assert fresh_store.waves.find("bbbbbbbb").organisation.name == "Zwei"


def test_a_code_goes_before_a_title(fresh_store: Store, small_firm: Organisation) -> None:
    """A wave cannot hide another one by taking its code for a title."""
    meant = fresh_store.waves.add(small_firm, short_settings("2026"), "aaaaaaaa")
    fresh_store.waves.add(small_firm, short_settings("aaaaaaaa"), "bbbbbbbb")
    assert fresh_store.waves.find("aaaaaaaa") == meant


def test_an_unknown_wave_is_named_in_the_refusal(fresh_store: Store, draft_wave: Wave) -> None:
    """Part of a title is not its name."""
    assert draft_wave.title.startswith("Kundenkompass")
    with pytest.raises(NotFound) as problem:
        fresh_store.waves.find("Kundenkompass")
    assert problem.value.key == "error.wave_unknown"
    assert problem.value.values == {"wave": "Kundenkompass"}


def test_waves_are_listed_by_organisation_the_oldest_first(fresh_store: Store) -> None:
    """Within an organisation, in the order they were added."""
    zorn, alt = (fresh_store.organisations.add(name) for name in ("Zorn AG", "Alt KG"))
    for owner, title, code in (
        (zorn, "B", "1"),
        (alt, "Z", "2"),
        (zorn, "A", "3"),
        (alt, "A", "4"),
    ):
        fresh_store.waves.add(owner, short_settings(title), code)
    assert [wave.code for wave in fresh_store.waves.all()] == ["2", "4", "1", "3"]


def test_the_open_link_comes_first_then_the_departments_in_the_trees_order(
    fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """A wave's code is its open link; a department may have none."""
    vertrieb, _, sued, lager = small_tree
    fresh_store.invitations.add(draft_wave, {"lll": lager, "sss": sued, "vvv": vertrieb})
    assert fresh_store.invitations.of(draft_wave) == (
        Invitation(draft_wave.code, draft_wave),
        Invitation("vvv", draft_wave, vertrieb),
        Invitation("sss", draft_wave, sued),
        Invitation("lll", draft_wave, lager),
    )


def test_a_link_leads_to_its_wave_and_department(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """The open link carries no department; a code that nobody has leads nowhere."""
    fresh_store.invitations.add(open_wave, {"nnn": small_tree[1]})
    assert fresh_store.invitations.find("nnn") == Invitation("nnn", open_wave, small_tree[1])
    assert fresh_store.invitations.find(open_wave.code) == Invitation(open_wave.code, open_wave)
    with pytest.raises(NotFound) as problem:
        fresh_store.invitations.find("NNN")
    assert problem.value.key == "error.link_unknown"
    assert problem.value.values == {"code": "NNN"}


# Answers


def test_a_response_of_one_nonce_is_stored_once(fresh_store: Store, open_wave: Wave) -> None:
    """The first submission stands, with its answers and comments; the second changes nothing."""
    add = fresh_store.answers.add
    assert add(open_wave, response(1, answers=5, comments={"customer_perspective": "erst"}), DAY)
    assert not add(open_wave, response(1, answers=1, comments={"back_office": "dann"}), DAY)
    assert {(c.value, c.people) for c in fresh_store.answers.counts(open_wave)} == {(5, 1)}
    assert [c.text for c in fresh_store.answers.comments(open_wave)] == ["erst"]
    assert fresh_store.answers.per_day(open_wave) == {DAY: 1}


def test_eight_threads_with_one_nonce_store_one_response(
    fresh_store: Store, open_wave: Wave
) -> None:
    """A double click on a slow line: exactly one of the eight is told that it was first."""

    def resend(given: Response, _: int) -> bool:
        return fresh_store.answers.add(open_wave, given, DAY)

    for number in range(10):
        given = response(number, comments={"customer_perspective": f"{number}"})
        stored = at_once(partial(resend, given))
        assert sorted(stored) == [False] * 7 + [True]
    assert fresh_store.answers.per_day(open_wave) == {DAY: 10}
    assert {c.people for c in fresh_store.answers.counts(open_wave)} == {10}
    assert len(fresh_store.answers.comments(open_wave)) == 10


def test_eight_threads_with_their_own_nonces_store_eight_each(
    fresh_store: Store, open_wave: Wave
) -> None:
    """Nobody's answers are lost in a crowd, and nobody has to send them again."""

    def answer(thread: int) -> list[bool]:
        return [
            fresh_store.answers.add(open_wave, response(100 * thread + n), DAY) for n in range(10)
        ]

    assert all(all(stored) for stored in at_once(answer))
    assert fresh_store.answers.per_day(open_wave) == {DAY: 80}
    assert {(c.item, c.people) for c in fresh_store.answers.counts(open_wave)} == {
        (item, 80) for item in SHORT_FORM
    }


def test_the_same_nonce_in_two_waves_is_two_responses(fresh_store: Store, open_wave: Wave) -> None:
    """A nonce is the key within its wave."""
    other = fresh_store.waves.add(open_wave.organisation, short_settings("Zweite"), "zweite22")
    other = fresh_store.waves.open(other, DAY)
    assert fresh_store.answers.add(open_wave, response(1, answers=2), DAY)
    assert fresh_store.answers.add(other, response(1, answers=4), DAY)
    assert {c.value for c in fresh_store.answers.counts(open_wave)} == {2}
    assert {c.value for c in fresh_store.answers.counts(other)} == {4}


@pytest.mark.parametrize("state", [WaveState.DRAFT, WaveState.CLOSED, WaveState.RELEASED])
def test_a_wave_that_is_not_open_takes_no_answers(
    fresh_store: Store, draft_wave: Wave, state: WaveState
) -> None:
    """One or many, they are refused, and no day counts them."""
    wave = draft_wave
    for reached, step in WAY:
        if wave.state is not state:
            wave = step(fresh_store, wave)
            assert wave.state is reached
    with pytest.raises(NotAllowed) as problem:
        fresh_store.answers.add(wave, response(1), DAY)
    assert problem.value.key == "error.wave_not_open"
    assert problem.value.values == {"wave": wave.title, "state": state}
    with pytest.raises(NotAllowed):
        fresh_store.answers.add_many(wave, [response(2), response(3)], DAY)
    assert fresh_store.answers.counts(wave) == ()
    assert fresh_store.answers.per_day(wave) == {}


def test_a_wave_closed_meanwhile_takes_no_answers_from_an_old_form(
    fresh_store: Store, open_wave: Wave
) -> None:
    """What counts is the wave's state in the store, not the one the form was shown with."""
    fresh_store.waves.close(open_wave, NEXT_DAY)
    with pytest.raises(NotAllowed):
        fresh_store.answers.add(open_wave, response(1), NEXT_DAY)
    assert fresh_store.answers.counts(open_wave) == ()


def test_a_reopened_wave_keeps_its_answers_and_takes_more(
    fresh_store: Store, closed_wave: Wave
) -> None:
    """Closing may be undone without losing anything."""
    wave = fresh_store.waves.open(closed_wave, DAY)
    fresh_store.answers.add(wave, response(1, answers=2), DAY)
    wave = fresh_store.waves.open(fresh_store.waves.close(wave, NEXT_DAY), NEXT_DAY)
    assert not fresh_store.answers.add(wave, response(1, answers=5), NEXT_DAY)
    assert fresh_store.answers.add(wave, response(2, answers=2), NEXT_DAY)
    assert {(c.value, c.people) for c in fresh_store.answers.counts(wave)} == {(2, 2)}


def test_answers_are_counted_per_department_facts_item_and_value(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Counted by hand: sub-departments apart, can't judge as 0, no department as ()."""
    _, nord, sued, _ = small_tree
    for given in (
        response(1, nord, {"CP1": 4, "EO1": 2}),
        response(2, nord, {"CP1": 4, "EO1": 5}),
        response(3, nord, {"CP1": 4, "EO1": 2}, leads=True),
        response(4, sued, {"CP1": 4, "EO1": 0}, customer=True),
        response(5, sued, {"CP1": 1, "EO1": 0}, leads=True, customer=True),
        response(6, None, {"CP1": 1, "EO1": 3}),
        response(7, nord, {"CP1": 4, "EO1": 2}, customer=True),
    ):
        assert fresh_store.answers.add(open_wave, given, DAY)
    north, south = ("Vertrieb", "Nord"), ("Vertrieb", "Süd")
    counted = fresh_store.answers.counts(open_wave)
    assert len(counted) == 13
    assert set(counted) == {
        AnswerCount(north, leads=False, customer=False, item="CP1", value=4, people=2),
        AnswerCount(north, leads=False, customer=False, item="EO1", value=2, people=1),
        AnswerCount(north, leads=False, customer=False, item="EO1", value=5, people=1),
        AnswerCount(north, leads=True, customer=False, item="CP1", value=4, people=1),
        AnswerCount(north, leads=True, customer=False, item="EO1", value=2, people=1),
        AnswerCount(north, leads=False, customer=True, item="CP1", value=4, people=1),
        AnswerCount(north, leads=False, customer=True, item="EO1", value=2, people=1),
        AnswerCount(south, leads=False, customer=True, item="CP1", value=4, people=1),
        AnswerCount(south, leads=False, customer=True, item="EO1", value=0, people=1),
        AnswerCount(south, leads=True, customer=True, item="CP1", value=1, people=1),
        AnswerCount(south, leads=True, customer=True, item="EO1", value=0, people=1),
        AnswerCount((), leads=False, customer=False, item="CP1", value=1, people=1),
        AnswerCount((), leads=False, customer=False, item="EO1", value=3, people=1),
    }


def test_responses_are_counted_per_day_for_the_whole_organisation(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Days in order, without a department."""
    for number, day in enumerate((NEXT_DAY, DAY, NEXT_DAY, NEXT_DAY)):
        fresh_store.answers.add(open_wave, response(number, small_tree[number]), day)
    assert list(fresh_store.answers.per_day(open_wave).items()) == [(DAY, 1), (NEXT_DAY, 3)]


def test_a_form_sent_again_the_next_day_counts_once(fresh_store: Store, open_wave: Wave) -> None:
    """The day of the first submission stands."""
    fresh_store.answers.add(open_wave, response(1), DAY)
    assert not fresh_store.answers.add(open_wave, response(1), NEXT_DAY)
    assert fresh_store.answers.per_day(open_wave)[DAY] == 1
    assert sum(fresh_store.answers.per_day(open_wave).values()) == 1


def test_comments_are_sorted_by_their_text_whoever_came_first(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Of a comment only place, dimension and text are told: no author, no order of arrival."""
    written = (
        response(3, small_tree[1], comments={"customer_perspective": "b", "top_down": "z"}),
        response(1, small_tree[2], comments={"customer_perspective": "c"}),
        response(2, None, comments={"customer_perspective": "a"}),
    )
    for given in written:
        fresh_store.answers.add(open_wave, given, DAY)
    assert fresh_store.answers.comments(open_wave) == (
        PublishedComment((), "customer_perspective", "a"),
        PublishedComment(("Vertrieb", "Nord"), "customer_perspective", "b"),
        PublishedComment(("Vertrieb", "Süd"), "customer_perspective", "c"),
        PublishedComment(("Vertrieb", "Nord"), "top_down", "z"),
    )


def test_many_responses_are_stored_like_one_after_the_other(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """The number stored is told; counts, days and comments are the same."""
    other = fresh_store.waves.add(open_wave.organisation, short_settings("Zweite"), "zweite22")
    other = fresh_store.waves.open(other, DAY)
    many = [
        response(n, small_tree[n % 4], 1 + n % 5, comments={"top_down": f"{n}"}) for n in range(12)
    ]
    assert fresh_store.answers.add_many(open_wave, iter(many), DAY) == 12
    theirs = fresh_store.waves.departments(other)
    for n, given in enumerate(many):
        fresh_store.answers.add(other, replace(given, department=theirs[n % 4].id), DAY)
    for read in (fresh_store.answers.counts, fresh_store.answers.comments):
        assert read(open_wave) == read(other)
    assert fresh_store.answers.per_day(open_wave) == {DAY: 12}


def test_many_responses_are_stored_all_or_not_at_all(fresh_store: Store, open_wave: Wave) -> None:
    """One that cannot be stored (its nonce stands already) takes the others down with it."""
    fresh_store.answers.add(open_wave, response(7, answers=5), DAY)
    with contextlib.suppress(Exception):
        fresh_store.answers.add_many(open_wave, [response(n, answers=1) for n in range(9)], DAY)
    assert {(c.value, c.people) for c in fresh_store.answers.counts(open_wave)} == {(5, 1)}
    assert fresh_store.answers.per_day(open_wave) == {DAY: 1}


def test_a_source_of_responses_that_breaks_off_stores_none(
    fresh_store: Store, open_wave: Wave
) -> None:
    """Half a file is no file."""

    def half() -> Iterator[Response]:
        yield response(1)
        yield response(2)
        raise EOFError

    with pytest.raises(EOFError):
        fresh_store.answers.add_many(open_wave, half(), DAY)
    assert fresh_store.answers.counts(open_wave) == ()
    assert fresh_store.answers.per_day(open_wave) == {}


# Participation

COUNTING = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def banded_wave(fresh_store: Store, small_firm: Organisation, draft_wave: Wave) -> Wave:
    """Open since DAY; 4 of Vertrieb's 20 people have answered, all of Süd; 5 of Lager's 10."""
    fresh_store.organisations.save_departments(
        small_firm,
        {("Vertrieb",): 20, ("Vertrieb", "Süd"): 10, ("Lager",): 10, ("Büro",): 9, ("Hof",): None},
    )
    wave = fresh_store.waves.open(draft_wave, DAY)
    _, south, store_room, *_ = fresh_store.waves.departments(wave)
    people = [response(n, south) for n in range(4)]
    people += [response(10 + n, store_room) for n in range(5)]
    fresh_store.answers.add_many(wave, people, DAY)
    return wave


def more_answers(store: Store, wave: Wave, number: int) -> None:
    """So many people of Süd answer."""
    south = next(d for d in store.waves.departments(wave) if d.name == "Süd")
    people = [response(100 + n, south) for n in range(number)]
    store.answers.add_many(wave, people, DAY)


def test_participation_is_told_in_bands_for_large_departments(
    fresh_store: Store, banded_wave: Wave
) -> None:
    """With the people below them; Büro is too small and Hof has no headcount.

    Ten people are left beside the bands, in Büro and Hof together.
    """
    found = fresh_store.answers.participation(banded_wave, COUNTING)
    assert found == Participation(
        COUNTING,
        {
            ("Vertrieb",): Band.UNDER_25,
            ("Vertrieb", "Süd"): Band.FROM_25,
            ("Lager",): Band.FROM_50,
        },
    )


def test_bands_are_counted_once_an_hour(fresh_store: Store, banded_wave: Wave) -> None:
    """Whoever looks in between sees what was counted before, and when; a clock set back, too."""
    look = partial(fresh_store.answers.participation, banded_wave)
    first = look(COUNTING)
    more_answers(fresh_store, banded_wave, 6)
    for later in (timedelta(0), HOUR - timedelta(seconds=1), -HOUR):
        assert look(COUNTING + later) == first
    second = look(COUNTING + HOUR)
    assert second.counted_at == COUNTING + HOUR
    assert second.bands["Vertrieb", "Süd"] is Band.FROM_75
    assert look(COUNTING + HOUR + HOUR / 2) == second


def test_eight_who_look_at_once_see_the_same_bands(fresh_store: Store, banded_wave: Wave) -> None:
    """One of them counts."""

    def look(number: int) -> Participation:
        return fresh_store.answers.participation(banded_wave, COUNTING + timedelta(seconds=number))

    assert len({found.counted_at for found in at_once(look)}) == 1


def test_more_answers_than_heads_are_the_last_band(fresh_store: Store, banded_wave: Wave) -> None:
    """Somebody passed the link on."""
    more_answers(fresh_store, banded_wave, 30)
    found = fresh_store.answers.participation(banded_wave, COUNTING)
    assert found.bands["Vertrieb", "Süd"] is Band.FROM_75
    assert found.bands["Vertrieb",] is Band.FROM_75


def test_closing_forgets_the_bands_and_reopening_does_not_count_sooner(
    fresh_store: Store, banded_wave: Wave
) -> None:
    """Otherwise closing and opening would show every single answer coming in."""
    fresh_store.answers.participation(banded_wave, COUNTING)
    closed = fresh_store.waves.close(banded_wave, DAY)
    with pytest.raises(NotAllowed) as problem:
        fresh_store.answers.participation(closed, COUNTING + HOUR)
    assert problem.value.key == "error.wave_not_open"
    reopened = fresh_store.waves.open(closed, DAY)
    soon = COUNTING + HOUR / 2
    assert fresh_store.answers.participation(reopened, soon) == Participation(COUNTING, {})
    assert len(fresh_store.answers.participation(reopened, COUNTING + HOUR).bands) == 3


# Purging


RETENTION = timedelta(days=RETENTION_DAYS)


def test_a_purge_empties_only_waves_whose_retention_is_over(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Ninety days after the release, not one earlier; open and closed waves wait for theirs."""
    old, young, still_open, still_closed = (
        fresh_store.waves.open(fresh_store.waves.add(small_firm, short_settings(code), code), DAY)
        for code in ("old", "young", "open", "closed")
    )
    for wave in (old, young, still_open, still_closed):
        fresh_store.answers.add(wave, response(1, comments={"top_down": wave.code}), DAY)
    old = released(fresh_store, old, date(2026, 4, 30))
    young = released(fresh_store, young, date(2026, 5, 1))
    fresh_store.waves.close(still_closed, NEXT_DAY)
    assert fresh_store.answers.kept() == (old, young)
    assert (old.due_on, still_open.due_on) == (date(2026, 7, 29), None)
    assert fresh_store.answers.purge(date(2026, 7, 28)) == {}
    assert fresh_store.answers.purge(date(2026, 7, 29)) == {old: 1}
    assert fresh_store.answers.kept() == (young,)
    assert fresh_store.answers.counts(old) == ()
    assert fresh_store.answers.comments(old) == ()
    for wave in (young, still_open, still_closed):
        assert len(fresh_store.answers.counts(wave)) == 5
        assert [c.text for c in fresh_store.answers.comments(wave)] == [wave.code]


def test_a_purge_leaves_the_release(fresh_store: Store, open_wave: Wave) -> None:
    """Results outlive the answers they were made from, and a second purge finds nothing."""
    fresh_store.answers.add(open_wave, response(1), DAY)
    closed = fresh_store.waves.close(open_wave, NEXT_DAY)
    final = fresh_store.releases.save(closed, SMALL_RELEASE, RELEASE_DAY)
    assert fresh_store.answers.purge(RELEASE_DAY + RETENTION) == {final: 1}
    assert fresh_store.answers.counts(final) == ()
    assert fresh_store.releases.load(final) == SMALL_RELEASE
    assert fresh_store.waves.find(final.code) == final
    log = fresh_store.waves.log(final)
    assert (log[-1].act, log[-1].details) == (LogAct.PURGED, {"responses": 1})
    assert fresh_store.answers.purge(RELEASE_DAY + RETENTION) == {}
    assert fresh_store.answers.purge_wave(final, RELEASE_DAY) == 0
    assert fresh_store.waves.log(final) == log


def test_one_released_wave_can_be_purged_at_once(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Before its time, and no other with it; what is not released has no result yet to outlive."""
    mine, other = (
        fresh_store.waves.open(fresh_store.waves.add(small_firm, short_settings(code), code), DAY)
        for code in ("mine", "other")
    )
    for wave in (mine, other):
        fresh_store.answers.add(wave, response(1), DAY)
    with pytest.raises(NotAllowed) as problem:
        fresh_store.answers.purge_wave(mine, DAY)
    assert problem.value.key == "error.wave_not_released"
    mine, other = (released(fresh_store, wave) for wave in (mine, other))
    assert fresh_store.answers.purge_wave(mine, RELEASE_DAY) == 1
    assert fresh_store.answers.kept() == (other,)


# The settings log


def test_every_act_on_a_wave_is_in_its_log(fresh_store: Store, draft_wave: Wave) -> None:
    """With its day and what it stated, in one unbroken chain."""
    waves = fresh_store.waves
    waves.close(waves.open(draft_wave, DAY), NEXT_DAY)
    waves.open(draft_wave, NEXT_DAY)
    raised = waves.raise_smallest_group(draft_wave, 8, NEXT_DAY)
    fresh_store.answers.add(raised, response(1), NEXT_DAY)
    fresh_store.releases.save(waves.close(raised, NEXT_DAY), SMALL_RELEASE, RELEASE_DAY)
    fresh_store.answers.purge(RELEASE_DAY + RETENTION)
    log = waves.log(draft_wave)
    assert [(entry.act, entry.day) for entry in log] == [
        (LogAct.OPENED, DAY),
        (LogAct.CLOSED, NEXT_DAY),
        (LogAct.REOPENED, NEXT_DAY),
        (LogAct.GROUP_RAISED, NEXT_DAY),
        (LogAct.CLOSED, NEXT_DAY),
        (LogAct.RELEASED, RELEASE_DAY),
        (LogAct.PURGED, RELEASE_DAY + RETENTION),
    ]
    assert (
        log[0].details
        == log[2].details
        == {
            "instrument": "five_questions",
            "items": list(SHORT_FORM),
            "position": True,
            "contact": True,
            "position_by_division": False,
            "contact_by_division": False,
            "smallest_group": 5,
            "retention_days": 90,
        }
    )
    assert log[3].details == {"smallest_group": 8}
    assert log[5].details == {
        "groups_shown": 3,
        "figures_shown": 4,
        "figures_withheld": 26,
        "digest": release_digest(fresh_store.releases.load(draft_wave)),
    }
    assert broken_at(draft_wave.code, log) is None
    assert not disagrees(log, waves.find(draft_wave.code).settings)


def test_what_is_refused_or_undone_is_not_in_the_log(fresh_store: Store, open_wave: Wave) -> None:
    """The entry is written with the act or not at all."""

    def close_twice() -> None:
        with fresh_store.together():
            fresh_store.waves.close(open_wave, NEXT_DAY)
            fresh_store.waves.close(open_wave, NEXT_DAY)

    before = fresh_store.waves.log(open_wave)
    with pytest.raises(NotAllowed):
        close_twice()
    assert fresh_store.waves.log(open_wave) == before


def test_eight_acts_at_once_make_one_chain(fresh_store: Store, open_wave: Wave) -> None:
    """Whoever is refused because another was first leaves no entry."""

    def raise_it(number: int) -> bool:
        try:
            fresh_store.waves.raise_smallest_group(open_wave, 6 + number, DAY)
        except SetUpProblem:
            return False
        return True

    raised = sum(at_once(raise_it))
    log = fresh_store.waves.log(open_wave)
    assert len(log) == 1 + raised
    assert broken_at(open_wave.code, log) is None
    assert fresh_store.waves.find(open_wave.code).settings.smallest_group == 13


@pytest.mark.parametrize("smallest", [-1, 0, 4, 5, 21])
def test_the_smallest_group_only_becomes_larger(
    fresh_store: Store, open_wave: Wave, smallest: int
) -> None:
    """Up to 20; the refusal names what it is now."""
    with pytest.raises(SetUpProblem) as problem:
        fresh_store.waves.raise_smallest_group(open_wave, smallest, DAY)
    assert problem.value.key == "error.group_not_raised"
    assert problem.value.values["smallest"] == 5
    assert fresh_store.waves.find(open_wave.code) == open_wave
    raised = fresh_store.waves.raise_smallest_group(open_wave, 20, DAY)
    assert raised.settings == replace(open_wave.settings, smallest_group=20)
    with pytest.raises(SetUpProblem):
        fresh_store.waves.raise_smallest_group(open_wave, 19, DAY)


def test_the_release_fixes_the_smallest_group(fresh_store: Store, closed_wave: Wave) -> None:
    """Raising it afterwards would change nothing that is shown."""
    fresh_store.waves.raise_smallest_group(closed_wave, 6, NEXT_DAY)
    fresh_store.releases.save(closed_wave, SMALL_RELEASE, RELEASE_DAY)
    with pytest.raises(NotAllowed) as problem:
        fresh_store.waves.raise_smallest_group(closed_wave, 7, RELEASE_DAY)
    assert problem.value.key == "error.group_final"


def test_two_waves_have_logs_of_their_own(fresh_store: Store, open_wave: Wave) -> None:
    """Each chain begins anew, and the same act of another wave has another hash."""
    other = fresh_store.waves.add(open_wave.organisation, short_settings("Zweite"), "zweite22")
    assert fresh_store.waves.log(other) == ()
    other = fresh_store.waves.open(other, DAY)
    (mine,), (its,) = fresh_store.waves.log(open_wave), fresh_store.waves.log(other)
    assert (mine.details, mine.before) == (its.details, NOTHING_BEFORE)
    assert mine.hash != its.hash


# Releases


def test_a_release_is_loaded_as_it_was_saved(fresh_store: Store, closed_wave: Wave) -> None:
    """Groups in order, withheld ones too, every histogram, and comments as they were shuffled."""
    final = fresh_store.releases.save(closed_wave, SMALL_RELEASE, RELEASE_DAY)
    loaded = fresh_store.releases.load(final)
    assert loaded == SMALL_RELEASE
    assert loaded.groups == SMALL_RELEASE.groups
    assert loaded.comments == SMALL_RELEASE.comments


def test_a_release_keeps_what_was_known_and_expected_when_it_was_made(
    fresh_store: Store, closed_wave: Wave
) -> None:
    """Headcounts, reliability, targets and predictions, unrounded and in their order."""
    shelf = fresh_store.expectations
    shelf.set_targets(closed_wave, (), {"customer_perspective": 4.05})
    shelf.set_targets(closed_wave, ("Lager",), {"systematic_ownership": 3.3})
    shelf.predict(closed_wave, {"customer_perspective": 3.7}, "Petra Quitte", DAY)
    made = replace(
        SMALL_RELEASE,
        headcounts={(): 20, ("Vertrieb", "Nord"): 12},
        reliability=(
            Reliability("customer_perspective", 4, 120, 0.1 + 0.2, -0.5, 0.9, 0.31),
            Reliability(PROFILE, 5, 101, 0.7, 0.6, 0.8, None),
        ),
        targets=shelf.targets(closed_wave),
        predictions=shelf.predictions(closed_wave),
    )
    loaded = fresh_store.releases.load(fresh_store.releases.save(closed_wave, made, RELEASE_DAY))
    assert loaded == made
    assert loaded.targets == {
        (): {"customer_perspective": 4.05},
        ("Lager",): {"systematic_ownership": 3.3},
    }
    assert loaded.predictions == {"customer_perspective": Prediction(3.7, "Petra Quitte", DAY)}


# Expectations


def test_setting_targets_replaces_those_of_one_department_only(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """What is not named any more is gone; the other department's and the wave's stay."""
    shelf = fresh_store.expectations
    shelf.set_targets(draft_wave, (), {"customer_perspective": 4})
    shelf.set_targets(
        draft_wave, ("Lager",), {"customer_perspective": 3, "employee_orientation": 2}
    )
    shelf.set_targets(draft_wave, ("Lager",), {"systematic_ownership": 5})
    assert shelf.targets(draft_wave) == {
        (): {"customer_perspective": 4.0},
        ("Lager",): {"systematic_ownership": 5.0},
    }
    shelf.set_targets(draft_wave, ("Lager",), {})
    assert shelf.targets(draft_wave) == {(): {"customer_perspective": 4.0}}


def test_a_new_prediction_takes_the_place_of_the_old_one(
    fresh_store: Store, open_wave: Wave
) -> None:
    """One agreed number a dimension, under the name and day it was last agreed."""
    shelf = fresh_store.expectations
    shelf.predict(open_wave, {"customer_perspective": 4, "systematic_ownership": 2}, "A", DAY)
    shelf.predict(open_wave, {"customer_perspective": 3.5}, "B", NEXT_DAY)
    assert shelf.predictions(open_wave) == {"customer_perspective": Prediction(3.5, "B", NEXT_DAY)}


def test_the_release_locks_targets_and_prediction(fresh_store: Store, closed_wave: Wave) -> None:
    """Both can be set while it is closed; after its release neither, even by an old screen."""
    shelf = fresh_store.expectations
    shelf.set_targets(closed_wave, (), {"customer_perspective": 4})
    shelf.predict(closed_wave, {"customer_perspective": 4}, "A", DAY)
    fresh_store.releases.save(closed_wave, SMALL_RELEASE, RELEASE_DAY)
    with pytest.raises(NotAllowed) as of_targets:
        shelf.set_targets(closed_wave, (), {"customer_perspective": 1})
    with pytest.raises(NotAllowed) as of_predictions:
        shelf.predict(closed_wave, {"customer_perspective": 1}, "A", DAY)
    assert {of_targets.value.key, of_predictions.value.key} == {"error.expectations_locked"}
    assert shelf.targets(closed_wave) == {(): {"customer_perspective": 4.0}}
    assert shelf.predictions(closed_wave)["customer_perspective"].value == 4.0


def test_people_who_gave_the_same_answers_throughout_are_counted_together(
    fresh_store: Store, open_wave: Wave
) -> None:
    """In the order of the wave's items; an item that somebody has no answer to counts as 0."""
    same = {"CP1": 1, "EO1": 2, "TB1": 3, "BO1": 4, "SO1": 5}
    given = [same, same, {**same, "SO1": 0}, {"SO1": 5, "CP1": 1}]
    for number, answers in enumerate(given):
        fresh_store.answers.add(open_wave, response(number, answers=answers), DAY)
    counted = {one.answers: one.people for one in fresh_store.answers.patterns(open_wave)}
    assert counted == {(1, 2, 3, 4, 5): 2, (1, 2, 3, 4, 0): 1, (1, 0, 0, 0, 5): 1}


def test_the_same_answers_in_other_places_or_under_other_facts_are_counted_apart(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """A department and two facts make a cell; people of no department are at ()."""
    people = [
        response(1, small_tree[1]),
        response(2, small_tree[1], leads=True),
        response(3, small_tree[1], customer=True),
        response(4),
        response(5),
    ]
    for person in people:
        fresh_store.answers.add(open_wave, person, DAY)
    found = {
        (one.path, one.leads, one.customer): one.people
        for one in fresh_store.answers.patterns(open_wave)
    }
    assert found == {
        (("Vertrieb", "Nord"), False, False): 1,
        (("Vertrieb", "Nord"), True, False): 1,
        (("Vertrieb", "Nord"), False, True): 1,
        ((), False, False): 2,
    }


def test_two_waves_keep_their_own_releases(fresh_store: Store, closed_wave: Wave) -> None:
    """The figures of one wave never show up in another."""
    other = fresh_store.waves.add(closed_wave.organisation, short_settings("Zweite"), "zweite22")
    other = fresh_store.waves.close(fresh_store.waves.open(other, DAY), NEXT_DAY)
    bare = Release(SHORT_FORM, (ORGANISATION,), {})
    first = fresh_store.releases.save(closed_wave, SMALL_RELEASE, RELEASE_DAY)
    second = fresh_store.releases.save(other, bare, RELEASE_DAY)
    assert fresh_store.releases.load(first) == SMALL_RELEASE
    assert fresh_store.releases.load(second) == bare


def test_there_is_nothing_to_load_before_the_release(fresh_store: Store, closed_wave: Wave) -> None:
    """The refusal names the wave."""
    with pytest.raises(NotAllowed) as problem:
        fresh_store.releases.load(closed_wave)
    assert problem.value.key == "error.wave_not_released"
    assert problem.value.values == {"wave": "Kundenkompass 2026"}


def test_a_wave_is_released_once(fresh_store: Store, closed_wave: Wave) -> None:
    """The first release stands, whatever is saved afterwards."""
    final = fresh_store.releases.save(closed_wave, SMALL_RELEASE, RELEASE_DAY)
    other = replace(SMALL_RELEASE, histograms={ORGANISATION: {"CP1": Histogram((0,) * 6)}})
    with pytest.raises(NotAllowed):
        fresh_store.releases.save(closed_wave, other, NEXT_DAY)
    assert fresh_store.releases.load(final) == SMALL_RELEASE
    assert fresh_store.waves.find(final.code) == final


def test_eight_releases_at_once_keep_one(fresh_store: Store, closed_wave: Wave) -> None:
    """Two consultants press the button: one release stands, the others are refused."""

    def save(number: int) -> int | None:
        mine = Histogram((number, 0, 0, 0, 0, 9))
        try:
            fresh_store.releases.save(
                closed_wave,
                replace(SMALL_RELEASE, histograms={ORGANISATION: {"CP1": mine}}),
                RELEASE_DAY,
            )
        except NotAllowed:
            return None
        return number

    (kept,) = (number for number in at_once(save) if number is not None)
    loaded = fresh_store.releases.load(fresh_store.waves.find(closed_wave.code))
    assert loaded.histograms[ORGANISATION]["CP1"].cant_judge == kept


# Together


def test_an_error_undoes_everything_written_together(fresh_store: Store, closed_wave: Wave) -> None:
    """Organisation, tree, wave, answers, state and release: none of it happened."""

    def write_a_lot() -> None:
        with fresh_store.together():
            owner = fresh_store.organisations.add("Neu AG")
            (department,) = fresh_store.organisations.save_departments(owner, {("A",): 5})
            wave = fresh_store.waves.add(owner, short_settings("Neu"), "neuneu22")
            fresh_store.invitations.add(wave, {"aaaa2222": department})
            wave = fresh_store.waves.open(wave, DAY)
            (department,) = fresh_store.waves.departments(wave)
            fresh_store.answers.add(wave, response(1, department), DAY)
            fresh_store.answers.add_many(wave, [response(2), response(3)], DAY)
            fresh_store.waves.close(wave, NEXT_DAY)
            fresh_store.releases.save(closed_wave, SMALL_RELEASE, RELEASE_DAY)
            raise EOFError

    with pytest.raises(EOFError):
        write_a_lot()
    assert fresh_store.organisations.all() == (closed_wave.organisation,)
    assert fresh_store.waves.all() == (closed_wave,)
    with pytest.raises(NotFound):
        fresh_store.invitations.find("aaaa2222")
    with pytest.raises(NotAllowed):
        fresh_store.releases.load(closed_wave)
    assert fresh_store.organisations.add("Neu AG").name == "Neu AG"


def test_what_is_written_together_is_kept_together(fresh_store: Store) -> None:
    """After the block everything is there, closed and released on the way."""
    with fresh_store.together():
        owner = fresh_store.organisations.add("Neu AG")
        wave = fresh_store.waves.add(owner, short_settings(), "neuneu22")
        wave = fresh_store.waves.open(wave, DAY)
        fresh_store.answers.add(wave, response(1), DAY)
        wave = released(fresh_store, wave)
    assert fresh_store.waves.all() == (wave,)
    assert len(fresh_store.answers.counts(wave)) == 5
    assert fresh_store.releases.load(wave).groups == (ORGANISATION,)


def test_a_refusal_inside_a_block_that_goes_on_costs_only_itself(fresh_store: Store) -> None:
    """Who handles a refusal may keep the rest."""
    with fresh_store.together():
        fresh_store.organisations.add("Neu AG")
        with pytest.raises(SetUpProblem):
            fresh_store.organisations.add("Neu AG")
        fresh_store.organisations.add("Alt KG")
    assert [o.name for o in fresh_store.organisations.all()] == ["Alt KG", "Neu AG"]


def test_nobody_else_sees_a_block_before_its_end(fresh_store: Store) -> None:
    """Another thread reads what was there before, then all of it."""

    def seen_elsewhere() -> tuple[Organisation, ...]:
        with ThreadPoolExecutor(1) as other:
            return other.submit(fresh_store.organisations.all).result()

    with fresh_store.together():
        added = fresh_store.organisations.add("Neu AG")
        assert fresh_store.organisations.all() == (added,)
        assert seen_elsewhere() == ()
    assert seen_elsewhere() == (added,)


def test_a_block_that_reads_first_is_not_thrown_out_by_another_writer(
    fresh_store: Store, open_wave: Wave
) -> None:
    """An import looks before it writes; an answer that comes in between waits, or is first."""
    with ThreadPoolExecutor(1) as other:
        with fresh_store.together():
            fresh_store.organisations.all()
            answering = other.submit(fresh_store.answers.add, open_wave, response(1), DAY)
            with contextlib.suppress(TimeoutError):
                answering.result(timeout=0.3)
            fresh_store.organisations.add("Neu AG")
        assert answering.result()
    assert len(fresh_store.organisations.all()) == 2


def test_a_block_inside_a_block_is_part_of_it(fresh_store: Store) -> None:
    """What the outer block writes after the inner one still belongs to the outer one."""

    def write_in_two_blocks() -> None:
        with fresh_store.together():
            with fresh_store.together():
                fresh_store.organisations.add("Innen")
            fresh_store.organisations.add("Außen")
            raise EOFError

    with pytest.raises(EOFError):
        write_in_two_blocks()
    assert fresh_store.organisations.all() == ()


# Health


def test_a_healthy_store_passes_its_check(fresh_store: Store, open_wave: Wave) -> None:
    """Checking writes nothing and says nothing."""
    fresh_store.check()
    fresh_store.truncate_log()
    assert fresh_store.waves.all() == (open_wave,)
