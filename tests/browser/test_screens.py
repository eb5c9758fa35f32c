"""Newcomers, consultants and leadership in the app; and what strangers see of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.sqlite import open_store
from survey.screens.places import SCREENS, START
from tests.browser.conftest import DESKTOP, PHONE, set_up, settled, sign_in
from tests.browser.server import Server, serving
from tests.browser.steps import finding

OWNERS_ADDRESSES = (
    "/",
    "/setup",
    "/organisation?organisation=1",
    "/departments?organisation=1",
    "/wave?wave=muster26",
    "/invitations?wave=muster26",
    "/wave_new?organisation=1",
    "/expectations?wave=muster26",
    "/results?wave=muster25",
    "/gaps?wave=muster25&gap=target&question=customer_perspective",
    "/heatmap?wave=muster25&reference=target",
    "/distributions?wave=muster25&question=top_down_bottom_up",
    "/department?wave=muster25&department=Vertrieb",
    "/trend?wave=muster25&question=customer_perspective",
    "/comments?wave=muster25&dimension=customer_perspective",
    "/priorities?wave=muster25",
    "/priorities?wave=muster25&new=1&department=Vertrieb",
    "/workshops?organisation=1",
    "/workshop?workshop=THE_CODE",
    "/projector?workshop=THE_CODE",
    "/facilitator?workshop=THE_CODE",
    "/protocol?workshop=THE_CODE",
    "/accounts",
    "/account",
    "/audit",
)
"""`THE_CODE`: of the demo's workshop, which is another one in each database."""
SECRETS = ("Apfel", "Birne", "muster2", "Vertrieb", "Befragungen", "Herbst")


def test_a_newcomer_has_results_on_the_screen_after_one_click(
    real_browser: Browser, tmp_path: Path
) -> None:
    """Empty database, the console's link, one click on the demo, and on to its results."""
    with serving(tmp_path / "new.db") as server:
        context = real_browser.new_context(viewport=DESKTOP, locale="de-DE")
        page = context.new_page()
        set_up(page, server)
        page.get_by_role("button", name="Demo anlegen").click()
        page.get_by_role("link", name="Ergebnisse ansehen").click()
        expect(page.get_by_role("heading", name="Ergebnisse: Apfel & Birne")).to_be_visible()
        expect(page.get_by_text("Demo – erfundene Daten")).to_be_visible()
        context.close()


def test_a_consultant_goes_from_an_empty_database_to_a_frozen_release(
    real_browser: Browser, tmp_path: Path
) -> None:
    """Set up, hand out the link, get an answer, close, release: every step on the screen."""
    with serving(tmp_path / "own.db") as server:
        context = real_browser.new_context(viewport=DESKTOP, locale="de-DE")
        page = context.new_page()
        set_up(page, server)
        page.get_by_role("link", name="Organisation einrichten").click()
        page.get_by_label("Name der Organisation").fill("Muster & Söhne")
        page.get_by_label("Bereiche einfügen").fill("Lager; 8\nLager/Nacht; 3\nBüro; 6")
        page.get_by_label("Name der Organisation").click()
        expect(page.get_by_text("3 Bereiche gelesen.")).to_be_visible()
        page.get_by_role("button", name="Anlegen und zum Entwurf").click()
        _look_at_the_preview(page)
        page.get_by_role("button", name="Befragung öffnen …").click()
        page.get_by_role("button", name="Ja, jetzt öffnen").click()
        expect(page.get_by_role("button", name="Befragung schließen …")).to_be_visible()
        page.get_by_role("link", name="Einladungen und Aushänge").click()
        expect(page.get_by_role("heading", name="Ein offener Link für alle")).to_be_visible()
        expect(page.get_by_text("funktioniert nur auf diesem Rechner")).to_be_visible()
        _answer_once(context.new_page(), settled(page))
        page.get_by_role("link", name="Zurück zur Befragung").click()
        _close_and_release(page)
        with closing(sqlite3.connect(server.database)) as db:
            assert db.execute("SELECT state FROM wave").fetchone() == ("released",)
        context.close()


def _look_at_the_preview(page: Page) -> None:
    """The real questionnaire in a frame as wide as a phone; sending it stores nothing."""
    frame = page.frame_locator('iframe[title="Telefon"]')
    expect(frame.get_by_text("Vorschau: Beim Absenden wird nichts gespeichert")).to_be_visible()
    frame.locator("select").select_option("none")
    for item in ("CP1", "EO1", "TB1", "BO1", "SO1"):
        frame.locator(f'input[name="{item}"][value="5"]').check()
    frame.get_by_role("button", name="Absenden").click()
    expect(frame.get_by_text("Die Antworten wären jetzt gespeichert")).to_be_visible()


def _answer_once(form: Page, page: Page) -> None:
    form.goto(page.get_by_role("link", name="Fragebogen öffnen").get_attribute("href") or "")
    form.select_option("#department", label="Lager / Nacht")
    for item in ("CP1", "EO1", "TB1", "BO1", "SO1"):
        form.check(f'input[name="{item}"][value="5"]')
    form.click("button.send")
    expect(form.get_by_role("heading", name="Danke!")).to_be_visible()


