"""What a director asks of the trend: did it get better, and where; and on to a department."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.server import Server
from tests.browser.steps import PATIENCE, choose


def test_did_it_get_better(owner_page: Page, demo_server: Server) -> None:
    """One click from the overview, in a sentence; then one question in all departments."""
    owner_page.goto(f"{demo_server.url}/results?wave=muster25")
    settled(owner_page).get_by_role("link", name="Entwicklung", exact=True).click()
    finding = owner_page.get_by_role("heading", name="seit der Befragung „Kundenkompass Herbst")
    expect(finding).to_be_visible(timeout=PATIENCE)
    expect(owner_page.get_by_role("figure")).to_be_visible(timeout=PATIENCE)
    choose(owner_page, "Vergleich", "Kundensicht: alle Bereiche")
    owner_page.wait_for_url(re.compile("question=customer_perspective"))
    ways = owner_page.get_by_role("navigation", name="Zu den Bereichen")
    ways.get_by_role("link", name="Vertrieb", exact=True).focus()
    owner_page.keyboard.press("Enter")
    owner_page.wait_for_url(re.compile(r"/department\?wave=muster25&department=Vertrieb&"))
    heading = settled(owner_page).get_by_role("heading", name="Vertrieb", exact=True)
    expect(heading).to_be_visible(timeout=PATIENCE)


def test_from_a_department_up_and_to_another(owner_page: Page, demo_server: Server) -> None:
    """The place is in the address, whichever way one takes, so that a link opens the same."""
    owner_page.goto(f"{demo_server.url}/department?wave=muster25&department=Vertrieb")
    page = settled(owner_page)
    choose(page, "Bereich", "Kundendienst / Kundentelefon")
    page.wait_for_url(re.compile(r"department=Kundendienst\+%2F\+Kundentelefon"))
    expect(page.get_by_text("Personen haben geantwortet")).to_be_visible()
    page.get_by_role("button", name="Darüber: Kundendienst").click()
    page.wait_for_url(re.compile(r"department=Kundendienst(&|$)"))
    expect(page.get_by_role("heading", name="Kundendienst", exact=True)).to_be_visible()
