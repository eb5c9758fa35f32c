"""The export of a release made by hand: what a row holds, and what it never does."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

import pytest

from data.model import DepartmentPath, Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, PublishedComment, Release
from survey.exporting import as_csv, as_json
from survey.extracts import EXTRACTS, SCORES, Row
from survey.results import results_of

WHOLE = Group(GroupKind.ORGANISATION)
SALES = Group(GroupKind.DEPARTMENT, ("Vertrieb",))
NORTH = Group(GroupKind.DEPARTMENT, ("Vertrieb", "Nord"))
LEADERS = Group(GroupKind.POSITION, member=True)
OTHERS = Group(GroupKind.POSITION, member=False)
CUSTOMER = Group(GroupKind.CONTACT, member=True)
REST = Group(
    GroupKind.REMAINDER, ("Vertrieb",), without=(("Vertrieb", "Nord"), ("Vertrieb", "Süd"))
)


def wave(*items: str, separator: str = "/") -> Wave:
    """A released wave that asked these items."""
    return Wave(
        id=1,
        code="k7m2p9qx",
        organisation=Organisation(1, "Muster GmbH", separator=separator),
        settings=WaveSettings("2026", "five_questions", items),
        state=WaveState.RELEASED,
        released_on=date(2026, 3, 4),
    )


def scores(asked: Wave, release: Release) -> Iterator[Row]:
    """The rows of the table of scores."""
    return EXTRACTS["scores"].rows(results_of(asked, release, None))


@pytest.fixture
def long_wave() -> Wave:
    """Two items of one dimension and one of another."""
    return wave("CP1", "CP2", "SO1")


@pytest.fixture
def long_release() -> Release:
    """The whole organisation, a department of which CP2 is withheld, and one withheld in full."""
    return Release(
        items=("CP1", "CP2", "SO1"),
        groups=(WHOLE, SALES, NORTH, LEADERS, OTHERS, CUSTOMER, REST),
        histograms={
            WHOLE: {
                "CP1": Histogram((1, 0, 0, 4, 4, 2)),  # 11 people, n = 10, Σ 38
                "CP2": Histogram((0, 2, 2, 2, 2, 3)),  # n = 11, Σ 35
                "SO1": Histogram((5, 6, 0, 0, 0, 0)),  # n = 6, Σ 6
            },
            SALES: {
                "CP1": Histogram((0, 0, 0, 2, 2, 1)),
                "SO1": Histogram((2, 3, 0, 0, 0, 0)),
            },
        },
        comments=(PublishedComment((), "customer_perspective", "Ein Satz."),),
    )


def test_every_group_has_a_row_for_every_question(long_wave: Wave, long_release: Release) -> None:
    """Items first, then dimensions, then the overall score; the release's order of groups."""
    table = list(scores(long_wave, long_release))
    assert all(tuple(row) == SCORES for row in table)
    assert [row["question"] for row in table[:6]] == [
        "CP1",
        "CP2",
        "SO1",
        "customer_perspective",
        "systematic_ownership",
        "overall",
    ]
    assert len(table) == 7 * 6


def test_a_group_is_named_by_what_it_is(long_wave: Wave, long_release: Release) -> None:
    """A path, a side of a pair, or what is left of a parent: never two of them."""
    names = ("group_kind", "group", "position", "contact", "except")
    table = list(scores(long_wave, long_release))[::6]
    assert [tuple(row[name] for name in names) for row in table] == [
        ("organisation", "", "", "", ""),
        ("department", "Vertrieb", "", "", ""),
        ("department", "Vertrieb/Nord", "", "", ""),
        ("position", "", "leads", "", ""),
        ("position", "", "others", "", ""),
        ("contact", "", "", "customer", ""),
        ("remainder", "Vertrieb", "", "", "Vertrieb/Nord|Vertrieb/Süd"),
    ]


def test_paths_are_joined_with_the_organisations_own_separator(long_release: Release) -> None:
    """A client finds their own writing again."""
    table = list(scores(wave("CP1", separator=" > "), long_release))
    assert {row["group"] for row in table} == {"", "Vertrieb", "Vertrieb > Nord"}
    assert table[-1]["except"] == "Vertrieb > Nord|Vertrieb > Süd"


