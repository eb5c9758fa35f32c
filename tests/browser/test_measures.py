"""A measure on a phone: from a finding to how far it is."""

import contextlib
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.sqlite import open_store
from survey import running
from survey.screens.today import today
from tests.browser.conftest import PHONE, set_up, settled
from tests.browser.server import Server, serving

WAVE = "muster25"
WHAT = "Einmal im Monat fährt jemand zu einem Kunden mit."
NEXT_YEAR = f"31.12.{today().year + 1}"


@pytest.fixture(scope="module")
def measured_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo, in which nothing is agreed yet."""
    database = tmp_path_factory.mktemp("measures") / "kundenkompass.db"
    with contextlib.closing(open_store(database)) as store:
        running.demo(store)
    with serving(database) as server:
        yield server


@pytest.fixture
def owners_phone(real_browser: Browser, measured_server: Server) -> Iterator[Page]:
    """The owner's phone, on the priorities."""
    context = real_browser.new_context(viewport=PHONE, locale="de-DE")
    page = context.new_page()
    settled(set_up(page, measured_server))
    page.goto(f"{measured_server.url}/priorities?wave={WAVE}")
    yield settled(page)
    context.close()


def wrong_with(page: Page) -> list[str]:
    """What axe finds."""
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def test_a_finding_becomes_a_measure_on_a_phone(owners_phone: Page) -> None:
    """A link beside it, a prefilled form, a refusal that loses nothing, one tap, a reload."""
    page = owners_phone
    link = page.get_by_role("link", name="Maßnahme vereinbaren").first
    about = (link.text_content() or "").partition(": ")[2].partition(",")[0]
    link.click()
    settled(page)
    page.get_by_label("Was getan wird").fill(WHAT)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert").filter(has_text="Bitte ergänzen Sie")).to_be_visible()
    expect(page.get_by_label("Was getan wird")).to_have_value(WHAT)
    assert wrong_with(page) == []
    page.get_by_label("Verantwortliche Rolle").fill("Leitung Vertrieb")
    typed = page.get_by_test_id("stDateInput")
    typed.get_by_role("spinbutton").first.click()
    page.keyboard.type(NEXT_YEAR.replace(".", ""))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Speichern").click()
    card = page.locator(".measure")
    expect(card).to_contain_text(WHAT)
    expect(card).to_contain_text(about)
    expect(card).to_contain_text("31. Dezember")
    page.locator("label", has_text="Gemeinsam verbessert").click()
    expect(page.get_by_role("radio", name="Gemeinsam verbessert")).to_be_checked()
    settled(page)
    page.reload()
    settled(page)
    expect(page.get_by_role("radio", name="Gemeinsam verbessert")).to_be_checked()
    assert wrong_with(page) == []
    wide = "() => { const e = document.querySelector('[data-testid=stMain]');"
    assert page.evaluate(f"{wide} return e.scrollWidth - e.clientWidth; }}") <= 0
