"""Preparing a workshop on the screens: the list, a new one, and its agenda."""

from dataclasses import replace

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.accounts import Account, Role
from data.store import Store
from data.workshops import StepKind, Workshop
from survey.house import house
from survey.results import load_results
from survey.screens.today import today
from survey.wording import wording
from survey.workshop import acts
from survey.workshop.agenda import proposed
from survey.workshop.planning import talked_about, with_step
from tests.people import somebody
from tests.survey.everybody import (
    ADDRESS,
    CONSULTANT,
    LEADER,
    OPEN,
    OWNER,
    RELEASED,
    STRANGER,
    cookies_of,
    prepared_workshop,
)
from tests.survey.held import WORKSHOP
from tests.survey.test_screen_logic import pressed, visit, words

DE = wording("de")
FIRST = "customer_perspective"


@pytest.fixture
def consultant(started: Store, monkeypatch: pytest.MonkeyPatch) -> Account:
    """Who runs the demo organisation, and no other; signed in."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(CONSULTANT))
    return started.accounts.find(ADDRESS[CONSULTANT])


@pytest.fixture
def workshop(started: Store, consultant: Account) -> Workshop:
    """The demo's, prepared; the consultant looks."""
    del consultant
    return started.workshops.room(prepared_workshop()).workshop


def now(workshop: Workshop) -> Workshop:
    """As it is kept."""
    return house().store.workshops.room(workshop.code).workshop


def prepare(workshop: Workshop) -> AppTest:
    """Its screen."""
    screen = visit("workshop", workshop=workshop.code)
    assert not screen.exception
    return screen


def ways(screen: AppTest) -> list[str]:
    """What its links to other screens are called."""
    return [link.proto.label for link in screen.get("page_link")]


# The list


@pytest.mark.usefixtures("consultant")
def test_whoever_runs_one_organisation_sees_its_workshops_at_once() -> None:
    """One that runs and one that is prepared: the next step first."""
    screen = visit("workshops")
    assert "Apfel & Birne" in words(screen).replace("\\", "")
    assert "vorbereitet" in words(screen)
    lead, wall, prepared = (
        DE(f"workshop.to_{way}") for way in ("facilitator", "projector", "prepare")
    )
    assert ways(screen)[:5] == [lead, wall, prepared, prepared, wall]


def test_whoever_runs_several_chooses_one(started: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """And gets the list of that one."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(OWNER))
    screen = visit("workshops")
    names = [one.name for one in started.organisations.all()]
    assert [button.label.replace("\\", "") for button in screen.button] == names
    screen.button[0].click().run()
    assert DE("workshop.new") in words(screen)


def test_without_a_workshop_it_is_said_what_one_is(
    started: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what one needs; one can start without a survey."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(STRANGER))
    screen = visit("workshops")
    assert DE("workshop.what") in words(screen)
    assert DE("workshop.none_released") in words(screen)
    pressed(screen, DE("workshop.create")).run()
    other = next(one for one in started.organisations.all() if not one.demo)
    (made,) = started.workshops.of(other)
    assert made.wave == ""
    assert made.plan.smallest_group == other.profile.smallest_group


def test_whoever_runs_nothing_is_told(started: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to choose from."""
    nobody = somebody(started, Role.CONSULTANT, {}, "new@example.org")
    monkeypatch.setitem(ADDRESS, "new", nobody.email)
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of("new"))
    assert DE("workshop.no_organisation") in words(visit("workshops"))


