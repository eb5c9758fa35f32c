"""The questions that a director asks: each from the first screen to the answer they read.

In as few taps as possible, on last year's wave of the demo and the one before it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from survey.screens.today import today
from tests.browser.conftest import PHONE, settled
from tests.browser.server import Server
from tests.browser.steps import choose, finding, follow, follow_view, sees

FURTHEST_BELOW = (
    "Im Bereich Kundendienst / Servicetechnik liegt „Von oben und von unten“"
    " 1,3 Punkte unter dem Ziel von 3,8; das betrifft 20 Personen."
)
SINCE = (
    "In der ganzen Organisation ist „Systematische Verantwortung“ seit der Befragung"
    " „Kundenkompass Herbst 2024“ gesichert gestiegen (+0,4 Punkte),"
    " „Mitarbeiterorientierung“ aber gesichert gefallen (−0,5 Punkte)."
)
MEASURE = "Der Innendienst fährt einmal im Monat mit nach draußen."
NEXT_YEAR = f"3112{today().year + 1}"


@pytest.fixture
def owners_phone(real_browser: Browser, owner_state: Path) -> Iterator[Page]:
    """The owner's phone, in German."""
    context = real_browser.new_context(storage_state=owner_state, viewport=PHONE, locale="de-DE")
    yield context.new_page()
    context.close()


def results(page: Page, server: Server) -> Page:
    """From the first screen with one tap to the overview of the latest released wave."""
    page.goto(server.url)
    return follow(settled(page), "Ergebnisse ansehen")


def test_where_is_the_largest_gap(owner_page: Page, demo_server: Server) -> None:
    """One tap: the first finding. One more: the picture of it; by keyboard on to that place."""
    page = results(owner_page, demo_server)
    first = page.locator(".kk-findings li").first
    expect(first).to_contain_text(FURTHEST_BELOW)
    first.get_by_role("link").click()
    finding(page, FURTHEST_BELOW)
    expect(page.get_by_role("combobox", name="Vergleich")).to_have_value("Ziel gegen heute")
    picture = page.get_by_role("figure", name=FURTHEST_BELOW)
    expect(picture).to_have_accessible_name(re.compile("20 Zeilen"))
    ways = page.get_by_role("navigation", name="Zu den Bereichen")
    ways.get_by_role("link", name="Kundendienst / Servicetechnik", exact=True).press("Enter")
    sees(page, "20 von 28 Personen haben geantwortet")
    sees(page, "„Von oben und von unten“ liegt 1,3 Punkte unter dem Ziel von 3,8.")


def test_do_leaders_see_it_as_the_others_do(owner_page: Page, demo_server: Server) -> None:
    """One tap: no, and by how much. One more: both sides on each dimension, also as a table."""
    page = results(owner_page, demo_server)
    told = page.locator(".kk-findings li", has_text="Wer keine Führungsaufgabe angibt")
    expect(told).to_contain_text(
        "um 1,0 Punkte schlechter als die 26 Führungskräfte; das betrifft 214 Personen."
    )
    told.get_by_role("link").click()
    largest = "Wer keine Führungsaufgabe angibt, sieht „Von oben und von unten“ um 1,0 Punkte"
    finding(page, largest)
    legend = page.locator(".js-plotly-plot .legend")
    expect(legend).to_contain_text("Führungskräfte")
    expect(legend).to_contain_text("Alle anderen, gesichert")
    page.get_by_text("Als Tabelle").click()
    rows = page.get_by_role("region", name=largest).locator("tbody tr")
    expect(rows).to_have_count(6)
    row = rows.filter(has_text="Von oben und von unten")
    expect(row).to_contain_text("gesichert")
    expect(row).to_contain_text("28 / 224")


def test_did_it_get_better(owner_page: Page, demo_server: Server) -> None:
    """One tap: said below the profile. One more: slopes; then a question in all departments."""
    page = results(owner_page, demo_server)
    sees(page, SINCE)
    follow_view(page, "Entwicklung", "Ist es besser geworden?")
    finding(page, SINCE)
    choose(page, "Vergleich", "Kundensicht: alle Bereiche")
    page.wait_for_url(re.compile("question=customer_perspective"))
    ways = page.get_by_role("navigation", name="Zu den Bereichen")
    ways.get_by_role("link", name="Vertrieb", exact=True).press("Enter")
    page.wait_for_url(re.compile(r"/department\?wave=muster25&department=Vertrieb&"))
    expect(page.get_by_role("heading", level=2, name="Vertrieb", exact=True)).to_be_visible()


def test_which_team_does_not_agree_with_itself(owner_page: Page, demo_server: Server) -> None:
    """Two taps: which, and on what. One more: how it is divided."""
    page = results(owner_page, demo_server)
    follow_view(page, "Verteilungen", "Wie die Antworten verteilt sind")
    way = page.get_by_role("button", name="Welcher Bereich ist sich am wenigsten einig?")
    expect(way).to_contain_text("Kundendienst / Ersatzteile, bei „Von oben und von unten“")
    way.click()
    divided = finding(page, "am meisten Kundendienst / Ersatzteile")
    expect(divided).to_contain_text("40 % stimmen zu, 40 % lehnen ab")
    expect(page.locator(".js-plotly-plot")).to_contain_text("zwei Lager · Einigkeit −0,27")
    expect(page.get_by_role("combobox", name="Frage")).to_have_value("Von oben und von unten")
    expect(page).to_have_url(re.compile("question=top_down_bottom_up"))


def test_what_do_we_do_on_monday(owners_phone: Page, demo_server: Server) -> None:
    """On a phone from the heaviest priority to a measure, and to the department it is for."""
    page = results(owners_phone, demo_server)
    heaviest = "Vertrieb / Außendienst"
    expect(page.get_by_role("heading", name="Worüber am Montag sprechen")).to_be_visible()
    sees(page, f"{heaviest}, „Alle Bereiche“: 1,55 Punkte unter dem Ziel von 3,8")
    follow_view(page, "Prioritäten und Maßnahmen", "Wo anfangen")
    row = page.get_by_role("row", name=heaviest).first
    row.get_by_role("link", name="Maßnahme vereinbaren").click()
    agree_on(settled(page), MEASURE)
    card = page.locator("[class*=st-key-measure_card]", has_text=MEASURE)
    expect(card).to_contain_text("Alle Bereiche")
    card.get_by_text("Gemeinsam verbessert", exact=True).click()
    state = card.get_by_role("radio", name="Gemeinsam verbessert")
    expect(state).to_be_checked()
    settled(page).reload()
    expect(state).to_be_checked()
    assert wrong_with(settled(page)) == []
    follow_view(page, "Bereich", heaviest)
    expect(card).to_contain_text("31. Dezember")
    expect(state).to_be_checked()


def agree_on(page: Page, what: str) -> None:
    """Fill in what the priority did not; what is missing is named, and nothing typed is lost."""
    page.get_by_label("Was getan wird").fill(what)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert").filter(has_text="Bitte ergänzen Sie")).to_be_visible()
    expect(page.get_by_label("Was getan wird")).to_have_value(what)
    assert wrong_with(page) == []
    page.get_by_label("Verantwortliche Rolle").fill("Leitung Vertrieb")
    page.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    page.keyboard.type(NEXT_YEAR)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Speichern").click()


def wrong_with(page: Page) -> list[str]:
    """What axe finds, and what is wider than the screen."""
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    main = page.get_by_test_id("stMain")
    wide = main.evaluate("e => e.scrollWidth > e.clientWidth")
    return found + ["scrolls sideways"] * wide
