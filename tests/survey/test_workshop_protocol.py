"""The protocol of a workshop: what was revealed and shown, and nothing else."""

from datetime import date

import pytest
from markdown_it import MarkdownIt

from data.accounts import Account, Role
from data.measures import MeasureState, Plan
from data.model import Organisation, Wave
from data.store import Store
from data.workshops import Choice, StepKind, Workshop
from survey import measures, running
from survey.measures import TypedPlan
from survey.wording import LANGUAGES, wording
from survey.workshop.document import Entries, Facts, Heading, Paragraph, Spread, Table
from survey.workshop.markdown import as_markdown
from survey.workshop.protocol import Protocol, protocol_of
from survey.workshop.protocol_words import document
from tests.survey.everybody import all_words
from tests.survey.held import (
    DAY,
    WORKSHOP,
    asked,
    ended,
    entered,
    planned,
    put_up,
    revealed,
    step_of,
    voted,
    written,
)
from tests.survey.test_screen_logic import demo_house, empty_house, visit
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

DE = wording("de")
TODAY = date(2026, 6, 1)
CUSTOMER = "customer_perspective"
PLAN = Plan((), CUSTOMER, "Einmal im Monat\nmitfahren", "Leitung", date(2026, 5, 31))


@pytest.fixture
def live(fresh_store: Store, small_firm: Organisation) -> Workshop:
    """A workshop from nothing."""
    return planned(fresh_store, small_firm)


@pytest.fixture
def released_wave(fresh_store: Store) -> Wave:
    """The demo's released wave."""
    _, released, _ = running.demo(fresh_store)
    return released


def found_of(store: Store, code: str = WORKSHOP) -> Protocol:
    """What came of a workshop until now."""
    return protocol_of(store, store.workshops.room(code))


def text_of(store: Store, language: str = "de") -> str:
    """Its protocol as a file."""
    return as_markdown(document(wording(language), found_of(store), TODAY))


def tables(store: Store) -> dict[str, Table]:
    """The tables of the protocol by their titles."""
    blocks = document(DE, found_of(store), TODAY).blocks
    return {block.title: block for block in blocks if isinstance(block, Table)}


def statement(store: Store, dimension: str = CUSTOMER) -> str:
    """What a dimension's core item says."""
    dimensions = found_of(store).instrument.dimensions
    return next(d.items[0].text["de"] for d in dimensions if d.id == dimension)


# What is in it


def test_it_begins_with_the_measures(fresh_store: Store, live: Workshop) -> None:
    """Each with dimension, department, role, day and state; what is late says so."""
    asked(fresh_store, live, StepKind.VOTE, CUSTOMER, 1, 2, 3, 4, 5)
    fresh_store.measures.agree(live, PLAN)
    blocks = document(DE, found_of(fresh_store), TODAY).blocks
    first = next(block for block in blocks if isinstance(block, Heading))
    assert first.text == "Maßnahmen"
    (entries,) = (block for block in blocks if isinstance(block, Entries))
    (entry,) = entries.entries
    assert entry.what == "Einmal im Monat\nmitfahren"
    assert dict(entry.facts) == {
        "Bis wann": "31. Mai 2026 (überfällig)",
        "Verantwortlich": "Leitung",
        "Worum es geht": "Kundensicht",
        "Bereich": "Ganze Organisation",
        "Stand": "Geteilt",
    }


def test_measures_of_elsewhere_are_not_in_it(
    fresh_store: Store, live: Workshop, small_firm: Organisation
) -> None:
    """Of another workshop of the same organisation."""
    entered(fresh_store, live, StepKind.WELCOME)
    other = planned(fresh_store, small_firm, code="CDFGHJ")
    fresh_store.measures.agree(other, PLAN)
    assert found_of(fresh_store).measures == ()
    assert len(found_of(fresh_store, "CDFGHJ").measures) == 1


