"""Distributions as values: which rows, in which order, with which shares, titles and reasons."""

from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, Release
from scoring.release import ORGANISATION
from survey.charts.chart import Chart
from survey.charts.look import DARK, LIGHT, Look
from survey.charts.share_rows import laid_out
from survey.results import Results, results_of
from survey.views.distributions import (
    FEW,
    Order,
    least_agreed,
    share_choice,
    share_picture,
)
from survey.views.pictures import PICTURES
from survey.views.scene import Scene
from survey.wording import wording

ITEMS = ("CP1", "EO1")
NB = "\N{NO-BREAK SPACE}"
REST = "Übrige: Verborgen, keinem Unterbereich zugeordnet"
SPLIT, CALM, SMALL, HIDDEN = (
    Group(GroupKind.DEPARTMENT, path)
    for path in (("<Spalt>",), ("Ruhig",), ("Ruhig", "Klein"), ("Ruhig", "Verborgen"))
)
LEFT = Group(GroupKind.REMAINDER, ("Ruhig",), without=(("Ruhig", "Klein"),))
RELEASE = Release(
    items=ITEMS,
    groups=(ORGANISATION, SPLIT, CALM, SMALL, HIDDEN, LEFT),
    histograms={
        ORGANISATION: {
            "CP1": Histogram((10, 10, 2, 12, 12, 14)),
            "EO1": Histogram((0, 0, 10, 30, 18, 2)),
        },
        SPLIT: {"CP1": Histogram((5, 8, 0, 2, 0, 10)), "EO1": Histogram((0, 0, 5, 10, 5, 0))},
        CALM: {"CP1": Histogram((0, 1, 2, 10, 12, 4)), "EO1": Histogram((0, 0, 5, 10, 13, 2))},
        SMALL: {"CP1": Histogram((0, 0, 0, 3, 2, 1)), "EO1": Histogram((0, 0, 1, 3, 2, 0))},
        LEFT: {"CP1": Histogram((0, 1, 2, 7, 10, 3))},
    },
)
WAVE = Wave(
    1,
    "abcdefgh",
    Organisation(1, "Muster"),
    WaveSettings("Welle", "five_questions", ITEMS),
    WaveState.RELEASED,
)


def results_with(release: Release = RELEASE) -> Results:
    return results_of(
        replace(WAVE, settings=replace(WAVE.settings, items=release.items)), release, None
    )


RESULTS = results_with()


def scene(
    language: str = "de", *, results: Results = RESULTS, look: Look = LIGHT, **asked: str
) -> Scene:
    return Scene(wording(language), results, asked, look)


def picture(**asked: str) -> Chart:
    found = share_picture(scene(**asked))
    assert found is not None
    return found


def names(**asked: str) -> list[str]:
    return [row.name for row in share_choice(scene(**asked)).rows]


def texts(chart: Chart) -> list[str]:
    """Everything written into the figure beside the segments."""
    written = (trace for trace in chart.figure.data if isinstance(trace, go.Scatter))
    return [text for trace in written for text in trace.text]


# What is drawn


def test_each_answer_is_a_segment_and_the_middle_lies_across_the_middle() -> None:
    """CP1 of the organisation: 10, 2, 12, 12, 14 of 50; so 24 % left, 24 % across, 52 % right."""
    segments = picture().figure.data[:5]
    assert [round(trace.x[0], 2) for trace in segments] == [0.2, 0.04, 0.24, 0.24, 0.28]
    assert [round(trace.base[0], 2) for trace in segments] == [-0.36, -0.16, -0.12, 0.12, 0.36]
    assert [trace.name[0] for trace in segments] == ["1", "2", "3", "4", "5"]


def test_who_cannot_judge_stands_in_a_column_aside_as_a_share_of_all() -> None:
    """10 of the 60 who took part, 17 %; the others' shares are of the 50."""
    chart = picture()
    aside = chart.figure.data[5]
    assert aside.xaxis == "x2"
    assert [round(share, 3) for share in aside.x] == [0.167, 0.0]
    assert f"17{NB}%" in texts(chart)
    assert chart.figure.layout.xaxis.domain[1] < chart.figure.layout.xaxis2.domain[0]


def test_a_segment_is_labelled_only_where_its_label_fits_on_a_phone() -> None:
    """4 % is a sliver; 20 % is not."""
    first, second, *_ = picture().figure.data
    assert first.text[0] == "20"
    assert second.text[0] == ""


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_segments_are_drawn_in_the_houses_colours_with_legible_text(look: Look) -> None:
    """From much worse to much better: neighbours differ 1.9 : 1, text 4.5 : 1."""
    found = share_picture(scene(look=look))
    assert found is not None
    drawn = [(trace.marker.color, trace.textfont.color) for trace in found.figure.data[:5]]
    assert drawn == list(look.shares)
    colours = [colour for colour, _ in look.shares]
    assert all(contrast(a, b) >= 1.9 for a, b in pairwise(colours))
    assert all(contrast(colour, text) >= 4.5 for colour, text in look.shares)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_agreement_and_camps_stand_beside_each_row_with_its_n() -> None:
    """By hand, <Spalt>: mean 64/20 = 3.2, s² = (276 − 64²/20)/19 = 3.75, r*wg = 1 − 3.75/2."""
    written = texts(picture(question="customer_perspective"))
    assert "<b>zwei Lager</b> · Einigkeit −0,87" in written
    assert "29" in written
    assert "&lt;Spalt&gt;" in written
    assert "<Spalt>" not in written


