"""Participation day by day: the curve's values, its finding in words, its figure and table."""

from datetime import date, timedelta

import pytest

from scoring.pace import AIM
from survey.curve import Curve, curve_chart, curve_of, curve_table, finding
from survey.wording import wording
from tests.data.samples import DAY, NEXT_DAY

DE = wording("de")


def going(*answers: int, heads: int | None = 100, closes_in: int | None = None) -> Curve:
    """A wave open since DAY with these answers a day, the last one today."""
    last = DAY + timedelta(days=len(answers) - 1)
    closes = None if closes_in is None else last + timedelta(days=closes_in)
    return Curve(DAY, answers, heads, going_on=True, closes_on=closes)


def test_no_day_is_left_out() -> None:
    """Days without an answer are there with 0, from the opening to today."""
    curve = curve_of({NEXT_DAY: 3, NEXT_DAY + timedelta(days=2): 4}, DAY, DAY + timedelta(days=4))
    assert curve.answers == (0, 3, 0, 4, 0)
    assert curve.totals == (0, 3, 3, 7, 7)
    assert curve.days[0] == DAY


@pytest.mark.parametrize("day", [DAY - timedelta(days=2), DAY + timedelta(days=3)])
def test_an_answer_outside_the_waves_days_is_not_lost(day: date) -> None:
    """An import may say another day; the curve reaches it."""
    assert curve_of({day: 5}, DAY, NEXT_DAY).totals[-1] == 5


def test_the_finding_says_when_at_this_pace() -> None:
    """20 and 10 in two days are 15 a day; 45 are missing, three days from today."""
    said = finding(DE, going(20, 10, 0))
    assert "30\N{NO-BREAK SPACE}% geantwortet" in said
    assert "75 % am 7. März 2026" in said


def test_the_finding_says_if_it_will_be_too_late() -> None:
    """Three days to go and three needed is in time; two are not."""
    assert "am 7. März 2026 erreicht" in finding(DE, going(20, 10, 0, closes_in=3))
    late = finding(DE, going(20, 10, 0, closes_in=2))
    assert "bis zum Ende am 6. März 2026 nicht erreicht" in late


@pytest.mark.parametrize(
    "curve", [going(0), going(30), going(30, 2), going(10, 0, 0, 1), going(1, 1, *[0] * 9)]
)
def test_the_finding_foretells_nothing_from_too_little(curve: Curve) -> None:
    """One day with answers, or none in the last week, is no pace."""
    assert "Tempo" not in finding(DE, curve)


def test_a_day_far_away_is_not_foretold() -> None:
    """A straight line over half a year says nothing, unless that there will be an earlier end."""
    assert "Tempo" not in finding(DE, going(16, 1, 0, 0, 0, 0, 0, 1, 0))
    assert "nicht erreicht" in finding(DE, going(16, 1, 0, 0, 0, 0, 0, 1, 0, closes_in=9))


@pytest.mark.parametrize("curve", [going(20, 10, 0, heads=None), going(20, 10, 0, heads=29)])
def test_without_a_headcount_that_can_be_there_is_no_share(curve: Curve) -> None:
    """Headcounts are incomplete, or smaller than the answers: the number alone, no line."""
    said = finding(DE, curve)
    assert "30 Antworten" in said
    assert "%" not in said
    assert not curve_chart(DE, curve).layout.shapes
    assert "%" not in curve_table(DE, curve).partition("<tbody>")[2]


def test_what_is_reached_is_told_with_its_day() -> None:
    """The first day with 75 of 100."""
    said = finding(DE, going(50, 25, 5))
    assert "80\N{NO-BREAK SPACE}%" in said
    assert "waren am 3. März 2026 erreicht" in said


def test_a_closed_wave_foretells_nothing() -> None:
    """It is over: reached or not."""
    assert "wurden nicht erreicht" in finding(DE, Curve(DAY, (20, 10), 100))


@pytest.mark.parametrize("dark", [False, True])
def test_the_figure_shows_the_days_and_the_aim(*, dark: bool) -> None:
    """One trace of running totals, a line at three quarters, one at everybody, named axes."""
    figure = curve_chart(DE, going(20, 10, 5), dark=dark)
    (trace,) = figure.data
    assert list(trace.x) == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert list(trace.y) == [20, 30, 35]
    assert [shape.y0 for shape in figure.layout.shapes] == [100 * AIM, 100]
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.xaxis.title.text == "Tag"
    assert "75" in figure.layout.annotations[0].text


def test_of_few_days_each_is_named_once() -> None:
    """And of many only some."""
    assert curve_chart(DE, going(20)).layout.xaxis.dtick == 24 * 60 * 60 * 1000
    assert curve_chart(DE, going(*range(1, 15))).layout.xaxis.dtick is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_table_says_the_same_as_the_figure(language: str) -> None:
    """Every day with its new answers, the total and the share; the latest first."""
    table = curve_table(wording(language), going(20, 10, 5))
    rows = table.partition("<tbody>")[2]
    assert rows.index("<td>35</td>") < rows.index("<td>30</td>") < rows.index("<td>20</td>")
    assert rows.count("<tr>") == 3
