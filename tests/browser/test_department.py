"""From one department's screen to another's."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.server import Server
from tests.browser.steps import choose


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
