"""The heat map's view: what the address asks for, and the finding in its title."""

from dataclasses import replace

from scoring.gaps import GapKind
from survey.results import Results
from survey.views.heatmap import branch_options, heat_choice, heat_view
from survey.views.scene import Scene
from survey.wording import wording
from tests.survey.test_heatmap import DEEP, rows
from tests.survey.test_results_values import RESULTS

DE = wording("de")


def test_one_dimension_with_its_items_can_be_the_columns() -> None:
    """The dimension first, which is not tested; its items are, and are named by code and text."""
    scene = Scene(DE, DEEP, {"columns": "customer_perspective"})
    view = heat_view(scene)
    werk = rows(view.table)["Werk"]
    assert werk[1] == ("", "2,0")
    assert [kind for kind, _ in werk[2:]] == ["l3", "l3", "l3"]
    statement = DEEP.dimensions[0].items[1].text["de"]
    assert f'<th scope="col">CP2<span class="q">{statement}' in view.table
    assert f"<dt>CP2</dt><dd>{statement}" in view.table


def test_a_dimension_of_one_item_has_no_columns_of_its_own() -> None:
    """Nor has one that does not exist: the address falls back to all dimensions."""
    for name in ("employee_orientation", "nonsense"):
        assert len(heat_choice(Scene(DE, DEEP, {"columns": name})).questions) == 3


def test_one_branch_can_be_looked_at_alone() -> None:
    """The whole organisation to compare with, the department and what is below it."""
    scene = Scene(DE, DEEP, {"department": "Vertrieb / Süd"})
    view = heat_view(scene)
    assert list(rows(view.table)) == ["Ganze Organisation", "Süd", "Laden & Hof"]
    assert list(branch_options(scene, heat_choice(scene))) == ["", "Vertrieb", "Vertrieb / Süd"]
    leaf = replace(scene, asked={"department": "Werk"})
    assert list(rows(heat_view(leaf).table)) == ["Ganze Organisation", "Werk"]
    assert "Werk" in branch_options(leaf, heat_choice(leaf))


def titles(results: Results, **asked_for: str) -> str:
    return heat_view(Scene(DE, results, asked_for)).title


def test_the_title_is_the_lowest_finding() -> None:
    """What may be claimed; else what is coloured, with its doubt."""
    assert titles(RESULTS).startswith("Im Bereich Schlecht wird „Kundensicht“ um 3,5 Punkte schl")
    assert titles(RESULTS, reference="target").startswith("In der ganzen Organisation liegt")
    doubtful = [replace(g, p_claim=0.2) for g in RESULTS.gaps[GapKind.DEPARTMENT]]
    results = replace(RESULTS, gaps={**RESULTS.gaps, GapKind.DEPARTMENT: tuple(doubtful)})
    assert titles(results) == (
        "Auffällig, aber nicht gesichert: Schlecht, „Kundensicht“, "
        "3,5 Punkte unter dem Rest der Organisation."
    )


def test_the_title_is_honest_where_there_is_nothing_to_find() -> None:
    """Only higher ones; only chance; nothing that could be tested."""
    gaps = RESULTS.gaps[GapKind.DEPARTMENT]
    for kept, key in (
        ([g for g in gaps if g.size > 0], "heat.none_below_rest"),
        ([replace(g, p_colour=0.3, p_claim=0.5) for g in gaps], "heat.nothing_rest"),
        ([replace(g, p=None, p_colour=None, p_claim=None) for g in gaps], "heat.untested_rest"),
        ([], "heat.untested_rest"),
    ):
        results = replace(RESULTS, gaps={**RESULTS.gaps, GapKind.DEPARTMENT: tuple(kept)})
        assert titles(results) == DE(key)


def test_the_title_is_about_the_branch_that_is_shown() -> None:
    """Werk is the lowest of all, and none of Vertrieb's business."""
    assert "Werk" in titles(DEEP)
    assert "Werk" not in titles(DEEP, department="Vertrieb")
