"""The gaps as a picture: its form, marks, rows, finding, table and ways on."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, Prediction, Release
from scoring.gaps import GapKind
from scoring.release import ORGANISATION
from survey.charts.chart import Chart
from survey.charts.look import DARK, LIGHT
from survey.gap_table import department_links, gap_table
from survey.results import Results, results_of
from survey.views.gap_choice import gap_choice, orders, titles
from survey.views.gap_words import absence, may_still_be_set
from survey.views.gaps import gap_picture
from survey.views.scene import Scene
from survey.wording import wording

DE = wording("de")
ITEMS = ("CP1", "EO1")
GOOD, BAD, TINY = (Group(GroupKind.DEPARTMENT, (name,)) for name in ("Gut", "F&E / Süd", "<Klein>"))
BELOW = Group(GroupKind.DEPARTMENT, ("Gut", "Innen"))
LEADERS, OTHERS = (Group(GroupKind.POSITION, member=member) for member in (True, False))
WAVE = Wave(
    1,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("Welle 2", "five_questions", ITEMS),
    WaveState.RELEASED,
    released_on=date(2026, 3, 4),
)
THEN = replace(WAVE, id=2, code="frueher1", settings=replace(WAVE.settings, title="Welle 1"))
MIXED = Histogram((0, 2, 4, 8, 4, 4))
RELEASE = Release(
    items=ITEMS,
    groups=(ORGANISATION, GOOD, BELOW, BAD, TINY, LEADERS, OTHERS),
    histograms={
        ORGANISATION: {
            "CP1": Histogram((0, 20, 4, 8, 26, 20)),
            "EO1": Histogram((0, 2, 24, 26, 24, 2)),
        },
        GOOD: {"CP1": Histogram((0, 0, 0, 0, 10, 16)), "EO1": Histogram((0, 0, 8, 10, 8, 0))},
        BELOW: {"CP1": Histogram((0, 0, 0, 0, 4, 2))},
        BAD: {"CP1": Histogram((0, 18, 4, 0, 2, 0))},
        LEADERS: {"CP1": Histogram((0, 2, 0, 0, 6, 4)), "EO1": Histogram((0, 0, 2, 4, 6, 0))},
        OTHERS: {"CP1": Histogram((0, 18, 4, 8, 20, 16)), "EO1": Histogram((0, 2, 22, 22, 18, 2))},
    },
    headcounts={(): 156, ("Gut",): 52},
    targets={(): {"customer_perspective": 4.0, "employee_orientation": 3.0}},
    predictions={"customer_perspective": Prediction(4.5, "Ada", date(2026, 3, 1))},
)
EARLIER = replace(
    RELEASE,
    histograms={**RELEASE.histograms, BAD: {"CP1": Histogram((0, 0, 0, 4, 12, 8))}},
)
RESULTS = results_of(WAVE, RELEASE, (THEN, EARLIER))
ALONE = Release(ITEMS, (ORGANISATION,), {ORGANISATION: RELEASE.histograms[ORGANISATION]})


def scene(results: Results = RESULTS, own: tuple[str, ...] = (), **asked: str) -> Scene:
    """One look at these values, in German."""
    return Scene(DE, results, asked, LIGHT, own)


def drawn(results: Results = RESULTS, **asked: str) -> Chart:
    """The picture that an address asks for."""
    found = gap_picture(scene(results, **asked))
    assert found is not None
    return found


def names(chart: Chart) -> list[str]:
    """The rows from the top down, without their n."""
    return [text.split("<br><span")[0] for text in chart.figure.layout.yaxis.ticktext]


def marks(chart: Chart) -> dict[str, list[float]]:
    """What each kind of mark stands for in the legend → the means it shows."""
    traces = [t for t in chart.figure.data if t.name and t.mode == "markers"]
    return {trace.name: [round(x, 2) for x in trace.x] for trace in traces}


def test_a_department_and_the_rest_diverge_around_zero() -> None:
    """By hand: Süd 34/24 − 222/54 = −2.69; Gut 120/26 − 136/52 = +2.00; Innen 26/6 − 230/72."""
    chart = drawn(question="customer_perspective")
    sure, unsure, *_ = chart.figure.data
    assert [round(x, 2) for x in sure.x] == [-2.69, 2.0]
    assert [round(x, 2) for x in unsure.x] == [1.14]
    assert list(sure.marker.color) == [LIGHT.worse, LIGHT.better]
    assert names(chart) == ["F&amp;E / Süd", "Gut", "Innen"]
    assert list(chart.figure.layout.yaxis2.ticktext) == ["<b>−2,69</b>", "<b>+2,00</b>", "+1,14"]
    assert (sure.marker.pattern.shape, unsure.marker.pattern.shape) == ("", "/")


def test_only_what_is_more_than_chance_has_a_colour() -> None:
    """Corrected after Benjamini and Hochberg; hatched until it is after Holm, too; else grey."""
    found = drawn(question="customer_perspective")
    assert [bar.marker.color for bar in found.figure.data[1:2]] == [(LIGHT.soft,)]
    notable = [
        replace(gap, p_claim=0.2, p_colour=0.04) if gap.p is not None else gap
        for gap in RESULTS.gaps[GapKind.DEPARTMENT]
    ]
    gaps = {**RESULTS.gaps, GapKind.DEPARTMENT: tuple(notable)}
    (bars, *_) = drawn(replace(RESULTS, gaps=gaps), question="customer_perspective").figure.data
    assert bars.marker.pattern.shape == "/"
    assert list(bars.marker.color) == [LIGHT.worse, LIGHT.better, LIGHT.soft]


def test_whiskers_are_the_intervals_of_the_departments_means() -> None:
    """Only where there is one: Innen has six answers, too few for an interval."""
    *_, whiskers, _ = drawn(question="customer_perspective").figure.data
    assert list(whiskers.y) == [0, 1]
    assert whiskers.error_x.array[1] == pytest.approx(0.142, abs=0.01)


def test_targets_are_dumbbells_for_the_whole_organisation_at_first() -> None:
    """All dimensions, a row each: the target as a diamond, today as a dot, filled where sure."""
    chart = drawn(gap="target")
    assert marks(chart) == {
        "Ziel": [4.0, 3.0],
        "Heute, gesichert": [3.28],
        "Heute, nicht gesichert": [3.0],
    }
    assert names(chart) == ["Kundensicht", "Mitarbeiterorientierung"]
    symbols = [t.marker.symbol for t in chart.figure.data if t.name]
    assert symbols == ["diamond", "circle", "circle"]
    hollow = chart.figure.data[-2]
    assert hollow.marker.color == LIGHT.paper
    dashes = {t.line.dash for t in chart.figure.data if t.mode == "lines"}
    assert dashes == {"solid", "dot"}


def test_targets_of_one_question_are_by_department() -> None:
    """The whole organisation is among them; by size the largest gap comes first."""
    chart = drawn(gap="target", question="customer_perspective")
    assert names(chart) == ["F&amp;E / Süd", "Ganze Organisation", "Gut", "Innen"]


def test_both_sides_of_a_pair_are_named_and_have_their_own_marks() -> None:
    """Leaders are what everyone else is compared with; both have an interval from ten answers."""
    chart = drawn(gap="leadership")
    assert set(marks(chart)) == {"Führungskräfte", "Alle anderen, nicht gesichert"}
    assert all(t.error_x.visible for t in chart.figure.data if t.name)
    assert "Führungskräfte 12 / Alle anderen 66" in chart.unit


def test_the_trend_is_a_slope_from_the_earlier_wave() -> None:
    """Both waves are named; the line of a sure change is solid."""
    chart = drawn(gap="trend", question="customer_perspective")
    earlier, *now = (t for t in chart.figure.data if t.name)
    assert (earlier.name, now[0].name) == ("Welle 1", "Welle 2, gesichert")
    assert len(earlier.x) == 6
    assert max(earlier.x) < 0.5 < min(now[0].x)
    (fell,) = [t for t in chart.figure.data if t.mode == "lines" and t.line.dash == "solid"]
    assert fell.line.color == LIGHT.worse
    assert chart.title.startswith("Die größte gesicherte Veränderung: Im Bereich F&E / Süd ist")


def test_the_blind_spot_is_prediction_against_answers() -> None:
    """One row, and nothing to choose among."""
    chart = drawn(gap="blind_spot")
    assert marks(chart) == {"Vorhersage": [4.5], "Heute, gesichert": [3.28]}
    assert "Diagramm mit einer Zeile" in chart.alt


def test_the_title_is_the_largest_gap_that_may_be_claimed() -> None:
    """Not the largest one; in words, with how many it concerns, in the alternative text too."""
    chart = drawn(question="customer_perspective")
    assert chart.title == (
        "Der größte gesicherte Abstand: Im Bereich F&E / Süd wird „Kundensicht“ um 2,7 Punkte"
        " schlechter gesehen als im Rest der Organisation; das betrifft 24 Personen."
    )
    assert chart.alt.startswith(chart.title)
    assert "3 Zeilen" in chart.alt


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (None, "Ob das mehr als Zufall ist, lässt sich hier nicht prüfen."),
        (0.5, "Von 3 geprüften Abständen ist keiner gesichert; sie können Zufall sein."),
    ],
)
def test_where_nothing_may_be_claimed_the_title_says_so(p: float | None, said: str) -> None:
    """And names the largest without making a finding of it."""
    gaps = tuple(replace(gap, p_claim=p) for gap in RESULTS.gaps[GapKind.DEPARTMENT])
    results = replace(RESULTS, gaps={**RESULTS.gaps, GapKind.DEPARTMENT: gaps})
    chart = drawn(results, question="customer_perspective")
    assert chart.title == f"{said} Am größten: F&E / Süd mit −2,69 Punkten."


def test_a_sure_gap_that_would_be_told_as_nothing_is_no_finding() -> None:
    """0.04 points, sure: “0.0 points worse” is no sentence."""
    gaps = tuple(
        replace(gap, size=0.04, effect=0.1, p_claim=0.01)
        for gap in RESULTS.gaps[GapKind.BLIND_SPOT]
    )
    results = replace(RESULTS, gaps={**RESULTS.gaps, GapKind.BLIND_SPOT: gaps})
    assert drawn(results, gap="blind_spot").title.startswith("Gesichert sind hier nur Abstände")


def test_rows_come_in_the_order_of_the_tree_on_request() -> None:
    """A department below another is marked as such."""
    chart = drawn(question="customer_perspective", order="tree")
    assert names(chart) == ["Gut", "› Innen", "F&amp;E / Süd"]


def test_a_leaders_own_departments_come_first_in_bold() -> None:
    """By size; the finding stays the organisation's."""
    chart = gap_picture(Scene(DE, RESULTS, {"question": "customer_perspective"}, LIGHT, ("Gut",)))
    assert chart is not None
    assert names(chart) == ["<b>Gut</b>", "<b>Innen</b>", "F&amp;E / Süd"]
    assert "F&E / Süd" in chart.title