def test_before_and_after_stand_below_each_other(fresh_store: Store, live: Workshop) -> None:
    """With n, mean and answers of each round, and what has changed; twelve carry agreement."""
    asked(fresh_store, live, StepKind.VOTE, CUSTOMER, 2, 2, 2, 2, 4, 0)
    asked(fresh_store, live, StepKind.REVOTE, CUSTOMER, *[4] * 9, *[5] * 3)
    table = tables(fresh_store)[statement(fresh_store)]
    assert table.rows == (
        ("Abstimmen", "5", "2,40", Spread((0, 4, 0, 1, 0)), "1", "–"),
        ("Noch einmal abstimmen", "12", "4,25", Spread((0, 0, 0, 9, 3)), "0", "0,90"),
    )
    assert "Vor dem Gespräch 2,40, danach 4,25: +1,85 Punkte." in text_of(fresh_store)


def test_every_round_of_a_step_is_told(fresh_store: Store, live: Workshop) -> None:
    """By its number; the change is from the last vote to the last re-vote."""
    asked(fresh_store, live, StepKind.VOTE, CUSTOMER, 1, 1, 1, 1, 1)
    fresh_store.workshops.again(fresh_store.workshops.room(WORKSHOP).workshop)
    item = step_of(live, StepKind.VOTE, CUSTOMER).items[0]
    voted(fresh_store, live, *[{item: 2}] * 6)
    revealed(fresh_store, live)
    asked(fresh_store, live, StepKind.REVOTE, CUSTOMER, 3, 3, 3, 3, 3)
    names = [row[0] for row in tables(fresh_store)[statement(fresh_store)].rows]
    assert names == ["Abstimmen, Runde 1", "Abstimmen, Runde 2", "Noch einmal abstimmen"]
    assert "Vor dem Gespräch 2,00, danach 3,00: +1,00 Punkte." in text_of(fresh_store)


def test_the_survey_stands_beside_votes_and_guesses(
    fresh_store: Store, released_wave: Wave
) -> None:
    """Its figures are those of the release's whole organisation."""
    workshop = planned(fresh_store, released_wave.organisation, released_wave)
    asked(fresh_store, workshop, StepKind.GUESS, "", 5, 5, 5, 5, 5)
    asked(fresh_store, workshop, StepKind.VOTE, CUSTOMER, 1, 2, 3, 4, 5)
    found = tables(fresh_store)
    assert found[statement(fresh_store)].rows[0][:3] == ("Befragung", "263", "3,57")
    guessed = found["5 Handys haben geraten."]
    assert guessed.rows[0] == ("Kundensicht", "5,00", "3,57", "+1,43")
    assert len(guessed.rows) == 5


def test_dots_are_told_most_first(fresh_store: Store, live: Workshop) -> None:
    """With how many gave some."""
    entered(fresh_store, live, StepKind.DOTS)
    low, high = (f"dimension {one}" for one in (CUSTOMER, "top_down_bottom_up"))
    voted(fresh_store, live, {low: 1}, *[{high: 2, low: 1}] * 4)
    revealed(fresh_store, live)
    table = tables(fresh_store)["5 Handys haben Punkte vergeben, bis zu 3 Punkte je Handy."]
    assert table.rows == (("Von oben und von unten", "8"), ("Kundensicht", "5"))


def test_ideas_stand_in_their_heaps(fresh_store: Store, live: Workshop) -> None:
    """Named ones by their names, the others at the end; questions have a part of their own."""
    step = entered(fresh_store, live, StepKind.IDEAS).workshop.at
    written(fresh_store, live, step, "Besuchstag", "Rückruf", "Blatt")
    written(fresh_store, live, 0, "Und dann?")
    revealed(fresh_store, live)
    put_up(fresh_store, live, "Rückruf", "Und dann?")
    put_up(fresh_store, live, "Besuchstag", group="Beim Kunden")
    found = found_of(fresh_store)
    assert list(found.ideas.heaps.items()) == [("Beim Kunden", ("Besuchstag",)), ("", ("Rückruf",))]
    assert found.questions.heaps == {"": ("Und dann?",)}
    assert "1 Idee wurde nicht gezeigt" in text_of(fresh_store)


