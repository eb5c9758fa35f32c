"""The screens of waves: drafts, new ones, what is fixed, and two people at once. By AppTest."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.audit import AuditAct
from data.model import Address, Wave, WaveState
from data.store import Store
from survey import running
from survey.screens.places import SCREENS
from tests.data.samples import DAY, NEXT_DAY, short_settings
from tests.survey.test_screen_logic import (
    demo_house,
    empty_house,
    owners_cookie,
    pressed,
    visit,
    words,
)

__all__ = ["demo_house", "empty_house", "owners_cookie"]

WHO = "Bo Birne <bo@example.org>"
pytestmark = pytest.mark.usefixtures("owners_cookie")


@pytest.fixture
def draft(empty_house: Store) -> Wave:
    """A draft of a firm with one department."""
    firm = empty_house.organisations.add("Muster GmbH")
    empty_house.organisations.save_departments(firm, {("Lager",): 8})
    return empty_house.waves.add(firm, short_settings("Entwurf 26"), "draftdra")


def latest(store: Store, wave: Wave) -> Wave:
    return store.waves.find(wave.code)


def said(screen: AppTest) -> str:
    """Everything a screen says, warnings too, without the marks that keep text plain."""
    return (words(screen) + "\n".join(str(w.value) for w in screen.warning)).replace("\\", "")


def field(screen: AppTest, kind: str, label: str) -> object:
    return next(one for one in getattr(screen, kind) if one.label == label)


def buttons(screen: AppTest) -> dict[str, bool]:
    """Label → whether it can be pressed."""
    return {button.label: not button.disabled for button in screen.button}


# Setting up


def test_setting_up_ends_in_a_draft_of_the_first_wave(empty_house: Store) -> None:
    """With language and address as chosen; nothing is open."""
    screen = visit("setup")
    screen.text_input[0].set_value("Neue AG")
    field(screen, "radio", "Erste Sprache der Fragebögen").set_value("en")
    field(screen, "radio", "Anrede in deutschen Texten").set_value(Address.DU)
    screen.text_area[0].set_value("Lager; 8\nBüro; 6")
    pressed(screen, "Anlegen und zum Entwurf").run()
    (wave,) = empty_house.waves.all()
    profile = wave.organisation.profile
    assert (wave.state, profile.language, profile.address) == (
        WaveState.DRAFT,
        "en",
        Address.DU,
    )
    assert len(empty_house.waves.departments(wave)) == 2


def test_an_organisation_of_a_name_that_is_taken_is_told(draft: Wave, empty_house: Store) -> None:
    """The name stays in its field."""
    screen = visit("setup")
    screen.text_input[0].set_value("Muster GmbH")
    pressed(screen, "Anlegen und zum Entwurf").run()
    assert "Muster GmbH" in said(screen)
    assert screen.text_input[0].value == "Muster GmbH"
    assert empty_house.waves.all() == (draft,)


# New waves


def test_a_new_wave_begins_empty_or_as_a_copy(empty_house: Store, draft: Wave) -> None:
    """Each with a title that is free; both are drafts."""
    seen = replace(draft.settings, introduction="Warum wir fragen")
    running.change(empty_house, draft, seen, WHO, datetime.now(UTC))
    organisation = str(draft.organisation.id)
    pressed(visit("wave_new", organisation=organisation), "Entwurf anlegen").run()
    copying = visit("wave_new", organisation=organisation, copy=draft.code)
    assert copying.text_input[0].value == "Entwurf 26 (2)"
    pressed(copying, "Entwurf anlegen").run()
    _, empty, copied = empty_house.waves.all()
    assert (empty.settings.introduction, copied.settings.introduction) == ("", "Warum wir fragen")
    assert {empty.state, copied.state} == {WaveState.DRAFT}
    assert [e.act for e in empty_house.audit.read()][:2] == [AuditAct.WAVE_ADDED] * 2


@pytest.mark.parametrize("organisation", ["", "999", "abc"])
def test_a_new_wave_needs_an_organisation_of_ones_own(draft: Wave, organisation: str) -> None:
    """Without one, or with another's, there is no field and no button."""
    assert draft.state is WaveState.DRAFT
    screen = visit("wave_new", organisation=organisation)
    assert not screen.exception
    assert not screen.text_input
    assert not screen.button