def _close_and_release(page: Page) -> None:
    page.get_by_role("button", name="Befragung schließen …").click()
    page.get_by_role("button", name="Ja, schließen").click()
    expect(page.get_by_text("1 von 14 Personen haben geantwortet")).to_be_visible()
    page.get_by_role("button", name="Freigeben …").click()
    page.get_by_role("button", name="Ja, endgültig freigeben").click()
    page.get_by_role("link", name="Ergebnisse ansehen").click()
    expect(page.get_by_text("zu wenige oder zu einheitliche Antworten").first).to_be_visible()


def test_a_wrong_department_list_is_named_by_row_and_nothing_is_created(
    owner_page: Page, demo_server: Server
) -> None:
    """A negative headcount and a name twice are both named; the button waits."""
    owner_page.goto(f"{demo_server.url}/setup")
    owner_page.get_by_label("Bereiche einfügen").fill("Lager; -8\nBüro; 6\nBüro; 7")
    owner_page.get_by_label("Name der Organisation").click()
    expect(owner_page.get_by_text("Zeile 1")).to_be_visible()
    expect(owner_page.get_by_text("Zeile 3")).to_be_visible()
    expect(owner_page.get_by_role("button", name="Anlegen und zum Entwurf")).to_be_disabled()


def test_leadership_reads_the_overview(owner_page: Page, demo_server: Server) -> None:
    """Three facts, three findings, three priorities, the profile and the scores."""
    owner_page.goto(f"{demo_server.url}/results?wave=muster25")
    lists = settled(owner_page).locator(".kk-findings")
    expect(lists).to_have_count(2)
    for told in (lists.first, lists.last):
        expect(told.get_by_role("listitem")).to_have_count(3)
    facts = owner_page.locator(".kk-facts")
    expect(facts).to_contain_text("3,18 von 5")
    expect(facts).to_contain_text("270 von 340 Personen haben geantwortet.")
    expect(facts).to_contain_text("20 von 26")
    scores = owner_page.get_by_role("region", name="Die ganze Organisation: Mittelwert")
    expect(scores.locator("tbody tr")).to_have_count(6)
    finding(owner_page, "5 von 5 Dimensionen liegen gesichert unter dem Ziel")


def test_leadership_agrees_on_a_target_before_the_release(
    owner_page: Page, demo_server: Server
) -> None:
    """From the wave to its targets: one typed, one emptied, and the table says what is agreed."""
    owner_page.goto(f"{demo_server.url}/wave?wave=muster26")
    settled(owner_page).get_by_role("link", name="Ziele und Vorhersage").click()
    owner_page.get_by_label("Systematische Verantwortung").first.fill("4,4")
    owner_page.get_by_label("Mitarbeiterorientierung").first.fill("")
    owner_page.get_by_role("button", name="Ziele speichern").click()
    agreed = owner_page.get_by_role("region", name="Was vereinbart ist")
    row = agreed.locator("tr", has_text="Ziele, ganze Organisation").locator("td")
    expect(row.last).to_have_text("4,4")
    expect(row.nth(1)).to_have_text("–")


def test_everybody_may_read_how_figures_are_computed(
    real_browser: Browser, demo_server: Server
) -> None:
    """Without a sign-in: two sentences, and the formula one tap away."""
    context = real_browser.new_context(viewport=PHONE, locale="de-DE")
    page = context.new_page()
    page.goto(f"{demo_server.url}/method")
    formula = settled(page).get_by_text("Index = 25·(m − 1)")
    expect(formula).to_be_hidden()
    page.locator("summary").first.click()
    expect(formula).to_be_visible()
    context.close()


def test_every_screen_of_people_with_accounts_is_among_the_owners_addresses() -> None:
    """So that none is forgotten below."""
    closed = {name for name, roles in SCREENS.items() if roles}
    asked = {address.partition("?")[0].strip("/") or START for address in OWNERS_ADDRESSES}
    assert closed - asked == set()


@pytest.fixture(scope="module")
def untouched_server(demo_server: Server) -> Iterator[Server]:
    """The demo's database on a server that nobody with an account has come to."""
    with serving(demo_server.database) as server:
        yield server


def _workshop(server: Server) -> str:
    """The code of the demo's workshop."""
    with closing(open_store(server.database)) as store:
        return store.workshops.of(store.organisations.all()[0])[-1].code


@pytest.mark.parametrize("address", OWNERS_ADDRESSES)
def test_a_stranger_who_comes_first_after_a_start_sees_nothing(
    real_browser: Browser, untouched_server: Server, address: str
) -> None:
    """Every owner's address, asked for before anybody else came, shows nothing of anybody's."""
    context = real_browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(untouched_server.url + address.replace("THE_CODE", _workshop(untouched_server)))
    expect(page.get_by_text("Öffnen Sie den Link oder scannen Sie")).to_be_visible()
    text = settled(page).inner_text("body")
    context.close()
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_set_up_link_works_once(real_browser: Browser, tmp_path: Path) -> None:
    """The second browser that opens it is told so and sees nothing."""
    with serving(tmp_path / "once.db") as server:
        first, second = real_browser.new_context(), real_browser.new_context(locale="de-DE")
        set_up(first.new_page(), server)
        page = second.new_page()
        answer = page.goto(server.begin)
        assert answer is not None
        assert answer.status == 403
        expect(page.get_by_text("Jeder Link gilt nur einmal")).to_be_visible()
        page.goto(server.url)
        expect(page.get_by_text("Öffnen Sie den Link oder scannen Sie")).to_be_visible()
        first.close()
        second.close()


