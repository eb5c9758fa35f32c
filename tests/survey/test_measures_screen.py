"""Measures on the screens: nothing that is typed is lost, and nothing foreign is shown."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from data.measures import Measure, MeasureState, Plan
from data.model import Wave, WaveState
from data.store import Store
from survey.screens.places import SCREENS
from survey.screens.today import today
from survey.wording import wording
from tests.survey.everybody import all_words
from tests.survey.held import WORKSHOP, planned
from tests.survey.test_screen_logic import demo_house, empty_house, visit
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

DE = wording("de")
RELEASED, OPEN = "muster25", "muster26"
NEXT_YEAR = today() + timedelta(days=365)
WHAT = "Einmal im Monat zu einem Kunden mitfahren."
PLAN = Plan((), "customer_perspective", WHAT, "Leitung Vertrieb", NEXT_YEAR)


@pytest.fixture
def released_wave(demo_house: Store, monkeypatch: pytest.MonkeyPatch) -> Wave:
    """The demo's released wave; a leader of its organisation looks."""
    sign_in(monkeypatch, Role.LEADER, {1: ()})
    return demo_house.waves.find(RELEASED)


@pytest.fixture
def kept(demo_house: Store, released_wave: Wave) -> Measure:
    """A measure of that wave."""
    return demo_house.measures.add(released_wave, PLAN)


def of_all(store: Store) -> list[Plan]:
    """What is kept of the demo's organisation."""
    firm = store.waves.find(RELEASED).organisation
    return [measure.plan for measure in store.measures.of(firm)]


def press(screen: AppTest, label: str) -> AppTest:
    """Press the first button of this label."""
    next(b for b in screen.button if b.label == label).click().run()
    assert not screen.exception
    return screen


def filled(screen: AppTest, **fields: Any) -> AppTest:
    """Fill in the fields of the form whose labels are those of the catalogue."""
    widgets = {
        "what": screen.text_area,
        "responsible": screen.text_input,
        "due": screen.date_input,
        "dimension": screen.selectbox,
        "department": screen.selectbox,
    }
    labels = {
        "what": DE("measure.what"),
        "responsible": DE("measure.role"),
        "due": DE("measure.due"),
        "dimension": DE("measure.dimension"),
        "department": DE("measure.department"),
    }
    for name, value in fields.items():
        next(w for w in widgets[name] if w.label == labels[name]).set_value(value)
    return screen


def errors(screen: AppTest) -> str:
    """What is wrong, without the marks that keep Markdown from reading it."""
    return "\n".join(error.value for error in screen.error).replace("\\", "")


# Agreeing


def test_a_link_from_a_finding_opens_the_form_prefilled(
    demo_house: Store, released_wave: Wave
) -> None:
    """Dimension and department are there; what is saved is kept, and the form is gone."""
    path = demo_house.waves.departments(released_wave)[1].path
    screen = visit(
        "priorities",
        wave=RELEASED,
        department=" / ".join(path),
        dimension="top_down_bottom_up",
        new="1",
    )
    filled(screen, what=WHAT, responsible="Leitung", due=NEXT_YEAR)
    press(screen, DE("measure.save"))
    assert of_all(demo_house) == [Plan(path, "top_down_bottom_up", WHAT, "Leitung", NEXT_YEAR)]
    assert "new" not in screen.query_params
    assert not screen.text_area
    assert WHAT in all_words(screen)


@pytest.mark.parametrize(
    "asked", [{"dimension": "<b>", "department": "Nirgends"}, {"dimension": "", "department": ""}]
)
@pytest.mark.usefixtures("released_wave")
def test_a_link_with_nonsense_opens_an_empty_form(asked: dict[str, str]) -> None:
    """The whole organisation, and no dimension chosen."""
    screen = visit("priorities", wave=RELEASED, new="1", **asked)
    assert not screen.exception
    values = {box.label: box.value for box in screen.selectbox}
    assert values[DE("measure.dimension")] is None
    assert values[DE("measure.department")] == ()


