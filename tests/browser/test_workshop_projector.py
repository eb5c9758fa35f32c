"""The wall in a browser: its keys, and that it keeps up by itself."""

import itertools
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.sqlite import open_store
from data.store import Store
from data.workshops import StepKind, WorkshopPlan
from survey.workshop import agenda
from tests.browser.conftest import PHONE
from tests.browser.server import Server

CODE = "K7M4XW"
WALL = {"width": 1280, "height": 720}
SOON = 3000
"""Milliseconds within which the wall shows what has come."""

TOO_LARGE = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  return [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight]
}"""
"""By how many pixels the screen scrolls sideways and down."""


@contextmanager
def opened(server: Server) -> Iterator[Store]:
    """The server's store, beside the server."""
    with closing(open_store(server.database)) as store:
        yield store


@pytest.fixture
def wall(owner_page: Page, demo_server: Server) -> Iterator[Page]:
    """The wall of a workshop from nothing, which stands at its welcome; six phones have joined."""
    with opened(demo_server) as store:
        instrument = load_instrument(FIVE_QUESTIONS)
        steps = agenda.steps_from_nothing(instrument, [instrument.dimensions[0].id])
        firm = store.organisations.all()[0]
        plan = WorkshopPlan("Auftakt", steps, FIVE_QUESTIONS, smallest_group=5)
        workshop = store.workshops.add(firm, None, plan, CODE)
        store.workshops.go(workshop, steps[0].id, date(2026, 3, 2))
        for number in range(6):
            store.workshops.join(workshop, bytes([number]) * 16)
    owner_page.goto(f"{demo_server.url}/projector?workshop={CODE}")
    heading(owner_page, "Willkommen")
    expect(owner_page.get_by_role("button", name="Weiter")).to_be_visible()
    yield owner_page
    with opened(demo_server) as store:
        store.workshops.remove(store.workshops.room(CODE).workshop)


