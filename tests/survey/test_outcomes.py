"""What became of a measure's gap: in sentences, from two releases, never more than they say."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from data.measures import Measure, Plan
from data.model import DepartmentPath, Organisation, Wave, WaveSettings, WaveState
from data.results import Group, GroupKind, Histogram, Release
from data.store import Store
from data.workshops import Workshop, WorkshopPlan, WorkshopState
from scoring.release import ORGANISATION
from survey import running
from survey.measure_card import measure_card, sentences
from survey.measure_file import COLUMNS, as_csv
from survey.measures import Agreed, agreed
from survey.outcomes import outcome, standing
from survey.results import Results, load_results, results_of
from survey.wording import wording
from tests.survey.held import planned

DE, EN = wording("de"), wording("en")
FIRM = Organisation(1, "Muster")
NORTH, SOUTH = ("Nord",), ("Süd",)
LOW, HIGH = Histogram((0, 10, 20, 10, 0, 0)), Histogram((0, 0, 0, 10, 20, 10))
"""Means 2 and 4 of 40 people each."""
SLIGHTLY = Histogram((0, 9, 20, 11, 0, 0))
"""Mean 2.05 of 40."""
FEW = Histogram((0, 0, 2, 4, 4, 0))
"""Mean 3.2 of ten."""
EVERYBODY = Histogram((0, 40, 40, 40, 40, 40))
"""Mean 3 of 200."""


def wave(number: int) -> Wave:
    """A released wave; they asked a year apart."""
    settings = WaveSettings(f"Welle {number}", "five_questions", ("CP1", "EO1"))
    return Wave(number, f"welle{number}", FIRM, settings, WaveState.RELEASED)


def results(
    number: int,
    north: Histogram | None,
    target: float | None = 3.0,
    before: Results | None = None,
    items: tuple[str, ...] = ("CP1", "EO1"),
) -> Results:
    """A release with the whole organisation, Nord as given, and Süd, which is withheld."""
    groups = (ORGANISATION, *(Group(GroupKind.DEPARTMENT, path) for path in (NORTH, SOUTH)))
    shown: Mapping[Group, Mapping[str, Histogram]] = {
        groups[0]: dict.fromkeys(items, EVERYBODY),
        groups[1]: dict.fromkeys(items, north) if north else {},
    }
    targets = {(): {"customer_perspective": target}} if target else {}
    release = Release(items, groups, shown, targets=targets)
    return results_of(wave(number), release, before and (before.wave, before.release))


def plan(path: DepartmentPath = NORTH, dimension: str = "customer_perspective") -> Plan:
    """Something that was agreed."""
    return Plan(path, dimension, "=1+1", "Leitung", date(2026, 9, 30))


def told(then: Results, now: Results, path: DepartmentPath = NORTH) -> str:
    """What stands beside the measure."""
    return " ".join(sentences(DE, plan(path), then, now))


def both(north: Histogram | None, later: Histogram | None, *targets: float | None) -> str:
    """The same of two waves of which one follows the other."""
    first = results(1, north, targets[0])
    return told(first, results(2, later, targets[-1], first))


def test_a_gap_that_closed_for_sure_is_told_so() -> None:
    """Forty people at 2, then forty at 4: one point below the target, then above it."""
    assert both(LOW, HIGH, 3.0) == (
        "Abstand zum Ziel: 1,00 Punkte → Ziel erreicht."
        " Besser geworden (+2,00 Punkte), statistisch gesichert."
    )


def test_a_gap_that_opened_for_sure_is_told_so() -> None:
    """The other way round, in English too."""
    assert both(HIGH, LOW, 3.0) == (
        "Abstand zum Ziel: Ziel erreicht → 1,00 Punkte."
        " Schlechter geworden (\N{MINUS SIGN}2,00 Punkte), statistisch gesichert."
    )
    first = results(1, HIGH)
    english = " ".join(sentences(EN, plan(), first, results(2, LOW, 3.0, first)))
    assert "target reached → 1.00 points" in english


def test_a_change_that_may_be_chance_is_not_called_better() -> None:
    """From 2.00 to 2.05 of forty."""
    assert both(LOW, SLIGHTLY, 3.0) == (
        "Abstand zum Ziel: 1,00 → 0,95 Punkte."
        " Die Veränderung (+0,05 Punkte) ist nicht statistisch gesichert."
    )


def test_of_few_answers_nothing_is_tested() -> None:
    """Ten people now: a difference, and no claim."""
    assert "nicht prüfbar" in both(LOW, FEW, 3.0)
    assert "gesichert" not in both(LOW, FEW, 3.0)


def test_a_target_that_was_reached_and_is() -> None:
    """No distance is left to tell."""
    assert both(HIGH, HIGH, 3.0).startswith("Das Ziel war erreicht und ist es weiterhin.")


@pytest.mark.parametrize(
    ("targets", "then", "now"),
    [
        (
            (3.0, 3.5),
            "Mittelwert 2,00 (1,00 Punkte unter dem Ziel von 3,0)",
            "Mittelwert 4,00 (Ziel von 3,5 erreicht)",
        ),
        (
            (None, 4.5),
            "Mittelwert 2,00 (kein Ziel gesetzt)",
            "Mittelwert 4,00 (0,50 Punkte unter dem Ziel von 4,5)",
        ),
        (
            (None, None),
            "Mittelwert 2,00 (kein Ziel gesetzt)",
            "Mittelwert 4,00 (kein Ziel gesetzt)",
        ),
    ],
)
def test_another_target_or_none_stands_beside_each_mean(
    targets: tuple[float | None, float | None], then: str, now: str
) -> None:
    """A gap to another target is not the same gap."""
    assert both(LOW, HIGH, *targets).startswith(f"Damals: {then}. Jetzt: {now}.")


def test_what_is_withheld_has_the_one_reason() -> None:
    """Now, then, or both times; with no figure of that time."""
    reason = DE("results.withheld")
    assert both(LOW, None, 3.0) == (
        f"Damals: Mittelwert 2,00 (1,00 Punkte unter dem Ziel von 3,0). Jetzt: {reason}."
    )
    assert both(None, LOW, 3.0).startswith(f"Damals: {reason}. Jetzt: Mittelwert 2,00")
    assert both(None, None, 3.0) == (
        f"Was aus dem Abstand zum Ziel geworden ist, wird nicht gezeigt: {reason}."
    )


def test_waves_that_are_not_compared_are_not_called_sure() -> None:
    """The wave after next: the figures stand side by side, untested."""
    first = results(1, LOW)
    second = results(2, LOW, 3.0, first)
    third = results(3, HIGH, 3.0, second)
    assert "nicht geprüft" in told(first, third)
    assert "statistisch gesichert" not in told(first, third)
    assert "statistisch gesichert" in told(second, third)


def test_other_statements_are_not_comparable() -> None:
    """A dimension of one statement and one of two are two things; nor is one not asked."""
    first = results(1, LOW)
    longer = results(2, HIGH, 3.0, first, items=("CP1", "CP2"))
    assert told(first, longer).startswith("Nicht vergleichbar: In den beiden Befragungen")
    assert outcome(plan(dimension="employee_orientation"), first, longer).now is None


def test_a_department_that_is_gone_is_not_comparable() -> None:
    """That is another thing than one whose answers are withheld."""
    first = results(1, LOW)
    now = results(2, HIGH, 3.0, first)
    gone = replace(now, release=replace(now.release, groups=(ORGANISATION,)))
    assert told(first, gone).startswith("Nicht vergleichbar: Diesen Bereich")


def test_a_new_measure_tells_where_it_starts() -> None:
    """Below its target, at it, without one, or withheld."""
    below, reached, free = results(1, LOW), results(1, HIGH), results(1, HIGH, None)
    start = "Ausgangslage: Mittelwert 2,00, das sind 1,00 Punkte unter dem Ziel von 3,0."
    assert told(below, below) == start
    assert told(reached, reached) == "Ausgangslage: Mittelwert 4,00; das Ziel von 3,0 ist erreicht."
    assert told(free, free) == "Ausgangslage: Mittelwert 4,00; ein Ziel ist nicht gesetzt."
    assert DE("results.withheld") in told(reached, reached, SOUTH)


def test_the_whole_organisation_is_a_place() -> None:
    """Its own target holds, and its own mean."""
    found = standing(results(1, LOW), (), "customer_perspective")
    assert found is not None
    assert (found.mean, found.target, found.below) == (3.0, 3.0, 0.0)


def test_a_card_shows_texts_as_text_and_that_it_is_late_in_words() -> None:
    """Whatever was typed; not by colour alone."""
    nasty = replace(plan(), what="<img src=x>\n**b**", responsible="<b>Leitung</b>")
    first = results(1, LOW)
    html = measure_card(DE, Measure(1, 1, "welle1", nasty), first, first, date(2026, 10, 1))
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;img src=x&gt;\n**b**" in html
    assert "überfällig" in html
    assert "überfällig" not in measure_card(
        DE, Measure(1, 1, "welle1", nasty), first, first, date(2026, 9, 30)
    )


def test_what_no_wave_came_before_tells_where_it_stands_now() -> None:
    """No gap that was not measured; withheld, and a place that is not there, said so."""
    now = results(2, LOW)

    def stands(path: DepartmentPath, dimension: str = "customer_perspective") -> str:
        return " ".join(sentences(DE, plan(path, dimension), None, now))

    assert stands(NORTH) == (
        "In dieser Befragung: Mittelwert 2,00 (1,00 Punkte unter dem Ziel von 3,0)."
    )
    assert stands(SOUTH) == f"In dieser Befragung: {DE('results.withheld')}."
    nowhere = DE("measure.stands_nowhere")
    assert stands(("West",)) == stands(NORTH, "top_down_bottom_up") == nowhere


def test_a_card_leads_to_the_protocol_of_its_workshop() -> None:
    """By its title, as text; a dimension that this wave did not ask has its name still."""
    steps = WorkshopPlan("<b>Runde</b>", (), "five_questions", 5)
    state = WorkshopState.ENDED
    workshop = Workshop(1, "K7M4XR", FIRM, "", steps, state, None, 0, None, 1, 0)
    measure = Measure(1, 1, "", plan(dimension="top_down_bottom_up"), "K7M4XR")
    html = measure_card(DE, measure, None, results(1, LOW), date(2026, 9, 1), workshop)
    assert "&lt;b&gt;Runde&lt;/b&gt;</a>" in html
    assert 'href="/protocol?workshop=K7M4XR&amp;lang=de"' in html
    assert "Von oben und von unten" in html
    without = measure_card(DE, measure, None, results(1, LOW), date(2026, 9, 1))
    assert DE("measure.agreed_in") not in without


def test_what_a_workshop_agreed_is_followed_into_the_next_wave(fresh_store: Store) -> None:
    """Its gap then and now, as of any measure, in the results of the demo's later wave."""
    earlier, later, _ = running.demo(fresh_store)
    workshop = planned(fresh_store, earlier.organisation, earlier)
    kept = fresh_store.measures.agree(workshop, plan(()))
    (_, found) = agreed(fresh_store, later)
    assert (found.wave, found.measures) == (earlier, (kept,))
    then, now = (load_results(fresh_store, one) for one in (earlier, later))
    gap, change = sentences(DE, kept.plan, then, now)
    before, after = (standing(one, (), "customer_perspective") for one in (then, now))
    assert before
    assert after
    told = [DE.number(one.below or 0, 2) for one in (before, after)]
    assert gap == DE("measure.gap_both", before=told[0], after=told[1])
    assert change.startswith("Die Veränderung (+")


