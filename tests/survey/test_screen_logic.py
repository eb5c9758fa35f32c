"""The screens' logic without a browser: AppTest on the real navigation script and a real store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.accounts import Account, Role
from data.audit import AuditAct
from data.model import WaveState
from data.store import Store
from scoring.gaps import GapKind
from survey import releasing, running
from survey.house import house
from survey.screens.places import SCREENS
from survey.visitors import COOKIE
from tests import people
from tests.data.samples import DAY, NEXT_DAY, response, short_settings

NAVIGATION = Path(__file__).parents[2] / "survey" / "navigation.py"


@pytest.fixture
def empty_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The house on a database of its own."""
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(tmp_path / "kundenkompass.db"))
    house.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()
    yield house().store
    house().store.close()
    house.cache_clear()


@pytest.fixture
def demo_house(empty_house: Store) -> Store:
    """The house with the demo organisation in it."""
    running.demo(empty_house)
    return empty_house


@pytest.fixture
def owners_cookie(empty_house: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """The cookie of a signed-in owner, sent with every request (AppTest sends none itself)."""
    cookie = people.owners_cookie(empty_house, house().visitors)
    monkeypatch.setattr(ContextProxy, "cookies", {COOKIE: cookie})
    return cookie


def visit(place: str = "", **query: str) -> AppTest:
    """Open a screen by its address, in German."""
    screen = AppTest.from_string(
        "import streamlit as st\n"
        "from importlib import import_module\n"
        "from survey.screens.frame import spoken\n"
        f"name = {place or 'start'!r}\n"
        "pages = [st.Page(import_module(f'survey.screens.{n}').show, url_path=n)"
        f" for n in {tuple(SCREENS)!r} if n != name]\n"
        "mine = st.Page(import_module(f'survey.screens.{name}').show, default=True)\n"
        "st.navigation([mine, *pages], position='hidden').run()\n",
        default_timeout=20,
    )
    screen.query_params["lang"] = "de"
    for name, value in query.items():
        screen.query_params[name] = value
    return screen.run()


def words(screen: AppTest) -> str:
    """Everything a screen says outside its tables."""
    parts = [
        *screen.title,
        *screen.header,
        *screen.subheader,
        *screen.markdown,
        *screen.caption,
        *screen.info,
    ]
    return "\n".join(str(part.value) for part in (*parts, *screen.success, *screen.error))


def pressed(screen: AppTest, label: str) -> AppTest:
    """The screen with one of its buttons pressed."""
    next(button for button in screen.button if button.label == label).click()
    return screen


@pytest.mark.parametrize("place", [name for name, roles in SCREENS.items() if roles])
@pytest.mark.usefixtures("demo_house")
def test_every_owners_screen_checks_by_itself(place: str) -> None:
    """Run directly, past the navigation, without a cookie: only the door is drawn."""
    screen = visit(place, wave="muster25")
    assert not screen.exception
    assert "melden Sie sich mit Ihrem Konto an" in words(screen)
    assert "Apfel" not in words(screen)
    assert not screen.button


@pytest.mark.usefixtures("demo_house")
def test_a_forged_cookie_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cookie that the server did not sign is no cookie."""
    monkeypatch.setattr(ContextProxy, "cookies", {COOKIE: '"anything".signed-by-nobody'})
    assert "Apfel" not in words(visit("start"))


@pytest.mark.usefixtures("owners_cookie")
def test_the_first_screen_of_an_empty_house_offers_two_ways_to_begin() -> None:
    """The demo by one button, one's own organisation by a link."""
    screen = visit("start")
    assert [button.label for button in screen.button] == ["Demo anlegen"]
    assert "Eigene Organisation einrichten" in words(screen)


@pytest.mark.usefixtures("owners_cookie")
def test_the_demo_is_created_once_however_often_the_button_is_pressed(empty_house: Store) -> None:
    """A second press while the first was at work finds the demo there and says nothing."""
    first, second = visit("start"), visit("start")
    first.button[0].click().run()
    second.button[0].click().run()
    assert not second.error
    assert [wave.state for wave in empty_house.waves.all()] == [
        WaveState.RELEASED,
        WaveState.RELEASED,
        WaveState.OPEN,
    ]


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_results_of_an_open_wave_are_refused() -> None:
    """Asking for the results of a wave that is still open names it."""
    screen = visit("results", wave="muster26")
    assert "Kundenkompass Herbst 2026" in screen.error[0].value
    assert [title.value for title in screen.title] == ["Das gibt es hier nicht"]
    assert not screen.header


@pytest.mark.usefixtures("owners_cookie")
def test_the_latest_results_are_shown_where_none_are_asked_for(demo_house: Store) -> None:
    """Without a wave in the address, the one released last of those that are theirs."""
    owner = Account(1, "o@example.org", "O", Role.OWNER)
    latest = releasing.latest(releasing.released_waves(demo_house, owner))
    assert latest is not None
    assert latest.code == "muster25"
    stranger = Account(2, "c@example.org", "C", Role.CONSULTANT)
    assert releasing.released_waves(demo_house, stranger) == ()


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_the_navigation_gives_the_owner_the_list_of_waves() -> None:
    """The script that Streamlit runs, with the owner's cookie, ends on the list."""
    screen = AppTest.from_file(str(NAVIGATION), default_timeout=20)
    screen.query_params["lang"] = "de"
    screen.run()
    assert not screen.exception
    assert "Kundenkompass Herbst 2026" in words(screen)


@pytest.mark.usefixtures("owners_cookie")
def test_results_without_a_release_say_when_there_will_be_some() -> None:
    """No wave released: no empty tables, but what has to happen."""
    assert "Noch ist keine Befragung freigegeben" in words(visit("results"))


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_closing_and_releasing_go_through_a_question() -> None:
    """The wave is closed only by the confirming button, and released only by its own."""
    screen = visit("wave", wave="muster26")
    pressed(screen, "Ja, schließen").run()
    assert house().store.waves.find("muster26").state is WaveState.CLOSED
    pressed(screen, "Ja, endgültig freigeben").run()
    assert house().store.waves.find("muster26").state is WaveState.RELEASED


@pytest.mark.usefixtures("owners_cookie")
def test_an_open_wave_shows_participation_in_bands(demo_house: Store) -> None:
    """A table with the time of counting, and the reason; nothing once the wave is closed."""
    screen = visit("wave", wave="muster26")
    tables = [element.proto.body for element in screen.get("html")]
    (bands,) = (table for table in tables if "Beteiligung je Bereich" in table)
    wave = demo_house.waves.find("muster26")
    found = demo_house.answers.participation(wave, datetime.now(UTC))
    assert found.bands
    assert bands.count("<tr>") == 1 + len(found.bands)
    assert any("höchstens einmal in der Stunde" in caption.value for caption in screen.caption)
    demo_house.waves.close(wave, NEXT_DAY)
    closed = visit("wave", wave="muster26")
    assert not any("Beteiligung je Bereich" in e.proto.body for e in closed.get("html"))


@pytest.mark.usefixtures("owners_cookie")
def test_a_firm_of_small_departments_shows_no_bands(empty_house: Store) -> None:
    """Neither a table nor a word about one."""
    heads = {("A",): 9, ("B",): 8}
    wave = running.set_up(empty_house, "Klein", heads, short_settings(), DAY)
    screen = visit("wave", wave=wave.code)
    assert not any("Beteiligung je Bereich" in e.proto.body for e in screen.get("html"))
    assert not any("Stunde" in caption.value for caption in screen.caption)


@pytest.mark.usefixtures("owners_cookie")
def test_targets_are_set_for_the_wave_and_for_one_department(demo_house: Store) -> None:
    """An emptied field removes a target; a department's own stand beside the wave's."""
    wave = demo_house.waves.find("muster26")
    screen = visit("expectations", wave="muster26")
    screen.text_input[0].set_value("4,5")
    screen.text_input[1].set_value("")
    pressed(screen, "Ziele speichern").run()
    assert not screen.exception
    targets = demo_house.expectations.targets(wave)
    assert targets[()]["customer_perspective"] == 4.5
    assert "employee_orientation" not in targets[()]
    screen.selectbox[0].select(("Logistik",)).run()
    screen.text_input[2].set_value("3.1")
    pressed(screen, "Ziele speichern").run()
    assert demo_house.expectations.targets(wave) == {
        **targets,
        ("Logistik",): {"top_down_bottom_up": 3.1},
    }


@pytest.mark.parametrize("typed", ["abc", "-", "0,5", "42"])
@pytest.mark.usefixtures("owners_cookie")
def test_what_is_no_mean_is_named_and_nothing_is_saved(demo_house: Store, typed: str) -> None:
    """Neither the wrong number nor the right one beside it; both are still in their fields."""
    wave = demo_house.waves.find("muster26")
    before = demo_house.expectations.targets(wave)
    screen = visit("expectations", wave="muster26")
    screen.text_input[0].set_value(typed)
    screen.text_input[1].set_value("4,1")
    pressed(screen, "Ziele speichern").run()
    assert "Kundensicht" in words(screen)
    assert "Nichts wurde gespeichert" in words(screen)
    assert [field.value for field in screen.text_input[:2]] == [typed, "4,1"]
    assert demo_house.expectations.targets(wave) == before


@pytest.mark.usefixtures("owners_cookie")
def test_a_prediction_carries_the_name_of_the_account(demo_house: Store) -> None:
    """Nobody types a name: it is entered by whoever is signed in, and the log says so."""
    wave = demo_house.waves.find("muster26")
    screen = visit("expectations", wave="muster26")
    assert "unter Ihrem Namen eingetragen: Owner" in words(screen)
    screen.text_input[5].set_value("2,2")
    pressed(screen, "Vorhersage speichern").run()
    now = demo_house.expectations.predictions(wave)["customer_perspective"]
    assert (now.value, now.by) == (2.2, "Owner")
    latest = demo_house.audit.read()[0]
    assert (latest.act, latest.who) == (AuditAct.PREDICTED, "Owner <owner@example.org>")


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_after_the_release_targets_and_prediction_can_only_be_read() -> None:
    """No field and no button; who entered it and when is said."""
    screen = visit("expectations", wave="muster25")
    assert "festgeschrieben" in words(screen)
    assert "Petra Quitte" in words(screen)
    assert not screen.text_input
    assert not screen.button


@pytest.mark.usefixtures("owners_cookie")
def test_releasing_without_targets_or_prediction_is_warned_of(demo_house: Store) -> None:
    """Afterwards it is too late; with targets there is no warning."""
    wave = demo_house.waves.find("muster26")
    for path in demo_house.expectations.targets(wave):
        demo_house.expectations.set_targets(wave, path, {})
    demo_house.waves.close(wave, datetime.now().date())
    screen = visit("wave", wave="muster26")
    assert any("noch keine Ziele" in str(warning.value) for warning in screen.warning)
    assert not any("keine Vorhersage" in str(warning.value) for warning in screen.warning)
    demo_house.expectations.set_targets(wave, (), {"customer_perspective": 4})
    screen = visit("wave", wave="muster26")
    assert not any("noch keine Ziele" in str(warning.value) for warning in screen.warning)
    demo_house.expectations.predict(wave, {}, "Ada", datetime.now().date())
    screen = visit("wave", wave="muster26")
    assert any("keine Vorhersage" in str(warning.value) for warning in screen.warning)


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_at_first_the_question_with_the_largest_sure_gap_is_shown() -> None:
    """Of departments and rest, that is Kundendienst on back-office involvement."""
    screen = visit("gaps", wave="muster25")
    assert screen.selectbox(key="results_question").value == "back_office_involvement"
    assert "Der größte gesicherte Abstand: Im Bereich Kundendienst" in words(screen).replace(
        "\\", ""
    )


@pytest.mark.usefixtures("owners_cookie")
def test_a_choice_of_waves_names_the_organisation_where_there_are_several(
    demo_house: Store,
) -> None:
    """On a phone the year must fit; of two organisations, waves may have the same title."""
    mine = ["Kundenkompass Herbst 2024", "Kundenkompass Herbst 2025"]
    choice = visit("results").selectbox(key="results_wave")
    assert (choice.options, choice.value) == (mine, "muster25")
    other = demo_house.organisations.add("Andere AG")
    wave = demo_house.waves.add(other, short_settings(), "anderews")
    closed = demo_house.waves.close(demo_house.waves.open(wave, DAY), NEXT_DAY)
    releasing.release(demo_house, closed, NEXT_DAY)
    assert visit("results").selectbox(key="results_wave").options == [
        f"Andere AG: {wave.title}",
        *(f"Apfel & Birne Waagenbau GmbH: {title}" for title in mine),
    ]


@pytest.mark.parametrize("kind", [kind.value for kind in GapKind])
@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_every_kind_of_gap_has_its_view(kind: str) -> None:
    """By its address; no earlier release is missed where there is one."""
    screen = visit("gaps", wave="muster25", gap=kind)
    assert not screen.exception
    assert screen.selectbox(key="results_gap").value == kind
    assert "keine frühere freigegebene Befragung" not in words(screen)


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_the_trend_names_the_wave_it_starts_from() -> None:
    """The demo's wave of the year before."""
    assert "Kundenkompass Herbst 2024" in words(visit("gaps", wave="muster25", gap="trend"))


@pytest.mark.parametrize("kind", [kind.value for kind in GapKind])
@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_the_first_wave_has_every_view_but_no_trend(kind: str) -> None:
    """Where there is nothing to compare, why is said; a later release is no earlier one."""
    screen = visit("gaps", wave="muster24", gap=kind)
    assert not screen.exception
    assert screen.selectbox(key="results_gap").value == kind
    assert ("keine frühere freigegebene Befragung" in words(screen)) == (kind == "trend")


@pytest.mark.usefixtures("owners_cookie")
def test_an_organisation_without_departments_has_results_to_the_end(empty_house: Store) -> None:
    """120 people of no department: reliability is there, spread is not, and the source line is."""
    settings = short_settings()
    wave = empty_house.waves.add(empty_house.organisations.add("Ohne"), settings, "ohneberg")
    wave = empty_house.waves.open(wave, DAY)
    items = settings.items
    people = [
        response(n, answers={item: 1 + (n + i * (n % 3)) % 5 for i, item in enumerate(items)})
        for n in range(120)
    ]
    empty_house.answers.add_many(wave, people, DAY)
    wave = releasing.release(empty_house, empty_house.waves.close(wave, NEXT_DAY), NEXT_DAY)
    assert empty_house.releases.load(wave).reliability
    screen = visit("results", wave="ohneberg")
    assert not screen.exception
    assert not screen.error
    assert "Ohne, Kundenkompass 2026, freigegeben" in words(screen)
    gaps = visit("gaps", wave="ohneberg")
    assert [box.key for box in gaps.selectbox] == ["results_gap"]
    trend = visit("gaps", wave="ohneberg", gap="trend")
    assert "keine frühere freigegebene Befragung" in words(trend)


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_a_gap_kind_that_does_not_exist_falls_back_to_departments() -> None:
    """An address that somebody mistyped still opens."""
    screen = visit("gaps", wave="muster25", gap="nonsense", question="nonsense")
    assert not screen.exception
    assert screen.selectbox(key="results_gap").value == "department"


@pytest.mark.usefixtures("owners_cookie", "demo_house")
def test_a_link_to_another_choice_wins_over_what_was_chosen_before() -> None:
    """The list shows what the address says, and choosing changes the address."""
    screen = visit("gaps", wave="muster25", gap="target")
    screen.selectbox(key="results_gap").select("contact").run()
    assert screen.query_params["gap"] == "contact"
    screen.query_params["gap"] = "leadership"
    screen.run()
    assert screen.selectbox(key="results_gap").value == "leadership"


def test_the_method_is_there_for_everybody(empty_house: Store) -> None:
    """Without a cookie and without a wave."""
    assert empty_house.waves.all() == ()
    assert "Methode: was die Zahlen bedeuten" in words(visit("method"))


@pytest.mark.usefixtures("demo_house")
def test_the_answer_screen_names_what_is_missing_and_then_stores_once(empty_house: Store) -> None:
    """Nothing chosen: five questions and the department are named; filled in, one is stored."""
    wave = empty_house.waves.find("muster26")
    before = sum(empty_house.answers.per_day(wave).values())
    screen = visit("answer", wave="muster26")
    pressed(screen, "Absenden").run()
    assert words(screen).count("Bitte wählen Sie") == 6
    for item in ("CP1", "EO1", "TB1", "BO1", "SO1"):
        screen.radio(key=f"answer_{item}").set_value(4)
    screen.selectbox[0].select_index(2)
    pressed(screen, "Absenden").run()
    assert "Danke!" in words(screen)
    assert sum(empty_house.answers.per_day(wave).values()) == before + 1


@pytest.mark.parametrize("code", ["", "nosuchcd"])
@pytest.mark.usefixtures("empty_house")
def test_an_unknown_code_says_so_on_the_answer_screen(code: str) -> None:
    """No form and no trace, but what to check."""
    screen = visit("answer", wave=code)
    assert not screen.exception
    assert "Diesen Link gibt es nicht" in words(screen)


@pytest.mark.usefixtures("demo_house")
def test_wrong_codes_on_the_answer_screen_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As at the light form: after twenty even the right code is not told for a while."""
    monkeypatch.setattr(ContextProxy, "ip_address", "192.0.2.7")
    for number in range(20):
        assert "Diesen Link gibt es nicht" in words(visit("answer", wave=f"wrong{number:03}"))
    assert "einen Moment Geduld" in words(visit("answer", wave="muster26"))


# Smallest group and groups


@pytest.mark.usefixtures("owners_cookie")
def test_the_smallest_group_is_raised_by_the_confirming_button(demo_house: Store) -> None:
    """Choosing a number changes nothing; confirming does, for good, and the log says so."""
    screen = visit("wave", wave="muster26")
    before = demo_house.waves.find("muster26").settings.smallest_group
    screen.number_input(key="raise_to").set_value(before + 3).run()
    assert demo_house.waves.find("muster26").settings.smallest_group == before
    pressed(screen, "Ja, endgültig erhöhen").run()
    assert not screen.exception
    wave = demo_house.waves.find("muster26")
    assert wave.settings.smallest_group == before + 3
    assert demo_house.waves.log(wave)[-1].details == {"smallest_group": before + 3}
    assert screen.number_input(key="raise_to").min == before + 4


@pytest.mark.parametrize("state", ["released", "at the largest"])
@pytest.mark.usefixtures("owners_cookie")
def test_what_cannot_be_raised_has_no_button(demo_house: Store, state: str) -> None:
    """Neither after the release nor at 20; the privacy sheet's link stays."""
    code = "muster25" if state == "released" else "muster26"
    if state == "at the largest":
        demo_house.waves.raise_smallest_group(demo_house.waves.find(code), 20, DAY)
    screen = visit("wave", wave=code)
    assert not screen.exception
    assert not screen.number_input
    assert "Ja, endgültig erhöhen" not in [button.label for button in screen.button]
    assert any("/privacy" in str(one.proto) for one in screen.get("link_button"))


@pytest.mark.usefixtures("owners_cookie")
def test_a_wave_released_meanwhile_is_not_raised(demo_house: Store) -> None:
    """The button of a page that was open before the release changes nothing any more."""
    screen = visit("wave", wave="muster26")
    wave = demo_house.waves.close(demo_house.waves.find("muster26"), NEXT_DAY)
    before = releasing.release(demo_house, wave, NEXT_DAY).settings.smallest_group
    pressed(screen, "Ja, endgültig erhöhen").run()
    assert not screen.exception
    assert demo_house.waves.find("muster26").settings.smallest_group == before
