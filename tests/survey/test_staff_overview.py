"""What employees see of a release under their own link: the whole organisation, and no more."""

import html
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.measures import MeasureState, Plan
from data.model import Wave, WaveSettings, WaveState
from data.questionnaires import load_instrument
from data.sqlite import open_store
from data.store import Store
from data.workshops import WorkshopPlan
from survey import releasing
from survey.form.routes import LightForm
from survey.form.style import overview_style
from survey.submission import FormSigner
from survey.wording import wording
from tests.data.samples import DAY, NEXT_DAY, NEXT_NOON, SHORT_FORM, response, short_settings
from tests.survey.test_nothing_withheld_is_shown import HEADS, SMALL, Someone, crowd, swapped

CODE, NORTH_CODE = "k7m2p9qx", "n3rdw4yz"
DE = wording("de")

Ask = Callable[..., httpx.Response]


def asking(store: Store) -> Ask:
    """Opens links over HTTP."""
    form = LightForm(store, FormSigner("a secret of this house"), lambda: NEXT_NOON)
    client = TestClient(Starlette(routes=form.routes()), follow_redirects=False)

    def get(code: str = CODE, language: str = "de", page: str = "") -> httpx.Response:
        return client.get(f"/q/{code}{page}?lang={language}")

    return get


def settings(title: str = "Welle 1", **more: object) -> WaveSettings:
    """A wave with the overview switched on, unless `more` says otherwise."""
    return replace(short_settings(title), **{"staff_overview": True, **more})  # type: ignore[arg-type]


def run(
    store: Store,
    people: tuple[Someone, ...] = (),
    wanted: WaveSettings | None = None,
    *,
    upto: WaveState = WaveState.RELEASED,
) -> Wave:
    """An organisation whose people answer a wave, which is taken to this state."""
    owner = next(iter(store.organisations.all()), None) or store.organisations.add("Muster GmbH")
    store.organisations.save_departments(owner, HEADS)
    wave = store.waves.add(owner, wanted or settings(), CODE)
    if upto is WaveState.DRAFT:
        return wave
    wave = store.waves.open(wave, DAY)
    places = {d.path: d for d in store.waves.departments(wave)}
    store.invitations.add(wave, {NORTH_CODE: places["Vertrieb", "Nord"]})
    given = (
        response(
            n,
            places[one.path],
            dict(zip(SHORT_FORM, one.answers, strict=True)),
            leads=one.leads,
            customer=one.customer,
            comments={"customer_perspective": "Mehr Zeit für Kunden."},
        )
        for n, one in enumerate(people or (*crowd(), *SMALL))
    )
    store.answers.add_many(wave, given, DAY)
    store.expectations.set_targets(wave, (), {"customer_perspective": 4.25})
    store.expectations.predict(wave, {"customer_perspective": 1.25}, "Ada Lovelace", DAY)
    if upto is WaveState.OPEN:
        return wave
    wave = store.waves.close(wave, NEXT_DAY)
    return releasing.release(store, wave, NEXT_DAY) if upto is WaveState.RELEASED else wave


def text(page: str) -> str:
    """What a page says, without its markup."""
    body = page.partition("<main>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("code", [CODE, NORTH_CODE, "K7M2-P9QX"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_link_shows_the_overview_after_the_release(
    fresh_store: Store, code: str, language: str
) -> None:
    """The open one and a department's, in both languages: all five dimensions, and no form."""
    run(fresh_store)
    page = asking(fresh_store)(code, language)
    said = text(page.text)
    assert page.status_code == 200
    for dimension in load_instrument("five_questions").dimensions:
        assert dimension.title[language] in said
    assert wording(language)("overview.title") in said
    assert "67" in said  # of 68 people
    assert "<form" not in page.text


@pytest.mark.parametrize("upto", [WaveState.DRAFT, WaveState.OPEN, WaveState.CLOSED])
def test_nothing_is_shown_before_the_release(fresh_store: Store, upto: WaveState) -> None:
    """However the wave stands, and whoever asks."""
    run(fresh_store, upto=upto)
    said = asking(fresh_store)().text
    assert "Ergebnisse:" not in said
    assert "am nächsten bei" not in said


def test_where_it_is_off_the_wave_is_over(fresh_store: Store) -> None:
    """As before: no figure, only thanks."""
    run(fresh_store, wanted=settings(staff_overview=False))
    said = text(asking(fresh_store)().text)
    assert "beendet" in said
    assert not re.search(r"\d,\d", said)


