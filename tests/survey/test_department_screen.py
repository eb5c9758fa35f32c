"""A department's own screen: which one, what it shows, and what it does not."""

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from data.results import PublishedComment, Release
from data.store import Store
from survey.department_comments import above_with_comments, comments_at
from survey.wording import wording
from tests.survey.test_leaders import published, tables
from tests.survey.test_screen_logic import demo_house, empty_house, visit, words
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

DE = wording("de")
SALES, NORTH = ("Vertrieb",), ("Vertrieb", "Nord")


def headers(screen: AppTest) -> list[str]:
    """Its headings."""
    assert not screen.exception
    return [header.value for header in screen.header]


def links(screen: AppTest) -> list[str]:
    """What its links to other screens are called."""
    return [str(found.proto.label) for found in screen.get("page_link")]


def test_a_leaders_own_department_comes_first_and_others_can_be_chosen(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one in the address; with one it is that one, also the whole organisation."""
    own = published(demo_house, shown=True)
    sign_in(monkeypatch, Role.LEADER, {1: own})
    assert headers(visit("department"))[0] == " / ".join(own)
    assert headers(visit("department", department=""))[0] == DE("group.organisation")
    chosen = visit("department").selectbox(key="results_department").select("Verwaltung").run()
    assert headers(chosen)[0] == "Verwaltung"


def test_a_department_has_its_figures_and_the_ways_from_it(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took part, strengths and gaps, profile, trend, measures, comments, what is in it."""
    own = published(demo_house, shown=True)
    sign_in(monkeypatch, Role.OWNER)
    screen = visit("department", department=" / ".join(own))
    assert headers(screen) == [
        " / ".join(own),
        DE("standing.title"),
        DE("department.profile"),
        DE("trend.title"),
        DE("measure.title"),
        DE("results.comments"),
        DE("own.below"),
    ]
    assert "Personen haben geantwortet" in words(screen)
    assert "Unterschied zum Rest" in words(screen)
    named = links(screen)
    for label in ("department.distributions", "measure.new"):
        assert DE(label) in named
    assert screen.button(key="ask_above").label == "Darüber: Ganze Organisation"


def test_of_a_withheld_department_only_the_reason_is_shown(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No n, no chart, no table, no comment; the ways to other departments stay."""
    hidden = published(demo_house, shown=False, below=False)
    sign_in(monkeypatch, Role.OWNER)
    screen = visit("department", department=" / ".join(hidden))
    reason = DE("department.withheld", reason=DE("results.withheld"))
    assert [info.value for info in screen.info] == [reason]
    assert headers(screen) == [" / ".join(hidden)]
    assert not screen.get("plotly_chart")
    assert not [text for text in tables(screen) if text]
    assert screen.button(key="ask_above").label.startswith("Darüber")


@pytest.mark.usefixtures("demo_house")
def test_an_unknown_department_is_said_with_the_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not silently the whole organisation; what was asked for is text, never markup."""
    sign_in(monkeypatch, Role.OWNER)
    screen = visit("department", department="**Nirgends**")
    assert headers(screen) == [DE("view.department")]
    assert [warning.value for warning in screen.warning] == [
        DE("department.unknown", department=r"\*\*Nirgends\*\*")
    ]
    assert not screen.get("plotly_chart")
    back = screen.button(key="ask_whole").click().run()
    assert headers(back)[0] == DE("group.organisation")


@pytest.mark.usefixtures("demo_house")
def test_a_first_wave_says_what_makes_a_trend(monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever runs it gets the way to ask again; a leader does not."""
    for role, way in ((Role.OWNER, True), (Role.LEADER, False)):
        sign_in(monkeypatch, role, {1: ()})
        screen = visit("trend", wave="muster24")
        assert headers(screen) == [DE("trend.title")]
        assert "die erste freigegebene Befragung" in screen.info[0].value
        assert (DE("wave.again") in links(screen)) is way


def test_comments_stand_where_they_are_published_and_nowhere_else() -> None:
    """Those of a small department have moved up: there may be more above, the nearest first."""
    comments = (
        PublishedComment((), "customer_perspective", "Oben."),
        PublishedComment(SALES, "customer_perspective", "Hier."),
        PublishedComment(SALES, "employee_orientation", "Auch hier."),
    )
    release = Release(items=(), groups=(), histograms={}, comments=comments)
    assert {d: [c.text for c in found] for d, found in comments_at(release, SALES).items()} == {
        "customer_perspective": ["Hier."],
        "employee_orientation": ["Auch hier."],
    }
    assert comments_at(release, NORTH) == {}
    assert above_with_comments(release, NORTH) == (SALES, ())
    assert above_with_comments(release, SALES) == ((),)
    assert above_with_comments(release, ()) == ()