def test_long_names_are_broken_and_never_run_into_what_stands_beside_them() -> None:
    """A line of a name has at most 44 letters, beside its facts at most 28."""
    long = Group(GroupKind.DEPARTMENT, ("Bereich für besonders lange Namen und noch längere " * 4,))
    histograms = {**RELEASE.histograms, long: {"CP1": Histogram((0, 3, 2, 3, 3, 3))}}
    release = replace(RELEASE, groups=(*RELEASE.groups, long), histograms=histograms)
    found = share_picture(scene(results=results_with(release), question="customer_perspective"))
    assert found is not None
    lines = [text for text in texts(found) if "Bereich für" in text or text.endswith(" …")]
    assert lines
    assert max(map(len, lines)) <= 44


@pytest.mark.parametrize(("counts", "lines"), [((4, 1, 2, 2, 4), 2), ((0, 1, 8, 4, 0), 1)])
def test_a_marked_row_needs_more_room_beside_its_name(counts: tuple[int, ...], lines: int) -> None:
    """28 letters leave room for r*wg alone, not for two camps as well."""
    team = Group(GroupKind.DEPARTMENT, ("Kundendienst / Servicestelle",))
    histogram = Histogram((0, *counts))  # type: ignore[arg-type]
    release = Release(("CP1",), (ORGANISATION, team), {team: {"CP1": histogram}})
    rows = share_choice(scene(results=results_with(release), question="customer_perspective")).rows
    assert [len(drawn.lines) for drawn in laid_out(rows)] == [lines]


# Which rows, in which order


def test_at_first_every_question_is_asked_of_the_whole_organisation() -> None:
    """A row for each dimension that is one item."""
    choice = share_choice(scene())
    assert (choice.question, choice.place) == (None, ORGANISATION)
    assert [row.name for row in choice.rows] == ["Kundensicht", "Mitarbeiterorientierung"]


def test_a_department_in_the_address_is_asked_instead() -> None:
    """An unknown one is not."""
    assert share_choice(scene(department="Ruhig / Klein")).place == SMALL
    assert share_choice(scene(department="Nirgends")).place == ORGANISATION


def test_the_long_form_has_a_row_for_each_item_under_its_dimensions_name() -> None:
    """A dimension of two items has no distribution of its own."""
    answers = {"CP1": Histogram((0, 3, 3, 3, 3, 3)), "CP2": Histogram((0, 3, 3, 3, 3, 3))}
    release = Release(("CP1", "CP2"), (ORGANISATION,), {ORGANISATION: answers})
    choice = share_choice(scene(results=results_with(release)))
    assert [row.heading for row in choice.rows] == ["Kundensicht", ""]
    assert [question.id for question in choice.questions] == ["CP1", "CP2"]
    found = share_picture(scene(results=results_with(release)))
    assert found is not None
    assert "<b>Kundensicht</b>" in texts(found)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.AGREEMENT, ["<Spalt>", f"Ruhig / {REST}", "Ruhig"]),
        (Order.FAVOURABLE, [f"Ruhig / {REST}", "Ruhig", "<Spalt>"]),
        (Order.TREE, ["<Spalt>", "Ruhig", REST]),
    ],
)
def test_departments_are_sorted_as_the_address_says(order: Order, expected: list[str]) -> None:
    """The organisation first; r*wg −.87, .51, .55; 57, 55 and 50 % favourable; or as the tree."""
    choice = share_choice(scene(question="customer_perspective", order=order.value))
    assert [row.name for row in choice.drawn] == ["Ganze Organisation", *expected]


def test_least_agreement_comes_first_unless_asked_otherwise() -> None:
    """Which team does not agree with itself? It is the first below the organisation."""
    assert names(question="customer_perspective")[1] == "<Spalt>"
    assert names(question="customer_perspective", order="nonsense")[1] == "<Spalt>"


def test_the_leaders_own_department_comes_first_and_is_bold() -> None:
    """As in every list of departments."""
    look = replace(scene(question="customer_perspective"), own=("Ruhig",))
    assert share_choice(look).rows[1].full == f"Ruhig / {REST}"
    found = share_picture(look)
    assert found is not None
    assert "<b>Ruhig</b>" in texts(found)
    assert "&lt;Spalt&gt;" in texts(found)