def test_departments_groups_and_comments_are_not_in_it(fresh_store: Store) -> None:
    """No name of a department, no word on position or contact, no comment, no prediction."""
    run(fresh_store)
    said = asking(fresh_store)(NORTH_CODE).text
    for hidden in ("Vertrieb", "Nord", "Süd", "Technik", "Werk", "Mehr Zeit", "Ada", "1,3", "1,2 "):
        assert hidden not in said, hidden
    for word in (DE("results.position"), DE("group.leads"), DE("group.customer"), "Prognose"):
        assert word not in said, word


def test_organisations_that_differ_in_what_is_withheld_have_one_page(tmp_path: Path) -> None:
    """To the letter, in both languages, from the open link and a department's."""
    pages: list[list[str]] = []
    for name, small in (("one", SMALL), ("other", swapped(SMALL))):
        with closing(open_store(tmp_path / f"{name}.db")) as store:
            run(store, (*crowd(), *small))
            ask = asking(store)
            pages.append([ask(c, lang).text for c in (CODE, NORTH_CODE) for lang in ("de", "en")])
    assert pages[0] == pages[1]


def test_what_was_agreed_is_told(fresh_store: Store) -> None:
    """What, about what, where, which role, by when and how far; at once, and in plain text."""
    wave = run(fresh_store)
    ask = asking(fresh_store)
    assert DE("overview.no_measures", organisation="Muster GmbH") in text(ask().text)
    plan = Plan(
        path=("Vertrieb", "Süd"),
        dimension="customer_perspective",
        what="<b>Mitfahren</b>\nzu einem Kunden",
        responsible="Leitung & Team",
        due=date(2026, 9, 30),
        state=MeasureState.IMPROVED,
    )
    kept = fresh_store.measures.add(wave, plan)
    page = ask().text
    assert "&lt;b&gt;Mitfahren&lt;/b&gt;\nzu einem Kunden" in page
    said = text(page)
    for told in ("Kundensicht · Vertrieb / Süd", "Leitung & Team", "30. September 2026"):
        assert told in said
    assert "Gemeinsam verbessert" in said
    assert DE("overview.no_measures", organisation="Muster GmbH") not in said
    assert "Customer perspective · Vertrieb / Süd" in text(ask(language="en").text)
    fresh_store.measures.remove(kept)
    assert "Mitfahren" not in ask().text


def test_what_was_agreed_in_workshops_is_told(fresh_store: Store) -> None:
    """After this wave, or after none; also about what this wave did not ask."""
    wave = run(fresh_store)
    for number, source in enumerate((wave, None)):
        plan = WorkshopPlan("Runde", (), "five_questions", 5)
        workshop = fresh_store.workshops.add(wave.organisation, source, plan, f"K7M4X{number}")
        what = Plan((), "top_down_bottom_up", f"Mitfahren {number}", "Leitung", DAY)
        fresh_store.measures.agree(workshop, what)
    said = text(asking(fresh_store)().text)
    assert "Mitfahren 0 Von oben und von unten" in said
    assert "Mitfahren 1 Von oben und von unten" in said
    other = fresh_store.organisations.add("Andere AG")
    workshop = fresh_store.workshops.add(
        other, None, WorkshopPlan("Runde", (), "five_questions", 5), "FREMD2"
    )
    fresh_store.measures.agree(workshop, Plan((), "top_down_bottom_up", "Fremdes", "x", DAY))
    assert "Fremdes" not in asking(fresh_store)().text


def test_what_was_agreed_elsewhere_is_not_told(fresh_store: Store) -> None:
    """Neither after another wave, nor in another organisation, nor where the overview is off."""
    wave = run(fresh_store, wanted=settings(staff_overview=False))
    plan = Plan((), "customer_perspective", "Mitfahren", "Leitung", DAY)
    fresh_store.measures.add(wave, plan)
    assert "Mitfahren" not in asking(fresh_store)().text
    for code, owner in (
        ("zweite22", wave.organisation),
        ("fremde22", fresh_store.organisations.add("Andere AG")),
    ):
        other = fresh_store.waves.add(owner, settings(f"Welle {code}"), code)
        other = fresh_store.waves.close(fresh_store.waves.open(other, DAY), NEXT_DAY)
        releasing.release(fresh_store, other, NEXT_DAY)
        fresh_store.invitations.add(other, {})
        page = asking(fresh_store)(code)
        assert page.status_code == 200
        assert "Mitfahren" not in page.text


def test_a_withheld_figure_has_one_reason(fresh_store: Store) -> None:
    """Everybody agrees on one statement, nobody may know: the reason alone, no number beside it."""
    people = tuple(replace(one, answers=(4, *one.answers[1:])) for one in (*crowd(), *SMALL))
    run(fresh_store, people)
    page = asking(fresh_store)().text
    first = page.partition('id="part-1"')[2].partition("</section>")[0]
    assert DE("results.withheld") in first
    assert not re.search(r"\d", first.partition("</h3>")[2])
    assert "svg" not in first


