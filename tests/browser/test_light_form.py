"""An employee answers: on a small phone, without JavaScript, in either language."""

import sqlite3
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.server import Server

CODE = "muster26"
ITEMS = ("CP1", "EO1", "TB1", "BO1", "SO1")


def responses(server: Server) -> int:
    """How many responses the open wave has, read from the file."""
    with sqlite3.connect(server.database) as db:
        query = "SELECT count(*) FROM response JOIN wave ON wave.id = wave_id WHERE code = ?"
        found = db.execute(query, [CODE]).fetchone()
    db.close()
    return int(found[0])


@pytest.fixture
def open_form(plain_phone: BrowserContext, demo_server: Server) -> Iterator[Page]:
    """The empty questionnaire on the phone."""
    page = plain_phone.new_page()
    page.goto(f"{demo_server.url}/q/{CODE}")
    yield page
    page.close()


def fill(page: Page, *, without: str = "") -> None:
    """Choose a department and an answer everywhere but at one item."""
    page.select_option("#department", index=3)
    for item in ITEMS:
        if item != without:
            page.check(f'input[name="{item}"][value="4"]')


def test_an_employee_answers_on_a_phone_without_javascript(
    open_form: Page, demo_server: Server
) -> None:
    """Fill in, send, be thanked; one response more is in the database."""
    before = responses(demo_server)
    fill(open_form)
    open_form.check('input[name="position"][value="no"]')
    open_form.click("button.send")
    expect(open_form.get_by_role("heading", name="Danke!")).to_be_visible()
    assert responses(demo_server) == before + 1


def test_what_happens_to_the_answers_is_said_before_the_first_question(open_form: Page) -> None:
    """Who asks, how long it takes, what is stored, from how many people on, that it is final."""
    text = open_form.inner_text("main")
    asked = text.index("Aussage 1 von 5")
    for promise in (
        "Apfel & Birne",
        "keine drei Minuten",
        "kein Name",
        "ab 5 Personen",
        "zurückholen",
    ):
        assert text.index(promise) < asked, promise


def test_a_missing_answer_is_named_and_nothing_typed_is_lost(
    open_form: Page, demo_server: Server
) -> None:
    """The third question is left out: it is named, the rest is as it was, nothing is stored."""
    before = responses(demo_server)
    fill(open_form, without="TB1")
    open_form.locator("details.comment").first.locator("summary").click()
    open_form.fill("#comment_customer_perspective", "Die Kundin wartet zu lange.")
    open_form.click("button.send")
    expect(open_form.get_by_role("alert")).to_contain_text("Aussage 3")
    expect(open_form.locator("#comment_customer_perspective")).to_have_value(
        "Die Kundin wartet zu lange."
    )
    assert open_form.input_value("#department") != ""
    assert [open_form.is_checked(f'input[name="{i}"][value="4"]') for i in ITEMS] == [
        item != "TB1" for item in ITEMS
    ]
    assert responses(demo_server) == before
    open_form.check('input[name="TB1"][value="0"]')
    open_form.click("button.send")
    expect(open_form.get_by_role("heading", name="Danke!")).to_be_visible()
    assert responses(demo_server) == before + 1


def test_going_back_and_sending_again_stores_nothing_twice_and_says_so(
    open_form: Page, demo_server: Server
) -> None:
    """The form a person goes back to carries the key of the response that stands."""
    before = responses(demo_server)
    fill(open_form)
    open_form.click("button.send")
    expect(open_form.get_by_text("Ihre Antworten sind gespeichert")).to_be_visible()
    open_form.go_back()
    fill(open_form)
    open_form.click("button.send")
    expect(open_form.get_by_text("die späteren zählen nicht")).to_be_visible()
    assert responses(demo_server) == before + 1


def test_nobody_is_thanked_who_has_not_answered(demo_server: Server) -> None:
    """The address of the thanks, typed or guessed, leads to the form."""
    for proof in ("", "?proof=forged", "?proof=Im11c3RlcjI2Ig.AAAA"):
        answer = httpx.get(f"{demo_server.url}/q/{CODE}/thanks{proof}")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"/q/{CODE}?")


def test_a_double_click_stores_one_response(real_browser: Browser, demo_server: Server) -> None:
    """Two clicks on the button within one breath are one submission."""
    before = responses(demo_server)
    context = real_browser.new_context(viewport=PHONE, locale="de-DE")
    page = context.new_page()
    page.goto(f"{demo_server.url}/q/{CODE}")
    fill(page)
    page.dblclick("button.send")
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
    context.close()
    assert responses(demo_server) == before + 1