# What is not


def test_of_an_open_round_nothing_is_told(fresh_store: Store, live: Workshop) -> None:
    """Neither its votes nor its voters; that there is one is said."""
    entered(fresh_store, live, StepKind.VOTE, CUSTOMER)
    empty = text_of(fresh_store)
    item = step_of(live, StepKind.VOTE, CUSTOMER).items[0]
    voted(fresh_store, live, *[{item: 5}] * 7)
    assert text_of(fresh_store) == empty
    assert "Eine Runde läuft noch (Abstimmen – Kundensicht)" in empty
    assert tables(fresh_store) == {}


def test_what_is_being_collected_is_not_told(fresh_store: Store, live: Workshop) -> None:
    """Ideas of an open collection are not even counted."""
    step = entered(fresh_store, live, StepKind.IDEAS).workshop.at
    empty = text_of(fresh_store)
    written(fresh_store, live, step, "Besuchstag")
    assert text_of(fresh_store) == empty


def test_what_is_not_on_the_wall_is_counted_only(fresh_store: Store, live: Workshop) -> None:
    """Ideas and questions; in the right number."""
    step = entered(fresh_store, live, StepKind.IDEAS).workshop.at
    written(fresh_store, live, step, "Geheim eins", "Geheim zwei")
    written(fresh_store, live, 0, "Geheim drei")
    revealed(fresh_store, live)
    text = text_of(fresh_store)
    assert "Geheim" not in text
    assert "2 Ideen wurden nicht gezeigt" in text
    assert "1 Frage wurde nicht gezeigt" in text


def test_an_idea_taken_off_the_wall_is_not_told_by_its_dots(
    fresh_store: Store, live: Workshop
) -> None:
    """Its dots stay, its words go."""
    step = entered(fresh_store, live, StepKind.IDEAS).workshop.at
    written(fresh_store, live, step, "Frau Quitte soll gehen")
    revealed(fresh_store, live)
    put_up(fresh_store, live, "Frau Quitte soll gehen")
    room = entered(fresh_store, live, StepKind.DOTS)
    assert room.current is not None
    (choice,) = room.current.choices
    assert choice == Choice(choice.key, "Frau Quitte soll gehen")
    voted(fresh_store, live, *[{choice.key: 1}] * 5)
    revealed(fresh_store, live)
    assert "Frau Quitte soll gehen" in text_of(fresh_store)
    (idea,) = fresh_store.workshops.contributions(live)
    hidden = type(idea)(idea.id, idea.step, idea.text)
    fresh_store.workshops.arrange(live, [hidden])
    text = text_of(fresh_store)
    assert "Quitte" not in text
    assert "| Eine Idee, die nicht mehr auf der Leinwand steht | 5 |" in text


def test_an_item_below_k_is_withheld_and_said_so(fresh_store: Store, released_wave: Wave) -> None:
    """Five guessed, four of them on one dimension: nothing of that one; the reason at the end."""
    workshop = planned(fresh_store, released_wave.organisation, released_wave)
    step = entered(fresh_store, workshop, StepKind.GUESS).workshop.step
    assert step is not None
    first, *others = step.items
    guesses = dict.fromkeys(others, 4)
    voted(fresh_store, workshop, *[{first: 5, **guesses}] * 4, {first: 0, **guesses})
    revealed(fresh_store, workshop)
    rows = tables(fresh_store)["5 Handys haben geraten."].rows
    assert rows[0] == ("Kundensicht", "weniger als 5 Urteile", "3,57", "–")
    assert rows[1][1] == "4,00"
    reason = "Nicht gezeigt, weil weniger als 5 urteilen konnten: Kundensicht (Raten: "
    assert reason in text_of(fresh_store)


