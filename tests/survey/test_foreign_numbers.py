"""Numbers and codes of somebody else, typed into addresses and forms, lead to nothing of theirs."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from streamlit.runtime.context import ContextProxy

from data.model import Organisation, Wave
from data.store import Store
from survey.screens.places import SCREENS
from tests.data.samples import short_settings
from tests.survey.everybody import (
    ADDRESS,
    CONSULTANT,
    NOBODY,
    OPEN,
    OWNER,
    RELEASED,
    STRANGER,
    all_words,
    browser_of,
    cookies_of,
)
from tests.survey.test_screen_logic import visit

ODD = ("9" * 5000, "-1", "1 OR 1=1", "\0", "../1", "٣", "1.0", "<b>", "x" * 9000, " 1")
KEYS = ("wave", "organisation", "copy", "department", "page", "who", "earlier", "code")


@pytest.fixture
def other_firm(started: Store) -> Organisation:
    """The stranger's organisation."""
    return next(o for o in started.organisations.all() if o.name == "Pflaume KG")


@pytest.fixture
def their_wave(started: Store, other_firm: Organisation) -> Wave:
    """A draft of the stranger's, with a department of its own."""
    started.organisations.save_departments(other_firm, {("Geheimlabor",): 30})
    settings = replace(short_settings("Geheime Welle"), introduction="Geheimes Vorwort")
    return started.waves.add(other_firm, settings, "g3heim99")


def answers_to(browser: TestClient, **more: str) -> dict[str, str]:
    """A form of the open wave, filled in."""
    page = browser.get(f"/q/{OPEN}").text
    token = page.split('name="token" value="')[1].split('"')[0]
    names = {name.split('"')[0] for name in page.split('type="radio" name="')[1:]}
    return {"token": token, **dict.fromkeys(names, "3"), **more}


def responses(store: Store) -> int:
    """How many the open wave has."""
    return sum(store.answers.per_day(store.waves.find(OPEN)).values())


def test_a_department_of_another_tree_is_no_department(started: Store, their_wave: Wave) -> None:
    """Not another organisation's, not another wave's, and not the living tree's."""
    browser, before = browser_of(NOBODY), responses(started)
    mine = started.waves.find(OPEN)
    trees = [
        started.organisations.departments(their_wave.organisation),
        started.organisations.departments(mine.organisation),
        started.waves.departments(started.waves.find(RELEASED)),
    ]
    for tree in trees:
        fields = answers_to(browser, department=str(tree[0].id))
        assert browser.post(f"/q/{OPEN}", data=fields).status_code == 422
    assert responses(started) == before
    own = str(started.waves.departments(mine)[0].id)
    fields = answers_to(browser, department=own)
    assert browser.post(f"/q/{OPEN}", data=fields).status_code == 303
    assert responses(started) == before + 1


def test_a_forms_token_is_good_for_its_own_link_only(started: Store, their_wave: Wave) -> None:
    """Neither another wave's form nor its thanks."""
    browser = browser_of(NOBODY)
    own = str(started.waves.departments(started.waves.find(OPEN))[0].id)
    fields = answers_to(browser, department=own)
    before = responses(started)
    started.waves.open(their_wave, started.waves.find(OPEN).opened_on)  # type: ignore[arg-type]
    assert browser.post(f"/q/{their_wave.code}", data=fields).status_code == 422
    thanks = browser.post(f"/q/{OPEN}", data=fields).headers["location"]
    assert browser.get(thanks).status_code == 200
    elsewhere = thanks.replace(OPEN, their_wave.code)
    assert browser.get(elsewhere).headers["location"].startswith(f"/q/{their_wave.code}?")
    again = browser.post(f"/q/{OPEN}", data=fields)
    assert "again=1" in again.headers["location"]
    assert responses(started) == before + 1


@pytest.mark.usefixtures("their_wave")
@pytest.mark.parametrize("name", list(SCREENS))
def test_nothing_of_others_shows_by_their_numbers(
    name: str, other_firm: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own organisation with another's wave, and the other way round."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(CONSULTANT))
    for query in (
        {"organisation": "1", "wave": "g3heim99", "copy": "g3heim99"},
        {"organisation": str(other_firm.id), "wave": OPEN, "copy": OPEN},
    ):
        screen = visit(name, **query)
        assert not screen.exception
        if name != "answer":  # that one is public
            assert "Geheim" not in all_words(screen)
            assert "Pflaume" not in all_words(screen)
            assert "Geheim" not in str([box.options for box in screen.selectbox])


@pytest.mark.parametrize("person", [NOBODY, STRANGER, OWNER])
@pytest.mark.usefixtures("started")
def test_odd_addresses_open_screens_in_words(person: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No screen fails for what is typed into its address."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(person))
    for number, name in enumerate(SCREENS):
        for odd in (ODD[number % len(ODD)], ODD[(3 * number + 1) % len(ODD)]):
            screen = visit(name, **dict.fromkeys(KEYS, odd))
            assert not screen.exception, (name, odd[:20])
            assert "Das hat nicht geklappt" not in all_words(screen), (name, odd[:20])


@pytest.mark.usefixtures("their_wave")
def test_downloads_take_no_department_of_others(started: Store, other_firm: Organisation) -> None:
    """Nor of the living tree, nor an odd one."""
    browser = browser_of(CONSULTANT)
    foreign = started.organisations.departments(other_firm)[0].id
    for department in (str(foreign), *ODD):
        address = f"/download/{OPEN}/posters.pdf"
        answer = browser.get(address, params={"department": department})
        assert answer.status_code == 404, department[:20]
        assert "Geheim" not in answer.text


def test_what_a_consultant_founds_is_theirs_and_nobody_elses(
    started: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They go on to its draft; another consultant reads of no such wave."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(CONSULTANT))
    screen = visit("setup")
    screen.text_input[0].set_value("Quitte AG")
    next(b for b in screen.button if b.proto.type == "primary").click().run()
    assert not screen.exception
    founded = next(o for o in started.organisations.all() if o.name == "Quitte AG")
    wave = next(w for w in started.waves.all() if w.organisation == founded)
    assert "Quitte" in all_words(visit("wave", wave=wave.code))
    assert "Quitte" in all_words(visit("start"))
    assert set(started.accounts.find(ADDRESS[CONSULTANT]).grants) == {1, founded.id}
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(STRANGER))
    assert "Quitte" not in all_words(visit("wave", wave=wave.code))
    assert "Quitte" not in all_words(visit("start"))