def test_the_language_is_the_browsers_and_can_be_switched_without_losing_anything(
    real_browser: Browser, demo_server: Server
) -> None:
    """An English browser gets English; the switch to German keeps what was chosen."""
    context = real_browser.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_server.url}/q/{CODE}")
    assert page.get_attribute("html", "lang") == "en"
    expect(page.get_by_role("radio", name="does not apply at all").first).to_be_visible()
    fill(page)
    page.get_by_role("button", name="Deutsch").click()
    assert page.get_attribute("html", "lang") == "de"
    assert all(page.is_checked(f'input[name="{item}"][value="4"]') for item in ITEMS)
    assert page.input_value("#department") != ""
    context.close()


def test_the_form_can_be_filled_in_with_the_keyboard_alone(
    open_form: Page, demo_server: Server
) -> None:
    """Tab to each question, arrow to an answer, Enter on the button."""
    before = responses(demo_server)
    open_form.focus("#department")
    open_form.keyboard.press("ArrowDown")
    for item in ITEMS:
        open_form.keyboard.press("Tab")
        while open_form.evaluate("document.activeElement.name") != item:
            open_form.keyboard.press("Tab")
        open_form.keyboard.press("Space")
        open_form.keyboard.press("ArrowDown")
        assert open_form.is_checked(f'input[name="{item}"][value="2"]')
    while open_form.evaluate("document.activeElement.className") != "send":
        open_form.keyboard.press("Tab")
    open_form.keyboard.press("Enter")
    expect(open_form.get_by_role("heading", name="Danke!")).to_be_visible()
    assert responses(demo_server) == before + 1


def test_the_form_is_one_request_of_at_most_15_kb(
    real_browser: Browser, demo_server: Server
) -> None:
    """A cold phone asks once and gets everything, headers included."""
    context = real_browser.new_context(viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{demo_server.url}/q/{CODE}", wait_until="networkidle")
    assert answer is not None
    sizes = answer.request.sizes()
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [f"{demo_server.url}/q/{CODE}"]
    assert sizes["responseBodySize"] + sizes["responseHeadersSize"] <= 15_000


def test_a_department_link_says_how_the_department_is_reported(
    plain_phone: BrowserContext, demo_server: Server
) -> None:
    """Who comes through a department's link is told its name and not asked for it."""
    with sqlite3.connect(demo_server.database) as db:
        query = (
            "SELECT invitation.code, department.name FROM invitation"
            " JOIN department ON department.id = department_id"
            " JOIN wave ON wave.id = invitation.wave_id"
            " WHERE wave.code = ? ORDER BY invitation.code"
        )
        code, name = db.execute(query, [CODE]).fetchone()
    db.close()
    page = plain_phone.new_page()
    page.goto(f"{demo_server.url}/q/{code}")
    expect(page.locator(".given")).to_contain_text(name)
    assert page.locator("#department").count() == 0


@pytest.mark.parametrize(
    ("path", "says"),
    [("nosuchcd", "Diesen Link gibt es nicht"), ("muster25", "Was die Befragung für")],
)
def test_a_link_that_leads_nowhere_says_so(
    plain_phone: BrowserContext, demo_server: Server, path: str, says: str
) -> None:
    """Unknown, or released with an overview: a page in words, and no form."""
    page = plain_phone.new_page()
    page.goto(f"{demo_server.url}/q/{path}")
    expect(page.locator("main")).to_contain_text(says)
    assert page.locator("form").count() == 0


@pytest.mark.parametrize("token", ["", "forged", "WyJtdXN0ZXIyNiIsIjAwIl0.AAAA"])
def test_a_form_that_the_server_did_not_sign_is_not_taken(demo_server: Server, token: str) -> None:
    """Without a signed key nothing is stored, and what was typed comes back."""
    before = responses(demo_server)
    fields = {"token": token, "department": "none", **dict.fromkeys(ITEMS, "3")}
    answer = httpx.post(f"{demo_server.url}/q/{CODE}", data=fields)
    assert answer.status_code == 422
    assert answer.text.count('value="3" checked') == len(ITEMS)
    assert responses(demo_server) == before


def test_a_submission_of_megabytes_is_refused_in_words(demo_server: Server) -> None:
    """More than a questionnaire can hold is not read to its end."""
    answer = httpx.post(f"{demo_server.url}/q/{CODE}", content=b"x" * 3_000_000)
    assert answer.status_code == 413
    assert "zu viele Daten" in answer.text


def test_markup_in_answers_comes_back_as_text(demo_server: Server) -> None:
    """What a person types is shown to them as they typed it, and never runs."""
    fields = {"token": "", "comment_customer_perspective": "</textarea><script>alert(1)</script>"}
    answer = httpx.post(f"{demo_server.url}/q/{CODE}", data=fields)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_every_empty_form_carries_a_key_of_its_own(demo_server: Server) -> None:
    """Two people who open the same link at once are two responses."""
    pages = [httpx.get(f"{demo_server.url}/q/{CODE}").text for _ in range(2)]
    tokens = [page.split('name="token" value="')[1].split('"')[0] for page in pages]
    assert tokens[0] != tokens[1]
    assert pages[0].replace(tokens[0], "") == pages[1].replace(tokens[1], "")
