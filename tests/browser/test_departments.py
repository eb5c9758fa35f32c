"""Two consultants edit one organisation's departments in real browsers; and a file comes in."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Browser, Page, expect

from data.sqlite import open_store
from tests.browser.conftest import DESKTOP, PHONE, set_up, settled
from tests.browser.server import serving

ROW = 35
"""Pixels of a table's row, the heading included."""


def typed(page: Page, row: int, across: int, text: str) -> None:
    """Type into a cell of the table: the row from 0, and so many pixels from the left."""
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + across, box["y"] + ROW * (row + 1) + ROW / 2)
    editor = page.locator("#portal textarea, #portal input")
    editor.fill(text)
    editor.press("Enter")
    settled(page)


def workbook() -> bytes:
    """What a personnel department sends."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        lines = [
            ("Nr", "Gehört zu", "Bezeichnung", "Mitarbeitende", "Kundenkontakt"),
            (10, "", "Vertrieb", 40, "ja"),
            (11, 10, "Nord", 25, "ja"),
            (20, "", "Lager", 9, "nein"),
        ]
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return file.getvalue()


def test_two_consultants_and_a_file(real_browser: Browser, tmp_path: Path) -> None:
    """The file is read; both rename; the later one is told, keeps what was typed, and goes on."""
    database = tmp_path / "tree.db"
    store = open_store(database)
    store.organisations.add("Muster GmbH")
    store.close()
    with serving(database) as server:
        desk = real_browser.new_context(viewport=DESKTOP, locale="de-DE")
        page = settled(set_up(desk.new_page(), server))
        page.goto(f"{server.url}/departments?organisation=1")
        _read_file(page)
        phone = real_browser.new_context(
            viewport=PHONE, locale="de-DE", storage_state=desk.storage_state()
        )
        other = phone.new_page()
        other.goto(f"{server.url}/departments?organisation=1")
        settled(other)
        page.goto(f"{server.url}/departments?organisation=1")
        settled(page)
        typed(page, 0, 100, "Verkauf")
        page.get_by_role("button", name="Änderungen übernehmen").click()
        expect(page.get_by_text("Gespeichert.")).to_be_visible()
        typed(other, 2, 100, "Hof")
        expect(other.get_by_text("Jemand anders hat die Bereiche")).to_be_visible()
        expect(other.get_by_role("rowheader", name="Vertrieb")).to_be_visible()
        other.get_by_role("button", name="Meine Eingaben darauf anwenden").click()
        other.get_by_role("button", name="Änderungen übernehmen").click()
        expect(other.get_by_text("Gespeichert.")).to_be_visible()
        assert other.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        with closing(sqlite3.connect(server.database)) as db:
            names = db.execute("SELECT name, headcount, contact FROM department ORDER BY id")
            assert names.fetchall() == [("Verkauf", 40, 1), ("Nord", 25, 1), ("Hof", 9, 0)]
            acts = db.execute("SELECT act FROM audit WHERE act = 'departments_changed'")
            assert len(acts.fetchall()) == 3
        desk.close()
        phone.close()


def _read_file(page: Page) -> None:
    """Upload a real workbook; before it, one of 49 megabytes is refused in words."""
    settled(page)
    upload = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    large = b"A;1\n" * (49 * 2**18)
    upload.set_input_files({"name": "groß.csv", "mimeType": "text/csv", "buffer": large})
    expect(page.get_by_text("groß.csv ist zu groß.")).to_be_visible(timeout=30_000)
    page.goto(page.url)
    settled(page)
    upload.set_input_files({"name": "Bereiche.xlsx", "mimeType": "", "buffer": workbook()})
    expect(page.get_by_text("3 Bereiche gelesen.")).to_be_visible()
    page.get_by_role("button", name="Änderungen übernehmen").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
