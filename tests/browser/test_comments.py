"""What people wrote, as leadership looks for it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, settled
from tests.browser.server import Server

WAVE = "?wave=muster25&lang=de"


def test_words_that_are_searched_for_are_marked_and_stand_in_no_address(
    owner_page: Page, demo_server: Server
) -> None:
    """On a phone: typed without umlaut, found with it; and one tap brings everything back."""
    owner_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    asked: list[str] = []
    owner_page.on("request", lambda request: asked.append(request.url))
    owner_page.goto(f"{demo_server.url}/comments{WAVE}")
    field = settled(owner_page).get_by_role("textbox", name="Wörter suchen")
    field.fill("wunsche")
    field.press("Enter")
    expect(owner_page.get_by_role("status").filter(has_text="Kommentaren")).to_be_visible()
    marks = owner_page.locator("mark:visible")
    expect(marks.first).to_have_text("Wünsche")
    assert not [url for url in (*asked, owner_page.url) if "wunsche" in url.lower()]
    owner_page.get_by_role("button", name="Suche leeren").click()
    expect(owner_page.locator("mark")).to_have_count(0)
    expect(field).to_have_value("")
