"""The trend: slopes of the same statements, and what cannot be compared."""

from dataclasses import replace

import plotly.graph_objects as go

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, Release
from scoring.gaps import GapKind
from scoring.release import ORGANISATION
from survey.charts.chart import Chart
from survey.comparable import incomparable
from survey.results import Results, results_of
from survey.trend_words import departments_changed, dimensions_changed, what_has_no_trend
from survey.views.scene import Scene
from survey.views.trend import trend_choice, trend_picture
from survey.wording import wording

DE = wording("de")
ITEMS = ("CP1", "EO1")
UP, DOWN, NEW = (Group(GroupKind.DEPARTMENT, (name,)) for name in ("Auf", "Ab & Zu", "Neu"))
LEADERS = Group(GroupKind.POSITION, member=True)
NOW = Wave(
    2,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("2026", "five_questions", ITEMS),
    WaveState.RELEASED,
)
THEN = replace(NOW, id=1, settings=replace(NOW.settings, title="2025"))
LOW, HIGH, MIXED = (
    Histogram((0, 15, 10, 5, 0, 0)),
    Histogram((0, 0, 0, 5, 10, 15)),
    Histogram((0, 6, 6, 6, 6, 6)),
)


def release(up: Histogram, down: Histogram, items: tuple[str, ...] = ITEMS, *new: Group) -> Release:
    """A release in which all of a department answered each item alike."""
    together = Histogram(tuple(a + b for a, b in zip(up.counts, down.counts, strict=True)))  # type: ignore[arg-type]
    shown = {ORGANISATION: together, UP: up, DOWN: down, LEADERS: MIXED}
    return Release(
        items=items,
        groups=(ORGANISATION, UP, DOWN, *new, LEADERS),
        histograms={group: dict.fromkeys(items, counts) for group, counts in shown.items()},
        headcounts={(): 100, ("Auf",): 40},
    )


CHANGED = results_of(NOW, release(HIGH, LOW, ITEMS, NEW), (THEN, release(LOW, HIGH)))
UNCHANGED = results_of(NOW, release(MIXED, MIXED), (THEN, release(MIXED, MIXED)))


def drawn(results: Results, language: str = "de", **asked: str) -> Chart:
    """What an address shows."""
    chart = trend_picture(Scene(wording(language), results, asked))
    assert chart is not None
    return chart


def names(chart: Chart) -> list[str]:
    """The names at the right end of the slopes."""
    (texts,) = (t.text for t in chart.figure.data if getattr(t, "mode", "") == "text")
    return list(texts)


def lines(chart: Chart) -> list[go.Scatter]:
    """The slopes, without the thin lines that lead to their names."""
    return [t for t in chart.figure.data if t.mode == "lines" and t.line.width > 1]


def test_a_places_dimensions_are_drawn_at_first() -> None:
    """Of the whole organisation, or of the department in the address; never the overall score."""
    assert len(names(drawn(CHANGED))) == 2
    choice = trend_choice(Scene(DE, CHANGED, {"department": "Auf"}))
    assert {gap.to.group for gap in choice.gaps} == {UP}
    assert {gap.question.id for gap in choice.gaps} == {
        "customer_perspective",
        "employee_orientation",
    }


def test_one_question_is_drawn_for_the_organisation_and_every_department() -> None:
    """Not for the leaders: they are no place. The largest change first, or the tree's order."""
    asked = {"question": "customer_perspective"}
    by_size = trend_choice(Scene(DE, CHANGED, asked)).gaps
    assert [gap.to.group for gap in by_size] == [UP, DOWN, ORGANISATION]
    in_tree = trend_choice(Scene(DE, CHANGED, {**asked, "order": "tree"})).gaps
    assert [gap.to.group for gap in in_tree] == [ORGANISATION, UP, DOWN]


def test_a_sure_slope_is_solid_and_another_one_dotted() -> None:
    """All of Auf went from 1.67 to 4.33; where nothing changed nothing is sure."""
    asked = {"question": "customer_perspective"}
    assert {line.line.dash for line in lines(drawn(CHANGED, **asked))} == {"solid", "dot"}
    assert {line.line.dash for line in lines(drawn(UNCHANGED))} == {"dot"}


def test_both_ends_have_their_intervals() -> None:
    """The earlier one, too, from the earlier release: 30 of 40 answered both times."""
    chart = drawn(CHANGED, department="Auf")
    ends = [t for t in chart.figure.data if t.mode == "markers"]
    assert len(ends) == 2
    for end in ends:
        assert all(0.1 < reach < 0.3 for reach in end.error_y.array)


