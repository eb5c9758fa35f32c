"""The organisation's screen and the start screen, without a browser."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.model import Address, Organisation
from data.store import Store
from survey.house import house
from survey.screens.erase_section import ERASED
from tests.data.samples import DAY, short_settings
from tests.survey.test_employees_pages import ATTACKS
from tests.survey.test_logo import SVG, picture
from tests.survey.test_screen_logic import (  # noqa: F401 - fixtures
    demo_house,
    empty_house,
    owners_cookie,
    pressed,
    visit,
    words,
)

pytestmark = pytest.mark.usefixtures("owners_cookie")

NAME, CONTACT, PRIVACY = "Name der Organisation", "Wer Fragen beantwortet", "Eigene Hinweise"
CONFIRM = "Geben Sie zum Bestätigen den Namen ein"


@pytest.fixture
def one_firm(owners_cookie: str) -> Organisation:  # noqa: ARG001, F811
    """An organisation of the house."""
    return house().store.organisations.add("Muster GmbH")


def store() -> Store:
    """The house's store."""
    return house().store


def now(firm: Organisation) -> Organisation:
    """The organisation as it is kept."""
    return store().profiles.find(firm.id)


def opened(firm: Organisation) -> AppTest:
    """Its screen."""
    return visit("organisation", organisation=str(firm.id))


def named(widgets: object, label: str) -> object:
    """The field whose label begins like this."""
    return next(widget for widget in widgets if widget.label.startswith(label))


def said(screen: AppTest) -> str:
    """Everything it says, warnings and HTML included."""
    html = [part.proto.body for part in screen.get("html")]
    return "\n".join([words(screen), *(w.value for w in screen.warning), *html]).replace("\\", "")


def test_every_field_is_saved_together(one_firm: Organisation) -> None:
    """One button; afterwards the screen says so, and the fields hold what is kept."""
    screen = opened(one_firm)
    named(screen.text_input, NAME).set_value(" Muster  AG ")
    named(screen.radio, "Anrede").set_value(Address.DU)
    named(screen.radio, "Sprache").set_value("en")
    named(screen.checkbox, "Schweizer").set_value(True)
    named(screen.text_area, CONTACT).set_value("Anna\nTel. 1")
    named(screen.number_input, "Kleinste Gruppe").set_value(8)
    named(screen.number_input, "Antworten löschen").set_value(30)
    pressed(screen, "Speichern").run()
    assert "Gespeichert" in said(screen)
    saved = now(one_firm)
    assert saved.name == "Muster AG"
    profile = saved.profile
    assert (profile.language, profile.address, profile.swiss) == ("en", Address.DU, True)
    assert (profile.contact, profile.smallest_group, profile.retention_days) == (
        "Anna\nTel. 1",
        8,
        30,
    )
    assert named(screen.text_input, NAME).value == "Muster AG"


def test_a_colour_that_is_too_light_is_told_and_shown_darkened(one_firm: Organisation) -> None:
    """Before it is saved, and in the preview."""
    screen = opened(one_firm)
    named(screen.checkbox, "Eigene Akzentfarbe").set_value(True).run()
    screen.color_picker[0].set_value("#ffd000").run()
    assert "#ffd000 ist zu hell" in said(screen)
    assert "--accent:#ffd000" in said(screen)
    pressed(screen, "Speichern").run()
    assert now(one_firm).profile.accent == "#ffd000"
    named(screen.checkbox, "Eigene Akzentfarbe").set_value(False)
    pressed(screen.run(), "Speichern").run()
    assert now(one_firm).profile.accent is None


def test_what_is_wrong_is_said_and_what_was_typed_stays(one_firm: Organisation) -> None:
    """A name that another organisation has."""
    store().organisations.add("Andere GmbH")
    screen = opened(one_firm)
    named(screen.text_input, NAME).set_value("Andere GmbH")
    pressed(screen, "Speichern").run()
    assert "gibt es schon" in said(screen)
    assert named(screen.text_input, NAME).value == "Andere GmbH"
    assert now(one_firm) == one_firm


def test_of_two_people_the_later_one_is_told_and_nobody_loses_anything(
    one_firm: Organisation,
) -> None:
    """Both changed the contact; the other one also the name, this one also the address."""
    screen = opened(one_firm)
    other = replace(one_firm.profile, contact="Beat", smallest_group=9)
    store().profiles.change(one_firm, "Muster AG", other)
    named(screen.text_area, CONTACT).set_value("Anna")
    named(screen.radio, "Anrede").set_value(Address.DU)
    pressed(screen, "Speichern").run()
    assert "Jemand anders" in said(screen)
    assert "Hier übernommen: Name der Organisation und Kleinste Gruppe" in said(screen)
    assert "Gespeichert ist jetzt „Beat“" in said(screen)
    assert now(one_firm).profile == other
    assert named(screen.text_area, CONTACT).value == "Anna"
    assert named(screen.text_input, NAME).value == "Muster AG"
    pressed(screen, "Speichern").run()
    merged = now(one_firm)
    assert merged.name == "Muster AG"
    assert merged.profile == replace(other, contact="Anna", address=Address.DU)


