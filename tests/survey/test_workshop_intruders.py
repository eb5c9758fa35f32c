"""Attacks on a workshop from the screens: who may act no more, and who asks for too much."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Account, Role
from data.measures import MeasureState
from data.model import CANT_JUDGE
from data.sqlite import SqliteStore
from data.store import Store
from data.workshops import StepKind
from survey import measures
from survey.measures import TypedPlan
from survey.screens.today import today
from survey.wording import wording
from tests.survey.everybody import all_words
from tests.survey.test_screen_logic import demo_house, empty_house, visit
from tests.survey.test_workshop_facilitator import (
    CODE,
    ada,
    ask,
    from_a_wave,
    phones,
    step_of,
    the,
    to,
    with_ideas,
)
from tests.survey.visitors import sign_in, sign_out

__all__ = ["ada", "demo_house", "empty_house", "from_a_wave"]

Act = Callable[[AppTest], object]


def kept(store: Store) -> list[str]:
    """Everything in the database, as text."""
    assert isinstance(store, SqliteStore)
    with store.connections.borrow() as db:
        return list(db.conn.iterdump())


def pressed(key: str) -> Act:
    """Press the button whose key begins so."""

    def act(screen: AppTest) -> object:
        found = [one for one in screen.button if (one.key or "").startswith(key)]
        return found[0].click()

    return act


def typed(screen: AppTest) -> object:
    """Write another title."""
    return next(one for one in screen.text_input if "title" in (one.key or "")).set_value("Meins")


ACTS: tuple[tuple[str, str, Act], ...] = (
    ("moving on", "facilitator", pressed("workshop_right")),
    ("moving on from the wall", "projector", pressed("workshop_right")),
    ("revealing", "facilitator", pressed("workshop_space")),
    ("going anywhere", "facilitator", pressed("agenda_1_go")),
    ("leaving out", "facilitator", pressed("agenda_28_skip")),
    ("a timer", "facilitator", pressed("facilitator_timer_start")),
    ("a question", "facilitator", pressed("question_")),
    ("a measure", "facilitator", pressed("measure_1_remove")),
    ("the end", "facilitator", pressed("facilitator_end")),
    ("an order", "workshop", pressed("agenda_down_step_")),
    ("a title", "workshop", typed),
)


@pytest.fixture
def busy(from_a_wave: Store, ada: Account) -> Store:
    """A vote that may be revealed, with a question that was asked and a measure that was agreed."""
    with_ideas(from_a_wave)
    to(from_a_wave, StepKind.VOTE, voters=7)
    ask(from_a_wave, "Und danach?")
    plan = TypedPlan(
        dimension=step_of(from_a_wave, StepKind.VOTE).dimension,
        what="Ein Besuchstag",
        responsible="Vertrieb",
        due=today() + timedelta(days=60),
        state=MeasureState.IMPROVED,
    )
    measures.agree(from_a_wave, ada, the(from_a_wave), plan, today())
    return from_a_wave


@pytest.mark.parametrize(("screen", "act"), [one[1:] for one in ACTS], ids=[one[0] for one in ACTS])
def test_whose_access_ended_acts_no_more_from_a_screen_that_is_still_open(
    busy: Store, monkeypatch: pytest.MonkeyPatch, screen: str, act: Act
) -> None:
    """A button was drawn for somebody; who presses it is looked up when it is pressed."""
    opened, before = visit(screen, workshop=CODE), kept(busy)
    act(opened)
    sign_out(monkeypatch)
    opened.run()
    assert not opened.exception
    assert kept(busy) == before
    assert the(busy).plan.title not in all_words(opened)


@pytest.mark.parametrize(
    ("role", "grants"), [(Role.CONSULTANT, {77: ()}), (Role.LEADER, {1: ()})], ids=str
)
def test_who_runs_other_organisations_or_only_reads_now_acts_no_more_either(
    busy: Store, monkeypatch: pytest.MonkeyPatch, role: Role, grants: dict[int, tuple[()]]
) -> None:
    """The owner has changed their account while the wall was open."""
    opened, before = visit("projector", workshop=CODE), kept(busy)
    pressed("workshop_right")(opened)
    sign_in(monkeypatch, role, grants)
    opened.run()
    assert not opened.exception
    assert kept(busy) == before


@pytest.mark.parametrize(("screen", "act"), [one[1:] for one in ACTS], ids=[one[0] for one in ACTS])
def test_whose_access_goes_on_acts(busy: Store, screen: str, act: Act) -> None:
    """So each of these acts would change something."""
    opened, before = visit(screen, workshop=CODE), kept(busy)
    act(opened)
    opened.run()
    assert not opened.exception
    assert kept(busy) != before


@pytest.mark.parametrize(
    ("screen", "told"),
    [
        ("projector", "wall.too_few"),
        ("facilitator", "facilitator.too_few_judged"),
        ("protocol", "protocol.withheld"),
    ],
)
def test_a_round_that_too_few_could_judge_is_told_as_such(
    from_a_wave: Store, screen: str, told: str
) -> None:
    """It is closed like any other, so that a key does not try the votes of an open round."""
    step, room = to(from_a_wave, StepKind.VOTE), from_a_wave.workshops.room(CODE)
    assert room.current
    for phone in phones(6):
        cannot = dict.fromkeys(step.items, CANT_JUDGE)
        from_a_wave.workshops.vote(room.workshop, room.current.id, phone, cannot)
    opened = visit("facilitator", workshop=CODE)
    pressed("workshop_space")(opened)
    opened.run()
    said = all_words(visit(screen, workshop=CODE))
    assert wording("de")(told, smallest=5).rstrip(".") in said