def heading(page: Page, text: str) -> None:
    """Wait until the wall is at a step."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def vote(server: Server, phone: int, value: int) -> None:
    """What a phone sends."""
    with opened(server) as store:
        room = store.workshops.room(CODE)
        step, current = room.workshop.step, room.current
        assert step is not None
        assert current is not None
        values = dict.fromkeys(step.items, value)
        store.workshops.vote(room.workshop, current.id, bytes([phone]) * 16, values)


def join(page: Page, server: Server, number: int) -> None:
    """Let another phone in, and wait until the wall says so."""
    with opened(server) as store:
        store.workshops.join(store.workshops.room(CODE).workshop, bytes([number]) * 16)
    expect(page.get_by_text(f"{number} Handys sind dabei")).to_be_visible()


def standing(server: Server) -> tuple[StepKind | None, bool]:
    """At which kind of step the workshop stands, and whether what is asked is revealed."""
    with opened(server) as store:
        room = store.workshops.room(CODE)
    step, current = room.workshop.step, room.current
    return step and step.kind, bool(current and current.closed)


def test_a_vote_is_counted_on_the_wall_within_three_seconds(
    wall: Page, demo_server: Server
) -> None:
    """Nobody presses anything; and a reload shows the same."""
    wall.keyboard.press("ArrowRight")
    heading(wall, "Abstimmen – Kundensicht")
    for number in range(4):
        vote(demo_server, number, 4)
        told = wall.get_by_text(f"{number + 1} von 6 haben abgestimmt")
        expect(told).to_be_visible(timeout=SOON)
    expect(wall.get_by_text("Noch 1 Stimme, dann kann aufgedeckt werden.")).to_be_visible()
    wall.reload()
    heading(wall, "Abstimmen – Kundensicht")
    expect(wall.get_by_text("4 von 6 haben abgestimmt")).to_be_visible()


def test_each_key_acts_once(wall: Page, demo_server: Server) -> None:
    """Pressed twice in a row, or with a button in focus that would act on the same key.

    Each time something that comes later is waited for: by then a second act would have come, too.
    """
    wall.keyboard.press("ArrowRight")
    wall.keyboard.press("ArrowRight")
    heading(wall, "Abstimmen – Kundensicht")
    for number in range(5):
        vote(demo_server, number, 4)
    expect(wall.get_by_text("5 von 6 haben abgestimmt")).to_be_visible()
    assert standing(demo_server) == (StepKind.VOTE, False)
    wall.get_by_role("button", name="Weiter").focus()
    wall.keyboard.press("Space")
    expect(wall.get_by_role("button", name="Noch eine Runde")).to_be_visible()
    join(wall, demo_server, 7)
    assert standing(demo_server) == (StepKind.VOTE, True)
    wall.get_by_role("button", name="Zurück").focus()
    wall.keyboard.press("ArrowRight")
    heading(wall, "Sprechen – Kundensicht")
    join(wall, demo_server, 8)
    assert standing(demo_server) == (StepKind.TALK, False)
    wall.keyboard.press("ArrowLeft")
    heading(wall, "Abstimmen – Kundensicht")


def test_the_timer_comes_and_goes_by_itself(wall: Page, demo_server: Server) -> None:
    """Somebody starts it elsewhere; at its end the wall says so, and stopped it is gone."""
    with opened(demo_server) as store:
        seen = store.workshops.room(CODE).workshop
        store.workshops.set_timer(seen, datetime.now(UTC) + timedelta(minutes=5))
    timer = wall.locator(".wall-timer")
    expect(timer).to_have_text(re.compile(r"4:5\d"))
    with opened(demo_server) as store:
        store.workshops.set_timer(seen, datetime.now(UTC))
    expect(timer).to_have_text("Zeit ist um")
    with opened(demo_server) as store:
        store.workshops.set_timer(seen, None)
    expect(timer).to_have_count(0)


def test_in_trouble_the_wall_says_so_and_recovers(wall: Page, demo_server: Server) -> None:
    """Its workshop is gone, and is back again: nobody has to reload."""
    with opened(demo_server) as store:
        gone = store.workshops.room(CODE).workshop
        store.workshops.remove(gone)
    heading(wall, "Einen Moment bitte")
    with opened(demo_server) as store:
        back = store.workshops.add(gone.organisation, None, gone.plan, CODE)
        store.workshops.go(back, gone.at, date(2026, 3, 2))
    heading(wall, "Willkommen")


def test_what_was_revealed_is_there_for_everybody(wall: Page, demo_server: Server) -> None:
    """Axe finds nothing, in light and in dark, on a wall and on the facilitator's phone.

    Nothing scrolls sideways, and the app's own top bar is not in the way.
    """
    wall.keyboard.press("ArrowRight")
    heading(wall, "Abstimmen – Kundensicht")
    for number in range(6):
        vote(demo_server, number, 4)
    with opened(demo_server) as store:
        store.workshops.reveal(store.workshops.room(CODE).workshop)
    for scheme, size in itertools.product(("light", "dark"), (WALL, PHONE)):
        wall.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        wall.set_viewport_size(size)
        wall.reload()
        expect(wall.get_by_role("button", name="Noch eine Runde")).to_be_visible()
        expect(wall.locator(".st-key-top_bar")).to_be_hidden()
        violations = Axe().run(wall).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
        assert wall.evaluate(TOO_LARGE)[0] <= 0
        assert size == PHONE or wall.evaluate(TOO_LARGE)[1] <= 0


def test_without_a_code_the_wall_shows_the_way_to_the_workshops(
    owner_page: Page, demo_server: Server
) -> None:
    """And one that does not exist is said to be unknown."""
    owner_page.goto(f"{demo_server.url}/projector")
    expect(owner_page.locator(".st-key-step_workshops a")).to_be_visible()
    owner_page.goto(f"{demo_server.url}/projector?workshop=XXXXXX")
    expect(owner_page.get_by_role("alert")).to_contain_text("XXXXXX")
