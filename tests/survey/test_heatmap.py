"""The heat map as a table: its rows, cells, order and folds, without a screen."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from random import Random

import pytest

from data.results import Group, GroupKind, Histogram, Release
from scoring.gaps import GapKind
from scoring.release import ORGANISATION
from survey.heat_cells import Numbers, Reference
from survey.heat_rows import Level
from survey.heatmap import HeatChoice, heat_map
from survey.results import Results, results_of
from survey.views.heatmap import heat_choice, heat_view, order_options
from survey.views.scene import Scene
from survey.wording import wording
from tests.survey.test_results_values import OTHERS, RELEASE, RESULTS, WAVE

DE, EN = wording("de"), wording("en")
ITEMS = ("CP1", "CP2", "CP3", "EO1")
SALES, NORTH, SOUTH, SHOP, PLANT = (
    ("Vertrieb",),
    ("Vertrieb", "Nord"),
    ("Vertrieb", "Süd"),
    ("Vertrieb", "Süd", "Laden & Hof"),
    ("Werk",),
)
LEFT = Group(GroupKind.REMAINDER, SALES, None, (NORTH,))


def of(path: tuple[str, ...]) -> Group:
    return Group(GroupKind.DEPARTMENT, path)


def answers(mean: int, people: int = 24) -> Histogram:
    """Half of them a point below, half of them a point above."""
    counts = [0] * 6
    counts[mean - 1] = counts[mean + 1] = people // 2
    return Histogram((counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]))


def asked(means: dict[Group, int]) -> dict[Group, dict[str, Histogram]]:
    return {group: dict.fromkeys(ITEMS, answers(mean)) for group, mean in means.items()}


DEEP = results_of(
    replace(WAVE, settings=replace(WAVE.settings, items=ITEMS)),
    Release(
        items=ITEMS,
        groups=(ORGANISATION, *map(of, (SALES, NORTH, SOUTH, SHOP, PLANT)), LEFT),
        histograms={
            **asked({of(SALES): 4, of(NORTH): 4, of(SHOP): 3, of(PLANT): 2, LEFT: 2}),
            ORGANISATION: dict.fromkeys(ITEMS, Histogram((0, 12, 24, 12, 24, 12))),
        },
        targets={(): {"employee_orientation": 4.0}, PLANT: {"employee_orientation": 2.0}},
    ),
    None,
)
"""Three levels, a remainder, a team that is withheld; one dimension of three items."""


def rows(html: str) -> dict[str, list[tuple[str, str]]]:
    """Each row's cells as class and visible text, n first, by the row's name."""
    found = {}
    for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL):
        name = re.search(r'<th scope="row".*?<(?:a|span)[^>]*>(.*?)</', row, re.DOTALL)
        if name:
            cells = re.findall(r'<td(?: class="(.*?)")?>(.*?)</td>', row)
            found[unescape(name[1])] = [
                (kind, re.sub(r"<i>.*?</i>|<.*?>", "", text)) for kind, text in cells
            ]
    return found


def test_there_is_a_row_per_group_and_a_reason_in_every_withheld_cell() -> None:
    """Three columns (overall, two dimensions); <Klein> has no figure at all, Schlecht one."""
    html = heat_map(DE, RESULTS)
    kinds = {name: [kind for kind, _ in cells] for name, cells in rows(html).items()}
    assert list(kinds)[:4] == ["Ganze Organisation", "Gut", "Schlecht", "<Klein>"]
    assert [found.count("x") for found in kinds.values()][:4] == [0, 0, 2, 3]
    assert html.count(f"<i>{DE('results.withheld')}</i>") == 9
    assert "<Klein>" not in html
    for word in ("<caption>", 'scope="col"', 'scope="row"', 'scope="rowgroup"'):
        assert word in html


def test_colour_is_for_what_is_more_than_chance() -> None:
    """Gut and Schlecht lie far from the rest of 42; leaders (12) are too few for a test."""
    html = heat_map(DE, RESULTS)
    assert '<td class="h3"><b>5,0</b><i>weit darüber, gesichert</i></td>' in html
    assert '<td class="l3"><b>1,0</b><i>weit darunter, gesichert</i></td>' in html
    assert rows(html)["Führungskräfte"][2] == ("", "3,8")


def test_what_passes_the_milder_test_only_is_coloured_and_not_bold() -> None:
    """Of the same gap, with a p of .04 after Benjamini-Hochberg and .2 after Holm."""
    gaps = [replace(g, p_claim=0.2, p_colour=0.04) for g in RESULTS.gaps[GapKind.DEPARTMENT]]
    results = replace(RESULTS, gaps={**RESULTS.gaps, GapKind.DEPARTMENT: tuple(gaps)})
    html = heat_map(DE, results)
    assert '<td class="h3">5,0<i>weit darüber</i></td>' in html
    assert "<td><b>" not in html
    assert "gesichert</i>" not in html


@pytest.mark.parametrize(("size", "step"), [(0.34, "h1"), (0.35, "h2"), (-0.74, "l2"), (-2, "l3")])
def test_steps_are_those_of_the_legend(size: float, step: str) -> None:
    """As they are read, with one digit: up to 0.3, 0.4 to 0.7, from 0.8."""
    gaps = tuple(
        replace(gap, size=size, effect=size, p_claim=0.01, p_colour=0.01)
        for gap in RESULTS.gaps[GapKind.DEPARTMENT]
    )
    results = replace(RESULTS, gaps={**RESULTS.gaps, GapKind.DEPARTMENT: gaps})
    assert rows(heat_map(DE, results))["Gut"][2][0] == step


def test_a_difference_can_stand_instead_of_the_mean() -> None:
    """Gut 5 against 2.57 of the rest; leaders 3.83 against 3.24 of the others, and back.

    The whole organisation has no rest, which is no reason to call it withheld.
    """
    found = rows(heat_map(DE, RESULTS, (), HeatChoice(numbers=Numbers.DIFFERENCE)))
    assert found["Gut"][2] == ("h3", "+2,4")
    assert found["Schlecht"][1:] == [("x", ""), ("l3", "−3,5"), ("x", "")]
    assert found["Führungskräfte"][2] == ("", "+0,6")
    assert found["Alle anderen"][2] == ("", "−0,6")
    assert found["Ganze Organisation"][2] == ("", "–")


def test_the_reference_can_be_the_target_that_holds_for_a_place() -> None:
    """62 people at 3.35 are below 4.0; Werk's own target is 2.0, which it meets: no colour."""
    choice = HeatChoice(reference=Reference.TARGET, numbers=Numbers.DIFFERENCE)
    found = rows(heat_map(DE, RESULTS, (), choice))
    assert found["Ganze Organisation"][1:] == [("", "–"), ("l2", "−0,6"), ("", "–")]
    assert found["Führungskräfte"][2] == ("", "–")
    own = rows(heat_map(DE, DEEP, (), choice))
    assert own["Werk"][-1] == ("", "0,0")
    assert own["Laden & Hof"][-1] == ("l3", "−1,0")