def test_a_measure_can_be_made_from_nothing(demo_house: Store, released_wave: Wave) -> None:
    """By the button among the measures; cancelling keeps nothing."""
    assert released_wave
    screen = press(visit("priorities", wave=RELEASED), DE("measure.new"))
    press(screen, DE("measure.cancel"))
    assert not screen.text_area
    press(screen, DE("measure.new"))
    filled(screen, what=WHAT, responsible="Leitung", due=NEXT_YEAR)
    filled(screen, dimension="customer_perspective")
    press(screen, DE("measure.save"))
    assert of_all(demo_house) == [replace(PLAN, responsible="Leitung")]


def test_what_is_missing_is_named_and_what_is_typed_stays(
    demo_house: Store, released_wave: Wave
) -> None:
    """The label of each field that lacks something; the others keep their text."""
    assert released_wave
    screen = visit("priorities", wave=RELEASED, new="1")
    filled(screen, what=WHAT, due=today() - timedelta(days=1))
    press(screen, DE("measure.save"))
    for label in ("measure.dimension", "measure.role", "measure.due"):
        assert f"**{DE(label)}**" in errors(screen)
    assert f"**{DE('measure.what')}**" not in errors(screen)
    assert screen.text_area[0].value == WHAT
    assert of_all(demo_house) == []
    filled(screen, responsible="Leitung", due=today(), dimension="customer_perspective")
    press(screen, DE("measure.save"))
    assert [plan.what for plan in of_all(demo_house)] == [WHAT]


def test_saving_one_form_leaves_the_other_open(demo_house: Store, kept: Measure) -> None:
    """The one that the address opened is still wanted; a browser keeps what is typed in it."""
    assert kept
    screen = press(visit("priorities", wave=RELEASED, new="1"), DE("measure.edit"))
    screen.text_area[1].set_value("Geändert.")
    [b for b in screen.button if b.label == DE("measure.save")][1].click().run()
    assert [plan.what for plan in of_all(demo_house)] == ["Geändert."]
    assert len(screen.text_area) == 1
    assert "new" in screen.query_params


@pytest.mark.usefixtures("released_wave")
def test_each_priority_leads_to_a_measure_about_it() -> None:
    """Its row's link carries the wave, the department and the dimension."""
    html = "".join(e.proto.body for e in visit("priorities", wave=RELEASED).get("html"))
    assert html.count('class="act"') == 10
    links = re.findall(r'class="act" href="([^"]+)"', html)
    asked = [parse_qs(urlsplit(unescape(link)).query) for link in links]
    assert {"wave", "department", "dimension", "new", "lang"} == set().union(*asked)
    assert {one["wave"][0] for one in asked} == {RELEASED}


@pytest.mark.usefixtures("released_wave")
def test_where_nothing_is_agreed_the_way_to_begin_is_told() -> None:
    """And there is no empty file to download."""
    screen = visit("priorities", wave=RELEASED)
    assert DE("measure.none_of_list") in all_words(screen)
    assert not screen.get("link_button")


@pytest.mark.parametrize("on", [True, False])
def test_whoever_writes_is_told_who_will_read_it(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch, released_wave: Wave, *, on: bool
) -> None:
    """Where everybody who was asked sees the overview, the form says so."""
    wave = replace(released_wave, settings=replace(released_wave.settings, staff_overview=on))
    monkeypatch.setattr(type(demo_house.waves), "all", lambda _: (wave,))
    screen = visit("priorities", wave=RELEASED, new="1")
    assert (DE("measure.everybody_sees") in all_words(screen)) is on


# Changing


def test_one_tap_says_how_far_it_is(demo_house: Store, kept: Measure) -> None:
    """Done ones are folded, and can be taken up again."""
    screen = visit("priorities", wave=RELEASED)
    radio = next(r for r in screen.radio if r.label == DE("measure.state"))
    assert radio.value == kept.plan.state
    radio.set_value(MeasureState.DONE).run()
    assert not screen.exception
    assert of_all(demo_house) == [replace(PLAN, state=MeasureState.DONE)]
    assert [e.label for e in screen.expander if "umgesetzte" in e.label] == [
        DE.count("measure.done", 1)
    ]
    radio = next(r for r in screen.radio if r.label == DE("measure.state"))
    radio.set_value(MeasureState.SHARED).run()
    assert of_all(demo_house) == [PLAN]


