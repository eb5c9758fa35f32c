"""What people do in a browser, in the words of the screens: steps that journeys are made of."""

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

import httpx
import pypdfium2
import xlsxwriter
import zxingcpp
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.conftest import fill_in_new_password, settled
from tests.browser.server import Server

PATIENCE = 30_000
"""Milliseconds in which a busy computer does what it was asked for."""
_TRIES = 5
ITEMS = ("CP1", "EO1", "TB1", "BO1", "SO1")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Line = tuple[str | int, ...]


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)


def follow(page: Page, name: str) -> Page:
    """Follow a link to a screen, and wait until it is there."""
    before = page.locator("h1").inner_text()
    page.get_by_role("link", name=name, exact=True).first.click(timeout=PATIENCE)
    expect(page.locator("h1")).not_to_have_text(before, timeout=PATIENCE)
    return settled(page)


def follow_view(page: Page, name: str, heading: str) -> None:
    """Follow the link to another view, and wait for what it is headed with."""
    views = page.locator(".st-key-views")
    views.get_by_role("link", name=name, exact=True).click(timeout=PATIENCE)
    shown = page.get_by_role("heading", level=2, name=heading, exact=True)
    expect(shown).to_be_visible(timeout=PATIENCE)
    settled(page)


def finding(page: Page, text: str) -> Locator:
    """The title of a picture that is drawn."""
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE)
    heading = page.get_by_role("heading", level=3, name=text)
    expect(heading).to_be_visible(timeout=PATIENCE)
    return heading


def type_into(page: Page | Locator, label: str, text: str) -> None:
    """Fill a field of a screen and leave it, as one does with Tab."""
    field = page.get_by_label(label, exact=True).locator("visible=true")
    field.fill(text, timeout=PATIENCE)
    field.press("Tab")


def choose(page: Page | Locator, label: str, option: str) -> None:
    """Choose an option of a list by typing it; of those that are offered the first is taken.

    A list closes when the screen is drawn anew; then one types it again.
    """
    field = page.get_by_role("combobox", name=label).locator("visible=true")
    expect(field).to_be_visible(timeout=PATIENCE)
    offered = field.page.get_by_role("option", name=option, exact=True)
    for _ in range(_TRIES):
        settled(field.page)
        field.fill("")
        field.press_sequentially(option)
        with suppress(Error):
            offered.wait_for(timeout=PATIENCE / _TRIES)
            break
    field.press("Enter")
    expect(offered).to_be_hidden()
    settled(field.page)


def sees(page: Page, *texts: str) -> None:
    """Wait until a person sees each of these."""
    for text in texts:
        expect(page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=PATIENCE)


def sees_nowhere(page: Page, *texts: str) -> None:
    """What is on the page says none of these."""
    shown = settled(page).inner_text("body")
    assert [text for text in texts if text in shown] == []


def workbook(lines: Sequence[Line]) -> bytes:
    """An Excel file with these lines."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Bereiche")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return file.getvalue()


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file from the computer."""
    field = page.locator("input[type=file]").first
    field.set_input_files({"name": name, "mimeType": XLSX, "buffer": content})


def new_account(page: Page, name: str, email: str, role: str, organisation: str) -> None:
    """On the accounts screen: add somebody who sees one organisation; not sent off yet."""
    form = page.get_by_role("tabpanel", name="Konto anlegen")
    type_into(form, "E-Mail-Adresse", email)
    type_into(form, "Name", name)
    form.get_by_text(f"{role}:").click()
    choose(form, "Organisationen", organisation)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)  # an open list takes the next click
    settled(page)


def password_link(page: Page, email: str) -> str:
    """Send the new account off, and read the link that is shown once."""
    form = page.get_by_role("tabpanel", name="Konto anlegen")
    form.get_by_role("button", name="Konto anlegen").click(timeout=PATIENCE)
    sees(page, f"Passwort-Link für {email}")
    return page.get_by_test_id("stCode").inner_text().strip()


def set_password(page: Page, link: str, password: str) -> Page:
    """Open a password link, choose a password, and be signed in by that."""
    page.goto(link)
    fill_in_new_password(page, password)
    return settled(page)


def poster_addresses(content: bytes) -> dict[str, str]:
    """What the QR code of each page of a PDF leads to, by the page's whole text."""
    found = {}
    for page in pypdfium2.PdfDocument(content):
        (code,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
        found[page.get_textpage().get_text_bounded()] = code.text
    return found


def fill_in(page: Page, answers: Mapping[str, int]) -> None:
    """On a phone: choose an answer to every statement."""
    for item, value in answers.items():
        page.check(f'input[name="{item}"][value="{value}"]')


def answer_by_http(server: Server, address: str, fields: Mapping[str, str | int]) -> None:
    """Fetch a form and send it, as a browser does that nobody looks at."""
    with httpx.Client(base_url=server.url, follow_redirects=True) as client:
        form = client.get(address)
        token = re.findall(r'name="token" value="([^"]+)"', form.text)[0]
        thanks = client.post(address, data={"token": token, **fields})
    assert thanks.status_code == 200
    assert "Danke!" in thanks.text or "Thank you" in thanks.text