# The file


def rows(now: Results, *found: Agreed) -> list[dict[str, str]]:
    """The file's rows by column."""
    first = results(1, LOW)
    by_code = {"welle1": first, now.wave.code: now}
    titles = {"K7M4XR": "=Runde"}
    text = as_csv(found, lambda one: by_code[one.code], now.wave, titles)
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_what_was_agreed_and_what_became_of_it() -> None:
    """Unrounded, empty where withheld, and no formula for a spreadsheet to run."""
    now = results(2, HIGH, 3.5, results(1, LOW))
    found = [
        Agreed(now.wave, (Measure(3, 1, "welle2", plan(SOUTH)),)),
        Agreed(wave(1), (Measure(1, 1, "welle1", plan()), Measure(2, 1, "welle1", plan(())))),
    ]
    new, old, whole = rows(now, *found)
    assert tuple(new) == COLUMNS
    assert (new["wave"], new["group"], new["mean_then"], new["mean_now"]) == (
        "welle2",
        "Süd",
        "",
        "",
    )
    assert new["target_then"] == "3.5"
    assert old["what"] == "'=1+1"
    assert (old["mean_then"], old["target_then"]) == ("2.0", "3.0")
    assert (old["mean_now"], old["target_now"]) == ("4.0", "3.5")
    assert (old["comparable"], old["compared"], old["may_claim"]) == ("true", "true", "true")
    assert (whole["group"], whole["may_claim"]) == ("", "false")


def test_the_file_names_the_workshop_that_agreed() -> None:
    """Without a wave there is no figure of then; what is measured now is there."""
    now = results(2, HIGH, 3.5, results(1, LOW))
    old = Agreed(wave(1), (Measure(1, 1, "welle1", plan(), "K7M4XR"),))
    new = Agreed(None, (Measure(2, 1, "", plan(), "K7M4XR"), Measure(3, 1, "", plan(SOUTH))))
    first, second, third = rows(now, old, new)
    assert (first["workshop"], first["workshop_title"]) == ("K7M4XR", "'=Runde")
    assert first["mean_then"] == "2.0"
    assert (second["wave"], second["mean_then"], second["comparable"]) == ("", "", "")
    assert (second["mean_now"], second["target_now"]) == ("4.0", "3.5")
    assert (third["workshop_title"], third["mean_now"]) == ("", "")