def many(departments: int) -> Results:
    """So many departments with a gap each."""
    groups = [Group(GroupKind.DEPARTMENT, (f"Bereich {n:03}",)) for n in range(departments)]
    release = replace(
        RELEASE,
        groups=(ORGANISATION, *groups),
        histograms={
            ORGANISATION: {"CP1": Histogram((0, *(400 * departments for _ in range(5))))},
            **{
                group: {"CP1": Histogram((0, 5, 5 + n % 7, 5, 5, 5))}
                for n, group in enumerate(groups)
            },
        },
    )
    return results_of(WAVE, release, None)


def test_twenty_rows_are_drawn_until_somebody_asks_for_all() -> None:
    """The table has all of them at once, and the chart grows."""
    results = many(60)
    few, everything = drawn(results), drawn(results, all="1")
    assert (len(names(few)), len(names(everything))) == (20, 60)
    assert few.table.count("<tr") == 61
    assert everything.figure.layout.height > 2 * few.figure.layout.height


def test_names_that_are_there_twice_are_told_apart() -> None:
    """By where they are."""
    twins = [Group(GroupKind.DEPARTMENT, (top, "Lager")) for top in ("Nord", "Süd")]
    release = replace(
        RELEASE,
        groups=(ORGANISATION, *twins),
        histograms={
            ORGANISATION: RELEASE.histograms[ORGANISATION],
            **{twin: {"CP1": Histogram((0, 2, 2, 2, 2, 2))} for twin in twins},
        },
    )
    assert names(drawn(results_of(WAVE, release, None))) == ["Nord / Lager", "Süd / Lager"]


