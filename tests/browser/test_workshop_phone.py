"""A phone in a workshop follows the room by its script, and loses nothing that is typed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.questionnaires import FIVE_QUESTIONS
from data.shelves.workshops import Workshops
from data.sqlite import open_store
from data.store import Store
from data.workshops import IN_ROUNDS, POLLS, Choice, Step, StepKind, WorkshopPlan
from tests.browser.conftest import PHONE
from tests.browser.server import Server

CODE = "FGH347"
TALK, IDEAS, CLOSING = 1, 2, 3
STEPS = (
    Step(TALK, StepKind.TALK, "customer_perspective"),
    Step(IDEAS, StepKind.IDEAS),
    Step(CLOSING, StepKind.CLOSING),
)
ALL_KINDS = "GHJ467"
EVERY_KIND = tuple(
    Step(
        number,
        kind,
        "" if kind is StepKind.GUESS else "customer_perspective",
        ("CP1", "EO1") if kind in POLLS else (),
    )
    for number, kind in enumerate(StepKind, start=1)
)
SOON = 10_000
"""Milliseconds in which a phone has followed; it asks every two seconds."""


@pytest.fixture
def store(demo_server: Server) -> Iterator[Store]:
    """The server's database, in which a workshop is planned."""
    with closing(open_store(demo_server.database)) as store:
        firm = store.organisations.all()[0]
        store.workshops.add(firm, None, WorkshopPlan("Werkstatt", STEPS, FIVE_QUESTIONS, 5), CODE)
        yield store
        store.workshops.remove(store.workshops.room(CODE).workshop)


@pytest.fixture
def phone(real_browser: Browser, demo_server: Server, store: Store) -> Iterator[Page]:
    """A phone with JavaScript that waits for the workshop to begin."""
    del store
    context = real_browser.new_context(viewport=PHONE, locale="de-DE", has_touch=True)
    page = context.new_page()
    page.goto(f"{demo_server.url}/w")
    page.fill("#code", CODE.lower())
    page.click("button.send")
    yield page
    context.close()


@pytest.fixture
def steps_of_all_kinds(store: Store) -> Iterator[Store]:
    """The same database with a workshop that has a step of every kind, at the first."""
    workshops, firm = store.workshops, store.organisations.all()[0]
    plan = WorkshopPlan("Werkstatt", EVERY_KIND, FIVE_QUESTIONS, 5)
    workshops.go(workshops.add(firm, None, plan, ALL_KINDS), 1, date(2026, 11, 22))
    yield store
    workshops.remove(workshops.room(ALL_KINDS).workshop)


def go(store: Store, step: int) -> None:
    """Move the room on."""
    store.workshops.go(store.workshops.room(CODE).workshop, step, date(2026, 11, 22))


def test_a_phone_moves_on_by_itself_but_never_away_from_what_is_typed(
    phone: Page, store: Store
) -> None:
    """Planned, begun, next step; then an idea is typed, the room moves on, and it is still there.

    While the connection is lost, the page says so and goes on trying.
    """
    title = phone.locator("h1")
    expect(title).to_have_text("Gleich geht es los")
    go(store, TALK)
    expect(title).to_have_text("Willkommen", timeout=SOON)
    phone.click("text=Mitmachen")
    expect(title).to_have_text("Kundensicht")
    go(store, IDEAS)
    expect(title).to_have_text("Ihre Ideen", timeout=SOON)

    phone.fill("#idea", "Ein Besuchstag für alle")
    go(store, CLOSING)
    moved = phone.get_by_text("Der Raum ist weiter")
    expect(moved).to_be_visible(timeout=SOON)
    expect(phone.locator("#idea")).to_have_value("Ein Besuchstag für alle")
    go(store, IDEAS)
    expect(moved).to_be_hidden(timeout=SOON)
    phone.click("text=Idee absenden")
    expect(phone.get_by_text("Ihre Idee ist angekommen")).to_be_visible()

    lost = phone.get_by_text("Keine Verbindung")
    phone.context.set_offline(offline=True)
    expect(lost).to_be_visible(timeout=2 * SOON)
    phone.context.set_offline(offline=False)
    expect(lost).to_be_hidden(timeout=SOON)
    phone.fill("#idea", "Noch eine")
    go(store, CLOSING)
    expect(moved).to_be_visible(timeout=SOON)
    moved.click()
    expect(title).to_have_text("Was wir vereinbaren")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_any_step(
    real_browser: Browser, demo_server: Server, steps_of_all_kinds: Store, dark: bool
) -> None:
    """Open, incomplete, sent, and revealed; and nothing scrolls sideways."""
    context = real_browser.new_context(
        viewport=PHONE, locale="de-DE", color_scheme="dark" if dark else "light"
    )
    page, workshops, found = context.new_page(), steps_of_all_kinds.workshops, []
    page.route("**/now", lambda route: route.abort())  # so that it stays where it is looked at

    def look(step: Step, state: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate("document.querySelectorAll('.states p').forEach(p => { p.hidden = false; })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        violations = [one["id"] for one in Axe().run(page).response["violations"]]
        if violations or wide > PHONE["width"]:
            found.append((step.kind, state, violations, wide))

    page.goto(f"{demo_server.url}/w/{ALL_KINDS}")
    page.click("text=Mitmachen")
    for step in EVERY_KIND:
        seen = workshops.room(ALL_KINDS).workshop
        choices = [Choice("idea 1", "Rückruf" * 30)] if step.kind is StepKind.DOTS else []
        workshops.go(seen, step.id, date(2026, 11, 22), choices)
        page.goto(f"{demo_server.url}/w/{ALL_KINDS}")
        look(step, "open")
        if step.kind in IN_ROUNDS:
            page.click("button.send")
            look(step, "incomplete")
            _others_vote(workshops, step)
            workshops.reveal(workshops.room(ALL_KINDS).workshop)
            page.click("button.send")
            look(step, "late")
            page.goto(f"{demo_server.url}/w/{ALL_KINDS}")
            look(step, "revealed")
    context.close()
    assert found == []


def _others_vote(workshops: Workshops, step: Step) -> None:
    """Five other phones, where this step is voted on."""
    room = workshops.room(ALL_KINDS)
    asked = ["idea 1"] if step.kind is StepKind.DOTS else step.items
    for number in range(5 if room.current and asked else 0):
        phone, votes = bytes([number]) * 16, dict.fromkeys(asked, number % 3 + 1)
        workshops.vote(room.workshop, room.current.id if room.current else 0, phone, votes)