def test_departments_can_be_sorted_within_their_parent() -> None:
    """Lowest first; what is withheld after what is shown, a remainder after its siblings."""
    plain = list(rows(heat_map(DE, DEEP)))
    left = "Übrige: Süd, keinem Unterbereich zugeordnet"
    assert plain == ["Ganze Organisation", "Vertrieb", "Nord", "Süd", "Laden & Hof", left, "Werk"]
    scene = Scene(DE, DEEP, {"order": "employee_orientation"})
    ordered = list(rows(heat_view(scene).table))
    assert ordered == ["Ganze Organisation", "Werk", *plain[1:-1]]
    lower = {**DEEP.release.histograms, of(SOUTH): dict.fromkeys(ITEMS, answers(2))}
    results = replace(DEEP, release=replace(DEEP.release, histograms=lower))
    ordered = list(rows(heat_view(replace(scene, results=results)).table))
    assert ordered[2:] == ["Vertrieb", "Süd", "Laden & Hof", "Nord", left]
    assert list(order_options(scene, heat_choice(scene)))[:2] == ["tree", "overall"]


def folds(html: str) -> dict[str, bool]:
    """Which controls there are by what they fold, and whether they are open."""
    found = re.findall(r'<input type="checkbox" id="f\d+"( checked)? aria-label="(.*?)">', html)
    return {label: bool(checked) for checked, label in found}


