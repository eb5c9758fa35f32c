"""What a leader sees: their part first, what is released and granted, and nothing that runs."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from data.model import DepartmentPath, Organisation
from data.results import Group, GroupKind
from data.store import Store
from survey.heatmap import heat_map
from survey.own import belongs, own_path
from survey.results import load_results
from survey.wording import wording
from tests.survey.test_screen_logic import demo_house, empty_house, visit, words
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

DE = wording("de")


def tables(screen: AppTest) -> list[str]:
    """The texts of its tables, in their order."""
    bodies = (str(e.proto.body) for e in screen.get("html"))
    plain = (re.sub(r"<style>.*?</style>|<[^>]+>", " ", body, flags=re.DOTALL) for body in bodies)
    return [" ".join(unescape(text).split()) for text in plain]


def published(store: Store, *, shown: bool, below: bool = True) -> DepartmentPath:
    """A department of the demo that is published in full (with others below), or withheld."""
    release = store.releases.load(store.waves.find("muster25"))
    nodes = [g for g in release.groups if g.kind is GroupKind.DEPARTMENT]
    return next(
        g.path
        for g in nodes
        if (len(release.histograms.get(g, {})) == len(release.items)) is shown
        and (shown or not release.histograms.get(g))
        and any(other.path[:-1] == g.path for other in nodes) is below
    )


def own_section(screen: AppTest) -> str:
    """What stands before the facts of the whole organisation."""
    found = tables(screen)
    bodies = [str(e.proto.body) for e in screen.get("html")]
    last = next(n for n, body in enumerate(bodies) if '<dl class="kk-facts">' in body)
    return "\n".join(found[:last])


def test_a_leaders_part_comes_first(demo_house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its profile, against the rest, with the departments in it; then the whole organisation.

    In the heat map its rows stand above all others.
    """
    own = published(demo_house, shown=True)
    sign_in(monkeypatch, Role.LEADER, {1: own})
    screen = visit("results")
    assert not screen.exception
    headers = [header.value for header in screen.header]
    assert headers[0] == f"Ihr Bereich: {' / '.join(own)}"
    assert headers[1] == DE("headline.title")
    section = own_section(screen)
    assert DE("own.overview_caption", department=" / ".join(own)) in section
    assert "Übrige" in section
    heat = next(t for t in tables(visit("heatmap")) if DE("results.heatmap_caption") in t)
    others = f"{DE('results.departments')} {DE('group.organisation')}"
    assert heat.index(DE("own.title")) < heat.index(others)


def test_a_withheld_part_has_the_one_reason(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure of theirs; the same words as everywhere, and the organisation below."""
    own = published(demo_house, shown=False, below=False)
    sign_in(monkeypatch, Role.LEADER, {1: own})
    section = own_section(visit("results"))
    assert section.count(DE("results.withheld")) == 6
    assert not re.search(r"\d,\d", section)


@pytest.mark.usefixtures("demo_house")
def test_a_part_that_the_wave_did_not_ask_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree has changed since: no empty table."""
    sign_in(monkeypatch, Role.LEADER, {1: ("Gibt es nicht",)})
    screen = visit("results")
    assert DE("own.not_in_wave") in [info.value for info in screen.info]


@pytest.mark.parametrize("role", [Role.OWNER, Role.CONSULTANT])
@pytest.mark.usefixtures("demo_house")
def test_others_have_no_part_of_their_own(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs a survey, or is granted the whole of it, sees it as one."""
    account = sign_in(monkeypatch, role, {1: ("Kundendienst",)})
    screen = visit("results")
    assert own_path(account, Organisation(1, "Muster GmbH")) == ()
    assert not any("Ihr Bereich" in header.value for header in screen.header)


@pytest.mark.usefixtures("demo_house")
def test_a_leader_of_the_whole_has_no_extra_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """() is everything."""
    sign_in(monkeypatch, Role.LEADER, {1: ()})
    assert not any("Ihr Bereich" in header.value for header in visit("results").header)


def test_a_leader_sees_nothing_of_another_organisation(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By no screen and no address; what is unknown and what is not theirs is told alike."""
    name = demo_house.waves.find("muster25").organisation.name
    sign_in(monkeypatch, Role.LEADER, {99: ()})
    for place in ("start", "results", "expectations"):
        for query in ({}, {"wave": "muster25"}, {"wave": "muster26"}, {"wave": "unknown2"}):
            screen = visit(place, **query)
            assert name not in "\n".join([words(screen), *tables(screen)]), (place, query)


@pytest.mark.parametrize("place", ["wave", "setup", "audit"])
@pytest.mark.usefixtures("demo_house")
def test_a_leader_runs_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No screen to set up, watch, close or release a wave, not even of their organisation."""
    sign_in(monkeypatch, Role.LEADER, {1: ()})
    screen = visit(place, wave="muster26")
    assert not screen.button
    assert "geantwortet" not in words(screen)


@pytest.mark.usefixtures("demo_house")
def test_a_leader_does_not_watch_an_open_wave(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start screen tells no number of it; targets and a prediction can be entered."""
    sign_in(monkeypatch, Role.LEADER, {1: ()})
    start = words(visit("start"))
    assert "270 Antworten" in start
    assert "257" not in start
    assert visit("expectations", wave="muster26").button


def test_rows_are_moved_and_never_lost(demo_house: Store) -> None:
    """The heat map of a leader holds exactly the rows of everybody else's."""
    results = load_results(demo_house, demo_house.waves.find("muster25"))
    plain, mine = (
        re.findall(r'<th scope="row".*?([^<>]+)</(?:a|span)></th>', heat_map(DE, results, own))
        for own in ((), published(demo_house, shown=True))
    )
    assert sorted(plain) == sorted(mine)
    assert plain != mine


def test_what_belongs_to_a_part() -> None:
    """The node, those below it and their remainder; not a namesake, a pair, or everybody."""
    own = ("Vertrieb",)
    assert belongs(Group(GroupKind.DEPARTMENT, own), own)
    assert belongs(Group(GroupKind.DEPARTMENT, ("Vertrieb", "Nord")), own)
    assert belongs(Group(GroupKind.REMAINDER, own, None, (("Vertrieb", "Nord"),)), own)
    assert not belongs(Group(GroupKind.DEPARTMENT, ("Vertrieb Ost",)), own)
    assert not belongs(Group(GroupKind.POSITION, own, True), own)
    assert not belongs(Group(GroupKind.ORGANISATION), own)
    assert not belongs(Group(GroupKind.DEPARTMENT, own), ())
