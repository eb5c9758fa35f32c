"""A picture for a talk holds all its words, whatever they are."""

import plotly.graph_objects as go
import pytest

from survey.charts.chart import Chart
from survey.charts.lettering import lines, width
from survey.charts.look import LIGHT, dress
from survey.charts.to_take import LEAST_HEIGHT, SCALE, WIDTH, to_take
from survey.wording import wording

LONG = "Sehr geehrte Damen und Herren der Donaudampfschifffahrtsgesellschaft " * 4


def chart(title: str = "Ein Befund.", height: int = 300, **layout: object) -> Chart:
    """A chart of that height, with a bar."""
    figure = go.Figure([go.Bar(x=[1], y=[1], name="Heute"), go.Bar(x=[1], y=[2], name="Ziel")])
    dress(figure, LIGHT, wording("de"), height=height).update_layout(**layout)
    return Chart("sample", title, "Punkte", "Quelle: Test", "", figure, "")


def test_few_rows_make_a_slide_and_many_a_longer_picture() -> None:
    """1600 × 900 at least; a chart's own height is never squeezed."""
    few, many = to_take(chart(showlegend=False)), to_take(chart(height=1200))
    assert (WIDTH * SCALE, LEAST_HEIGHT * SCALE) == (1600, 900)
    assert (few.layout.width, few.layout.height) == (WIDTH, LEAST_HEIGHT)
    margin = many.layout.margin
    drawn = many.layout.height - margin.t - margin.b
    own = chart(height=1200).figure.layout.margin
    assert drawn >= 1200 - own.t - own.b - 1


@pytest.mark.parametrize("text", [LONG, "W" * 300, "<b>&amp;</b> " * 30, "ẞ " * 400])
def test_no_word_is_cut_and_none_is_markup(text: str) -> None:
    """Titles go on below, and the picture gets higher for them."""
    figure = to_take(chart(title=text))
    shown = figure.layout.title.text.partition("</b>")[0].removeprefix("<b>")
    found = [line.replace("&lt;", "<").replace("&gt;", ">") for line in shown.split("<br>")]
    assert "".join("".join(found).replace("&amp;", "&").split()) == "".join(text.split())
    assert all(width(line.replace("&amp;", "&"), 22) <= WIDTH - 64 for line in found)
    assert figure.layout.margin.t >= len(found) * 22


def test_words_stay_whole_where_they_fit() -> None:
    """And longer ones are cut at the edge of their room."""
    assert lines("eins zwei drei", 10, width("eins zwei", 10)) == ["eins zwei", "drei"]
    assert lines("abcdef", 10, width("abc", 10)) == ["abc", "def"]
    assert lines("  ", 10, 100) == []


def test_a_legend_gets_room_between_title_and_plot() -> None:
    """Where there is one."""
    without = to_take(chart(showlegend=False)).layout.margin.t
    assert to_take(chart()).layout.margin.t > without


def test_names_left_of_the_plot_do_not_begin_at_the_edge() -> None:
    """The margin is wider than the longest of them, lines and marks of bold letters apart."""
    longest = "Donaudampfschifffahrt"
    labels = ["kurz", f"<b>{longest}</b><br>Süd &amp; Nord"]
    margin = to_take(chart(yaxis={"tickvals": [1, 2], "ticktext": labels})).layout.margin.l
    assert width(longest, 14) + 32 <= margin <= width(longest, 14) + 34
    titled = to_take(chart(yaxis={"tickvals": [1], "ticktext": ["kurz"], "title": "Personen"}))
    assert titled.layout.margin.l > width("kurz", 14) + 32 + 14


def test_the_screens_own_figure_stays_as_it_is() -> None:
    """It may be drawn again from where it is kept."""
    one = chart()
    before = one.figure.to_json()
    to_take(one)
    assert one.figure.to_json() == before


def test_figures_carry_no_template_that_weighs() -> None:
    """Plotly's own would be six kilobytes in every chart."""
    assert len(chart().figure.to_json()) < 1500