def test_what_was_skipped_and_what_was_not_asked_is_said(
    fresh_store: Store, live: Workshop
) -> None:
    """A dimension of which nothing was held by its name, once."""
    asked(fresh_store, live, StepKind.VOTE, CUSTOMER, 1, 2, 3, 4, 5)
    ended(fresh_store, live)
    text = text_of(fresh_store)
    assert (
        "Übersprungen: Mitarbeiterorientierung; Alle Bereiche; Systematische Verantwortung" in text
    )
    assert "unter 5 Stimmen): Noch einmal abstimmen – Kundensicht;" in text


# When


def test_before_it_begins_there_is_no_protocol(fresh_store: Store, live: Workshop) -> None:
    """It is said instead."""
    assert fresh_store.workshops.room(live.code).workshop.day is None
    said, about = document(DE, found_of(fresh_store), TODAY).blocks
    assert isinstance(said, Paragraph)
    assert "noch nicht begonnen" in said.text
    assert isinstance(about, Facts)
    assert about.facts[:2] == (("Organisation", "Muster GmbH"), ("Tag", "–"))


def test_it_says_while_the_workshop_is_not_over(fresh_store: Store, live: Workshop) -> None:
    """And no more when it is."""
    asked(fresh_store, live, StepKind.VOTE, CUSTOMER, 1, 2, 3, 4, 5)
    assert "noch nicht beendet" in text_of(fresh_store)
    ended(fresh_store, live)
    text = text_of(fresh_store)
    assert "noch nicht beendet" not in text
    assert "- Handys, die dabei waren: 12" in text
    assert f"- Tag: {DE.day(DAY)}" in text


def test_a_measure_shows_how_far_it_is_today(fresh_store: Store, live: Workshop) -> None:
    """Not how far it was in the workshop."""
    entered(fresh_store, live, StepKind.MEASURES)
    leader = Account(1, "l@x.example", "L", Role.LEADER, {live.organisation.id: ()})
    typed = TypedPlan((), CUSTOMER, "Mitfahren", "Leitung", date(2026, 9, 30))
    kept = measures.agree(fresh_store, leader, live, typed, DAY)
    measures.set_state(fresh_store, leader, kept, MeasureState.DONE)
    assert "- Stand: Umgesetzt" in text_of(fresh_store)


# As Markdown


