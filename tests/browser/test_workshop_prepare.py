"""Preparing a workshop in a real browser, without a mouse: focus stays where it is."""

from contextlib import closing

from playwright.sync_api import Page, expect

from data.sqlite import open_store
from data.workshops import StepKind, Workshop
from tests.browser.conftest import settled
from tests.browser.server import Server
from tests.browser.steps import PATIENCE, sees
from tests.browser.test_ways import enter, tab_to

THUMB = 44
"""Pixels that a thumb hits."""


def latest(server: Server) -> Workshop:
    """The workshop that was made last."""
    with closing(open_store(server.database)) as store:
        return store.workshops.of(store.organisations.all()[0])[0]


def test_from_the_results_to_a_reordered_workshop_by_keyboard(
    owner_page: Page, demo_server: Server
) -> None:
    """Create it, move a step three times, skip a dimension, write a note; a reload has it all."""
    owner_page.goto(f"{demo_server.url}/results?wave=muster25&lang=de")
    page = settled(owner_page)
    enter(page, page.get_by_role("link", name="Workshop vorbereiten"))
    expect(page.get_by_role("heading", name="Neuer Workshop")).to_be_visible(timeout=PATIENCE)
    enter(settled(page), page.get_by_role("button", name="Workshop anlegen"))
    sees(page, "16 Schritte, 112 Minuten")

    enter(settled(page), page.get_by_role("button", name="Notiz").first)
    note = page.get_by_label("Notiz: Willkommen")
    expect(note).to_be_visible()
    note.focus()
    page.keyboard.type("Alle begrüßen")
    page.keyboard.press("Control+Enter")
    sees(page, "Alle begrüßen")
    page.keyboard.press("Escape")

    earlier = settled(page).get_by_role("button", name="Ideen sammeln: früher", exact=True)
    box = earlier.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= THUMB
    earlier.focus()
    rows = page.locator(".st-key-agenda").get_by_test_id("stCheckbox")
    for place in (16, 15, 14):  # past one step, and past two skipped dimensions
        page.keyboard.press("Enter")
        expect(rows.nth(place)).to_contain_text("Ideen sammeln", timeout=PATIENCE)
        expect(settled(page).get_by_role("button", name="Ideen sammeln: früher")).to_be_focused()
    tab_to(page, page.get_by_label("Über „Mitarbeiterorientierung“ sprechen").first)
    page.keyboard.press("Space")
    sees(page, "20 Schritte, 134 Minuten", "14 Minuten mehr als zwei Stunden")
    page.reload()
    sees(settled(page), "Alle begrüßen", "20 Schritte, 134 Minuten")
    after = latest(demo_server)
    assert after.plan.steps[0].notes == "Alle begrüßen"
    assert [step.kind for step in after.plan.steps].index(StepKind.IDEAS) == 3 + 3 * 4
