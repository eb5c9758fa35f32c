"""Two organisations that differ only in what is withheld look the same, wherever anybody looks.

Süd (three people) and West (four) are too small to be shown and are merged in a
remainder. In the second organisation two of West sit in Süd and two of Süd in
West: every figure of either team is another, no published one is.
"""

import itertools
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
import streamlit as st
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from data.errors import SetUpProblem
from data.measures import Plan
from data.model import DepartmentPath, Wave
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.results import AnswerCount, Histogram, Release
from data.store import Store
from data.workshops import StepKind
from scoring.cells import finest, node_group
from scoring.gaps import GapKind
from scoring.settling import node_totals
from survey import measure_file, measures, releasing, running
from survey.cli import main
from survey.exporting import as_csv, as_json
from survey.extracts import EXTRACTS
from survey.form.routes import LightForm
from survey.house import house
from survey.results import load_results
from survey.running import Extent
from survey.screens.places import SCREENS
from survey.screens.results_view import VIEWS
from survey.views.choices import CHOICES
from survey.views.distributions import Order
from survey.views.pictures import PICTURES
from survey.visitors import COOKIE
from survey.web.picture import picture_route
from survey.wording import wording
from survey.workshop.markdown import as_markdown
from survey.workshop.protocol import protocol_of
from survey.workshop.protocol_words import document
from tests.data.samples import DAY, NEXT_DAY, NEXT_NOON, SHORT_FORM, response
from tests.people import somebody
from tests.survey import held

SOUTH: DepartmentPath = ("Vertrieb", "Süd")
WEST: DepartmentPath = ("Vertrieb", "West")
HEADS: Mapping[DepartmentPath, int | None] = {
    ("Vertrieb",): 32,
    ("Vertrieb", "Nord"): 24,
    SOUTH: 3,
    WEST: 4,
    ("Technik",): 36,
    ("Technik", "Werk"): 20,
    ("Technik", "Labor"): 16,
}
CODES = ("frueher2", "spaeter2")
"""Of the two waves: the one that trends start from, and the one that is looked at."""

RELEASE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'release%'"

Given = tuple[int, ...]
"""One person's answers, in the order of the short form."""


@dataclass(frozen=True, slots=True)
class Someone:
    """One person."""

    path: DepartmentPath
    answers: Given
    leads: bool = False
    customer: bool = False


# CP1 of Süd is 5, 4, 2 (mean 3.67); of West 1, 2, 3, 1.
SMALL = (
    Someone(SOUTH, (5, 1, 2, 4, 2)),
    Someone(SOUTH, (4, 2, 1, 5, 2)),
    Someone(SOUTH, (2, 1, 1, 5, 1), customer=True),
    Someone(WEST, (1, 5, 4, 1, 5)),
    Someone(WEST, (2, 4, 5, 2, 4)),
    Someone(WEST, (3, 4, 5, 1, 3)),
    Someone(WEST, (1, 3, 4, 2, 5), customer=True),
)
"""The two teams that are withheld."""


def swapped(people: tuple[Someone, ...]) -> tuple[Someone, ...]:
    """The first two of each team sit in the other."""
    moved = {0: WEST, 1: WEST, 3: SOUTH, 4: SOUTH}
    return tuple(replace(p, path=moved.get(n, p.path)) for n, p in enumerate(people))


