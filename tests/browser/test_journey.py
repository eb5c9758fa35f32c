"""The whole way in one go: from an empty computer to what leaders and employees read.

Everything happens in real browsers against the real server; each person has an own one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, set_up, settled
from tests.browser.server import Server, serving
from tests.browser.steps import (
    ITEMS,
    answer_by_http,
    choose,
    fill_in,
    follow,
    new_account,
    password_link,
    poster_addresses,
    press,
    sees,
    sees_nowhere,
    set_password,
    type_into,
    upload,
    workbook,
)
from tests.people import OTHER_PASSWORD

FIRM = "Muster & Söhne"
TREE = (
    ("Bereich", "Personen", "Kundenkontakt"),
    ("Vertrieb", 40, "ja"),
    ("Vertrieb/Nord", 20, "ja"),
    ("Vertrieb/Süd", 20, "ja"),
    ("Lager", 16, "nein"),
)
FURTHER = 8
"""How many more answer in each department, besides the phone one sees."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody's own browser."""

    browser: Browser
    server: Server

    @contextmanager
    def somebody(self) -> Iterator[Page]:
        """Somebody at a desk who has never been here."""
        context = self.browser.new_context(viewport=DESKTOP, locale="de-DE", accept_downloads=True)
        yield context.new_page()
        context.close()

    @contextmanager
    def phone(self) -> Iterator[Page]:
        """An employee's phone, which runs no JavaScript."""
        context = self.browser.new_context(
            viewport=PHONE, locale="de-DE", java_script_enabled=False, has_touch=True
        )
        yield context.new_page()
        context.close()


@pytest.fixture
def people(real_browser: Browser, tmp_path: Path) -> Iterator[People]:
    """A server that was started for the first time, and people with browsers."""
    with serving(tmp_path / "journey.db") as server:
        yield People(real_browser, server)


def test_from_the_first_start_to_what_everybody_reads(people: People) -> None:
    """An owner sets up, a consultant asks, phones answer, a leader and employees read."""
    with people.somebody() as owner, people.somebody() as consultant:
        set_up(owner, people.server)
        found_the_firm(owner)
        departments_come_from_a_file(owner)
        links = accounts_are_made(owner)
        a_demo_stands_beside_it(owner)
        set_password(consultant, links["consultant"], OTHER_PASSWORD)
        the_consultant_sees_one_organisation(consultant)
        the_draft_is_edited_and_opened(consultant)
        posters = the_posters_are_downloaded(consultant)
        phones_answer_at_once(people, posters)
        the_participation_is_shown(consultant, 3 * (FURTHER + 1))
        wave = the_wave_is_closed_and_released(consultant)
    with people.somebody() as leader:
        set_password(leader, links["leader"], OTHER_PASSWORD)
        the_leader_reads_their_part_first(leader)
        the_leader_finds_nothing_else(people.server, leader, wave)
    an_employee_reads_the_overview(people, posters["Nord"])


def found_the_firm(owner: Page) -> None:
    """A name, and the rest later."""
    follow(settled(owner), "Organisation einrichten")
    type_into(owner, "Name der Organisation", FIRM)
    press(owner, "Anlegen und zum Entwurf")
    sees(owner, "Ein Entwurf: Noch kann niemand antworten")


def departments_come_from_a_file(owner: Page) -> None:
    """From the draft to the departments; what the Excel file changes is read before it is saved."""
    follow(settled(owner), "Bereiche")
    upload(owner, "Bereiche.xlsx", workbook(TREE))
    sees(owner, "4 Bereiche gelesen.", "Das ändert sich")
    changes = owner.locator("table", has_text="Vertrieb / Nord").last
    expect(changes.locator("tbody tr")).to_have_count(4)
    expect(changes.locator("tr", has_text="Lager")).to_contain_text("16 · ohne Kundenkontakt")
    press(owner, "Änderungen übernehmen")
    sees(owner, "Gespeichert.")


def accounts_are_made(owner: Page) -> dict[str, str]:
    """A consultant of this organisation, and a leader who sees the sales department first."""
    follow(owner, "Konten")
    new_account(owner, "Cem Berater", "cem@example.org", "Beratung", FIRM)
    links = {"consultant": password_link(owner, "cem@example.org")}
    new_account(owner, "Lea Leiterin", "lea@example.org", "Leitung", FIRM)
    choose(owner, "zuerst zu sehen ist", "Vertrieb")
    links["leader"] = password_link(owner, "lea@example.org")
    row = owner.locator("tr", has_text="lea@example.org")
    expect(row).to_contain_text(f"{FIRM}: Vertrieb")
    return links


def a_demo_stands_beside_it(owner: Page) -> None:
    """Another organisation, released already, which is nobody's but the owner's."""
    follow(owner, "Befragungen")
    press(owner, "Demo anlegen")
    sees(owner, "Apfel & Birne")


def the_consultant_sees_one_organisation(consultant: Page) -> None:
    """Theirs; and neither accounts nor the log."""
    sees(consultant, FIRM)
    sees_nowhere(consultant, "Apfel & Birne", "Konten", "Tätigkeitsprotokoll")