def test_a_department_folds_what_is_below_it() -> None:
    """A row is in the folds of all departments above it, and each has its rule and its name."""
    html = heat_map(DE, DEEP)
    assert folds(html) == {"Unterbereiche von Vertrieb": True, "Unterbereiche von Süd": True}
    number = dict(re.findall(r'id="f(\d+)"[^>]*aria-label="Unterbereiche von (.*?)"', html))
    outer, inner = (next(n for n, name in number.items() if name == x) for x in ("Vertrieb", "Süd"))
    inside = dict(re.findall(r'<tr class="([p\d ]+)">.*?">([^<]+)</(?:a|span)></th>', html))
    assert inside[f"p{outer} p{inner}"] == "Laden &amp; Hof"
    assert html.count(f'<tr class="p{outer}">') == 3
    for fold in number:
        assert f"tbody:has(#f{fold}:not(:checked)) .p{fold}{{display:none}}" in html


@pytest.mark.parametrize(
    ("level", "opened"),
    [(None, [True, True]), (Level.ONE, [False, False]), (Level.TWO, [True, False])],
)
def test_an_address_says_how_far_it_is_unfolded(level: Level | None, opened: list[bool]) -> None:
    """Of seven rows all; or one level, or two."""
    asked_for = {"level": level.value} if level else {"level": "99"}
    assert list(folds(heat_view(Scene(DE, DEEP, asked_for)).table).values()) == opened


def test_beyond_forty_rows_the_tree_is_folded_at_first() -> None:
    """Forty rows are open, one more are not; unless somebody asks for all of them."""
    forty, more = large(40), large(41)
    assert all(folds(heat_map(DE, forty)).values())
    assert not any(folds(heat_map(DE, more)).values())
    assert all(folds(heat_map(DE, more, (), HeatChoice(level=Level.ALL))).values())


def test_a_department_leads_to_its_own_screen() -> None:
    """With the wave, its path and the language, whatever is in its name; others lead nowhere."""
    html = heat_map(EN, DEEP)
    path = "Vertrieb+%2F+S%C3%BCd+%2F+Laden+%26+Hof"
    assert f'href="/department?wave=abcdefgh&amp;department={path}&amp;lang=en"' in html
    assert html.count("<a ") == 5


def test_an_organisation_without_departments_has_its_row() -> None:
    """And no controls to fold anything."""
    alone = replace(RELEASE, groups=(ORGANISATION, OTHERS))
    html = heat_map(DE, results_of(WAVE, alone, None))
    assert list(rows(html)) == ["Ganze Organisation", "Alle anderen"]
    assert "<input" not in html


@pytest.mark.parametrize(("departments", "most"), [(300, 20_000), (1000, 55_000)])
def test_a_large_tree_is_small_on_the_wire(departments: int, most: int) -> None:
    """Compressed as a browser gets it, with all rows in it: folding asks nobody for more."""
    html = heat_map(DE, large(departments + 1))
    assert html.count('scope="row"') == departments + 1
    assert len(zlib.compress(html.encode(), 1)) < most


def large(number: int) -> Results:
    """An organisation of so many rows in three levels, one of ten withheld."""
    random = Random(1)  # noqa: S311 - the same tree each time
    groups = (ORGANISATION, *map(of, list(paths())[: number - 1]))
    shown = [group for group in groups[1:] if random.random() > 0.1]
    found = {
        group: {item: spread(random) for item in ("CP1", "EO1", "TB1", "BO1", "SO1")}
        for group in shown
    }
    items = ("CP1", "EO1", "TB1", "BO1", "SO1")
    whole = dict.fromkeys(items, Histogram((0, 20_000, 20_000, 20_000, 20_000, 20_000)))
    release = Release(items=items, groups=groups, histograms={ORGANISATION: whole, **found})
    return results_of(replace(WAVE, settings=replace(WAVE.settings, items=items)), release, None)


def spread(random: Random) -> Histogram:
    one, two, three, four, five = (random.randint(2, 14) for _ in range(5))
    return Histogram((0, one, two, three, four, five))


def paths() -> Iterator[tuple[str, ...]]:
    """Divisions, each followed by its departments, each followed by its teams."""
    for division in range(12):
        first = (f"Geschäftsbereich {division}",)
        yield first
        for department in range(8):
            second = (*first, f"Abteilung {division}.{department}")
            yield second
            yield from ((*second, f"Team {division}.{department}.{n}") for n in range(10))