def crowd() -> tuple[Someone, ...]:
    """Those whose teams are shown: leaders, contact and every answer in each of them."""
    teams = (
        (("Vertrieb", "Nord"), 24, 0),
        (("Technik", "Werk"), 20, 2),
        (("Technik", "Labor"), 16, 1),
    )
    return tuple(
        Someone(
            path,
            tuple(1 + (n * (i + 1) + n // 3 + level * i) % 5 for i in range(5)),
            leads=n % 3 == 0,
            customer=n % 4 < 2,
        )
        for path, people, level in teams
        for n in range(people)
    )


@pytest.fixture(scope="module")
def two_houses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The databases of both organisations, each with two released waves."""
    folder = tmp_path_factory.mktemp("houses")
    paths = (folder / "one.db", folder / "other.db")
    for path, small in zip(paths, (SMALL, swapped(SMALL)), strict=True):
        with lived_in(path) as store:
            organised(store, (*crowd(), *small))
    return paths


@contextmanager
def lived_in(path: Path) -> Iterator[Store]:
    """The house on this database, with its owner's cookie."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUNDENKOMPASS_DATABASE", str(path))
        house.cache_clear()
        st.cache_data.clear()
        st.cache_resource.clear()
        with suppress(SetUpProblem):
            somebody(house().store)
        owner = house().store.accounts.find("owner@example.org")
        cookie = house().visitors.sign_in(owner, datetime.now())
        patch.setattr(ContextProxy, "cookies", {COOKIE: cookie})
        yield house().store
        house().store.close()
        house.cache_clear()


def organised(store: Store, people: tuple[Someone, ...]) -> None:
    """The organisation, and two waves in which these people took part."""
    owner = store.organisations.add("Muster GmbH")
    store.organisations.save_departments(owner, HEADS)
    for later, code in enumerate(CODES):
        settings = running.short_form(
            f"Welle {later}", 5, position=Extent.DIVISIONS, contact=Extent.DIVISIONS
        )
        settings = replace(settings, staff_overview=True)
        opened = DAY + timedelta(days=365 * later)
        wave = store.waves.open(store.waves.add(owner, settings, code), opened)
        places = {d.path: d for d in store.waves.departments(wave)}
        store.answers.add_many(
            wave,
            (
                response(
                    n,
                    places[one.path],
                    dict(zip(SHORT_FORM, one.answers, strict=True)),
                    leads=one.leads,
                    customer=one.customer,
                    comments={"customer_perspective": "Mehr Zeit."} if n == 60 else None,
                )
                for n, one in enumerate(people)
            ),
            opened,
        )
        for path in ((), ("Vertrieb",), SOUTH):
            store.expectations.set_targets(wave, path, {"customer_perspective": 4.25})
        store.expectations.predict(wave, {"customer_perspective": 4.5}, "Ada", opened)
        closed = store.waves.close(wave, opened + (NEXT_DAY - DAY))
        done = releasing.release(store, closed, closed.closed_on or NEXT_DAY)
        for path in ((), SOUTH, ("Vertrieb", "Nord")):
            plan = Plan(path, "customer_perspective", "Mitfahren", "Leitung", opened)
            store.measures.add(done, plan)


def everything(store: Store) -> dict[str, str]:
    """All that a person can get to see, by where."""
    wave = store.waves.find(CODES[1])
    found = {f"export {name}": text for name, text in exports(store, wave)}
    found |= {f"command {words}": text for words, text in commands()}
    found |= {f"page {name}": text for name, text in pages(store)}
    found |= {f"picture {name}": text for name, text in picture_pages(store)}
    found |= {f"screen {name}": text for name, text in screens()}
    found |= {f"leader's {name}": text for name, text in leaders_screens(store)}
    found |= {f"workshop's {name}": text for name, text in workshop_screens(store, wave)}
    found["log"] = "\n".join(repr(store.waves.log(store.waves.find(code))) for code in CODES)
    return found


def exports(store: Store, wave: Wave) -> Iterator[tuple[str, str]]:
    """Every table, both ways."""
    results = load_results(store, wave)
    for extract in EXTRACTS:
        yield f"{extract}.csv", as_csv(results, extract)
        yield f"{extract}.json", as_json(results, extract)
    agreed = measures.agreed(store, wave)
    yield "measures.csv", measure_file.as_csv(agreed, partial(load_results, store), wave, {})


def commands() -> Iterator[tuple[str, str]]:
    """What the command line prints of a release."""
    runner = CliRunner()
    calls: list[tuple[str, ...]] = [("findings", code) for code in CODES]
    calls += [("export", CODES[1], "--table", extract) for extract in EXTRACTS]
    calls += [(*call, "--format", "json") for call in calls if call[0] == "export"]
    for words in calls:
        result = runner.invoke(main, list(words))
        assert result.exit_code == 0, result.stderr
        yield " ".join(words), result.stdout


def pages(store: Store) -> Iterator[tuple[str, str]]:
    """The light form's pages that need no answer: what is for everybody, and the privacy sheets."""
    form = LightForm(store, house().signer, lambda: NEXT_NOON)
    client = TestClient(Starlette(routes=form.routes()))
    for code in CODES:
        for page in (f"{code}/privacy", code):
            for language in ("de", "en"):
                answer = client.get(f"/q/{page}?lang={language}")
                assert answer.status_code == 200
                yield f"{page} {language}", answer.text


def picture_pages(store: Store) -> Iterator[tuple[str, str]]:
    """Every picture to take away, with each of its choices, in both languages."""
    owner = store.accounts.find("owner@example.org")
    cookies = {COOKIE: house().visitors.sign_in(owner, datetime.now())}
    routes = [picture_route(house(), datetime.now, ())]
    client = TestClient(Starlette(routes=routes), cookies=cookies)
    for place in picture_addresses():
        yield place, client.get(f"/picture/{CODES[1]}/{place}").text


def picture_addresses() -> Iterator[str]:
    """What may be asked of each picture, two choices at a time at the most."""
    dimensions = [dimension.id for dimension in load_instrument(FIVE_QUESTIONS).dimensions]
    options = {
        "gap": [kind.value for kind in GapKind],
        "question": ["all", *dimensions],
        "order": [*Order, "size"],
        "all": ["1"],
        "department": [" / ".join(path) for path in HEADS],
    }
    for name in PICTURES:
        yield from (f"{name}?lang={language}" for language in ("de", "en"))
        known = [(choice, options[choice]) for choice in CHOICES[name]]
        for number, (choice, values) in enumerate(known):
            yield from (f"{name}?{urlencode({choice: value})}" for value in values)
            for other, others in known[number + 1 :]:
                both = itertools.product(values, others)
                yield from (f"{name}?{urlencode({choice: a, other: b})}" for a, b in both)


def screens() -> Iterator[tuple[str, str]]:
    """Every screen of both languages; the results of each kind of gap, question by question."""
    for language in ("de", "en"):
        for place in SCREENS:
            yield f"{place} {language}", drawn(visit(place, lang=language, wave=CODES[1]))
    yield "priorities form", drawn(visit("priorities", wave=CODES[1], new="1"))
    yield from heat_maps()
    yield from answers_and_comments()
    for kind in GapKind:
        first = visit("gaps", wave=CODES[1], gap=kind.value)
        yield f"gaps {kind}", drawn(first)
        if any(box.key == "results_question" for box in first.selectbox):
            for number in range(len(first.selectbox(key="results_question").options)):
                chosen = first.selectbox(key="results_question").select_index(number).run()
                yield f"gaps {kind} {number}", drawn(chosen)
        tree = visit("gaps", wave=CODES[1], gap=kind.value, order="tree", all="1")
        yield f"gaps {kind} tree", drawn(tree)
    yield from each_choice("department", "results_department")
    yield from each_choice("trend", "results_department")
    yield from each_choice("trend", "results_question")


def leaders_screens(store: Store) -> Iterator[tuple[str, str]]:
    """What comes first for whoever leads a team that is withheld, or the division above it."""
    number = store.organisations.all()[0].id
    for path in (SOUTH, SOUTH[:1]):
        leader = somebody(store, Role.LEADER, {number: path}, f"{path[-1]}@example.org")
        cookie = house().visitors.sign_in(leader, datetime.now())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ContextProxy, "cookies", {COOKIE: cookie})
            for place in VIEWS:
                yield f"{place} of {path}", drawn(visit(place, wave=CODES[1]))


def workshop_screens(store: Store, wave: Wave) -> Iterator[tuple[str, str]]:
    """A workshop on this wave: the screens of those who lead it, where the survey speaks.

    But for the time of day at which it will be over.
    """
    workshop = held.planned(store, wave.organisation, wave)
    held.asked(store, workshop, StepKind.GUESS, "", 1, 2, 3, 4, 5)
    for step in workshop.plan.steps:
        if step.kind in {StepKind.RESULT, StepKind.TALK, StepKind.MEASURES}:
            held.entered(store, workshop, step.kind, step.dimension)
            for place in ("projector", "facilitator"):
                sent = drawn(visit(place, workshop=workshop.code))
                yield f"{place} at step {step.id}", re.sub(r"\d{1,2}:\d\d", "", sent)
    yield "preparing", drawn(visit("workshop", workshop=workshop.code))
    yield "protocol", drawn(visit("protocol", workshop=workshop.code))
    found = protocol_of(store, store.workshops.room(workshop.code))
    yield "protocol.md", as_markdown(document(wording("de"), found, held.DAY))


def each_choice(place: str, box: str) -> Iterator[tuple[str, str]]:
    """A screen with each option of one of its lists."""
    screen = visit(place, wave=CODES[1])
    for number, option in enumerate(screen.selectbox(key=box).options):
        chosen = visit(place, wave=CODES[1]).selectbox(key=box).select_index(number).run()
        yield f"{place} {box} {option}", drawn(chosen)


def heat_maps() -> Iterator[tuple[str, str]]:
    """The heat map with each of its choices."""
    choices = (
        {"reference": "target"},
        {"numbers": "difference"},
        {"reference": "target", "numbers": "difference"},
        {"order": "customer_perspective", "level": "1"},
        {"department": "Vertrieb", "level": "2"},
        {"department": "Vertrieb / Süd", "numbers": "difference"},
    )
    for choice in choices:
        yield f"heatmap {choice}", drawn(visit("heatmap", wave=CODES[1], **choice))


def answers_and_comments() -> Iterator[tuple[str, str]]:
    """Distributions and comments of each department, and distributions question by question."""
    for path in ((), *HEADS):
        asked = {"wave": CODES[1], "department": " / ".join(path)}
        yield f"distributions of {path}", drawn(visit("distributions", **asked))
        comments = visit("comments", **asked)
        yield f"comments of {path}", drawn(comments)
        if comments.text_input:
            found = comments.text_input(key="comments_words").set_value("zeit").run()
            yield f"comments of {path} searched", drawn(found)
    for question in load_instrument(FIVE_QUESTIONS).dimensions:
        for order in Order:
            asked = {"wave": CODES[1], "question": question.id, "order": order.value}
            yield f"distributions on {question.id} {order}", drawn(visit("distributions", **asked))


def visit(place: str, **query: str) -> AppTest:
    """Open a screen by its address."""
    screen = AppTest.from_string(
        "import streamlit as st\n"
        "from importlib import import_module\n"
        f"name = {place!r}\n"
        "pages = [st.Page(import_module(f'survey.screens.{n}').show, url_path=n)"
        f" for n in {tuple(SCREENS)!r} if n != name]\n"
        "mine = st.Page(import_module(f'survey.screens.{name}').show, default=True)\n"
        "st.navigation([mine, *pages], position='hidden').run()\n",
        default_timeout=20,
    )
    for key, value in {"lang": "de", **query}.items():
        screen.query_params[key] = value
    return screen.run()


def drawn(screen: AppTest) -> str:
    """Everything that a screen sends to the browser: texts, HTML, charts, tooltips, options.

    But for the random names of downloads, what they hold is compared as exports; and for the
    time of day in the activity log, since one organisation was made after the other.
    """
    assert not screen.exception
    sent = "\n".join(
        str(node.proto) for node in screen._tree if getattr(node, "proto", None) is not None
    )
    sent = re.sub(r'deferred_file_id: "[0-9a-f]{32}"', "", sent)
    return re.sub(r"(20\d\d\D{1,8})\d{1,2}:\d\d\b", r"\1", sent)


def released(path: Path, code: str = CODES[1]) -> Release:
    """What a database holds as a wave's release."""
    with lived_in(path) as store:
        return store.releases.load(store.waves.find(code))


def answered(path: Path) -> tuple[AnswerCount, ...]:
    """What was really answered."""
    with lived_in(path) as store:
        return store.answers.counts(store.waves.find(CODES[1]))


def truths(path: Path) -> dict[tuple[DepartmentPath, str], Histogram]:
    """The figures that nobody may see."""
    counts = answered(path)
    found: dict[tuple[DepartmentPath, str], Histogram] = {}
    for item in SHORT_FORM:
        totals = node_totals(finest(count for count in counts if count.item == item))
        found |= {(team, item): totals[team] for team in (SOUTH, WEST)}
    return found


def test_the_two_organisations_differ_only_in_what_is_withheld(
    two_houses: tuple[Path, Path],
) -> None:
    """Or nothing below means anything: releases alike, every figure of Süd and West another."""
    one, other = map(released, two_houses)
    assert one == other
    shown = [group for group, items in one.histograms.items() if items]
    for team in (SOUTH, WEST):
        assert node_group(team) in one.groups
        assert node_group(team) not in shown
    assert [group for group in shown if group.path == SOUTH[:1] and group.without]
    assert {group.kind for group in shown if group.path == SOUTH[:1]} >= {"position", "contact"}
    here, there = map(truths, two_houses)
    for key, histogram in here.items():
        assert histogram != there[key], key
        assert sum_of(histogram) * there[key].valid != sum_of(there[key]) * histogram.valid, key


def sum_of(histogram: Histogram) -> int:
    return sum(value * count for value, count in enumerate(histogram.counts))


@pytest.fixture(scope="module")
def both_sights(two_houses: tuple[Path, Path]) -> tuple[dict[str, str], dict[str, str]]:
    """All that can be seen of each of the two."""
    sights = []
    for path in two_houses:
        with lived_in(path) as store:
            sights.append(everything(store))
    return sights[0], sights[1]


def test_nobody_can_tell_the_two_apart(
    both_sights: tuple[dict[str, str], dict[str, str]],
) -> None:
    """Every table, command, page, screen, chart and digest is the same, to the letter."""
    one, other = both_sights
    assert list(one) == list(other)
    assert [where for where in one if one[where] != other[where]] == []
    assert len(one) > 40


def test_something_is_seen_everywhere(both_sights: tuple[dict[str, str], dict[str, str]]) -> None:
    """The comparison above looked at charts, tables and texts, not at doors and error messages."""
    one, _ = both_sights
    assert "hovertext" in one["screen gaps target"]
    assert "<table" in one["screen heatmap de"]
    assert "Nord" in one["export scores.csv"]
    assert "application/json" in one["picture gaps?lang=de"]
    assert "Vertrieb / Nord" in one["picture department_profile?department=Vertrieb+%2F+Nord"]
    assert (
        one["picture department_profile?department=Vertrieb+%2F+S%C3%BCd"].count("application/json")
        == 0
    )
    assert "Mitfahren" in one[f"page {CODES[1]} de"]
    assert all("ffnen Sie den Link" not in text for text in one.values())
    assert "Welle 0" in one["screen gaps trend"]
    assert "hovertext" in one["screen distributions de"]
    assert "Vertrieb / Nord" in one["screen distributions on customer_perspective tree"]
    assert "im Rest" in one["screen department results_department Vertrieb / Nord"]
    assert "zu wenige oder zu" in one["screen department results_department Vertrieb / Süd"]
    assert "Welle 0" in one["screen trend results_department Vertrieb / Nord"]
    assert "Ihr Bereich" in one[f"leader's heatmap of {SOUTH}"]


def test_the_withheld_teams_figures_stand_nowhere(
    two_houses: tuple[Path, Path], both_sights: tuple[dict[str, str], dict[str, str]]
) -> None:
    """Süd's mean of 3.67 and its counts are in no text, however they are written.

    But for the upper limit of somebody else's interval, which a word joiner precedes.
    """
    south = truths(two_houses[0])[SOUTH, "CP1"]
    assert south.counts == (0, 0, 1, 0, 1, 1)
    mean = re.compile("(?<![\\d.,\N{WORD JOINER}])3[.,]6(67?|6+7)(?!\\d)")
    counts = re.compile(r"0\D{1,6}0\D{1,6}1\D{1,6}0\D{1,6}1\D{1,6}1\b")
    for sight in both_sights:
        assert [where for where, text in sight.items() if mean.search(text)] == []
        assert [where for where, text in sight.items() if counts.search(text)] == []


def test_the_database_keeps_no_withheld_histogram(two_houses: tuple[Path, Path]) -> None:
    """Not among what is released: whoever copies those tables has nothing that is withheld."""
    for path in two_houses:
        hidden = {histogram.counts for histogram in truths(path).values()}
        with closing(sqlite3.connect(path)) as db:
            rows = set(db.execute("SELECT n0, n1, n2, n3, n4, n5 FROM release_histogram"))
            names = db.execute(RELEASE_TABLES)
            tables = [str(name) for (name,) in names.fetchall()]
            others = [
                row
                for t in tables
                for row in db.execute(f"SELECT * FROM {t}")  # noqa: S608
            ]
        assert rows
        assert not rows & hidden
        assert not [row for row in others for h in hidden if contains(row, h)]


def contains(row: tuple[object, ...], histogram: tuple[int, ...]) -> bool:
    """Whether a row holds these counts one after another."""
    size = len(histogram)
    return any(row[n : n + size] == histogram for n in range(len(row) - size + 1))
