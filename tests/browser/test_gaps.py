"""What a director asks of the gaps: where the largest one is, and whether leaders see it alike."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.server import Server
from tests.browser.steps import PATIENCE, choose

LARGEST = "Im Bereich Kundendienst wird „Alle Bereiche“ um 0,6 Punkte schlechter gesehen"
BARS = ".js-plotly-plot .bars .point"


def gaps(page: Page, server: Server, asked: str = "") -> Page:
    """The screen of last year's gaps."""
    page.goto(f"{server.url}/gaps?wave=muster25{asked}")
    return settled(page)


def test_where_is_the_largest_gap(owner_page: Page, demo_server: Server) -> None:
    """One click from the overview, in a sentence; and by keyboard on to that department."""
    owner_page.goto(f"{demo_server.url}/results?wave=muster25")
    settled(owner_page).get_by_role("link", name="Abstände", exact=True).click()
    heading = owner_page.get_by_role("heading", name=LARGEST)
    expect(heading).to_be_visible(timeout=PATIENCE)
    expect(owner_page.locator(BARS)).to_have_count(20, timeout=PATIENCE)
    picture = owner_page.get_by_role("figure", name=LARGEST)
    expect(picture).to_have_accessible_name(re.compile("20 Zeilen"))
    ways = owner_page.get_by_role("navigation", name="Zu den Bereichen")
    ways.get_by_role("link", name="Kundendienst", exact=True).focus()
    owner_page.keyboard.press("Enter")
    owner_page.wait_for_url(re.compile(r"/department\?wave=muster25&department=Kundendienst&"))


def test_do_leaders_see_it_as_the_others_do(owner_page: Page, demo_server: Server) -> None:
    """One choice away: a sentence, both means, the difference and whether it is sure."""
    choose(gaps(owner_page, demo_server), "Vergleich", "Führung gegen alle anderen")
    owner_page.wait_for_url(re.compile("gap=leadership"))
    finding = "Wer keine Führungsaufgabe angibt, sieht „Von oben und von unten“ um 1,0 Punkte"
    expect(owner_page.get_by_role("heading", name=finding)).to_be_visible(timeout=PATIENCE)
    legend = owner_page.locator(".js-plotly-plot .legend")
    expect(legend).to_contain_text("Führungskräfte", timeout=PATIENCE)
    expect(legend).to_contain_text("Alle anderen, gesichert")
    owner_page.get_by_text("Als Tabelle").click()
    rows = owner_page.get_by_role("region", name=finding).locator("tbody tr")
    expect(rows).to_have_count(6)
    row = rows.filter(has_text="Von oben und von unten")
    expect(row).to_contain_text("gesichert")
    expect(row).to_contain_text("28 / 224")


def test_choosing_a_question_is_kept_in_the_address(owner_page: Page, demo_server: Server) -> None:
    """Reloaded, or opened by somebody else, it is the same question in the same order."""
    page = gaps(owner_page, demo_server)
    choose(page, "Frage", "Kundensicht")
    choose(page, "Reihenfolge", "Wie in der Gliederung")
    page.wait_for_url(re.compile("question=customer_perspective.*order=tree"))
    page.reload()
    names = settled(page).locator(".js-plotly-plot .ytick text")
    expect(names.first).to_contain_text("Geschäftsleitung", timeout=PATIENCE)
    expect(page.get_by_role("combobox", name="Frage")).to_have_value("Kundensicht")


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
