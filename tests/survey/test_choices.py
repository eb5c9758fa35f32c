"""What of an address makes a picture of its own, and what is kept in memory."""

import pytest

from survey.views import gap_choice
from survey.views.choices import CHOICES, understood
from survey.views.heatmap import NAME as HEAT_MAP
from survey.views.pictures import PICTURES
from survey.views.scene import Scene
from tests.survey.test_view_gaps import DE, RESULTS


def kept(view: str, **asked: str) -> dict[str, str]:
    """What of this address a view's picture depends on."""
    return dict(understood(Scene(DE, RESULTS, asked), view).asked)


def test_every_picture_says_what_it_reads() -> None:
    """And the heat map, which is kept alike."""
    assert set(CHOICES) == {*PICTURES, HEAT_MAP}


@pytest.mark.parametrize("view", list(CHOICES))
def test_addresses_that_somebody_makes_up_are_one_picture(view: str) -> None:
    """Names that no view knows, and values that none offers."""
    made_up = dict.fromkeys(CHOICES[view], "x" * 5000)
    assert kept(view, **made_up, anything="1", wave="abc", lang="de") == {}


def test_what_a_view_offers_makes_a_picture_of_its_own() -> None:
    """Each of the gaps' choices, and nothing that is for others."""
    choices = {"gap": "trend", "question": "customer_perspective", "order": "tree", "all": "1"}
    assert kept("gaps", **choices, department="Gut", level="2") == choices
    assert kept("department_profile", **choices, department="Gut") == {"department": "Gut"}
    assert kept("department_profile", department="Nosuch") == {}


@pytest.mark.parametrize("view", list(PICTURES))
def test_a_picture_is_the_same_without_what_it_does_not_understand(view: str) -> None:
    """So the first who asks decides nothing for the others."""
    odd = {"all": "yes", "order": "up", "question": "EO9", "gap": "GAP", "department": "gut"}
    for asked in (odd, {**odd, "question": "CP1"}, {**odd, "gap": "target", "department": "Gut"}):
        whole, less = (
            PICTURES[view](scene)
            for scene in (Scene(DE, RESULTS, asked), understood(Scene(DE, RESULTS, asked), view))
        )
        assert whole == less


def test_every_option_of_the_gaps_is_understood() -> None:
    """Whatever their lists offer leads to what it says."""
    for kind in gap_choice.kinds(Scene(DE, RESULTS)):
        scene = Scene(DE, RESULTS, {"gap": kind})
        choice = gap_choice.gap_choice(scene)
        for name, options in (
            ("question", gap_choice.titles(scene, choice.questions)),
            ("order", gap_choice.orders(scene, choice)),
        ):
            for option in options:
                asked = Scene(DE, RESULTS, {"gap": kind, name: option})
                less = understood(asked, "gaps")
                assert gap_choice.gap_choice(asked) == gap_choice.gap_choice(less)
