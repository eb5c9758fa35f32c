"""What comes out of a printer: A4 across, whole, black on white, and nothing to press."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Page

from survey.charts.look import DARK, LIGHT, on_paper
from tests.browser.conftest import settled
from tests.browser.server import Server

A4_ACROSS = (842, 595)
"""In points."""

NAVIGATION = ("Abmelden", "Protokoll", "Heatmap", "Bild speichern", "Vergleich", "CSV")


def printed(page: Page) -> tuple[pypdfium2.PdfDocument, str]:
    """The sheets as a printer gets them, and what stands on them, packed."""
    settled(page)
    page.wait_for_load_state("networkidle")
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in sheets)
    return sheets, packed(text)


def packed(text: str) -> str:
    """A text without its spaces: a sheet has none, but places for letters."""
    return "".join(text.split())


def of_navigation(text: str) -> list[str]:
    """What of the navigation stands in a packed text."""
    return [word for word in NAVIGATION if packed(word) in text]


def check_sheets(sheets: pypdfium2.PdfDocument) -> None:
    """A4 across, white at the edge, something on each."""
    for sheet in sheets:
        assert tuple(round(side) for side in sheet.get_size()) == A4_ACROSS
        picture = sheet.render().to_pil().convert("L")
        assert picture.getpixel((3, 3)) == 255
        assert picture.getextrema()[0] < 60


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_gaps_are_printed_with_finding_and_source(
    owner_page: Page, demo_server: Server, dark: bool
) -> None:
    """The chart's words in ink, and no navigation, lists or folded tables."""
    owner_page.emulate_media(color_scheme="dark" if dark else "light")
    owner_page.goto(f"{demo_server.url}/gaps?wave=muster25&gap=department")
    owner_page.wait_for_selector(".main-svg")
    finding = owner_page.locator("h3").first.inner_text()
    sheets, text = printed(owner_page)
    check_sheets(sheets)
    assert packed(finding) in text
    assert re.search(r"Quelle:Apfel&Birne.*2025", text)
    assert "Kundentelefon" in text
    assert of_navigation(text) == []
    chart = sheets[len(sheets) - 1].render(scale=2).to_pil().convert("L")
    dark_pixels = sum(chart.histogram()[:90])
    assert dark_pixels > 3000  # words and the line at zero; pale ones would not be seen


def test_the_overview_is_printed_whole(owner_page: Page, demo_server: Server) -> None:
    """From the first finding to the source, however long the screen scrolls."""
    owner_page.goto(f"{demo_server.url}/results?wave=muster25")
    lines = settled(owner_page).locator(".kk-findings li").all_inner_texts()
    findings = [line[:50] for line in lines]  # a link follows, with words for the ear
    sheets, text = printed(owner_page)
    check_sheets(sheets)
    assert findings
    assert [finding for finding in findings if packed(finding) not in text] == []
    assert "Quelle:Apfel&Birne" in text
    assert of_navigation(text) == []


def test_a_picture_page_is_printed_with_its_table(owner_page: Page, demo_server: Server) -> None:
    """The picture on the first sheet, which says it all; then the figures."""
    owner_page.goto(f"{demo_server.url}/picture/muster25/gaps?lang=de")
    owner_page.wait_for_selector("#picture", state="visible")
    sheets = pypdfium2.PdfDocument(owner_page.pdf(prefer_css_page_size=True))
    check_sheets(sheets)
    first, *others = (packed(s.get_textpage().get_text_range()) for s in sheets)
    assert "Quelle:Apfel&Birne" in first
    assert "Kundentelefon" in first
    assert "AlsTabelle" in "".join(others)
    assert "PNG" not in "".join((first, *others))


def test_every_dark_colour_is_printed_as_its_light_one() -> None:
    """Ink on a dark screen is white, and would not be seen on paper."""
    style = on_paper()
    assert DARK.ink == "#e8eeef"
    for what in ("fill", "stroke"):
        assert f'[style*="{what}: rgb(232, 238, 239)"]{{{what}:{LIGHT.ink}!important}}' in style