NASTY = (
    "<script>alert(1)</script>",
    "[klick](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "https://evil.example",
    "<https://evil.example>",
    "www.evil.example",
    "# Titel",
    "Heft #",
    "- Punkt",
    "1. Erstens",
    "2) Zweitens",
    "> Zitat",
    "*fett* **fett** _schräg_ ~~durch~~ `code`",
    "a | b | c",
    "&lt;b&gt;",
    "***",
    "===",
    "+ plus",
    "\\",
    "Ende\\",
    "    eingerückt",
    "```\ncode\n```",
    "$x$",
    ":---:",
    "[x]: https://evil.example",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_typed_is_text_in_the_file(
    fresh_store: Store, live: Workshop, nasty: str
) -> None:
    """As a program reads it that knows tables, strikethrough and bare links."""
    step = entered(fresh_store, live, StepKind.IDEAS).workshop.at
    plain = as_markdown(document(DE, found_of(fresh_store), TODAY))
    written(fresh_store, live, step, nasty)
    revealed(fresh_store, live)
    put_up(fresh_store, live, nasty, group=nasty.replace("\n", " ")[:60])
    entered(fresh_store, live, StepKind.DOTS)
    room = fresh_store.workshops.room(WORKSHOP)
    assert room.current is not None
    voted(fresh_store, live, *[{room.current.choices[0].key: 1}] * 5)
    revealed(fresh_store, live)
    fresh_store.measures.agree(live, Plan((), CUSTOMER, nasty, nasty, date(2026, 9, 30)))
    reads = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = reads.render(text_of(fresh_store))
    known = reads.render(plain)
    for tag in ("<script", "<a ", "<img", "<em", "<code", "<pre", "<s>", "<hr", "<blockquote"):
        assert tag not in html, tag
    assert html.count("<h1") == known.count("<h1")
    assert html.count("<td") == 2
    assert html.count("<ol") == 1
    words = " ".join(nasty.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
    assert words.rstrip() in " ".join(html.replace("<br />", " ").split())


def test_line_breaks_of_a_measure_stay(fresh_store: Store, live: Workshop) -> None:
    """As breaks inside the same entry."""
    entered(fresh_store, live, StepKind.MEASURES)
    fresh_store.measures.agree(live, PLAN)
    html = MarkdownIt("commonmark").render(text_of(fresh_store))
    assert "Einmal im Monat<br />\nmitfahren" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_every_language(
    fresh_store: Store, released_wave: Wave, language: str
) -> None:
    """With the demo's released wave, whole."""
    workshop = planned(fresh_store, released_wave.organisation, released_wave)
    asked(fresh_store, workshop, StepKind.GUESS, "", 5, 5, 5, 5, 5)
    asked(fresh_store, workshop, StepKind.VOTE, CUSTOMER, 1, 2, 3, 4, 5)
    text = text_of(fresh_store, language)
    assert wording(language)("protocol.votes") in text
    assert "{" not in text


# The screen


def test_a_leader_reads_it_on_a_screen(demo_house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With both files and the way to the results; the workshop itself is not theirs to lead."""
    firm = demo_house.organisations.all()[0]
    wave = demo_house.waves.find("muster25")
    asked(demo_house, planned(demo_house, firm, wave), StepKind.VOTE, CUSTOMER, 1, 2, 3, 4, 5)
    sign_in(monkeypatch, Role.LEADER, {firm.id: ()})
    screen = visit("protocol", workshop="k7m 4xr")
    said = all_words(screen)
    assert not screen.exception
    assert "Leitungsrunde" in screen.title[0].value
    assert DE("protocol.votes_explained") in said
    files = {button.proto.url for button in screen.get("link_button")}
    assert files == {
        f"/workshop-file/{WORKSHOP}/{file}?lang=de" for file in ("protocol.md", "votes.csv")
    }
    links = [link.proto.label for link in screen.get("page_link")]
    assert DE("protocol.to_results") in links
    assert DE("protocol.to_workshop") not in links
    sign_in(monkeypatch, Role.CONSULTANT, {firm.id: ()})
    screen = visit("protocol", workshop=WORKSHOP)
    assert DE("protocol.to_workshop") in [link.proto.label for link in screen.get("page_link")]


def test_unknown_and_not_theirs_are_told_alike(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And without a code the way to one is told."""
    planned(demo_house, demo_house.organisations.all()[0])
    sign_in(monkeypatch, Role.CONSULTANT, {77: ()})
    codes = (WORKSHOP, "CDFGHJ")
    told = {all_words(visit("protocol", workshop=one)).replace(one, "") for one in codes}
    assert len(told) == 1
    assert "Leitungsrunde" not in told.pop()
    assert DE("protocol.which") in all_words(visit("protocol"))


def test_what_is_typed_is_text_on_the_screen(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ideas, heaps, measures and the title."""
    sign_in(monkeypatch, Role.OWNER)
    workshop = planned(demo_house, demo_house.organisations.all()[0])
    step = entered(demo_house, workshop, StepKind.IDEAS).workshop.at
    written(demo_house, workshop, step, "<img src=x>")
    revealed(demo_house, workshop)
    put_up(demo_house, workshop, "<img src=x>", group="<b>Stapel</b>")
    demo_house.measures.agree(workshop, Plan((), CUSTOMER, "<i>x</i>", "<u>y</u>", TODAY))
    said = all_words(visit("protocol", workshop=WORKSHOP))
    for nasty in ("<img", "<b>", "<i>", "<u>"):
        assert nasty not in said
    assert "&lt;img src=x&gt;" in said
