"""The browser, and servers for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from data.sqlite import open_store
from survey import running
from tests.browser.chromium import ARGUMENTS, HOW_TO, find_chromium
from tests.browser.server import Server, serving
from tests.people import PASSWORD

PHONE = {"width": 390, "height": 844}
OWNER = "ada@example.org"
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def real_browser() -> Iterator[Browser]:
    """Chromium, or a failure that says how to get one."""
    path = find_chromium()
    if path is None:
        pytest.fail(HOW_TO)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that already has the demo organisation."""
    database = tmp_path_factory.mktemp("demo") / "kundenkompass.db"
    store = open_store(database)
    running.demo(store)
    store.close()
    with serving(database) as server:
        yield server


@pytest.fixture(scope="session")
def owner_state(
    real_browser: Browser, demo_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The cookies of the browser in which the demo server's first owner set up their account."""
    path = tmp_path_factory.mktemp("owner") / "state.json"
    context = real_browser.new_context()
    set_up(context.new_page(), demo_server)
    context.storage_state(path=path)
    context.close()
    return path


@pytest.fixture
def owner_page(real_browser: Browser, owner_state: Path) -> Iterator[Page]:
    """A page in the owner's browser, on a desktop, in German."""
    context = real_browser.new_context(storage_state=owner_state, viewport=DESKTOP, locale="de-DE")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_phone(real_browser: Browser) -> Iterator[BrowserContext]:
    """A small phone in German that runs no JavaScript."""
    context = real_browser.new_context(
        viewport=PHONE, locale="de-DE", java_script_enabled=False, has_touch=True
    )
    yield context
    context.close()


def set_up(page: Page, server: Server) -> Page:
    """The page, on which the first owner has just typed name, e-mail and password."""
    page.goto(server.begin)
    page.fill("#name", "Ada Apfel")
    page.fill("#email", OWNER)
    fill_in_new_password(page, PASSWORD)
    return page


def fill_in_new_password(page: Page, password: str) -> None:
    """Type it twice and send the form."""
    page.fill("#password", password)
    page.fill("#again", password)
    page.click("button.send")


def sign_in(page: Page, email: str = OWNER, password: str = PASSWORD) -> None:
    """Fill in and send the form of `/sign-in`, which is open."""
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button.send")


def settled(page: Page) -> Page:
    """The page, once Streamlit's script has run to its end and what it drew is there."""
    page.wait_for_selector("h1")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')")
    return page
