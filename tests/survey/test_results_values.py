"""The results as values: the chart's traces and the tables' cells, without a screen."""

from dataclasses import replace

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import (
    Group,
    GroupKind,
    Histogram,
    PublishedComment,
    Release,
    Reliability,
)
from scoring.gaps import GapKind, largest_first
from scoring.release import ORGANISATION
from survey.gap_table import gap_table
from survey.overview_table import overview
from survey.results import Results, results_of
from survey.tables import (
    comment_list,
    priority_table,
    reliability_table,
    shown_questions,
    spread_table,
)
from survey.wording import wording

ITEMS = ("CP1", "EO1")
GOOD, BAD, SMALL = (Group(GroupKind.DEPARTMENT, (name,)) for name in ("Gut", "Schlecht", "<Klein>"))
LEADERS, OTHERS = (Group(GroupKind.POSITION, member=member) for member in (True, False))
WAVE = Wave(
    1,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("Welle", "five_questions", ITEMS),
    WaveState.RELEASED,
)
RELEASE = Release(
    items=ITEMS,
    groups=(ORGANISATION, GOOD, BAD, SMALL, LEADERS, OTHERS),
    histograms={
        ORGANISATION: {
            "CP1": Histogram((0, 20, 0, 0, 22, 20)),
            "EO1": Histogram((0, 0, 22, 20, 20, 0)),
        },
        GOOD: {"CP1": Histogram((0, 0, 0, 0, 0, 20)), "EO1": Histogram((0, 0, 0, 0, 20, 0))},
        BAD: {"CP1": Histogram((0, 20, 0, 0, 0, 0))},
        LEADERS: {"CP1": Histogram((0, 2, 0, 0, 6, 4))},
        OTHERS: {"CP1": Histogram((0, 18, 0, 0, 16, 16))},
    },
    headcounts={(): 124},
    targets={(): {"customer_perspective": 4.0}},
)
RESULTS = results_of(WAVE, RELEASE, None)
OVERALL, CUSTOMER, _ = shown_questions(RESULTS.dimensions)


def on_customer_perspective(results: Results = RESULTS) -> tuple:  # type: ignore[type-arg]
    """The department gaps on CP1: Gut 5 against 112/42, Schlecht 1 against 188/42."""
    return largest_first(results.gaps[GapKind.DEPARTMENT], CUSTOMER)


def test_a_withheld_group_has_no_gap() -> None:
    """Overall needs both items: only Gut has both."""
    gaps = largest_first(RESULTS.gaps[GapKind.DEPARTMENT], OVERALL)
    assert [gap.to.group for gap in gaps] == [GOOD]


def test_the_overview_gives_mean_interval_index_favourable_and_n() -> None:
    """CP1: Σ = 208 of 62, mean 3.35; s² = 2.86; ±2.00·√(s²/62·½) = ±0.30; 42 of 62 favourable.

    Half of 124 people answered, so the finite population correction is ½.
    """
    html = overview(wording("en"), RESULTS)
    row = html.split("Customer perspective")[1].split("</tr>")[0]
    for figure in (">3.35<", ">3.05–\N{WORD JOINER}3.66<", ">59<", ">68%<", ">62<"):
        assert figure in row


def test_the_gap_table_says_in_numbers_what_the_chart_draws() -> None:
    """Both means, the difference, whether it is sure, Cliff's δ and both n's."""
    html = gap_table(wording("de"), RESULTS, on_customer_perspective(), "Titel")
    row = html.split(">Schlecht<")[1].split("</tr>")[0]
    for figure in (">4,48<", ">1,00<", ">−3,48<", ">gesichert<", ">−1,00<", ">42 / 20<"):
        assert figure in row
    assert "&lt; 0,001" in row


def test_priorities_come_with_their_reason() -> None:
    """Schlecht: 3 points below 4 times 20 people is 60, and without spread not testable."""
    html = priority_table(wording("de"), RESULTS, RESULTS.priorities)
    row = html.partition("Schlecht")[2].partition("</tr>")[0]
    assert "3,00 Punkte unter dem Ziel von 4,0; das betrifft 20 Personen. Nicht prüfbar" in row
    assert ">60</td>" in row


def test_reliability_names_the_scale_and_says_what_is_not_estimated() -> None:
    """α with its interval; ω as a dash where there is none."""
    found = replace(RELEASE, reliability=(Reliability("profile", 5, 100, 0.71234, 0.6, 0.8, None),))
    html = reliability_table(wording("de"), found, RESULTS.dimensions)
    for text in (
        "Die Dimensionen zusammen",
        ">mind. 100<",
        ">0,71<",
        ">0,60–\N{WORD JOINER}0,80<",
        "<td>–</td>",
    ):
        assert text in html


def test_the_spread_is_over_the_departments_that_are_shown() -> None:
    """CP1 of Gut and Schlecht: 40 people, no difference within, all of it between; EO1 of one."""
    html = spread_table(wording("de"), RESULTS)
    row = html.split("Kundensicht")[1].split("</tr>")[0]
    for figure in ("<td>2</td>", ">40<", "<td>1,00</td>"):
        assert figure in row
    assert "Mitarbeiterorientierung" not in html


def test_a_comment_is_shown_as_it_was_written_and_leads_nowhere() -> None:
    """Addresses, markup and line breaks stay text."""
    text = "Siehe https://evil.example <b>fett</b>\n:material/home:"
    html = comment_list(wording("de"), [PublishedComment(("Lager",), "customer_perspective", text)])
    assert '<li dir="auto">Siehe https://evil.example &lt;b&gt;fett&lt;/b&gt;\n:mat' in html
    assert "<a" not in html
