"""The results as values: the chart's traces and the tables' cells, without a screen."""

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.questionnaires import load_instrument
from data.results import Group, GroupKind, Histogram, PublishedComment, Release
from scoring.gaps import department_gaps
from scoring.release import ORGANISATION
from survey.charts import BETTER, WORSE, department_gap_chart
from survey.tables import comment_list, gap_table, heat_map, overview, shown_questions
from survey.wording import wording

ITEMS = ("CP1", "EO1")
GOOD, BAD, SMALL = (Group(GroupKind.DEPARTMENT, (name,)) for name in ("Gut", "Schlecht", "<Klein>"))
WAVE = Wave(
    1,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("Welle", "five_questions", ITEMS),
    WaveState.RELEASED,
)
DIMENSIONS = load_instrument("five_questions").asked(ITEMS)
RELEASE = Release(
    items=ITEMS,
    groups=(ORGANISATION, GOOD, BAD, SMALL),
    histograms={
        ORGANISATION: {
            "CP1": Histogram((0, 10, 0, 0, 10, 10)),
            "EO1": Histogram((0, 0, 10, 10, 10, 0)),
        },
        GOOD: {"CP1": Histogram((0, 0, 0, 0, 0, 10)), "EO1": Histogram((0, 0, 0, 0, 10, 0))},
        BAD: {"CP1": Histogram((0, 10, 0, 0, 0, 0))},
    },
)


def test_the_gap_charts_bars_are_the_gaps_in_their_order() -> None:
    """Means by hand: Schlecht 1 against 4.5 is −3.5; Gut 5 against 2.5 is +2.5; by size."""
    gaps = department_gaps(RELEASE, shown_questions(DIMENSIONS)[1])
    bars = department_gap_chart(gaps, wording("de")).data[0]
    assert list(bars.x) == [-3.5, 2.5]
    assert list(bars.text) == ["−3,50", "+2,50"]
    assert list(bars.marker.color) == [WORSE, BETTER]
    figure = department_gap_chart(gaps, wording("de"))
    assert list(figure.layout.yaxis.ticktext) == ["Schlecht", "Gut"]
    assert figure.layout.yaxis.autorange == "reversed"


def test_a_withheld_group_has_no_bar() -> None:
    """Overall needs both items: only Gut has both, so only Gut has a gap, 4.5 against 2.5."""
    gaps = department_gaps(RELEASE, shown_questions(DIMENSIONS)[0])
    assert [(gap.group, gap.size) for gap in gaps] == [(GOOD, 2.0)]


def test_the_heat_map_has_a_row_per_group_and_a_reason_in_every_withheld_cell() -> None:
    """Three columns (overall, two dimensions); <Klein> has no figure at all, Schlecht one."""
    html = heat_map(wording("de"), WAVE, RELEASE, DIMENSIONS)
    rows = html.split("<tr")[3:]
    assert [row.count('<td class="hidden"') for row in rows] == [0, 0, 2, 3]
    assert html.count("zu wenige oder zu einheitliche Antworten</span>") == 5
    assert "&lt;Klein&gt;" in html
    assert "<Klein>" not in html
    for word in ("<caption>", 'scope="col"', 'scope="row"'):
        assert word in html


def test_colour_follows_the_distance_to_the_organisations_mean() -> None:
    """CP1: the organisation's mean is 10/3; Gut (5) is three steps up, Schlecht (1) three down."""
    html = heat_map(wording("de"), WAVE, RELEASE, DIMENSIONS)
    assert '<td class="c3" title="+1,67 gegenüber der ganzen Organisation">5,0</td>' in html
    assert '<td class="c-3" title="−2,33 gegenüber der ganzen Organisation">1,0</td>' in html


def test_the_overview_gives_mean_index_favourable_and_n() -> None:
    """CP1 of the organisation: mean 3.33, index 58, favourable 20 of 30."""
    html = overview(wording("en"), WAVE, RELEASE, DIMENSIONS)
    row = html.split("Customer perspective")[1].split("</tr>")[0]
    for figure in (">3.33<", ">58<", ">67%<", ">30<"):
        assert figure in row


def test_the_gap_table_says_in_numbers_what_the_chart_draws() -> None:
    """Size, Cliff's δ and both n's of the largest gap."""
    gaps = department_gaps(RELEASE, shown_questions(DIMENSIONS)[1])
    row = gap_table(wording("de"), WAVE, gaps, "Titel").split("Schlecht")[1].split("</tr>")[0]
    for figure in (">−3,50<", ">−1,00<", ">10<", ">20<"):
        assert figure in row


def test_a_comment_is_shown_as_it_was_written_and_leads_nowhere() -> None:
    """Addresses, markup and line breaks stay text."""
    text = "Siehe https://evil.example <b>fett</b>\n:material/home:"
    html = comment_list(wording("de"), [PublishedComment(("Lager",), "customer_perspective", text)])
    assert '<li dir="auto">Siehe https://evil.example &lt;b&gt;fett&lt;/b&gt;\n:mat' in html
    assert "<a" not in html