def test_twenty_rows_are_drawn_at_first_and_all_on_request() -> None:
    """The table has every row."""
    teams = [Group(GroupKind.DEPARTMENT, (f"Team {n}",)) for n in range(FEW + 5)]
    answers = {"CP1": Histogram((0, 3, 3, 3, 3, 3))}
    release = Release(
        ("CP1",), (ORGANISATION, *teams), dict.fromkeys((ORGANISATION, *teams), answers)
    )
    asked = {"results": results_with(release), "question": "customer_perspective"}
    few, every = (share_picture(scene(**asked, **more)) for more in ({}, {"all": "1"}))  # type: ignore[arg-type]
    assert few is not None
    assert every is not None
    assert [len(chart.figure.data[0].x) for chart in (few, every)] == [FEW, FEW + 6]
    assert few.table.count("<tr>") == every.table.count("<tr>") == FEW + 7


# What is found


def test_the_title_names_the_department_that_is_at_odds_with_itself() -> None:
    """10 of 20 agree, 8 of 20 do not."""
    assert picture(question="customer_perspective").title == (
        f"„Kundensicht“: Ein Bereich ist mit sich uneins, <Spalt>: "
        f"50{NB}% stimmen zu, 40{NB}% lehnen ab."
    )


def test_the_title_is_honest_where_no_department_is() -> None:
    """EO1: of <Spalt> s² = .526, r*wg = .74; of Ruhig s² = .731, r*wg = .63."""
    assert picture(question="employee_orientation", language="en").title == (
        "“Employee orientation”: no department is divided; Ruhig agrees least with itself "
        "(agreement 0.63)."
    )


def test_the_title_of_a_place_says_what_divides_it() -> None:
    """CP1 of <Spalt>; in the organisation 24 % against 52 %, r*wg = −.02; in Ruhig nothing does."""
    assert picture(department="<Spalt>").title.startswith(
        "<Spalt>: Eine von 2 Fragen spaltet, „Kundensicht“: "
    )
    assert picture(department="Ruhig").title == (
        f"Ruhig: Am meisten Zustimmung findet „Kundensicht“ (55{NB}%), "
        f"am wenigsten „Mitarbeiterorientierung“ (50{NB}%)."
    )


def test_shares_in_a_title_come_from_counts_and_are_never_added_up_after_rounding() -> None:
    """METHOD §2: 103/166/176/96/24 are 18 + 29, but 48 % favourable; 17 + 4, and 21 % not."""
    answers = {"CP1": Histogram((0, 24, 96, 176, 166, 103))}
    release = Release(("CP1",), (ORGANISATION,), {ORGANISATION: answers})
    found = share_picture(scene(results=results_with(release)))
    assert found is not None
    assert found.title == f"Ganze Organisation: 48{NB}% stimmen zu, 21{NB}% lehnen ab."


def test_where_single_departments_are_too_small_the_title_says_so() -> None:
    """Only the organisation has a row."""
    release = replace(RELEASE, groups=(ORGANISATION, SMALL))
    found = share_picture(scene(results=results_with(release), question="customer_perspective"))
    assert found is not None
    assert "lässt sich nicht sagen" in found.title


def test_over_all_questions_the_most_divided_department_is_found() -> None:
    """The organisation is none; where nobody is divided there is nothing to name."""
    found = least_agreed(scene())
    assert found is not None
    assert (found[0].id, found[1]) == ("customer_perspective", SPLIT)
    calm = replace(RELEASE, groups=(ORGANISATION, CALM))
    assert least_agreed(scene(results=results_with(calm))) is None


# What is not shown


def test_too_few_answers_and_withheld_ones_are_told_apart() -> None:
    """Six answers have no distribution, by statistics; nothing of Verborgen is shown at all."""
    choice = share_choice(scene(question="customer_perspective"))
    assert [row.full for row in choice.few] == ["Ruhig / Klein"]
    assert [row.full for row in choice.withheld] == ["Ruhig / Verborgen"]
    assert choice.few[0].figures.agreement is None


def test_the_table_has_every_row_and_the_reason_where_there_are_no_shares() -> None:
    """Klein: n and favourable, 3 of 6; Verborgen: the one reason, no digit."""
    rows = picture(question="customer_perspective").table.split("<tr>")
    small = next(row for row in rows if "Klein" in row and "Verborgen" not in row)
    hidden = next(row for row in rows if ">Ruhig / Verborgen<" in row)
    assert f"<td>50{NB}%</td>" in small
    assert "Zu wenige Antworten für eine Verteilung" in small
    assert "zu wenige oder zu einheitliche Antworten" in hidden
    split = next(row for row in rows if ">&lt;Spalt&gt;<" in row)
    for figure in (f">40{NB}%<", f">20{NB}%<", ">−0,87<", ">−0,80<", ">ja<"):
        assert figure in split


def test_nothing_is_drawn_where_nothing_may_be() -> None:
    """Of a withheld department, and of one with six answers."""
    assert share_picture(scene(department="Ruhig / Verborgen")) is None
    assert share_picture(scene(department="Ruhig / Klein")) is None


def test_the_picture_is_known_by_its_name() -> None:
    """An address asks for it."""
    assert PICTURES["distributions"] is share_picture
