"""What one browser does while another is at the same thing; and everything without a mouse."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data.accounts import Role
from data.sqlite import open_store
from tests.browser.conftest import DESKTOP, settled, sign_in
from tests.browser.server import Server, serving
from tests.browser.steps import follow, press, sees, type_into
from tests.data.samples import short_settings
from tests.people import PASSWORD, quick_passwords, somebody

CODE = "k7m2p9qx"
CEM, DORA = "cem@example.org", "dora@example.org"


@dataclass(frozen=True, slots=True)
class Office:
    """A server, and two consultants of one organisation, each at an own desk."""

    server: Server
    cem: Page
    dora: Page


@pytest.fixture
def office_server(tmp_path: Path) -> Iterator[Server]:
    """A server with one organisation that has a draft, and two consultants of it."""
    database = tmp_path / "office.db"
    with closing(open_store(database)) as store:
        firm = store.organisations.add("Muster & Söhne")
        store.waves.add(firm, short_settings(), CODE)
        hashed = quick_passwords().hashed(PASSWORD)
        consultants = [
            somebody(store, Role.CONSULTANT, {firm.id: ()}, email) for email in (CEM, DORA)
        ]
        for account in (somebody(store), *consultants):
            store.accounts.set_password(account, hashed)
    with serving(database) as server:
        yield server


@pytest.fixture
def office(real_browser: Browser, office_server: Server) -> Iterator[Office]:
    """Both are signed in."""
    desks = [real_browser.new_context(viewport=DESKTOP, locale="de-DE") for _ in (CEM, DORA)]
    cem, dora = (
        _signed_in(desk, office_server, email)
        for desk, email in zip(desks, (CEM, DORA), strict=True)
    )
    yield Office(office_server, cem, dora)
    for desk in desks:
        desk.close()


def _signed_in(desk: BrowserContext, server: Server, email: str) -> Page:
    page = desk.new_page()
    page.goto(f"{server.url}/sign-in?lang=de")
    sign_in(page, email)
    return settled(page)


def test_of_two_who_edit_a_draft_the_later_one_is_told(office: Office) -> None:
    """What the first one saved is named; what the second one typed stays, and both count."""
    for page in (office.cem, office.dora):
        follow(page, "Verwalten")
    type_into(office.cem, "Kleinste Gruppe, die gezeigt wird", "8")
    press(office.cem, "Speichern")
    sees(office.cem, "Alles gespeichert.")
    type_into(office.dora, "Titel der Befragung", "Frühling 2027")
    sees(office.dora, "Jemand anders hat inzwischen etwas geändert.", "5 → 8")
    title = office.dora.get_by_label("Titel der Befragung")
    expect(title).to_have_value("Frühling 2027")
    press(office.dora, "Meine Eingaben behalten")
    expect(office.dora.get_by_text("5 → 8")).to_be_hidden()
    press(office.dora, "Speichern")
    sees(office.dora, "Alles gespeichert.")
    office.cem.reload()
    expect(settled(office.cem).locator("h1")).to_have_text("Frühling 2027")
    smallest = office.cem.get_by_label("Kleinste Gruppe, die gezeigt wird", exact=True)
    expect(smallest).to_have_value("8")


def test_signed_out_elsewhere_the_next_click_shows_the_door(
    office: Office, real_browser: Browser
) -> None:
    """On a screen that is open already, nothing of anybody's is shown or done any more."""
    follow(office.cem, "Verwalten")
    laptop = real_browser.new_context(locale="de-DE")
    page = _signed_in(laptop, office.server, CEM)
    page.get_by_role("link", name="Abmelden", exact=True).click()
    page.get_by_role("button", name="Auf allen Geräten abmelden").click()
    sees(page, "Abgemeldet")
    laptop.close()
    office.cem.get_by_text("Übersicht für alle Befragten nach der Freigabe").click()
    sees(office.cem, "melden Sie sich mit Ihrem Konto an")
    assert "Muster" not in settled(office.cem).inner_text("body")
    follow(settled(office.dora), "Verwalten")
    sees(office.dora, "Muster & Söhne")


def test_one_signs_in_and_opens_a_wave_without_a_mouse(
    real_browser: Browser, office_server: Server
) -> None:
    """Tab, letters, blank and Enter only; what one is at can be seen."""
    desk = real_browser.new_context(viewport=DESKTOP, locale="de-DE")
    page = desk.new_page()
    page.goto(f"{office_server.url}/sign-in?lang=de")
    _tab_to(page, "E-Mail-Adresse")
    page.keyboard.type(DORA)
    _tab_to(page, "Passwort")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    settled(page)
    _tab_to(page, "Verwalten")
    page.keyboard.press("Enter")
    sees(page, "Noch kann niemand antworten")
    _tab_to(settled(page), "Befragung öffnen …")
    page.keyboard.press("Enter")
    sees(page, "Ab jetzt kann jeder mit einem Link antworten.")
    _tab_to(page, "Ja, jetzt öffnen")
    page.keyboard.press("Enter")
    sees(page, "Befragung schließen …")
    desk.close()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus, which must be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and _name(page) == name:
            outline = focused.evaluate(_SEEN)
            assert outline, f"one cannot see that {name} has the focus"
            return
    raise AssertionError(f"Tab does not lead to {name}")


_SEEN = """element => {
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    const style = getComputedStyle(one)
    if (style.outlineStyle !== 'none' || style.boxShadow !== 'none') return true
  }
  return false
}"""
"""Whether the element, or what it is drawn in, has a ring around it."""


def _name(page: Page) -> str:
    """What the element that has the focus is called, without the names of icons below that."""
    return str(
        page.evaluate(
            """() => {
              const one = document.activeElement
              const label = one.labels && one.labels[0]
              const name = one.getAttribute('aria-label') || (label || one).innerText || ''
              return name.trim().split('\\n')[0]
            }"""
        )
    )