def test_an_organisation_too_small_for_any_figure_sees_that(fresh_store: Store) -> None:
    """Four people: five times the reason, and no number of theirs."""
    run(fresh_store, SMALL[:4])
    said = text(asking(fresh_store)().text)
    assert said.count(DE("results.withheld")) >= 5
    assert not re.search(r"\d,\d", said)


def test_the_page_is_light_and_runs_nothing(fresh_store: Store) -> None:
    """Below 15 kB, one request, no script, its own policy; names are escaped."""
    run(fresh_store, wanted=settings("<script>alert(1)</script> & Co"))
    page = asking(fresh_store)()
    assert len(page.content) < 15_000
    assert "<script" not in page.text
    assert not re.search(r"\bon\w+=|style=|src=", page.text)
    assert page.headers["content-security-policy"] == overview_style().policy


def test_the_long_form_is_light_too(fresh_store: Store) -> None:
    """22 statements: a mean each, and the dimension's beside them."""
    instrument = load_instrument("five_questions")
    items = tuple(item.id for item in instrument.items())
    owner = fresh_store.organisations.add("Muster GmbH")
    wave = fresh_store.waves.add(owner, settings(items=items), CODE)
    wave = fresh_store.waves.open(wave, DAY)
    given = (
        response(n, answers={item: 1 + (n + i) % 5 for i, item in enumerate(items)})
        for n in range(40)
    )
    fresh_store.answers.add_many(wave, given, DAY)
    releasing.release(fresh_store, fresh_store.waves.close(wave, NEXT_DAY), NEXT_DAY)
    page = asking(fresh_store)()
    assert len(page.content) < 15_000
    for item in instrument.items():
        assert html.escape(item.text["de"]) in page.text


def test_the_figures_are_those_of_the_release(fresh_store: Store) -> None:
    """Ten people, worked out by hand: five fours, three threes, two ones make 3.1."""
    north = ("Vertrieb", "Nord")
    answers = (4, 4, 4, 4, 4, 3, 3, 3, 1, 1)
    run(
        fresh_store,
        tuple(
            Someone(north, (a, *[1 + (n + i) % 5 for i in range(4)])) for n, a in enumerate(answers)
        ),
    )
    said = text(asking(fresh_store)().text)
    first = said.partition("Kundensicht")[2].partition("Mitarbeiterorientierung")[0]
    assert "3,1 von 5, am nächsten bei „trifft teils-teils zu“" in first
    assert "10 Personen haben das beurteilt" in first
    assert re.findall(r"(\d+)\s%", first) == ["0", "50", "30", "0", "20"]


@pytest.mark.parametrize("upto", [WaveState.OPEN, WaveState.RELEASED])
@pytest.mark.parametrize("on", [True, False])
def test_people_are_told_who_sees_it(fresh_store: Store, upto: WaveState, *, on: bool) -> None:
    """On the form before they answer, and on the privacy sheet at any time."""
    run(fresh_store, wanted=settings(staff_overview=on), upto=upto)
    ask = asking(fresh_store)
    sheet = text(ask(page="/privacy").text)
    assert ("Übersicht sehen" in sheet) is on
    assert ("keine Ergebnisse zu sehen" in sheet) is not on
    if upto is WaveState.OPEN:
        assert (DE("form.privacy_overview") in text(ask().text)) is on


def test_a_trend_of_the_whole_organisation_is_told(fresh_store: Store) -> None:
    """Everybody answers much higher a year later: a headline, of the organisation alone."""
    low = tuple(replace(o, answers=tuple(min(a, 3) for a in o.answers)) for o in crowd())
    first = run(fresh_store, low, settings("Welle 1"))
    assert first.state is WaveState.RELEASED
    owner = first.organisation
    later = date(DAY.year + 1, 3, 2)
    wave = fresh_store.waves.open(
        fresh_store.waves.add(owner, settings("Welle 2"), "spaeter2"), later
    )
    given = (
        response(n + 500, None, {i: max(a, 4) for i, a in zip(SHORT_FORM, o.answers, strict=True)})
        for n, o in enumerate(crowd())
    )
    fresh_store.answers.add_many(wave, given, later)
    closed = fresh_store.waves.close(wave, later + timedelta(days=1))
    releasing.release(fresh_store, closed, later + timedelta(days=1))
    assert "seit der Befragung „Welle 1“" in text(asking(fresh_store)("spaeter2").text)