def test_means_are_exact_and_means_of_means_unweighted(
    long_wave: Wave, long_release: Release
) -> None:
    """38/10 and 35/11, their mean for the dimension, all three for the overall score."""
    found = {row["question"]: row for row in list(scores(long_wave, long_release))[:6]}
    means = {question: row["mean"] for question, row in found.items()}
    assert means == pytest.approx(
        {
            "CP1": 3.8,
            "CP2": 35 / 11,
            "SO1": 1.0,
            "customer_perspective": (3.8 + 35 / 11) / 2,
            "systematic_ownership": 1.0,
            "overall": (3.8 + 35 / 11 + 1) / 3,
        }
    )
    assert found["CP1"]["index"] == pytest.approx(70.0)
    assert found["SO1"]["index"] == 0
    assert (found["CP1"]["favourable"], found["SO1"]["favourable"]) == (0.6, 0.0)
    assert (found["CP1"]["respondents"], found["CP1"]["valid"], found["CP1"]["cant_judge"]) == (
        11,
        10,
        1,
    )


def test_a_dimension_of_several_items_has_no_histogram(
    long_wave: Wave, long_release: Release
) -> None:
    """Only its mean, its index, and how many took part."""
    row = list(scores(long_wave, long_release))[3]
    assert row["question"] == "customer_perspective"
    filled = {name for name in SCORES[8:] if row[name] is not None}
    assert filled == {"respondents", "mean", "index"}


def test_a_withheld_item_withholds_every_score_made_of_it(
    long_wave: Wave, long_release: Release
) -> None:
    """Vertrieb's CP2 is hidden: so are its dimension and its overall score, and nothing else."""
    table = [row for row in scores(long_wave, long_release) if row["group"] == "Vertrieb"][:6]
    assert [row["status"] for row in table] == [
        "shown",
        "withheld",
        "shown",
        "withheld",
        "shown",
        "withheld",
    ]
    for row in table:
        if row["status"] == "withheld":
            assert {row[name] for name in SCORES[8:]} == {None}


def test_a_group_without_anybody_in_it_has_no_figures() -> None:
    """Nobody leads: the row says withheld, and not how many zeros there are."""
    nobody = Histogram((0, 0, 0, 0, 0, 0))
    release = Release(("CP1",), (WHOLE, LEADERS), {LEADERS: {"CP1": nobody}})
    for row in scores(wave("CP1"), release):
        assert row["status"] == "withheld"
        assert {row[name] for name in SCORES[8:]} == {None}


def test_comments_are_no_part_of_the_table(long_wave: Wave, long_release: Release) -> None:
    """They are shown in one place only."""
    assert "Ein Satz." not in as_csv(results_of(long_wave, long_release, None))
    assert "Ein Satz." not in as_json(results_of(long_wave, long_release, None))


def test_csv_and_json_tell_the_same(long_wave: Wave, long_release: Release) -> None:
    """Full precision in both; empty here, null there."""
    read = list(
        csv.DictReader(io.StringIO(as_csv(results_of(long_wave, long_release, None)), newline=""))
    )
    objects = json.loads(as_json(results_of(long_wave, long_release, None)))
    assert objects == list(scores(long_wave, long_release))
    said = {None: "", True: "true", False: "false"}
    as_text = [
        {name: said[v] if v is None or isinstance(v, bool) else str(v) for name, v in one.items()}
        for one in objects
    ]
    assert read == as_text


def test_umlauts_stay_as_they_are(long_wave: Wave, long_release: Release) -> None:
    """Nobody should have to decode Süd."""
    assert "Vertrieb/Süd" in as_csv(results_of(long_wave, long_release, None))
    assert "Vertrieb/Süd" in as_json(results_of(long_wave, long_release, None))


@pytest.mark.parametrize(
    "name", ["=1+1", "+49 30", "-Lager", "@SUMME", "\tTab", "\rWagen", '=HYPERLINK("http://x")']
)
def test_a_name_that_a_spreadsheet_would_run_gets_an_apostrophe(name: str) -> None:
    """In CSV, as a group and as what a remainder leaves out; JSON is not opened in Excel."""
    path: DepartmentPath = (name,)
    release = Release(
        items=("CP1",),
        groups=(Group(GroupKind.DEPARTMENT, path), Group(GroupKind.REMAINDER, (), without=(path,))),
        histograms={},
    )
    read = list(
        csv.DictReader(io.StringIO(as_csv(results_of(wave("CP1"), release, None)), newline=""))
    )
    assert (read[0]["group"], read[-1]["except"]) == (f"'{name}", f"'{name}")
    objects = json.loads(as_json(results_of(wave("CP1"), release, None)))
    assert objects[0]["group"] == name


def test_names_with_commas_quotes_and_line_breaks_survive_csv() -> None:
    """Quoted, so that every row still has as many cells as the header."""
    odd = 'Ein "Haus", zwei\r\nZeilen'
    release = Release(("CP1",), (Group(GroupKind.DEPARTMENT, (odd,)),), {})
    text = as_csv(results_of(wave("CP1"), release, None))
    read = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [row["group"] for row in read] == [odd] * 3
    assert text.splitlines()[0] == ",".join(SCORES)
