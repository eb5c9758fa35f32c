"""An accent can be read by everybody, whatever colour was chosen."""

import pytest

from data.errors import SetUpProblem
from survey.colours import (
    DARK_GROUNDS,
    HOUSE_ACCENT,
    LIGHT_GROUNDS,
    READABLE,
    accent_of,
    contrast,
)

STEPS = range(0, 256, 51)
MANY = [f"#{r:02x}{g:02x}{b:02x}" for r in STEPS for g in STEPS for b in STEPS]


def test_contrast_is_the_one_of_wcag() -> None:
    """Black on white is 21 : 1; #767676 is the lightest grey that white allows (4.54 : 1)."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_every_colour_becomes_one_that_can_be_read() -> None:
    """White text on it, itself on cards and on the page; in dark pages likewise."""
    for chosen in MANY:
        accent = accent_of(chosen)
        assert min(contrast(accent.light, g) for g in LIGHT_GROUNDS) >= READABLE, chosen
        assert min(contrast(accent.dark, g) for g in DARK_GROUNDS) >= READABLE, chosen


def test_a_colour_that_can_be_read_stays_as_it_was_chosen() -> None:
    """And nobody is told that it was changed."""
    accent = accent_of("#7A1F5C")
    assert accent.light == accent.chosen == "#7a1f5c"
    assert not accent.darkened


def test_a_colour_that_is_too_light_is_darkened_and_keeps_its_hue() -> None:
    """Yellow becomes a dark yellow, not grey."""
    accent = accent_of("#ffd000")
    assert accent.darkened
    red, green, blue = (int(accent.light[at : at + 2], 16) for at in (1, 3, 5))
    assert red >= green > blue + 60


def test_the_houses_own_accent_can_be_read_too() -> None:
    """The one that organisations without a colour have."""
    assert accent_of(None) is HOUSE_ACCENT
    assert min(contrast(HOUSE_ACCENT.light, g) for g in LIGHT_GROUNDS) >= READABLE
    assert min(contrast(HOUSE_ACCENT.dark, g) for g in DARK_GROUNDS) >= READABLE


@pytest.mark.parametrize(
    "text", ["", "red", "#fff", "#12345g", "#0b6477;}body{display:none", "url(x)", "#0b6477\n}"]
)
def test_what_is_no_colour_is_refused(text: str) -> None:
    """It would stand in the page's style."""
    with pytest.raises(SetUpProblem):
        accent_of(text)
