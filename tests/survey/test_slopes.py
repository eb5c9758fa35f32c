"""Slopes: names at their ends that do not lie on each other, and intervals where they fit."""

import itertools

import pytest

from scoring.intervals import Basis, Interval
from survey.charts.pairs import Pair, scale, short, wrapped
from survey.charts.slopes import MOST_INTERVALS, apart, slope_chart
from survey.wording import wording

SURE = Interval(Basis.CORRECTED, 3.0, 3.4)


def test_names_keep_their_places_where_there_is_room() -> None:
    """Nothing is moved that need not be."""
    assert apart([1.0, 3.0, 2.0], 0.5, 1.0, 5.0) == [1.0, 3.0, 2.0]


def test_names_that_would_touch_move_apart_evenly() -> None:
    """Three at 3.0 with half a point each: 2.5, 3.0 and 3.5, in the order given."""
    assert apart([3.0, 3.0, 3.0], 0.5, 1.0, 5.0) == pytest.approx([2.5, 3.0, 3.5])


def test_names_stay_within_the_axis() -> None:
    """Two at the very top: the lower one makes room."""
    assert apart([5.0, 5.0], 0.5, 1.0, 5.0) == pytest.approx([4.5, 5.0])
    assert apart([1.0, 1.0], 0.5, 1.0, 5.0) == pytest.approx([1.0, 1.5])


@pytest.mark.parametrize("number", [1, 2, 20, 300])
def test_however_many_no_two_names_touch(number: int) -> None:
    """Each a line from the next, in a chart that grows."""
    pairs = [Pair(f"B{n}", 3.0, 3.0 + n % 3 / 10, "+0,1", sure=False) for n in range(number)]
    figure = slope_chart(wording("de"), pairs, before="Früher", now="Heute")
    (names,) = [trace for trace in figure.data if trace.mode == "text"]
    low, high = scale(pairs)
    pixels = (figure.layout.height - 130) / (high - low)
    places = sorted(y * pixels for y in names.y)
    assert all(b - a > 18 for a, b in itertools.pairwise(places))
    assert low <= min(names.y)
    assert max(names.y) <= high + 1e-9


def test_intervals_are_drawn_of_a_few_slopes_only() -> None:
    """Side by side, so that one can tell them apart."""
    for number, seen in ((MOST_INTERVALS, True), (MOST_INTERVALS + 1, False)):
        pairs = [Pair(f"B{n}", 3.0, 3.2, "+0,2", True, now_interval=SURE) for n in range(number)]
        figure = slope_chart(wording("de"), pairs, before="Früher", now="Heute")
        (dots,) = [trace for trace in figure.data if trace.name == "Heute, gesichert"]
        assert dots.error_y.visible is seen
        assert len(set(dots.x)) == (number if seen else 1)


def test_a_name_is_shown_letter_by_letter() -> None:
    """Plotly reads HTML; a department called <b> is no bold text."""
    pair = Pair("<b>R&D</b>", 3.0, 3.5, "+0,50", sure=True, own=True)
    figure = slope_chart(wording("de"), [pair], before="<i>", now="Heute")
    (names,) = [trace for trace in figure.data if trace.mode == "text"]
    assert names.text == ("<b>&lt;b&gt;R&amp;D&lt;/b&gt;</b> <b>+0,50</b>",)
    assert any(trace.name == "&lt;i&gt;" for trace in figure.data)


def test_the_scale_holds_all_intervals_in_halves() -> None:
    """At least one point long, so that small differences stay small."""
    narrow = Pair("A", 3.1, 3.2, "+0,1", sure=False)
    wide = Pair("B", 3.1, 3.2, "+0,1", sure=False, now_interval=Interval(Basis.CORRECTED, 1.9, 4.1))
    assert scale([narrow]) == (2.5, 3.5)
    assert scale([wide]) == (1.5, 4.5)
    assert scale([]) == (1.0, 5.0)


def test_long_names_are_cut_where_they_must_be() -> None:
    """In lines of so many letters, the last one ending in dots."""
    assert short("Lager", 5) == "Lager"
    assert short("Logistik", 5) == "Logi…"
    assert wrapped("Abteilung für alles Übrige", 12, 2) == "Abteilung<br>für alles Ü…"


def test_names_beside_a_few_slopes_are_whole() -> None:
    """27 letters take two lines, the difference beside the last; 23 letters leave it none."""
    names = ("Systematische Verantwortung", "Mitarbeiterorientierung")
    pairs = [Pair(name, 3.0, 3.5, "+0,50", sure=False) for name in names]
    figure = slope_chart(wording("de"), pairs, before="Früher", now="Heute")
    assert list(figure.data[-1].text) == [
        "Systematische<br>Verantwortung +0,50",
        "Mitarbeiterorientierung<br>+0,50",
    ]
