"""An organisation's own looks: set by a consultant, seen by employees, readable for everybody."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.model import Address
from data.sqlite import open_store
from survey.logo import prepare_logo
from tests.browser.conftest import DESKTOP, PHONE, set_up, settled
from tests.browser.server import Server, serving
from tests.data.samples import DAY, short_settings
from tests.survey.test_logo import picture

CODE = "firma222"
# Streamlit's own uploader: a section with role="presentation" that takes the focus.
NOT_OURS = {"presentation-role-conflict"}


@pytest.fixture(scope="module")
def firm_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one organisation that has a logo, a light accent and its own words."""
    database = tmp_path_factory.mktemp("firm") / "kundenkompass.db"
    with contextlib.closing(open_store(database)) as store:
        firm = store.organisations.add("Muster GmbH")
        firm = store.profiles.set_logo(firm, prepare_logo(picture("PNG")))
        profile = replace(
            firm.profile,
            accent="#f4a300",
            address=Address.DU,
            swiss=True,
            contact="Anna\nTel. 1",
            privacy="<b>Text</b>",
        )
        firm = store.profiles.change(firm, firm.name, profile)
        store.organisations.save_departments(firm, {("Lager",): 20})
        store.waves.open(store.waves.add(firm, short_settings(), CODE), DAY)
    with serving(database) as server:
        yield server


@pytest.fixture
def consultants(real_browser: Browser, firm_server: Server) -> Iterator[list[Page]]:
    """Two windows on the organisation's settings."""
    context = real_browser.new_context(viewport=DESKTOP, locale="de-DE")
    if not (state := firm_server.database.with_suffix(".state")).exists():
        settled(set_up(context.new_page(), firm_server))
        context.storage_state(path=state)
    context.close()
    context = real_browser.new_context(viewport=DESKTOP, locale="de-DE", storage_state=state)
    pages = [context.new_page(), context.new_page()]
    for page in pages:
        page.goto(f"{firm_server.url}/organisation?organisation=1")
        settled(page)
    yield pages
    context.close()


def violations(page: Page) -> set[str]:
    """What axe finds, contrast included."""
    found = Axe().run(page).response["violations"]
    return {f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["id"] not in NOT_OURS}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [f"/q/{CODE}", f"/q/{CODE}/privacy", f"/answer?wave={CODE}"])
def test_logo_and_accent_are_there_and_everybody_can_read_them(
    real_browser: Browser, firm_server: Server, scheme: str, path: str
) -> None:
    """On a phone, in light and dark: the logo is drawn, and axe has nothing to say."""
    context = real_browser.new_context(viewport=PHONE, locale="de-DE", color_scheme=scheme)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Security Policy" in m.text else None)
    page.goto(firm_server.url + path)
    page.wait_for_selector("img.logo")
    assert page.evaluate("() => document.querySelector('img.logo').naturalWidth") == 480
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.get_by_text("Tel. 1").first).to_be_visible()
    expect(page.get_by_text("<b>Text</b>").first).to_be_visible()
    assert violations(page) == set()
    assert refused == []
    if path.startswith("/q/"):
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_what_a_consultant_sets_employees_see_at_once(
    real_browser: Browser, firm_server: Server, consultants: list[Page]
) -> None:
    """Another logo and another contact, on the form a moment later."""
    page, _ = consultants
    assert violations(page) == set()
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture("PNG", (60, 20))}
    page.locator("input[type=file]").set_input_files(logo)
    page.get_by_role("button", name="Dieses Logo verwenden").click()
    expect(page.get_by_text("Gespeichert. Es gilt ab sofort")).to_be_visible()
    page.get_by_label("Wer Fragen beantwortet").fill("Beat, Tel. 2")
    page.get_by_label("Wer Fragen beantwortet").press("Tab")
    settled(page)
    page.get_by_role("button", name="Speichern").click()
    settled(page)
    phone = real_browser.new_page(viewport=PHONE, locale="de-DE")
    phone.wait_for_timeout(1100)
    phone.goto(f"{firm_server.url}/q/{CODE}")
    assert phone.evaluate("() => document.querySelector('img.logo').naturalWidth") == 60
    phone.locator("section.privacy summary").click()
    expect(phone.get_by_text("Beat, Tel. 2")).to_be_visible()
    phone.close()


def test_of_two_windows_the_later_one_is_told(consultants: list[Page]) -> None:
    """What it typed is still there, and what the other one saved is in the other field."""
    first, second = consultants
    first.get_by_label("Name der Organisation").fill("Muster AG")
    first.get_by_label("Name der Organisation").press("Tab")
    settled(first)
    first.get_by_role("button", name="Speichern").click()
    expect(first.get_by_text("Gespeichert. Es gilt ab sofort")).to_be_visible()
    second.get_by_label("Wer Fragen beantwortet").fill("Carla")
    second.get_by_label("Wer Fragen beantwortet").press("Tab")
    settled(second)
    second.get_by_role("button", name="Speichern").click()
    expect(second.get_by_text("Jemand anders hat diese Organisation")).to_be_visible()
    settled(second)
    expect(second.get_by_label("Wer Fragen beantwortet")).to_have_value("Carla")
    expect(second.get_by_label("Name der Organisation")).to_have_value("Muster AG")