def test_a_state_that_somebody_else_changed_is_not_overwritten(
    demo_house: Store, kept: Measure
) -> None:
    """The tap is refused in words, and the screen shows what holds."""
    screen = visit("priorities", wave=RELEASED)
    now = demo_house.measures.change(kept, replace(PLAN, what="Etwas anderes."))
    radio = next(r for r in screen.radio if r.label == DE("measure.state"))
    radio.set_value(MeasureState.DONE).run()
    assert not screen.exception
    assert DE("conflict.measure") in errors(screen)
    assert of_all(demo_house) == [now.plan]
    assert "Etwas anderes." in all_words(screen)
    radio = next(r for r in screen.radio if r.label == DE("measure.state"))
    radio.set_value(MeasureState.DONE).run()
    assert of_all(demo_house) == [replace(now.plan, state=MeasureState.DONE)]


def test_a_measure_that_somebody_else_changed_is_not_removed_unseen(
    demo_house: Store, kept: Measure
) -> None:
    """It is shown as it is now, with the reason; the second time it goes."""
    screen = visit("priorities", wave=RELEASED)
    now = demo_house.measures.change(kept, replace(PLAN, what="Etwas anderes."))
    press(screen, DE("measure.remove_yes"))
    assert DE("conflict.measure") in errors(screen)
    assert of_all(demo_house) == [now.plan]
    press(screen, DE("measure.remove_yes"))
    assert of_all(demo_house) == []


def test_a_measure_that_is_gone_is_said_to_be(demo_house: Store, kept: Measure) -> None:
    """To whoever still has it on the screen."""
    screen = visit("priorities", wave=RELEASED)
    demo_house.measures.remove(kept)
    press(screen, DE("measure.remove_yes"))
    (warning,) = screen.warning
    assert "inzwischen entfernt" in warning.value
    assert 'class="measure"' not in all_words(screen)
    screen.run()
    assert not screen.warning


def test_a_state_set_elsewhere_is_shown_at_the_next_look(demo_house: Store, kept: Measure) -> None:
    """Without a word: nothing of this person's was lost."""
    screen = visit("priorities", wave=RELEASED)
    demo_house.measures.change(kept, replace(PLAN, state=MeasureState.IMPROVED))
    screen.run()
    (radio,) = (r for r in screen.radio if r.label == DE("measure.state"))
    assert radio.value is MeasureState.IMPROVED
    assert not screen.error


def test_a_measure_is_edited(demo_house: Store, kept: Measure) -> None:
    """Every field begins with what is kept."""
    assert kept
    screen = press(visit("priorities", wave=RELEASED), DE("measure.edit"))
    assert screen.text_area[0].value == WHAT
    filled(screen, what="Zweimal im Monat.")
    press(screen, DE("measure.save"))
    assert of_all(demo_house) == [replace(PLAN, what="Zweimal im Monat.")]


def test_whoever_saves_later_is_told_and_keeps_what_was_typed(
    demo_house: Store, kept: Measure
) -> None:
    """What the other changed is shown; then mine holds, if I say so."""
    screen = press(visit("priorities", wave=RELEASED), DE("measure.edit"))
    demo_house.measures.change(kept, replace(PLAN, responsible="Geschäftsführung"))
    filled(screen, what="Zweimal im Monat.")
    press(screen, DE("measure.save"))
    warned = "\n".join(warning.value for warning in screen.warning)
    assert "Leitung Vertrieb → Geschäftsführung" in warned
    assert screen.text_area[0].value == "Zweimal im Monat."
    assert [plan.what for plan in of_all(demo_house)] == [WHAT]
    press(screen, DE("editing.mine"))
    press(screen, DE("measure.save"))
    assert of_all(demo_house) == [replace(PLAN, what="Zweimal im Monat.")]


def test_the_others_change_can_be_taken_over(demo_house: Store, kept: Measure) -> None:
    """The fields then begin with it."""
    screen = press(visit("priorities", wave=RELEASED), DE("measure.edit"))
    demo_house.measures.change(kept, replace(PLAN, what="Etwas anderes."))
    filled(screen, what="Zweimal im Monat.")
    press(screen, DE("measure.save"))
    press(screen, DE("editing.theirs"))
    assert screen.text_area[0].value == "Etwas anderes."