def the_draft_is_edited_and_opened(consultant: Page) -> None:
    """A larger smallest group, an end, an overview for everybody; then opened knowingly."""
    follow(consultant, "Verwalten")
    type_into(consultant, "Kleinste Gruppe, die gezeigt wird", "6")
    consultant.get_by_text("Schließt von selbst", exact=True).click()
    consultant.get_by_text("Übersicht für alle Befragten nach der Freigabe").click()
    sees(consultant, "Speichern Sie zuerst Ihre Änderungen.")
    press(consultant, "Speichern")
    sees(consultant, "Alles gespeichert.", "Das Ende ist festgelegt.")
    press(consultant, "Befragung öffnen …")
    sees(consultant, "Ab jetzt kann jeder mit einem Link antworten.")
    press(consultant, "Ja, jetzt öffnen")
    sees(consultant, "Befragung schließen …")


def the_posters_are_downloaded(consultant: Page) -> dict[str, str]:
    """One PDF with a page for each; the addresses of three, by their departments' last names."""
    follow(consultant, "Einladungen und Aushänge")
    with consultant.expect_download() as taken:
        consultant.get_by_role("link", name="Alle Aushänge (PDF, A4)").click()
    pages = poster_addresses(Path(taken.value.path()).read_bytes())
    everybody, departments = 1, len(TREE) - 1
    assert len(pages) == everybody + departments
    found = {
        name: address
        for name in ("Nord", "Süd", "Lager")
        for text, address in pages.items()
        if name in text
    }
    assert len(set(found.values())) == 3
    follow(consultant, "Zurück zur Befragung")
    return found


def phones_answer_at_once(people: People, posters: dict[str, str]) -> None:
    """Three phones open three posters, fill in side by side and send; then others do."""
    with people.phone() as north, people.phone() as south, people.phone() as store:
        phones = {"Nord": north, "Süd": south, "Lager": store}
        for name, phone in phones.items():
            phone.goto(posters[name])
            expect(phone.get_by_text(name).first).to_be_visible()
        for value, phone in enumerate(phones.values(), 2):
            fill_in(phone, dict.fromkeys(ITEMS, value))
        for phone in phones.values():
            phone.locator("button.send").click(no_wait_after=True)
        for phone in phones.values():
            expect(phone.get_by_role("heading", name="Danke!")).to_be_visible()
    for base, address in enumerate(posters.values(), 1):
        for number in range(FURTHER):
            answers = {item: (base + number + place) % 5 + 1 for place, item in enumerate(ITEMS)}
            answer_by_http(people.server, address, answers)


def the_participation_is_shown(consultant: Page, number: int) -> None:
    """The whole organisation's exact number, and nobody's exact number besides."""
    consultant.reload()
    sees(settled(consultant), f"{number} von 56 Personen haben geantwortet")
    table = consultant.locator("table", has_text="Vertrieb / Nord").locator("visible=true")
    assert str(FURTHER + 1) not in table.inner_text()


def the_wave_is_closed_and_released(consultant: Page) -> str:
    """Each of the two is asked once more; the code of the wave."""
    press(consultant, "Befragung schließen …")
    press(consultant, "Ja, schließen")
    sees(consultant, "Ergebnisse freigeben")
    press(consultant, "Freigeben …")
    press(consultant, "Ja, endgültig freigeben")
    sees(consultant, "Die Ergebnisse sind festgeschrieben.")
    wave = consultant.url.partition("wave=")[2].partition("&")[0]
    follow(consultant, "Ergebnisse ansehen")
    sees(consultant, f"Ergebnisse: {FIRM}")
    return wave


def the_leader_reads_their_part_first(leader: Page) -> None:
    """Sales above everything else, then the whole organisation."""
    sees(leader, FIRM)
    sees_nowhere(leader, "Apfel & Birne", "Konten", "Verwalten")
    follow(leader, "Ergebnisse ansehen")
    headings = leader.locator("h2").all_inner_texts()
    assert headings[0] == "Ihr Bereich: Vertrieb"
    assert "Das Wichtigste" in headings[1:]


def the_leader_finds_nothing_else(server: Server, leader: Page, wave: str) -> None:
    """Neither how the wave is run, nor accounts, nor what another organisation has."""
    for screen in (f"wave?wave={wave}", f"invitations?wave={wave}", "accounts", "setup"):
        leader.goto(f"{server.url}/{screen}")
        sees(leader, "Das gehört nicht zu Ihrem Konto")
    for screen in ("results?wave=muster25", "expectations?wave=muster26"):
        leader.goto(f"{server.url}/{screen}")
        sees(leader, "Das gibt es hier nicht")
        sees_nowhere(leader, "Apfel", "Kundendienst")


def an_employee_reads_the_overview(people: People, address: str) -> None:
    """The same poster, scanned again."""
    with people.phone() as phone:
        phone.goto(address)
        expect(phone.get_by_role("heading", name="Ergebnisse: Kundenkompass")).to_be_visible()
        expect(phone.get_by_text(FIRM).first).to_be_visible()
        assert phone.locator("form").count() == 0
        assert "Vertrieb" not in phone.inner_text("main")
