"""A whole workshop in German: one facilitator with a projector and a second view, eight phones."""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from data.sqlite import open_store
from data.workshops import WorkshopPlan
from survey import running
from survey.results import load_results
from survey.workshop.agenda import steps_after
from tests.browser.conftest import DESKTOP, PHONE, set_up, settled
from tests.browser.server import Server, free_port, serving
from tests.browser.steps import PATIENCE

CODE = "K7M4XR"
TALKED = "back_office_involvement"
"""The dimension that this room talks about; BO1 is its item."""
CORES = ("CP1", "EO1", "TB1", "BO1", "SO1")


@dataclass(frozen=True, slots=True)
class Event:
    """A server with a prepared workshop, which can be started anew at the same address."""

    database: Path
    port: int
    running: ExitStack

    def start(self) -> Server:
        """Start the server, after ending the one that runs."""
        self.running.close()
        return self.running.enter_context(serving(self.database, self.port))


@pytest.fixture
def evening_before(tmp_path: Path) -> Iterator[Event]:
    """The demo organisation's workshop is prepared; nobody is in the room yet."""
    database = tmp_path / "kundenkompass.db"
    store = open_store(database)
    running.demo(store)
    wave = next(wave for wave in store.waves.all() if wave.code == "muster25")
    steps = steps_after(load_results(store, wave), (TALKED,))
    plan = WorkshopPlan("Gemeinsam für den Kunden", steps, wave.settings.instrument, 5, dots=2)
    store.workshops.add(wave.organisation, wave, plan, CODE)
    store.close()
    with ExitStack() as stack:
        yield Event(database, free_port(), stack)


def test_a_workshop_from_the_first_code_to_the_measures(
    evening_before: Event, real_browser: Browser
) -> None:
    """Phones drop out, tap twice and come too late; projector and server begin anew in mid-vote."""
    event = evening_before
    server = event.start()
    wall = _projector(real_browser, server)
    phones = _joined(real_browser, server, wall)
    _on(wall, "Raten: Was sagt die Befragung?")
    _guess(phones, wall)
    _on(wall, "Ergebnis der Befragung")
    expect(wall.locator(".wall")).to_contain_text("geraten")
    _on(wall, "Abstimmen – ")
    _vote_through_trouble(event, phones, wall)
    _on(wall, "Ergebnis der Befragung – ")
    _on(wall, "Sprechen – ")
    _on(wall, "Noch einmal abstimmen – ")
    _vote_again(phones, wall)


def _projector(browser: Browser, server: Server) -> Page:
    """The facilitator's laptop shows the workshop; the right arrow begins it."""
    context = browser.new_context(viewport=DESKTOP, locale="de-DE")
    wall = set_up(context.new_page(), server)
    wall.goto(f"{server.url}/projector?workshop={CODE}")
    expect(wall.locator(".wall")).to_contain_text("K7M 4XR", timeout=PATIENCE)
    settled(wall)
    _on(wall, "Willkommen")
    return wall


def _on(wall: Page, step: str) -> None:
    """The right arrow leads on to the step of this name."""
    heading = wall.locator("h1").filter(has_text=step)
    settled(wall).keyboard.press("ArrowRight")
    expect(heading).to_be_visible(timeout=PATIENCE)


def _space(wall: Page) -> None:
    """The space bar reveals."""
    settled(wall).keyboard.press("Space")


def _joined(browser: Browser, server: Server, wall: Page) -> list[Page]:
    """Seven phones scan the code on the wall, the eighth types it; all take part."""
    (scanned,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(wall.screenshot())))
    assert scanned.text == f"{server.url}/w/{CODE}"
    phones = [_phone(browser) for _ in range(8)]
    for phone in phones[1:]:
        phone.goto(scanned.text)
    phones[0].goto(f"{server.url}/w")
    phones[0].locator("input[name=code]").fill("k7m 4xr")
    phones[0].locator("button.send").click()
    _all_at_once(phones)
    for phone in phones:
        expect(phone.locator("h1")).to_have_text("Sie sind dabei")
    expect(wall.locator(".wall")).to_contain_text("8 Handys sind dabei", timeout=PATIENCE)
    return phones


def _phone(browser: Browser) -> Page:
    context = browser.new_context(viewport=PHONE, locale="de-DE", has_touch=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _all_at_once(phones: Sequence[Page]) -> None:
    """Every phone taps the large button; none waits for another."""
    for phone in phones:
        phone.evaluate("document.querySelector('button.send').click()")


def _fill(phone: Page, item: str, value: int) -> None:
    """Choose an answer, once the phone has followed the room to its question."""
    answer = phone.locator(f'input[name="{item}"][value="{value}"]')
    answer.check(timeout=PATIENCE)


def _guess(phones: Sequence[Page], wall: Page) -> None:
    """Everybody guesses; nothing is seen before it is revealed."""
    for phone in phones:
        for item in CORES:
            _fill(phone, item, 3)
    _all_at_once(phones)
    expect(wall.locator(".wall")).to_contain_text("8 von 8", timeout=PATIENCE)
    assert "3,0" not in wall.locator(".wall").inner_text()
    _space(wall)
    expect(wall.locator(".wall")).to_contain_text("3,0", timeout=PATIENCE)
    for phone in phones:
        expect(phone.locator("h1")).to_have_text("Aufgedeckt", timeout=PATIENCE)


def _vote_through_trouble(event: Event, phones: Sequence[Page], wall: Page) -> None:
    """Four vote 2 and are too few; a phone drops out, the server too; three vote 4, one is late."""
    board = wall.locator(".wall")
    for phone in phones[:4]:
        _fill(phone, "BO1", 2)
    phones[0].locator("button.send").dblclick()
    _all_at_once(phones[1:4])
    expect(board).to_contain_text("4 von 8", timeout=PATIENCE)
    _space(wall)
    expect(wall.get_by_role("alert")).to_contain_text("es fehlen noch 1", timeout=PATIENCE)
    for phone in phones[4:]:
        _fill(phone, "BO1", 4)
    phones[4].context.set_offline(True)
    event.start()
    wall.reload()
    expect(board).to_contain_text("4 von 8", timeout=PATIENCE)
    phones[4].context.set_offline(False)
    _all_at_once(phones[4:7])
    expect(board).to_contain_text("7 von 8", timeout=PATIENCE)
    _space(wall)
    # (4·2 + 3·4) / 7 = 2.857…
    expect(board).to_contain_text("2,9", timeout=PATIENCE)
    _all_at_once(phones[7:])
    late = phones[7].get_by_role("alert")
    expect(late).to_contain_text("Diese Runde ist schon aufgedeckt", timeout=PATIENCE)


def _vote_again(phones: Sequence[Page], wall: Page) -> None:
    """All eight vote 4 now, the late one too; the wall shows before and after."""
    phones[7].get_by_role("link").first.click()
    for phone in phones:
        _fill(phone, "BO1", 4)
    _all_at_once(phones)
    board = wall.locator(".wall")
    expect(board).to_contain_text("8 von 8", timeout=PATIENCE)
    _space(wall)
    expect(board).to_contain_text("4,0", timeout=PATIENCE)
    # 4 − 20/7 = 1.142…
    expect(board).to_contain_text("+1,1")
    expect(board).to_contain_text("vorher 2,9")