def test_what_is_typed_for_a_removed_measure_is_not_lost(demo_house: Store, kept: Measure) -> None:
    """It can be saved as a new one."""
    screen = press(visit("priorities", wave=RELEASED), DE("measure.edit"))
    demo_house.measures.remove(kept)
    filled(screen, what="Zweimal im Monat.")
    press(screen, DE("measure.save"))
    if not of_all(demo_house):
        press(screen, DE("measure.save"))
    assert of_all(demo_house) == [replace(PLAN, what="Zweimal im Monat.")]
    assert not screen.text_area


def test_a_measure_is_removed_after_a_question(demo_house: Store, kept: Measure) -> None:
    """By a second button."""
    assert kept
    press(visit("priorities", wave=RELEASED), DE("measure.remove_yes"))
    assert of_all(demo_house) == []


def test_what_is_late_is_said_in_words(demo_house: Store, released_wave: Wave) -> None:
    """Counted above, marked on the card; what is done is never late."""
    yesterday = today() - timedelta(days=1)
    late = replace(PLAN, due=yesterday)
    demo_house.measures.add(released_wave, late)
    demo_house.measures.add(released_wave, replace(late, state=MeasureState.DONE))
    said = all_words(visit("priorities", wave=RELEASED))
    assert DE.count("measure.late", 1) in said
    assert said.count('<strong class="late">') == 1


def test_of_many_measures_the_first_are_shown(demo_house: Store, released_wave: Wave) -> None:
    """The rest at one tap."""
    for number in range(25):
        demo_house.measures.add(released_wave, replace(PLAN, what=f"Nummer {number:02d}."))
    screen = visit("priorities", wave=RELEASED)
    assert all_words(screen).count('class="measure"') == 20
    screen.toggle(key=f"measures_{RELEASED}_undone").set_value(True).run()
    assert all_words(screen).count('class="measure"') == 25


# On a department's screen

PART = """
import streamlit as st
from survey.access import visitor
from survey.screens import measures_section, priorities
from survey.screens.frame import spoken
from survey.screens.results_view import opened

def part():
    measures_section.show(opened(spoken(), visitor()), ("Vertrieb",))

names = {names}
pages = [st.Page(lambda: None, title=name, url_path=name) for name in names]
st.navigation([st.Page(part, title="part", default=True), *pages], position="hidden").run()
"""


def part() -> AppTest:
    """The measures of a department of the demo."""
    names = tuple(name for name in SCREENS if name != "start")
    screen = AppTest.from_string(PART.replace("{names}", repr(names)), default_timeout=20)
    screen.query_params["lang"], screen.query_params["wave"] = "de", RELEASED
    screen.run()
    assert not screen.exception
    return screen


def test_a_department_shows_its_measures_and_those_below(
    demo_house: Store, released_wave: Wave
) -> None:
    """And the way to a new one, which is agreed on among the priorities."""
    below = next(
        d.path for d in demo_house.waves.departments(released_wave) if d.path[0] == "Vertrieb"
    )
    for path, what in (((), "Alle."), (("Vertrieb",), "Hier."), (below, "Darunter.")):
        demo_house.measures.add(released_wave, replace(PLAN, path=path, what=what))
    screen = part()
    assert "Hier." in all_words(screen)
    assert "Darunter." in all_words(screen)
    assert "Alle." not in all_words(screen)
    (link,) = (way for way in screen.get("page_link") if way.proto.label == DE("measure.new"))
    assert link.proto.page == "priorities"
    assert "new=1" in link.proto.query_string
    assert "department=Vertrieb" in link.proto.query_string


@pytest.mark.usefixtures("released_wave")
def test_a_department_without_measures_says_so() -> None:
    """In a sentence of its own."""
    assert DE("measure.none_here") in all_words(part())


# Whose


