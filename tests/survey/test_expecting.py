"""What may be entered as a target or a prediction, and what is said otherwise."""

from datetime import date

import pytest

from data.errors import NotFound, Problem, SetUpProblem
from data.model import Department, Wave
from data.results import Prediction
from data.store import Store
from survey import expecting
from survey.typed import mean
from survey.wording import wording

DAY = date(2026, 3, 2)


def test_targets_of_the_wave_and_of_a_department(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Both are kept, side by side."""
    assert small_tree[1].path == ("Vertrieb", "Nord")
    expecting.set_targets(fresh_store, open_wave, (), {"customer_perspective": 4})
    expecting.set_targets(fresh_store, open_wave, ("Vertrieb", "Nord"), {"employee_orientation": 1})
    assert fresh_store.expectations.targets(open_wave) == {
        (): {"customer_perspective": 4.0},
        ("Vertrieb", "Nord"): {"employee_orientation": 1.0},
    }


def test_a_department_that_does_not_exist_is_named(fresh_store: Store, open_wave: Wave) -> None:
    """A typo shall not set a target for nobody."""
    with pytest.raises(NotFound) as refused:
        expecting.set_targets(fresh_store, open_wave, ("Vertrib", "Nord"), {})
    assert "Vertrib/Nord" in wording("de").problem(refused.value)


@pytest.mark.parametrize("value", [0.9, 5.1, -3, float("nan"), float("inf")])
def test_a_mean_outside_the_scale_is_refused(
    fresh_store: Store, open_wave: Wave, value: float
) -> None:
    """Neither as a target nor as a prediction; nothing is kept then."""
    for enter in (
        lambda: expecting.set_targets(fresh_store, open_wave, (), {"customer_perspective": value}),
        lambda: expecting.predict(
            fresh_store, open_wave, {"customer_perspective": value}, "A", DAY
        ),
    ):
        with pytest.raises(SetUpProblem) as refused:
            enter()
        assert "1" in wording("de").problem(refused.value)
        assert refused.value.key == "error.mean_range"
    assert fresh_store.expectations.targets(open_wave) == {}
    assert fresh_store.expectations.predictions(open_wave) == {}


def test_a_dimension_that_the_wave_does_not_ask_is_named_with_those_it_does(
    fresh_store: Store, open_wave: Wave
) -> None:
    """The message lists what can be typed instead."""
    with pytest.raises(SetUpProblem) as refused:
        expecting.set_targets(fresh_store, open_wave, (), {"kundensicht": 4})
    message = wording("de").problem(refused.value)
    assert "kundensicht" in message
    assert "customer_perspective" in message


@pytest.mark.parametrize("by", ["", "   ", "x" * 121])
def test_a_prediction_needs_a_name(fresh_store: Store, open_wave: Wave, by: str) -> None:
    """Somebody stands for it, in at most 120 characters."""
    with pytest.raises(SetUpProblem, match="prediction_unnamed"):
        expecting.predict(fresh_store, open_wave, {"customer_perspective": 4}, by, DAY)


def test_a_prediction_is_kept_with_its_name_and_day(fresh_store: Store, open_wave: Wave) -> None:
    """Blanks around and inside the name are tidied."""
    expecting.predict(fresh_store, open_wave, {"customer_perspective": 4}, "  Petra   Quitte ", DAY)
    assert fresh_store.expectations.predictions(open_wave) == {
        "customer_perspective": Prediction(4.0, "Petra Quitte", DAY)
    }


def test_a_mean_is_read_with_a_comma_or_a_point() -> None:
    """As people in either language type it; anything else is named."""
    assert [mean(text) for text in ("3,8", " 3.8 ", "4")] == [3.8, 3.8, 4.0]
    with pytest.raises(Problem) as refused:
        mean("drei")
    assert "drei" in wording("de").problem(refused.value)