def test_a_long_name_takes_two_lines_and_is_whole_in_the_table() -> None:
    """So that a phone has room for the marks."""
    long = "Abteilung für Grundsatzfragen der Instandhaltung und Verwaltung"
    group = Group(GroupKind.DEPARTMENT, (long,))
    release = replace(
        RELEASE,
        groups=(ORGANISATION, group),
        histograms={
            ORGANISATION: RELEASE.histograms[ORGANISATION],
            group: RELEASE.histograms[BAD],
        },
    )
    chart = drawn(results_of(WAVE, release, None))
    lines = names(chart)[0].split("<br>")
    assert len(lines) == 2
    assert all(len(line) <= 24 for line in lines)
    assert long in chart.table


def test_a_withheld_department_has_no_row() -> None:
    """Nothing of <Klein> is released."""
    for kind in (GapKind.DEPARTMENT, GapKind.TARGET, GapKind.TREND):
        chart = drawn(gap=kind.value, question="customer_perspective", all="1")
        assert "Klein" not in chart.figure.to_json() + chart.table + chart.title


def test_every_department_in_the_table_and_the_list_leads_to_its_screen() -> None:
    """A name with & and / arrives as it is; the whole organisation has no such screen."""
    gaps = gap_choice(scene(gap="target", question="customer_perspective")).gaps
    html = gap_table(DE, RESULTS, gaps, "Titel")
    found = department_links(DE, RESULTS, [gap.to.group for gap in gaps])
    for text in (html, found):
        links = [part.split('"')[0].replace("&amp;", "&") for part in text.split('href="')[1:]]
        assert [parse_qs(urlsplit(link).query)["department"] for link in links] == [
            ["F&E / Süd"],
            ["Gut"],
            ["Gut / Innen"],
        ]
        assert all(link.startswith("/department?wave=abcdefgh&") for link in links)
    assert department_links(DE, RESULTS, [ORGANISATION]) == ""