def test_measures_of_another_organisation_are_not_shown(
    demo_house: Store, released_wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither on one's own screen, nor at the address of theirs."""
    demo_house.measures.add(released_wave, PLAN)
    other = demo_house.organisations.add("Pflaume KG").id
    assert released_wave.organisation.id != other
    sign_in(monkeypatch, Role.LEADER, {other: ()})
    for query in ({}, {"wave": RELEASED}, {"wave": RELEASED, "new": "1"}):
        screen = visit("priorities", **query)
        assert not screen.exception
        assert WHAT not in all_words(screen)
        assert not screen.text_area


def test_whose_grant_is_withdrawn_changes_nothing_any_more(
    demo_house: Store, kept: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by a tap on a screen that is still open."""
    screen = visit("priorities", wave=RELEASED)
    sign_in(monkeypatch, Role.LEADER, {})
    radio = next(r for r in screen.radio if r.label == DE("measure.state"))
    radio.set_value(MeasureState.DONE).run()
    assert not screen.exception
    assert of_all(demo_house) == [kept.plan]
    assert WHAT not in all_words(screen)


@pytest.mark.usefixtures("released_wave")
def test_a_wave_that_is_not_released_has_no_form(demo_house: Store) -> None:
    """The address of an open one says so."""
    assert demo_house.waves.find(OPEN).state is WaveState.OPEN
    screen = visit("priorities", wave=OPEN, new="1")
    assert not screen.exception
    assert not screen.text_area
    assert "noch nicht freigegeben" in errors(screen)


def test_texts_are_shown_as_texts(demo_house: Store, released_wave: Wave) -> None:
    """Neither HTML nor Markdown, and what somebody else wrote is escaped in a warning, too."""
    nasty = replace(PLAN, what="<img src=x> ![a](b) **c**", responsible="<b>![a](b)</b>")
    kept = demo_house.measures.add(released_wave, nasty)
    screen = visit("priorities", wave=RELEASED)
    assert "<img src" not in all_words(screen)
    press(screen, DE("measure.edit"))
    demo_house.measures.change(kept, replace(nasty, what="<img src=y> ![d](e)"))
    screen.run()
    (warning,) = screen.warning
    assert "![d]" not in warning.value
    assert r"\<img src=y\>" in warning.value


# Of workshops


def test_what_a_workshop_agreed_leads_to_its_protocol(
    demo_house: Store, released_wave: Wave
) -> None:
    """Among the measures of the wave that it started from."""
    workshop = planned(demo_house, released_wave.organisation, released_wave)
    demo_house.measures.agree(workshop, PLAN)
    said = all_words(visit("priorities", wave=RELEASED))
    assert f'href="/protocol?workshop={WORKSHOP}&amp;lang=de"' in said
    assert DE("measure.of_no_wave") not in said


def test_what_no_wave_came_before_has_a_part_of_its_own(
    demo_house: Store, released_wave: Wave
) -> None:
    """It says where its place stands, can be edited, and its state is set by one tap."""
    workshop = planned(demo_house, released_wave.organisation)
    demo_house.measures.agree(workshop, PLAN)
    screen = visit("priorities", wave=RELEASED)
    said = all_words(screen)
    assert DE("measure.of_no_wave") in said
    assert "In dieser Befragung: Mittelwert" in said
    next(r for r in screen.radio if r.label == DE("measure.state")).set_value(
        MeasureState.IMPROVED
    ).run()
    press(screen, DE("measure.edit"))
    filled(screen, what="Zweimal im Monat.", dimension="top_down_bottom_up")
    press(screen, DE("measure.save"))
    improved = replace(
        PLAN,
        state=MeasureState.IMPROVED,
        what="Zweimal im Monat.",
        dimension="top_down_bottom_up",
    )
    assert of_all(demo_house) == [improved]
    assert "Zweimal im Monat." in all_words(visit("department", wave=RELEASED))


def test_a_measure_without_a_wave_can_be_for_a_department_of_today(
    demo_house: Store, released_wave: Wave
) -> None:
    """One that the wave does not have; the results say that it is not in them."""
    firm = released_wave.organisation
    now = demo_house.organisations.departments(firm)
    heads = {one.path: one.headcount for one in now} | {("Neubau",): 9}
    demo_house.organisations.save_departments(firm, heads)
    demo_house.measures.agree(planned(demo_house, firm), PLAN)
    screen = press(visit("priorities", wave=RELEASED), DE("measure.edit"))
    filled(screen, department=("Neubau",))
    press(screen, DE("measure.save"))
    assert [plan.path for plan in of_all(demo_house)] == [("Neubau",)]
    assert DE("measure.stands_nowhere") in all_words(screen)
