"""The heat map's seven steps can be told apart, and read on, by everybody.

Differences are CIEDE2000; people who know both colours side by side notice from
about 2.3. How colours look without one kind of cone is simulated after Viénot,
Brettel and Mollon (1999) and Brettel, Viénot and Mollon (1997), as coloraide does it.
"""

from itertools import combinations, pairwise

import pytest
from coloraide import Color

from survey.charts.look import DARK, LIGHT, Look
from survey.colours import READABLE, contrast

VISIONS = (None, "protan", "deutan", "tritan")
NEIGHBOURS, ENDS = 5, 30
"""The least differences: of steps beside each other, and of the two ends."""

looks = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
visions = pytest.mark.parametrize("vision", VISIONS)


def seen(colour: str, vision: str | None) -> Color:
    return Color(colour).filter(vision) if vision else Color(colour)


def difference(one: str, other: str, vision: str | None) -> float:
    return float(seen(one, vision).delta_e(seen(other, vision), method="2000"))


@looks
@visions
def test_steps_can_be_told_apart(look: Look, vision: str | None) -> None:
    """Any two of the seven, so neighbours, and the same step on either side."""
    assert len(set(look.steps)) == 7
    assert min(difference(*pair, vision) for pair in combinations(look.steps, 2)) >= NEIGHBOURS
    assert difference(look.steps[0], look.steps[-1], vision) >= ENDS


@looks
def test_numbers_can_be_read_on_every_step(look: Look) -> None:
    """As WCAG asks of text."""
    assert min(contrast(look.ink, step) for step in look.steps) >= READABLE


@looks
def test_further_from_the_middle_stands_out_more(look: Look) -> None:
    """Away from the page's own ground, evenly on both sides."""
    far = [contrast(look.paper, step) for step in look.steps]
    assert all(outer > inner for outer, inner in pairwise(far[:4]))
    assert all(outer > inner for inner, outer in pairwise(far[3:]))
    assert all(abs(one - other) < 0.3 for one, other in zip(far, reversed(far), strict=True))
