"""The profile: its marks, words and table, of a department and of the whole organisation."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, Release
from scoring.release import ORGANISATION
from survey.charts.chart import Chart
from survey.charts.look import DARK, LIGHT
from survey.results import Results, results_of
from survey.views.profile import profile_picture
from survey.views.scene import Scene
from survey.wording import wording

ITEMS = ("CP1", "EO1", "SO1")
GOOD, OTHERS, HIDDEN = (Group(GroupKind.DEPARTMENT, (name,)) for name in ("A & B", "C", "<Klein>"))
WAVE = Wave(
    2,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("Jetzt", "five_questions", ITEMS),
    WaveState.RELEASED,
)
EARLIER_WAVE = replace(WAVE, id=1, settings=replace(WAVE.settings, title="Davor"))
RELEASE = Release(
    items=ITEMS,
    groups=(ORGANISATION, GOOD, OTHERS, HIDDEN),
    histograms={
        ORGANISATION: {
            "CP1": Histogram((0, 10, 10, 10, 15, 25)),
            "EO1": Histogram((2, 10, 10, 20, 15, 15)),
            "SO1": Histogram((0, 10, 20, 10, 10, 20)),
        },
        GOOD: {
            "CP1": Histogram((0, 0, 0, 0, 5, 20)),
            "EO1": Histogram((2, 3, 4, 7, 5, 4)),
        },
        OTHERS: {"CP1": Histogram((0, 5, 5, 5, 5, 0))},
    },
    headcounts={(): 140, ("A & B",): 50},
    targets={(): {"customer_perspective": 4.25}},
)
EARLIER = replace(
    RELEASE,
    histograms={
        ORGANISATION: {
            "CP1": Histogram((0, 25, 15, 10, 10, 10)),
            "EO1": Histogram((2, 10, 10, 20, 15, 15)),
        }
    },
)
ALONE = results_of(WAVE, RELEASE, None)
BOTH = results_of(WAVE, RELEASE, (EARLIER_WAVE, EARLIER))


def drawn(results: Results, department: str = "", language: str = "de") -> Chart:
    """The profile of a department, or of the whole organisation."""
    asked = {"department": department} if department else {}
    chart = profile_picture(Scene(wording(language), results, asked))
    assert chart is not None
    return chart


def traces(chart: Chart) -> dict[str, go.Scatter]:
    """What the legend names, by its names."""
    return {trace.name: trace for trace in chart.figure.data if trace.showlegend is not False}


def scatters(chart: Chart) -> list[go.Scatter]:
    """Its marks and lines."""
    return [trace for trace in chart.figure.data if isinstance(trace, go.Scatter)]


def test_a_department_stands_beside_the_rest() -> None:
    """By hand: CP1 A & B (5·4+20·5)/25 = 4.8; the rest (10+20+30+40+25)/45 = 2.78.

    EO1: 72/23 = 3.13 against 225/70 of everybody, 153/47 = 3.26 of the rest.
    """
    chart = drawn(ALONE, "A & B")
    found = traces(chart)
    sure, unsure = (
        found[name]
        for name in ("Bereich: gesichert anders als der Rest", "Bereich: nicht gesichert anders")
    )
    assert list(sure.x) == [4.8]
    assert list(sure.y) == [0]
    assert [round(x, 2) for x in unsure.x] == [3.13]
    assert [round(x, 2) for x in found["Rest"].x] == [2.78, 3.26]
    assert found["Rest"].marker.symbol == "diamond"
    assert list(found["Ziel"].x) == [4.25]
    assert (sure.marker.color, unsure.marker.color) == (LIGHT.ink, LIGHT.paper)


def test_a_line_is_solid_where_it_is_sure_and_coloured_by_its_direction() -> None:
    """From the rest to the department: up and sure on CP1, down and maybe by chance on EO1."""
    lines = [t for t in scatters(drawn(ALONE, "A & B")) if t.mode == "lines"]
    assert [(line.line.dash, line.line.color) for line in lines] == [
        ("solid", LIGHT.better),
        ("dot", LIGHT.soft),
    ]


def test_the_whisker_is_the_departments_interval() -> None:
    """CP1: s² = 25·.16/24 = .167, half of 50 answered: 4.8 ± 2.064·√(.167/25·½) = ±.12."""
    dot = traces(drawn(ALONE, "A & B"))["Bereich: gesichert anders als der Rest"]
    reach = (dot.error_x.arrayminus[0], dot.error_x.array[0])
    assert [round(x, 2) for x in reach] == [0.12, 0.12]


def test_a_withheld_dimension_is_hatched_and_says_the_one_reason() -> None:
    """SO1 of A & B is not in the release: a hatched bar, no mark, and the reason in the table."""
    chart = drawn(ALONE, "A & B")
    hatched = traces(chart)["zu wenige oder zu einheitliche Antworten"]
    assert list(hatched.y) == [2]
    assert hatched.marker.pattern.shape == "/"
    row = chart.table.split("Systematische Verantwortung")[1].split("</tr>")[0]
    assert "zu wenige oder zu einheitliche Antworten" in row
    assert not any(2 in trace.y for trace in scatters(chart))


def test_the_title_is_the_largest_sure_difference() -> None:
    """And without a sure one it says so; nothing is claimed."""
    assert drawn(ALONE, "A & B").title == (
        "Im Bereich A & B wird „Kundensicht“ um 2,0 Punkte besser gesehen als im Rest der"
        " Organisation; so sehen es 25 Personen."
    )
    gaps = {k: tuple(replace(g, p_claim=0.2) for g in v) for k, v in ALONE.gaps.items()}
    assert drawn(replace(ALONE, gaps=gaps), "A & B").title == (
        "Der Bereich A & B unterscheidet sich in keiner Dimension gesichert vom Rest der"
        " Organisation."
    )
    untested = {k: tuple(replace(g, p=None, p_claim=None) for g in v) for k, v in gaps.items()}
    assert "lässt sich nicht prüfen" in drawn(replace(ALONE, gaps=untested), "A & B").title


def test_a_department_that_is_everybody_has_no_rest() -> None:
    """Nobody is left: no diamond, and the title says why there is no comparison."""
    everybody = {**RELEASE.histograms, GOOD: RELEASE.histograms[ORGANISATION]}
    results = results_of(WAVE, replace(RELEASE, histograms=everybody, targets={}), None)
    chart = drawn(results, "A & B")
    assert list(traces(chart)) == ["Heute"]
    assert (
        chart.title == "Der Bereich A & B lässt sich mit keinem Rest der Organisation vergleichen."
    )


def test_the_organisation_stands_beside_its_earlier_wave_and_its_target() -> None:
    """CP1 rose from 175/70 = 2.5 to 245/70 = 3.5, below 4.25; SO1 was not asked then."""
    chart = drawn(BOTH)
    found = traces(chart)
    assert list(found["Früher"].x) == [2.5, 225 / 70]
    assert list(found["Ziel"].x) == [4.25]
    assert list(found["Heute: gesichert verändert"].x) == [3.5]
    assert chart.title == (
        "Eine Dimension liegt gesichert unter dem Ziel: „Kundensicht“ (−0,8 Punkte)."
    )
    assert chart.note == (
        "In der ganzen Organisation ist „Kundensicht“ seit der Befragung „Davor“ um 1,0 Punkte"
        " gestiegen; geantwortet haben 70 Personen, damals 70."
    )


def test_without_an_earlier_wave_the_dots_tell_of_the_target() -> None:
    """3.5 is surely below 4.25, so that dot is filled; the others have no target."""
    chart = drawn(ALONE)
    found = traces(chart)
    assert list(found["Heute: Abstand zum Ziel gesichert"].x) == [3.5]
    assert "Früher" not in found
    assert "3,50 (−0,75)" in [label.text for label in chart.figure.layout.annotations]


def test_without_target_and_earlier_wave_the_order_is_told() -> None:
    """Nothing is compared, so nothing is claimed."""
    results = results_of(WAVE, replace(RELEASE, targets={}), None)
    chart = drawn(results, language="en")
    assert chart.title == (
        "“Customer perspective” is highest at 3.5, “Systematic ownership” lowest at 3.1."
    )
    assert "72 people answered" in chart.unit


def test_a_place_withheld_in_full_has_no_profile() -> None:
    """Nothing to draw."""
    assert profile_picture(Scene(wording("de"), ALONE, {"department": "<Klein>"})) is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_profile_has_everything_that_a_picture_needs(language: str) -> None:
    """Title, unit with n, source, alt text, table with caption and scopes; in both languages."""
    chart = drawn(BOTH, "A & B", language)
    assert chart.alt.startswith(chart.title)
    assert "25" in chart.unit
    assert "47" in chart.unit
    assert "Muster" in chart.source
    for part in ("<caption>", 'scope="col"', 'scope="row"', "A &amp; B", ">4,80<", ">+2,02<"):
        figure = part.replace(",", ".") if language == "en" else part
        assert figure in chart.table


def test_dark_is_drawn_in_darks_colours() -> None:
    """A hollow dot shows what is behind it."""
    chart = profile_picture(Scene(wording("de"), ALONE, {"department": "A & B"}, DARK))
    assert chart is not None
    assert traces(chart)["Bereich: nicht gesichert anders"].marker.color == DARK.paper


def test_dimensions_that_are_level_have_no_highest_and_no_lowest() -> None:
    """Both 3.0: "highest at 3.0, lowest at 3.0" would be an order that there is none of."""
    even = {"CP1": Histogram((0, 0, 0, 30, 0, 0)), "EO1": Histogram((0, 0, 0, 30, 0, 0))}
    alone = Release(("CP1", "EO1"), (ORGANISATION,), {ORGANISATION: even})
    assert drawn(results_of(WAVE, alone, None)).title == (
        "Alle Dimensionen liegen gleichauf, bei 3,0."
    )