def test_what_may_be_chosen_fits_the_kind() -> None:
    """All dimensions only where the organisation as a whole has gaps."""
    target, department = scene(gap="target"), scene()
    assert list(titles(target, gap_choice(target).questions).values()) == [
        "Alle Dimensionen",
        "Kundensicht",
        "Mitarbeiterorientierung",
    ]
    offered = titles(department, gap_choice(department).questions)
    assert "Alle Dimensionen" not in offered.values()
    assert "Wie im Fragebogen" in orders(target, gap_choice(target)).values()
    assert "Wie in der Gliederung" in orders(department, gap_choice(department)).values()


def test_of_a_long_form_pairs_are_by_dimension_and_statements_on_request() -> None:
    """A dimension of several items has one row; chosen, its statements follow it."""
    items = ("CP1", "CP2", "EO1")
    histograms = {group: dict.fromkeys(items, MIXED) for group in (ORGANISATION, LEADERS, OTHERS)}
    release = Release(items, (ORGANISATION, LEADERS, OTHERS), histograms)
    wave = replace(WAVE, settings=replace(WAVE.settings, items=items))
    results = results_of(wave, release, None)
    at_first = gap_choice(scene(results, gap="leadership"))
    ids = [gap.question.id for gap in at_first.gaps]
    assert ids == ["overall", "customer_perspective", "employee_orientation"]
    for asked in ("customer_perspective", "CP2"):
        chosen = gap_choice(scene(results, gap="leadership", question=asked))
        ids = [gap.question.id for gap in chosen.gaps]
        assert ids == ["customer_perspective", "CP1", "CP2"]


@pytest.mark.parametrize(
    ("kind", "said", "settable"),
    [
        (GapKind.TARGET, "keine Ziele gesetzt", True),
        (GapKind.BLIND_SPOT, "keine Vorhersage eingetragen", True),
        (GapKind.DEPARTMENT, "mindestens zwei Bereiche ab 5 Personen", False),
        (GapKind.LEADERSHIP, "nicht gefragt, wer führt", False),
        (GapKind.CONTACT, "nicht nach Kundenkontakt gefragt", False),
        (GapKind.TREND, "noch keine frühere freigegebene Befragung", False),
    ],
)
def test_a_kind_without_gaps_says_why(kind: GapKind, said: str, *, settable: bool) -> None:
    """And whether the next wave could have a number for it."""
    nothing = scene(results_of(WAVE, ALONE, None), gap=kind.value)
    assert gap_picture(nothing) is None
    assert said in absence(nothing, kind)
    assert may_still_be_set(nothing, kind) is settable


def test_what_is_withheld_gives_the_one_reason() -> None:
    """Targets are there and both sides were asked for, but no figure is released."""
    results = results_of(WAVE, replace(RELEASE, histograms={}), None)
    for kind in (GapKind.TARGET, GapKind.BLIND_SPOT, GapKind.LEADERSHIP):
        told = absence(scene(results), kind)
        assert "zu wenige oder zu einheitliche Antworten" in told


def test_an_address_that_asks_for_nonsense_shows_what_is_shown_without_it() -> None:
    """Every choice falls back."""
    plainly = drawn()
    for name in ("gap", "question", "order", "all"):
        assert drawn(**{name: "<nonsense>"}).figure == plainly.figure


def test_a_chart_on_a_dark_page_has_hollow_dots_of_that_page() -> None:
    """Or they would be white discs."""
    chart = gap_picture(replace(scene(gap="target"), look=DARK))
    assert chart is not None
    assert chart.figure.data[-2].marker.color == DARK.paper


def test_the_note_on_intervals_stands_only_where_there_are_some() -> None:
    """Of the many slopes of one question they are in the table."""
    assert "Über die, die nicht geantwortet haben" in drawn(gap="target").note
    assert drawn(many(60), all="1").note
    small = {group: {"CP1": Histogram((0, 1, 1, 1, 1, 1))} for group in (LEADERS, OTHERS)}
    few = results_of(WAVE, replace(RELEASE, histograms=small), None)
    assert drawn(few, gap="leadership").note == ""
