"""The screens of distributions and comments: choices, what is drawn at first, what is asked for."""

from datetime import timedelta

import pytest

from data.store import Store
from survey import releasing
from tests.data.samples import DAY, NEXT_DAY, response, short_settings
from tests.survey.everybody import all_words
from tests.survey.test_screen_logic import (  # noqa: F401 - fixtures
    demo_house,
    empty_house,
    owners_cookie,
    pressed,
    visit,
    words,
)

PEOPLE = 120


@pytest.fixture
def much_said(empty_house: Store, owners_cookie: str) -> str:  # noqa: F811, ARG001
    """The code of a released wave in which 120 people wrote something on one dimension."""
    owner = empty_house.organisations.add("Muster GmbH")
    wave = empty_house.waves.open(empty_house.waves.add(owner, short_settings(), "vielsaid"), DAY)
    said = (
        response(
            n, answers=1 + n % 5, comments={"customer_perspective": f"Satz {n:03}, viel Grün."}
        )
        for n in range(PEOPLE)
    )
    empty_house.answers.add_many(wave, said, DAY)
    closed = empty_house.waves.close(wave, DAY + timedelta(days=1))
    releasing.release(empty_house, closed, NEXT_DAY)
    return wave.code


def test_fifty_comments_are_there_at_first_and_fifty_more_on_request(much_said: str) -> None:
    """120 in one dimension: 50, 100, 120; then there is no button any more."""
    screen = visit("comments", wave=much_said)
    first = all_words(screen).count("<li")
    second = all_words(pressed(screen, "50 weitere zeigen").run()).count("<li")
    third = all_words(pressed(screen, "20 weitere zeigen").run()).count("<li")
    assert (first, second, third) == (50, 100, 120)
    assert not any("weitere" in button.label for button in screen.button)


def test_a_search_counts_and_marks_its_hits_and_is_cleared_by_one_button(much_said: str) -> None:
    """Satz 007 alone; nothing of it is in the address."""
    screen = visit("comments", wave=much_said)
    screen.text_input(key="comments_words").input("GRUN 007").run()
    assert "1 von 120 Kommentaren enthält" in all_words(screen)
    assert "Satz <mark>007</mark>, viel <mark>Grün</mark>." in all_words(screen)
    assert set(screen.query_params) == {"lang", "wave"}
    pressed(screen, "Suche leeren").run()
    assert "<mark>" not in all_words(screen)


def test_a_search_without_hits_says_so(much_said: str) -> None:
    """And shows no comment."""
    screen = visit("comments", wave=much_said)
    screen.text_input(key="comments_words").input("Blau").run()
    assert "Kein Kommentar enthält alle diese Wörter." in all_words(screen)
    assert "<li" not in all_words(screen)


@pytest.mark.usefixtures("demo_house", "owners_cookie")
def test_a_department_without_comments_says_why_and_leads_back() -> None:
    """The choices follow the address."""
    screen = visit("comments", wave="muster25", department="Verwaltung / IT")
    assert "Hier steht kein Kommentar." in words(screen)
    pressed(screen, "Alle Kommentare zeigen").run()
    assert screen.selectbox(key="results_department").value == ""
    assert "<li" in all_words(screen)


@pytest.mark.usefixtures("demo_house", "owners_cookie")
def test_the_most_divided_department_is_one_button_away_whatever_was_chosen_before() -> None:
    """Question and order in address and fields are then those that show it."""
    screen = visit("distributions", wave="muster25", order="tree", department="Logistik")
    (button,) = (one for one in screen.button if one.key == "ask_divided")
    button.click().run()
    assert screen.selectbox(key="results_question").value == "top_down_bottom_up"
    assert screen.selectbox(key="results_order").value == "agreement"
    assert "am meisten Kundendienst / Ersatzteile" in screen.subheader[0].value.replace("\\", "")


@pytest.mark.usefixtures("demo_house", "owners_cookie")
def test_what_has_no_distribution_is_listed_once_with_its_reason() -> None:
    """Nine answers of one department are too few for statistics; two others are withheld."""
    html = all_words(visit("distributions", wave="muster25", question="top_down_bottom_up"))
    notes = html.rpartition("Zu wenige Antworten für eine Verteilung (unter 10):")[2]
    assert "Geschäftsleitung (n = 9)" in notes
    hidden = notes.partition("Nicht gezeigt, zu wenige oder zu einheitliche Antworten:")[2]
    assert "Verwaltung / Recht und Verträge" in hidden
    assert not any(sign.isdigit() for sign in hidden)
