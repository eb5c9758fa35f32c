"""The facilitator's second view in a browser: it refreshes itself and takes nothing away."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.sqlite import open_store
from data.store import Store
from data.workshops import StepKind, Workshop, WorkshopPlan
from survey.screens.today import today
from survey.workshop import agenda
from tests.browser.conftest import DESKTOP, PHONE, set_up, settled
from tests.browser.server import serving
from tests.browser.steps import PATIENCE, press, type_into

CODE = "K7M4XR"
IDEAS = ("Rückrufe am selben Tag", "Ein Besuchstag beim Kunden", "Weniger Formulare")


@pytest.fixture
def workshop_file(tmp_path: Path) -> Path:
    """A database with a workshop whose room is asked for ideas; seven people wrote some."""
    database = tmp_path / "workshop.db"
    with closing(open_store(database)) as store:
        firm = store.organisations.add("Muster & Söhne")
        steps = agenda.steps_from_nothing(load_instrument(FIVE_QUESTIONS), ["customer_perspective"])
        plan = WorkshopPlan("Gemeinsam besser", steps, FIVE_QUESTIONS, 5)
        store.workshops.add(firm, None, plan, CODE)
        go(store, StepKind.IDEAS)
        for number, text in enumerate(IDEAS, start=1):
            step = the(store).at
            store.workshops.contribute(the(store), step, bytes([number]) * 16, text)
        store.workshops.reveal(the(store))
    return database


@pytest.fixture
def tablet(real_browser: Browser, workshop_file: Path) -> Iterator[Page]:
    """The facilitator's view beside the projector."""
    with serving(workshop_file) as server:
        context = real_browser.new_context(viewport=DESKTOP, locale="de-DE")
        page = set_up(context.new_page(), server)
        page.wait_for_url("**/*", timeout=PATIENCE)
        page.goto(f"{server.url}/facilitator?workshop={CODE}")
        yield settled(page)
        context.close()


def the(store: Store) -> Workshop:
    """The workshop as it stands now."""
    return store.workshops.room(CODE).workshop


def go(store: Store, kind: StepKind) -> None:
    """Move on from another screen."""
    step = next(one for one in the(store).plan.steps if one.kind is kind and not one.skipped)
    store.workshops.go(the(store), step.id, today())


def test_what_is_typed_survives_the_refresh_and_the_next_step(
    tablet: Page, workshop_file: Path
) -> None:
    """A phone that joins is counted while somebody types; moving on leaves the text, too."""
    tablet.get_by_text("Maßnahmen", exact=True).first.click()
    press(tablet, "Maßnahme vereinbaren")
    what = tablet.get_by_label("Was getan wird")
    what.click()
    what.press_sequentially("Einmal im Monat mitfahren")
    phones = tablet.locator(".lead dl div").first
    expect(phones).to_contain_text("0")
    with closing(open_store(workshop_file)) as store:
        store.workshops.join(the(store), b"1" * 16)
        expect(phones).to_contain_text("1", timeout=PATIENCE)
        expect(what).to_have_value("Einmal im Monat mitfahren")
        expect(what).to_be_focused()
        go(store, StepKind.TALK)
        expect(tablet.locator(".lead .now")).to_contain_text("Sprechen", timeout=PATIENCE)
        settled(tablet)
        expect(what).to_have_value("Einmal im Monat mitfahren")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_does_not_scroll_sideways(
    tablet: Page, scheme: Literal["light", "dark"]
) -> None:
    """With ideas, an open form and all that is folded away; a tablet in light, a phone in dark."""
    if scheme == "dark":
        tablet.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    tablet.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tablet.get_by_text("Maßnahmen", exact=True).first.click()
    press(tablet, "Maßnahme vereinbaren")
    press(tablet, "Notizen ändern")
    expect(tablet.get_by_role("textbox", name="Notizen zu")).to_be_visible(timeout=PATIENCE)
    settled(tablet)
    tablet.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(tablet).response["violations"]
    assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []
    main = tablet.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_a_space_presses_the_button_that_is_focused(tablet: Page, workshop_file: Path) -> None:
    """Here it reveals nothing; the key that does is a letter, and types in fields."""
    with closing(open_store(workshop_file)) as store:
        go(store, StepKind.VOTE)
        expect(tablet.locator(".lead .now")).to_contain_text("Abstimmen", timeout=PATIENCE)
        asked = store.workshops.room(CODE).current
        assert asked
        for phone in range(6):
            store.workshops.vote(the(store), asked.id, bytes([phone]) * 16, {"CP1": 4})
        expect(tablet.locator(".lead .votes")).to_contain_text("6 von", timeout=PATIENCE)
        tablet.get_by_role("button", name="Notizen ändern").focus()
        tablet.keyboard.press("Space")
        notes = tablet.get_by_role("textbox", name="Notizen zu")
        notes.press_sequentially("Alle")
        notes.press("ArrowLeft")
        expect(notes).to_have_value("Alle")
        asked = store.workshops.room(CODE).current
        assert asked
        assert not asked.closed
        notes.press("Tab")
        settled(tablet)
        tablet.keyboard.press("a")
        expect(tablet.locator(".lead .votes")).to_contain_text("Aufgedeckt", timeout=PATIENCE)


def test_ideas_are_grouped_by_keyboard(tablet: Page, workshop_file: Path) -> None:
    """Ticked with the space bar; the group reaches the store."""
    for text in IDEAS[:2]:
        box = tablet.get_by_role("checkbox", name=text)
        box.focus()
        tablet.keyboard.press("Space")
        expect(box).to_be_checked()
    type_into(tablet, "Neue Gruppe", "Beim Kunden")
    button = tablet.get_by_role("button", name="Gruppieren", exact=True)
    button.focus()
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("button", name="Zu „Beim Kunden“")).to_be_visible(timeout=PATIENCE)
    with closing(open_store(workshop_file)) as store:
        groups = {one.text: one.group for one in store.workshops.contributions(the(store))}
        assert groups == dict(zip(IDEAS, ("Beim Kunden", "Beim Kunden", ""), strict=True))