def test_an_organisation_without_waves_is_still_on_the_list(empty_house: Store) -> None:
    """Otherwise it could not be reached after its first draft was thrown away."""
    empty_house.organisations.add("Leer AG")
    assert "Leer AG" in said(visit("start"))


# The draft


def test_a_draft_is_saved_only_by_its_button(empty_house: Store, draft: Wave) -> None:
    """What differs is marked as not saved, cannot be opened, and can be discarded."""
    screen = visit("wave", wave=draft.code)
    assert buttons(screen)["Speichern"] is False
    screen.text_area[0].set_value("Warum wir fragen").run()
    assert "Nicht gespeichert" in said(screen)
    assert "Speichern Sie zuerst" in said(screen)
    assert latest(empty_house, draft) == draft
    pressed(screen, "Änderungen verwerfen").run()
    assert screen.text_area[0].value == ""
    assert "Alles gespeichert" in said(screen)
    screen.text_area[0].set_value("Doch").run()
    pressed(screen, "Speichern").run()
    assert latest(empty_house, draft).settings.introduction == "Doch"
    assert "Alles gespeichert" in said(screen)
    assert empty_house.audit.read()[0].act is AuditAct.WAVE_CHANGED


def test_every_field_of_a_draft_reaches_the_wave(empty_house: Store, draft: Wave) -> None:
    """Own choice of statements, one language, groups, times in a zone, texts, days."""
    screen = visit("wave", wave=draft.code)
    field(screen, "text_input", "Titel der Befragung").set_value("Neuer Titel")
    field(screen, "radio", "Umfang").set_value("chosen").run()
    next(box for box in screen.checkbox if str(box.key).endswith("_CP2")).check()
    field(screen, "checkbox", "English").uncheck()
    field(screen, "radio", "Führungskräfte und alle anderen").set_value("divisions")
    field(screen, "radio", "Mit Kundenkontakt und alle anderen").set_value("none")
    screen.number_input[0].set_value(9)
    field(screen, "selectbox", "Zeitzone").set_value("Europe/London")
    field(screen, "checkbox", "Öffnet von selbst").check()
    field(screen, "checkbox", "Schließt von selbst").check().run()
    soon = date.today() + timedelta(days=40)
    field(screen, "date_input", "Schließt am").set_value(soon)
    screen.time_input[1].set_value(time(17, 30))
    screen.number_input[1].set_value(30)
    field(screen, "checkbox", "Übersicht für alle Befragten nach der Freigabe").check()
    screen.run()
    pressed(screen, "Speichern").run()
    assert not screen.error
    kept = latest(empty_house, draft).settings
    assert kept.title == "Neuer Titel"
    assert set(kept.items) == {*draft.settings.items, "CP2"}
    assert kept.languages == ("de",)
    assert (kept.position, kept.position_by_division) == (True, True)
    assert (kept.contact, kept.contact_by_division) == (False, False)
    assert (kept.smallest_group, kept.retention_days) == (9, 30)
    assert kept.staff_overview
    assert kept.opens_at is not None
    assert kept.opens_at.time() == time(8)
    assert kept.closes_at is not None
    assert (kept.closes_at.date(), kept.closes_at.time()) == (soon, time(17, 30))
    assert kept.zone == "Europe/London"


def test_a_time_that_does_not_exist_is_told_and_not_saved(empty_house: Store, draft: Wave) -> None:
    """Half past two on the night when clocks go forward in Berlin."""
    screen = visit("wave", wave=draft.code)
    field(screen, "checkbox", "Schließt von selbst").check().run()
    field(screen, "date_input", "Schließt am").set_value(date(2027, 3, 28))
    screen.time_input[0].set_value(time(2, 30)).run()
    assert "gibt es 02:30 Uhr in der Zeitzone Europe/Berlin nicht" in said(screen)
    pressed(screen, "Speichern").run()
    assert latest(empty_house, draft) == draft


