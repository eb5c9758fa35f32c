"""Comments: which ones an address asks for, and how they are written down."""

from dataclasses import replace

import pytest

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, PublishedComment, Release
from scoring.release import ORGANISATION
from survey.results import results_of
from survey.searching import search_words
from survey.tables import comment_list
from survey.views.comments import CommentChoice, comment_choice, searched
from survey.views.scene import Scene
from survey.wording import wording

SALES, NORTH, STORE = ("Vertrieb",), ("Vertrieb", "Nord"), ("Lager",)
COMMENTS = tuple(
    PublishedComment(path, dimension, text)
    for path, dimension, text in (
        ((), "customer_perspective", "Zu wenig Zeit."),
        (SALES, "customer_perspective", "Ein sehr langer Satz über Formulare im Vertrieb."),
        (NORTH, "customer_perspective", "Kurz."),
        (NORTH, "customer_perspective", "Mehr Zeit für Rückmeldung, <b>bitte</b>!"),
        (NORTH, "customer_perspective", "Ganz gut."),
        (SALES, "employee_orientation", "Mehr *Lob*."),
    )
)
RELEASE = Release(
    items=("CP1", "EO1"),
    groups=(
        ORGANISATION,
        *(Group(GroupKind.DEPARTMENT, path) for path in (STORE, SALES, NORTH)),
    ),
    histograms={ORGANISATION: {"CP1": Histogram((0, 4, 4, 4, 4, 4))}},
    comments=COMMENTS,
)
WAVE = Wave(
    1,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("Welle", "five_questions", RELEASE.items),
    WaveState.RELEASED,
)
RESULTS = results_of(WAVE, RELEASE, None)


def asked_for(**asked: str) -> CommentChoice:
    return comment_choice(Scene(wording("de"), RESULTS, asked))


def texts(choice: CommentChoice) -> list[str]:
    return [comment.text for _, found in choice.sections for comment in found]


def test_at_first_all_comments_are_there_dimension_by_dimension() -> None:
    """In the order of the release, which is shuffled: not by length, not by the alphabet."""
    choice = asked_for()
    assert [dimension.id for dimension, _ in choice.sections] == [
        "customer_perspective",
        "employee_orientation",
    ]
    assert texts(choice) == [comment.text for comment in COMMENTS]
    assert choice.number == 6


def test_an_address_asks_for_one_dimension() -> None:
    """What is no dimension is not asked for."""
    assert texts(asked_for(dimension="employee_orientation")) == ["Mehr *Lob*."]
    assert asked_for(dimension="nonsense").number == 6


def test_a_department_has_its_own_comments_and_those_below_it() -> None:
    """Vertrieb with Nord, Nord alone, and nothing of what stands above."""
    assert asked_for(department="Vertrieb").number == 5
    assert texts(asked_for(department="Vertrieb / Nord")) == [
        "Kurz.",
        COMMENTS[3].text,
        "Ganz gut.",
    ]
    assert asked_for(department="Lager").sections == ()


def test_only_places_with_comments_are_offered_and_the_one_that_is_asked_for() -> None:
    """Lager has none."""
    assert [group.path for group in asked_for().places] == [(), SALES, NORTH]
    assert [group.path for group in asked_for(department="Lager").places] == [
        (),
        STORE,
        SALES,
        NORTH,
    ]


def test_words_narrow_down_what_the_address_asks_for() -> None:
    """All of them, in any dimension; dimensions without a hit are gone."""
    found = searched(asked_for(), search_words("ZEIT"))
    assert texts(found) == ["Zu wenig Zeit.", COMMENTS[3].text]
    assert searched(asked_for(), search_words("zeit rueckmeldung")).number == 0
    assert texts(searched(asked_for(), search_words("zeit ruckmeldung"))) == [COMMENTS[3].text]


def test_words_in_an_address_are_not_searched_for() -> None:
    """They may repeat what somebody wrote, and would stay in logs and histories."""
    assert all(asked_for(**{name: "Zeit"}).number == 6 for name in ("words", "search", "q"))


@pytest.mark.parametrize("words", [(), search_words("bitte b lob"), search_words("<b>bitte</b>")])
def test_markup_in_comments_is_text_and_only_hits_are_marked(words: tuple[str, ...]) -> None:
    """HTML and Markdown show as they were typed, also where a hit cuts them."""
    html = comment_list(wording("de"), COMMENTS, words)
    assert html.count("<mark>") == (0 if not words else html.count("</mark>"))
    assert "<b>" not in html
    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert "&lt;b&gt;bitte&lt;/b&gt;" in plain
    assert "Mehr *Lob*." in plain


def test_a_hit_is_marked_as_it_was_written() -> None:
    """Rückmeldung keeps its ü."""
    html = comment_list(wording("de"), COMMENTS, search_words("ruckmeldung"))
    assert "Mehr Zeit für <mark>Rückmeldung</mark>, " in html


def test_a_release_without_comments_has_no_sections() -> None:
    """Nobody's comments may be shown."""
    results = results_of(WAVE, replace(RELEASE, comments=()), None)
    assert comment_choice(Scene(wording("de"), results)).sections == ()
