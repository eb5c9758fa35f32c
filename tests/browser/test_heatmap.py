"""The heat map in a real browser: folding without the server, reading, printing."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE, settled
from tests.browser.server import Server

REGION = "Bereiche und Dimensionen"


def heat_map(page: Page, server: Server, query: str = "") -> Locator:
    """The table's scroll box on its screen."""
    page.goto(f"{server.url}/heatmap?wave=muster25{query}")
    return settled(page).get_by_role("region", name=REGION)


def row(box: Locator, name: str) -> Locator:
    return box.get_by_role("rowheader", name=name)


def test_leadership_reads_the_heat_map(owner_page: Page, demo_server: Server) -> None:
    """The finding as its title, a column each, a row each, and the way to a department."""
    box = heat_map(owner_page, demo_server)
    title = "Im Bereich Kundendienst wird „Alle Bereiche“ um 0,6 Punkte schlechter gesehen"
    expect(owner_page.get_by_role("heading", name=title)).to_be_visible()
    expect(box.locator("thead th")).to_have_count(8)
    expect(row(box, "Recht und Verträge").first).to_be_visible()
    lowest = box.locator("tr", has_text="Kundendienst").first.locator("td.l2")
    expect(lowest).to_have_text("2,8deutlich darunter, gesichert")
    box.get_by_role("link", name="Kundendienst").click()
    expect(owner_page).to_have_url(re.compile(r"/department\?.*department=Kundendienst"))


def test_a_withheld_cell_gives_the_one_reason_and_no_figure(
    owner_page: Page, demo_server: Server
) -> None:
    """The team of four is there by name, and every cell of it says why it is empty."""
    found = heat_map(owner_page, demo_server).locator("tr", has_text="Recht und Verträge").first
    cells = found.locator("td.x")
    expect(cells).to_have_count(6)
    for number in range(6):
        expect(cells.nth(number)).to_have_text("zu wenige oder zu einheitliche Antworten")
    assert not any(sign.isdigit() for sign in found.inner_text())


def test_a_department_folds_by_keyboard_and_without_the_server(
    owner_page: Page, demo_server: Server
) -> None:
    """Tab reaches the control, space folds and unfolds it, and it says of what it is."""
    sent: list[object] = []

    def note(frame: object) -> None:
        sent.append(frame)

    owner_page.on("websocket", lambda socket: socket.on("framesent", note))
    box = heat_map(owner_page, demo_server, "&level=1")
    inside = box.locator("tr", has_text="Servicetechnik")
    expect(inside).to_have_count(1)
    expect(inside).to_be_hidden()
    asked = len(sent)
    assert asked
    box.focus()
    control = box.get_by_role("checkbox", name="Unterbereiche von Kundendienst")
    for _ in ("Geschäftsleitung", "folds Vertrieb", "Vertrieb", "folds Kundendienst"):
        owner_page.keyboard.press("Tab")
    expect(control).to_be_focused()
    assert control.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    owner_page.keyboard.press("Space")
    expect(inside).to_be_visible()
    expect(control).to_be_checked()
    owner_page.keyboard.press("Space")
    expect(inside).to_be_hidden()
    assert len(sent) == asked


def test_the_headings_stay_in_sight(owner_page: Page, demo_server: Server) -> None:
    """The table scrolls in a box of its own, under its column headings."""
    box = heat_map(owner_page, demo_server)
    last = row(box, "Alle anderen").last
    last.scroll_into_view_if_needed()
    assert box.evaluate("e => e.scrollTop") > 0
    heading = box.get_by_role("columnheader", name="Kundensicht")
    top, edge = heading.bounding_box(), box.bounding_box()
    assert top is not None
    assert edge is not None
    assert abs(top["y"] - edge["y"]) < 2
    assert edge["height"] <= 0.86 * 900


def test_it_fits_a_phone(real_browser: Browser, demo_server: Server, owner_state: Path) -> None:
    """Neither the page nor the table scrolls sideways, and a thumb hits the controls."""
    context = real_browser.new_context(storage_state=owner_state, viewport=PHONE, locale="de-DE")
    page = context.new_page()
    for query in ("", "&numbers=difference&reference=target"):
        box = heat_map(page, demo_server, query)
        assert box.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for target in (box.get_by_role("checkbox").first, box.get_by_role("link").first):
            size = target.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= 24
    context.close()


def test_on_paper_all_of_it_is_there(owner_page: Page, demo_server: Server) -> None:
    """No scroll box, colours as on the screen, and arrowheads for who prints in grey."""
    box = heat_map(owner_page, demo_server)
    owner_page.emulate_media(media="print")
    assert box.evaluate("e => getComputedStyle(e).overflow") == "visible"
    assert box.evaluate("e => getComputedStyle(e).maxHeight") == "none"
    cell = box.locator("td.l2").first
    assert cell.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"
    assert "▼▼" in cell.evaluate("e => getComputedStyle(e, '::after').content")