def test_the_later_of_two_consultants_is_told_and_keeps_what_was_typed(
    empty_house: Store, draft: Wave
) -> None:
    """What the other one changed is named; what the person did not touch is the other's then."""
    screen = visit("wave", wave=draft.code)
    field(screen, "text_area", "Einleitungstext").set_value("Von mir").run()
    other = replace(draft.settings, retention_days=30)
    running.change(empty_house, draft, other, WHO, datetime.now(UTC))
    pressed(screen, "Speichern").run()
    assert latest(empty_house, draft).settings == other
    assert "Jemand anders hat inzwischen etwas geändert" in said(screen)
    assert "90 Tage → 30 Tage" in said(screen)
    assert field(screen, "text_area", "Einleitungstext").value == "Von mir"
    pressed(screen, "Meine Eingaben behalten").run()
    pressed(screen, "Speichern").run()
    kept = latest(empty_house, draft).settings
    assert (kept.introduction, kept.retention_days) == ("Von mir", 30)


def test_the_later_of_two_may_take_the_new_state(empty_house: Store, draft: Wave) -> None:
    """What was typed goes, because the person says so."""
    screen = visit("wave", wave=draft.code)
    field(screen, "text_area", "Einleitungstext").set_value("Von mir").run()
    other = replace(draft.settings, introduction="Von der anderen")
    running.change(empty_house, draft, other, WHO, datetime.now(UTC))
    screen.run()
    pressed(screen, "Neuen Stand übernehmen").run()
    assert field(screen, "text_area", "Einleitungstext").value == "Von der anderen"
    assert "Alles gespeichert" in said(screen)


def test_somebody_who_typed_nothing_just_sees_the_new_state(
    empty_house: Store, draft: Wave
) -> None:
    """There is nothing to decide."""
    screen = visit("wave", wave=draft.code)
    other = replace(draft.settings, introduction="Von der anderen")
    running.change(empty_house, draft, other, WHO, datetime.now(UTC))
    screen.run()
    assert field(screen, "text_area", "Einleitungstext").value == "Von der anderen"
    assert "Sie sehen den neuen Stand" in said(screen)


def test_what_somebody_else_changed_is_seen_before_it_is_opened(
    empty_house: Store, draft: Wave
) -> None:
    """The button was pressed beside other settings: nothing opens, and the new ones are shown."""
    screen = visit("wave", wave=draft.code)
    other = replace(draft.settings, smallest_group=12)
    running.change(empty_house, draft, other, WHO, datetime.now(UTC))
    pressed(screen, "Ja, jetzt öffnen").run()
    assert latest(empty_house, draft).state is WaveState.DRAFT
    assert "Sie sehen den neuen Stand" in said(screen)
    assert screen.number_input[0].value == 12
    pressed(screen, "Ja, jetzt öffnen").run()
    assert latest(empty_house, draft).state is WaveState.OPEN


def test_opening_goes_through_a_question_that_says_what_is_fixed(
    empty_house: Store, draft: Wave
) -> None:
    """Then the wave is open, and its settings are shown with the reason why they stay."""
    screen = visit("wave", wave=draft.code)
    assert "Danach stehen fest" in said(screen)
    pressed(screen, "Ja, jetzt öffnen").run()
    assert not screen.exception
    assert latest(empty_house, draft).state is WaveState.OPEN
    assert "stehen seit dem Öffnen fest" in said(screen)
    assert not screen.text_area


def test_a_draft_without_statements_says_so_and_does_not_open(
    empty_house: Store, draft: Wave
) -> None:
    """The list names it; the opening is refused also where somebody has the button still."""
    screen = visit("wave", wave=draft.code)
    bare = replace(draft.settings, items=())
    running.change(empty_house, draft, bare, WHO, datetime.now(UTC))
    pressed(screen, "Ja, jetzt öffnen").run()
    assert latest(empty_house, draft).state is WaveState.DRAFT
    assert "keine Aussage ausgewählt" in said(visit("wave", wave=draft.code))


def test_a_draft_that_opened_by_itself_meanwhile_is_shown_open(
    empty_house: Store, draft: Wave
) -> None:
    """Whoever was editing is told that what was not saved is not in it."""
    screen = visit("wave", wave=draft.code)
    screen.text_area[0].set_value("Zu spät").run()
    empty_house.waves.open(draft, DAY)
    pressed(screen, "Speichern").run()
    assert not screen.exception
    assert "wurde nicht übernommen" in said(screen)
    assert latest(empty_house, draft).settings.introduction == ""


