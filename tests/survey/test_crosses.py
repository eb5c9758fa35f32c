"""Pairs of a division, and what is left beside them: their names, rows and cells."""

import re

import pytest

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, Release
from survey.extracts import EXTRACTS
from survey.heatmap import heat_map
from survey.naming import full_name, group_name
from survey.results import results_of
from survey.wording import wording

POSITION, CONTACT = GroupKind.POSITION, GroupKind.CONTACT
SALES, STORE = ("Vertrieb",), ("Lager",)
WHOLE = Group(GroupKind.ORGANISATION)
LEADERS, OTHERS = (Group(POSITION, member=member) for member in (True, False))
SALES_LEADERS, SALES_OTHERS = (Group(POSITION, SALES, member) for member in (True, False))
SALES_FRONT, SALES_BACK = (Group(CONTACT, SALES, member) for member in (True, False))
LEFT_LEADERS, LEFT_OTHERS = (
    Group(POSITION, (), member, without=(SALES, STORE)) for member in (True, False)
)
RELEASE = Release(
    items=("CP1",),
    groups=(
        WHOLE,
        Group(GroupKind.DEPARTMENT, SALES),
        Group(GroupKind.DEPARTMENT, STORE),
        LEADERS,
        OTHERS,
        SALES_LEADERS,
        SALES_OTHERS,
        SALES_FRONT,
        SALES_BACK,
        LEFT_LEADERS,
        LEFT_OTHERS,
    ),
    histograms={
        WHOLE: {"CP1": Histogram((0, 10, 10, 10, 10, 10))},
        SALES_LEADERS: {"CP1": Histogram((0, 0, 0, 0, 4, 4))},
        SALES_OTHERS: {"CP1": Histogram((0, 4, 4, 0, 0, 0))},
        LEFT_LEADERS: {"CP1": Histogram((0, 0, 6, 0, 0, 0))},
    },
)
WAVE = Wave(
    1,
    "abcdefgh",
    Organisation(1, "Muster", separator=" > "),
    WaveSettings("Welle", "five_questions", ("CP1",), position_by_division=True),
    WaveState.RELEASED,
)
RESULTS = results_of(WAVE, RELEASE, None)


@pytest.mark.parametrize(
    ("group", "language", "listed", "alone"),
    [
        (SALES_LEADERS, "de", "Führungskräfte in Vertrieb", "Führungskräfte in Vertrieb"),
        (SALES_OTHERS, "de", "Alle anderen in Vertrieb", "Alle anderen (Führung) in Vertrieb"),
        (SALES_FRONT, "de", "Mit Kundenkontakt in Vertrieb", "Mit Kundenkontakt in Vertrieb"),
        (SALES_BACK, "de", "Alle anderen in Vertrieb", "Alle anderen (Kundenkontakt) in Vertrieb"),
        (
            LEFT_LEADERS,
            "de",
            "Führungskräfte außer in: Vertrieb, Lager",
            "Führungskräfte außer in: Vertrieb, Lager",
        ),
        (
            LEFT_OTHERS,
            "de",
            "Alle anderen außer in: Vertrieb, Lager",
            "Alle anderen (Führung) außer in: Vertrieb, Lager",
        ),
        (OTHERS, "de", "Alle anderen", "Alle anderen (Führung)"),
        (SALES_LEADERS, "en", "Leaders in Vertrieb", "Leaders in Vertrieb"),
        (
            SALES_BACK,
            "en",
            "Everyone else in Vertrieb",
            "Everyone else (customer contact) in Vertrieb",
        ),
        (
            LEFT_OTHERS,
            "en",
            "Everyone else except in: Vertrieb, Lager",
            "Everyone else (leadership) except in: Vertrieb, Lager",
        ),
    ],
)
def test_a_crossed_group_is_named_with_its_division(
    group: Group, language: str, listed: str, alone: str
) -> None:
    """Beside its counterpart "everyone else" is enough; alone it says of what."""
    say = wording(language)
    assert (group_name(say, group, RELEASE), full_name(say, group, RELEASE)) == (listed, alone)


def test_the_heat_map_has_a_row_for_each_crossed_group() -> None:
    """Under the pair's heading, unless all of it is withheld; absent remainders are empty."""
    html = heat_map(wording("de"), RESULTS)
    assert "Mit Kundenkontakt in Vertrieb" not in html
    assert html.count("Führungskräfte in Vertrieb") == 1
    rows = {
        name: html.split(name)[1].split("</tr>")[0]
        for name in (
            "Führungskräfte in Vertrieb",
            "Führungskräfte außer in: Vertrieb, Lager",
            "Alle anderen außer in: Vertrieb, Lager",
        )
    }
    shown, left, nobody = rows.values()
    assert "4,5" in shown
    assert "2,0" in left
    assert 'class="x"' not in nobody


def test_a_divisions_pair_is_shown_without_a_test_of_its_own() -> None:
    """4.5 against 1.5 has neither colour nor a row among the gaps: those are the organisation's."""
    html = heat_map(wording("de"), RESULTS)
    for name in ("Führungskräfte in Vertrieb", "Alle anderen in Vertrieb"):
        row = html.split(name)[1].split("</tr>")[0]
        assert re.findall(r"<td>(.*?)</td>", row)[-1] in {"4,5", "1,5"}
    assert all(row["group_kind"] != "position" for row in EXTRACTS["gaps"].rows(RESULTS))


def test_an_extract_names_division_side_and_what_is_left_out() -> None:
    """The division as the group, the side in its own column, divisions taken away as `except`."""
    names = ("group_kind", "group", "position", "contact", "except")
    rows = {
        tuple(row[name] for name in names): row
        for row in EXTRACTS["scores"].rows(RESULTS)
        if row["question"] == "CP1"
    }
    assert list(rows)[3:] == [
        ("position", "", "leads", "", ""),
        ("position", "", "others", "", ""),
        ("position", "Vertrieb", "leads", "", ""),
        ("position", "Vertrieb", "others", "", ""),
        ("contact", "Vertrieb", "", "customer", ""),
        ("contact", "Vertrieb", "", "others", ""),
        ("position", "", "leads", "", "Vertrieb|Lager"),
        ("position", "", "others", "", "Vertrieb|Lager"),
    ]
    assert rows["position", "Vertrieb", "leads", "", ""]["mean"] == 4.5
    assert rows["position", "", "leads", "", "Vertrieb|Lager"]["mean"] == 2.0
    assert rows["position", "", "leads", "", ""]["status"] == "withheld"
    assert rows["contact", "Vertrieb", "", "customer", ""]["mean"] is None