def test_signing_out_shuts_the_door_and_signing_in_leads_back(
    real_browser: Browser, tmp_path: Path
) -> None:
    """A stranger again, also after a reload; then on to the screen that was asked for."""
    with serving(tmp_path / "out.db") as server:
        context = real_browser.new_context(locale="de-DE")
        page = set_up(context.new_page(), server)
        settled(page).get_by_role("link", name="Abmelden").click()
        page.get_by_role("button", name="Abmelden", exact=True).click()
        expect(page.get_by_role("heading", name="Abgemeldet")).to_be_visible()
        page.goto(f"{server.url}/accounts?lang=de")
        expect(page.get_by_text("Öffnen Sie den Link oder scannen Sie")).to_be_visible()
        page.reload()
        settled(page).get_by_role("link", name="Anmelden").click()
        sign_in(page)
        expect(settled(page).get_by_role("heading", name="Konten", exact=True)).to_be_visible()
        context.close()


def test_neither_a_reload_nor_a_restart_of_the_server_signs_anybody_out(
    real_browser: Browser, tmp_path: Path
) -> None:
    """The session is in the store, not in the page's connection."""
    context = real_browser.new_context(locale="de-DE")
    page = context.new_page()
    with serving(tmp_path / "again.db") as server:
        settled(set_up(page, server))
        page.reload()
        expect(settled(page).get_by_text("Angemeldet: Ada Apfel")).to_be_visible()
    with serving(tmp_path / "again.db") as server:
        assert server.begin == f"{server.url}/sign-in"
        page.goto(f"{server.url}/accounts")
        expect(settled(page).get_by_role("heading", name="Konten", exact=True)).to_be_visible()
    context.close()


def test_the_questionnaire_is_a_screen_too(real_browser: Browser, demo_server: Server) -> None:
    """The same five questions in the app: what is missing is named, then it is stored once."""
    context = real_browser.new_context(viewport=PHONE, locale="de-DE")
    page = context.new_page()
    page.goto(f"{demo_server.url}/answer?wave=muster26")
    before = _responses(demo_server)
    settled(page)
    for number in range(1, 5):
        statement = page.get_by_role("radiogroup", name=f"Aussage {number} von 5")
        statement.get_by_text("trifft ziemlich zu").click()
    page.get_by_role("button", name="Absenden").click()
    expect(page.get_by_text("Aussage 5: Bitte wählen Sie")).to_be_visible()
    expect(page.get_by_text("Ihr Bereich: Bitte wählen Sie")).to_be_visible()
    last = page.get_by_role("radiogroup", name="Aussage 5 von 5")
    last.get_by_text("Kann ich nicht beurteilen").click()
    page.get_by_role("combobox", name="Ihr Bereich").press_sequentially("Lager")
    page.get_by_role("option", name="Logistik / Lager").click()
    page.get_by_role("button", name="Absenden").dblclick()
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
    context.close()
    assert _responses(demo_server) == before + 1


def test_a_screen_speaks_the_language_of_the_address(owner_page: Page, demo_server: Server) -> None:
    """English by ?lang=en in a German browser, and links keep it."""
    owner_page.goto(f"{demo_server.url}/?lang=en")
    assert owner_page.get_attribute("html", "lang") == "en"
    settled(owner_page).get_by_role("link", name="See results").click()
    expect(owner_page.get_by_role("heading", name="What matters most")).to_be_visible()
    assert "lang=en" in owner_page.url


@pytest.mark.parametrize("view", ["results", "gaps", "heatmap", "distributions", "priorities"])
def test_the_app_loads_nothing_from_outside_and_breaks_no_policy(
    owner_page: Page, demo_server: Server, view: str
) -> None:
    """Every request of the heaviest screens goes to our server; the policy blocks nothing."""
    asked: list[str] = []
    complaints: list[str] = []
    owner_page.on("request", lambda request: asked.append(request.url))
    owner_page.on("console", lambda message: complaints.append(message.text))
    owner_page.goto(f"{demo_server.url}/{view}?wave=muster25")
    shown = settled(owner_page).locator(".heat" if view == "heatmap" else ".js-plotly-plot").first
    expect(shown).to_be_visible()
    ours = (demo_server.url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []
    assert [text for text in complaints if "Content Security Policy" in text] == []


def _responses(server: Server) -> int:
    with closing(sqlite3.connect(server.database)) as db:
        return int(db.execute("SELECT count(*) FROM response").fetchone()[0])