def test_few_slopes_are_drawn_at_first_and_all_are_in_the_table() -> None:
    """Twelve, unless the address asks for all."""
    many = tuple(Group(GroupKind.DEPARTMENT, (f"B{n}",)) for n in range(14))
    one = release(MIXED, MIXED)
    more = replace(
        one,
        groups=(*one.groups, *many),
        histograms={
            **one.histograms,
            **{group: {"CP1": Histogram((0, 1, 0, 1, 1, 2))} for group in many},
        },
    )
    results = results_of(NOW, more, (THEN, more))
    few = drawn(results, question="customer_perspective")
    assert len(names(few)) == 12
    assert "12 von 17 Bereichen" in few.unit
    assert few.table.count("<tr") == 1 + 17
    assert len(names(drawn(results, question="customer_perspective", all="1"))) == 17


def test_the_title_says_whether_it_got_better() -> None:
    """Risen in one, fallen in another; the organisation is not counted as a department."""
    titles = [drawn(CHANGED, one, question="customer_perspective").title for one in ("de", "en")]
    assert titles[0] == (
        "„Kundensicht“ ist seit der Befragung „2025“ in Auf gesichert gestiegen"
        " (+2,7 Punkte), in Ab & Zu aber gesichert gefallen (−2,7 Punkte)."
    )
    assert titles[1] == (
        "“Customer perspective” has surely risen in Auf since the survey “2025”"
        " (+2.7 points), but surely fallen in Ab & Zu (−2.7 points)."
    )


def test_the_source_names_both_waves() -> None:
    """Each with its date and its k, which may differ."""
    source = drawn(CHANGED).source
    assert f"Muster, {NOW.title}, freigegeben" in source
    assert f"Verglichen mit {THEN.title}, freigegeben" in source
    assert source.count("ab 5 Personen") == 2


def test_titles_for_every_outcome() -> None:
    """All in one direction, one only, none, none tested."""
    trends = [g for g in CHANGED.gaps[GapKind.TREND] if g.question.id != "overall"]
    risen, fallen = ([g for g in trends if g.to.group == group] for group in (UP, DOWN))
    same = [replace(gap, p_claim=0.4) for gap in risen]
    untested = [replace(gap, p=None, p_claim=None) for gap in risen]
    up, down, one, none, unknown = (
        dimensions_changed(DE, CHANGED, gaps)
        for gaps in (risen, fallen, [risen[0], same[1]], same, untested)
    )
    assert "sind seit der Befragung „2025“ 2 Dimensionen gesichert gestiegen" in up
    assert "2 Dimensionen gesichert gefallen" in down
    assert one.startswith("Im Bereich Auf ist „Kundensicht“ seit der Befragung „2025“ um")
    assert none.endswith("„2025“ keine Dimension gesichert verändert.")
    assert "lässt sich nicht prüfen" in unknown
    nowhere = departments_changed(DE, CHANGED, same[:1])
    assert nowhere.endswith("in keinem Bereich gesichert verändert.")


def test_without_an_earlier_wave_there_is_no_picture() -> None:
    """Nor anything that could not be compared with it."""
    alone = results_of(NOW, release(LOW, HIGH), None)
    assert trend_picture(Scene(DE, alone)) is None
    assert not incomparable(alone)


def test_what_was_not_asked_alike_is_listed_with_its_reason() -> None:
    """EO1 then, EO2 now, so two statements and one dimension; and a department that is new."""
    now = results_of(
        NOW, release(HIGH, LOW, ("CP1", "CP2", "EO2"), NEW), (THEN, release(LOW, HIGH))
    )
    found = incomparable(now)
    assert [item.id for item in found.added] == ["CP2", "EO2"]
    assert [item.id for item in found.dropped] == ["EO1"]
    assert [(one.dimension.id, one.then) for one in found.rebuilt] == [
        ("customer_perspective", 1),
        ("employee_orientation", 1),
    ]
    assert found.departments == 1
    told = what_has_no_trend(DE, now, found)
    assert told.count("<li>") == 2 + 1 + 2 + 1 + 1
    assert "ist neu; in der Befragung „2025“ wurde das nicht gefragt." in told
    assert "besteht aus anderen Aussagen (damals 1, heute 2)" in told


def test_a_dimension_of_one_statement_is_not_compared_with_one_of_several() -> None:
    """CP1 then, CP1 and CP2 now: the slope is that of the one statement, and says so."""
    now = results_of(NOW, release(HIGH, LOW, ("CP1", "CP2")), (THEN, release(LOW, HIGH, ("CP1",))))
    (gap,) = trend_choice(Scene(DE, now)).gaps
    assert gap.question.items == ("CP1",)
    assert "Kundensicht" not in drawn(now).title


def test_asked_alike_there_is_nothing_to_list() -> None:
    """The same statements of the same departments."""
    assert not incomparable(UNCHANGED)
