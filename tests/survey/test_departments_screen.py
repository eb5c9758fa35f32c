"""The screen of an organisation's departments, on the real script and a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.accounts import Account, Role
from data.audit import AuditAct
from data.model import Organisation
from data.store import Store
from survey.house import house
from survey.screens.places import SCREENS
from survey.visitors import COOKIE
from survey.wording import wording
from tests.data.samples import DAY, short_settings
from tests.people import owners_cookie

say = wording("de")
LIST = "Nr;Gehört zu;Name;Personen;Kundenkontakt\n1;;Vertrieb;30;ja\n2;1;Nord;12;\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The house on a database of its own, with its owner's browser."""
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(tmp_path / "kundenkompass.db"))
    house.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()
    cookie = owners_cookie(house().store, house().visitors)
    monkeypatch.setattr(ContextProxy, "cookies", {COOKIE: cookie})
    yield house().store
    house().store.close()
    house.cache_clear()


@pytest.fixture
def firm(store: Store) -> Organisation:
    """An organisation without departments; beside another one that has some."""
    other = store.organisations.add("Andere AG")
    store.organisations.save_departments(other, {("Geheim",): 3})
    return store.organisations.add("Muster GmbH")


def visit(organisation: Organisation | None = None, number: str = "") -> AppTest:
    """Open the screen by its address, in German."""
    screen = AppTest.from_string(
        "import streamlit as st\n"
        "from importlib import import_module\n"
        "pages = [st.Page(import_module(f'survey.screens.{n}').show, url_path=n)"
        f" for n in {tuple(SCREENS)!r} if n != 'departments']\n"
        "mine = st.Page(import_module('survey.screens.departments').show, default=True)\n"
        "st.navigation([mine, *pages], position='hidden').run()\n",
        default_timeout=20,
    )
    screen.query_params["lang"] = "de"
    if organisation or number:
        screen.query_params["organisation"] = number or str(organisation and organisation.id)
    return screen.run()


def words(screen: AppTest) -> str:
    """Everything a screen says."""
    parts = (*screen.title, *screen.markdown, *screen.info, *screen.warning, *screen.success)
    return "\n".join(str(part.value) for part in (*parts, *screen.error, *screen.get("html")))


def pasted(screen: AppTest, text: str) -> AppTest:
    """The screen after a list was pasted."""
    screen.text_area[0].set_value(text)
    return screen.run()


def pressed(screen: AppTest, label: str) -> AppTest:
    """The screen after one of its buttons was pressed."""
    next(button for button in screen.button if button.label == label).click()
    return screen.run()


def test_a_list_is_shown_as_changes_before_it_is_saved(store: Store, firm: Organisation) -> None:
    """Saved on the button, and written down: who, what, where."""
    screen = pasted(visit(firm), LIST)
    assert not screen.exception
    assert say.count("setup.departments_read", 2) in words(screen)
    assert store.organisations.departments(firm) == ()
    screen = pressed(screen, say("departments.save"))
    found = store.organisations.departments(firm)
    assert [(d.path, d.headcount, d.contact) for d in found] == [
        (("Vertrieb",), 30, True),
        (("Vertrieb", "Nord"), 12, None),
    ]
    (entry,) = store.audit.read()
    assert (entry.act, entry.organisation) == (AuditAct.DEPARTMENTS_CHANGED, firm.id)
    assert say("departments.saved") in words(screen)
    assert screen.text_area[0].value == ""


def test_departments_without_headcount_are_confirmed(store: Store, firm: Organisation) -> None:
    """Named by row; the button waits for the tick."""
    screen = pasted(visit(firm), "Vertrieb;3\nLager\n")
    assert say("departments.rows", rows="2") in words(screen)
    button = next(b for b in screen.button if b.label == say("departments.save"))
    assert button.disabled
    tick = next(b for b in screen.checkbox if b.label == say("departments.without_headcount_yes"))
    tick.check().run()
    pressed(screen, say("departments.save"))
    assert len(store.organisations.departments(firm)) == 2


