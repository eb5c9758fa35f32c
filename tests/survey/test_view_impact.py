"""The impact chart: how far below target, how many people, in the order of the list."""

import re
from dataclasses import replace

from data.results import Group, GroupKind, Histogram
from survey.charts.look import DARK, LIGHT
from survey.results import results_of
from survey.tables import priority_table
from survey.views.impact import impact_picture
from survey.views.scene import Scene
from survey.wording import wording
from tests.survey.test_results_values import RELEASE, RESULTS, WAVE

MIDDLE = Group(GroupKind.DEPARTMENT, ("<b>Mitte</b>",))
# 10 × 1 and 20 × 4: mean 3.0, one point below the target of 4.0, and surely so.
WITH_MIDDLE = replace(
    RELEASE,
    groups=(*RELEASE.groups, MIDDLE),
    histograms={**RELEASE.histograms, MIDDLE: {"CP1": Histogram((0, 10, 0, 0, 20, 0))}},
)
SCENE = Scene(wording("de"), results_of(WAVE, WITH_MIDDLE, None))


def test_each_dot_is_a_place_at_its_distance_and_size() -> None:
    """By hand: Schlecht 4 − 1 = 3 points × 20 people; Mitte 4 − 3 = 1 point × 30 people."""
    chart = impact_picture(SCENE)
    assert chart
    dots = chart.figure.data[-1]
    assert list(dots.x) == [3.0, 1.0]
    assert list(dots.y) == [20, 30]
    assert list(dots.text) == ["1", "2"]


def test_the_list_carries_the_numbers_of_the_dots() -> None:
    """Also where it begins with somebody's own department."""
    results = SCENE.results
    for listed in (results.priorities, results.priorities[::-1]):
        html = priority_table(SCENE.say, results, listed)
        names = re.findall(r'class="name">(\d+\. .*?)</span>', html)
        assert set(names) == {"1. Schlecht", "2. &lt;b&gt;Mitte&lt;/b&gt;"}


def test_what_is_sure_is_filled_and_what_is_not_is_empty() -> None:
    """Schlecht answered without any spread, so it cannot be tested; Mitte is sure."""
    for look in (LIGHT, DARK):
        chart = impact_picture(replace(SCENE, look=look))
        assert chart
        assert list(chart.figure.data[-1].marker.color) == [look.paper, look.ink]


def test_the_dotted_lines_join_what_weighs_the_same() -> None:
    """The first weighs 3 × 20 = 60: everywhere on its line, points × people are 60; then 30."""
    chart = impact_picture(SCENE)
    assert chart
    for line, weight in zip(chart.figure.data[:-1], (60, 30), strict=True):
        assert {round(x * y) for x, y in zip(line.x, line.y, strict=True)} == {weight}


def test_the_title_names_the_heaviest_and_the_source_its_k() -> None:
    """A picture that is taken elsewhere still says what it finds and where it is from."""
    chart = impact_picture(SCENE)
    assert chart
    assert "Schlecht" in chart.title
    assert "3,00 Punkte unter dem Ziel" in chart.title
    assert "ab 5 Personen" in chart.source
    assert chart.title in chart.alt


def test_its_table_is_not_taken_for_the_list_below_it() -> None:
    """A screen reader calls it by the finding, and the list by its heading."""
    chart = impact_picture(SCENE)
    assert chart
    assert f'role="region" aria-label="{chart.title}"' in chart.table


def test_a_name_is_text_where_plotly_would_read_html() -> None:
    """Pointing at the dot shows the name letter by letter."""
    chart = impact_picture(SCENE)
    assert chart
    assert "&lt;b&gt;Mitte&lt;/b&gt;" in chart.figure.data[-1].hovertext[1]


def test_without_targets_there_is_no_picture() -> None:
    """Nothing is below a target that nobody set."""
    results = results_of(WAVE, replace(RELEASE, targets={}), None)
    assert impact_picture(replace(SCENE, results=results)) is None
    assert impact_picture(replace(SCENE, results=RESULTS)) is not None


def test_numbers_of_dots_at_the_same_place_do_not_lie_on_each_other() -> None:
    """Two departments with the same answers: one number stands above its dot, one elsewhere."""
    twin = Group(GroupKind.DEPARTMENT, ("Zwilling",))
    histograms = {**WITH_MIDDLE.histograms, twin: WITH_MIDDLE.histograms[MIDDLE]}
    release = replace(WITH_MIDDLE, groups=(*WITH_MIDDLE.groups, twin), histograms=histograms)
    chart = impact_picture(replace(SCENE, results=results_of(WAVE, release, None)))
    assert chart
    dots = chart.figure.data[-1]
    assert (dots.x[1], dots.y[1]) == (dots.x[2], dots.y[2])
    assert dots.textposition[1] != dots.textposition[2]
