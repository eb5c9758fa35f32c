"""What one can do on the screen of the gaps: see all rows, and go on to departments."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.server import Server
from tests.browser.steps import PATIENCE, choose

BARS = ".js-plotly-plot .bars .point"


def gaps(page: Page, server: Server, asked: str = "") -> Page:
    """The screen of last year's gaps."""
    page.goto(f"{server.url}/gaps?wave=muster25{asked}")
    return settled(page)


def test_all_rows_are_one_choice_away_and_in_the_address(
    owner_page: Page, demo_server: Server
) -> None:
    """Twenty at first; then all 24."""
    page = gaps(owner_page, demo_server)
    expect(page.locator(BARS)).to_have_count(20, timeout=PATIENCE)
    choose(page, "Zeilen", "Alle 24")
    expect(page.locator(BARS)).to_have_count(24, timeout=PATIENCE)
    page.wait_for_url(re.compile("all=1"))


def test_names_in_the_table_lead_to_the_departments(owner_page: Page, demo_server: Server) -> None:
    """A name with a slash arrives whole."""
    page = gaps(owner_page, demo_server, "&gap=target&question=customer_perspective")
    page.get_by_text("Als Tabelle").click()
    page.get_by_role("rowheader", name="Logistik / Lager").get_by_role("link").click()
    page.wait_for_url(re.compile(r"department=Logistik(\+|%20)(%2F|/)(\+|%20)Lager"))
    expect(settled(page).get_by_role("heading", level=1)).to_be_visible()