def test_everything_wrong_is_told_and_nothing_can_be_saved(
    store: Store, firm: Organisation
) -> None:
    """What was pasted stays."""
    text = LIST + "3;9;Süd;-1;\n"
    screen = pasted(visit(firm), text)
    told = screen.error[0].value.replace("\\", "")
    assert say("error.parent_missing", row="4", parent="9") in told
    assert "-1" in told
    assert say("departments.save") not in [button.label for button in screen.button]
    assert screen.text_area[0].value == text
    assert store.organisations.departments(firm) == ()


def test_a_list_is_not_saved_onto_a_tree_that_was_not_shown(
    store: Store, firm: Organisation
) -> None:
    """The later of two people is told, sees what changed, and can press again."""
    screen = pasted(visit(firm), LIST)
    store.organisations.save_departments(firm, {("Lager",): 8})
    screen = pressed(screen, say("departments.save"))
    assert say("departments.import_conflict") in words(screen)
    assert [d.path for d in store.organisations.departments(firm)] == [("Lager",)]
    pressed(screen, say("departments.save"))
    assert len(store.organisations.departments(firm)) == 3


def test_columns_that_are_not_recognised_are_chosen(store: Store, firm: Organisation) -> None:
    """The person says which is which."""
    screen = pasted(visit(firm), "Quux;Zorg\n12;Vertrieb\n")
    assert say("error.list_columns") in screen.error[0].value.replace("\\", "")
    boxes = {box.label: box for box in screen.selectbox}
    boxes[say("departments.field_path")].select_index(2)
    boxes[say("departments.field_headcount")].select_index(1)
    screen = pressed(screen.run(), say("departments.save"))
    found = store.organisations.departments(firm)
    assert [(d.path, d.headcount) for d in found] == [(("Vertrieb",), 12)]


def test_waves_that_keep_their_own_tree_are_named(store: Store, firm: Organisation) -> None:
    """Not those that are still drafts."""
    store.waves.open(store.waves.add(firm, short_settings("Welle A"), "aaaa2222"), DAY)
    store.waves.add(firm, short_settings("Welle B"), "bbbb2222")
    told = words(visit(firm))
    assert "Welle A" in told
    assert "Welle B" not in told


def test_names_are_shown_as_they_are(store: Store, firm: Organisation) -> None:
    """Neither HTML nor Markdown of a department is one of ours."""
    screen = pasted(visit(firm), "<img src=x onerror=alert(1)>;3\n**fett**;4\n")
    table = next(str(h.value) for h in screen.get("html") if "fett" in str(h.value))
    assert "<img" not in table
    assert "&lt;img src=x" in table
    store.organisations.save_departments(firm, {("<b>x</b>",): 3})
    assert not visit(firm).exception


@pytest.mark.parametrize("number", ["1", "999", "x", "1 OR 1=1", "-1"])
def test_another_organisation_cannot_be_asked_for(
    store: Store, firm: Organisation, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by a consultant of this one; theirs and unknown ones look alike."""
    consultant = Account(7, "ada@example.org", "Ada", Role.CONSULTANT, {firm.id: ()})
    monkeypatch.setattr(house().visitors, "visitor", lambda *_: consultant)
    screen = visit(number=number)
    assert "Geheim" not in words(screen)
    assert screen.error[0].value.replace("\\", "") == say(
        "error.organisation_unknown", organisation=number
    )
    assert len(store.organisations.all()) == 2


@pytest.mark.usefixtures("firm")
def test_a_leader_gets_no_further_than_the_door(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    """Whatever they may read."""
    every = {organisation.id: () for organisation in store.organisations.all()}
    leader = Account(7, "ada@example.org", "Ada", Role.LEADER, every)
    monkeypatch.setattr(house().visitors, "visitor", lambda *_: leader)
    screen = visit(number="1")
    assert say("door.not_yours_title") in words(screen)
    assert not screen.button


@pytest.mark.usefixtures("firm")
def test_without_an_organisation_one_is_chosen(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    """Of their own ones only."""
    mine = next(o for o in store.organisations.all() if o.name == "Muster GmbH")
    consultant = Account(7, "ada@example.org", "Ada", Role.CONSULTANT, {mine.id: ()})
    monkeypatch.setattr(house().visitors, "visitor", lambda *_: consultant)
    screen = visit()
    assert say("departments.choose") in words(screen)
    assert [str(one.proto.label) for one in screen.get("page_link")] == ["Muster GmbH"]
