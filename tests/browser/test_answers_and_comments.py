"""How answers are spread and what people wrote, as leadership looks for it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, settled
from tests.browser.server import Server

WAVE = "?wave=muster25&lang=de"


def test_which_team_does_not_agree_with_itself(owner_page: Page, demo_server: Server) -> None:
    """By keyboard alone: the first screen names it, one key further stands how it is divided."""
    owner_page.goto(f"{demo_server.url}/distributions{WAVE}")
    way = settled(owner_page).get_by_role("button", name="Welcher Bereich ist sich am wenigsten")
    expect(way).to_contain_text("Kundendienst / Ersatzteile, bei „Von oben und von unten“")
    way.focus()
    owner_page.keyboard.press("Enter")
    found = owner_page.get_by_role("heading", name="am meisten Kundendienst / Ersatzteile")
    expect(found).to_contain_text("40 % stimmen zu, 40 % lehnen ab")
    expect(settled(owner_page).locator(".js-plotly-plot .bars").first).to_be_visible()
    expect(owner_page.locator(".js-plotly-plot")).to_contain_text("zwei Lager · Einigkeit −0,27")
    chosen = owner_page.get_by_role("combobox", name="Frage")
    expect(chosen).to_have_value("Von oben und von unten")
    expect(owner_page).to_have_url(re.compile("question=top_down_bottom_up"))


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
