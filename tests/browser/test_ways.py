"""Ways through the results that everybody needs: without a mouse, by a copied link, and back."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import settled
from tests.browser.server import Server
from tests.browser.steps import PATIENCE, choose, finding, follow_view, sees

OVERVIEW = "/results?wave=muster25&lang=de"
MOST_TABS = 60


def test_all_of_it_without_a_mouse(owner_page: Page, demo_server: Server) -> None:
    """Tab, Enter, Space and arrows: a kind of gap, a branch, a department, and a picture saved."""
    owner_page.goto(f"{demo_server.url}{OVERVIEW}")
    page = settled(owner_page)
    views = page.locator(".st-key-views")
    enter(page, views.get_by_role("link", name="Abstände", exact=True))
    finding(page, "Im Bereich Kundendienst wird „Alle Bereiche“ um 0,6 Punkte schlechter")
    tab_to(page, page.get_by_role("combobox", name="Vergleich"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Führung gegen alle anderen")).to_be_visible()
    page.keyboard.press("Enter")
    finding(page, "Wer keine Führungsaufgabe angibt")
    expect(page).to_have_url(re.compile("gap=leadership"))
    enter(settled(page), views.get_by_role("link", name="Heatmap", exact=True))
    box = page.get_by_role("region", name="Bereiche und Dimensionen")
    inside = box.get_by_role("link", name="Servicetechnik", exact=True)
    expect(inside).to_be_visible(timeout=PATIENCE)
    tab_to(settled(page), box.get_by_role("checkbox", name="Unterbereiche von Kundendienst"))
    page.keyboard.press("Space")
    expect(inside).to_be_hidden()
    page.keyboard.press("Space")
    enter(page, inside)
    sees(page, "20 von 28 Personen haben geantwortet")
    with page.context.expect_page() as opened:
        enter(settled(page), page.get_by_role("link", name="Bild speichern").first)
    picture = opened.value
    expect(picture.locator("#picture")).to_be_visible(timeout=PATIENCE)
    with picture.expect_download() as download:
        enter(picture, picture.get_by_role("button", name="PNG speichern"))
    assert download.value.suggested_filename.endswith(".png")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until one is there."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {target}")


def enter(page: Page, target: Locator) -> None:
    """Go there by Tab, and press Enter."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def test_a_copied_link_opens_the_same_view_elsewhere(
    owner_page: Page, real_browser: Browser, owner_state: Path, demo_server: Server
) -> None:
    """Kind, question, order and wave are in it: another browser draws the same rows."""
    owner_page.goto(f"{demo_server.url}{OVERVIEW}")
    follow_view(settled(owner_page), "Abstände", "Wo die größten Abstände liegen")
    chosen = {
        "Vergleich": "Ziel gegen heute",
        "Frage": "Kundensicht",
        "Reihenfolge": "Wie in der Gliederung",
        "Zeilen": "Alle 22",
    }
    for label, option in chosen.items():
        choose(owner_page, label, option)
    owner_page.wait_for_url(re.compile("gap=target&question=customer_perspective&order=tree&all=1"))
    context = real_browser.new_context(storage_state=owner_state, locale="de-DE")
    other = context.new_page()
    other.goto(owner_page.url)
    settled(other)
    for label, option in chosen.items():
        expect(other.get_by_role("combobox", name=label)).to_have_value(option)
    assert rows(other) == rows(owner_page)
    assert len(rows(other)) == 22
    context.close()


def rows(page: Page) -> list[str]:
    """What the rows of a picture are called, from the top."""
    expect(page.locator(".js-plotly-plot .ytick text").first).to_be_visible(timeout=PATIENCE)
    return page.locator(".js-plotly-plot .ytick text").all_inner_texts()


def test_back_returns_to_the_view_before(owner_page: Page, demo_server: Server) -> None:
    """From a department to the heat map as it was coloured; from there to the overview."""
    owner_page.goto(f"{demo_server.url}{OVERVIEW}")
    follow_view(settled(owner_page), "Heatmap", "Bereiche und Dimensionen")
    choose(owner_page, "Farben vergleichen mit", "dem Ziel")
    owner_page.wait_for_url(re.compile("reference=target"))
    box = owner_page.get_by_role("region", name="Bereiche und Dimensionen")
    box.get_by_role("link", name="Onlineshop", exact=True).click()
    sees(owner_page, "11 von 14 Personen haben geantwortet")
    settled(owner_page).go_back()
    expect(box).to_be_visible(timeout=PATIENCE)
    compared = owner_page.get_by_role("combobox", name="Farben vergleichen mit")
    expect(compared).to_have_value("dem Ziel")
    settled(owner_page).go_back()
    expect(compared).to_have_value("dem Rest der Organisation", timeout=PATIENCE)
    settled(owner_page).go_back()
    heading = owner_page.get_by_role("heading", name="Das Wichtigste")
    expect(heading).to_be_visible(timeout=PATIENCE)