def test_a_draft_is_deleted_by_the_confirming_button(empty_house: Store, draft: Wave) -> None:
    """Its organisation stays."""
    pressed(visit("wave", wave=draft.code), "Ja, Entwurf löschen").run()
    assert empty_house.waves.all() == ()
    assert empty_house.organisations.all() == (draft.organisation,)


# Open and closed


def test_the_end_of_an_open_wave_is_changed_and_said(demo_house: Store) -> None:
    """By its own small form."""
    screen = visit("wave", wave="muster26")
    field(screen, "checkbox", "Schließt von selbst").check().run()
    pressed(screen, "Speichern").run()
    closes = demo_house.waves.find("muster26").settings.closes_at
    assert closes is not None
    assert closes > datetime.now(UTC)
    assert "18:00 Uhr (Europe/Berlin)" in said(screen)


def test_a_closed_wave_reopens_until_a_new_end(demo_house: Store) -> None:
    """Its old end is past: it is said so, and not kept."""
    wave = demo_house.waves.find("muster26")
    past = replace(wave.settings, closes_at=datetime.now(UTC) - timedelta(hours=1))
    demo_house.waves.close(demo_house.waves.change(wave, past, NEXT_DAY), NEXT_DAY)
    screen = visit("wave", wave="muster26")
    assert "ist vorbei" in said(screen)
    pressed(screen, "Ja, wieder öffnen").run()
    reopened = demo_house.waves.find("muster26")
    assert (reopened.state, reopened.settings.closes_at) == (WaveState.OPEN, None)


@pytest.mark.usefixtures("demo_house")
def test_a_released_wave_has_nothing_left_to_change() -> None:
    """Its settings are shown with the reason; there is no field."""
    screen = visit("wave", wave="muster25")
    assert "Mit der Freigabe ist alles festgeschrieben" in said(screen)
    assert [*screen.text_input, *screen.checkbox, *screen.number_input] == []


# Targets


def test_targets_set_in_two_tabs_the_later_is_told(demo_house: Store) -> None:
    """What the other set is named; what was typed is still there and may be kept."""
    wave = demo_house.waves.find("muster26")
    screen = visit("expectations", wave="muster26")
    before = dict(demo_house.expectations.targets(wave)[()])
    other = {**before, "employee_orientation": 1.5}
    screen.text_input[0].set_value("4,9")
    demo_house.expectations.set_targets(wave, (), other)
    pressed(screen, "Ziele speichern").run()
    assert demo_house.expectations.targets(wave)[()] == other
    assert "Jemand anders hat" in said(screen)
    assert screen.text_input[0].value == "4,9"
    pressed(screen, "Meine Eingaben behalten").run()
    pressed(screen, "Ziele speichern").run()
    assert demo_house.expectations.targets(wave)[()] == {**before, "customer_perspective": 4.9}


# Everybody


def test_the_answer_screen_closes_at_the_end_and_shows_the_introduction(
    empty_house: Store, draft: Wave
) -> None:
    """The introduction is text; after the end there is no field, whatever the state."""
    now = datetime.now(UTC)
    text = replace(draft.settings, introduction="<b>Warum</b> **wir** fragen", languages=("de",))
    wave = running.open_wave(
        empty_house, running.change(empty_house, draft, text, WHO, now), WHO, now
    )
    screen = visit("answer", wave=wave.code)
    screen.query_params["lang"] = "en"
    screen.run()
    assert "<b>Warum</b> **wir** fragen" in said(screen)
    assert "Absenden" in buttons(screen)
    past = replace(wave.settings, closes_at=now - timedelta(seconds=1))
    empty_house.waves.change(wave, past, DAY)
    assert "ist beendet" in said(visit("answer", wave=wave.code))


def test_the_wave_screens_are_for_those_who_run_surveys() -> None:
    """Leaders read; they set up nothing."""
    assert SCREENS["wave_new"] == SCREENS["wave"] == SCREENS["setup"]