@pytest.mark.parametrize("person", [LEADER, STRANGER])
@pytest.mark.usefixtures("started")
def test_others_learn_nothing_of_it(person: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its code, by the organisation, by the wave."""
    code = prepared_workshop()
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(person))
    for screen in (
        visit("workshop", workshop=code),
        visit("workshops", organisation="1"),
        visit("workshops", wave=RELEASED),
    ):
        assert not screen.exception
        assert "Herbst" not in words(screen)
        assert not screen.button


# A new one


def test_a_new_workshop_starts_from_the_latest_results(started: Store, consultant: Account) -> None:
    """With the dimensions that are proposed, a name, and why each is."""
    del consultant
    screen = visit("workshops", organisation="1")
    assert screen.radio[0].value.code == RELEASED
    assert "unter dem Ziel von" in words(screen).replace("\\", "")
    pressed(screen, DE("workshop.create")).run()
    made = started.workshops.of(started.organisations.all()[0])[0]
    assert made.wave == RELEASED
    assert made.plan.title == DE("workshop.title_of", wave="Kundenkompass Herbst 2025")
    assert sum(bool(step.dimension) and not step.skipped for step in made.plan.steps) == 8


@pytest.mark.usefixtures("consultant")
def test_a_wave_in_the_address_is_chosen_already() -> None:
    """An open one cannot be; then it is the latest that is released."""
    assert visit("workshops", wave="muster24").radio[0].value.code == "muster24"
    assert visit("workshops", wave=OPEN).radio[0].value.code == RELEASED


def test_one_talks_about_what_is_chosen_in_its_order(started: Store, consultant: Account) -> None:
    """And how long that takes is said before."""
    del consultant
    screen = visit("workshops", wave=RELEASED)
    assert "112 Minuten" in words(screen)
    boxes = [box.key for box in screen.checkbox]
    for box in boxes:
        screen.checkbox(key=box).set_value(box.endswith((FIRST, "systematic_ownership")))
    screen.run()
    title = DE("workshop.earlier", step="Systematische Verantwortung")
    for _ in range(4):
        pressed(screen, title).run()
    pressed(screen, DE("workshop.create")).run()
    made = started.workshops.of(started.organisations.all()[0])[0]
    talked = dict.fromkeys(s.dimension for s in made.plan.steps if s.dimension and not s.skipped)
    assert list(talked) == ["systematic_ownership", FIRST]


@pytest.mark.usefixtures("consultant")
def test_nothing_to_talk_about_is_not_created() -> None:
    """The button waits, and it is said why."""
    screen = visit("workshops", wave=RELEASED)
    for box in screen.checkbox:
        box.uncheck()
    screen.run()
    assert [warning.value for warning in screen.warning] == [DE("workshop.choose_one")]
    create = next(b for b in screen.button if b.label == DE("workshop.create"))
    assert create.disabled


# The agenda


def test_a_step_moves_by_its_arrow(workshop: Workshop) -> None:
    """Pressed twice, it moves twice; past skipped dimensions at once."""
    screen = prepare(workshop)
    ideas = next(one for one in workshop.plan.steps if one.kind is StepKind.IDEAS)
    before = [step.id for step in workshop.plan.steps].index(ideas.id)
    for passed in (1, 5):
        pressed(screen, DE("workshop.earlier", step="Ideen sammeln")).run()
        assert [step.id for step in now(workshop).plan.steps].index(ideas.id) == before - passed


def test_the_first_step_goes_no_further(workshop: Workshop) -> None:
    """Nor the last."""
    buttons = {button.label: button for button in prepare(workshop).button}
    assert buttons[DE("workshop.earlier", step="Willkommen")].disabled
    assert buttons[DE("workshop.later", step="Abschluss")].disabled
    assert not buttons[DE("workshop.later", step="Willkommen")].disabled


def test_a_step_that_left_its_dimension_has_its_name_above(workshop: Workshop) -> None:
    """And the dimension still has one switch; skipped, both parts are one row each."""
    screen = prepare(workshop)
    last = next(s for s in workshop.plan.steps if s.kind is StepKind.REVOTE)
    pressed(screen, DE("workshop.later", step="Noch einmal abstimmen – Alle Bereiche")).run()
    assert not screen.exception
    text = DE("workshop.talk_about", dimension="Alle Bereiche")
    assert f"**{text}**" in words(screen)
    assert [switch.label for switch in screen.toggle].count(text) == 1
    assert [step.id for step in now(workshop).plan.steps].index(last.id) == 3 + 3 + 4
    screen.toggle(key=f"agenda_on_{workshop.code}_{last.dimension}").set_value(False).run()
    assert not screen.exception
    assert DE("workshop.not_talked_about", dimension="Alle Bereiche") in words(screen)


def test_a_dimension_moves_by_its_arrows(workshop: Workshop) -> None:
    """All four steps pass the next dimension."""
    screen, first = prepare(workshop), workshop.plan.steps[3].dimension
    pressed(screen, DE("workshop.later", step="Alle Bereiche")).run()
    told = [step.dimension for step in now(workshop).plan.steps]
    assert told[7:11] == [first] * 4


def test_one_switch_skips_a_dimension(workshop: Workshop, started: Store) -> None:
    """And takes it in again; how long it all takes changes with it."""
    del started
    screen, dimension = prepare(workshop), workshop.plan.steps[3].dimension
    switch = f"agenda_on_{workshop.code}_{dimension}"
    screen.toggle(key=switch).set_value(False).run()
    assert not talked_about(now(workshop).plan.steps, dimension)
    said = "".join(element.proto.body for element in screen.get("html"))
    assert "90 Minuten" in said
    assert "30 Minuten Luft" in said
    screen.toggle(key=switch).set_value(True).run()
    assert now(workshop).plan == workshop.plan


def test_minutes_notes_and_whether_a_step_takes_place_are_kept_at_once(
    workshop: Workshop,
) -> None:
    """As are the name and the dots; the first words of a note stand at its step."""
    screen, (welcome, *_) = prepare(workshop), workshop.plan.steps
    field = f"agenda_{{}}_{workshop.code}_{welcome.id}".format
    screen.number_input(key=field("minutes")).set_value(15).run()
    screen.text_area(key=field("notes")).set_value("Alle begrüßen").run()
    screen.checkbox(key=field("part")).uncheck().run()
    screen.text_input(key=f"workshop_title_{workshop.code}").set_value("Runde").run()
    screen.number_input(key=f"workshop_dots_{workshop.code}").set_value(5).run()
    changed = replace(welcome, minutes=15, notes="Alle begrüßen", skipped=True)
    plan = with_step(workshop.plan, changed)
    assert now(workshop).plan == replace(plan, title="Runde", dots=5)
    assert "Alle begrüßen" in [caption.value for caption in screen.caption]
    assert screen.title[0].value == "Runde"


def test_more_than_two_hours_are_told(workshop: Workshop) -> None:
    """With how many minutes too many."""
    screen, welcome = prepare(workshop), workshop.plan.steps[0]
    screen.number_input(key=f"agenda_minutes_{workshop.code}_{welcome.id}").set_value(20).run()
    said = "".join(element.proto.body for element in screen.get("html"))
    assert DE.count("workshop.over", 7) in said


def test_a_workshop_without_a_name_keeps_the_one_it_has(workshop: Workshop) -> None:
    """And it is said that it needs one."""
    screen = prepare(workshop)
    screen.text_input(key=f"workshop_title_{workshop.code}").set_value(" ").run()
    assert "Geben Sie dem Workshop einen Namen" in screen.error[0].value
    assert screen.text_input(key=f"workshop_title_{workshop.code}").value == workshop.plan.title


def test_a_running_workshop_can_be_changed_and_says_where_it_is(
    workshop: Workshop, consultant: Account
) -> None:
    """Somebody at the projector going on meanwhile does not matter."""
    store, steps = house().store, workshop.plan.steps
    acts.go(store, consultant, store.workshops.room(workshop.code), steps[0], today())
    screen = prepare(workshop)
    assert [DE("workshop.here") in box.label for box in screen.checkbox].count(True) == 1
    acts.go(store, consultant, store.workshops.room(workshop.code), steps[1], today())
    screen.number_input(key=f"agenda_minutes_{workshop.code}_{steps[4].id}").set_value(9).run()
    assert not screen.warning[1:]  # the first is that the address is this computer's own
    assert now(workshop).plan.steps[4].minutes == 9
    assert now(workshop).at == steps[1].id


@pytest.mark.parametrize("answer", ["mine", "theirs"])
def test_two_who_write_different_notes_lose_none(
    workshop: Workshop, consultant: Account, answer: str
) -> None:
    """Both stand there until one is chosen; what else was changed stays."""
    screen, (welcome, guess, *_) = prepare(workshop), workshop.plan.steps
    theirs = with_step(workshop.plan, replace(welcome, notes="ihre"))
    theirs = with_step(theirs, replace(guess, minutes=8))
    acts.revise(house().store, consultant, workshop, theirs)
    screen.text_area(key=f"agenda_notes_{workshop.code}_{welcome.id}").set_value("meine").run()
    told = screen.warning[0].value
    assert "meine" in told
    assert "ihre" in told
    assert now(workshop).plan == theirs
    label = DE("editing.mine") if answer == "mine" else DE("editing.theirs")
    pressed(screen, label).run()
    notes = "meine" if answer == "mine" else "ihre"
    assert now(workshop).plan == with_step(theirs, replace(welcome, notes=notes))
    assert not screen.warning[1:]


def test_what_somebody_else_changed_is_shown_at_the_next_act(
    workshop: Workshop, consultant: Account
) -> None:
    """In the fields, too."""
    screen, (welcome, guess, *_) = prepare(workshop), workshop.plan.steps
    theirs = with_step(workshop.plan, replace(welcome, minutes=30))
    acts.revise(house().store, consultant, workshop, theirs)
    screen.number_input(key=f"agenda_minutes_{workshop.code}_{guess.id}").set_value(1).run()
    assert screen.number_input(key=f"agenda_minutes_{workshop.code}_{welcome.id}").value == 30


def test_deleting_is_confirmed_and_leads_to_the_list(workshop: Workshop, started: Store) -> None:
    """What goes and what stays is said before."""
    screen = prepare(workshop)
    assert DE("workshop.remove_sure") in words(screen)
    pressed(screen, DE("workshop.remove_yes")).run()
    left = [one.code for one in started.workshops.of(workshop.organisation)]
    assert left == [WORKSHOP]


def test_an_ended_workshop_says_so(workshop: Workshop, consultant: Account) -> None:
    """And how it goes on; the protocol is there then."""
    store = house().store
    room = store.workshops.room(workshop.code)
    assert DE("workshop.to_protocol") not in ways(prepare(workshop))
    acts.go(store, consultant, room, workshop.plan.steps[0], today())
    acts.end(store, consultant, store.workshops.room(workshop.code))
    screen = prepare(workshop)
    assert DE("workshop.ended_text") in words(screen)
    assert DE("workshop.to_protocol") in ways(screen)


# Ways to it


@pytest.mark.parametrize(("place", "label"), [("start", "nav.workshops"), ("wave", "nav.workshop")])
@pytest.mark.usefixtures("consultant")
def test_whoever_runs_the_survey_finds_the_way(place: str, label: str) -> None:
    """From the first screen, and from a released wave."""
    assert DE(label) in ways(visit(place, wave=RELEASED))


@pytest.mark.parametrize("person", [LEADER, CONSULTANT])
@pytest.mark.usefixtures("started")
def test_the_results_lead_those_to_it_who_may(person: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leader reads the same results without that link."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(person))
    screen = visit("results", wave=RELEASED)
    assert (DE("nav.workshop") in ways(screen)) == (person == CONSULTANT)


def test_the_demo_comes_with_a_prepared_workshop(workshop: Workshop) -> None:
    """On what is proposed from its last results; nothing has been asked in it."""
    results = load_results(house().store, house().store.waves.find(RELEASED))
    told = {s.dimension for s in workshop.plan.steps if s.dimension and not s.skipped}
    assert told == set(proposed(results))
    assert house().store.workshops.room(workshop.code).rounds == ()
