"""A whole workshop in German: one facilitator with a projector and a second view, eight phones."""

import io
import re
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
from tests.browser.steps import PATIENCE, press, type_into

CODE = "K7M4XR"
TALKED = "back_office_involvement"
"""The dimension that this room talks about; BO1 is its item."""
CORES = ("CP1", "EO1", "TB1", "BO1", "SO1")
AFTER_THE_TALK = "Wie sehen Sie es nach dem Gespräch?"
IDEAS = ("Ein Besuchstag beim Kunden", "Kunden zum Fest einladen", "Rückrufe am selben Tag")
MEASURE = "Einmal im Monat fährt jemand aus der Technik mit"


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
    desk = _second_view(wall, server)
    _ask(phones[2], wall, desk)
    _collect(phones, wall, desk)
    _give_dots(phones, wall)
    _agree(phones, wall, desk)
    _end(phones, wall, desk)
    _read_afterwards(desk, server)


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
    for phone in phones:
        expect(phone.locator("main")).to_contain_text(AFTER_THE_TALK, timeout=PATIENCE)
    for phone in phones:
        _fill(phone, "BO1", 4)
    _all_at_once(phones)
    for phone in phones:
        expect(phone.get_by_role("status").first).to_contain_text(
            "Ihre Stimme ist gezählt", timeout=PATIENCE
        )
    board = wall.locator(".wall")
    expect(board).to_contain_text("8 von 8", timeout=PATIENCE)
    _space(wall)
    expect(board).to_contain_text("4,0", timeout=PATIENCE)
    # 4 − 20/7 = 1.142…
    expect(board).to_contain_text("+1,1")
    expect(board).to_contain_text("vorher 2,9")


def _second_view(wall: Page, server: Server) -> Page:
    """What the facilitator alone sees, in another window of the same browser."""
    desk = wall.context.new_page()
    desk.goto(f"{server.url}/facilitator?workshop={CODE}")
    expect(desk.locator(".lead .now")).to_contain_text("Noch einmal abstimmen", timeout=PATIENCE)
    return settled(desk)


def _ask(phone: Page, wall: Page, desk: Page) -> None:
    """A question from the room reaches the wall by the facilitator only."""
    _on(wall, "Fragen aus dem Raum")
    expect(desk.locator(".lead .now")).to_contain_text("Fragen aus dem Raum", timeout=PATIENCE)
    settled(desk)
    expect(phone.locator("h1")).to_have_text("Offene Fragen", timeout=PATIENCE)
    phone.locator("#question").fill("Wer entscheidet das?")
    phone.get_by_role("button", name="Frage absenden").click()
    expect(phone.get_by_text("Ihre Frage ist angekommen.")).to_be_visible()
    press(desk, "Ansehen")
    desk.get_by_role("button", name="Auf die Leinwand").locator("visible=true").first.click()
    expect(wall.locator(".cards")).to_contain_text("Wer entscheidet das?", timeout=PATIENCE)


def _collect(phones: Sequence[Page], wall: Page, desk: Page) -> None:
    """Three ideas, one of them tapped twice; two of them are one group on the wall."""
    _on(wall, "Ideen sammeln")
    for phone, idea in zip(phones, IDEAS, strict=False):
        expect(phone.locator("h1")).to_have_text("Ihre Ideen", timeout=PATIENCE)
        phone.locator("#idea").fill(idea)
        phone.locator("button.send").dblclick()
        expect(phone.get_by_text("Ihre Idee ist angekommen.")).to_be_visible()
    expect(wall.locator(".collecting")).to_contain_text("3 Ideen", timeout=PATIENCE)
    expect(wall.locator(".wall")).not_to_contain_text(IDEAS[0])
    _space(wall)
    press(desk, "Alle zeigen")
    expect(wall.locator(".cards")).to_contain_text(IDEAS[2], timeout=PATIENCE)
    settled(desk)
    for idea in IDEAS[:2]:
        desk.get_by_text(idea).locator("visible=true").first.click(timeout=PATIENCE)
    type_into(desk, "Neue Gruppe", "Beim Kunden")
    press(desk, "Gruppieren")
    expect(wall.locator(".cards h2").first).to_contain_text("Beim Kunden", timeout=PATIENCE)


def _give_dots(phones: Sequence[Page], wall: Page) -> None:
    """Two dots each: six phones give both to the group, two to the idea that stands alone."""
    _on(wall, "Schwerpunkte setzen")
    for number, phone in enumerate(phones):
        wanted = "Beim Kunden" if number < 6 else IDEAS[2]
        choice = phone.locator("fieldset").filter(has_text=wanted)
        choice.locator('input[value="2"]').check(timeout=PATIENCE)
    _all_at_once(phones)
    expect(wall.locator(".wall")).to_contain_text("8 von 8", timeout=PATIENCE)
    _space(wall)
    lines = wall.locator(".given li")
    expect(lines).to_have_text([re.compile("Beim Kunden.*12"), re.compile(f"{IDEAS[2]}.*4")])


def _agree(phones: Sequence[Page], wall: Page, desk: Page) -> None:
    """What has the most dots becomes a measure, which every phone and the wall show."""
    _on(wall, "Maßnahmen vereinbaren")
    expect(desk.locator(".lead .now")).to_contain_text("Maßnahmen vereinbaren", timeout=PATIENCE)
    settled(desk).get_by_role("button", name="Beim Kunden").locator("visible=true").first.click()
    type_into(desk, "Was getan wird", MEASURE)
    type_into(desk, "Verantwortliche Rolle, nicht nur ein Name", "Leitung Technik")
    desk.get_by_role("group", name="Bis wann").get_by_role("spinbutton").first.click()
    desk.keyboard.type("30062027")
    press(desk, "Speichern")
    expect(wall.locator(".agreed")).to_contain_text(MEASURE, timeout=PATIENCE)
    for phone in phones:
        expect(phone.get_by_role("heading", name=MEASURE)).to_be_visible(timeout=PATIENCE)


def _end(phones: Sequence[Page], wall: Page, desk: Page) -> None:
    """The phones say so and keep what was agreed; a latecomer reads it, too."""
    _on(wall, "Abschluss")
    expect(desk.locator(".lead .now")).to_contain_text("Abschluss", timeout=PATIENCE)
    settled(desk)
    press(desk, "Workshop beenden")
    press(desk, "Ja, beenden")
    for phone in phones:
        expect(phone.locator("h1")).to_have_text("Der Workshop ist zu Ende", timeout=PATIENCE)
        expect(phone.get_by_role("heading", name=MEASURE)).to_be_visible()


def _read_afterwards(desk: Page, server: Server) -> None:
    """The protocol has before and after, dots and measure; the results follow the measure."""
    desk.goto(f"{server.url}/protocol?workshop={CODE}")
    paper = desk.locator(".kk-document")
    for told in (MEASURE, "Leitung Technik", "2,86", "4,00", "+1,14", "Beim Kunden", *IDEAS):
        expect(paper).to_contain_text(told, timeout=PATIENCE)
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="Markdown").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert MEASURE in text
    assert "Wer entscheidet das?" in text
    desk.goto(f"{server.url}/priorities?wave=muster25")
    expect(desk.locator(".measure").filter(has_text=MEASURE)).to_be_visible(timeout=PATIENCE)