def test_a_logo_is_looked_at_before_it_is_taken(one_firm: Organisation) -> None:
    """Uploading alone changes nothing; it can be removed again."""
    screen = opened(one_firm)
    screen.file_uploader[0].set_value(("logo.jpg", picture("JPEG"), "image/jpeg")).run()
    assert now(one_firm).logo is None
    assert "Das neue Logo" in said(screen)
    pressed(screen, "Dieses Logo verwenden").run()
    assert now(one_firm).logo is not None
    assert "Das neue Logo" not in said(screen)
    pressed(screen, "Logo entfernen").run()
    assert now(one_firm).logo is None


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (("logo.svg", SVG, "image/svg+xml"), "SVG-Dateien"),
        (("logo.png", b"no picture", "image/png"), "kein lesbares Bild"),
        (("logo.png", bytes(3_000_000), "image/png"), "zu groß"),
    ],
)
def test_a_file_that_is_no_logo_is_refused_in_words(
    one_firm: Organisation, file: tuple[str, bytes, str], text: str
) -> None:
    """And there is no button to take it."""
    screen = opened(one_firm)
    screen.file_uploader[0].set_value(file).run()
    assert not screen.exception
    assert text in said(screen)
    assert "Dieses Logo verwenden" not in [button.label for button in screen.button]


def test_a_logo_changed_by_somebody_else_is_not_replaced_unseen(one_firm: Organisation) -> None:
    """Their logo is on the screen before it can be replaced."""
    screen = opened(one_firm)
    screen.file_uploader[0].set_value(("logo.jpg", picture("JPEG"), "image/jpeg")).run()
    theirs = store().profiles.set_logo(one_firm, picture("PNG", (60, 20)))
    pressed(screen, "Dieses Logo verwenden").run()
    assert now(one_firm).logo == theirs.logo


@pytest.mark.usefixtures("demo_house")
def test_erasing_asks_for_the_name_and_says_what_goes(one_firm: Organisation) -> None:
    """A wrong name erases nothing, the right one everything of it and nothing of others."""
    screen = opened(one_firm)
    assert "0 Befragungen" in said(screen)
    named(screen.text_input, CONFIRM).set_value("Muster")
    pressed(screen, "Endgültig löschen").run()
    assert "Nichts wurde gelöscht" in said(screen)
    named(screen.text_input, CONFIRM).set_value("Muster GmbH")
    pressed(screen, "Endgültig löschen").run()
    assert not screen.exception
    assert screen.session_state[ERASED] == "Muster GmbH"
    assert [o.name for o in store().organisations.all()] == ["Apfel & Birne Waagenbau GmbH"]


@pytest.mark.parametrize("number", ["99", "x", "1 OR 1=1", "<script>"])
def test_an_organisation_that_is_not_theirs_is_not_there(number: str) -> None:
    """Whatever stands in the address."""
    screen = visit("organisation", organisation=number)
    assert not screen.exception
    assert "gibt es für Ihr Konto nicht" in said(screen)
    assert not screen.text_input


def test_without_an_organisation_the_screen_says_where_to_choose_one() -> None:
    """The address was typed by hand."""
    assert "Wählen Sie auf der Startseite" in said(visit("organisation"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_and_texts_are_text_on_every_screen(attack: str) -> None:
    """Neither HTML nor Markdown nor a gap of ours, on the start, organisation and form screens."""
    firm = store().organisations.add(attack)
    firm = store().profiles.change(
        firm, attack, replace(firm.profile, contact=attack, privacy=attack)
    )
    wave = store().waves.open(store().waves.add(firm, short_settings(attack), "attack22"), DAY)
    screens = (
        visit(),
        opened(firm),
        visit("answer", wave=wave.code),
        visit("wave", wave=wave.code),
        visit("expectations", wave=wave.code),
    )
    for screen in screens:
        assert not screen.exception
        assert "<script>" not in _html(screen)
        assert "<img src=x" not in _html(screen)
        for part in (*screen.title, *screen.header, *screen.markdown):
            assert "**fett**" not in part.value
            assert "](javascript" not in part.value


def _html(screen: AppTest) -> str:
    """What is drawn as HTML."""
    return "\n".join(part.proto.body for part in screen.get("html"))


# The start screen


def test_an_organisation_without_a_wave_is_on_the_start_screen(one_firm: Organisation) -> None:
    """With a way to its settings."""
    screen = visit()
    assert one_firm.name in said(screen)
    assert "noch keine Befragung" in said(screen)


@pytest.mark.usefixtures("demo_house")
def test_waves_are_listed_newest_first_with_what_they_need_next() -> None:
    """The open one before the released one."""
    text = said(visit())
    first = text.index("einladen, Beteiligung verfolgen")
    assert first < text.index("Ergebnisse besprechen")
