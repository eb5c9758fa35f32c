"""How employees are spoken to: Sie or du, Swiss spelling, in which language."""

import re
from datetime import date

import pytest

from data.model import Address, Organisation, Profile
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from survey.wording import LANGUAGES, wording, wording_for
from tests.survey.test_wording import HOUSE, catalogue, gaps, informal, mentioned_keys

FORMAL = re.compile(r"\b(Sie|Ihnen|Ihr(e[mnrs]?)?)\b")
INFORMAL = re.compile(r"\b(du|dich|dir|dein(e[mnrs]?)?)\b", re.IGNORECASE)
EMPLOYEES_ROOMS = (
    "survey/form",
    "survey/phone",
    "survey/submission.py",
    "survey/screens/answer.py",
    "survey/screens/answer_door.py",
    "survey/workshop/wall",
)
SWISS_DU = Profile(address=Address.DU, swiss=True)


def firm(profile: Profile) -> Organisation:
    """An organisation that speaks like this."""
    return Organisation(1, "Muster GmbH", profile=profile)


def employees_keys() -> set[str]:
    """Every text that an employee can meet once it is known whose they are."""
    named = {key for room in EMPLOYEES_ROOMS for key in mentioned_keys(HOUSE / room)}
    listed = {key for key in catalogue("de") if key.startswith(("form.", "sheet.", "state."))}
    return named | listed | {"error.wave_gone", "trouble.no_javascript"}


# Sie and du


def test_whatever_says_sie_to_an_employee_can_say_du() -> None:
    """Every text of the form, its errors, its thanks and its sheet.

    None of them begins a sentence with a "Sie" that means "they": no reader has to wonder.
    """
    keys = employees_keys()
    assert len(keys) > 100
    formal = {key for key in keys if any(FORMAL.search(text) for text in catalogue("de")[key])}
    assert formal - informal().keys() == set()


def test_no_informal_text_says_sie() -> None:
    """Nobody is addressed both ways in one sentence."""
    assert [key for key, (text,) in informal().items() if FORMAL.search(text)] == []


def test_informal_texts_stand_for_formal_ones_with_the_same_gaps() -> None:
    """One that is no different is not written twice, and none stands for nothing."""
    for key, (text,) in informal().items():
        (formal,) = catalogue("de")[key]
        assert FORMAL.search(formal), key
        assert gaps(text) == gaps(formal), key
        assert text == text.strip(), key


def test_an_organisation_decides_how_its_employees_are_addressed() -> None:
    """The consultants' wording stays as it is, whatever was asked for before."""
    du = wording_for(firm(Profile(address=Address.DU)), "de")
    assert (
        du("form.thanks_stored")
        == "Deine Antworten sind gespeichert. Du kannst diese Seite schließen."
    )
    assert du("form.send") == "Absenden"
    assert FORMAL.search(wording_for(firm(Profile()), "de")("form.thanks_stored"))
    assert FORMAL.search(wording("de")("form.thanks_stored"))


def test_english_knows_one_way_only() -> None:
    """Sie, du and Swiss spelling change nothing in it."""
    assert wording_for(firm(SWISS_DU), "en") is wording("en")


def test_no_statement_addresses_the_one_who_answers() -> None:
    """So the instrument needs no second form."""
    instrument = load_instrument(FIVE_QUESTIONS)
    texts = [item.text["de"] for item in instrument.items()]
    assert [t for t in texts if FORMAL.search(t) or INFORMAL.search(t)] == []


# Swiss spelling


@pytest.mark.parametrize("profile", [Profile(swiss=True), SWISS_DU])
def test_swiss_texts_have_no_sharp_s_and_their_own_quotation_marks(profile: Profile) -> None:
    """Every text of the catalogue, with du as with Sie."""
    say = wording_for(firm(profile), "de")
    for key, texts in catalogue("de").items():
        filled = dict.fromkeys(set().union(*map(gaps, texts)) - {"number"}, "x")
        plural = len(texts) > 1
        spelled = say.count(key, 2, **filled) if plural else say(key, number="x", **filled)
        assert not re.search("[ßẞ„“‚‘]", spelled), key
        assert spelled.count("«") == spelled.count("»"), key
    assert say("form.not_open_draft", wave="x").startswith("Die Befragung «x» hat")


def test_swiss_spelling_holds_for_the_statements_too() -> None:
    """They are in the instrument, not in the catalogue: "dieselben Massstäbe"."""
    say = wording_for(firm(Profile(swiss=True)), "de")
    item = next(i for i in load_instrument(FIVE_QUESTIONS).items() if i.id == "EO7")
    assert "Massstäbe" in say.spelled(item.text["de"])
    assert wording("de").spelled(item.text["de"]) == item.text["de"]


def test_what_people_wrote_themselves_is_not_respelled() -> None:
    """A firm called "Maß & Söhne" is called so in Switzerland as well."""
    say = wording_for(firm(Profile(swiss=True)), "de")
    assert "„Maß“ & Söhne" in say("form.who", organisation="„Maß“ & Söhne")


def test_numbers_and_days_are_written_as_the_swiss_do() -> None:
    """An apostrophe between thousands, a point before decimals."""
    say = wording_for(firm(Profile(swiss=True)), "de")
    assert say.number(1234567.5, 1) == "1’234’567.5"
    assert say.percent(0.62) == "62%"
    assert say.day(date(2026, 3, 2)) == "2. März 2026"
    assert say.tag == "de-CH"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_wish_every_language_is_as_before(language: str) -> None:
    """One wording for consultants and employees, read once."""
    assert wording_for(firm(Profile()), language) is wording(language)
