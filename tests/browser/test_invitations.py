"""Invitations in a real browser: posters, personal links handed out once, a shared device."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, settled
from tests.browser.server import Server

ITEMS = ("CP1", "EO1", "TB1", "BO1", "SO1")
SCREEN = "/invitations?wave=muster26"


def fill_in(page: Page) -> None:
    """Answer everything that has to be answered, and send it."""
    if page.locator("#department").count():
        page.select_option("#department", "none")
    for item in ITEMS:
        page.check(f'input[name="{item}"][value="4"]')
    page.locator("button.send").last.click()


def test_posters_are_for_those_who_run_the_wave(owner_page: Page, demo_server: Server) -> None:
    """The button leads to a PDF, and the same address leads a stranger nowhere."""
    settled_page = owner_page
    settled_page.goto(demo_server.url + SCREEN)
    settled(settled_page)
    address = settled_page.get_by_role("link", name="Alle Aushänge").get_attribute("href")
    assert address
    answer = owner_page.request.get(demo_server.url + address)
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
    assert "attachment" in answer.headers["content-disposition"]
    assert httpx.get(demo_server.url + address).status_code == 404


def test_personal_links_are_handed_out_once_and_answer_once(
    owner_page: Page, demo_server: Server, real_browser: Browser
) -> None:
    """Made from a pasted list; the file comes by one button, then it is gone."""
    owner_page.goto(demo_server.url + SCREEN)
    settled(owner_page)
    owner_page.get_by_label("Liste einfügen").fill("eva@muster.example\nuwe@muster.example")
    owner_page.get_by_label("Liste einfügen").press("Control+Enter")
    owner_page.get_by_role("button", name="2 persönliche Links herstellen").click()
    expect(owner_page.get_by_text("Diese Datei gibt es nur einmal")).to_be_visible()
    with owner_page.expect_download() as taken:
        owner_page.get_by_role("button", name="CSV-Datei herunterladen").click()
    content = Path(taken.value.path()).read_text(encoding="utf-8-sig")
    _, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert [row[0] for row in rows] == ["eva@muster.example", "uwe@muster.example"]
    owner_page.reload()
    settled(owner_page)
    expect(owner_page.get_by_text("2 persönliche Links, 2 davon")).to_be_visible()
    expect(owner_page.get_by_text("Diese Datei gibt es nur einmal")).to_have_count(0)
    phone = real_browser.new_context(viewport=PHONE, locale="de-DE", java_script_enabled=False)
    page = phone.new_page()
    page.goto(rows[0][2])
    expect(page.get_by_text("Dieser Link ist persönlich")).to_be_visible()
    fill_in(page)
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
    expect(page.get_by_role("link", name="Eine weitere Person")).to_have_count(0)
    page.goto(rows[0][2])
    expect(page.get_by_role("heading", name="wurde schon geantwortet")).to_be_visible()
    phone.close()


@pytest.fixture
def canteen_tablet(real_browser: Browser) -> Iterator[BrowserContext]:
    """A shared tablet without JavaScript."""
    context = real_browser.new_context(locale="de-DE", java_script_enabled=False)
    yield context
    context.close()


def test_a_shared_device_goes_back_to_an_empty_form(
    canteen_tablet: BrowserContext, demo_server: Server
) -> None:
    """By itself after the thanks; and Back shows nothing of the person before."""
    page = canteen_tablet.new_page()
    page.goto(f"{demo_server.url}/q/muster26?kiosk=1&lang=de")
    first = page.input_value('input[name="token"]')
    fill_in(page)
    expect(page.get_by_text("In 10 Sekunden")).to_be_visible()
    page.wait_for_url("**/q/muster26?kiosk=1&lang=de", timeout=20_000)
    assert page.locator("input:checked").count() == 0
    assert page.input_value('input[name="token"]') != first
    page.go_back()
    page.go_back()
    assert page.locator("input:checked").count() == 0


def test_somebody_may_ask_a_shared_device_to_wait(
    canteen_tablet: BrowserContext, demo_server: Server
) -> None:
    """The form that waits is for one person: after the thanks the device is as before."""
    page = canteen_tablet.new_page()
    answer = page.goto(f"{demo_server.url}/q/muster26?kiosk=1&lang=de")
    assert answer
    assert answer.headers["refresh"].startswith("600;")
    with page.expect_navigation() as going:
        page.get_by_role("link", name="Ich brauche länger").click()
    assert "refresh" not in going.value.headers
    fill_in(page)
    expect(page.get_by_role("link", name="Eine weitere Person")).to_have_attribute(
        "href", "/q/muster26?kiosk=1&lang=de"
    )


def test_a_code_can_be_typed(canteen_tablet: BrowserContext, demo_server: Server) -> None:
    """In groups, in capitals, with a blank: it leads to the form."""
    page = canteen_tablet.new_page()
    page.goto(f"{demo_server.url}/q")
    page.get_by_label("Der Code vom Aushang").fill(" MUST-er26")
    page.get_by_role("button", name="Weiter zum Fragebogen").click()
    expect(page.get_by_text("Aussage 1 von 5")).to_be_visible()
